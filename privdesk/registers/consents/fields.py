"""What is recorded of a consent: one line for each answer a person has given (S6.2)."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Register, State
from privdesk.registers.channels import CHANNELS
from privdesk.registers.notes import note
from privdesk.registers.states import VOID

KINDS = (
    Choice("given", N_("Given")),
    Choice("refused", N_("Refused")),
    Choice("withdrawn", N_("Withdrawn")),
    Choice("confirmed", N_("Confirmed again")),
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
    aliases=("method", "동의 방법", "동의방법", "경로", "수집 경로", "채널"),
    help=N_("How the answer came."),
    clause="PIPA 22 · Decree 17(2)",
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
        "kind",
        N_("Answer"),
        Kind.CHOICE,
        required=True,
        fixed=True,
        choices=KINDS,
        default="given",
        width=110,
        aliases=("answer", "consent", "동의 여부", "동의여부", "동의", "구분"),
        help=N_("The newest answer to a purpose is the one that counts."),
        clause="S6.2 · PIPA 37",
    ),
    Field(
        "at",
        N_("On"),
        Kind.DATE,
        required=True,
        fixed=True,
        width=105,
        aliases=("date", "on", "동의일", "동의 일자", "동의일자", "일자", "철회일"),
        help=N_("The day the person answered."),
    ),
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
        aliases=("법정대리인", "법정대리인 동의"),
        help=N_("Below the age of 14 the guardian answers."),
        clause="S6.1 · PIPA 22-2(1)",
    ),
    Field(
        "guardian_name",
        N_("Guardian’s name"),
        Kind.NAME,
        Audience.PERSONAL,
        slot=1,
        in_table=False,
        aliases=("법정대리인 성명", "보호자 성명", "보호자"),
    ),
    Field(
        "guardian_phone",
        N_("Guardian’s telephone"),
        Kind.PHONE,
        Audience.PERSONAL,
        slot=2,
        in_table=False,
        aliases=("법정대리인 연락처", "보호자 연락처"),
    ),
    Field(
        "guardian_check",
        N_("How the guardian was verified"),
        Kind.CHOICE,
        choices=GUARDIAN_CHECKS,
        in_table=False,
        aliases=("법정대리인 확인 방법", "보호자 확인 방법"),
        clause="Decree 17-2",
    ),
    note(3, Audience.PERSONAL),
)

_ON = Field(
    "on",
    N_("On"),
    Kind.DATE,
    aliases=("일자",),
    help=N_("The day the person said so; empty for today."),
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
    rules="privdesk.registers.consents.findings:judge",
    states=(
        State("given", N_("Given"), "kept"),
        State("refused", N_("Refused"), "plain"),
        State("withdrawn", N_("Withdrawn"), "overdue"),
        State("past", N_("Replaced"), "plain"),
        VOID,
    ),
    actions=(
        Action(
            "withdraw",
            N_("Withdraw"),
            "withdraw",
            asks=(_ON, CHANNEL),
            states=("given",),
            bulk=True,
            help=N_("What is held on this consent is due from that day."),
        ),
        Action(
            "confirm",
            N_("Confirmed again"),
            "confirm",
            asks=(_ON, CHANNEL),
            states=("given",),
            bulk=True,
            help=N_("The person was asked and keeps to the consent."),
        ),
    ),
    sort="at",
)
