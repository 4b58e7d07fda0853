"""What is recorded of a safeguard: what it demands, who answers for it, where, and its checks."""

from __future__ import annotations

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, ReadyView, Register, State
from privdesk.registers.filing import attach_action
from privdesk.registers.notes import note
from privdesk.registers.pieces import ON, choices_of, fact
from privdesk.registers.safeguards.checked import RESULTS
from privdesk.registers.safeguards.papers import WHAT
from privdesk.registers.safeguards.rules import AREA_LABELS, AREA_WORDS
from privdesk.registers.states import VOID

SLOT_MEASURE, SLOT_MEASURE_EN, SLOT_WHERE, SLOT_NOTE = range(1, 5)
AREAS = choices_of(AREA_LABELS, AREA_WORDS)
_SEEN = Field("seen", N_("What was seen"), Kind.NOTE, required=True)
_BY = Field("by", N_("Inspector"), help=N_("Empty for you."))
_FILE = Field("file", N_("Evidence"), picks="open", help=N_("May be attached later too."))

FIELDS = (
    Field(
        "name",
        N_("Safeguard"),
        required=True,
        width=200,
        aliases=("control", "조치", "조치 항목", "항목", "통제항목", "점검항목", "보호조치"),
    ),
    Field(
        "name_en",
        N_("English name"),
        in_table=False,
        help=N_("Stands on English papers."),
    ),
    Field(
        "area",
        N_("Area"),
        Kind.CHOICE,
        choices=AREAS,
        required=True,
        width=190,
        aliases=("분야", "구분", "영역"),
        clause="S8.1",
    ),
    fact("due", N_("To be checked by"), Kind.DATE, table=True, width=115),
    Field(
        "measure",
        N_("What it demands"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_MEASURE,
        in_table=False,
        aliases=("requirement", "조치 내용", "세부 내용", "내용", "점검내용", "점검 기준"),
    ),
    Field(
        "measure_en",
        N_("What it demands, in English"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_MEASURE_EN,
        in_table=False,
    ),
    Field(
        "article",
        N_("Article"),
        in_table=False,
        aliases=("근거", "근거 조항", "관련 조항", "관련근거", "법적 근거"),
        help=N_("Of the law or the standard it answers to."),
    ),
    Field(
        "owner",
        N_("Answers for it"),
        Kind.LINK,
        links_to="staff",
        width=110,
        aliases=("책임자", "담당자", "담당"),
    ),
    Field(
        "places",
        N_("Where it applies"),
        Kind.LINKS,
        links_to="places",
        width=180,
        aliases=("systems", "적용 시스템", "대상 시스템", "적용 장소"),
        help=N_("Empty for the whole company."),
    ),
    Field(
        "months",
        N_("Checked every (months)"),
        Kind.INTEGER,
        required=True,
        default=12,
        in_table=False,
        width=80,
        aliases=("every", "점검 개월 수", "점검 간격"),
        help=N_("1 to 12; the internal plan at least every 12 (rule 55)."),
    ),
    Field(
        "evidence",
        N_("Where the evidence is"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_WHERE,
        in_table=False,
        aliases=("증빙", "증빙자료"),
        help=N_("What lies outside this vault; files are attached."),
    ),
    fact("checked_on", N_("Last checked"), Kind.DATE, table=True, width=105),
    fact("result", N_("Outcome"), Kind.CHOICE, table=False, choices=RESULTS, width=110),
    fact("fix_by", N_("Put right by"), Kind.DATE, table=True, width=105),
    note(SLOT_NOTE),
)

REGISTER = Register(
    name="safeguards",
    title=N_("Safeguards"),
    singular=N_("Safeguard"),
    prefix="SG",
    group="safety",
    why=N_("Each measure has an owner, evidence, and a day on which it is looked at again."),
    clause="S8.1",
    fields=FIELDS,
    model="privdesk.registers.safeguards.model:Safeguard",
    service="privdesk.registers.safeguards.service:Safeguards",
    page="privdesk.registers.safeguards.view:SafeguardsPage",
    rules="privdesk.registers.safeguards.findings:judge",
    figures="privdesk.registers.safeguards.figures:figures",
    states=(
        State("new", N_("Not checked yet"), "waiting"),
        State("good", N_("In order"), "kept"),
        State("weak", N_("To be improved"), "soon"),
        State("failed", N_("Not in order"), "overdue"),
        VOID,
    ),
    children=(
        Child("safeguard-checks", N_("Checks"), "safeguard"),
        Child("safety-papers", N_("Evidence"), "safeguard"),
    ),
    actions=(
        Action(
            "check",
            N_("Enter a check"),
            "check",
            asks=(
                Field("result", N_("Outcome"), Kind.CHOICE, choices=RESULTS, required=True,
                      default="good"),
                _SEEN,
                ON,
                Field("fix_by", N_("Put right by"), Kind.DATE,
                      help=N_("Needed where it is not in order.")),
                _BY,
                _FILE,
            ),
            bulk=True,
            states=("new", "good", "weak", "failed"),
            help=N_("Kept in its history; the next check is due from this day on."),
        ),
        attach_action(WHAT),
    ),
    documents=(
        Document("safeguard-list", N_("List of safeguards"), "privdesk.flows.safeguarding:overview",
                 of_list=True),
        Document("safeguard-sheet", N_("Check sheet of safeguards"),
                 "privdesk.flows.safeguarding:sheet", of_list=True),
    ),
    views=(
        ReadyView(N_("Not in order"), (("state", ("weak", "failed")),)),
        ReadyView(N_("Not checked yet"), (("state", ("new",)),)),
        ReadyView(N_("Policy S8.1 ①–④"), (("area", ("lock", "antivirus", "transmission",
                                                   "intrusion")),)),
    ),
    title_field="name",
    sort="due",
)  # fmt: skip
