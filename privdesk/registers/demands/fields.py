"""What is recorded of a demand of an authority (S3.2)."""

from __future__ import annotations

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, Register
from privdesk.registers.demands.rules import DECISION_LABELS, STATE_LABELS, Decision
from privdesk.registers.notes import note
from privdesk.registers.pieces import ON, REASON, choices_of, contact, fact, states_of, told

SLOT_ASKED, SLOT_REASON, SLOT_BY, SLOT_CONTACT, SLOT_NOTE = 1, 2, 3, 4, 5
DECISIONS = choices_of(DECISION_LABELS)
GIVES = tuple(choice for choice in DECISIONS if choice.key != Decision.NOTHING.value)
TONES = {
    "received": "waiting",
    "granted": "soon",
    "denied": "soon",
    "answered": "kept",
    "destroyed": "destroyed",
}

FIELDS = (
    Field(
        "authority",
        N_("Authority"),
        required=True,
        width=180,
        aliases=("기관", "요구 기관", "요청 기관", "요청기관"),
        help=N_("Which police station, court, ministry or other body."),
    ),
    Field(
        "document_no",
        N_("Document number"),
        required=True,
        width=140,
        aliases=("문서번호", "공문번호"),
        clause="S3.2",
    ),
    Field(
        "document_on",
        N_("Date of the document"),
        Kind.DATE,
        in_table=False,
        aliases=("문서 일자", "시행일"),
    ),
    Field(
        "received_on",
        N_("Arrived on"),
        Kind.DATE,
        required=True,
        width=105,
        aliases=("접수일", "접수일자", "수신일"),
    ),
    Field(
        "law",
        N_("Law they invoke"),
        required=True,
        in_table=False,
        width=160,
        aliases=("법령", "근거 법령", "관련 법령"),
        help=N_("As the document says it; whether it compels the company is decided below."),
        clause="PIPA 18(2)2",
    ),
    Field(
        "article",
        N_("Article they invoke"),
        required=True,
        width=130,
        aliases=("조항", "근거 조항", "조문"),
        clause="S3.2",
    ),
    Field(
        "asked",
        N_("What is asked for"),
        Kind.NOTE,
        Audience.PERSONAL,
        slot=SLOT_ASKED,
        required=True,
        in_table=False,
        aliases=("요구 내용", "요청 내용"),
    ),
    Field(
        "items",
        N_("Items"),
        Kind.LINKS,
        links_to="items",
        width=150,
        aliases=("항목", "요구 항목"),
    ),
    Field(
        "persons",
        N_("Data subjects"),
        Kind.LINKS,
        links_to="subjects",
        in_table=False,
        aliases=("정보주체", "대상자"),
        help=N_("Where the people asked about are known here."),
    ),
    contact(SLOT_CONTACT, N_("Who at the authority is answered."), "담당자", "연락처"),
    Field(
        "answer_by",
        N_("To be answered by"),
        Kind.DATE,
        width=110,
        aliases=("회신기한", "제출기한", "처리기한"),
        help=N_("As the document says; empty for ten days from receipt."),
    ),
    fact("decision", N_("Decision"), Kind.CHOICE, choices=DECISIONS, table=True),
    fact("ground_law", N_("Law that compels")),
    fact("ground_article", N_("Its article")),
    told("decided_by", N_("Decided by"), SLOT_BY),
    fact("decided_on", N_("Decided on"), Kind.DATE),
    told("reason", N_("Reason of the decision"), SLOT_REASON, Kind.NOTE),
    fact("answered_on", N_("Answered on"), Kind.DATE, table=True, width=105),
    fact("keep_until", N_("File kept until"), Kind.DATE),
    note(SLOT_NOTE),
)
_BY = Field(
    "by",
    N_("Decided by"),
    help=N_("Empty for the chief privacy officer."),
)

REGISTER = Register(
    name="demands",
    title=N_("Demands of authorities"),
    singular=N_("Demand of an authority"),
    prefix="X",
    void_states=("received",),
    group="partners",
    begin=N_("Enter a demand"),
    why=N_("An authority gets data only where law forces it; each demand and its answer is here."),
    clause="S3.2",
    fields=FIELDS,
    model="privdesk.registers.demands.model:Demand",
    service="privdesk.registers.demands.service:Demands",
    rules="privdesk.registers.demands.findings:judge",
    figures="privdesk.registers.demands.figures:figures",
    states=states_of(STATE_LABELS, TONES),
    children=(Child("provisions", N_("Provisions"), "demand"),),
    actions=(
        Action(
            "grant",
            N_("Decide: give"),
            "grant",
            asks=(
                Field(
                    "extent",
                    N_("How much"),
                    Kind.CHOICE,
                    choices=GIVES,
                    required=True,
                    default=Decision.WHOLE.value,
                ),
                REASON,
                Field("law", N_("Law that compels"), help=N_("Empty for the one they invoke.")),
                Field("article", N_("Its article"), help=N_("Empty for the one they invoke.")),
                _BY,
            ),
            states=("received",),
            help=N_("The law that compels the company, and why these items."),
        ),
        Action(
            "deny",
            N_("Decide: refuse"),
            "deny",
            asks=(REASON, _BY),
            states=("received",),
            help=N_("The letter tells the authority the reason."),
        ),
        Action(
            "provide",
            N_("Ask for the provision"),
            "provide",
            asks=(
                Field(
                    "file",
                    N_("Personal information file"),
                    Kind.LINK,
                    links_to="files",
                    required=True,
                ),
                Field(
                    "count",
                    N_("Number of people"),
                    Kind.INTEGER,
                    help=N_("Only where nobody is named in the demand."),
                ),
            ),
            states=("granted",),
            help=N_("Law, article and document number are taken over; another officer approves."),
        ),
        Action(
            "answer",
            N_("Record the answer"),
            "answer",
            asks=(ON,),
            states=("granted", "denied"),
        ),
        Action(
            "expunge",
            N_("Destroy the demand’s file"),
            "expunge",
            states=("answered", "void"),
            bulk=True,
            danger=True,
            help=N_(
                "Once its own period is over: number, authority, article and days stay, all else"
                " is destroyed."
            ),
        ),
    ),
    documents=(
        Document("grant", N_("Reply to a demand"), "privdesk.flows.providing:reply"),
        Document("deny", N_("Refusal of a demand"), "privdesk.flows.providing:refusal"),
    ),
    title_field="authority",
    sort="id",
    descending=True,
)
