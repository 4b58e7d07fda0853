"""All registers' figures of a span beside those of the one before, in the order of D20."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from importlib import import_module

from privdesk.core.board import Board, Coming, Group, Pair, Told
from privdesk.core.errors import ForbiddenError
from privdesk.core.figures import Figure, Kind, Nature, Span
from privdesk.core.findings import Finding, Severity
from privdesk.core.i18n import N_
from privdesk.registers.desk import Desk
from privdesk.registers.findings import figures as findings
from privdesk.registers.findings.collect import desk_findings

RULES_GROUP = "rules"
# Each matter of the monthly report with its registers; one that is not there is left out.
GROUPS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("holdings", N_("Personal data held"), ("holdings", "files")),
    ("consents", N_("Consents"), ("consents",)),
    ("requests", N_("Requests and inquiries"), ("requests", "freezes", "corrections")),
    ("destruction", N_("Destruction"), ("destructions", "orders")),
    (
        "processors",
        N_("Processors"),
        ("processors", "consignments", "inspections", "publications"),
    ),
    ("provisions", N_("Third parties"), ("provisions", "demands")),
    ("training", N_("Training"), ("courses", "sessions", "attendances")),
    ("staff", N_("Staff and pledges"), ("staff", "pledges", "departures", "handovers")),
    ("rights", N_("Access rights"), ("access-rights", "rights-reviews")),
    ("log", N_("Access log"), ("log-reviews", "journal")),
    (
        "zones",
        N_("Protected zones and visits"),
        ("zones", "zone-permits", "zone-reviews", "visits", "places", "place-inspections"),
    ),
    ("safeguards", N_("Safeguards"), ("safeguards", "safeguard-checks", "virus-alerts")),
    ("audits", N_("Audits"), ("audits", "audit-findings")),
)
ELSEWHERE = dict.fromkeys(("holdings.due", "holdings.late", "files.due"), "destruction")
"""Figures that the report shows with another matter than that of their register."""
COURSE = ("requests.received", "requests.in-time", "destructions.people", "consents.withdrawn")
"""Figures whose course over the last spans a report shows."""
NEAR = timedelta(days=14)
"""How long after its span a report may have been made to say how things stood at its end."""
COURSE_SPANS = {Kind.MONTH: 6, Kind.QUARTER: 4, Kind.YEAR: 3}


def board(desk: Desk, span: Span) -> Board:
    """Return all figures of a span, told up to today where it still runs, beside those before.

    Of a span that has just ended, what cannot be told of its last day is told of today, and says
    so; of the one before, it is taken from the report of then, where there is one.
    """
    today = desk.today()
    span = span.whole.cut(today)
    before = span.before()
    with desk.vault.reading():
        now = _counted(desk, span)
        then = _keyed(_counted(desk, before))
        late = _of_today(desk, span, now)
    kept = _remembered(desk, before, then)
    groups: dict[str, list[Pair]] = {key: [] for key, _title, _registers in GROUPS}
    titles = {key: title for key, title, _registers in GROUPS}
    for register, told in now.items():
        group, title = _group_of(desk, register)
        titles.setdefault(group, title)
        for one in (*told, *late.get(register, ())):
            missing = one not in told
            pairs = groups.setdefault(ELSEWHERE.get(one.key, group), [])
            pairs.append(_pair(one, then, kept, today if missing else None))
    found = tuple(Group(key, titles[key], tuple(pairs)) for key, pairs in groups.items() if pairs)
    return Board(span, before, today, found)


def told(desk: Desk, span: Span) -> Told:
    """Return what a report of a span holds on to: its board, what comes, the course so far."""
    found = board(desk, span)
    spans = _last_spans(found.span, COURSE_SPANS[span.kind])
    return Told(found, coming(desk, found.span), tuple(map(str, spans)), _course(desk, spans))


def coming(desk: Desk, span: Span) -> tuple[Coming, ...]:
    """Return what falls due from tomorrow to the end of the span after this one, by rule.

    Only how much of it and from when: a report names no person and no case.
    """
    today, last = desk.today(), span.after().last
    if last <= today:
        return ()
    found: dict[tuple[str, str], list[Finding]] = {}
    for one in desk_findings(desk, last):
        if one.severity is not Severity.SETUP and one.due and today < one.due <= last:
            found.setdefault((one.rule, one.register), []).append(one)
    lines = [
        Coming(
            rule,
            findings.title_of(rule),
            several[0].clause,
            desk.registers[register].title if register in desk.registers else "",
            min(one.due for one in several if one.due),
            sum(one.count for one in several),
        )
        for (rule, register), several in found.items()
    ]
    return tuple(sorted(lines, key=lambda line: (line.due, line.rule, line.register)))


def figures_of(desk: Desk, register: str, span: Span) -> Sequence[Figure]:
    """Return a register's figures of a span; none where it has none, or the role may not."""
    declared = desk.registers.get(register)
    if declared is None or not declared.figures:
        return ()
    module, _colon, name = declared.figures.partition(":")
    try:
        found: Sequence[Figure] = getattr(import_module(module), name)(desk, span)
    except ForbiddenError:
        return ()
    return found


