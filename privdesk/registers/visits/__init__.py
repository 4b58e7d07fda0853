"""The visit book of the protected zones: who came in, beside whom, with what, and who left."""

from privdesk.registers.visits.fields import REGISTER

__all__ = ["REGISTER"]
