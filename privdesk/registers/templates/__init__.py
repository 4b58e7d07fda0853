"""Texts of papers that the office edits: in versions, put in force, with a way back."""

from privdesk.registers.templates.fields import REGISTER

__all__ = ["REGISTER"]
