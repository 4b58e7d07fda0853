"""Attendances: who was at a session, and who passed."""

from privdesk.registers.attendances.fields import REGISTER

__all__ = ["REGISTER"]
