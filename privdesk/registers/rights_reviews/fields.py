"""What is recorded of a review of access rights (S8.2①), and the registers' declarations."""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document, ReadyView, Register, State
from privdesk.registers.notes import note
from privdesk.registers.pieces import ON, REASON, fact
from privdesk.registers.states import VOID

SLOT_REVIEWER, SLOT_NOTE = 1, 2
OPEN, DONE = "open", "done"
KEPT, CHANGED, REVOKED = "kept", "changed", "revoked"
DECIDED = (KEPT, CHANGED, REVOKED)
"""What can be decided on a right; ``OPEN`` while nothing is."""
LEVELS = (
    Choice("look", N_("Look up")),
    Choice("change", N_("Enter and change")),
    Choice("export", N_("Print and download")),
    Choice("admin", N_("Manage the system")),
)
WHYS = (
    Choice("needless", N_("no longer needed")),
    Choice("moved", N_("other work")),
    Choice("left", N_("has left")),
    Choice("abused", N_("used wrongly")),
)
_REVIEWER = Field(
    "reviewer",
    N_("Reviewing owner"),
    Kind.NAME,
    Audience.OFFICE,
    slot=SLOT_REVIEWER,
    width=110,
    aliases=("점검자", "시스템 책임자"),
    help=N_("The system’s owner, who says which rights the work still needs."),
)


def _count(name: str, label: str) -> Field:
    return fact(name, label, Kind.INTEGER, table=True, width=75)


FIELDS = (
    Field("title", N_("Access review"), computed=True, in_form=False, in_table=False, width=220),
    Field(
        "place",
        N_("System"),
        Kind.LINK,
        links_to="places",
        required=True,
        fixed=True,
        width=180,
        aliases=("system", "시스템", "시스템명"),
        help=N_("All rights in force there are put on the review."),
        clause="S8.2①",
    ),
    fact("begun_on", N_("Begun on"), Kind.DATE, table=True, width=105),
    _REVIEWER,
    _count("rights", N_("Rights")),
    _count("kept", N_("Rights kept")),
    _count("changed", N_("Changed")),
    _count("revoked", N_("Revoked")),
    _count("undecided", N_("Not decided")),
    fact("done_on", N_("Closed on"), Kind.DATE),
    fact("next_due", N_("Next review by"), Kind.DATE, table=True, width=105),
    note(SLOT_NOTE),
)

REGISTER = Register(
    name="rights-reviews",
    title=N_("Access reviews"),
    singular=N_("Access review"),
    prefix="AR",
    group="staff",
    why=N_("Twice a year each system’s owner says which rights the work still needs."),
    clause="S8.2①",
    fields=FIELDS,
    model="privdesk.registers.rights_reviews.model:RightsReview",
    service="privdesk.registers.rights_reviews.service:RightsReviews",
    states=(
        State(OPEN, N_("under way"), "waiting"),
        State(DONE, N_("reviewed"), "kept", ended=True),
        VOID,
    ),
    actions=(
        Action(
            "keep-rest",
            N_("Keep all that is left"),
            "keep_rest",
            asks=(ON,),
            states=(OPEN,),
            help=N_("Every right on which nothing is decided yet is still needed."),
        ),
        Action(
            "close",
            N_("Close the review"),
            "close",
            asks=(Field("by", N_("Reviewing owner"), help=N_("Empty for the one entered.")), ON),
            states=(OPEN,),
            help=N_("Once every right is kept, changed or revoked."),
        ),
    ),
    documents=(
        Document(
            "rights-reviewed",
            N_("Record of an access review"),
            "privdesk.flows.reviewing:record",
        ),
    ),
    children=(Child("reviewed-rights", N_("Rights"), "review"),),
    views=(
        ReadyView(N_("Under way"), (("state", (OPEN,)),)),
        ReadyView(N_("Reviewed"), (("state", (DONE,)),)),
    ),
    void_states=(OPEN,),
    importable=False,
    begin=N_("Begin a review"),
    help="access-rights",
    title_field="title",
    sort="begun_on",
    descending=True,
)

RIGHTS = Register(
    name="reviewed-rights",
    title=N_("Reviewed rights"),
    singular=N_("Reviewed right"),
    prefix="AW",
    group="staff",
    why=N_("What was decided on each right; it begins with the review of a system."),
    clause="S8.2①",
    fields=(
        Field("who", N_("Whose right"), computed=True, in_form=False, width=170),
        Field("account", N_("Account"), computed=True, in_form=False, width=120),
        fact("level", N_("What may be done"), Kind.CHOICE, choices=LEVELS, table=True, width=140),
        Field(
            "access",
            N_("Access right"),
            Kind.LINK,
            links_to="access-rights",
            computed=True,
            in_form=False,
            width=120,
        ),
        Field(
            "review",
            N_("Access review"),
            Kind.LINK,
            links_to="rights-reviews",
            computed=True,
            in_form=False,
            width=200,
        ),
        fact("decided_on", N_("Decided on"), Kind.DATE, table=True, width=105),
    ),
    model="privdesk.registers.rights_reviews.model:ReviewedRight",
    service="privdesk.registers.rights_reviews.service:ReviewedRights",
    states=(
        State(OPEN, N_("not decided"), "waiting"),
        State(KEPT, N_("still needed"), "kept", ended=True),
        State(CHANGED, N_("changed"), "plain", ended=True),
        State(REVOKED, N_("revoked"), "plain", ended=True),
    ),
    actions=(
        Action("keep", N_("Still needed"), "keep", asks=(ON,), states=(OPEN,), bulk=True),
        Action(
            "change",
            N_("Change the right"),
            "change",
            asks=(
                Field("level", N_("What may be done"), Kind.CHOICE, choices=LEVELS, required=True),
                REASON,
                Field("approver", N_("Approved by"), required=True),
                ON,
            ),
            states=(OPEN,),
            bulk=True,
            help=N_("The right until now stays in the history; the new one takes its place."),
        ),
        Action(
            "revoke",
            N_("Revoke"),
            "revoke",
            asks=(
                Field("why", N_("Why it ended"), Kind.CHOICE, choices=WHYS, default="needless"),
                Field("by", N_("Ended by"), help=N_("Who did it in the system; empty for you.")),
                ON,
            ),
            states=(OPEN,),
            bulk=True,
            help=N_("Enter it once the system no longer lets the person in."),
        ),
    ),
    views=(ReadyView(N_("Not decided yet"), (("state", (OPEN,)),)),),
    creatable=False,
    importable=False,
    void_states=(),
    help="access-rights",
    aside=True,
    sort="id",
)
