"""The declaration of the orders to places for a request."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Document, Register
from privdesk.core.register import State as Shown
from privdesk.registers.retrievals.rules import KIND_LABELS, RESULT_LABELS, STATE_LABELS

SLOT_CHANGE, SLOT_HOLDS, SLOT_IDS, SLOT_WANTED, SLOT_BY, SLOT_WHY, SLOT_NAME = range(1, 8)
"""``SLOT_WANTED`` holds, as JSON by item, the value before and after; ``SLOT_NAME`` what the
file that came back is called."""

TONES = {
    "open": "soon",
    "sent": "waiting",
    "differs": "overdue",
    "answered": "kept",
    "accepted": "kept",
}
KINDS = tuple(Choice(kind.value, label) for kind, label in KIND_LABELS.items())
RESULTS = tuple(Choice(result.value, label) for result, label in RESULT_LABELS.items())


def _fact(name: str, label: str, kind: Kind = Kind.TEXT, *, table: bool = False) -> Field:
    return Field(name, label, kind=kind, computed=True, in_table=table, in_form=False, width=110)


def _link(name: str, label: str, to: str, *, table: bool = True, many: bool = False) -> Field:
    kind = Kind.LINKS if many else Kind.LINK
    return Field(
        name, label, kind, links_to=to, computed=True, in_table=table, in_form=False, width=150
    )


def _sealed(name: str, label: str, slot: int, audience: Audience = Audience.PERSONAL) -> Field:
    kind = Kind.NOTE if audience is Audience.PERSONAL else Kind.TEXT
    return Field(
        name, label, kind, audience, slot=slot, computed=True, in_table=False, in_form=False
    )


FIELDS = (
    _fact("title", N_("Order for a request")),
    Field(
        "kind",
        N_("Order to the place"),
        Kind.CHOICE,
        choices=KINDS,
        computed=True,
        in_form=False,
        width=150,
        clause="S6.2 · PIPA 35, 36, 37",
    ),
    _link("place", N_("Place"), "places"),
    _link("request", N_("Request"), "requests"),
    _link("subject", N_("Data subject"), "subjects"),
    _fact("reply_by", N_("Reply by"), Kind.DATE, table=True),
    _fact("asked_on", N_("Drawn up on"), Kind.DATE),
    _fact("sent_on", N_("Sent on"), Kind.DATE, table=True),
    _fact("answered_on", N_("Answered"), Kind.DATE, table=True),
    Field(
        "result",
        N_("What the place did"),
        Kind.CHOICE,
        choices=RESULTS,
        computed=True,
        in_form=False,
        width=170,
    ),
    _link("items", N_("Items"), "items", table=False, many=True),
    _link("files", N_("Files"), "files", table=False, many=True),
    _sealed("change", N_("What is to change"), SLOT_CHANGE),
    _sealed("holds", N_("What the place holds"), SLOT_HOLDS),
    _link("differing", N_("Differs in"), "items", table=False, many=True),
    _sealed("source_ids", N_("Numbers at the place"), SLOT_IDS),
    _sealed("answered_by", N_("Confirmed by"), SLOT_BY, Audience.OFFICE),
    _sealed("why", N_("Accepted or cancelled because"), SLOT_WHY),
    _link("destruction", N_("Destruction"), "destructions", table=False),
    _fact("data", N_("Data sent back")),
    _fact("evidence", N_("Evidence")),
)
_REASON = Field("reason", N_("Reason"), kind=Kind.NOTE, required=True)

REGISTER = Register(
    name="retrievals",
    title=N_("Orders for requests"),
    singular=N_("Order for a request"),
    prefix="Q",
    group="life-cycle",
    why=N_("Each place that holds a person’s data does what the person asked, and confirms it."),
    clause="S6.4",
    fields=FIELDS,
    model="privdesk.registers.retrievals.model:Retrieval",
    service="privdesk.registers.retrievals.service:Retrievals",
    states=tuple(
        Shown(state.value, label, TONES.get(state.value, "plain"))
        for state, label in STATE_LABELS.items()
    ),
    actions=(
        Action(
            "reply",
            N_("Enter the reply"),
            "privdesk.flows.answering:enter_reply",
            asks=(
                Field(
                    "by", N_("Confirmed by"), required=True, help=N_("Who at the place says so.")
                ),
                Field("on", N_("On"), Kind.DATE, help=N_("Empty for today.")),
                Field(
                    "result",
                    N_("What the place did"),
                    Kind.CHOICE,
                    choices=RESULTS,
                    required=True,
                    default="done",
                ),
                Field(
                    "holds",
                    N_("What the place holds"),
                    Kind.NOTE,
                    Audience.PERSONAL,
                    slot=SLOT_HOLDS,
                    help=N_(
                        "A line for each item, such as “E-mail: name@example.com”; it is compared"
                        " with what the vault knows."
                    ),
                ),
                Field(
                    "file",
                    N_("File with the data sent back"),
                    picks="open",
                    help=N_("Kept sealed with the person’s data, and handed out with the answer."),
                ),
                Field("evidence", N_("Signed reply slip"), picks="open"),
            ),
            states=("open", "sent", "differs"),
        ),
        Action(
            "accept",
            N_("Accept the reply"),
            "privdesk.flows.answering:accept",
            asks=(_REASON,),
            states=("differs",),
            help=N_("The reason stands in the order."),
        ),
        Action(
            "cancel",
            N_("Cancel the order"),
            "privdesk.flows.answering:cancel",
            asks=(_REASON,),
            states=("open", "sent", "differs"),
        ),
    ),
    documents=(
        Document(
            "retrieval",
            N_("Order for a request"),
            "privdesk.flows.retrievalpaper:order",
            personal=True,
        ),
    ),
    rules="privdesk.registers.retrievals.findings:judge",
    creatable=False,
    importable=False,
    title_field="title",
    sort="id",
)
