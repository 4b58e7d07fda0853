"""Reports of the chief privacy officer to the head and the board (D20; PIPA 31(4)3)."""

from privdesk.registers.reports.fields import REGISTER

__all__ = ["REGISTER"]
