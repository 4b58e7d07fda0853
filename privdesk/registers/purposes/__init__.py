"""What the company may use personal data for, and how long."""

from privdesk.registers.purposes.fields import REGISTER

__all__ = ["REGISTER"]
