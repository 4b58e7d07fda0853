"""What is recorded of a provision: the eight of Decree 15, number, approver (D9)."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, Register
from privdesk.core.register import State as Shown
from privdesk.registers.notes import note
from privdesk.registers.provisions.grounds import GROUND_LABELS
from privdesk.registers.provisions.rules import STATE_LABELS
from privdesk.registers.states import VOID

SLOT_AIM, SLOT_LIMITS, SLOT_CONTACT, SLOT_REQUESTER, SLOT_APPROVER, SLOT_NOTE = 1, 2, 3, 4, 5, 6
SLOT_CONFIRMER = 7
PERSON, LIST, FILE, COUNT = "person", "list", "file", "count"
SCOPES = (
    Choice(PERSON, N_("One person")),
    Choice(LIST, N_("Listed people")),
    Choice(FILE, N_("Everybody in the file")),
    Choice(COUNT, N_("Their number only")),
)
ONCE = "once"
FREQUENCIES = (
    Choice(ONCE, N_("Once")),
    Choice("daily", N_("Daily")),
    Choice("weekly", N_("Weekly")),
    Choice("monthly", N_("Monthly")),
    Choice("yearly", N_("Yearly")),
    Choice("ongoing", N_("As it arises")),
)
FORMS = (
    Choice("paper", N_("On paper")),
    Choice("file", N_("Encrypted file")),
    Choice("link", N_("Between systems")),
    Choice("email", N_("By e-mail")),
    Choice("fax", N_("By fax")),
    Choice("view", N_("Shown only")),
    Choice("spoken", N_("By word of mouth")),
)
GROUNDS = tuple(Choice(ground.value, label) for ground, label in GROUND_LABELS.items())
TONES = {
    "requested": "waiting",
    "approved": "soon",
    "refused": "plain",
    "provided": "kept",
    "recorded": "waiting",
    "recalled": "plain",
}

FIELDS = (
    Field(
        "recipient",
        N_("Recipient"),
        required=True,
        width=170,
        aliases=("제공받는 자", "제공받는 기관", "제공기관", "수령기관", "to"),
        clause="PIPA 17(2)1",
    ),
    Field(
        "scope",
        N_("Of whom"),
        Kind.CHOICE,
        choices=SCOPES,
        required=True,
        default=PERSON,
        fixed=True,
        width=120,
        aliases=("대상 구분", "구분", "대상"),
    ),
    Field(
        "subject",
        N_("Data subject"),
        Kind.LINK,
        links_to="subjects",
        width=130,
        aliases=("person", "정보주체"),
        help=N_("For one person."),
    ),
    Field(
        "persons",
        N_("Listed people"),
        Kind.LINKS,
        links_to="subjects",
        in_table=False,
        aliases=("정보주체 목록",),
        help=N_("For listed people: a later correction then finds who received it."),
    ),
    Field(
        "file",
        N_("Personal information file"),
        Kind.LINK,
        links_to="files",
        required=True,
        width=170,
        aliases=("개인정보파일명", "개인정보파일", "파일명", "파일"),
        clause="Decree 15",
    ),
    Field(
        "ground",
        N_("Legal ground"),
        Kind.CHOICE,
        choices=GROUNDS,
        required=True,
        width=150,
        aliases=("법적 근거", "제공 근거", "제공근거", "근거"),
        help=N_("Without consent or a law nothing goes to a third party."),
        clause="S3.1 · PIPA 17, 18(2)",
    ),
    Field(
        "purpose",
        N_("Purpose agreed to"),
        Kind.LINK,
        links_to="purposes",
        in_table=False,
        aliases=("동의 목적", "동의받은 목적"),
        help=N_("For consent: the purpose that names this recipient."),
        clause="PIPA 17(2)2",
    ),
    Field(
        "law",
        N_("Law"),
        in_table=False,
        width=160,
        aliases=("법령", "근거 법령", "관련 법령"),
        help=N_("The law that compels the company."),
        clause="PIPA 18(2)2",
    ),
    Field(
        "article",
        N_("Article"),
        in_table=False,
        aliases=("조항", "근거 조항", "조문"),
        clause="S3.2",
    ),
    Field(
        "document_no",
        N_("Document number"),
        in_table=False,
        aliases=("문서번호", "공문번호", "요청 문서번호"),
        help=N_("Of the demand, warrant or official letter."),
        clause="S3.2",
    ),
    Field("demand", N_("Demand"), Kind.LINK, links_to="demands", in_table=False),
    Field(
        "aim",
        N_("What the recipient uses it for"),
        audience=Audience.OFFICE,
        slot=SLOT_AIM,
        width=180,
        in_table=False,
        aliases=("제공 목적", "목적", "이용 목적"),
        help=N_("Empty for the purpose agreed to."),
        clause="PIPA 17(2)2 · Decree 15",
    ),
    Field(
        "items",
        N_("Items"),
        Kind.LINKS,
        links_to="items",
        required=True,
        width=160,
        aliases=("제공 항목", "항목", "개인정보 항목"),
        clause="PIPA 17(2)3",
    ),
    Field(
        "provided_on",
        N_("Provided on"),
        Kind.DATE,
        width=105,
        aliases=("제공일", "제공일자", "제공 일자", "날짜", "date"),
        help=N_("Only for what went out before it stood here; otherwise leave it empty."),
        clause="Decree 15",
    ),
    Field(
        "frequency",
        N_("How often"),
        Kind.CHOICE,
        choices=FREQUENCIES,
        required=True,
        default=ONCE,
        width=90,
        aliases=("주기", "제공 주기"),
        clause="Decree 15",
    ),
    Field(
        "until",
        N_("Until"),
        Kind.DATE,
        in_table=False,
        aliases=("기간", "제공 기간", "종료일"),
        help=N_("Last day of the recipient’s use, or of a running provision."),
        clause="PIPA 17(2)4",
    ),
    Field(
        "form",
        N_("Form of provision"),
        Kind.CHOICE,
        choices=FORMS,
        width=120,
        aliases=("제공 형태", "형태", "제공 방법"),
        clause="Decree 15",
    ),
    Field(
        "limits",
        N_("Restrictions and measures asked for"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_LIMITS,
        in_table=False,
        aliases=("제한 사항", "제한·조치 요청 내용", "조치 요청"),
        help=N_("Purpose, way of use and safeguards that the recipient was asked to keep to."),
        clause="PIPA 18(5)",
    ),
    Field(
        "count",
        N_("Number of people"),
        Kind.INTEGER,
        width=90,
        aliases=("건수", "제공 건수", "인원", "정보주체 수"),
        help=N_("Entered where only the number is known; counted otherwise."),
    ),
    Field(
        "contact",
        N_("Contact"),
        audience=Audience.OFFICE,
        slot=SLOT_CONTACT,
        in_table=False,
        aliases=("담당자", "연락처", "제공받는 자 연락처"),
        help=N_("Who at the recipient is told of a later correction, and how."),
    ),
    Field(
        "approver",
        N_("Approver"),
        audience=Audience.OFFICE,
        slot=SLOT_APPROVER,
        width=110,
        aliases=("승인자", "결재자"),
        help=N_("Only for what went out before it stood here."),
        clause="S3.2",
    ),
    Field(
        "cpo_paper",
        N_("Signed decision of the CPO"),
        in_table=False,
        aliases=("결재 문서번호", "승인 문서번호"),
        help=N_("Number of the paper, where the CPO signed by hand."),
        clause="S3.2",
    ),
    Field("left_out", N_("Left out"), Kind.INTEGER, computed=True, in_form=False, in_table=False),
    Field(
        "requester",
        N_("Asked for by"),
        audience=Audience.OFFICE,
        slot=SLOT_REQUESTER,
        computed=True,
        in_form=False,
        in_table=False,
    ),
    Field(
        "confirmer",
        N_("Confirmed by"),
        audience=Audience.OFFICE,
        slot=SLOT_CONFIRMER,
        computed=True,
        in_form=False,
        in_table=False,
    ),
    Field(
        "requested_on", N_("Asked for on"), Kind.DATE, computed=True, in_form=False, in_table=False
    ),
    Field(
        "approved_on", N_("Approved on"), Kind.DATE, computed=True, in_form=False, in_table=False
    ),
    Field(
        "by_cpo",
        N_("Approved by the CPO"),
        Kind.FLAG,
        computed=True,
        in_form=False,
        in_table=False,
    ),
    Field(
        "recalled_on", N_("Recalled on"), Kind.DATE, computed=True, in_form=False, in_table=False
    ),
    note(SLOT_NOTE),
)
_ON = Field("on", N_("On"), Kind.DATE, help=N_("Empty for today."))
_REASON = Field("reason", N_("Reason"), Kind.NOTE, required=True)

REGISTER = Register(
    name="provisions",
    title=N_("Provisions to third parties"),
    singular=N_("Provision"),
    prefix="V",
    group="partners",
    begin=N_("Ask for a provision"),
    why=N_("Nothing goes to a third party without ground and a second pair of eyes; it is here."),
    clause="S3.1",
    fields=FIELDS,
    model="privdesk.registers.provisions.model:Provision",
    service="privdesk.registers.provisions.service:Provisions",
    rules="privdesk.registers.provisions.findings:judge",
    states=(
        *(Shown(s.value, label, TONES[s.value]) for s, label in STATE_LABELS.items()),
        VOID,
    ),
    children=(Child("corrections", N_("Notices of corrections"), "provision"),),
    actions=(
        Action(
            "approve",
            N_("Approve"),
            "approve",
            asks=(
                Field(
                    "cpo_paper",
                    N_("Signed decision of the CPO"),
                    help=N_("Number of the paper, where the CPO signed by hand."),
                ),
            ),
            states=("requested",),
            bulk=True,
            help=N_("Consents and freezes are looked at again; who must not go is left out."),
        ),
        Action(
            "refuse",
            N_("Do not approve"),
            "refuse",
            asks=(_REASON,),
            states=("requested", "approved"),
        ),
        Action(
            "provide",
            N_("Record as provided"),
            "provide",
            asks=(_ON,),
            states=("approved",),
            help=N_("Consents and freezes are looked at once more."),
        ),
        Action(
            "confirm",
            N_("Confirm"),
            "confirm",
            states=("recorded",),
            bulk=True,
            help=N_("For another officer than the one who entered it."),
        ),
        Action(
            "recall",
            N_("Recall"),
            "recall",
            asks=(_ON, _REASON),
            states=("provided", "recorded"),
            help=N_("The recipient gave it back, deleted it or receives no more."),
        ),
    ),
    documents=(
        Document("d9", N_("Provision ledger"), "privdesk.flows.providing:ledger", of_list=True),
    ),
    title_field="recipient",
    sort="id",
    descending=True,
)
