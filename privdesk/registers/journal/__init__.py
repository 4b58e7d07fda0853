"""The journal as a register to be read: every change and every look at personal data."""

from privdesk.registers.journal.fields import REGISTER

__all__ = ["REGISTER"]
