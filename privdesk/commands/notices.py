"""What a requester is told beside the number of the request: on stderr, and in ``--json``."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import Any

from privdesk.core.i18n import _, ngettext
from privdesk.flows.unexpected import Early, Kept, Unexpected

_SHOWN = 20


def as_json(told: Unexpected) -> dict[str, Any]:
    """Return it as fields of the answer; reasons are sentences in the screen's language."""
    return {
        "not_due": [
            {"ref": e.ref, "holding": e.holding, "due_on": e.due, "people": e.people}
            for e in told.early
        ],
        "left_out": [{"ref": k.ref, "holding": k.holding, "why": _(k.why)} for k in told.kept],
    }


def notice(told: Unexpected) -> None:
    """Say on stderr who goes although the period still runs, and who stays and why."""
    for line in (*_early(told), *_kept(told.kept)):
        print(line, file=sys.stderr)


def _early(told: Unexpected) -> Iterator[str]:
    if not told.early:
        return
    people = ngettext("{n} person", "{n} people", told.early_people)
    words = _("Not due yet: {people}; the reason has to say why they go all the same.")
    yield words.format(people=people)
    yield from _listed([_early_line(early) for early in told.early])


def _early_line(early: Early) -> str:
    words = _("due on {day}") if early.due else _("no due day yet")
    return _joined(early.ref, early.holding, words.format(day=early.due))


def _kept(kept: Sequence[Kept]) -> Iterator[str]:
    if not kept:
        return
    people = len({k.ref or k.holding for k in kept})
    yield _("Left out: {people}").format(people=ngettext("{n} person", "{n} people", people))
    yield from _listed([_joined(k.ref, k.holding, _(k.why)) for k in kept])


def _joined(*parts: str) -> str:
    return "  " + "  ".join(part for part in parts if part)


def _listed(lines: Sequence[str]) -> Iterator[str]:
    yield from lines[:_SHOWN]
    if len(lines) > _SHOWN:
        yield "  " + _("… and {n} more").format(n=f"{len(lines) - _SHOWN:,}")
