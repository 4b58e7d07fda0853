"""The public list of processors: what it says, what changed, when it has to be posted anew.

Decree 28(2): the list is posted on the web site continuously (rule 29). No Qt, no database.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from datetime import date
from hashlib import sha256
from typing import Any

from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_

REGISTER = "publications"
LABELS = {
    "processor": N_("Processor"),
    "parent": N_("Sub-processor of"),
    "subs": N_("Sub-processors"),
    "work": N_("Work consigned"),
    "scope": N_("Scope"),
    "items": N_("Items"),
    "since": N_("Contract from"),
    "until": N_("Contract until"),
    "contact": N_("Public contact"),
    "marketing": N_("Marketing"),
    "country": N_("Country it goes to"),
}
"""What of a line is compared, in the order it is told."""


class NothingConsignedError(DomainError):
    """No work is consigned to anybody and no list is posted, so there is none to publish. Nothing
    was changed; enter the works first.
    """


class SameListError(DomainError):
    """The list says the same as {ref}, so there is nothing new to publish. Nothing was changed;
    post that one.
    """


class PostedLaterError(DomainError):
    """{day} is still to come. Nothing was changed; record the posting on that day."""


class PostedEarlierError(DomainError):
    """The list was drawn up on {issued}, so it cannot have been posted on {day}. Nothing was
    changed; check the day.
    """


class OtherListError(DomainError):
    """The page {name} is not the list {ref}. Nothing was changed; have the page posted that was
    made for this list, and save it again.
    """


class AddressMissingError(DomainError):
    """The list needs the address of the page on which it is posted. Nothing was changed; enter the
    address.
    """


@dataclass(frozen=True)
class Line:
    """A line of the public list: one work of one processor; texts by language where they differ.

    ``items`` and ``items_en`` are the names of the items; days are ISO dates or empty.
    """

    ref: str
    processor: str
    work: str
    processor_en: str = ""
    work_en: str = ""
    parent: str = ""
    parent_en: str = ""
    subs: tuple[str, ...] = ()
    subs_en: tuple[str, ...] = ()
    scope: str = ""
    items: tuple[str, ...] = ()
    items_en: tuple[str, ...] = ()
    entire: bool = False
    since: str = ""
    until: str = ""
    contact: str = ""
    marketing: bool = False
    country: str = ""
    changed_on: str = ""


@dataclass(frozen=True)
class Change:
    """What became of one line: ``new``, ``gone`` or ``changed`` with the keys of ``LABELS``."""

    kind: str
    line: Line
    before: Line | None = None
    names: tuple[str, ...] = ()


def as_text(lines: Sequence[Line]) -> str:
    """Return the lines as they are kept: canonical JSON."""
    told = [asdict(line) for line in lines]
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_text(text: str) -> tuple[Line, ...]:
    """Return the lines that ``as_text`` wrote; what a later format adds is left out."""
    known = {field.name for field in fields(Line)}
    return tuple(
        Line(**{name: _value(value) for name, value in one.items() if name in known})
        for one in json.loads(text)
    )


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def digest(lines: Sequence[Line]) -> str:
    """Return what pins a list: SHA-256 over everything the public reads but the day of change."""
    told = [{n: value for n, value in vars(line).items() if n != "changed_on"} for line in lines]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode()).hexdigest()


def compare(before: Sequence[Line], now: Sequence[Line]) -> tuple[Change, ...]:
    """Return what is new, changed and gone, in the order of the lists."""
    old = {line.ref: line for line in before}
    found: list[Change] = []
    for line in now:
        known = old.pop(line.ref, None)
        if known is None:
            found.append(Change("new", line))
            continue
        names = tuple(n for n in LABELS if getattr(known, n) != getattr(line, n))
        if names:
            found.append(Change("changed", line, known, names))
    return (*found, *(Change("gone", line, line) for line in old.values()))


@dataclass(frozen=True)
class Standing:
    """What rule 29 needs: the works of today, the list posted, the one drawn up since."""

    works: int
    now: str  # digest of the list as it would be drawn up today
    posted: str = ""  # digest of the list posted last
    posted_ref: str = ""
    proved: bool = False  # by the saved page, which was compared
    pictured: bool = False
    draft: str = ""
    draft_ref: str = ""
    differences: int = 0
    since: date | None = None  # the earliest day on which one of the differences came about


def judge(standing: Standing) -> list[Finding]:
    """Return what is wrong with the posting of the list (rule 29)."""
    if (standing.works or standing.posted) and standing.posted != standing.now:
        drawn = bool(standing.draft) and standing.draft == standing.now
        ref = standing.draft_ref if drawn else standing.posted_ref
        if drawn:
            what, do = (
                N_("The new list of processors is not posted yet."),
                N_("Give the page to the web team and record that it was posted."),
            )
        elif not standing.posted:
            what, do = (
                N_("The list of processors has never been posted."),
                N_("Draw up the list and have it posted."),
            )
        else:
            what, do = (
                N_("The posted list of processors is not that of today; lines that differ: {n}."),
                N_("Draw up the list anew and have it posted."),
            )
        told = {"n": str(standing.differences)} if not drawn and standing.posted else {}
        return [finding("29", REGISTER, ref, what=what, do=do, due=standing.since, values=told)]
    if standing.posted and not standing.proved:
        what = (
            N_("The saved page of the posted list of processors is still missing.")
            if standing.pictured
            else N_("Nothing proves that the list of processors was posted.")
        )
        return [
            finding(
                "29", REGISTER, standing.posted_ref, severity=Severity.WARNING, what=what,
                do=N_("Save the page as it stands in the browser (.html) and attach it."),
            )
        ]  # fmt: skip
    return []
