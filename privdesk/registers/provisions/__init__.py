"""Provisions to third parties: what went to whom, when, on which ground, by whose approval."""

from privdesk.registers.provisions.fields import REGISTER

__all__ = ["REGISTER"]
