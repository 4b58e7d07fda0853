"""The declaration of the answers of audits: result, evidence, and what a No found."""

from __future__ import annotations

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, ReadyView, Register, State
from privdesk.registers.audits.found import AUDITING, DUE, FINDING, OWNER, WEIGHED
from privdesk.registers.questionnaires import RESULTS, Slots
from privdesk.registers.states import VOID

SLOTS = Slots(section=1, question=2, english=3)
SLOT_EVIDENCE = 4

_EVIDENCE = Field(
    "evidence",
    N_("Evidence"),
    Kind.NOTE,
    Audience.OFFICE,
    slot=SLOT_EVIDENCE,
    width=180,
    help=N_("What was shown, and where it is kept."),
)

REGISTER = Register(
    name="audit-answers",
    title=N_("Answers of audits"),
    singular=N_("Answer of an audit"),
    prefix="YA",
    group="safety",
    why=N_("Each question with its answer and proof; every No becomes a finding."),
    clause="S8.2③",
    fields=(
        Field("audit", N_("Audit"), Kind.LINK, links_to="audits", required=True, fixed=True,
              width=180, in_form=False),
        Field("no", N_("Question no."), Kind.INTEGER, required=True, fixed=True, width=50,
              in_form=False),
        Field("clause", N_("Clause"), computed=True, in_form=False, width=70),
        Field("section", N_("Section"), audience=Audience.OFFICE, slot=SLOTS.section,
              computed=True, in_form=False, width=120),
        Field("question", N_("Question"), Kind.NOTE, Audience.OFFICE, slot=SLOTS.question,
              computed=True, in_form=False, width=320),
        Field("question_en", N_("Question in English"), Kind.NOTE, Audience.OFFICE,
              slot=SLOTS.english, computed=True, in_form=False, in_table=False),
        Field("answer", N_("Outcome"), Kind.CHOICE, choices=RESULTS, width=90, in_form=False),
        _EVIDENCE,
    ),
    model="privdesk.registers.audits.model:AuditAnswer",
    service="privdesk.registers.audits.answers:AuditAnswers",
    states=(
        State("open", N_("Not answered"), "waiting"),
        State("good", N_("In order"), "kept"),
        State("lacking", N_("Lacking"), "overdue"),
        VOID,
    ),
    children=(Child("audit-findings", N_("Audit findings"), "answer"),),
    actions=(
        Action("yes", N_("Yes"), "yes", states=("open", "lacking", "good"), bulk=True,
               asks=(_EVIDENCE,), roles=AUDITING),
        Action("no", N_("No"), "no", states=("open", "good", "lacking"),
               asks=(FINDING, WEIGHED, OWNER, DUE, _EVIDENCE), roles=AUDITING,
               help=N_("Makes a finding that its owner has to put right.")),
        Action("not-applicable", N_("Does not apply"), "not_applicable",
               states=("open", "good", "lacking"), bulk=True, roles=AUDITING),
    ),
    views=(
        ReadyView(N_("Not answered"), (("state", ("open",)),)),
        ReadyView(N_("Lacking"), (("state", ("lacking",)),)),
    ),
    creatable=False,
    importable=False,
    void_states=(),
    aside=True,
    help="audits",
    title_field="question",
    sort="id",
)  # fmt: skip
