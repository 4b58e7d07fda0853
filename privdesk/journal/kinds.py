"""What kinds of entry there are: looks, searches, what went out, what was refused, and the rest."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum

from privdesk.core.i18n import N_
from privdesk.journal.actions import ACTIONS


class What(Enum):
    """Which kind an entry is of; the value is what filters name."""

    LOOK = "look"
    SEARCH = "search"
    EXPORT = "export"
    PRINT = "print"
    REFUSED = "refused"
    OPENED = "opened"
    CHANGE = "change"


LABELS: Mapping[What, str] = {
    What.LOOK: N_("Look at personal data"),
    What.SEARCH: N_("Search"),
    What.EXPORT: N_("Export"),
    What.PRINT: N_("Print"),
    What.REFUSED: N_("Refused attempt"),
    What.OPENED: N_("Opening of the vault"),
    What.CHANGE: N_("Change"),
}
_OF = {
    "record.looked": What.LOOK,
    "request.compared": What.LOOK,
    "record.searched": What.SEARCH,
    "export.made": What.EXPORT,
    "answer.encrypted": What.EXPORT,
    "document.issued": What.PRINT,
    "document.reprinted": What.PRINT,
    "pledge.printed": What.PRINT,
    "vault.refused": What.REFUSED,
    "access.denied": What.REFUSED,
    "vault.opened": What.OPENED,
}
ACCESS = tuple(one for one in What if one is not What.CHANGE)
"""The kinds that make up the access log (Safeguards art. 8)."""


def kind_of(action: str) -> What:
    """Return the kind of an entry by its action."""
    return _OF.get(action, What.CHANGE)


def actions_of(*kinds: What) -> tuple[str, ...]:
    """Return the actions whose entries are of one of these kinds."""
    return tuple(action for action in ACTIONS if kind_of(action) in kinds)
