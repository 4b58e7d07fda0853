"""What people have agreed to, refused and withdrawn."""

from privdesk.registers.consents.fields import REGISTER

__all__ = ["REGISTER"]
