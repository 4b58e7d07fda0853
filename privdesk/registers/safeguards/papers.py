"""Sealed evidence of audits and safeguards: the register and its service."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from privdesk.core.fields import Choice
from privdesk.core.i18n import N_
from privdesk.core.register import Register
from privdesk.registers.filing import ACTIONS, STATES, Filed, filed_fields, link

WHAT = (
    Choice("evidence", N_("Evidence")),
    Choice("report", N_("Signed report")),
    Choice("decision", N_("Signed decision")),
    Choice("bulletin", N_("Bulletin")),
    Choice("plan", N_("Internal plan")),
    Choice("other", N_("Other")),
)


class SafetyPapers(Filed):
    """Service of the sealed evidence of audits and safeguards."""

    LINKS: ClassVar[Mapping[str, str]] = {
        "audits": "audit",
        "audit-findings": "finding",
        "safeguards": "safeguard",
        "virus-alerts": "alert",
    }
    ATTACHED, TAKEN_OUT = "evidence.attached", "evidence.taken-out"
    steppers = ("auditor",)


REGISTER = Register(
    name="safety-papers",
    title=N_("Evidence of audits and safeguards"),
    singular=N_("Sealed evidence"),
    prefix="SF",
    group="safety",
    why=N_("What proves a check, a corrective action or an emergency update, sealed as it came."),
    clause="S8.1",
    fields=filed_fields(
        WHAT,
        link("safeguard", N_("Safeguard"), "safeguards", 170),
        link("alert", N_("Emergency update"), "virus-alerts"),
        link("audit", N_("Audit"), "audits", 170),
        link("finding", N_("Audit finding"), "audit-findings"),
    ),
    model="privdesk.registers.safeguards.model:SafetyPaper",
    service="privdesk.registers.safeguards.papers:SafetyPapers",
    states=STATES,
    actions=ACTIONS,
    creatable=False,
    importable=False,
    aside=True,
    help="safeguards",
    title_field="name",
    sort="id",
    descending=True,
    void_states=(),
)
