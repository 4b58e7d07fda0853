"""What is recorded of a wording (PIPA 15(2), 17(2), 22): one box of one form in one version."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, Register, State
from privdesk.registers.consenting import BOXES
from privdesk.registers.notes import note
from privdesk.registers.states import VOID

LARGER, COLOUR, BOLD, UNDERLINE = "larger", "colour", "bold", "underline"
WAYS = (
    Choice(LARGER, N_("Larger")),
    Choice(COLOUR, N_("In colour")),
    Choice(BOLD, N_("Bold")),
    Choice(UNDERLINE, N_("Underlined")),
)
TEXTS = ("purpose", "items", "retention", "refusal", "recipient", "exempt")
"""The parts of a wording; each is a field in Korean and one in English."""
NO_SIZE = N_("a size of letters is a whole number of points from 5 to 72.")
_WRITTEN = (5, 72)


def _size(value: object) -> str | None:
    least, most = _WRITTEN
    return None if isinstance(value, int) and least <= value <= most else NO_SIZE


def _text(name: str, slot: int, label: str, aliases: tuple[str, ...], help_: str = "") -> Field:
    return Field(
        name,
        label,
        Kind.NOTE,
        Audience.OFFICE,
        slot=slot,
        in_table=False,
        aliases=aliases,
        help=help_,
        clause="PIPA 15(2), 17(2)",
    )


_TOLD = (
    _text(
        "purpose_ko",
        1,
        N_("Purpose (Korean)"),
        ("목적 문구", "수집 목적 문구", "이용 목적 문구"),
        N_("Of a provision: what the recipient uses the data for."),
    ),
    _text("items_ko", 2, N_("Items (Korean)"), ("항목 문구", "수집 항목 문구")),
    _text("retention_ko", 3, N_("Retention (Korean)"), ("보유기간 문구", "기간 문구")),
    _text(
        "refusal_ko",
        4,
        N_("Refusal (Korean)"),
        ("거부권 문구", "거부권 및 불이익 문구"),
        N_("That the person may refuse, and which disadvantage a refusal brings."),
    ),
    _text(
        "recipient_ko",
        5,
        N_("Recipient (Korean)"),
        ("제공받는 자 문구",),
        N_("For a provision to a third party only."),
    ),
    _text(
        "exempt_ko",
        6,
        N_("No consent (Korean)"),
        ("동의 불요 항목 문구",),
        N_("What is processed without consent, with its basis; printed apart from the boxes."),
    ),
    _text("purpose_en", 7, N_("Purpose (English)"), ("purpose text",)),
    _text("items_en", 8, N_("Items (English)"), ("items text",)),
    _text("retention_en", 9, N_("Retention (English)"), ("retention text",)),
    _text("refusal_en", 10, N_("Refusal (English)"), ("refusal text",)),
    _text("recipient_en", 11, N_("Recipient (English)"), ("recipient text",)),
    _text("exempt_en", 12, N_("No consent (English)"), ("exempt text",)),
)

FIELDS = (
    Field("title", N_("Wording"), computed=True, in_table=False, in_form=False, width=260),
    Field(
        "purpose",
        N_("Purpose"),
        Kind.LINK,
        links_to="purposes",
        required=True,
        fixed=True,
        width=190,
        aliases=("처리 목적", "목적"),
        clause="PIPA 15(1)1",
    ),
    Field(
        "point",
        N_("Collection point"),
        Kind.LINK,
        links_to="collection-points",
        fixed=True,
        width=150,
        aliases=("collection point", "수집 창구", "수집창구", "창구"),
        help=N_("Empty for a wording that every point uses for this purpose."),
    ),
    Field(
        "box",
        N_("Box"),
        Kind.CHOICE,
        required=True,
        fixed=True,
        choices=BOXES,
        default="use",
        width=110,
        aliases=("선택란", "동의 종류", "동의 구분"),
        help=N_("What ticking it agrees to; one box never stands for two of these."),
        clause="PIPA 22(1)",
    ),
    Field("version", N_("Version"), Kind.INTEGER, computed=True, in_form=False, width=70),
    Field(
        "required",
        N_("Consent is required"),
        Kind.FLAG,
        default=False,
        width=90,
        aliases=("필수", "필수 여부", "필수 동의"),
        help=N_("Whether the service cannot be given without it; printed beside the box."),
        clause="PIPA 16(3), 22(5)",
    ),
    *_TOLD,
    Field(
        "ways",
        N_("Important content"),
        Kind.CHOICES,
        choices=WAYS,
        default=("bold",),
        in_table=False,
        aliases=("강조 방법", "표시 방법"),
        help=N_("Larger counts from 9 pt and 20 % more than the rest."),
        clause="PIPA 22(2)",
    ),
    Field(
        "size",
        N_("Important content (pt)"),
        Kind.INTEGER,
        default=11,
        in_table=False,
        aliases=("강조 글자 크기", "중요 내용 글자 크기"),
        clause="PIPA 22(2)",
        check=_size,
    ),
    Field(
        "body_size",
        N_("The rest (pt)"),
        Kind.INTEGER,
        default=9,
        in_table=False,
        aliases=("본문 글자 크기", "글자 크기"),
        clause="PIPA 22(2)",
        check=_size,
    ),
    Field("effective", N_("In force from"), Kind.DATE, computed=True, in_form=False, width=105),
    Field(
        "ended",
        N_("Replaced on"),
        Kind.DATE,
        computed=True,
        in_form=False,
        in_table=False,
        width=105,
    ),
    Field("digest", N_("SHA-256"), computed=True, in_form=False, in_table=False),
    note(13),
)
_ON = Field(
    "on",
    N_("On"),
    Kind.DATE,
    aliases=("일자", "시행일"),
    help=N_("The day from which it counts; empty for today. It may be a later one."),
)
_UNTIL = replace(_ON, help=N_("The day from which it counts; empty for today."))

REGISTER = Register(
    name="wordings",
    title=N_("Wordings"),
    singular=N_("Wording"),
    prefix="W",
    group="people",
    why=N_("What people were told when they agreed; a used text never changes, it is replaced."),
    clause="S1.1",
    fields=FIELDS,
    model="privdesk.registers.wordings.model:Wording",
    service="privdesk.registers.wordings.service:Wordings",
    rules="privdesk.registers.wordings.findings:judge",
    states=(
        State("draft", N_("Draft"), "waiting"),
        State("planned", N_("In force later"), "soon"),
        State("used", N_("In force"), "kept"),
        State("replaced", N_("Superseded"), "plain"),
        VOID,
    ),
    children=(Child("consents", N_("Who answered to it"), "wording"),),
    actions=(
        Action(
            "fill",
            N_("Take texts from the purpose"),
            "fill",
            states=("draft",),
            help=N_("Fills in what is still empty: purpose, items, period, refusal, recipient."),
        ),
        Action(
            "use",
            N_("Put in force"),
            "use",
            asks=(_ON,),
            states=("draft",),
            help=N_("Its texts can never be changed afterwards; the version before is replaced."),
        ),
        Action(
            "new-version",
            N_("New version"),
            "new_version",
            states=("planned", "used", "replaced"),
            help=N_("Copies it as a draft with the next number; this one stays as it is."),
        ),
        Action(
            "retire",
            N_("Take out of force"),
            "retire",
            asks=(_UNTIL, Field("reason", N_("Reason"), Kind.NOTE, required=True)),
            states=("planned", "used"),
            help=N_(
                "Nobody is asked with it any more; answers given to it stay. One that is not in"
                " force yet becomes a draft again."
            ),
        ),
    ),
    documents=(Document("wording", N_("Wording sheet"), "privdesk.flows.consent_forms:sheet"),),
    title_field="title",
    sort="id",
)
