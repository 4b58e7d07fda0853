"""Where personal data is collected, and which items for which purpose at each place."""

from privdesk.registers.collection_points.fields import ITEMS, REGISTER

__all__ = ["ITEMS", "REGISTER"]
