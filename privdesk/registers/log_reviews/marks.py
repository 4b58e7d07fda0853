"""What a review of the access log found unusual: each with its entries and its explanation."""

from __future__ import annotations

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, ReadyView, Register, State
from privdesk.registers.log_reviews.fields import WHO
from privdesk.registers.log_reviews.rules import LABELS
from privdesk.registers.pieces import choices_of, fact, told
from privdesk.registers.states import VOID

SLOT_EXPLANATION, SLOT_BY = 1, 2

REGISTER = Register(
    name="log-marks",
    title=N_("Unusual things in the access log"),
    singular=N_("Unusual thing in the access log"),
    prefix="LM",
    group="journal",
    why=N_("A review finds what is unusual by itself; somebody looks at it and says what it was."),
    clause="S8.1",
    fields=(
        Field("review", N_("Review of the access log"), Kind.LINK, links_to="log-reviews",
              computed=True, in_form=False, width=120),
        fact("on", N_("Date"), Kind.DATE, table=True, width=105),
        fact("kind", N_("What is unusual"), Kind.CHOICE, table=True, width=230,
             choices=choices_of(LABELS)),
        fact("who", N_("Person"), table=True, width=120),
        fact("count", N_("How many"), Kind.INTEGER, table=True, width=80),
        fact("numbers", N_("Entries")),
        fact("short", N_("In short")),
        Field("explanation", N_("What it was"), Kind.NOTE, Audience.OFFICE, slot=SLOT_EXPLANATION,
              computed=True, in_form=False, width=220),
        told("explained_by", N_("Explained by"), SLOT_BY),
    ),
    model="privdesk.registers.log_reviews.model:LogMark",
    service="privdesk.registers.log_reviews.marking:LogMarks",
    states=(
        State("open", N_("to be looked at"), "soon"),
        State("explained", N_("explained"), "kept", ended=True),
        VOID,
    ),
    actions=(
        Action(
            "look",
            N_("Show the entries"),
            "look",
            roles=(*WHO, "auditor"),
            help=N_("Opens the journal at exactly these entries."),
        ),
        Action(
            "explain",
            N_("Say what it was"),
            "explain",
            asks=(
                Field("explanation", N_("What it was"), Kind.NOTE, Audience.OFFICE,
                      slot=SLOT_EXPLANATION, required=True,
                      help=N_("Ask the person, look at the case; name no data subject.")),
            ),
            bulk=True,
            roles=WHO,
        ),
    ),
    views=(ReadyView(N_("To be looked at"), (("state", ("open",)),)),),
    creatable=False,
    importable=False,
    void_states=(),
    aside=True,
    help="journal",
    title_field="short",
    sort="on",
)  # fmt: skip
