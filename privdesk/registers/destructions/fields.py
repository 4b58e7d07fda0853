"""The declarations of the destructions and of the orders to places."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, Register
from privdesk.core.register import State as Shown
from privdesk.registers.destructions.rules import METHOD_LABELS, ORDER_LABELS, STATE_LABELS

METHODS = tuple(Choice(method.value, label) for method, label in METHOD_LABELS.items())
SCOPES = (
    Choice("due", N_("Everything due")),
    Choice("file", N_("One file")),
    Choice("people", N_("Chosen people")),
)
SLOT_REASON, SLOT_REMARKS, SLOT_WITNESS, SLOT_MEDIA = 1, 2, 3, 4


_WIDTHS = {Kind.INTEGER: 72, Kind.DATE: 100, Kind.MOMENT: 135}  # so that all columns are seen


def _fact(name: str, label: str, kind: Kind = Kind.TEXT, *, table: bool = False) -> Field:
    width = _WIDTHS.get(kind, 120)
    return Field(name, label, kind=kind, computed=True, in_table=table, in_form=False, width=width)


FIELDS = (
    Field("scope", N_("Set"), kind=Kind.CHOICE, choices=SCOPES, computed=True, width=130),
    Field("file", N_("File"), kind=Kind.LINK, links_to="files", computed=True, in_table=False),
    _fact("due_by", N_("Due by"), Kind.DATE),
    _fact("file_due_on", N_("File was due"), Kind.DATE),
    Field(
        "reason",
        N_("Reason"),
        kind=Kind.NOTE,
        audience=Audience.OFFICE,
        slot=SLOT_REASON,
        computed=True,
        width=180,
    ),
    Field("method", N_("Method"), kind=Kind.CHOICE, choices=METHODS, computed=True, in_table=False),
    _fact("people", N_("People"), Kind.INTEGER, table=True),
    _fact("holdings", N_("Holdings"), Kind.INTEGER, table=True),
    _fact("items", N_("Items"), Kind.INTEGER),
    _fact("skipped", N_("Left out"), Kind.INTEGER, table=True),
    _fact("destroyed", N_("Destroyed holdings"), Kind.INTEGER),
    _fact("tombstones", N_("Destroyed people"), Kind.INTEGER),
    _fact("requested_on", N_("Requested"), Kind.DATE, table=True),
    _fact("approved_on", N_("Approved"), Kind.DATE, table=True),
    _fact("executed_at", N_("Executed"), Kind.MOMENT, table=True),
    _fact("digest", N_("Digest approved")),
    _fact("digest_executed", N_("Digest executed")),
    _fact("epoch", N_("Epoch"), Kind.INTEGER),
    _fact("backup", N_("Backup"), Kind.TEXT),
    _fact("custody", N_("Custody copy"), Kind.TEXT),
    _fact("verified", N_("Verification"), Kind.TEXT),
    _fact("two_officers", N_("Two officers"), Kind.FLAG),
    Field(
        "remarks",
        N_("Remarks"),
        kind=Kind.NOTE,
        audience=Audience.OFFICE,
        slot=SLOT_REMARKS,
        in_table=False,
    ),
    Field(
        "witness",
        N_("Witness"),
        audience=Audience.OFFICE,
        slot=SLOT_WITNESS,
        computed=True,
        in_table=False,
        in_form=False,
    ),
    Field(
        "media",
        N_("Media annex"),
        kind=Kind.NOTE,
        audience=Audience.OFFICE,
        slot=SLOT_MEDIA,
        computed=True,
        in_table=False,
        in_form=False,
    ),
)

TONES = {
    "requested": "waiting",
    "approved": "soon",
    "executing": "overdue",
    "executed": "kept",
    "backups_closed": "kept",
    "complete": "kept",
}
ORDER_TONES = {
    "open": "soon",
    "sent": "waiting",
    "differs": "overdue",
    "answered": "kept",
    "lost": "overdue",
}
STATES = tuple(
    Shown(state.value, label, TONES.get(state.value, "plain"))
    for state, label in STATE_LABELS.items()
)

REGISTER = Register(
    name="destructions",
    title=N_("Destructions"),
    singular=N_("Destruction"),
    prefix="D",
    begin=N_("Request destruction"),
    group="life-cycle",
    why=N_("What is no longer needed goes, so that nothing comes back, and paper proves it."),
    clause="S2.1–S2.3",
    fields=FIELDS,
    model="privdesk.registers.destructions.model:Destruction",
    service="privdesk.registers.destructions.service:Destructions",
    page="privdesk.registers.destructions.view:DestructionPage",
    states=STATES,
    children=(Child("orders", N_("Orders to places"), "destruction"),),
    actions=(
        Action(
            "cancel",
            N_("Cancel the destruction"),
            "cancel",
            leads=None,
            asks=(Field("reason", N_("Reason"), kind=Kind.NOTE, required=True),),
            states=("requested", "approved"),
        ),
    ),
    documents=(
        Document("d1a", N_("Destruction request"), "privdesk.flows.papers:destruction_request"),
        Document("d1", N_("Destruction certificate"), "privdesk.flows.papers:certificate"),
        Document("d2", N_("Destruction register"), "privdesk.flows.papers:register", of_list=True),
    ),
    rules="privdesk.registers.destructions.findings:judge",
    figures="privdesk.registers.destructions.figures:figures",
    creatable=False,
    importable=False,
    sort="id",
)

ORDERS = Register(
    name="orders",
    title=N_("Orders to places"),
    singular=N_("Order to a place"),
    prefix="O",
    group="life-cycle",
    why=N_("Each place that keeps a copy is told what to destroy, and answers with proof."),
    clause="S2.1",
    fields=(
        Field(
            "destruction", N_("Destruction"), kind=Kind.LINK, links_to="destructions", fixed=True
        ),
        Field("place", N_("Place"), kind=Kind.LINK, links_to="places", fixed=True, width=180),
        Field("files", N_("Files"), kind=Kind.LINKS, links_to="files", fixed=True, width=180),
        _fact("expected", N_("Expected"), Kind.INTEGER, table=True),
        _fact("answered_on", N_("Answered"), Kind.DATE, table=True),
        _fact("count", N_("Confirmed number"), Kind.INTEGER, table=True),
        Field("method", N_("Method"), kind=Kind.CHOICE, choices=METHODS, computed=True),
        Field("answered_by", N_("Confirmed by"), audience=Audience.OFFICE, slot=1, computed=True),
        _fact("evidence", N_("Evidence"), Kind.TEXT),
        Field(
            "source_ids",
            N_("Numbers at the place"),
            kind=Kind.NOTE,
            audience=Audience.PERSONAL,
            slot=2,
            computed=True,
            in_table=False,
            in_form=False,
        ),
    ),
    model="privdesk.registers.destructions.model:Order",
    service="privdesk.registers.destructions.orders:Orders",
    states=tuple(
        Shown(state.value, label, ORDER_TONES.get(state.value, "plain"))
        for state, label in ORDER_LABELS.items()
    ),
    actions=(
        Action(
            "accept",
            N_("Accept the other number"),
            "accept",
            asks=(Field("reason", N_("Reason"), kind=Kind.NOTE, required=True),),
            states=("differs",),
        ),
        Action(
            "declare-lost",
            N_("Declare the copy lost"),
            "declare_lost",
            asks=(Field("reason", N_("Reason"), kind=Kind.NOTE, required=True),),
            states=("open", "sent", "differs"),
            danger=True,
            help=N_("Two officers sign; it is printed on the certificate as a limit."),
        ),
    ),
    documents=(
        Document("order", N_("Destruction order"), "privdesk.flows.papers:order", personal=True),
    ),
    creatable=False,
    importable=False,
    sort="id",
)
