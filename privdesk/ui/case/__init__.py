"""The case at hand: the request of whoever is on the telephone, and the reason for looking."""
