"""Requests of data subjects (stand-in)."""

from privdesk.registers.requests.fields import REGISTER

__all__ = ["REGISTER"]
