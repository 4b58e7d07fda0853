"""The papers of processors: contracts, evidence, confirmations; each kept sealed, with its hash."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Register, State

SLOT_NAME = 1
CONTRACT = "contract"
WHAT = (
    Choice(CONTRACT, N_("Contract")),
    Choice("consent", N_("Consent to a sub-consignment")),
    Choice("evidence", N_("Evidence")),
    Choice("roll", N_("Attendance list of a training")),
    Choice("confirmation", N_("Confirmation of return or destruction")),
    Choice("posting", N_("Picture of the posted page")),
    Choice("other", N_("Other")),
)
ATTACH = Action(
    "attach",
    N_("Attach a file"),
    "attach",
    asks=(
        Field("what", N_("What it is"), Kind.CHOICE, choices=WHAT, required=True,
              default="evidence"),
        Field("file", N_("File"), required=True, picks="open"),
    ),
    help=N_("Kept sealed in the vault; the file you chose stays where it is."),
)  # fmt: skip


def _link(name: str, label: str, to: str, width: int = 150) -> Field:
    return Field(name, label, Kind.LINK, links_to=to, computed=True, in_form=False, width=width)


REGISTER = Register(
    name="partner-papers",
    title=N_("Contracts and evidence"),
    singular=N_("Contract or evidence"),
    prefix="BF",
    group="partners",
    why=N_("The contract against which the clauses are ticked, and what proves an inspection."),
    clause="S4.1",
    fields=(
        Field("what", N_("What it is"), Kind.CHOICE, choices=WHAT, computed=True, in_form=False,
              width=160),
        Field("name", N_("File name"), audience=Audience.OFFICE, slot=SLOT_NAME, computed=True,
              in_form=False, width=240),
        _link("processor", N_("Processor"), "processors", 170),
        _link("consignment", N_("Work consigned"), "consignments", 170),
        _link("inspection", N_("Inspection"), "inspections"),
        _link("publication", N_("Published list"), "publications", 120),
        Field("bytes", N_("Bytes"), Kind.INTEGER, computed=True, in_form=False, width=90),
        Field("added_on", N_("Added"), Kind.DATE, computed=True, in_form=False, width=105),
        Field("digest", N_("SHA-256"), computed=True, in_form=False, in_table=False),
    ),
    model="privdesk.registers.processors.model:PartnerPaper",
    service="privdesk.registers.processors.papers:PartnerPapers",
    states=(
        State("active", N_("On file"), "kept"),
        State("destroyed", N_("Destroyed"), "destroyed"),
    ),
    actions=(
        Action("show", N_("Show"), "show", states=("active",)),
        Action(
            "take-out",
            N_("Take out"),
            "take_out",
            asks=(Field("file", N_("Save as"), required=True, picks="save"),),
            states=("active",),
        ),
        Action(
            "remove",
            N_("Remove"),
            "remove",
            asks=(Field("reason", N_("Reason"), Kind.NOTE, required=True),),
            states=("active",),
            danger=True,
            help=N_("The file is destroyed; that it was there stays in the journal."),
        ),
    ),
    creatable=False,
    importable=False,
    aside=True,
    help="processors",
    title_field="name",
    sort="id",
    descending=True,
)  # fmt: skip
