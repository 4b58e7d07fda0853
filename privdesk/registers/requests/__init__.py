"""Requests of data subjects."""

from privdesk.registers.requests.fields import REGISTER

__all__ = ["REGISTER"]
