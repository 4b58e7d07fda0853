"""Holdings: one person in one file for one purpose."""

from privdesk.registers.holdings.fields import REGISTER

__all__ = ["REGISTER"]
