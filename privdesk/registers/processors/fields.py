"""What is recorded of a processor, and the declaration of the register (S4.1–S4.3)."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, ReadyView, Register, State
from privdesk.registers.notes import note
from privdesk.registers.pieces import count_fault, old_fault
from privdesk.registers.processors.filed import ATTACH
from privdesk.registers.states import VOID

SLOT_CONTACT, SLOT_PHONE, SLOT_EMAIL, SLOT_ADDRESS, SLOT_NOTE, SLOT_CONFIRMED_BY = range(1, 7)
DISPOSALS = (
    Choice("destroyed", N_("All destroyed")),
    Choice("returned", N_("All returned")),
    Choice("both", N_("Returned, copies destroyed")),
    Choice("none", N_("Never held any")),
)


def _fact(name: str, label: str, kind: Kind, *, table: bool = False, width: int = 110) -> Field:
    return Field(name, label, kind, computed=True, in_form=False, in_table=table, width=width)


FIELDS = (
    Field(
        "name",
        N_("Processor"),
        required=True,
        width=180,
        aliases=(
            "company",
            "수탁자",
            "수탁업체",
            "수탁업체명",
            "수탁사",
            "수탁회사",
            "협력사",
            "위탁업체",
            "업체명",
            "업체",
            "회사명",
        ),
        clause="S4.1 · PIPA 26(1)",
    ),
    Field(
        "name_en",
        N_("Name in English"),
        in_table=False,
        aliases=("english name", "영문명", "영문 업체명"),
    ),
    Field(
        "parent",
        N_("Sub-processor of"),
        Kind.LINK,
        links_to="processors",
        width=130,
        aliases=("consigned on by", "상위 수탁자", "원수탁자", "재위탁한 수탁자"),
        help=N_("The processor that consigned the work on; empty for one of our own."),
        clause="PIPA 26(6)",
    ),
    Field(
        "consent_on",
        N_("Sub-consignment agreed on"),
        Kind.DATE,
        in_table=False,
        aliases=("재위탁 동의일", "재위탁 동의"),
        help=N_("The day on which the company agreed to it; before its work begins."),
        check=old_fault,
        clause="PIPA 26(6)",
    ),
    Field(
        "consent_paper",
        N_("Number of that consent"),
        in_table=False,
        aliases=("재위탁 동의 문서번호", "동의 문서번호"),
    ),
    Field(
        "registration_no",
        N_("Company registration number"),
        in_table=False,
        aliases=("사업자등록번호", "사업자번호"),
    ),
    Field(
        "country",
        N_("Country"),
        in_table=False,
        aliases=("국가", "소재 국가"),
        help=N_("Empty for Korea."),
    ),
    Field(
        "department",
        N_("Department in charge"),
        width=100,
        aliases=("owner", "담당 부서", "담당부서", "관리 부서", "부서"),
    ),
    Field(
        "since",
        N_("Works for us since"),
        Kind.DATE,
        width=110,
        in_table=False,
        aliases=("from", "거래 시작일", "위탁 개시일", "위탁개시일", "계약 시작일", "계약일"),
        help=N_("The first inspection and training are due a year after it."),
        check=old_fault,
    ),
    Field(
        "contact",
        N_("Person to contact"),
        audience=Audience.OFFICE,
        slot=SLOT_CONTACT,
        in_table=False,
        aliases=("담당자", "수탁자 담당자", "업체 담당자"),
    ),
    Field(
        "phone",
        N_("Telephone"),
        Kind.PHONE,
        Audience.OFFICE,
        slot=SLOT_PHONE,
        private=True,
        in_table=False,
        aliases=("tel", "전화", "전화번호", "연락처"),
        help=N_("The contact person’s; masked, and each look is in the journal."),
    ),
    Field(
        "email",
        N_("E-mail"),
        Kind.EMAIL,
        Audience.OFFICE,
        slot=SLOT_EMAIL,
        in_table=False,
        aliases=("e-mail", "이메일", "전자우편"),
    ),
    Field(
        "address",
        N_("Address"),
        audience=Audience.OFFICE,
        slot=SLOT_ADDRESS,
        in_table=False,
        aliases=("주소", "소재지"),
    ),
    Field(
        "places",
        N_("Places where it keeps data"),
        Kind.LINKS,
        links_to="places",
        in_table=False,
        aliases=("보관 장소", "보관장소", "시스템"),
        help=N_("Places that name this company count as well."),
        clause="S8.2⑤",
    ),
    _fact("works", N_("Works"), Kind.INTEGER, table=True, width=70),
    _fact("checked_on", N_("Inspected on"), Kind.DATE, table=True),
    _fact("trained_on", N_("Trained on"), Kind.DATE, table=True),
    _fact("check_due", N_("Next check by"), Kind.DATE, table=True),
    _fact("ended_on", N_("Contract ended on"), Kind.DATE),
    Field(
        "disposal",
        N_("What became of the data"),
        Kind.CHOICE,
        choices=DISPOSALS,
        computed=True,
        in_form=False,
        in_table=False,
    ),
    _fact("disposed_on", N_("Returned or destroyed on"), Kind.DATE),
    _fact("disposed", N_("People returned or destroyed"), Kind.INTEGER),
    Field(
        "confirmed_by",
        N_("Confirmed by"),
        audience=Audience.OFFICE,
        slot=SLOT_CONFIRMED_BY,
        computed=True,
        in_form=False,
        in_table=False,
    ),
    note(SLOT_NOTE),
)
_ON = Field("on", N_("On"), Kind.DATE, help=N_("Empty for today."))

REGISTER = Register(
    name="processors",
    title=N_("Processors"),
    singular=N_("Processor"),
    prefix="B",
    group="partners",
    why=N_("Whoever handles data for us does it under contract, inspected, trained and published."),
    clause="S4.1",
    fields=FIELDS,
    model="privdesk.registers.processors.model:Processor",
    service="privdesk.registers.processors.service:Processors",
    rules="privdesk.registers.processors.findings:judge",
    figures="privdesk.registers.processors.figures:figures",
    states=(
        State("active", N_("Under contract"), "kept"),
        State("ending", N_("Confirmation awaited"), "waiting"),
        State("ended", N_("Ended, data gone"), "plain", ended=True),
        VOID,
    ),
    children=(
        Child("consignments", N_("Works consigned"), "processor"),
        Child("inspections", N_("Inspections and training"), "processor"),
        Child("processors", N_("Sub-processors"), "parent"),
        Child("partner-papers", N_("Contracts and evidence"), "processor"),
    ),
    actions=(
        Action(
            "inspect",
            N_("Plan inspections"),
            "privdesk.flows.partnering:plan_inspections",
            asks=(
                Field("on", N_("Day planned"), Kind.DATE, required=True),
                Field(
                    "inspector",
                    N_("Inspector"),
                    audience=Audience.OFFICE,
                    slot=1,
                    help=N_("Empty for you."),
                ),
            ),
            states=("active",),
            bulk=True,
            help=N_("One inspection each, with the questions of the checklist in force."),
        ),
        ATTACH,
        Action(
            "end",
            N_("Contract has ended"),
            "privdesk.flows.partnering:end_contract",
            asks=(_ON, Field("reason", N_("Reason"), Kind.NOTE)),
            states=("active",),
            help=N_("Its works end too; then its confirmation of return or destruction is due."),
        ),
        Action(
            "confirm",
            N_("Record its confirmation"),
            "privdesk.flows.partnering:confirm_disposal",
            asks=(
                Field(
                    "disposal",
                    N_("What became of the data"),
                    Kind.CHOICE,
                    choices=DISPOSALS,
                    required=True,
                ),
                Field(
                    "by",
                    N_("Confirmed by"),
                    audience=Audience.OFFICE,
                    slot=SLOT_CONFIRMED_BY,
                    required=True,
                    help=N_("Who at the processor signed."),
                ),
                _ON,
                Field(
                    "count",
                    N_("People returned or destroyed"),
                    Kind.INTEGER,
                    check=count_fault,
                ),
                Field(
                    "file",
                    N_("Signed confirmation"),
                    picks="open",
                    help=N_("Kept sealed with the processor."),
                ),
            ),
            states=("ending",),
            help=N_("Its places go out of use; refused while one still keeps a file of ours."),
        ),
        Action(
            "merge",
            N_("The same company as another"),
            "privdesk.flows.merging:merge_processors",
            asks=(
                Field("into", N_("The record that stays"), Kind.LINK, links_to="processors",
                      required=True),
                Field("reason", N_("Reason"), Kind.NOTE, required=True),
            ),
            states=("active",),
            danger=True,
            help=N_("Its works, inspections and papers go over; this record is taken out of use."),
        ),
        Action(
            "resume",
            N_("Not ended after all"),
            "resume",
            states=("ending", "ended"),
            asks=(Field("reason", N_("Reason"), Kind.NOTE, required=True),),
        ),
    ),
    documents=(
        Document("d8-blank", N_("Supervision checklist, blank"),
                 "privdesk.flows.inspecting:blank_checklist", of_list=True),
        Document("d8-list", N_("Supervision of all processors"),
                 "privdesk.flows.inspecting:overview", of_list=True),
        Document("disposal", N_("Confirmation of return or destruction"),
                 "privdesk.flows.partnering:disposal_form"),
    ),
    views=(
        ReadyView(N_("Under contract"), (("state", ("active",)),)),
        ReadyView(N_("Confirmation awaited"), (("state", ("ending",)),)),
    ),
    title_field="name",
    sort="name",
    void_states=(),
    struck_states=("active", "ended"),
)  # fmt: skip
