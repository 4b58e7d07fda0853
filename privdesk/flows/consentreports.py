"""The reports on all consents: by purpose and month, and who must be asked again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from privdesk.core.i18n import _, speaking
from privdesk.core.register import Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import consent_reports as papers
from privdesk.registers.consenting import asked_in, told_with_box
from privdesk.registers.consents import asking, rules
from privdesk.registers.consents.fields import FIELDS, RULE_11
from privdesk.registers.desk import Desk

MONTHS = 12
_AGREES, _STACKED = ("given", "changed"), ("given", "refused", "withdrawn")
_AT_ONCE = 900
Asked = tuple[int, str]  # purpose and box
Counts = Mapping[tuple[Asked, str, str], int]  # by purpose and box, month and kind


def by_month(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The answers of the last twelve months by purpose and month, with their chart."""
    today = desk.today()
    months = last_months(today, MONTHS)
    with speaking(language), desk.vault.reading():
        counts = _counts(desk, months[0])
        standing = _standing(desk)
        names = _named(desk, {key[0] for key in counts} | set(standing))
        purposes = sorted(names, key=lambda one: (-_total(counts, one, _AGREES), names[one]))
        data = papers.ConsentReport(
            number=number,
            issued_on=today,
            since=date.fromisoformat(f"{months[0]}-01"),
            months=tuple(months),
            series=tuple(
                (_kind(kind), tuple(_sum(counts, month, kind) for month in months))
                for kind in _STACKED
            ),
            lines=tuple(
                papers.PurposeLine(
                    names[one],
                    _total(counts, one, _AGREES),
                    _total(counts, one, ("refused",)),
                    _total(counts, one, ("withdrawn",)),
                    _total(counts, one, ("confirmed",)),
                    standing.get(one, 0),
                )
                for one in purposes
            ),
            per_month=tuple(
                (names[one], tuple(_given(counts, one, month) for month in months))
                for one in purposes
            ),
        )
    return papers.by_month(data, language)


def last_months(today: date, count: int) -> list[str]:
    """Return the last months as ``2026-11``, oldest first; the running one is the last."""
    first = today.year * 12 + today.month - count
    return [f"{n // 12}-{n % 12 + 1:02}" for n in range(first, first + count)]


def ask_again(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Who must be asked again, by purpose and reason: references only, the earliest day first."""
    with speaking(language), desk.vault.reading():
        due = asking.due(desk)
        groups: dict[tuple[str, str], list[Row]] = {}
        service = desk.service("consents")
        numbers = sorted(due)
        for start in range(0, len(numbers), _AT_ONCE):
            for row in service.rows(numbers[start : start + _AT_ONCE]):
                key = (asked_in(row), due[row.id])
                groups.setdefault(key, []).append(row)
        data = papers.AskAgain(
            number=number,
            issued_on=desk.today(),
            groups=tuple(
                papers.AskGroup(purpose, _reason(why), _lines(desk, rows, why), len(rows))
                for (purpose, why), rows in sorted(groups.items())
            ),
        )
    return papers.ask_again(data, language)


def _lines(desk: Desk, rows: Sequence[Row], why: str) -> list[papers.AskLine]:
    today = desk.today()
    found = []
    for row in sorted(rows, key=lambda one: (one.values["at"], one.id)):
        by = rules.reconfirm_by(row.values["at"], today) if why == RULE_11 else today
        agreed, last = row.values["agreed_on"] or row.values["at"], row.values["at"]
        confirmed = last.isoformat() if last != agreed else "–"
        line = (agreed.isoformat(), confirmed, by.isoformat())
        found.append(papers.AskLine(str(row.values["subject"]), row.ref, *line))
    return found


def _counts(desk: Desk, since: str) -> Counts:
    sql = (
        "SELECT purpose, box, substr(at, 1, 7), kind, count(*) FROM consents"
        " WHERE state <> 'void' AND at >= ? GROUP BY 1, 2, 3, 4"
    )
    rows = desk.vault.raw.execute(sql, (f"{since}-01",)).fetchall()
    return {((purpose, box), month, kind): n for purpose, box, month, kind, n in rows}


def _standing(desk: Desk) -> dict[Asked, int]:
    sql = "SELECT purpose, box, count(*) FROM consents WHERE state = 'given' GROUP BY 1, 2"
    return {(purpose, box): count for purpose, box, count in desk.vault.raw.execute(sql)}


def _named(desk: Desk, asked: Iterable[Asked]) -> dict[Asked, str]:
    """Return what is asked for by its purpose, and by its box where that is not plain use."""
    found = list(asked)
    titles = desk.service("purposes").titles(sorted({purpose for purpose, _box in found}))
    return {one: told_with_box(titles[one[0]], one[1]) for one in found}


def _total(counts: Counts, purpose: Asked, kinds: Sequence[str]) -> int:
    return sum(n for (of, _month, kind), n in counts.items() if of == purpose and kind in kinds)


def _sum(counts: Counts, month: str, kind: str) -> int:
    kinds = _AGREES if kind == "given" else (kind,)
    return sum(n for (_of, when, one), n in counts.items() if when == month and one in kinds)


def _given(counts: Counts, purpose: Asked, month: str) -> int:
    return sum(counts.get((purpose, month, kind), 0) for kind in _AGREES)


def _kind(key: str) -> str:
    return _choice("kind", key)


def _reason(key: str) -> str:
    return _choice("ask_again", key)


def _choice(field: str, key: str) -> str:
    found = next(one for one in FIELDS if one.name == field).choice(key)
    return _(found.label) if found is not None else key
