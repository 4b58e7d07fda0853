"""Imports made: what came in when, from which list, and whether it was taken back."""

from privdesk.registers.imports.fields import taking

__all__ = ["taking"]
