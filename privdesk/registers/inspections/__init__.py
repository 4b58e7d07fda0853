"""Supervision of processors: checklists, inspections with their answers, trainings (rule 32)."""

from privdesk.registers.inspections.answered import REGISTER as ANSWERS
from privdesk.registers.inspections.checklists import REGISTER as CHECKLISTS
from privdesk.registers.inspections.fields import REGISTER

__all__ = ["ANSWERS", "CHECKLISTS", "REGISTER"]
