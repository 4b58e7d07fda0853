"""Sessions of courses: planned, held, and closed once everybody's attendance is known."""

from privdesk.registers.sessions.fields import REGISTER

__all__ = ["REGISTER"]
