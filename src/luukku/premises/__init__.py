"""How much space, what it costs, and who pays."""
