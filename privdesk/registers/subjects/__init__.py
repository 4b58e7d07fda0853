"""Data subjects: who the company holds personal data about."""

from privdesk.registers.subjects.fields import REGISTER

__all__ = ["REGISTER"]
