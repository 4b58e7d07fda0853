"""The personnel list compared with the staff: who joined, moved, left, before anything changes."""

from privdesk.registers.rosters.fields import REGISTER

__all__ = ["REGISTER"]
