"""Technical and managerial safeguards: checked by their day, with evidence (S8.1①–④)."""

from privdesk.registers.safeguards.alerts import REGISTER as ALERTS
from privdesk.registers.safeguards.checked import REGISTER as CHECKS
from privdesk.registers.safeguards.fields import REGISTER
from privdesk.registers.safeguards.papers import REGISTER as PAPERS

__all__ = ["ALERTS", "CHECKS", "PAPERS", "REGISTER"]
