"""Pledges: who has sworn to keep personal data secret, on which sheet, and since when."""

from privdesk.registers.pledges.fields import REGISTER

__all__ = ["REGISTER"]
