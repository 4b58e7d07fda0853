"""Which items may be collected at all. No Qt, no database, no clock."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from privdesk.core.categories import Category
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.core.residents import called_so


class ResidentNumberError(DomainError):
    """“{item}” is a resident registration number, which may only be collected where a statute says
    so (PIPA 24-2). Nothing was changed; name the statute and article, or choose another item.
    """


class UncategorisedItemError(DomainError):
    """“{item}” is called like a resident registration number (rule 7; PIPA 24-2). Nothing was
    changed; give it that category with the statute and article, or another name.
    """


class UnmappedItemError(DomainError):
    """No purpose of this file needs “{item}”, so it may not be collected (PIPA 3(1), 16(1)).
    Nothing was changed; leave it out or add it to a purpose first.
    """


@dataclass(frozen=True)
class ItemFacts:
    """What the rules need of an item."""

    ref: str
    name: str
    category: Category = Category.ORDINARY
    in_policy: bool = True  # the privacy policy names it
    for_age_check: bool = False  # a date of birth that an age gate needs
    who: str = ""


def require_statute(name: str, category: Category, statute: str) -> None:
    """Refuse a resident number without statute and article (rule 7)."""
    if category is Category.RESIDENT_NUMBER and not statute.strip():
        raise ResidentNumberError(item=name)


def require_category(names: Iterable[str], category: Category) -> None:
    """Refuse an item that is called like a resident number and is said to be something else."""
    known = [name for name in names if name]
    if category is not Category.RESIDENT_NUMBER and called_so(*known):
        raise UncategorisedItemError(item=known[0])


def require_mapped(collected: Iterable[str], needed: Collection[str]) -> None:
    """Refuse to collect an item that no purpose needs (S1.1)."""
    for item in collected:
        if item not in needed:
            raise UnmappedItemError(item=item)


def judge(item: ItemFacts, purposes: int, values: int = 0) -> tuple[Finding, ...]:
    """Return the findings on an item that ``purposes`` purposes need.

    ``values`` is the number of people a value of it is kept for: an item that nobody
    needs is a breach only where it is really kept.
    """
    found = []
    if purposes == 0:
        found.append(_needless(item, values))
    if not item.in_policy and not item.for_age_check:
        found.append(_unnamed(item))
    return tuple(found)


def _needless(item: ItemFacts, values: int) -> Finding:
    return finding(
        "S1.1",
        "items",
        item.ref,
        what=N_("No purpose needs the item “{item}”."),
        do=N_("Add “{item}” to the purpose that needs it, or stop collecting and destroy it."),
        severity=Severity.BREACH if values else Severity.WARNING,
        values={"item": item.name},
        count=max(values, 1),
        who=item.who,
    )


def _unnamed(item: ItemFacts) -> Finding:
    return finding(
        "S1.2",
        "items",
        item.ref,
        what=N_("The privacy policy does not name the item “{item}”."),
        do=N_("Name “{item}” in the next version of the policy, or stop collecting it."),
        severity=Severity.WARNING,
        values={"item": item.name},
        who=item.who,
    )
