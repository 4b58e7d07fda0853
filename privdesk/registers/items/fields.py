"""What is recorded of an item of personal data (clauses S1.1 and S1.2)."""

from __future__ import annotations

from privdesk.core.categories import Category
from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Register
from privdesk.registers.notes import note
from privdesk.registers.states import ACTIVE, VOID

KINDS = (
    Choice("name", N_("Name of a person")),
    Choice("email", N_("E-mail address")),
    Choice("phone", N_("Telephone number")),
    Choice("date", N_("Date")),
    Choice("text", N_("Text")),
    Choice("number", N_("Whole number")),
)
CATEGORIES = (
    Choice(Category.ORDINARY.value, N_("Ordinary")),
    Choice(Category.SENSITIVE.value, N_("Sensitive information")),
    Choice(Category.UNIQUE_ID.value, N_("Unique identifier")),
    Choice(Category.RESIDENT_NUMBER.value, N_("Resident number")),
)

FIELDS = (
    Field(
        "name",
        N_("Item"),
        required=True,
        width=160,
        aliases=("item", "항목", "항목명", "개인정보 항목", "수집항목", "명칭"),
        help=N_("What the company collects, as the privacy policy calls it."),
        clause="S1.2",
    ),
    Field(
        "name_en",
        N_("English name"),
        width=140,
        aliases=("english", "영문", "영문명", "영문 항목명"),
        help=N_("For English papers and screens."),
    ),
    Field(
        "key",
        N_("Field name"),
        fixed=True,
        width=120,
        aliases=("field", "필드", "필드명", "항목 코드", "code"),
        help=N_("How import and command line call it; made from the name, then fixed."),
    ),
    Field(
        "kind",
        N_("Kind of value"),
        Kind.CHOICE,
        required=True,
        fixed=True,
        choices=KINDS,
        default="text",
        width=130,
        aliases=("type", "종류", "유형", "값의 종류", "자료형"),
        help=N_("Decides how values are checked and masked; fixed once made."),
    ),
    Field(
        "category",
        N_("Category"),
        Kind.CHOICE,
        required=True,
        choices=CATEGORIES,
        default="ordinary",
        width=130,
        aliases=("class", "구분", "분류", "정보 구분"),
        help=N_("Sensitive information and unique identifiers need a consent of their own."),
        clause="PIPA 23, 24",
    ),
    Field(
        "statute",
        N_("Statute that allows it"),
        width=200,
        aliases=("law", "근거 법령", "법적 근거", "법령"),
        help=N_("A resident number may be collected only where a statute says so; name it."),
        clause="PIPA 24-2",
    ),
    Field(
        "in_policy",
        N_("In the privacy policy"),
        Kind.FLAG,
        default=True,
        width=110,
        aliases=("처리방침 기재", "처리방침"),
        help=N_("Whether the privacy policy names it."),
        clause="S1.2 · PIPA 30(1)",
    ),
    Field(
        "age_check",
        N_("Date of birth for the age check"),
        Kind.FLAG,
        default=False,
        in_table=False,
        aliases=("연령 확인",),
        help=N_("Consents of people below the age of 14 then ask for the guardian."),
        clause="S6.1 · PIPA 22-2(1)",
    ),
    Field(
        "aliases",
        N_("Other column names"),
        in_table=False,
        width=200,
        aliases=("다른 이름", "열 이름"),
        help=N_("What lists call this item, separated by commas; an import then knows it."),
    ),
    note(1),
)

REGISTER = Register(
    name="items",
    title=N_("Items"),
    singular=N_("Item"),
    prefix="I",
    group="policy",
    why=N_("Only what a purpose needs may be collected; every item is listed here first."),
    clause="S1.1",
    fields=FIELDS,
    model="privdesk.registers.items.model:Item",
    service="privdesk.registers.items.service:Items",
    rules="privdesk.registers.items.findings:judge",
    states=(ACTIVE, VOID),
    title_field="name",
)
