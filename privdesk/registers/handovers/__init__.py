"""Handovers of work, with witness, open cases and their due days (D17)."""

from privdesk.registers.handovers.fields import REGISTER

__all__ = ["REGISTER"]
