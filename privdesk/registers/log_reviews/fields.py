"""What is recorded of a review of the access log (rules 51 to 54)."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, ReadyView, Register, State
from privdesk.registers.log_reviews.rules import OUTCOMES, Outcome
from privdesk.registers.notes import note
from privdesk.registers.pieces import choices_of, fact, told
from privdesk.registers.states import VOID

SLOT_BY_PERSON, SLOT_WORDS, SLOT_FOLLOW_UP, SLOT_RESULT, SLOT_NOTE = range(1, 6)
WHO = ("officer", "manager")
"""Who reviews: somebody of the office; an auditor countersigns and reads."""

_FOLLOW_UP = Field(
    "follow_up",
    N_("What is to be done"),
    Kind.NOTE,
    Audience.OFFICE,
    slot=SLOT_FOLLOW_UP,
    help=N_("Only where something is to be done; then with a person and a day."),
)
_OWNER = Field("owner", N_("Person in charge"), Kind.LINK, links_to="staff", width=120)
_DUE = Field("due", N_("Due on"), Kind.DATE, width=105)
_CONCLUSION = Field(
    "outcome", N_("Conclusion"), Kind.CHOICE, choices=choices_of(OUTCOMES), width=160
)
_WORDS = Field(
    "words",
    N_("What was looked at, and the opinion"),
    Kind.NOTE,
    Audience.OFFICE,
    slot=SLOT_WORDS,
    required=True,
    help=N_("Signed with your key as an entry of the journal."),
)


def _stored(field: Field) -> Field:
    """Return a field that is asked when the review is signed, as the record keeps it."""
    return replace(field, computed=True, in_form=False, required=False, in_table=False)


def _count(name: str, label: str, *, table: bool = True) -> Field:
    return fact(name, label, Kind.INTEGER, table=table, width=80)


FIELDS = (
    Field(
        "first",
        N_("From"),
        Kind.DATE,
        fixed=True,
        width=105,
        ends="last",
        help=N_("Both empty: the oldest month that is still to be reviewed."),
    ),
    Field("last", N_("To"), Kind.DATE, fixed=True, width=105),
    fact("reviewer", N_("Reviewer"), table=True, width=120),
    _count("looks", N_("Looks")),
    _count("searches", N_("Searches"), table=False),
    _count("exports", N_("Exports")),
    _count("prints", N_("Prints")),
    _count("refused", N_("Refused"), table=False),
    _count("people", N_("People in the access log"), table=False),
    _count("unusual", N_("Unusual")),
    _count("unexplained", N_("Not explained")),
    fact("alone", N_("Nobody but the reviewer had access"), Kind.FLAG),
    told("by_person", N_("By person"), SLOT_BY_PERSON, Kind.NOTE),
    _count("upto", N_("Journal checked up to entry"), table=False),
    _count("faults", N_("Faults of the journal"), table=False),
    replace(_stored(_CONCLUSION), in_table=True),
    _stored(_WORDS),
    _stored(_FOLLOW_UP),
    _stored(_OWNER),
    _stored(_DUE),
    fact("concluded_on", N_("Signed on"), Kind.DATE, table=True, width=105),
    fact("countersigner", N_("Countersigned by")),
    fact("countersigned_on", N_("Countersigned on"), Kind.DATE),
    told("result", N_("What was done"), SLOT_RESULT, Kind.NOTE),
    fact("settled_on", N_("Done on"), Kind.DATE),
    note(SLOT_NOTE),
)

REGISTER = Register(
    name="log-reviews",
    title=N_("Access log reviews"),
    singular=N_("Review of the access log"),
    prefix="LR",
    group="journal",
    why=N_("Each month somebody looks through who saw, printed or exported what, and signs it."),
    clause="S8.1",
    fields=FIELDS,
    model="privdesk.registers.log_reviews.model:LogReview",
    service="privdesk.registers.log_reviews.service:LogReviews",
    rules="privdesk.registers.log_reviews.findings:judge",
    figures="privdesk.registers.log_reviews.figures:figures",
    states=(
        State("open", N_("being reviewed"), "soon"),
        State("follow-up", N_("something to be done"), "waiting"),
        State("done", N_("signed"), "kept", ended=True),
        VOID,
    ),
    children=(Child("log-marks", N_("Unusual things"), "review"),),
    actions=(
        Action(
            "count",
            N_("Look through the log again"),
            "count",
            states=("open",),
            roles=WHO,
            help=N_("What was explained stays explained as long as nothing was added to it."),
        ),
        Action(
            "conclude",
            N_("Check the journal and sign"),
            "conclude",
            asks=(replace(_CONCLUSION, required=True), _WORDS, _FOLLOW_UP, _OWNER, _DUE),
            states=("open",),
            roles=WHO,
            help=N_("The whole journal is recomputed first; that can take a little while."),
        ),
        Action(
            "countersign",
            N_("Countersign"),
            "countersign",
            states=("follow-up", "done"),
            where=(("countersigned_on", (None,)),),
            roles=(*WHO, "auditor"),
            help=N_("By somebody else than the reviewer, who may have been alone with the data."),
        ),
        Action(
            "settle",
            N_("Enter as done"),
            "settle",
            asks=(
                Field("result", N_("What was done"), Kind.NOTE, Audience.OFFICE,
                      slot=SLOT_RESULT, required=True),
            ),
            states=("follow-up",),
            roles=WHO,
        ),
    ),
    documents=(
        Document(
            "log-review", N_("Review of the access log"), "privdesk.flows.logreviewing:paper"
        ),
    ),
    views=(
        ReadyView(N_("To be signed"), (("state", ("open",)),)),
        ReadyView(N_("Something to be done"), (("outcome", (Outcome.FOLLOW_UP.value,)),)),
    ),
    begin=N_("Review a month"),
    importable=False,
    void_states=("open",),
    help="journal",
    title_field="first",
    sort="last",
    descending=True,
)  # fmt: skip
