"""What is recorded of an audit of compliance with the policy (S8.2③)."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, ReadyView, Register, State
from privdesk.registers.audits.found import AUDITING, DUE, FINDING, OWNER, WEIGHED
from privdesk.registers.filing import attach_action
from privdesk.registers.notes import note
from privdesk.registers.pieces import fact
from privdesk.registers.states import VOID

SLOT_SCOPE, SLOT_OUTSIDE, SLOT_OPINION, SLOT_NOTE, SLOT_UNPROVED = range(1, 6)
KINDS = (
    Choice("regular", N_("Regular")),
    Choice("special", N_("Special")),
    Choice("follow-up", N_("Follow-up")),
)
EVIDENCE = (
    Choice("evidence", N_("Evidence")),
    Choice("report", N_("Signed report")),
    Choice("other", N_("Other")),
)
_OPINION = Field(
    "opinion",
    N_("Opinion of the auditor"),
    Kind.NOTE,
    Audience.OFFICE,
    slot=SLOT_OPINION,
    in_table=False,
    aliases=("감사 의견", "종합 의견"),
)


def _count(name: str, label: str, *, table: bool = True) -> Field:
    return fact(name, label, Kind.INTEGER, table=table, width=70)


FIELDS = (
    Field("name", N_("Audit"), required=True, width=220, aliases=("감사명", "제목")),
    Field(
        "kind",
        N_("Kind"),
        Kind.CHOICE,
        choices=KINDS,
        required=True,
        default="regular",
        width=80,
        aliases=("구분", "감사 구분", "감사 종류"),
    ),
    Field("year", N_("Year"), computed=True, in_form=False, in_table=False),
    Field(
        "scope",
        N_("Scope"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_SCOPE,
        required=True,
        in_table=False,
        aliases=("범위", "감사 범위", "감사범위", "감사 내용"),
        help=N_("Which clauses, systems and period are looked at."),
    ),
    Field(
        "department",
        N_("Department audited"),
        width=130,
        aliases=("대상 부서", "감사 대상", "감사대상", "수감 부서", "피감사 부서"),
        help=N_("Empty for the whole company."),
    ),
    Field(
        "responsible",
        N_("Answers for it"),
        Kind.LINK,
        links_to="staff",
        in_table=False,
        aliases=("수감 책임자", "책임자"),
        help=N_("Who answers for the work that is audited, and signs the report."),
    ),
    Field(
        "auditor",
        N_("Auditor"),
        Kind.LINK,
        links_to="staff",
        width=110,
        aliases=("감사자", "감사인", "감사 담당자"),
        help=N_("Nobody of the audited department, and not who answers for the work."),
    ),
    Field(
        "outside",
        N_("Auditor from outside"),
        audience=Audience.OFFICE,
        slot=SLOT_OUTSIDE,
        in_table=False,
        width=130,
        aliases=("외부 감사인", "외부감사인", "감사 기관"),
        help=N_("Name and company, where nobody of the staff audits."),
    ),
    Field(
        "planned_on",
        N_("Planned from"),
        Kind.DATE,
        required=True,
        ends="planned_until",
        width=105,
        aliases=("감사 예정일", "예정일", "감사기간", "감사 기간", "감사 일정"),
    ),
    Field(
        "planned_until",
        N_("Planned until"),
        Kind.DATE,
        in_table=False,
        help=N_("Empty for a single day."),
    ),
    Field(
        "held_on",
        N_("Begun on"),
        Kind.DATE,
        in_table=False,
        aliases=("감사일", "실시일", "착수일"),
        help=N_("Empty until it has begun."),
    ),
    fact("held_until", N_("Finished on"), Kind.DATE, table=True, width=105),
    Field(
        "questions",
        N_("Questions"),
        Kind.LINK,
        links_to="audit-questions",
        computed=True,
        in_form=False,
        in_table=False,
    ),
    _count("yes", N_("Yes"), table=False),
    _count("no", N_("No"), table=False),
    _count("na", N_("N/A"), table=False),
    _count("unanswered", N_("Not answered"), table=False),
    _count("found", N_("Audit findings")),
    _count("unsettled", N_("Not put right")),
    _OPINION,
    Field(
        "unproved",
        N_("Why nothing proves it"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_UNPROVED,
        computed=True,
        in_form=False,
        in_table=False,
    ),
    note(SLOT_NOTE),
)

REGISTER = Register(
    name="audits",
    title=N_("Audits"),
    singular=N_("Audit"),
    prefix="Y",
    group="safety",
    begin=N_("Plan an audit"),
    why=N_("Whether the policy is kept, looked at by somebody who does not answer for the work."),
    clause="S8.2③",
    fields=FIELDS,
    model="privdesk.registers.audits.model:Audit",
    service="privdesk.registers.audits.service:Audits",
    page="privdesk.registers.audits.view:AuditsPage",
    rules="privdesk.registers.audits.judging:audits",
    figures="privdesk.registers.audits.figures:figures",
    states=(
        State("planned", N_("Planned"), "soon"),
        State("findings", N_("Findings to settle"), "overdue"),
        State("closed", N_("Finished"), "kept", ended=True),
        VOID,
    ),
    children=(
        Child("audit-findings", N_("Audit findings"), "audit"),
        Child("audit-answers", N_("Questions and answers"), "audit"),
        Child("safety-papers", N_("Evidence"), "audit"),
    ),
    actions=(
        Action(
            "all-yes",
            N_("Answer the rest with Yes"),
            "rest_yes",
            leads=None,
            asks=(Field("evidence", N_("Evidence"), Kind.NOTE, Audience.OFFICE, slot=4,
                        required=True),),
            states=("planned",),
            roles=AUDITING,
        ),
        Action(
            "finding",
            N_("Add a finding"),
            "add_finding",
            leads=None,
            asks=(
                FINDING,
                Field("clause", N_("Clause"), help=N_("Of the policy or the law, such as S6.4.")),
                WEIGHED,
                OWNER,
                DUE,
            ),
            states=("planned",),
            roles=AUDITING,
            help=N_("What was found beside the questions."),
        ),
        Action(
            "finish",
            N_("Finish"),
            "finish",
            asks=(
                Field("on", N_("On"), Kind.DATE, help=N_("Empty for today.")),
                Field("opinion", N_("Opinion of the auditor"), Kind.NOTE, Audience.OFFICE,
                      slot=SLOT_OPINION, help=N_("Empty for the one entered.")),
                Field("unproved", N_("Why nothing proves it"), Kind.NOTE, Audience.OFFICE,
                      slot=SLOT_UNPROVED,
                      help=N_("Only without the signed report, away from the auditor’s own desk.")),
            ),
            states=("planned",),
            roles=AUDITING,
            help=N_("Every question answered; the answers can no longer be changed afterwards."),
        ),
        replace(attach_action(EVIDENCE), roles=AUDITING),
    ),
    documents=(
        Document("audit-report", N_("Audit report"), "privdesk.flows.auditing:report"),
        Document("audit-plan", N_("Yearly audit plan"), "privdesk.flows.auditing:plan",
                 of_list=True),
        Document("audit-sheet", N_("Audit questions to fill in"), "privdesk.flows.auditing:sheet",
                 of_list=True),
    ),
    views=(
        ReadyView(N_("Planned"), (("state", ("planned",)),)),
        ReadyView(N_("Findings to settle"), (("state", ("findings",)),)),
    ),
    void_states=("planned",),
    title_field="name",
    sort="planned_on",
    descending=True,
)  # fmt: skip
