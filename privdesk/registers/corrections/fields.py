"""What is recorded of a notice to a recipient (S6.6; D10)."""

from __future__ import annotations

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Document, Register
from privdesk.registers.corrections.rules import (
    RESULT_LABELS,
    ROLE_LABELS,
    STATE_LABELS,
    WHAT_LABELS,
)
from privdesk.registers.pieces import (
    ON,
    REASON,
    choices_of,
    contact,
    fact,
    person_link,
    request_link,
    states_of,
    told,
)

SLOT_BEFORE, SLOT_AFTER, SLOT_KNOWN, SLOT_BY, SLOT_NOTE, SLOT_CONTACT = 1, 2, 3, 4, 5, 6
SLOT_ACCEPTED = 7
KINDS, ROLES = choices_of(WHAT_LABELS), choices_of(ROLE_LABELS)
RESULTS = choices_of(RESULT_LABELS)
TONES = {"open": "soon", "sent": "waiting", "differs": "overdue", "answered": "kept"}


FIELDS = (
    Field(
        "recipient",
        N_("Told to"),
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
        in_table=False,
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
    person_link(),
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
    Field("provided_on", N_("Provided on"), Kind.DATE, fixed=True, in_table=False),
    contact(SLOT_CONTACT, N_("Who gets the notice, and how.")),
    Field(
        "decided_on",
        N_("Corrected on"),
        Kind.DATE,
        fixed=True,
        in_table=False,
        help=N_("Empty for today; the days for telling run from it."),
    ),
    fact("tell_by", N_("To be told by"), Kind.DATE, table=True, width=105),
    fact("sent_on", N_("Sent on"), Kind.DATE),
    fact("reply_by", N_("Reply asked by"), Kind.DATE, table=True, width=105),
    fact("replied_on", N_("Replied on"), Kind.DATE, table=True, width=105),
    told("replied_by", N_("Replied by"), SLOT_BY),
    fact("result", N_("Result"), Kind.CHOICE, choices=RESULTS, table=True, width=110),
    told("reply", N_("What the reply says"), SLOT_NOTE, Kind.NOTE, Audience.PERSONAL),
    told("accepted_why", N_("Accepted because"), SLOT_ACCEPTED, Kind.NOTE, Audience.PERSONAL),
    fact("evidence", N_("Evidence")),
)

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
    figures="privdesk.registers.corrections.figures:figures",
    states=states_of(STATE_LABELS, TONES),
    actions=(
        Action(
            "send",
            N_("Record as sent"),
            "send",
            asks=(ON,),
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
                ON,
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
            asks=(REASON,),
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
