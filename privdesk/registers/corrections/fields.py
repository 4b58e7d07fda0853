"""What is recorded of a notice to a recipient (S6.6; D10)."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Document, Register
from privdesk.core.register import State as Shown
from privdesk.registers.corrections.rules import (
    RESULT_LABELS,
    ROLE_LABELS,
    STATE_LABELS,
    WHAT_LABELS,
)
from privdesk.registers.requested import request_link
from privdesk.registers.states import VOID

SLOT_BEFORE, SLOT_AFTER, SLOT_KNOWN, SLOT_BY, SLOT_NOTE, SLOT_CONTACT = 1, 2, 3, 4, 5, 6
KINDS = tuple(Choice(one.value, label) for one, label in WHAT_LABELS.items())
ROLES = tuple(Choice(one.value, label) for one, label in ROLE_LABELS.items())
RESULTS = tuple(Choice(one.value, label) for one, label in RESULT_LABELS.items())
TONES = {"open": "soon", "sent": "waiting", "differs": "overdue", "answered": "kept"}


def _day(name: str, label: str, *, table: bool = True) -> Field:
    return Field(name, label, Kind.DATE, computed=True, in_table=table, in_form=False, width=105)


FIELDS = (
    Field(
        "recipient",
        N_("To"),
        required=True,
        width=180,
        aliases=("수신", "제공받는 자", "수신처"),
    ),
    Field(
        "role",
        N_("Told as"),
        Kind.CHOICE,
        choices=ROLES,
        required=True,
        default="recipient",
        width=110,
        clause="S6.6 · Decree 43(2)",
    ),
    Field(
        "kind",
        N_("What is told"),
        Kind.CHOICE,
        choices=KINDS,
        required=True,
        fixed=True,
        default="correction",
        width=90,
    ),
    Field(
        "subject",
        N_("Data subject"),
        Kind.LINK,
        links_to="subjects",
        required=True,
        fixed=True,
        width=130,
        aliases=("person", "정보주체"),
    ),
    request_link(),
    Field("items", N_("Items"), Kind.LINKS, links_to="items", required=True, width=160),
    Field(
        "before",
        N_("Before"),
        Kind.NOTE,
        Audience.PERSONAL,
        slot=SLOT_BEFORE,
        in_table=False,
        help=N_("A line for each item, in the order of the items."),
    ),
    Field(
        "after",
        N_("After"),
        Kind.NOTE,
        Audience.PERSONAL,
        slot=SLOT_AFTER,
        in_table=False,
        help=N_("A line for each item, in the order of the items; empty for a deletion."),
    ),
    Field(
        "known_as",
        N_("How they know the person"),
        Kind.TEXT,
        Audience.PERSONAL,
        slot=SLOT_KNOWN,
        in_table=False,
        help=N_("Name, and the person’s number there."),
    ),
    Field(
        "provision",
        N_("Provision"),
        Kind.LINK,
        links_to="provisions",
        fixed=True,
        in_table=False,
    ),
    Field("place", N_("Place"), Kind.LINK, links_to="places", fixed=True, in_table=False),
    Field("provided_on", N_("Provided on"), Kind.DATE, fixed=True, width=105),
    Field(
        "contact",
        N_("Contact"),
        Kind.TEXT,
        Audience.OFFICE,
        slot=SLOT_CONTACT,
        in_table=False,
        help=N_("Who gets the notice, and how."),
    ),
    Field(
        "decided_on",
        N_("Corrected on"),
        Kind.DATE,
        fixed=True,
        in_table=False,
        help=N_("Empty for today; the days for telling run from it."),
    ),
    _day("tell_by", N_("To be told by")),
    _day("sent_on", N_("Sent on")),
    _day("reply_by", N_("Reply asked by")),
    _day("replied_on", N_("Replied on")),
    Field(
        "replied_by",
        N_("Replied by"),
        audience=Audience.OFFICE,
        slot=SLOT_BY,
        computed=True,
        in_table=False,
        in_form=False,
    ),
    Field(
        "result",
        N_("Result"),
        Kind.CHOICE,
        choices=RESULTS,
        computed=True,
        in_form=False,
        width=110,
    ),
    Field(
        "reply",
        N_("What the reply says"),
        Kind.NOTE,
        Audience.OFFICE,
        slot=SLOT_NOTE,
        computed=True,
        in_table=False,
        in_form=False,
    ),
    Field("evidence", N_("Evidence"), computed=True, in_table=False, in_form=False),
)
_ON = Field("on", N_("On"), Kind.DATE, help=N_("Empty for today."))

REGISTER = Register(
    name="corrections",
    title=N_("Notices of corrections"),
    singular=N_("Notice of a correction"),
    prefix="T",
    group="partners",
    why=N_("Who received wrong data has to hear that it was corrected or deleted, and to follow."),
    clause="S6.6",
    fields=FIELDS,
    model="privdesk.registers.corrections.model:Correction",
    service="privdesk.registers.corrections.service:Corrections",
    rules="privdesk.registers.corrections.findings:judge",
    states=(
        *(Shown(s.value, label, TONES[s.value]) for s, label in STATE_LABELS.items()),
        VOID,
    ),
    actions=(
        Action(
            "send",
            N_("Record as sent"),
            "send",
            asks=(_ON,),
            states=("open", "differs"),
            bulk=True,
            help=N_("Printing the notice does this by itself."),
        ),
        Action(
            "reply",
            N_("Enter the reply"),
            "reply",
            asks=(
                Field("by", N_("Replied by"), required=True),
                _ON,
                Field("result", N_("Result"), Kind.CHOICE, choices=RESULTS, required=True),
                Field("note", N_("What the reply says"), Kind.NOTE),
                Field(
                    "file",
                    N_("Scan of the reply"),
                    help=N_("Path of a PDF or picture; it is kept sealed."),
                ),
            ),
            states=("sent", "differs"),
        ),
        Action(
            "accept",
            N_("Accept the reply"),
            "accept",
            asks=(Field("reason", N_("Reason"), Kind.NOTE, required=True),),
            states=("differs",),
            help=N_("For what a recipient may keep, or cannot change."),
        ),
    ),
    documents=(
        Document("d10", N_("Notice of correction"), "privdesk.flows.telling:notice", personal=True),
    ),
    importable=False,
    title_field="recipient",
    sort="id",
    descending=True,
)
