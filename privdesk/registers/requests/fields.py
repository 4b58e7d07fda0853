"""What is recorded of a request, and the declaration of the register (S5.2–S5.4, S6.2–S6.7)."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Child, Document, Register, State
from privdesk.registers import answering
from privdesk.registers.notes import note
from privdesk.registers.requests.actions import ACTIONS, ENCLOSURE_ACTIONS, WHAT
from privdesk.registers.requests.kinds import GROUND_CHOICES, KINDS, METHODS, OPEN_TO_ANYBODY
from privdesk.registers.states import VOID

CHANNELS = (
    Choice(
        "phone",
        N_("By telephone"),
        aliases=("전화", "콜", "콜센터", "유선", "전화 상담", "call", "telephone", "tel"),
    ),
    Choice(
        "email", N_("By e-mail"), aliases=("이메일", "메일", "e메일", "전자 우편", "e-mail", "mail")
    ),
    Choice("fax", N_("By fax"), aliases=("팩스", "모사전송", "fax")),
    Choice(
        "post", N_("By post"), aliases=("우편", "등기", "등기우편", "편지", "letter", "mail in")
    ),
    Choice(
        "visit",
        N_("In person"),
        aliases=("방문", "내방", "대면", "창구", "visit", "counter", "office"),
    ),
    Choice(
        "web",
        N_("Web site"),
        aliases=(
            "홈페이지",
            "웹",
            "웹사이트",
            "인터넷",
            "온라인",
            "앱",
            "모바일",
            "챗봇",
            "website",
            "online",
            "app",
            "internet",
        ),
    ),
)
RESULTS = (
    Choice("granted", N_("Granted")),
    Choice("partial", N_("Granted in part")),
    Choice("nothing", N_("Nothing held")),
    Choice("answered", N_("Question answered")),
    Choice("refused", N_("Turned down")),
)

SLOT_NAME, SLOT_PHONE, SLOT_EMAIL, SLOT_ADDRESS, SLOT_CUSTOMER = 1, 2, 3, 4, 5
SLOT_AGENT, SLOT_AGENT_PHONE, SLOT_AGENT_TIE = 6, 7, 8
SLOT_ASKED, SLOT_ANSWER, SLOT_WHY, SLOT_OBJECTION, SLOT_EXTENSION = 9, 10, 11, 12, 13
SLOT_NOTE, SLOT_IDENTIFIED_BY, SLOT_IDENTITY_NOTE = 20, 21, 22
SLOT_TAKEN_BACK, SLOT_HANDED, SLOT_PUT_RIGHT = 23, 24, 25


def _sealed(
    name: str, label: str, slot: int, kind: Kind = Kind.TEXT, *aliases: str, text: str = ""
) -> Field:
    """Return a personal field that is entered."""
    return Field(
        name, label, kind, Audience.PERSONAL, slot=slot, in_table=False, aliases=aliases, help=text
    )


def _fact(
    name: str, label: str, kind: Kind, *, table: bool = False, text: str = "", clause: str = ""
) -> Field:
    """Return an open field that the steps write."""
    return Field(
        name,
        label,
        kind,
        computed=True,
        in_form=False,
        in_table=table,
        width=150 if kind is Kind.DATE else 120,
        help=text,
        clause=clause,
    )


def _told(name: str, label: str, slot: int, audience: Audience, kind: Kind = Kind.NOTE) -> Field:
    """Return a sealed field that the steps write."""
    return Field(
        name, label, kind, audience, slot=slot, computed=True, in_form=False, in_table=False
    )


def _chosen(name: str, label: str, choices: tuple[Choice, ...], *, table: bool = False) -> Field:
    return Field(
        name,
        label,
        Kind.CHOICE,
        choices=choices,
        computed=True,
        in_form=False,
        in_table=table,
        width=120,
    )


ASKED = (
    Field(
        "kind",
        N_("Kind"),
        Kind.CHOICE,
        required=True,
        choices=KINDS,
        width=130,
        aliases=("type", "요청 유형", "요구 유형", "유형", "문의 유형", "구분"),
        help=N_("Decides the term and the papers."),
        clause="S6.2",
    ),
    Field(
        "subject",
        N_("Data subject"),
        Kind.LINK,
        links_to="subjects",
        width=130,
        aliases=("person", "정보주체"),
        help=N_("Empty while nobody knows who it is; name and contact then stand below."),
    ),
    _fact("due_on", N_("Answer due"), Kind.DATE, table=True, clause="Decree 41–44 · S5.4"),
    _fact("due_at", N_("Due at"), Kind.MOMENT, clause="S5.4"),
    Field(
        "channel",
        N_("Channel"),
        Kind.CHOICE,
        required=True,
        choices=CHANNELS,
        default="phone",
        width=100,
        aliases=("접수 경로", "접수경로", "접수 채널", "채널", "경로"),
        clause="S6.3",
    ),
    Field(
        "received_at",
        N_("Received"),
        Kind.MOMENT,
        width=130,
        aliases=("received", "receipt time", "접수 일시", "접수일시", "접수시각", "접수일",
                 "문의일시", "등록일시"),
        help=N_("Empty for now. Of an imported list: as the source system says, in Korean time."),
        clause="S5.4",
    ),
    _sealed("caller", N_("Caller’s name"), SLOT_NAME, Kind.NAME,
            "name", "성명", "이름", "문의자", "요청인", "고객명",
            text=N_("Only where the person is not in the register.")),
    _sealed("caller_phone", N_("Caller’s telephone"), SLOT_PHONE, Kind.PHONE,
            "phone", "telephone", "전화번호", "연락처", "휴대전화"),
    _sealed("caller_email", N_("Caller’s e-mail"), SLOT_EMAIL, Kind.EMAIL,
            "email", "e-mail", "이메일", "전자우편"),
    _sealed("address", N_("Address for the answer"), SLOT_ADDRESS, Kind.TEXT, "주소", "회신 주소"),
    _sealed("asked", N_("What is asked"), SLOT_ASKED, Kind.NOTE,
            "text", "content", "내용", "문의 내용", "문의내용", "요청 내용", "요구 내용",
            "제목 및 내용"),
    Field(
        "items",
        N_("Items concerned"),
        Kind.LINKS,
        links_to="items",
        in_table=False,
        aliases=("항목", "개인정보 항목", "대상 항목"),
        help=N_("Empty for all."),
        clause="Decree 41(1)",
    ),
    Field(
        "purposes",
        N_("Purposes concerned"),
        Kind.LINKS,
        links_to="purposes",
        in_table=False,
        aliases=("purpose", "목적", "대상 목적", "처리 목적"),
        help=N_("Empty for all."),
    ),
    Field(
        "by_agent",
        N_("By an agent"),
        Kind.FLAG,
        default=False,
        in_table=False,
        aliases=("대리인 여부", "대리 요청"),
        clause="PIPA 38(1) · Decree 45",
    ),
    _sealed("agent", N_("Agent’s name"), SLOT_AGENT, Kind.NAME, "대리인", "대리인 성명"),
    _sealed("agent_phone", N_("Agent’s telephone"), SLOT_AGENT_PHONE, Kind.PHONE,
            "대리인 연락처", "대리인 전화번호"),
    _sealed("agent_tie", N_("Agent’s relationship"), SLOT_AGENT_TIE, Kind.TEXT,
            "relationship", "정보주체와의 관계", "관계"),
    Field(
        "place",
        N_("Source system"),
        Kind.LINK,
        links_to="places",
        in_table=False,
        aliases=("system", "접수 시스템", "원천 시스템", "시스템"),
        help=N_("Where the case was first taken down, such as the VOC system."),
        clause="S6.3",
    ),
    Field(
        "source_no",
        N_("Number there"),
        in_table=False,
        aliases=("voc no", "ticket", "case number", "VOC 번호", "접수번호", "접수 번호", "문의번호",
                 "문의 번호"),
        help=N_("By it the rows of a second list find their cases again."),
    ),
    _sealed("customer_no", N_("Person’s number there"), SLOT_CUSTOMER, Kind.TEXT,
            "customer no", "source id", "고객번호", "고객 번호", "회원번호", "회원 번호",
            text=N_("Finds the data subject where one is known by it.")),
    Field(
        "language",
        N_("Language of letters"),
        Kind.CHOICE,
        choices=(Choice("ko", N_("Korean")), Choice("en", N_("English"))),
        in_table=False,
        aliases=("언어",),
        help=N_("Empty takes that of the person."),
    ),
    Field(
        "handler",
        N_("Handled by"),
        Kind.LINK,
        links_to="staff",
        width=110,
        aliases=("담당자", "처리자", "처리 담당자"),
        help=N_("Empty for the officer at the desk."),
        clause="S5.1",
    ),
    Field(
        "proposal_on",
        N_("Proposal received on"),
        Kind.DATE,
        in_table=False,
        help=N_("Of a mediation: its own term of 15 days runs from here."),
        clause="PIPA 47(3)",
    ),
    Field("cost", N_("Actual cost (won)"), Kind.INTEGER, in_table=False, clause="Decree 47"),
    Field(
        "fee",
        N_("Fee and postage (won)"),
        Kind.INTEGER,
        in_table=False,
        help=N_("At most the actual cost."),
        clause="Decree 47",
    ),
    Field(
        "our_fault",
        N_("Caused by the company"),
        Kind.FLAG,
        default=False,
        in_table=False,
        help=N_("Then nothing may be charged."),
        clause="Decree 47",
    ),
    Field("fee_paid", N_("Fee paid on"), Kind.DATE, in_table=False),
)  # fmt: skip

WRITTEN = (
    _fact("mandate", N_("Mandate on file"), Kind.FLAG, clause="Decree 45(2)"),
    _chosen("identity_method", N_("Identity checked by"), METHODS),
    _fact("identified_at", N_("Identity checked at"), Kind.MOMENT, clause="Decree 46(1)"),
    _told("identified_by", N_("Checked by"), SLOT_IDENTIFIED_BY, Audience.OFFICE, Kind.NAME),
    _told("identity_note", N_("What was checked"), SLOT_IDENTITY_NOTE, Audience.PERSONAL),
    _fact("left", N_("Days left"), Kind.INTEGER),
    _fact("why_due", N_("Why then"), Kind.NOTE),
    _fact("due_first", N_("Due before it was extended"), Kind.DATE),
    _fact("extended_until", N_("Extended until"), Kind.DATE, clause="PIPA 35(3)"),
    _told("extension_why", N_("Why extended"), SLOT_EXTENSION, Audience.PERSONAL),
    _fact("extensions", N_("Times extended"), Kind.INTEGER),
    _chosen("result", N_("Result"), RESULTS, table=True),
    _chosen("refusal", N_("Ground of refusal"), GROUND_CHOICES),
    _told("answer", N_("Text of the answer"), SLOT_ANSWER, Audience.PERSONAL),
    _told("refusal_why", N_("Why refused"), SLOT_WHY, Audience.PERSONAL),
    _told("objection", N_("Way to object"), SLOT_OBJECTION, Audience.PERSONAL),
    _told("taken_back_why", N_("Why taken back"), SLOT_TAKEN_BACK, Audience.PERSONAL),
    _told("handed_why", N_("Why handed over"), SLOT_HANDED, Audience.PERSONAL),
    _told("put_right", N_("Why the letter was wrong"), SLOT_PUT_RIGHT, Audience.PERSONAL),
    _fact("answered_at", N_("Answered at"), Kind.MOMENT),
    _fact("in_time", N_("In time"), Kind.FLAG),
    _fact("closed_at", N_("Closed at"), Kind.MOMENT),
    _fact("keep_until", N_("File kept until"), Kind.DATE, text=N_("The file of the case outlives"
          " the data; then it goes too."), clause="S2.1"),
)  # fmt: skip
FIELDS = (*ASKED, *WRITTEN, note(SLOT_NOTE, Audience.PERSONAL))

_MAKER = "privdesk.flows.letters"
_RIGHTS = (("kind", tuple(kind.key for kind in KINDS if kind.key not in OPEN_TO_ANYBODY)),)

DOCUMENTS = (
    Document("d4", N_("Request form"), f"{_MAKER}:request_form", personal=True, where=_RIGHTS),
    Document("d4-blank", N_("Request form, blank"), f"{_MAKER}:blank_form", of_list=True),
    Document("d5", N_("Notice of the result"), f"{_MAKER}:result_notice", personal=True,
             where=_RIGHTS),
    Document(
        "d6", N_("Notice of refusal or postponement"), f"{_MAKER}:refusal_notice", personal=True
    ),
    Document("ack", N_("Acknowledgement of receipt"), f"{_MAKER}:acknowledgement",
             personal=True),
    Document("reply", N_("Answer to an inquiry or report"), f"{_MAKER}:reply", personal=True,
             where=(("kind", OPEN_TO_ANYBODY),)),
    Document("check", N_("Record of the identity check"), f"{_MAKER}:identity_record",
             personal=True),
    Document("why", N_("Why it is due then"), f"{_MAKER}:due_sheet"),
)  # fmt: skip

REGISTER = Register(
    name="requests",
    title=N_("Requests"),
    singular=N_("Request"),
    prefix="R",
    group="people",
    why=N_("Whoever asks is answered in time: what was asked, who checked, what came of it."),
    clause="S6.2",
    fields=FIELDS,
    model="privdesk.registers.requests.model:Request",
    service="privdesk.registers.requests.service:Requests",
    rules="privdesk.registers.requests.findings:judge",
    figures="privdesk.registers.requests.figures:figures",
    states=(
        State("received", N_("Newly received"), "waiting"),
        State("identified", N_("Identified"), "plain"),
        State("working", N_("In work"), "plain"),
        State("extended", N_("Extended"), "soon"),
        State("answered", N_("Answer given"), "kept", ended=True),
        State("refused", N_("Turned down"), "plain", ended=True),
        State("withdrawn", N_("Withdrawn by the person"), "plain", ended=True),
        State("closed", N_("Case closed"), "kept", ended=True),
        State("destroyed", N_("Destroyed"), "destroyed", ended=True),
        VOID,
    ),
    actions=(*ACTIONS, *answering.ACTIONS),
    children=(*answering.CHILDREN, Child("enclosures", N_("Attachments"), "request")),
    documents=(*DOCUMENTS, *answering.DOCUMENTS),
    begin=N_("New request"),
    title_field="kind",
    sort="received_at",
    descending=True,
)

ENCLOSURES = Register(
    name="enclosures",
    title=N_("Attachments"),
    singular=N_("Attachment"),
    prefix="RA",
    group="people",
    why=N_("Mandates, letters and evidence of a case, sealed with the case’s own keys."),
    clause="S6.4",
    fields=(
        Field("request", N_("Request"), Kind.LINK, links_to="requests", computed=True, width=150),
        _chosen("what", N_("What it is"), WHAT, table=True),
        Field("name", N_("File name"), audience=Audience.PERSONAL, slot=1, computed=True,
              in_form=False, width=220),
        _told("removed_why", N_("Removed because"), 2, Audience.PERSONAL),
        _fact("bytes", N_("Bytes"), Kind.INTEGER, table=True),
        _fact("added_at", N_("Added"), Kind.MOMENT, table=True),
        _fact("file", N_("Sealed copy"), Kind.TEXT),
    ),
    model="privdesk.registers.requests.model:Enclosure",
    service="privdesk.registers.requests.enclosures:Enclosures",
    states=(
        State("active", N_("On file"), "kept"),
        State("destroyed", N_("Destroyed"), "destroyed"),
    ),
    actions=ENCLOSURE_ACTIONS,
    creatable=False,
    importable=False,
    aside=True,
    help="requests",
    title_field="what",
    sort="id",
)  # fmt: skip
