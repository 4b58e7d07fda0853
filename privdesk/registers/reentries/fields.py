"""What is recorded of something that has to be entered again after a restore."""

from __future__ import annotations

from privdesk.core.fields import Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Register
from privdesk.registers.notes import note
from privdesk.registers.pieces import choices_of, fact, states_of
from privdesk.registers.reentries.rules import LABELS, STATE_LABELS

SLOT_NOTE = 1
TONES = {"open": "soon", "done": "kept"}

FIELDS = (
    fact(
        "kind", N_("What happened"), Kind.CHOICE, choices=choices_of(LABELS), table=True, width=230
    ),
    fact("about", N_("Record"), table=True),
    fact("register", N_("Register"), table=True, width=150),
    fact("count", N_("Number"), Kind.INTEGER, table=True, width=80),
    fact("backup_on", N_("Backup of"), Kind.DATE, table=True),
    fact("done_on", N_("Done on"), Kind.DATE, table=True),
    note(SLOT_NOTE),
)

REGISTER = Register(
    name="reentries",
    title=N_("To enter again"),
    singular=N_("Entry to make again"),
    prefix="RE",
    group="safety",
    aside=True,
    creatable=False,
    importable=False,
    void_states=(),
    why=N_("After a backup was restored, what happened since it was made waits here."),
    clause="S8.1",
    fields=FIELDS,
    model="privdesk.registers.reentries.model:Reentry",
    service="privdesk.registers.reentries.service:Reentries",
    rules="privdesk.registers.reentries.findings:judge",
    states=states_of(STATE_LABELS, TONES),
    actions=(
        Action(
            "done",
            N_("Entered again"),
            "done",
            states=("open",),
            bulk=True,
            help=N_("Once it stands in this vault again, or nothing of it is to be entered."),
        ),
    ),
    help="backup",
    title_field="kind",
    sort="id",
    descending=True,
)
