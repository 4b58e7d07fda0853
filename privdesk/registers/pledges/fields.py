"""What is recorded of a pledge (S8.2③, S8.2④; D11, D12), and the register's declaration."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Document, ReadyView, Register, State
from privdesk.registers.notes import note
from privdesk.registers.states import VOID

SLOT_PERSON, SLOT_RETURNED, SLOT_HEAD, SLOT_NOTE, SLOT_STROKES = 1, 2, 3, 4, 5
"""``SLOT_STROKES`` holds what was written on the screen, as JSON; see ``strokes``."""
SCREEN, PAPER, ENTERED = "screen", "paper", "entered"
OPEN = ("open", "printed")
"""The states of a pledge that waits for its signature."""
KINDS = (
    Choice(
        "joining",
        N_("Joining"),
        N_("Signed on or before the first day, and before the first access."),
        aliases=("입사", "입사자", "신규", "신규 입사", "재직"),
    ),
    Choice(
        "yearly",
        N_("Renewal"),
        N_("Signed again, where the office wishes it."),
        aliases=("갱신", "연간", "정기", "매년"),
    ),
    Choice(
        "leaving",
        N_("Leaving"),
        N_("Signed on the last day of work at the latest."),
        aliases=("퇴사", "퇴직", "퇴사자", "퇴직자"),
    ),
    Choice(
        "outside",
        N_("Outside staff"),
        N_("For people of another company who work here; name person and company."),
        aliases=("외부", "외주", "외주 인력", "외부인력", "협력업체", "용역"),
    ),
)
WAYS = (
    Choice(SCREEN, N_("On the screen")),
    Choice(PAPER, N_("On paper, sheet on file")),
    Choice(ENTERED, N_("Entered from a list")),
)
LANGUAGES = (Choice("ko", N_("Korean")), Choice("en", N_("English")))


def _fact(
    name: str, label: str, kind: Kind = Kind.TEXT, *, table: bool = False, width: int = 110
) -> Field:
    return Field(name, label, kind, computed=True, in_form=False, in_table=table, width=width)


FIELDS = (
    Field("title", N_("Pledge"), computed=True, in_form=False, in_table=False, width=220),
    Field("who", N_("Who signs"), computed=True, in_form=False, width=170),
    Field(
        "staff",
        N_("Member of staff"),
        Kind.LINK,
        links_to="staff",
        fixed=True,
        in_table=False,
        width=150,
        aliases=("employee", "성명", "사번", "직원", "이름", "서약자"),
        help=N_("By name, staff number or reference; empty for outside staff."),
    ),
    Field(
        "kind",
        N_("Kind of pledge"),
        Kind.CHOICE,
        required=True,
        fixed=True,
        choices=KINDS,
        default="joining",
        width=110,
        aliases=("서약 구분", "서약 종류", "구분"),
        clause="S8.2③",
    ),
    _fact("department", N_("Department"), table=True, width=150),
    Field(
        "due_on",
        N_("Sign by"),
        Kind.DATE,
        width=175,
        aliases=("서명 기한", "기한"),
        help=N_("Empty for the day of joining, or the last day of work; else today."),
        clause="S8.2③",
    ),
    Field(
        "signed_on",
        N_("Signed on"),
        Kind.DATE,
        fixed=True,
        width=105,
        aliases=("서약일", "서명일", "서약일자", "서명일자", "제출일", "서약서 제출일", "징구일"),
        help=N_("Only for one signed before it was entered here; else a step records it."),
        clause="S8.2③",
    ),
    Field("in_time", N_("Signed in time"), Kind.FLAG, computed=True, in_form=False, width=90),
    Field("how", N_("How it was signed"), Kind.CHOICE, choices=WAYS, computed=True,
          in_form=False, width=150),
    Field(
        "person",
        N_("Person of another company"),
        Kind.NAME,
        Audience.OFFICE,
        slot=SLOT_PERSON,
        in_table=False,
        aliases=("외부 인력", "외부인력 성명"),
    ),
    Field(
        "organisation",
        N_("That company"),
        in_table=False,
        aliases=("소속 회사", "소속회사", "업체명"),
        help=N_("For outside staff: whose people they are."),
    ),
    Field(
        "head",
        N_("Department head"),
        Kind.NAME,
        Audience.OFFICE,
        slot=SLOT_HEAD,
        in_table=False,
        aliases=("부서장", "확인자"),
        help=N_("Who signs beside the person; empty leaves room on the sheet."),
    ),
    Field(
        "returned",
        N_("Devices and documents returned"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_RETURNED,
        in_table=False,
        aliases=("반납 내역", "반납 기기·문서"),
        help=N_("Of a leaver: stands on the sheet; empty leaves room for a hand."),
        clause="S8.2④",
    ),
    _fact("printed_on", N_("Sheet printed on"), Kind.DATE),
    _fact("sheet", N_("Number of the sheet"), width=140),
    Field("language", N_("Language of the sheet"), Kind.CHOICE, choices=LANGUAGES,
          computed=True, in_form=False, in_table=False),
    Field("template", N_("Text of the office"), Kind.LINK, links_to="templates", computed=True,
          in_form=False, in_table=False),
    _fact("digest", N_("SHA-256 of the text")),
    _fact("file", N_("Signed sheet on file")),
    _fact("pages", N_("Pages on file"), Kind.INTEGER),
    _fact("keep_until", N_("Kept until"), Kind.DATE),
    note(SLOT_NOTE),
)  # fmt: skip

_ON = Field("on", N_("Signed on"), Kind.DATE, required=True, aliases=("서명일",))
_HEAD = Field("head", N_("Department head"), Kind.NAME, Audience.OFFICE, slot=SLOT_HEAD)
_SCAN = Field("file", N_("Scan of the signed sheet"), picks="open")

ACTIONS = (
    Action(
        "sign-paper",
        N_("Signed on paper"),
        "sign_paper",
        asks=(_ON, _SCAN, _HEAD),
        states=OPEN,
        bulk=True,
        help=N_("A stack of scans is matched by itself; this is for one sheet, or without a scan."),
    ),
    Action(
        "attach",
        N_("Put the signed sheet on file"),
        "attach",
        asks=(Field("file", N_("Scan of the signed sheet"), required=True, picks="open"),),
        states=("signed",),
        help=N_("In place of the scan that is on file, if there is one."),
    ),
    Action(
        "show-sheet",
        N_("Show the signed sheet"),
        "show_sheet",
        states=("signed",),
        where=(("how", (PAPER,)),),
        roles=("officer", "manager", "auditor"),
    ),
    Action(
        "show-printed",
        N_("Show the printed sheet"),
        "privdesk.flows.fromrun:sheet",
        states=("printed", "signed"),
        roles=("officer", "manager", "auditor"),
        help=N_("As it went out, also where it was printed in a stack for many."),
    ),
    Action(
        "correct-day",
        N_("Correct the day"),
        "correct_day",
        asks=(_ON, Field("reason", N_("Reason"), Kind.NOTE, required=True)),
        states=("signed",),
        where=(("how", (PAPER, ENTERED)),),
    ),
    Action(
        "expunge",
        N_("Destroy the sheet"),
        "expunge",
        states=("signed",),
        bulk=True,
        danger=True,
        help=N_("Three years after the person has left: scan, names and kept papers go."),
    ),
)

REGISTER = Register(
    name="pledges",
    title=N_("Pledges"),
    singular=N_("Pledge"),
    prefix="G",
    group="staff",
    why=N_("Nobody handles personal data before they have sworn to keep it secret."),
    clause="S8.2③",
    fields=FIELDS,
    model="privdesk.registers.pledges.model:Pledge",
    service="privdesk.registers.pledges.service:Pledges",
    page="privdesk.registers.pledges.view:PledgesPage",
    rules="privdesk.registers.pledges.findings:judge",
    figures="privdesk.registers.pledges.figures:figures",
    states=(
        State("open", N_("To be signed"), "soon"),
        State("printed", N_("Sheet is out"), "waiting"),
        State("signed", N_("Has signed"), "kept", ended=True),
        State("destroyed", N_("Destroyed"), "destroyed", ended=True),
        VOID,
    ),
    actions=ACTIONS,
    documents=(
        Document("d11", N_("Pledge sheet"), "privdesk.flows.pledgepapers:sheet"),
        Document("d12", N_("Pledge sheet on leaving"), "privdesk.flows.pledgepapers:leaving"),
        Document(
            "unsigned",
            N_("Who has not signed"),
            "privdesk.flows.pledgepapers:unsigned",
            of_list=True,
        ),
    ),
    views=(
        ReadyView(N_("Not signed yet"), (("state", OPEN),)),
        ReadyView(N_("Signed too late"), (("state", ("signed",)), ("in_time", ("no",)))),
        ReadyView(N_("No sheet on file"), (("how", (ENTERED,)),)),
    ),
    title_field="title",
    sort="due_on",
    descending=True,
    void_states=OPEN,
    struck_states=("signed",),
)
