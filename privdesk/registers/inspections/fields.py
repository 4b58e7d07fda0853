"""What is recorded of an inspection or training of a processor (PIPA 26(4); D8)."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, ReadyView, Register, State
from privdesk.registers.filing import attach_action
from privdesk.registers.notes import note
from privdesk.registers.pieces import count_fault
from privdesk.registers.states import VOID

INSPECTION, AGAIN, TRAINING = "inspection", "again", "training"
SLOT_INSPECTOR, SLOT_MANAGER, SLOT_TOPICS, SLOT_SUMMARY, SLOT_NOTE = range(1, 6)
SLOT_UNPROVED, SLOT_KEPT = 6, 7
KINDS = (
    Choice(
        INSPECTION,
        N_("Inspection"),
        aliases=("정기", "정기점검", "수시", "수시점검", "실태점검", "서면점검", "현장점검"),
    ),
    Choice(AGAIN, N_("Re-inspection"), aliases=("이행점검", "재점검")),
    Choice(TRAINING, N_("Training"), aliases=("수탁자 교육", "정기교육")),
)
WAYS = (
    Choice(
        "site", N_("On site"), aliases=("현장점검", "방문", "방문점검", "대면", "집합", "집합교육")
    ),
    Choice("paper", N_("On paper"), aliases=("서면점검", "자료 제출", "자가점검")),
    Choice("remote", N_("Remote"), aliases=("비대면", "온라인", "화상", "원격점검", "이러닝")),
)
ATTACH = attach_action(
    (
        Choice("evidence", N_("Evidence")),
        Choice("roll", N_("Attendance list of a training")),
        Choice("other", N_("Other")),
    )
)


def _count(name: str, label: str, *, table: bool = True) -> Field:
    return Field(name, label, Kind.INTEGER, computed=True, in_form=False, in_table=table, width=70)


def _told(name: str, label: str, slot: int) -> Field:
    return Field(name, label, Kind.NOTE, Audience.OFFICE, slot=slot, computed=True, in_form=False,
                 in_table=False)  # fmt: skip


FIELDS = (
    Field("title", N_("Inspection or training"), computed=True, in_form=False, in_table=False),
    Field(
        "processor",
        N_("Processor"),
        Kind.LINK,
        links_to="processors",
        required=True,
        fixed=True,
        width=180,
        aliases=("company", "수탁자", "수탁업체", "수탁업체명", "수탁사", "업체명", "업체"),
        clause="S4.1 · PIPA 26(4)",
    ),
    Field(
        "kind",
        N_("Kind"),
        Kind.CHOICE,
        choices=KINDS,
        required=True,
        default=INSPECTION,
        fixed=True,
        width=100,
        aliases=("type", "구분", "점검 구분"),
        help=N_("A re-inspection is planned from the inspection it follows."),
    ),
    Field("year", N_("Year"), computed=True, in_form=False, width=60),
    Field(
        "planned_on",
        N_("Day planned"),
        Kind.DATE,
        width=105,
        aliases=("plan", "점검 예정일", "점검예정일", "예정일"),
    ),
    Field(
        "held_on",
        N_("Held on"),
        Kind.DATE,
        width=105,
        aliases=("date", "점검일", "점검 일자", "실시일", "실시일자", "교육일", "교육일자"),
        help=N_("Empty until it is held."),
    ),
    Field(
        "way",
        N_("How it is held"),
        Kind.CHOICE,
        choices=WAYS,
        default="site",
        width=90,
        in_table=False,
        aliases=("method", "점검 방법", "점검방법", "방법"),
    ),
    Field(
        "inspector",
        N_("Inspector"),
        audience=Audience.OFFICE,
        slot=SLOT_INSPECTOR,
        width=110,
        aliases=("점검자", "강사"),
        help=N_("Empty for you; of a training, who taught."),
    ),
    Field(
        "manager",
        N_("Manager at the processor"),
        audience=Audience.OFFICE,
        slot=SLOT_MANAGER,
        in_table=False,
        aliases=(
            *("수탁자 책임자", "수탁자 담당자", "수탁사 책임자", "수탁사 담당자", "업체 책임자"),
            *("업체 담당자",),
        ),
        help=N_("Signs the checklist for the processor."),
    ),
    Field(
        "checklist",
        N_("Checklist"),
        Kind.LINK,
        links_to="checklists",
        computed=True,
        in_form=False,
        in_table=False,
    ),
    Field(
        "of",
        N_("After the inspection"),
        Kind.LINK,
        links_to="inspections",
        computed=True,
        in_form=False,
        in_table=False,
    ),
    Field(
        "topics",
        N_("What was taught"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_TOPICS,
        in_table=False,
        aliases=("교육 내용", "교육내용"),
        help=N_("Of a training."),
    ),
    Field(
        "hours",
        N_("Hours"),
        Kind.INTEGER,
        in_table=False,
        aliases=("교육 시간", "교육시간", "시간"),
        check=count_fault,
        help=N_("Of a training."),
    ),
    Field(
        "people",
        N_("People trained"),
        Kind.INTEGER,
        in_table=False,
        aliases=("참석 인원", "교육 인원", "이수 인원", "인원"),
        check=count_fault,
        help=N_("Of a training; the attendance list is attached."),
    ),
    _count("yes", N_("Yes")),
    _count("no", N_("No")),
    _count("na", N_("N/A")),
    _count("unanswered", N_("Not answered"), table=False),
    _count("lacking", N_("Not put right")),
    Field("done_on", N_("Finished on"), Kind.DATE, computed=True, in_form=False, in_table=False),
    Field(
        "summary",
        N_("Opinion of the inspector"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_SUMMARY,
        in_table=False,
        aliases=("종합 의견", "점검 의견", "점검 결과", "점검결과", "총평"),
    ),
    _told("unproved", N_("Why nothing proves it"), SLOT_UNPROVED),
    _told("kept", N_("Signed checklist kept at"), SLOT_KEPT),
    note(SLOT_NOTE),
)
_ON = Field("on", N_("On"), Kind.DATE, help=N_("Empty for today."))

REGISTER = Register(
    name="inspections",
    title=N_("Inspections"),
    singular=N_("Inspection"),
    prefix="BI",
    group="partners",
    begin=N_("New inspection or training"),
    why=N_("Each processor is inspected and trained every year; a later one never replaces it."),
    clause="S4.1",
    fields=FIELDS,
    model="privdesk.registers.inspections.model:Inspection",
    service="privdesk.registers.inspections.service:Inspections",
    page="privdesk.registers.inspections.view:InspectionsPage",
    rules="privdesk.registers.inspections.findings:judge",
    figures="privdesk.registers.inspections.figures:figures",
    states=(
        State("planned", N_("Planned"), "soon"),
        State("findings", N_("Findings to settle"), "overdue"),
        State("closed", N_("Finished"), "kept", ended=True),
        VOID,
    ),
    children=(
        Child("inspection-answers", N_("Questions and answers"), "inspection"),
        Child("inspections", N_("Re-inspections"), "of"),
        Child("partner-papers", N_("Evidence"), "inspection"),
    ),
    actions=(
        Action(
            "finish",
            N_("Finish"),
            "finish",
            asks=(_ON,
                  Field("summary", N_("Opinion of the inspector"), Kind.NOTE, Audience.OFFICE,
                        slot=SLOT_SUMMARY),
                  Field("unproved", N_("Why nothing proves it"), Kind.NOTE, Audience.OFFICE,
                        slot=SLOT_UNPROVED,
                        help=N_("Only for one without a file and without the manager’s name."))),
            states=("planned",),
            help=N_("Every question answered; later only opening it again changes the answers."),
        ),
        Action(
            "all-yes",
            N_("Answer the rest with Yes"),
            "rest_yes",
            asks=(Field("evidence", N_("Evidence"), Kind.NOTE, Audience.OFFICE, slot=2,
                        required=True),),
            states=("planned",),
            where=(("kind", (INSPECTION, AGAIN)),),
        ),
        Action(
            "on-paper",
            N_("Finish with a signed checklist"),
            "finish_paper",
            asks=(
                Field("file", N_("Signed checklist"), picks="open"),
                Field("kept", N_("Signed checklist kept at"), Kind.NOTE, Audience.OFFICE,
                      slot=SLOT_KEPT,
                      help=N_("Instead of the scan, such as for one of years ago.")),
                _ON,
                Field("summary", N_("Opinion of the inspector"), Kind.NOTE, Audience.OFFICE,
                      slot=SLOT_SUMMARY),
            ),
            states=("planned",),
            bulk=True,
            where=(("kind", (INSPECTION, AGAIN)),),
            help=N_("For one held on paper: the scan is kept sealed; enter only what is lacking."),
        ),
        Action(
            "reinspect",
            N_("Plan a re-inspection"),
            "reinspect",
            asks=(Field("on", N_("Day planned"), Kind.DATE, required=True),),
            states=("findings",),
            help=N_("Asks again only what is lacking; this inspection stays as it was."),
        ),
        Action(
            "reopen",
            N_("Open it again"),
            "reopen",
            asks=(Field("reason", N_("Reason"), Kind.NOTE, required=True),),
            states=("findings", "closed"),
            where=(("kind", (INSPECTION, TRAINING)),),
            help=N_("To correct what was recorded wrongly; the journal keeps what stood before."),
        ),
        ATTACH,
    ),
    documents=(
        Document("d8", N_("Supervision checklist"), "privdesk.flows.inspecting:checklist"),
        Document(
            "inspection-notice",
            N_("Notice of an inspection"),
            "privdesk.flows.officeletters:inspection_notice",
            where=(("kind", (INSPECTION, AGAIN)),),
        ),
    ),
    views=(
        ReadyView(N_("Findings to settle"), (("state", ("findings",)),)),
        ReadyView(N_("Planned"), (("state", ("planned",)),)),
        ReadyView(N_("Trainings"), (("kind", (TRAINING,)),)),
    ),
    help="processors",
    title_field="title",
    sort="id",
    descending=True,
)  # fmt: skip
