"""What people ask for: rights, inquiries and reports, each a case with a term (S5, S6, S9)."""

from privdesk.registers.requests.fields import ENCLOSURES, REGISTER

__all__ = ["ENCLOSURES", "REGISTER"]
