"""Consents given, refused and withdrawn, and who has to be asked again (S6.2, rules 8 and 11)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from privdesk.core.figures import Figure, Good, Nature, Span
from privdesk.core.i18n import N_
from privdesk.registers import counting
from privdesk.registers.consents import asking
from privdesk.registers.consents.fields import REGISTER, RULE_8, RULE_11
from privdesk.registers.desk import Desk

_AGREES = ("given", "changed")
# All but those in other states, who are few: the many in force are not walked through.
_IN_FORCE = (
    "SELECT (SELECT count(*) FROM consents)"
    " - (SELECT count(*) FROM consents WHERE state < 'given')"
    " - (SELECT count(*) FROM consents WHERE state > 'given')"
)


def figures(desk: Desk, span: Span) -> Sequence[Figure]:
    """Return the answers of the span, and what stands on today's day."""
    found = _answers(desk, span)
    given, withdrawn = _sum(found, *_AGREES), _sum(found, "withdrawn")
    flow = (
        Figure(
            "consents.given",
            N_("Consents given"),
            sum(given.values()),
            clause="S6.2",
            rows=counting.named(desk, "purposes", given),
        ),
        Figure("consents.refused", N_("Consents refused"), _total(found, "refused")),
        Figure(
            "consents.withdrawn",
            N_("Consents withdrawn"),
            sum(withdrawn.values()),
            clause="S6.2",
            good=Good.DOWN,
            rows=counting.named(desk, "purposes", withdrawn),
        ),
        Figure(
            "consents.confirmed",
            N_("Asked again and confirmed"),
            _total(found, "confirmed"),
            clause="S6.2",
        ),
    )
    return (*flow, *_standing(desk)) if counting.told_now(desk, span) else flow


def _standing(desk: Desk) -> tuple[Figure, ...]:
    return (
        Figure(
            "consents.standing",
            N_("Consents in force"),
            counting.number(desk, _IN_FORCE),
            clause="S6.2",
            when=Nature.STATE,
            where=(("state", ("given",)),),
        ),
        Figure(
            "consents.again",
            N_("Consents that have to be asked for again"),
            asking.count(desk),
            clause="S6.2",
            good=Good.DOWN,
            when=Nature.STATE,
            where=(("ask_again", (RULE_8, RULE_11)),),
        ),
    )


def _answers(desk: Desk, span: Span) -> Counter[tuple[str, int]]:
    """Return the answers by kind and purpose; the states let the index by purpose be used.

    Each purpose by itself: sorting hundreds of thousands of answers by purpose takes longer.
    """
    states = [state.key for state in REGISTER.states if state.key != "void"]
    sql = (
        "SELECT kind, count(*) FROM consents WHERE purpose = ?"
        f" AND state IN ({_marks(states)}) AND at BETWEEN ? AND ? GROUP BY kind"
    )
    found = Counter[tuple[str, int]]()
    for (purpose,) in desk.vault.raw.execute("SELECT id FROM purposes").fetchall():
        told = counting.by_key(desk, sql, purpose, *states, *counting.days(span))
        found.update({(kind, purpose): n for kind, n in told.items()})
    return found


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" * len(values))


def _sum(found: Counter[tuple[str, int]], *kinds: str) -> dict[int, int]:
    by_purpose: Counter[int] = Counter()
    for (kind, purpose), n in found.items():
        if kind in kinds:
            by_purpose[purpose] += n
    return dict(by_purpose)


def _total(found: Counter[tuple[str, int]], kind: str) -> int:
    return sum(_sum(found, kind).values())
