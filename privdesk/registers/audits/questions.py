"""The declaration and service of the questions of audits, in versions."""

from __future__ import annotations

from privdesk.core.i18n import N_
from privdesk.core.register import Child, Register
from privdesk.registers.questionnaires import (
    CATALOGUE_STATES,
    Catalogue,
    catalogue_actions,
    catalogue_fields,
)

SHIPPED = "audit"


class AuditQuestions(Catalogue):
    """Service of the questions of audits."""

    NAME = N_("Compliance with the policy")
    SHIPPED = SHIPPED


REGISTER = Register(
    name="audit-questions",
    title=N_("Audit questions"),
    singular=N_("List of audit questions"),
    prefix="YQ",
    group="safety",
    why=N_("What every audit asks; a version in use never changes, it is replaced."),
    clause="S8.2③",
    fields=catalogue_fields(
        N_("List of questions"),
        N_("Empty for “Compliance with the policy”. A question may begin with its clause: S6.4 …"),
        *("title", "감사 점검표", "점검표명"),
    ),
    model="privdesk.registers.audits.model:AuditQuestions",
    service="privdesk.registers.audits.questions:AuditQuestions",
    states=CATALOGUE_STATES,
    children=(Child("audits", N_("Audits with it"), "questions"),),
    actions=catalogue_actions(
        N_("Audits planned from now on ask with it; earlier ones keep theirs.")
    ),
    importable=False,
    aside=True,
    help="audits",
    title_field="name",
    sort="version",
    descending=True,
    void_states=("draft",),
)
