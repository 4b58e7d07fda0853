"""What is recorded of a consent: one line for each answer a person has given (S6.2)."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Document, ReadyView, Register, State
from privdesk.registers.channels import CHANNELS
from privdesk.registers.consenting import BOXES
from privdesk.registers.consents.times import time_fault
from privdesk.registers.notes import note
from privdesk.registers.pieces import old_fault
from privdesk.registers.states import VOID

SLOT_GUARDIAN, SLOT_GUARDIAN_PHONE, SLOT_NOTE = 1, 2, 3
SLOT_RECEIPT = 60_010  # what a receipt from elsewhere says beyond the fields, as JSON
RULE_8, RULE_11 = "changed", "lapsing"

KINDS = (
    Choice("given", N_("Given")),
    Choice("refused", N_("Refused")),
    Choice("withdrawn", N_("Withdrawn")),
    Choice("confirmed", N_("Confirmed again")),
    Choice("changed", N_("Changed")),
    Choice("lapsed", N_("Lapsed")),
    Choice("asked", N_("Guardian asked")),
)
GUARDIAN_CHECKS = (
    Choice("message", N_("Text message to the guardian’s telephone")),
    Choice("card", N_("Card details of the guardian")),
    Choice("identity", N_("Identity check of the guardian")),
    Choice("paper", N_("Signed paper")),
    Choice("email", N_("Reply by e-mail")),
    Choice("phone", N_("Telephone call")),
    Choice("other", N_("Another way of the same strength")),
)

CHANNEL = Field(
    "channel",
    N_("Channel"),
    Kind.CHOICE,
    choices=CHANNELS,
    width=110,
    fixed=True,
    aliases=("method", "동의 방법", "동의방법", "경로", "수집 경로", "채널"),
    help=N_("How the answer came."),
    clause="PIPA 22 · Decree 17(2)",
)

TIME = Field(
    "time",
    N_("Time of day"),
    width=80,
    in_table=False,
    fixed=True,
    aliases=("hour", "시각", "시간", "동의 시각", "동의시각"),
    help=N_("Where it is known, as 14:05."),
    check=time_fault,
)
GUARDIAN_CHECK = Field(
    "guardian_check",
    N_("How the guardian was verified"),
    Kind.CHOICE,
    choices=GUARDIAN_CHECKS,
    in_table=False,
    fixed=True,
    aliases=("법정대리인 확인 방법", "보호자 확인 방법"),
    clause="Decree 17-2",
)

FIELDS = (
    Field(
        "subject",
        N_("Data subject"),
        Kind.LINK,
        links_to="subjects",
        required=True,
        fixed=True,
        width=140,
        aliases=("person", "정보주체"),
    ),
    Field(
        "purpose",
        N_("Purpose"),
        Kind.LINK,
        links_to="purposes",
        required=True,
        fixed=True,
        width=200,
        aliases=("처리 목적", "목적", "동의 항목", "이용 목적"),
        clause="PIPA 15(1)1",
    ),
    Field(
        "box",
        N_("Box"),
        Kind.CHOICE,
        fixed=True,
        choices=BOXES,
        width=110,
        aliases=("선택란", "동의 종류", "동의 구분", "동의란"),
        help=N_(
            "What was ticked; empty for that of the wording, else the main one of the purpose."
        ),
        clause="PIPA 22(1)",
    ),
    Field(
        "kind",
        N_("Answer"),
        Kind.CHOICE,
        required=True,
        fixed=True,
        choices=KINDS,
        default="given",
        width=110,
        aliases=("answer", "consent", "동의 여부", "동의여부", "동의", "구분"),
        help=N_("The newest answer to a box of a purpose is the one that counts."),
        clause="S6.2 · PIPA 37",
    ),
    Field(
        "at",
        N_("On"),
        Kind.DATE,
        required=True,
        fixed=True,
        width=105,
        check=old_fault,
        aliases=("date", "on", "동의일", "동의 일자", "동의일자", "일자", "철회일"),
        help=N_("The day the person answered."),
    ),
    TIME,
    Field(
        "wording",
        N_("Wording"),
        Kind.LINK,
        links_to="wordings",
        fixed=True,
        width=200,
        aliases=("version", "동의서 버전", "문구 버전", "버전", "동의서"),
        help=N_("The text the person saw: by reference, by version of the purpose, by SHA-256."),
        clause="PIPA 15(2)",
    ),
    CHANNEL,
    Field(
        "guardian",
        N_("By the guardian"),
        Kind.FLAG,
        default=False,
        in_table=False,
        fixed=True,
        aliases=("법정대리인", "법정대리인 동의"),
        help=N_("Below the age of 14 the guardian answers."),
        clause="S6.1 · PIPA 22-2(1)",
    ),
    Field(
        "guardian_name",
        N_("Guardian’s name"),
        Kind.NAME,
        Audience.PERSONAL,
        slot=SLOT_GUARDIAN,
        in_table=False,
        aliases=("법정대리인 성명", "보호자 성명", "보호자"),
    ),
    Field(
        "guardian_phone",
        N_("Guardian’s telephone"),
        Kind.PHONE,
        Audience.PERSONAL,
        slot=SLOT_GUARDIAN_PHONE,
        in_table=False,
        aliases=("법정대리인 연락처", "보호자 연락처"),
    ),
    GUARDIAN_CHECK,
    note(SLOT_NOTE, Audience.PERSONAL),
    Field(
        "agreed_on",
        N_("Agreed since"),
        Kind.DATE,
        computed=True,
        in_table=False,
        help=N_("The day of the agreement that still stands; a confirmation does not move it."),
    ),
    Field(
        "ask_again",
        N_("Must be asked again"),
        Kind.CHOICE,
        choices=(
            Choice(RULE_8, N_("Items or purpose changed")),
            Choice(RULE_11, N_("Marketing not confirmed again")),
        ),
        computed=True,
        in_table=False,
        clause="PIPA 15(2) · Network Act 50(8)",
    ),
    Field(
        "as_of",
        N_("As of the day"),
        Kind.DATE,
        computed=True,
        in_table=False,
        in_form=False,
        help=N_("As a condition: the answers that counted on that day."),
    ),
    Field("evidence", N_("Evidence"), computed=True, in_table=False, clause="PIPA 22(1)"),
    Field("settled_on", N_("Data destroyed on"), Kind.DATE, computed=True, in_table=False),
    Field(
        "keep_until",
        N_("Proof kept until"),
        Kind.DATE,
        computed=True,
        in_table=False,
        help=N_("Kept apart after the person’s data is destroyed, to prove the consent."),
        clause="S2.1",
    ),
)

_ON = Field(
    "on",
    N_("On"),
    Kind.DATE,
    aliases=("일자",),
    help=N_("The day the person said so; empty for today."),
)
_WORDING = next(field for field in FIELDS if field.name == "wording")
_FILE = Field(
    "file",
    N_("File"),
    required=True,
    picks="open",
    help=N_("A scan or a saved message: PDF, PNG, JPG."),
)
_WHY = Field("reason", N_("Reason"), Kind.NOTE, required=True)

ACTIONS = (
    Action(
        "withdraw",
        N_("Withdraw"),
        "withdraw",
        asks=(_ON, TIME, CHANNEL),
        states=("given",),
        bulk=True,
        help=N_("What is held on this consent is due from that day."),
    ),
    Action(
        "confirm",
        N_("Confirmed again"),
        "confirm",
        asks=(_ON, TIME, CHANNEL),
        states=("given",),
        bulk=True,
        help=N_("The person was asked and keeps to the consent."),
    ),
    Action(
        "change",
        N_("Changed by the person"),
        "change",
        asks=(_ON, TIME, CHANNEL, _WORDING),
        states=("given",),
        help=N_("The person agrees to something else from that day, such as a newer wording."),
    ),
    Action(
        "lapse",
        N_("Lapsed"),
        "lapse",
        asks=(_ON,),
        states=("given",),
        bulk=True,
        help=N_("The consent has run out; what is held on it is due from that day."),
    ),
    Action(
        "guardian-confirms",
        N_("The guardian confirms"),
        "guardian_confirms",
        asks=(_ON, TIME, CHANNEL, replace(GUARDIAN_CHECK, required=True)),
        states=("waiting",),
        help=N_("The guardian agrees, and it was verified who the guardian is."),
    ),
    Action(
        "guardian-refuses",
        N_("The guardian refuses"),
        "guardian_refuses",
        asks=(_ON, TIME, CHANNEL),
        states=("waiting",),
        help=N_("The data of child and guardian has to be destroyed within five days."),
    ),
    Action(
        "evidence",
        N_("Attach the evidence"),
        "attach_evidence",
        asks=(_FILE,),
        states=("given", "refused", "withdrawn", "lapsed", "waiting", "past"),
        help=N_(
            "It is sealed with the keys of this consent and outlives the person by its own day."
        ),
    ),
    Action(
        "show-evidence",
        N_("Show the evidence"),
        "show_evidence",
        asks=(_WHY,),
        help=N_("Counts as a look at the person."),
    ),
    Action(
        "expunge",
        N_("Destroy the proof"),
        "expunge",
        states=("proof",),
        bulk=True,
        danger=True,
        help=N_(
            "Once its own period is over: purpose, answer and day stay, all else is destroyed."
        ),
    ),
)

REGISTER = Register(
    name="consents",
    title=N_("Consents"),
    singular=N_("Consent"),
    prefix="C",
    group="people",
    why=N_("Who agreed to what and when; withdrawing has to be as easy as agreeing was."),
    clause="S6.2",
    fields=FIELDS,
    model="privdesk.registers.consents.model:Consent",
    service="privdesk.registers.consents.service:Consents",
    page="privdesk.registers.consents.view:ConsentsPage",
    rules="privdesk.registers.consents.findings:judge",
    figures="privdesk.registers.consents.figures:figures",
    states=(
        State("given", N_("Given"), "kept"),
        State("refused", N_("Refused"), "plain"),
        State("withdrawn", N_("Withdrawn"), "overdue"),
        State("lapsed", N_("Lapsed"), "soon"),
        State("waiting", N_("Guardian asked"), "waiting"),
        State("past", N_("Replaced"), "plain"),
        State("proof", N_("Kept as proof"), "held"),
        State("destroyed", N_("Proof destroyed"), "destroyed"),
        VOID,
    ),
    void_states=("given", "refused", "withdrawn", "lapsed", "waiting"),
    actions=ACTIONS,
    documents=(
        Document(
            "withdrawal",
            N_("Withdrawal confirmation"),
            "privdesk.flows.consentpapers:withdrawal",
            personal=True,
        ),
        Document(
            "consents-by-month",
            N_("Consents by purpose and month"),
            "privdesk.flows.consentreports:by_month",
            of_list=True,
        ),
        Document(
            "ask-again",
            N_("Who must be asked again"),
            "privdesk.flows.consentreports:ask_again",
            of_list=True,
        ),
    ),
    views=(
        ReadyView(N_("Must be asked again"), (("ask_again", (RULE_8, RULE_11)),)),
        ReadyView(N_("Guardian not confirmed"), (("state", ("waiting",)),)),
        ReadyView(N_("Kept as proof"), (("state", ("proof",)),)),
    ),
    sort="at",
    descending=True,
)
