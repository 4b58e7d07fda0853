"""The texts with which consent is asked for, in versions that never change once used."""

from privdesk.registers.wordings.fields import REGISTER

__all__ = ["REGISTER"]
