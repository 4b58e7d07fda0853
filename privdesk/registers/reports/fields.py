"""What is recorded of a report, and the declaration of the register (D20; PIPA 31(4)3)."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Document, ReadyView, Register, State
from privdesk.registers.notes import note
from privdesk.registers.pieces import ON, fact
from privdesk.registers.reports.rules import BOARD, MONTHLY, span_fault
from privdesk.registers.states import VOID

SLOT_REMARKS, SLOT_ASKS, SLOT_CONTENT, SLOT_NOTE = 1, 2, 3, 4
KINDS = (
    Choice(MONTHLY, N_("Monthly report"), aliases=("월간 보고", "월간 현황 보고", "d20")),
    Choice(BOARD, N_("Report to the board"), aliases=("이사회 보고", "이사회")),
)
ADDRESSEES = (
    Choice("head", N_("Head of the company")),
    Choice("board", N_("Board of directors")),
    Choice("both", N_("Head of the company and board of directors")),
)
WRITERS = ("officer", "manager")

FIELDS = (
    Field("title", N_("Title of the report"), computed=True, in_form=False, width=240),
    Field(
        "kind",
        N_("Which report"),
        Kind.CHOICE,
        required=True,
        fixed=True,
        choices=KINDS,
        default=MONTHLY,
        in_table=False,
        width=140,
        aliases=("보고 종류", "구분"),
        help=N_("D20 tells everything of a month; the board gets a shorter one of any span."),
        clause="PIPA 31(4)3",
    ),
    Field(
        "span",
        N_("Span reported"),
        required=True,
        fixed=True,
        width=100,
        aliases=("month", "보고 기간", "기간", "월"),
        help=N_("A month, a quarter or a year: 2026-11, 2026-Q4 or 2026."),
        check=span_fault,
    ),
    fact("told_on", N_("Figures as of"), Kind.DATE, table=True, width=110),
    fact("reported_on", N_("Reported on"), Kind.DATE, table=True, width=110),
    fact("reported_to", N_("Reported to"), Kind.CHOICE, table=True, width=180, choices=ADDRESSEES),
    Field(
        "remarks",
        N_("Remarks of the privacy officer"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_REMARKS,
        in_table=False,
        aliases=("의견", "보고 의견"),
        help=N_("What the figures do not say: causes, measures, plans. Name no data subject."),
    ),
    Field(
        "asks",
        N_("What is to be decided"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_ASKS,
        in_table=False,
        shown_for=(("kind", (BOARD,)),),
        aliases=("의결 사항", "요청 사항"),
        help=N_("A line for each decision asked for, such as staff, budget or a new system."),
    ),
    replace(note(SLOT_NOTE), aliases=("memo", "메모")),  # remarks are something else here
)

REGISTER = Register(
    name="reports",
    title=N_("Reports"),
    singular=N_("Report on the figures"),
    prefix="RP",
    group="documents",
    begin=N_("New report"),
    why=N_("The chief privacy officer reports how personal data is kept, to head and board."),
    clause="S5.1",
    fields=FIELDS,
    model="privdesk.registers.reports.model:Report",
    service="privdesk.registers.reports.service:Reports",
    rules="privdesk.registers.reports.findings:judge",
    states=(
        State("draft", N_("Being written"), "waiting"),
        State("reported", N_("Was reported"), "kept", ended=True),
        VOID,
    ),
    void_states=("draft",),
    actions=(
        Action(
            "reported",
            N_("It was reported"),
            "privdesk.flows.reporting:report",
            asks=(
                Field(
                    "to",
                    N_("Reported to"),
                    Kind.CHOICE,
                    required=True,
                    choices=ADDRESSEES,
                    default="head",
                ),
                ON,
            ),
            states=("draft",),
            roles=WRITERS,
            help=N_("Its figures and remarks stay as they are from then on."),
        ),
        Action(
            "tables",
            N_("All tables as a workbook"),
            "privdesk.flows.reporting:write_tables",
            asks=(
                Field(
                    "file",
                    N_("Save as"),
                    required=True,
                    picks="save",
                    help=N_("A workbook (.xlsx) with a sheet for each table; it names nobody."),
                ),
            ),
            roles=WRITERS,
        ),
    ),
    documents=(
        Document(
            "d20",
            N_("Monthly report on personal data"),
            "privdesk.flows.reporting:monthly",
            where=(("kind", (MONTHLY,)),),
        ),
        Document(
            "board-report",
            N_("Report to the board on personal data"),
            "privdesk.flows.reporting:to_the_board",
            where=(("kind", (BOARD,)),),
        ),
    ),
    views=(
        ReadyView(N_("Monthly reports"), (("kind", (MONTHLY,)),)),
        ReadyView(N_("Reports to the board"), (("kind", (BOARD,)),)),
        ReadyView(N_("Not reported yet"), (("state", ("draft",)),)),
    ),
    importable=False,
    title_field="title",
    sort="span",
    descending=True,
)
