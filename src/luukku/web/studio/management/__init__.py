"""Commands of the studio for those who run it."""
