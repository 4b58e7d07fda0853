"""What can be done to a request, each with its small form."""

from __future__ import annotations

from dataclasses import replace

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action
from privdesk.registers.requests.kinds import GROUND_CHOICES, METHODS

WHAT = (
    Choice("mandate", N_("Mandate of the agent")),
    Choice("form", N_("Signed request form")),
    Choice("identity", N_("Proof of identity")),
    Choice("letter", N_("Letter")),
    Choice("evidence", N_("Evidence")),
    Choice("other", N_("Other")),
)
ANSWERED_WITH = (
    Choice("granted", N_("Granted")),
    Choice("partial", N_("Granted in part")),
    Choice("nothing", N_("Nothing held")),
    Choice("answered", N_("Question answered")),
)
_OPEN = ("received", "identified", "working", "extended")
_TOLD = ("answered", "refused", "withdrawn")
_REASON = Field("reason", N_("Reason"), Kind.NOTE, required=True)
_GROUND = Field(
    "code",
    N_("Ground"),
    Kind.CHOICE,
    choices=GROUND_CHOICES,
    help=N_("Only grounds of the request’s own kind are taken; the law’s come first."),
    clause="PIPA 35(4), 36(1), 37(2)",
)
_WHY = Field(
    "reason",
    N_("Why, as the person is told"),
    Kind.NOTE,
    help=N_("The fact and the reason; the way to object is added (PIPA 38(5))."),
)
_OBJECTION = Field(
    "objection",
    N_("Way to object"),
    Kind.NOTE,
    help=N_("Empty for the usual one: to the chief privacy officer, and where else to turn."),
    clause="PIPA 38(5)",
)
_PARTLY, _LIMITED = (("result", ("partial",)),), (("result", ("partial", "refused")),)
_FILE = Field("file", N_("File"), required=True, picks="open")

ACTIONS = (
    Action(
        "identify",
        N_("Identity checked"),
        "privdesk.flows.identifying:act",
        asks=(
            Field(
                "method",
                N_("How"),
                Kind.CHOICE,
                required=True,
                choices=METHODS,
                help=N_("What to say and to look at stands here once you choose."),
            ),
            Field(
                "said",
                N_("What the caller says"),
                Kind.NOTE,
                Audience.PERSONAL,
                slot=1,
                help=N_(
                    "A line for each item, such as “Telephone: 5678”; it is compared with what is"
                    " on file, which is not shown. What is said is not kept."
                ),
            ),
            Field(
                "note",
                N_("What was checked"),
                Kind.NOTE,
                help=N_("What was compared, never the values themselves."),
            ),
        ),
        states=("received",),
        help=N_("Nothing is done in a case before it is clear who asks."),
    ),
    Action("start", N_("Start work"), "start", states=("received", "identified"), bulk=True),
    Action(
        "extend",
        N_("Extend the term"),
        "extend",
        asks=(Field("until", N_("Until"), Kind.DATE, required=True), _REASON),
        states=_OPEN,
        help=N_("The person is told the reason before the term is over; print the notice."),
    ),
    Action(
        "answer",
        N_("Record the answer"),
        "answer",
        asks=(
            Field("result", N_("Result"), Kind.CHOICE, required=True, choices=ANSWERED_WITH),
            Field("text", N_("Answer, as the person is told"), Kind.NOTE),
            replace(_GROUND, label=N_("Ground for what is not granted"), shown_for=_PARTLY),
            replace(_WHY, shown_for=_PARTLY),
        ),
        states=_OPEN,
        help=N_(
            "Then print the letter. It names the places that have not confirmed yet; where it can"
            " wait, wait for them."
        ),
    ),
    Action(
        "refuse",
        N_("Refuse"),
        "refuse",
        asks=(replace(_GROUND, required=True), replace(_WHY, required=True), _OBJECTION),
        states=_OPEN,
        danger=True,
        help=N_("The person gets a notice with the fact, the reason and the way to object."),
    ),
    Action(
        "take-back",
        N_("Take the answer back"),
        "privdesk.registers.requests.mending:act_take_back",
        asks=(_REASON,),
        states=("answered", "refused"),
        help=N_("Until a letter has told it. The case is open again, due on its day as before."),
    ),
    Action(
        "put-right",
        N_("Put the answer right"),
        "privdesk.registers.requests.mending:act_put_right",
        asks=(
            Field(
                "because",
                N_("Why the letter was wrong"),
                Kind.NOTE,
                required=True,
                help=N_("Stands on the corrected letter."),
            ),
            Field(
                "result",
                N_("Result"),
                Kind.CHOICE,
                required=True,
                choices=(*ANSWERED_WITH, Choice("refused", N_("Turned down"))),
            ),
            Field("text", N_("Answer, as the person is told"), Kind.NOTE),
            replace(_GROUND, label=N_("Ground for what is not granted"), shown_for=_LIMITED),
            replace(_WHY, shown_for=_LIMITED),
        ),
        states=("answered", "refused"),
        help=N_("Once a letter has told it: another answer in its place, for a corrected letter."),
    ),
    Action(
        "hand-over",
        N_("Hand over to a colleague"),
        "hand_over",
        asks=(
            Field("to", N_("Colleague"), Kind.LINK, links_to="staff", required=True),
            replace(_REASON, required=False),
        ),
        states=(*_OPEN, *_TOLD),
        bulk=True,
    ),
    Action("attach", N_("Attach a file"), "attach",
           asks=(
               _FILE,
               Field("what", N_("What it is"), Kind.CHOICE, choices=WHAT, default="other"),
           ),
           states=(*_OPEN, *_TOLD, "closed"),
           help=N_("Sealed with the case’s own keys; a mandate counts as on file from then on.")),
    Action(
        "withdraw",
        N_("The person takes it back"),
        "withdraw",
        asks=(_REASON,),
        states=_OPEN,
    ),
    Action(
        "close",
        N_("Close the case"),
        "close",
        states=_TOLD,
        bulk=True,
        help=N_("From here the file of the case is kept for its own period."),
    ),
    Action(
        "expunge",
        N_("Destroy the case’s file"),
        "expunge",
        states=("closed",),
        bulk=True,
        danger=True,
        help=N_("Once its own period is over: number, kind and days stay, all else is destroyed."),
    ),
)  # fmt: skip

ENCLOSURE_ACTIONS = (
    Action(
        "take-out",
        N_("Take out"),
        "take_out",
        asks=(replace(_FILE, picks="save", label=N_("Save as")),),
        states=("active",),
        help=N_("Leaves the vault in the clear; it is destroyed by its day."),
    ),
    Action(
        "remove",
        N_("Remove"),
        "remove",
        asks=(_REASON,),
        states=("active",),
        danger=True,
        help=N_("For a file attached by mistake: it is destroyed."),
    ),
)
