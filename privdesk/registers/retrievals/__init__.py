"""Orders to places for a request: what each is told to send, correct, freeze, release, delete."""

from privdesk.registers.retrievals.fields import REGISTER

__all__ = ["REGISTER"]
