"""The monthly review of the access log (rules 51 to 54), and what was unusual in it."""

from privdesk.registers.log_reviews.fields import REGISTER
from privdesk.registers.log_reviews.marks import REGISTER as MARKS

__all__ = ["MARKS", "REGISTER"]
