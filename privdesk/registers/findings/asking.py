"""What a decision about a task asks for, as the small forms read it. No Qt."""

from __future__ import annotations

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Action

_REASON = Field(
    "reason", N_("Reason"), kind=Kind.NOTE, audience=Audience.OFFICE, slot=1, required=True
)
_UNTIL = Field("until", N_("Until"), kind=Kind.DATE, required=True)

PUT_OFF = Action(
    "put-off",
    N_("Put off"),
    "put_off",
    asks=(_UNTIL, _REASON),
    help=N_("It comes back on that day, at most 31 days from now. The legal day stays as it is."),
)
EXCEPT = Action(
    "except",
    N_("Ask for an exception"),
    "except_",
    asks=(_UNTIL, _REASON),
    help=N_("Another officer has to approve it; then the task is off the page until that day."),
)
REFUSE = Action(
    "refuse",
    N_("Refuse the exception"),
    "refuse_exception",
    asks=(_REASON,),
    help=N_("The task stays where it is. The journal keeps your reason."),
)
EPOCH_FOLDER = Action(
    "epoch-folder",
    N_("Confirm: left out of other backups"),
    "confirm_epoch_folder",
    help=N_(
        "The folder with the epoch secret is left out of profile backup, roaming and disk "
        "images of this account. It is recorded as a control, with your name."
    ),
)
NOT_NEEDED = Action(
    "not-needed",
    N_("Step not needed"),
    "not_needed",
    asks=(_REASON,),
    help=N_("It counts as settled. The journal keeps your reason."),
)