# -- inside


def _counted(desk: Desk, span: Span) -> dict[str, Sequence[Figure]]:
    """Return the figures of a span by register, in the order of the report.

    Counted once while nothing is written: a report asks for what the page has just shown.
    """
    return desk.once(f"figures {span.first} {span.last}", lambda: _made(desk, span), looks=True)


def _made(desk: Desk, span: Span) -> dict[str, Sequence[Figure]]:
    found = {name: figures_of(desk, name, span) for name in _order(desk)}
    return {**found, RULES_GROUP: findings.figures(desk, span)}


def _order(desk: Desk) -> Iterator[str]:
    listed = [name for _key, _title, names in GROUPS for name in names]
    yield from (name for name in listed if name in desk.registers)
    yield from (name for name in desk.registers if name not in listed)


def _group_of(desk: Desk, register: str) -> tuple[str, str]:
    if register == RULES_GROUP:
        return RULES_GROUP, N_("Rules of law and policy")
    for key, title, names in GROUPS:
        if register in names:
            return key, title
    return register, desk.registers[register].title


def _keyed(found: Mapping[str, Sequence[Figure]]) -> dict[str, Figure]:
    return {one.key: one for told in found.values() for one in told}


def _of_today(
    desk: Desk, span: Span, now: Mapping[str, Sequence[Figure]]
) -> dict[str, list[Figure]]:
    """Return how things stand today that a span just ended can no longer tell of itself."""
    today = desk.today()
    if today not in span.after():
        return {}
    known = _keyed(now)
    stand = _counted(desk, Span(today, today, span.kind))
    return {
        register: [one for one in told if one.when is Nature.STATE and one.key not in known]
        for register, told in stand.items()
    }


def _remembered(desk: Desk, before: Span, then: Mapping[str, Figure]) -> dict[str, Pair]:
    """Return how things stood by the report of a span, as far as it cannot be told any more."""
    if "reports" not in desk.registers:
        return {}
    report: Told | None = desk.service("reports").told_of(before)
    if report is None or report.board.told_on > before.last + NEAR:
        return {}
    pairs = [pair for group in report.board.groups for pair in group.pairs]
    return {
        pair.now.key: replace(pair, as_of=pair.as_of or report.board.told_on)
        for pair in pairs
        if pair.now.when is Nature.STATE and pair.now.key not in then
    }


def _pair(
    one: Figure, then: Mapping[str, Figure], kept: Mapping[str, Pair], as_of: date | None
) -> Pair:
    if one.key in then:
        return Pair(one, then[one.key], as_of)
    if one.key in kept:
        return Pair(one, kept[one.key].now, as_of, kept[one.key].as_of)
    return Pair(one, None, as_of)


def _last_spans(span: Span, count: int) -> list[Span]:
    """Return a span and those before it, the oldest first."""
    found = [span]
    while len(found) < count:
        found.append(found[-1].before())
    return found[::-1]


def _course(desk: Desk, spans: Sequence[Span]) -> dict[str, tuple[int, ...]]:
    """Return a few figures over some spans; of a share also the whole, by ``key/of``."""
    registers = list(dict.fromkeys(key.partition(".")[0] for key in COURSE))
    values: dict[str, list[int]] = {}
    with desk.vault.reading():
        for span in spans:
            told = {one.key: one for name in registers for one in figures_of(desk, name, span)}
            for key in COURSE:
                one = told.get(key)
                values.setdefault(key, []).append(one.value if one else 0)
                if one is not None and one.of is not None:
                    values.setdefault(f"{key}/of", []).append(one.of)
    return {key: tuple(several) for key, several in values.items()}
