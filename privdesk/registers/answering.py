"""What can be done to a request beside its letters: orders, corrections, deletions, the answer.

The requests take these into their own declaration; the flows they name cross registers.
"""

from __future__ import annotations

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action, Child, Document

READY = ("identified", "working", "extended")
TOLD = ("answered", "refused", "withdrawn")
_DATA = ("access", "copy", "source", "transmission", "automated")
_ITEMS = Field(
    "items",
    N_("Items"),
    Kind.LINKS,
    links_to="items",
    help=N_("Empty for everything that the request is about."),
)
_BY = Field(
    "reply_by",
    N_("Reply by"),
    Kind.DATE,
    help=N_("Empty for the office’s own term, which ends before the request is due."),
)
_REASON = Field("reason", N_("Reason"), Kind.NOTE, required=True)

ACTIONS = (
    Action(
        "orders",
        N_("Draw up orders"),
        "privdesk.flows.answering:draw_up",
        asks=(_ITEMS, _BY),
        states=READY,
        where=(("kind", _DATA),),
        help=N_("Each place that holds the person’s data is asked to send what it holds."),
    ),
    Action(
        "correct",
        N_("Freeze and order the correction"),
        "privdesk.flows.correcting:draw_up",
        asks=(
            Field(
                "after",
                N_("How it should be"),
                Kind.NOTE,
                Audience.PERSONAL,
                slot=1,
                required=True,
                help=N_("A line for each item, such as “E-mail: name@example.com”."),
            ),
            _BY,
        ),
        states=READY,
        where=(("kind", ("correction",)),),
        help=N_("What is disputed is frozen until the vault and every place have corrected it."),
    ),
    Action(
        "amend",
        N_("Correct the vault, tell recipients"),
        "privdesk.flows.correcting:correct",
        states=READY,
        where=(("kind", ("correction",)),),
        danger=True,
        help=N_("The values ordered replace the old ones, which get a new key."),
    ),
    Action(
        "delete",
        N_("Delete what may go"),
        "privdesk.flows.deleting:act",
        asks=(_ITEMS,),
        states=READY,
        where=(("kind", ("deletion",)),),
        danger=True,
        help=N_(
            "Exactly this person’s holdings go into a destruction request. What another law keeps"
            " stays apart; where it keeps all, the request is refused with that law."
        ),
    ),
    Action(
        "end-consents",
        N_("Withdraw the consents"),
        "privdesk.flows.withdrawing:act",
        asks=(
            Field(
                "purposes",
                N_("Purposes"),
                Kind.LINKS,
                links_to="purposes",
                help=N_("Empty for those of the request, or for every consent in force."),
            ),
            Field(
                "consents",
                N_("Consents"),
                Kind.LINKS,
                links_to="consents",
                help=N_("Only these, where not every box of a purpose ends."),
            ),
        ),
        states=READY,
        where=(("kind", ("withdrawal",)),),
        danger=True,
        help=N_(
            "What is held on these consents goes into a destruction request; what another law"
            " keeps is marked with its article. Then print the confirmation."
        ),
        plan="consents",
    ),
    Action(
        "suspend",
        N_("Freeze until decided"),
        "privdesk.flows.correcting:freeze",
        asks=(_ITEMS,),
        states=READY,
        where=(("kind", ("suspension", "objection")),),
        help=N_("Neither used nor passed on, here and in the places, until the result."),
    ),
    Action(
        "resume",
        N_("Release what is frozen"),
        "privdesk.flows.correcting:release",
        asks=(_REASON,),
        states=(*READY, *TOLD),
        where=(("kind", ("suspension", "objection", "correction")),),
    ),
    Action(
        "compose",
        N_("Compose answer"),
        "privdesk.flows.annex:rehearse",
        states=(*READY, "answered"),
        where=(("kind", _DATA),),
        paper="annex",
        help=N_("Everything that is held, as the person gets it; the preview counts as a look."),
    ),
    Action(
        "encrypt",
        N_("Answer as an encrypted file"),
        "privdesk.flows.handing:act",
        asks=(
            Field("file", N_("Write to"), required=True, picks="save"),
            Field(
                "language",
                N_("Language"),
                Kind.CHOICE,
                choices=(Choice("ko", N_("Korean")), Choice("en", N_("English"))),
                help=N_("Empty for the person’s own."),
            ),
        ),
        states=(*READY, "answered"),
        where=(("kind", _DATA),),
        help=N_("The passphrase is shown once; give it by another way than the file."),
    ),
)
CHILDREN = (Child("retrievals", N_("What places were told"), "request"),)
DOCUMENTS = (
    Document(
        "annex",
        N_("Access annex"),
        "privdesk.flows.annex:annex",
        personal=True,
        where=(("kind", _DATA),),
    ),
)
