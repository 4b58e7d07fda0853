"""The page *Dashboard*: what the registers count for a month, a quarter or a year."""
