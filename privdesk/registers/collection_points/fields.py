"""What is recorded of a collection point and of what it collects (clauses S1.1, S6.1, S6.3)."""

from __future__ import annotations

from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Child, Document, Register, State
from privdesk.registers.channels import CHANNELS
from privdesk.registers.notes import note
from privdesk.registers.states import ACTIVE, VOID

KINDS = (
    Choice("form", N_("Web form")),
    Choice("page", N_("Web page")),
    Choice("script", N_("Call script")),
    Choice("paper", N_("Paper form")),
    Choice("app", N_("App screen")),
    Choice("visit", N_("Visit")),
)
NOT_ASKED = "none"
AGE_ASKED = (
    Choice(NOT_ASKED, N_("Not asked")),
    Choice("birth", N_("Date of birth")),
    Choice("tick", N_("A box to tick: old enough")),
    Choice("spoken", N_("Asked in conversation")),
    Choice("identity", N_("Identity check")),
)
NO_AGE = N_("an age is a whole number from 0 to 99.")


def _age(value: object) -> str | None:
    return None if isinstance(value, int) and 0 <= value <= 99 else NO_AGE


FIELDS = (
    Field(
        "name",
        N_("Collection point"),
        required=True,
        width=220,
        aliases=(
            "point",
            "collection point",
            "수집 창구",
            "수집창구",
            "창구",
            "수집 화면",
            "양식명",
        ),
        help=N_("The form, page or conversation, as the office calls it."),
        clause="S1.1",
    ),
    Field(
        "name_en",
        N_("English name"),
        in_table=False,
        width=200,
        aliases=("english", "영문", "영문명", "영문 창구명"),
        help=N_("For English papers and screens."),
    ),
    Field(
        "kind",
        N_("Kind of point"),
        Kind.CHOICE,
        required=True,
        choices=KINDS,
        default="form",
        width=110,
        aliases=("type", "종류", "유형", "구분"),
    ),
    Field(
        "channel",
        N_("Collects by"),
        Kind.CHOICE,
        required=True,
        choices=CHANNELS,
        width=110,
        aliases=("수집 방법", "수집방법", "수집 경로", "경로", "채널"),
        help=N_("The way by which people give their data here."),
        clause="PIPA 38(4)",
    ),
    Field(
        "rights",
        N_("Rights are exercised by"),
        Kind.CHOICES,
        choices=CHANNELS,
        width=180,
        aliases=("권리 행사 방법", "권리행사 방법", "철회 방법", "열람 방법"),
        help=N_("How people who gave data here ask, correct and withdraw; printed on the form."),
        clause="S6.3 · PIPA 38(4) · Decree 41(2)",
    ),
    Field(
        "place",
        N_("Place"),
        Kind.LINK,
        links_to="places",
        in_table=False,
        width=160,
        aliases=("system", "보관 장소", "장소", "시스템"),
        help=N_("Where what is collected here is kept first."),
    ),
    Field(
        "since",
        N_("In use from"),
        Kind.DATE,
        width=105,
        aliases=("from", "시작일", "개시일", "사용 시작일"),
    ),
    Field(
        "until",
        N_("In use until"),
        Kind.DATE,
        width=105,
        aliases=("to", "종료일", "폐쇄일", "사용 종료일"),
        help=N_("The last day on which it collected; empty while it does."),
    ),
    Field(
        "children",
        N_("Children expected"),
        Kind.FLAG,
        default=False,
        width=110,
        aliases=("아동 수집", "아동", "아동 대상"),
        help=N_("Whether it takes people below 14; their guardian then has to consent."),
        clause="S6.1 · PIPA 22-2(1)",
    ),
    Field(
        "age_asked",
        N_("How the age is asked"),
        Kind.CHOICE,
        required=True,
        choices=AGE_ASKED,
        default=NOT_ASKED,
        in_table=False,
        width=140,
        aliases=("연령 확인", "연령 확인 방법", "나이 확인"),
        clause="S6.1",
    ),
    Field(
        "min_age",
        N_("Youngest age taken"),
        Kind.INTEGER,
        in_table=False,
        width=90,
        aliases=("최소 연령", "최저 연령", "가입 가능 연령"),
        help=N_("Empty for the policy’s own gate: nobody aged 14 or below."),
        clause="S6.1",
        check=_age,
    ),
    note(1),
)

REGISTER = Register(
    name="collection-points",
    title=N_("Collection points"),
    singular=N_("Collection point"),
    prefix="K",
    group="people",
    why=N_("Each form, page and call script collects only what its purposes name, and says so."),
    clause="S1.1",
    fields=FIELDS,
    model="privdesk.registers.collection_points.model:CollectionPoint",
    service="privdesk.registers.collection_points.service:CollectionPoints",
    rules="privdesk.registers.collection_points.findings:judge",
    states=(ACTIVE, State("closed", N_("No longer used"), "plain"), VOID),
    children=(
        Child("point-items", N_("What it collects"), "point"),
        Child("wordings", N_("Wordings"), "point"),
    ),
    documents=(Document("d3", N_("Consent form"), "privdesk.flows.consent_forms:form"),),
    title_field="name",
    sort="name",
)

ITEMS = Register(
    name="point-items",
    title=N_("Items by point"),
    singular=N_("Purpose at a point"),
    prefix="KI",
    group="people",
    aside=True,
    why=N_("What a point collects for each purpose; what is not listed must not be asked for."),
    clause="S1.1",
    fields=(
        Field(
            "point",
            N_("Collection point"),
            Kind.LINK,
            links_to="collection-points",
            required=True,
            fixed=True,
            width=200,
            aliases=("collection point", "수집 창구", "수집창구", "창구"),
        ),
        Field(
            "purpose",
            N_("Purpose"),
            Kind.LINK,
            links_to="purposes",
            required=True,
            fixed=True,
            width=220,
            aliases=("처리 목적", "목적", "수집 목적", "이용 목적"),
            clause="S1.1 · PIPA 15(1)",
        ),
        Field(
            "required_items",
            N_("Required items"),
            Kind.LINKS,
            links_to="items",
            width=220,
            aliases=("items", "필수 항목", "필수항목", "수집 항목", "항목"),
            help=N_("Only what the purpose itself requires."),
            clause="S1.1 · PIPA 16(1)",
        ),
        Field(
            "optional_items",
            N_("Optional items"),
            Kind.LINKS,
            links_to="items",
            width=180,
            aliases=("optional", "선택 항목", "선택항목"),
            help=N_("Who leaves them out is served all the same."),
            clause="PIPA 16(3), 22(5)",
        ),
        note(1),
    ),
    model="privdesk.registers.collection_points.model:PointItems",
    service="privdesk.registers.collection_points.items:PointItems",
    states=(ACTIVE, VOID),
    sort="point",
)
