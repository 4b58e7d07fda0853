"""From a wording's record to what the rules ask before it is put in force."""

from __future__ import annotations

from datetime import date

from privdesk.core.categories import Basis, Part, Separate
from privdesk.core.i18n import _
from privdesk.core.register import Row
from privdesk.registers.consenting import BOX_LABELS, boxes_needed
from privdesk.registers.desk import Desk
from privdesk.registers.wordings import rules
from privdesk.registers.wordings.canonical import LANGUAGES, texts

PART_OF = {
    "purpose": Part.PURPOSE,
    "items": Part.ITEMS,
    "retention": Part.PERIOD,
    "refusal": Part.REFUSAL,
    "recipient": Part.RECIPIENT,
}


def require_box(desk: Desk, purpose: str, box: Separate) -> None:
    """Refuse a box that a purpose does not have: nothing to agree to stands behind it."""
    purposes = desk.service("purposes")
    number = purposes.number(purpose)
    (row,) = purposes.rows([number])
    if row.values["basis"] != Basis.CONSENT.value:
        raise rules.NotByConsentError(purpose=purposes.spoken(number))
    declared = {Separate(key) for key in row.values["separate_consents"]}
    allowed = boxes_needed(purposes.separate(number)) | declared | {Separate.USE}
    if box not in allowed:
        raise rules.NoSuchBoxError(purpose=purposes.spoken(number), box=_(BOX_LABELS[box]))


def require_ready(desk: Desk, row: Row, drafted: frozenset[Separate], on: date) -> None:
    """Refuse a wording that may not be put in force yet (rules 4, 5 and 6)."""
    box = Separate(row.values["box"])
    require_box(desk, str(row.values["purpose"]), box)
    rules.require_ready(_facts(desk, row, drafted), on)


def _facts(desk: Desk, row: Row, drafted: frozenset[Separate]) -> rules.WordingFacts:
    values = row.values
    purposes = desk.service("purposes")
    told = {language: texts(values, language) for language in LANGUAGES}
    needed = boxes_needed(purposes.separate(purposes.number(values["purpose"])))
    return rules.WordingFacts(
        wording=row.ref,
        box=Separate(values["box"]),
        told={
            language: frozenset(PART_OF[name] for name in found if name in PART_OF)
            for language, found in told.items()
            if found
        },
        apart=[language for language, found in told.items() if "exempt" in found],
        ways=values["ways"],
        size=values["size"],
        rest=values["body_size"],
        alone=needed - drafted,
        exempt=_exempt(desk, str(values["point"] or "")),
    )


def _exempt(desk: Desk, point: str) -> list[str]:
    if not point:
        return []
    points, purposes = desk.service("collection-points"), desk.service("purposes")
    refs = [line.values["purpose"] for line in points.exempt(points.number(point))]
    numbers = [purposes.number(ref) for ref in refs]
    titles = purposes.titles(numbers)
    return [titles[number] for number in numbers]
