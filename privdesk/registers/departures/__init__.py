"""Leaving: what is left to do until nobody who left can touch personal data."""

from privdesk.registers.departures.fields import REGISTER

__all__ = ["REGISTER"]
