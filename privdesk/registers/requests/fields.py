"""The declaration of the requests (stand-in)."""

from __future__ import annotations

from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Register, State
from privdesk.registers.answering import ACTIONS, CHILDREN, DOCUMENTS

KINDS = (
    Choice("access", N_("Access")),
    Choice("copy", N_("Copy")),
    Choice("correction", N_("Correction")),
    Choice("deletion", N_("Deletion")),
    Choice("suspension", N_("Suspension")),
    Choice("withdrawal", N_("Withdrawal")),
    Choice("objection", N_("Objection")),
    Choice("source", N_("Source of data")),
    Choice("transmission", N_("Transmission")),
)

REGISTER = Register(
    name="requests",
    title=N_("Requests"),
    singular=N_("Request"),
    prefix="R",
    group="people",
    why=N_("Whoever asks what is held, or to have it put right, is answered in time."),
    clause="S6.2",
    fields=(
        Field("kind", N_("Kind"), Kind.CHOICE, choices=KINDS, computed=True, in_form=False),
        Field(
            "subject",
            N_("Data subject"),
            Kind.LINK,
            links_to="subjects",
            computed=True,
            in_form=False,
        ),
        Field("received_at", N_("Received"), Kind.MOMENT, computed=True, in_form=False),
        Field("due_on", N_("Due on"), Kind.DATE, computed=True, in_form=False),
    ),
    model="privdesk.registers.requests.model:Request",
    states=(
        State("received", N_("Received"), "soon"),
        State("identified", N_("Identified"), "soon"),
        State("working", N_("Being worked on"), "waiting"),
        State("extended", N_("Extended"), "waiting"),
        State("answered", N_("Answered"), "kept"),
        State("refused", N_("Refused"), "plain"),
        State("withdrawn", N_("Taken back"), "plain"),
        State("closed", N_("Closed"), "kept"),
    ),
    children=CHILDREN,
    actions=ACTIONS,
    documents=DOCUMENTS,
    creatable=False,
    importable=False,
    sort="due_on",
)
