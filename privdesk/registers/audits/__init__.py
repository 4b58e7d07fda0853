"""Audits of compliance with the policy: questions, answers, findings (S8.2③)."""

from privdesk.registers.audits.answered import REGISTER as ANSWERS
from privdesk.registers.audits.fields import REGISTER
from privdesk.registers.audits.found import REGISTER as FINDINGS
from privdesk.registers.audits.questions import REGISTER as QUESTIONS

__all__ = ["ANSWERS", "FINDINGS", "QUESTIONS", "REGISTER"]
