"""What has to be entered again after a backup was restored."""

from privdesk.registers.reentries.fields import REGISTER

__all__ = ["REGISTER"]
