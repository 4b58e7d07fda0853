"""What is recorded of a work consigned to a processor (S4.1–S4.3; PIPA 26, Decree 28)."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, ReadyView, Register, State
from privdesk.registers.notes import note
from privdesk.registers.pieces import count_fault
from privdesk.registers.processors.filed import ATTACH
from privdesk.registers.processors.rules import CLAUSE_LABELS, GROUND_LABELS, WAY_LABELS
from privdesk.registers.states import VOID

SLOT_SCOPE, SLOT_CONTACT, SLOT_ENTIRE, SLOT_TICKED_BY, SLOT_NOTE = range(1, 6)
CLAUSES = tuple(Choice(key, label) for key, label in CLAUSE_LABELS.items())
GROUNDS = tuple(Choice(key, label) for key, label in GROUND_LABELS.items())
WAYS = tuple(Choice(key, label) for key, label in WAY_LABELS.items())
CHALLENGES = (
    Choice("narrowed", N_("Narrowed to the items needed")),
    Choice("kept", N_("Cannot be less, for this reason")),
)


def _fact(name: str, label: str, kind: Kind, *, table: bool = False, clause: str = "") -> Field:
    return Field(
        name, label, kind, computed=True, in_form=False, in_table=table, width=110, clause=clause
    )


def _chosen(name: str, label: str, choices: tuple[Choice, ...], kind: Kind = Kind.CHOICE) -> Field:
    return Field(name, label, kind, choices=choices, computed=True, in_form=False, in_table=False)


WORK = (
    Field(
        "processor",
        N_("Processor"),
        Kind.LINK,
        links_to="processors",
        required=True,
        may_be_new=True,
        width=180,
        aliases=(
            "company",
            "수탁자",
            "수탁업체",
            "수탁업체명",
            "수탁사",
            "위탁업체",
            "업체명",
            "업체",
        ),
        help=N_("A company that is not among the processors yet is entered with it."),
        clause="S4.1 · PIPA 26(1)",
    ),
    Field(
        "work",
        N_("Work consigned"),
        required=True,
        width=200,
        aliases=(
            "task",
            "위탁업무",
            "위탁 업무",
            "위탁업무 내용",
            "위탁 업무 내용",
            "업무 내용",
            "업무",
        ),
        clause="S4.1 · Decree 28(1)",
    ),
    Field(
        "work_en",
        N_("The work in English"),
        in_table=False,
        aliases=("work in english", "영문 업무명"),
        help=N_("For the English list; empty repeats the Korean."),
    ),
    Field(
        "purpose",
        N_("Purpose"),
        Kind.LINK,
        links_to="purposes",
        in_table=False,
        width=150,
        aliases=("처리 목적", "목적", "위탁 목적"),
        clause="S4.1",
    ),
    Field(
        "scope",
        N_("Scope"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_SCOPE,
        in_table=False,
        aliases=("범위", "위탁 범위", "위탁범위"),
        help=N_("What of the work it does, and with which data; the published list says it."),
        clause="Decree 28(1)",
    ),
    Field(
        "items",
        N_("Items"),
        Kind.LINKS,
        links_to="items",
        width=160,
        aliases=("항목", "개인정보 항목", "위탁 항목", "위탁하는 개인정보 항목"),
        clause="S4.1",
    ),
    Field(
        "entire",
        N_("Entire personal data"),
        Kind.FLAG,
        default=False,
        in_table=False,
        width=90,
        aliases=("전체 개인정보", "전체 항목", "개인정보 일체"),
        help=N_("Everything that is known of the people; then say why less will not do."),
        clause="S4.3 · PIPA 3(1)",
    ),
    Field(
        "files",
        N_("Personal information files"),
        Kind.LINKS,
        links_to="files",
        in_table=False,
        aliases=("개인정보파일", "파일", "대상 파일"),
        help=N_("Whose people get the notice of a marketing consignment."),
    ),
    Field(
        "people",
        N_("Number of people"),
        Kind.INTEGER,
        width=90,
        aliases=("정보주체 수", "건수", "인원", "처리 건수"),
        check=count_fault,
    ),
    Field(
        "since",
        N_("Contract from"),
        Kind.DATE,
        in_table=False,
        width=105,
        aliases=(
            "from",
            "계약 시작일",
            "계약시작일",
            "위탁 시작일",
            "시작일",
            "contract period",
            "계약기간",
            "위탁기간",
            "위탁 계약기간",
        ),
        ends="until",
    ),
    Field(
        "until",
        N_("Contract until"),
        Kind.DATE,
        width=105,
        aliases=("until", "to", "계약 종료일", "계약종료일", "위탁 종료일", "종료일", "만료일"),
        help=N_("The last day; empty while nothing is agreed."),
    ),
    Field(
        "contract_no",
        N_("Contract number"),
        in_table=False,
        aliases=("계약번호", "계약 번호", "계약서 번호"),
    ),
    Field(
        "signed_on",
        N_("Contract signed on"),
        Kind.DATE,
        in_table=False,
        aliases=("계약일", "계약 체결일", "계약체결일"),
    ),
    Field(
        "department",
        N_("Department in charge"),
        in_table=False,
        width=130,
        aliases=("owner", "담당 부서", "담당부서", "부서"),
    ),
    Field(
        "contact",
        N_("Public contact"),
        audience=Audience.OFFICE,
        slot=SLOT_CONTACT,
        in_table=False,
        aliases=("연락처", "수탁자 연락처", "문의처"),
        help=N_("A department and a number; the published list says it."),
    ),
    Field(
        "marketing",
        N_("Marketing"),
        Kind.FLAG,
        default=False,
        width=80,
        aliases=("홍보·판매 권유", "홍보 판매 권유", "마케팅", "마케팅 여부"),
        help=N_("Promotes or sells: each person has to be notified, posting alone is not enough."),
        clause="S4.2 · PIPA 26(3)",
    ),
    Field(
        "abroad",
        N_("Cross-border"),
        Kind.FLAG,
        default=False,
        width=80,
        aliases=("국외 이전", "국외이전", "국외 여부"),
        clause="PIPA 28-8(1)",
    ),
    Field(
        "country",
        N_("Country it goes to"),
        in_table=False,
        aliases=("이전 국가", "이전국가", "국가"),
        clause="PIPA 28-8(2)2",
    ),
    Field(
        "transfer_ground",
        N_("Ground of the transfer"),
        Kind.CHOICE,
        choices=GROUNDS,
        in_table=False,
        aliases=("이전 근거", "국외 이전 근거", "국외이전 근거"),
        clause="PIPA 28-8(1)",
    ),
    Field(
        "transfer_how",
        N_("When and how it goes there"),
        in_table=False,
        aliases=("이전 방법", "이전 일시 및 방법"),
        clause="PIPA 28-8(2)2",
    ),
)
WRITTEN = (
    _chosen("clauses", N_("Clauses found in the contract"), CLAUSES, Kind.CHOICES),
    _fact("lacking", N_("Clauses lacking"), Kind.INTEGER, table=True, clause="Decree 28(1)"),
    _fact("ticked_on", N_("Contract checked on"), Kind.DATE),
    Field("ticked_by", N_("Contract checked by"), audience=Audience.OFFICE, slot=SLOT_TICKED_BY,
          computed=True, in_form=False, in_table=False),
    Field("ticked_file", N_("Contract checked"), Kind.LINK, links_to="partner-papers",
          computed=True, in_form=False, in_table=False),
    _chosen("challenge", N_("Question of less data"), CHALLENGES),
    _fact("challenged_on", N_("Asked on"), Kind.DATE),
    Field("entire_why", N_("Why less will not do"), Kind.NOTE, Audience.OFFICE, slot=SLOT_ENTIRE,
          computed=True, in_form=False, in_table=False),
    _chosen("notice_way", N_("People notified by"), WAYS),
    _fact("notified_on", N_("People notified on"), Kind.DATE, clause="PIPA 26(3)"),
    _fact("posted_until", N_("Posted until"), Kind.DATE),
    _fact("notified", N_("People notified"), Kind.INTEGER),
    _fact("changed_on", N_("Changed on"), Kind.DATE),
    _fact("ended_on", N_("Ended on"), Kind.DATE),
)  # fmt: skip
FIELDS = (*WORK, *WRITTEN, note(SLOT_NOTE))
_ON = Field("on", N_("On"), Kind.DATE, help=N_("Empty for today."))

REGISTER = Register(
    name="consignments",
    title=N_("Works consigned"),
    singular=N_("Work consigned"),
    prefix="BW",
    group="partners",
    why=N_("What each processor does for us, with which data and until when; the list is public."),
    clause="S4.1",
    fields=FIELDS,
    model="privdesk.registers.processors.model:Consignment",
    service="privdesk.registers.processors.works:Consignments",
    figures="privdesk.registers.processors.figures:works",
    states=(
        State("active", N_("Under contract"), "kept"),
        State("ended", N_("Work ended"), "plain", ended=True),
        VOID,
    ),
    children=(Child("partner-papers", N_("Contracts and evidence"), "consignment"),),
    actions=(
        ATTACH,
        Action(
            "tick",
            N_("Tick the seven clauses"),
            "tick",
            asks=(
                Field(
                    "clauses",
                    N_("Clauses found in the contract"),
                    Kind.CHOICES,
                    choices=CLAUSES,
                    help=N_("Read against the contract that was attached last; none for none."),
                    clause="PIPA 26(1) · Decree 28(1)",
                ),
            ),
            states=("active",),
            help=N_("The tick names the file it was read against, with its hash."),
        ),
        Action("contract", N_("Show the contract"), "contract"),
        Action(
            "question",
            N_("Question “entire data”"),
            "question",
            asks=(
                Field("result", N_("Question of less data"), Kind.CHOICE, choices=CHALLENGES,
                      required=True),
                Field("items", N_("Items"), Kind.LINKS, links_to="items",
                      help=N_("For narrowed: the items that are left.")),
                Field("reason", N_("Why less will not do"), Kind.NOTE),
            ),
            states=("active",),
            where=(("entire", (True,)),),
            help=N_("Kept as it is, it is asked again after a year."),
        ),
        Action(
            "notified",
            N_("People were notified"),
            "notify",
            asks=(
                Field("way", N_("People notified by"), Kind.CHOICE, choices=WAYS, required=True,
                      default="post"),
                _ON,
                Field("count", N_("People notified"), Kind.INTEGER,
                      help=N_("Empty for everybody in its files.")),
                Field("until", N_("Posted until"), Kind.DATE,
                      help=N_("Only for posting: its last day, 30 days at least; empty while it"
                              " stands.")),
            ),
            states=("active",),
            where=(("marketing", (True,)),),
            bulk=True,
            help=N_("Posting stands in only for people who cannot be reached (Decree 28(5))."),
        ),
        Action(
            "renew",
            N_("Renew"),
            "renew",
            asks=(Field("until", N_("Contract until"), Kind.DATE, required=True),),
            states=("active",),
            bulk=True,
        ),
        Action(
            "end",
            N_("Work has ended"),
            "end",
            asks=(_ON, Field("reason", N_("Reason"), Kind.NOTE)),
            states=("active",),
            bulk=True,
        ),
        Action(
            "resume",
            N_("Not ended after all"),
            "resume",
            states=("ended",),
            asks=(Field("reason", N_("Reason"), Kind.NOTE, required=True),),
        ),
    ),
    documents=(
        Document("d7a", N_("Notice of a marketing consignment, one for each person"),
                 "privdesk.flows.consigning:notices", personal=True),
        Document("clauses", N_("Check of the contract"),
                 "privdesk.flows.consigning:contract_check"),
    ),
    views=(
        ReadyView(N_("Under contract"), (("state", ("active",)),)),
        ReadyView(N_("Marketing"), (("marketing", ("yes",)), ("state", ("active",)))),
        ReadyView(N_("Cross-border"), (("abroad", ("yes",)), ("state", ("active",)))),
        ReadyView(N_("Entire personal data"), (("entire", ("yes",)), ("state", ("active",)))),
    ),
    help="processors",
    title_field="work",
    sort="id",
)  # fmt: skip
