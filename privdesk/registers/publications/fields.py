"""The declaration of the published lists of processors (Decree 28(2))."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, Register, State
from privdesk.registers.notes import note
from privdesk.registers.states import VOID

SLOT_CONTENT, SLOT_NOTE, SLOT_DIFFERENCE = 1, 2, 3
PROOFS = (
    Choice("page", N_("The saved page is this list")),
    Choice("picture", N_("Picture of the page")),
)
LANGUAGES = (Choice("ko", N_("Korean")), Choice("en", N_("English")))
_FILE = Field(
    "file",
    N_("Saved page or its picture"),
    picks="open",
    help=N_("A saved page (.html) is compared: it has to be this very list."),
)


def _count(name: str, label: str) -> Field:
    return Field(name, label, Kind.INTEGER, computed=True, in_form=False, width=80)


def _day(name: str, label: str) -> Field:
    return Field(name, label, Kind.DATE, computed=True, in_form=False, width=110)


REGISTER = Register(
    name="publications",
    title=N_("Published lists"),
    singular=N_("Published list"),
    prefix="BP",
    group="partners",
    begin=N_("Draw up the list"),
    why=N_("The list of processors is posted without a gap; each version stands here as it was."),
    clause="S4.1",
    fields=(
        Field("title", N_("List of processors"), computed=True, in_form=False, width=150),
        _count("version", N_("Version")),
        _day("issued_on", N_("Drawn up on")),
        _count("works", N_("Works")),
        _count("added", N_("New")),
        _count("removed", N_("Gone")),
        _count("changed", N_("Changed")),
        _day("posted_on", N_("Posted on")),
        _day("ended_on", N_("Replaced on")),
        Field(
            "address",
            N_("Address of the page"),
            in_table=False,
            width=200,
            aliases=("url", "주소", "게시 주소"),
            help=N_("Where the web team posts it."),
            clause="Decree 28(2)",
        ),
        Field("proved", N_("Evidence of the posting"), Kind.CHOICE, choices=PROOFS, computed=True,
              in_form=False, width=150),
        Field("before", N_("Compared with"), Kind.LINK, links_to="publications", computed=True,
              in_form=False, in_table=False),
        Field("difference", N_("What is different"), Kind.NOTE, Audience.OFFICE,
              slot=SLOT_DIFFERENCE, computed=True, in_form=False, in_table=False),
        Field("digest", N_("SHA-256"), computed=True, in_form=False, in_table=False),
        note(SLOT_NOTE),
    ),
    model="privdesk.registers.publications.model:Publication",
    service="privdesk.registers.publications.service:Publications",
    rules="privdesk.registers.publications.findings:judge",
    figures="privdesk.registers.publications.figures:figures",
    states=(
        State("draft", N_("Not posted"), "soon"),
        State("posted", N_("Posted"), "kept"),
        State("replaced", N_("Superseded"), "plain"),
        VOID,
    ),
    children=(Child("partner-papers", N_("Evidence of the posting"), "publication"),),
    actions=(
        Action(
            "html",
            N_("Page for the web team"),
            "privdesk.flows.publishing:write_page",
            asks=(
                Field("file", N_("Save as"), required=True, picks="save",
                      help=N_("One file with everything in it, to be posted as it is.")),
                Field("language", N_("Language"), Kind.CHOICE, choices=LANGUAGES, default="ko"),
            ),
            states=("draft", "posted"),
        ),
        Action(
            "posted",
            N_("It was posted"),
            "privdesk.flows.posting:posted",
            asks=(
                Field("on", N_("On"), Kind.DATE, help=N_("Empty for today.")),
                Field("address", N_("Address of the page"),
                      help=N_("Empty for the one entered already.")),
                _FILE,
            ),
            states=("draft",),
            help=N_("The list posted before is replaced from that day."),
        ),
        Action(
            "prove",
            N_("Add evidence of the posting"),
            "privdesk.flows.posting:prove",
            asks=(Field("file", N_("Saved page or its picture"), required=True, picks="open",
                        help=N_("A saved page (.html) is compared: it has to be this very list.")),
                  ),
            states=("posted", "replaced"),
        ),
    ),
    documents=(
        Document("d7", N_("Public list of processors"), "privdesk.flows.publishing:public_list"),
        Document("d7-changes", N_("What changed in the public list"),
                 "privdesk.flows.publishing:changes"),
    ),
    importable=False,
    help="processors",
    title_field="title",
    sort="version",
    descending=True,
)  # fmt: skip
