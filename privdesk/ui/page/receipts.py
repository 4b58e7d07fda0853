"""What is asked before consent receipts are written or taken in."""

from __future__ import annotations

from privdesk.core.i18n import N_
from privdesk.core.register import Action
from privdesk.ui.importing.exportpage import REASON

OUT = Action(
    "receipts-out",
    N_("Write receipts"),
    "",
    asks=(REASON,),
    help=N_(
        "The file holds personal data in the clear. It is journalled, and it has a day by which"
        " it must be destroyed."
    ),
)
IN = Action("receipts-in", N_("Take receipts in"), "", asks=(REASON,))
KINDS = N_("Consent receipts (*.json)")
