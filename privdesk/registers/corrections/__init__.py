"""Notices of corrections and deletions to whoever received the data, or gave it to us."""

from privdesk.registers.corrections.fields import REGISTER

__all__ = ["REGISTER"]
