"""The public list of processors as it was issued and posted (D7, rule 29)."""

from privdesk.registers.publications.fields import REGISTER

__all__ = ["REGISTER"]
