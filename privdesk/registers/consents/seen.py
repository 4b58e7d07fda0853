"""The wording an answer was given to: which one is meant, and whether it can have been seen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from privdesk.core import references
from privdesk.core.categories import Separate
from privdesk.core.i18n import N_, _
from privdesk.registers.checking import refuse, value_of
from privdesk.registers.consenting import BOX_LABELS
from privdesk.registers.consents.refusals import (
    WordingNotUsedError,
    WordingOfAnotherBoxError,
    WordingOfAnotherError,
)
from privdesk.registers.desk import Desk

if TYPE_CHECKING:
    from privdesk.registers.consents.service import Consents

UNKNOWN_WORDING = N_(
    "this purpose has no wording with that version, reference or SHA-256; enter the wording first,"
    " or leave the column empty."
)
SEVERAL_WORDINGS = N_("several wordings of this purpose are meant; give the reference.")


def meant(service: Consents, values: Mapping[str, Any]) -> str:
    """Return the reference of the wording that a text means, within the purpose if given."""
    text, wordings = str(values["wording"]), service.desk.service("wordings")
    number = wordings.reference(text)
    if number is None:
        of = values.get("purpose")
        purpose = value_of(service.desk, service.field("purpose"), of) if of else ""
        found = wordings.meant(
            text,
            references.number(purpose) if purpose else None,
            _box(service, values.get("box")),
        )
        if len(found) != 1:
            cause = SEVERAL_WORDINGS if found else UNKNOWN_WORDING
            refuse(service.field("wording"), text, _(cause))
        number = found[0]
    return service.desk.ref("wordings", number)


def _box(service: Consents, told: Any) -> str:
    return str(value_of(service.desk, service.field("box"), told) or "") if told else ""


def require_seen(desk: Desk, wording: int, purpose: int, box: str, at: date) -> None:
    """Refuse a wording that an answer to a box of a purpose on a day cannot have been given to."""
    (row,) = desk.service("wordings").rows([wording])
    if row.values["purpose"] != desk.ref("purposes", purpose):
        spoken = desk.service("purposes").spoken(purpose)
        raise WordingOfAnotherError(wording=row.ref, purpose=spoken)
    if row.values["box"] != box:
        raise WordingOfAnotherBoxError(wording=row.ref, box=_(BOX_LABELS[Separate(box)]))
    if row.state not in ("used", "replaced") or row.values["effective"] > at:
        raise WordingNotUsedError(wording=row.ref, day=at)
