"""Who may do what: accounts, roles by region and authority, sign-in, and the audit trail."""
