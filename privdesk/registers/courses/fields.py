"""What is recorded of a course (S8.2②; D13, D14), and the register's declaration."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Child, ReadyView, Register
from privdesk.registers.notes import note
from privdesk.registers.states import ACTIVE, VOID
from privdesk.registers.trained import DUTY, SECURITY

SLOT_CONTENT, SLOT_NOTE = 1, 2
TOPICS = (
    Choice(SECURITY, N_("Security technology"), aliases=("보안", "정보보안", "정보보호")),
    Choice(
        DUTY,
        N_("Duty to protect personal data"),
        aliases=("개인정보", "개인정보 보호", "개인정보보호", "보호 의무"),
    ),
)
IN_HOUSE, OUTSIDE = "in_house", "outside"
WAYS = (
    Choice(IN_HOUSE, N_("In-house"), aliases=("사내", "사내교육", "자체", "자체교육")),
    Choice(
        OUTSIDE, N_("Outside provider"), aliases=("사외", "외부", "위탁", "위탁교육", "외부교육")
    ),
)
MONTHS = (
    Choice("01", N_("January"), aliases=("1",)),
    Choice("02", N_("February"), aliases=("2",)),
    Choice("03", N_("March"), aliases=("3",)),
    Choice("04", N_("April"), aliases=("4",)),
    Choice("05", N_("May"), aliases=("5",)),
    Choice("06", N_("June"), aliases=("6",)),
    Choice("07", N_("July"), aliases=("7",)),
    Choice("08", N_("August"), aliases=("8",)),
    Choice("09", N_("September"), aliases=("9",)),
    Choice("10", N_("October")),
    Choice("11", N_("November")),
    Choice("12", N_("December")),
)


def _fits_percent(value: object) -> str | None:
    if isinstance(value, int) and 1 <= value <= 100:
        return None
    return N_("it is between 1 and 100 points.")


def _fits_minutes(value: object) -> str | None:
    if isinstance(value, int) and 1 <= value <= 2400:
        return None
    return N_("it is between 1 and 2,400 minutes.")


MINUTES = Field(
    "minutes",
    N_("Minutes"),
    Kind.INTEGER,
    width=80,
    aliases=("교육 분", "시간(분)"),
    check=_fits_minutes,
)
FIELDS = (
    Field(
        "name",
        N_("Name of the course"),
        required=True,
        width=210,
        aliases=("course", "교육명", "과정명", "과정"),
    ),
    Field(
        "name_en",
        N_("Name in English"),
        in_table=False,
        aliases=("english name", "영문 교육명", "영문명"),
    ),
    Field(
        "topics",
        N_("Topics"),
        Kind.CHOICES,
        required=True,
        choices=TOPICS,
        width=200,
        aliases=("topic", "교육 주제", "교육 분야", "주제"),
        help=N_("Both have to be trained at least once a year; one course may cover both."),
        clause="S8.2②",
    ),
    Field(
        "way",
        N_("In-house or outside"),
        Kind.CHOICE,
        required=True,
        choices=WAYS,
        default=IN_HOUSE,
        width=120,
        aliases=("교육 구분", "교육 방식", "교육방법", "교육형태", "구분"),
        clause="S8.2②",
    ),
    Field(
        "provider",
        N_("Provider"),
        width=150,
        aliases=("교육 기관", "교육기관", "위탁 기관"),
        help=N_("Of a course that is held outside: the company that teaches."),
    ),
    Field(
        "audience",
        N_("For whom"),
        width=160,
        aliases=("target", "교육 대상", "대상"),
    ),
    MINUTES,
    Field(
        "test",
        N_("With a test"),
        Kind.FLAG,
        default=False,
        width=80,
        aliases=("평가 여부", "시험 여부", "평가"),
        help=N_("Who was there has completed the course only with the points to pass."),
    ),
    Field(
        "pass_mark",
        N_("Points to pass"),
        Kind.INTEGER,
        in_table=False,
        aliases=("수료 기준", "수료 점수", "합격 점수"),
        help=N_("Of 100; empty for 60."),
        check=_fits_percent,
    ),
    Field(
        "months",
        N_("Planned months"),
        Kind.CHOICES,
        choices=MONTHS,
        width=130,
        aliases=("계획 월", "교육 월", "실시 월"),
        help=N_("The yearly plan: in which months a session is to be held, each year anew."),
        clause="S8.2②",
    ),
    Field(
        "content",
        N_("What is taught"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_CONTENT,
        in_table=False,
        aliases=("교육 내용", "내용"),
    ),
    note(SLOT_NOTE),
)

REGISTER = Register(
    name="courses",
    title=N_("Courses"),
    singular=N_("Training course"),
    prefix="U",
    group="staff",
    why=N_("Whoever handles personal data is trained regularly, in security and in the duty."),
    clause="S8.2②",
    fields=FIELDS,
    model="privdesk.registers.courses.model:Course",
    service="privdesk.registers.courses.service:Courses",
    states=(ACTIVE, VOID),
    children=(Child("sessions", N_("Sessions"), "course"),),
    views=(ReadyView(N_("Outside courses"), (("way", (OUTSIDE,)),)),),
    begin=N_("New course"),
    help="training",
    title_field="name",
    sort="name",
)
