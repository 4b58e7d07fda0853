"""Who processes personal data for the company, under which contract, with which papers (S4)."""

from privdesk.registers.processors.consigned import REGISTER as CONSIGNMENTS
from privdesk.registers.processors.fields import REGISTER
from privdesk.registers.processors.filed import REGISTER as PAPERS

__all__ = ["CONSIGNMENTS", "PAPERS", "REGISTER"]
