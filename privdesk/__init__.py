"""privdesk: the desk of a privacy office, over one local encrypted vault."""

__version__ = "0.1.0"
