"""Files of personal data: purpose, place, medium, number of people."""

from privdesk.registers.files.fields import REGISTER

__all__ = ["REGISTER"]
