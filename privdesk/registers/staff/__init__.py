"""The office’s own people: who handles personal data, and why."""

from privdesk.registers.staff.fields import REGISTER

__all__ = ["REGISTER"]
