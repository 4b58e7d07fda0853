"""What is recorded of a visit to a protected zone (S8.2⑥; D19), and the register's declaration."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, ReadyView, Register, State
from privdesk.core.times import time_fault
from privdesk.registers.notes import note
from privdesk.registers.pieces import fact, old_fault, told, why_fault
from privdesk.registers.states import VOID

INSIDE, LEFT, DESTROYED = "inside", "left", "destroyed"
SLOT_NAME, SLOT_ORGANISATION, SLOT_PHONE, SLOT_STROKES, SLOT_NOTE = 1, 2, 3, 4, 5
"""``SLOT_STROKES`` holds what was written on the screen, as JSON; see ``core.strokes``."""
SLOT_PURPOSE, SLOT_IN, SLOT_OUT, SLOT_APPROVER, SLOT_MEDIA_BY, SLOT_SETTLED = 6, 7, 8, 9, 10, 11
SCREEN, PAPER = "screen", "paper"
SIGNED = (Choice(PAPER, N_("On paper")), Choice(SCREEN, N_("On the screen")))
WITHOUT, UNFIT = "none", "unfit"
WHO = (
    Choice("listed", N_("On the list")),
    Choice("escorted", N_("Escorted")),
    Choice(UNFIT, N_("Escort without permit")),
    Choice(WITHOUT, N_("Neither")),
)


def _time(name: str, label: str, help_: str, *aliases: str) -> Field:
    return Field(name, label, width=70, aliases=aliases, help=help_, check=time_fault)


def _text(
    name: str, label: str, slot: int, help_: str, *aliases: str, table: bool = False
) -> Field:
    return Field(
        name,
        label,
        audience=Audience.OFFICE,
        slot=slot,
        in_table=table,
        width=150,
        aliases=aliases,
        help=help_,
    )


FIELDS = (
    Field(
        "zone",
        N_("Protected zone"),
        Kind.LINK,
        links_to="zones",
        required=True,
        fixed=True,
        width=140,
        aliases=("구역", "구역명", "보호구역", "출입구역"),
        clause="S8.2⑥",
    ),
    Field(
        "name",
        N_("Visitor"),
        Kind.NAME,
        Audience.PERSONAL,
        slot=SLOT_NAME,
        width=100,
        aliases=("visitor", "성명", "이름", "방문자", "출입자"),
        help=N_("Somebody who is none of the staff; sealed with keys of the visit’s own."),
        clause="S8.2⑥",
    ),
    Field(
        "organisation",
        N_("Visitor’s company"),
        Kind.TEXT,
        Audience.PERSONAL,
        slot=SLOT_ORGANISATION,
        in_table=False,
        aliases=("company", "소속", "업체", "회사"),
    ),
    Field(
        "phone",
        N_("Telephone"),
        Kind.PHONE,
        Audience.PERSONAL,
        slot=SLOT_PHONE,
        width=120,
        in_table=False,
        aliases=("tel", "contact", "연락처", "전화", "전화번호", "휴대전화"),
    ),
    Field(
        "on",
        N_("Day of the visit"),
        Kind.DATE,
        width=100,
        aliases=("date", "일자", "날짜", "출입일", "출입일자", "방문일"),
        help=N_("Empty for today."),
        check=old_fault,
    ),
    _time(
        "entered",
        N_("In"),
        N_("Empty for now."),
        "entry",
        "입실",
        "입실시각",
        "입실시간",
        "입실 시각",
    ),
    _time(
        "left_at",
        N_("Out"),
        N_("Empty while inside."),
        "exit",
        "퇴실",
        "퇴실시각",
        "퇴실시간",
        "퇴실 시각",
    ),
    _text(
        "purpose",
        N_("Purpose of the visit"),
        SLOT_PURPOSE,
        N_("The work, without names."),
        *("목적", "출입목적", "방문목적", "출입 목적", "방문 목적"),
        table=True,
    ),
    Field(
        "escort",
        N_("Escort"),
        Kind.LINK,
        links_to="staff",
        width=110,
        aliases=("동행자", "동행", "안내자", "입회자"),
        help=N_("Somebody on the zone’s list who stays beside the visitor."),
        clause="S8.2⑥",
    ),
    Field(
        "staff",
        N_("Or a member of staff"),
        Kind.LINK,
        links_to="staff",
        width=110,
        aliases=("employee", "직원", "임직원"),
        help=N_("Instead of a visitor: one of our own who came in."),
    ),
    Field(
        "allowed",
        N_("By what right"),
        Kind.CHOICE,
        choices=WHO,
        computed=True,
        in_form=False,
        width=100,
    ),
    _text(
        "media_in",
        N_("Media taken in"),
        SLOT_IN,
        N_("What and how many: notebook, drive, paper."),
        *("반입", "반입매체", "반입 매체", "반입물품"),
    ),
    _text(
        "media_out",
        N_("Media taken out"),
        SLOT_OUT,
        N_("What and how many."),
        *("반출", "반출매체", "반출 매체", "반출물품"),
    ),
    _text(
        "media_by",
        N_("Media approved by"),
        SLOT_MEDIA_BY,
        N_("Who allowed what was taken in or out."),
        *("매체 승인자", "반출입 승인자"),
    ),
    _text("approver", N_("Approver"), SLOT_APPROVER, "", *("승인자", "허가자", "결재자")),
    Field(
        "left_on",
        N_("Left on (day)"),
        Kind.DATE,
        in_table=False,
        aliases=("퇴실일", "퇴실일자"),
        help=N_("Only where it was another day."),
    ),
    fact("signed", N_("Signed"), Kind.CHOICE, choices=SIGNED),
    Field(
        "permit",
        N_("By the permit"),
        Kind.LINK,
        links_to="zone-permits",
        computed=True,
        in_form=False,
        in_table=False,
    ),
    fact("settled_on", N_("Followed up on"), Kind.DATE),
    told("settled", N_("How it was followed up"), SLOT_SETTLED, Kind.NOTE),
    fact("keep_until", N_("Kept until"), Kind.DATE),
    fact("destroyed_on", N_("Destroyed on"), Kind.DATE),
    note(SLOT_NOTE, Audience.PERSONAL),
)

_HOW = Field("how", N_("How it was followed up"), Kind.NOTE, required=True, check=why_fault)
REGISTER = Register(
    name="visits",
    title=N_("Visits"),
    singular=N_("Visit to a zone"),
    prefix="ZV",
    group="safety",
    why=N_(
        "Who came into a protected zone, beside whom and with what; it is itself personal data."
    ),
    clause="S8.2⑥",
    fields=FIELDS,
    model="privdesk.registers.visits.model:Visit",
    service="privdesk.registers.visits.service:Visits",
    page="privdesk.registers.visits.view.page:VisitsPage",
    rules="privdesk.registers.visits.findings:judge",
    figures="privdesk.registers.visits.findings:figures",
    states=(
        State(INSIDE, N_("Inside"), "waiting"),
        State(LEFT, N_("Out again"), "kept"),
        State(DESTROYED, N_("Destroyed"), "destroyed", ended=True),
        VOID,
    ),
    actions=(
        Action(
            "leave",
            N_("Has left the zone"),
            "leave",
            leads=None,
            asks=(
                Field("at", N_("Out"), help=N_("Empty for now."), check=time_fault),
                Field("on", N_("On"), Kind.DATE, help=N_("Empty for today.")),
                Field("media_out", N_("Media taken out"), help=N_("What and how many.")),
            ),
            states=(INSIDE,),
            bulk=True,
            help=N_("Enters when the visitor went out, and with what."),
        ),
        Action(
            "paper",
            N_("Signed on paper"),
            "paper",
            leads=None,
            states=(INSIDE, LEFT),
            bulk=True,
            help=N_("The signature stands in the printed log."),
        ),
        Action(
            "settle",
            N_("Enter how it was followed up"),
            "settle",
            asks=(_HOW,),
            states=(INSIDE, LEFT),
            where=(("allowed", (WITHOUT, UNFIT, "escorted")),),
            help=N_("Of an entry without right: what was found, and what was done about it."),
        ),
        Action(
            "expunge",
            N_("Destroy the visit"),
            "expunge",
            states=(INSIDE, LEFT, "void"),
            bulk=True,
            danger=True,
            help=N_("Name, telephone, signature and texts go; zone and day stay."),
        ),
    ),
    views=(
        ReadyView(N_("Inside now"), (("state", (INSIDE,)),)),
        ReadyView(N_("Neither listed nor escorted"), (("allowed", (WITHOUT,)),)),
    ),
    void_states=(INSIDE, LEFT),
    begin=N_("Enter a visitor"),
    help="zones",
    sort="on",
    descending=True,
)
