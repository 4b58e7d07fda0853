"""What is recorded of a comparison with the personnel list (S8.2①)."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Document, Register, State
from privdesk.registers.pieces import ON, REASON, fact, told, why_fault
from privdesk.registers.states import VOID

SLOT_FILE, SLOT_JOINED, SLOT_MOVED, SLOT_GONE, SLOT_FOUND = 1, 2, 3, 4, 5
SLOT_UNCLEAR, SLOT_UNREAD = 6, 7

FIELDS = (
    Field(
        "file",
        N_("Personnel list"),
        audience=Audience.OFFICE,
        slot=SLOT_FILE,
        required=True,
        fixed=True,
        width=200,
        picks="open",
        help=N_("The complete list of personnel as a spreadsheet or CSV; only compared for now."),
    ),
    Field(
        "as_of",
        N_("List of"),
        Kind.DATE,
        fixed=True,
        width=105,
        help=N_("The day the list is of; empty for the one in its title, else today."),
    ),
    fact("people", N_("People listed"), Kind.INTEGER, table=True, width=90),
    fact("joined", N_("Joined"), Kind.INTEGER, table=True, width=80),
    fact("moved", N_("Moved"), Kind.INTEGER, table=True, width=80),
    fact("gone", N_("Left"), Kind.INTEGER, table=True, width=80),
    told("who_joined", N_("Who joined, and what it starts"), SLOT_JOINED, Kind.NOTE),
    told("who_moved", N_("Who moved, and what it starts"), SLOT_MOVED, Kind.NOTE),
    told("who_left", N_("Who left, and what it starts"), SLOT_GONE, Kind.NOTE),
    told(
        "unclear",
        N_("Lines that could not be read; correct and compare again"),
        SLOT_UNCLEAR,
        Kind.NOTE,
    ),
    told("unread", N_("Columns that were not read"), SLOT_UNREAD),
    fact("taken_on", N_("Taken over on"), Kind.DATE, table=True, width=105),
)

RENAMED = Field(
    "renamed",
    N_("Lines of the same person under a new name"),
    help=N_("Of those marked “another person?”; without it they are not taken over."),
)

REGISTER = Register(
    name="rosters",
    title=N_("Personnel lists"),
    singular=N_("Comparison with the personnel list"),
    prefix="MR",
    group="staff",
    why=N_("Each month the staff is compared with the personnel list: who joined, moved, left."),
    clause="S8.2①",
    fields=FIELDS,
    model="privdesk.registers.rosters.model:Roster",
    service="privdesk.registers.rosters.service:Rosters",
    rules="privdesk.registers.rosters.findings:judge",
    states=(
        State("compared", N_("compared, nothing changed yet"), "waiting"),
        State("taken", N_("taken over"), "kept", ended=True),
        VOID,
    ),
    actions=(
        Action(
            "take",
            N_("Take over"),
            "privdesk.flows.joining:take",
            asks=(
                Field(
                    "lines",
                    N_("Lines of the comparison"),
                    help=N_("As it numbers them, such as 1, 3-5; empty for all of them."),
                ),
                RENAMED,
            ),
            states=("compared",),
            plan="lines",
            help=N_("Enters who joined, has rights of who moved looked at, begins each leaving."),
        ),
        Action(
            "correct-day",
            N_("Correct the day"),
            "correct_day",
            asks=(replace(ON, required=True, help=""), replace(REASON, check=why_fault)),
            states=("taken",),
            leads=None,
            help=N_("Only of the list; a last day that it entered is corrected at the leaving."),
        ),
    ),
    documents=(
        Document(
            "roster",
            N_("Comparison with the personnel list"),
            "privdesk.flows.joining:sheet",
            where=(("taken_on", ("", None)),),
        ),
    ),
    begin=N_("Compare a list"),
    importable=False,
    help="departures",
    void_states=("compared",),
    title_field="file",
    sort="id",
    descending=True,
)
