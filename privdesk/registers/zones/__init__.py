"""Protected zones: rooms that only those on a list enter, the list, and its reviews."""

from privdesk.registers.zones.fields import REGISTER
from privdesk.registers.zones.parts import LOGS, PERMITS, REVIEWS

__all__ = ["LOGS", "PERMITS", "REGISTER", "REVIEWS"]
