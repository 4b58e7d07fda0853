"""How consent has to be asked for: what is told, which boxes, which routes. No Qt, no database.

Rules 4, 5 and 9, for the registers that ask (points, wordings) and the one that records.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from privdesk.core.categories import Part, Separate
from privdesk.core.errors import DomainError
from privdesk.core.fields import Choice
from privdesk.core.i18n import N_, _
from privdesk.core.register import Row

BOXES = (
    Choice(Separate.USE.value, N_("Collection and use")),
    Choice(Separate.PROVISION.value, N_("Provision to a third party")),
    Choice(Separate.OTHER_PURPOSE.value, N_("Use for another purpose")),
    Choice(Separate.SENSITIVE.value, N_("Sensitive information")),
    Choice(Separate.UNIQUE_ID.value, N_("Unique identifier")),
    Choice(Separate.MARKETING.value, N_("Marketing")),
)
BOX_LABELS = {Separate(choice.key): choice.label for choice in BOXES}

# A purpose of these has no plain use beside: their own box is the one that collects.
_INSTEAD_OF_USE = frozenset((Separate.PROVISION, Separate.OTHER_PURPOSE, Separate.MARKETING))
# These only ever come beside another box: what is held for the purpose does not stand on them.
BESIDE = frozenset((Separate.SENSITIVE, Separate.UNIQUE_ID))


class BundledConsentError(DomainError):
    """One box cannot stand for several consents that the law wants apart. Nothing was changed;
    give each its own box.
    """


def missing_parts(told: Collection[Part], *, provision: bool = False) -> tuple[Part, ...]:
    """Return what a wording fails to tell: four parts, five for a provision (rule 4)."""
    needed = [part for part in Part if provision or part is not Part.RECIPIENT]
    return tuple(part for part in needed if part not in told)


@dataclass(frozen=True)
class Box:
    """A box on a consent form: what ticking it agrees to."""

    stands_for: frozenset[Separate]
    required: bool = False


def boxes_needed(separate: Collection[Separate]) -> frozenset[Separate]:
    """Return every box that a purpose with consent needs on a form.

    ``separate`` is what the law wants apart for it. Sensitive information and unique
    identifiers come beside the plain use; a provision, another purpose and marketing are
    asked for alone.
    """
    found = frozenset(separate)
    return found if found & _INSTEAD_OF_USE else found | {Separate.USE}


def main_box(boxes: Collection[Separate]) -> Separate:
    """Return the box on which stands what is held for a purpose with these boxes.

    Plain use where the form has it, else the box that is asked for instead of it.
    """
    return next((b for b in Separate if b in boxes and b not in BESIDE), Separate.USE)


def asked_in(row: Row) -> str:
    """Return what an answer answered: the title of its purpose, and its box."""
    return told_with_box(row.titles.get("purpose", ""), str(row.values.get("box") or ""))


def told_with_box(purpose: str, box: str) -> str:
    """Return what a consent is called: its purpose, and its box where it is not plain use."""
    if box in ("", Separate.USE.value):
        return purpose
    return f"{purpose} · {_(BOX_LABELS[Separate(box)])}"


def require_separate(boxes: Iterable[Box]) -> None:
    """Refuse a form on which one box stands for consents the law wants apart (rule 5)."""
    if any(len(box.stands_for) > 1 for box in boxes):
        raise BundledConsentError


def missing_boxes(boxes: Iterable[Box], needed: Collection[Separate]) -> frozenset[Separate]:
    """Return which consents have no box of their own (rule 5)."""
    alone = {next(iter(box.stands_for)) for box in boxes if len(box.stands_for) == 1}
    return frozenset(needed) - alone


def harder_routes(collected_by: Collection[str], withdrawn_by: Collection[str]) -> frozenset[str]:
    """Return the channels that collect but take no request or withdrawal (rule 9)."""
    return frozenset(collected_by) - frozenset(withdrawn_by)
