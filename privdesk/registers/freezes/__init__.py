"""Freezes: what a person disputes is neither used nor given until the result."""

from privdesk.registers.freezes.fields import REGISTER

__all__ = ["REGISTER"]
