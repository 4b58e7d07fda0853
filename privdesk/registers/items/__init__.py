"""The items of personal data that the company collects."""

from privdesk.registers.items.fields import REGISTER

__all__ = ["REGISTER"]
