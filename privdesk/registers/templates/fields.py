"""What is recorded of a text that the office edits, and the declaration of the register."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Document, ReadyView, Register, State
from privdesk.registers.notes import note
from privdesk.registers.states import VOID
from privdesk.registers.templating import KINDS

SLOT_HEADING, SLOT_TEXT, SLOT_NOTE = 1, 2, 3
CODES = tuple(Choice(kind.code, kind.label) for kind in KINDS)
LANGUAGES = (Choice("ko", N_("Korean")), Choice("en", N_("English")))
_ON = Field(
    "on",
    N_("On"),
    Kind.DATE,
    aliases=("일자", "시행일"),
    help=N_("The day from which it counts; empty for today."),
)

FIELDS = (
    Field("title", N_("Office text"), computed=True, in_form=False, width=240),
    Field(
        "code",
        N_("Which text"),
        Kind.CHOICE,
        required=True,
        fixed=True,
        choices=CODES,
        in_table=False,
        width=180,
        aliases=("code", "서식", "서식 종류", "문구 종류"),
    ),
    Field(
        "language",
        N_("Language"),
        Kind.CHOICE,
        required=True,
        fixed=True,
        choices=LANGUAGES,
        default="ko",
        in_table=False,
        width=90,
        aliases=("언어",),
    ),
    Field(
        "version",
        N_("Version"),
        Kind.INTEGER,
        computed=True,
        in_form=False,
        in_table=False,
        width=70,
    ),
    Field(
        "heading",
        N_("Heading"),
        audience=Audience.OFFICE,
        slot=SLOT_HEADING,
        width=220,
        aliases=("title of the paper", "제목", "문서 제목"),
        help=N_("Left empty, a new text begins with the one that counts today."),
    ),
    Field(
        "text",
        N_("Text of the paper"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_TEXT,
        in_table=False,
        aliases=("본문", "내용"),
        help=N_("A line is a paragraph, “1.” begins a clause, {company} or {회사명} is filled in."),
    ),
    Field("effective", N_("In force from"), Kind.DATE, computed=True, in_form=False, width=105),
    Field("ended", N_("Replaced on"), Kind.DATE, computed=True, in_form=False, width=105),
    Field("digest", N_("SHA-256"), computed=True, in_form=False, in_table=False),
    note(SLOT_NOTE),
)

REGISTER = Register(
    name="templates",
    title=N_("Office texts"),
    singular=N_("Office text"),
    prefix="TP",
    group="documents",
    why=N_("Papers ship with a text; the office puts its own in force, and can go back."),
    clause="S8.2③",
    fields=FIELDS,
    model="privdesk.registers.templates.model:OwnText",
    service="privdesk.registers.templates.service:Templates",
    states=(
        State("draft", N_("Draft"), "waiting"),
        State("used", N_("In force"), "kept"),
        State("replaced", N_("Superseded"), "plain"),
        VOID,
    ),
    actions=(
        Action(
            "preview",
            N_("Preview"),
            "preview",
            paper="template",
            help=N_("The text on its paper, its places filled in with their names."),
        ),
        Action(
            "use",
            N_("Put in force"),
            "use",
            asks=(_ON,),
            states=("draft",),
            help=N_("Papers say it from then on; the version before is replaced."),
        ),
        Action(
            "new-version",
            N_("New version"),
            "new_version",
            states=("used", "replaced"),
            help=N_("Copies it as a draft with the next number; this one stays as it is."),
        ),
        Action(
            "take-shipped",
            N_("Fill in the shipped text"),
            "take_shipped",
            states=("draft",),
            danger=True,
            help=N_("Heading and text of the draft are replaced by those of the program."),
        ),
        Action(
            "go-back",
            N_("Back to the shipped text"),
            "go_back",
            asks=(_ON, Field("reason", N_("Reason"), Kind.NOTE, required=True)),
            states=("used",),
            help=N_("Papers say what ships with the program; this version stays on record."),
        ),
    ),
    documents=(
        Document("template", N_("Office text on paper"), "privdesk.flows.officetexts:preview"),
    ),
    views=(
        ReadyView(N_("In force"), (("state", ("used",)),)),
        ReadyView(N_("Drafts"), (("state", ("draft",)),)),
    ),
    importable=False,
    title_field="title",
    sort="id",
    void_states=("draft",),
)
