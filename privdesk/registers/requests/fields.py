"""The declaration of the requests: what people ask of the office, and until when."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Register, State

KINDS = (
    Choice("access", N_("Access")),
    Choice("copy", N_("Copy")),
    Choice("correction", N_("Correction")),
    Choice("deletion", N_("Deletion")),
    Choice("suspension", N_("Suspension")),
    Choice("withdrawal", N_("Withdrawal of consent")),
    Choice("objection", N_("Objection")),
    Choice("source", N_("Source of the data")),
    Choice("inquiry", N_("Inquiry")),
    Choice("infringement", N_("Infringement report")),
    Choice("automated", N_("Automated decision")),
    Choice("transmission", N_("Transmission")),
    Choice("mediation", N_("Mediation")),
)
CHANNELS = (
    Choice("phone", N_("By telephone")),
    Choice("email", N_("By e-mail")),
    Choice("fax", N_("By fax")),
    Choice("post", N_("By post")),
    Choice("visit", N_("In person")),
)
ASKERS = (
    Choice("person", N_("The person")),
    Choice("agent", N_("An agent")),
)
METHODS = (
    Choice("questions", N_("Questions about the record")),
    Choice("callback", N_("Call back to the number on file")),
    Choice("document", N_("Identity document")),
    Choice("login", N_("Signed in at the web site")),
)
METHOD = Field("method", N_("How identity was checked"), Kind.CHOICE, choices=METHODS)

FIELDS = (
    Field("kind", N_("Kind"), Kind.CHOICE, required=True, fixed=True, choices=KINDS),
    Field("subject", N_("Data subject"), Kind.LINK, links_to="subjects", width=140),
    Field("channel", N_("Channel"), Kind.CHOICE, choices=CHANNELS),
    Field("by", N_("Asked by"), Kind.CHOICE, choices=ASKERS),
    Field("received_at", N_("Received at"), Kind.MOMENT, computed=True),
    Field("due_on", N_("Due on"), Kind.DATE, computed=True),
    Field("method", METHOD.label, Kind.CHOICE, choices=METHODS, computed=True),
    Field("caller", N_("Caller’s name"), Kind.NAME, Audience.PERSONAL, slot=1, in_table=False),
    Field("call_back", N_("Call-back number"), Kind.PHONE, Audience.PERSONAL, slot=2,
          in_table=False),
)  # fmt: skip

REGISTER = Register(
    name="requests",
    title=N_("Requests"),
    singular=N_("Request"),
    prefix="R",
    group="people",
    why=N_("What people ask of the office; the law sets the day of the answer."),
    clause="S6.3",
    fields=FIELDS,
    model="privdesk.registers.requests.model:Request",
    service="privdesk.registers.requests.service:Requests",
    rules="privdesk.registers.requests.findings:judge",
    states=(
        State("received", N_("Received"), "soon"),
        State("identified", N_("Identity checked"), "plain"),
        State("working", N_("In work"), "plain"),
        State("extended", N_("Extended"), "waiting"),
        State("answered", N_("Answered"), "kept"),
        State("refused", N_("Refused"), "plain"),
        State("withdrawn", N_("Taken back"), "plain"),
        State("closed", N_("Closed"), "kept"),
    ),
    actions=(
        Action("identify", N_("Identity checked"), "identify", asks=(METHOD,),
               states=("received",)),
    ),
    creatable=False,
    importable=False,
    sort="due_on",
)  # fmt: skip
