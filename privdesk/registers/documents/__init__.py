"""Documents issued: each is numbered, kept sealed, and printed again as it was."""

from privdesk.registers.documents.fields import REGISTER

__all__ = ["REGISTER"]
