"""What is recorded of somebody's leaving (S8.2④)."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Document, Register, State
from privdesk.registers.departures.rules import LATE, STEP_LABELS, WAIVABLE, Step
from privdesk.registers.notes import note
from privdesk.registers.pieces import ON, REASON, choices_of, fact, told, why_fault
from privdesk.registers.states import VOID

SLOT_DEVICES, SLOT_DEVICES_TO, SLOT_WHY = 1, 2, 3
STEPS = choices_of(STEP_LABELS)
OPEN = ("open", LATE)
_LEFT = {step: ("left_to_do", (step.value,)) for step in Step}

FIELDS = (
    Field("title", N_("Who leaves"), computed=True, in_form=False, in_table=False),
    Field(
        "staff",
        N_("Member of staff"),
        Kind.LINK,
        links_to="staff",
        required=True,
        fixed=True,
        width=130,
    ),
    Field("last_day", N_("Last day of work"), Kind.DATE, required=True, fixed=True, width=105),
    fact("moved_from", N_("Last day before it was moved"), Kind.DATE),
    fact("begun_on", N_("Begun on"), Kind.DATE),
    fact("left_to_do", N_("Still to do"), Kind.CHOICES, choices=STEPS, table=True, width=330),
    told("devices", N_("What was handed back"), SLOT_DEVICES, Kind.NOTE),
    told("devices_to", N_("Handed back to"), SLOT_DEVICES_TO),
    fact("devices_on", N_("Handed back on"), Kind.DATE),
    fact("pledge_on", N_("Leaver’s pledge signed on"), Kind.DATE),
    fact("waived", N_("Does not apply"), Kind.CHOICES, choices=STEPS),
    told("why", N_("Why it does not apply"), SLOT_WHY, Kind.NOTE),
    fact("done_on", N_("Closed on"), Kind.DATE, table=True, width=105),
    note(4),
)

REGISTER = Register(
    name="departures",
    title=N_("Leaving"),
    singular=N_("Leaving of a member of staff"),
    prefix="ML",
    group="staff",
    why=N_("Who leaves keeps no right, no device and no key; it begins at the member of staff."),
    clause="S8.2④",
    fields=FIELDS,
    model="privdesk.registers.departures.model:Departure",
    service="privdesk.registers.departures.service:Departures",
    rules="privdesk.registers.departures.findings:judge",
    figures="privdesk.registers.departures.figures:figures",
    states=(
        State("open", N_("steps left"), "soon"),
        State(LATE, N_("steps left, last day past"), "overdue"),
        State("done", N_("all done"), "kept", ended=True),
        VOID,
    ),
    actions=(
        Action(
            "rights",
            N_("Revoke the rights that are left"),
            "privdesk.flows.leaving:revoke",
            asks=(ON,),
            states=OPEN,
            where=(_LEFT[Step.RIGHTS],),
            leads=(_LEFT[Step.RIGHTS],),
            help=N_("Only after each system has ended its account; the ledger gets the day."),
        ),
        Action(
            "devices",
            N_("Enter what was handed back"),
            "devices",
            asks=(
                Field("what", N_("What was handed back"), Kind.NOTE, required=True),
                Field("to", N_("Handed back to"), help=N_("Empty for you.")),
                ON,
            ),
            states=OPEN,
            leads=(_LEFT[Step.DEVICES],),
        ),
        Action(
            "pledge",
            N_("Enter the leaver’s pledge"),
            "pledge",
            asks=(ON,),
            states=OPEN,
            leads=None,
            help=N_("Only where the signed sheet is not among the pledges."),
        ),
        Action(
            "correct-day",
            N_("Correct the last day"),
            "correct_day",
            asks=(replace(ON, required=True, help=""), replace(REASON, check=why_fault)),
            states=OPEN,
            leads=None,
            help=N_("A last day that was past stays on Today with its breach until all is done."),
        ),
        Action(
            "withdraw",
            N_("Does not leave"),
            "withdraw",
            asks=(replace(REASON, check=why_fault),),
            states=OPEN,
            leads=None,
            danger=True,
            help=N_("The last day goes; the leaving is struck out, and Today and papers say so."),
        ),
        Action(
            "waive",
            N_("A step does not apply"),
            "waive",
            asks=(
                Field(
                    "step",
                    N_("Step"),
                    Kind.CHOICE,
                    required=True,
                    choices=tuple(Choice(s.value, STEP_LABELS[s]) for s in WAIVABLE),
                ),
                replace(REASON, check=why_fault),
            ),
            states=OPEN,
            leads=None,
        ),
        Action(
            "vault",
            N_("Take the access to this vault away"),
            "privdesk.flows.leaving:take_access",
            states=OPEN,
            danger=True,
            help=N_("Their passphrase opens nothing from then on; the keys they had are changed."),
        ),
        Action(
            "close",
            N_("Close: all done"),
            "close",
            asks=(ON,),
            states=OPEN,
            leads=(("left_to_do", ((),)),),
        ),
    ),
    documents=(Document("leaving", N_("Check sheet of leaving"), "privdesk.flows.leaving:sheet"),),
    creatable=False,
    importable=False,
    title_field="title",
    sort="last_day",
    descending=True,
    void_states=(),
)
