"""The office itself: who may open the vault, what keeps it safe, its rules and its profile."""
