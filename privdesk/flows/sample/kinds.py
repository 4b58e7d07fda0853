"""Which people the invented office knows: in every state a holding can be in, and ordinary ones."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import timedelta

from privdesk.flows.sample.folk import Someone
from privdesk.flows.sample.lists import SHORT
from privdesk.flows.sample.rows import Row, Rows
from privdesk.flows.sample.texts import office

Kind = Callable[[Rows, Someone, int], list[Row]]


@dataclass
class Batch:
    """Rows of a list, and what each person in it stands for, in order."""

    rows: list[Row] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)

    def add(self, label: str, rows: Sequence[Row]) -> None:
        """Add a person with all her rows."""
        self.rows += rows
        self.labels.append(label)


def _member(rows: Rows, who: Someone, _n: int) -> list[Row]:
    return [rows.member(who, rows.within(800, 1500))]


def _left(days: Callable[[int], int]) -> Kind:
    """Return members who left so many days ago."""
    return lambda rows, who, n: [
        rows.member(who, rows.within(800, 1500), ended_on=rows.before(f"{days(n)}d").isoformat())
    ]


def _called(days: Callable[[int], int]) -> Kind:
    """Return callers of a year ago, and so many days later."""
    return lambda rows, who, n: [rows.call(who, rows.before("1y", days(n)))]


def _news(period: str, days: Callable[[int], int]) -> Kind:
    """Return members who chose the newsletter that long ago, and so many days later."""

    def made(rows: Rows, who: Someone, n: int) -> list[Row]:
        since = rows.before(period, days(n))
        return [rows.news(who, since), rows.member(who, since)]

    return made


def _held(rows: Rows, who: Someone, _n: int) -> list[Row]:
    ended = rows.within(60, 200).isoformat()
    return [rows.contract(who, rows.within(700, 900), ended_on=ended)]


def _settled(rows: Rows, who: Someone, _n: int) -> list[Row]:
    ended = rows.within(30, 300).isoformat()
    return [rows.dispute(who, rows.within(420, 600), ended_on=ended)]


def _child(rows: Rows, who: Someone, _n: int) -> list[Row]:
    born = rows.before("9y", -40).isoformat()
    joined = rows.within(30, 60)
    return [rows.news(who, joined), rows.member(who, joined, birth_date=born)]


def _asked(rows: Rows, who: Someone, n: int) -> list[Row]:
    born = rows.before("11y", 30 + n * 50).isoformat()
    return [rows.member(who, rows.before("1d", -n * 2), birth_date=born)]


def _plain(file: str, least: int, most: int) -> Kind:
    return lambda rows, who, _n: [
        rows.row(who, file, rows.within(least, most), cells={"email": ""})
    ]


def _reduced(rows: Rows, who: Someone, _n: int) -> list[Row]:
    cells = {"email": "", "welfare": rows.one("welfare")}
    return [rows.row(who, "discount", rows.within(20, 300), cells=cells)]


# Label → how many, and their rows. What happens to them later goes by the label.
SPECIAL: Mapping[str, tuple[int, Kind]] = {
    "overdue": (6, _left(lambda n: 20 + n * 4)),
    "overdue-call": (4, _called(lambda n: -12 - n)),
    "due": (4, _left(lambda n: n % 3)),
    "due-call": (5, _called(lambda n: -(n % 3))),
    "soon": (6, _called(lambda n: 1 + n)),
    "soon-applicant": (
        3,
        lambda rows, who, n: [rows.applicant(who, rows.before("180d", 2 + n * 2))],
    ),
    "held": (5, _held),
    "law": (6, _settled),
    "child": (1, _child),
    "lapsed": (3, _news("2y", lambda n: -9 - n)),
    "lapsing": (4, _news("2y", lambda n: 5 + n * 6)),
    "confirmed": (6, _news("3y", lambda n: n * 11)),
    "withdrawn": (3, _news("11m", lambda n: n * 5)),
    "changed": (4, _news("10m", lambda n: n * 9)),
    "ended": (2, _news("20m", lambda n: n * 7)),
    "asked": (2, _asked),
    "past": (8, _member),
    "refused": (10, _member),
    "discount": (6, _reduced),
    "card": (4, _plain("card", 5, 60)),
    "partner": (5, lambda rows, who, _n: [rows.row(who, "partners", rows.within(5, 150))]),
    "applicant": (8, lambda rows, who, _n: [rows.applicant(who, rows.within(5, 150))]),
    "visitor": (10, _plain("visitors", 5, 340)),
    "repair": (15, lambda rows, who, _n: [rows.row(who, "aftercare", rows.within(5, 680))]),
    "dispute": (4, lambda rows, who, _n: [rows.dispute(who, rows.within(100, 500))]),
}

# The people of the first list, by what becomes of them: file and how many.
OLD: Mapping[str, tuple[str, int]] = {
    "cancelled": ("calls", 3),
    "requested": ("calls", 7),
    "approved": ("calls", 6),
    "complete": ("calls", 12),
    "differs": ("applicants", 5),
    "outstanding": ("calls", 9),
}


def scaled(count: int, share: float) -> int:
    """Return a smaller number of a kind for a smaller office, never none."""
    return max(1, round(count * share))


def old(rows: Rows, share: float) -> Batch:
    """Return people whose period has run out; no group has less than two."""
    batch = Batch()
    for label, (file, count) in OLD.items():
        for n in range(max(2, scaled(count, share))):
            who = rows.folk.someone()
            if file == "applicants":
                made = rows.applicant(who, rows.before("180d", -4 - n % 3))
            else:
                made = rows.call(who, rows.before("1y", -3 - n % 4))
            batch.add(label, [made])
    return batch


def customers(rows: Rows, share: float, others: int) -> Batch:
    """Return the list of customers: some of each special kind, and ``others``."""
    batch = Batch()
    for label, (count, kind) in SPECIAL.items():
        for n in range(scaled(count, share)):
            batch.add(label, kind(rows, rows.folk.someone(), n))
    for _ in range(others):
        batch.add(*_usual(rows))
    return batch


def bad(rows: Rows) -> list[Row]:
    """Return rows that cannot go in, each for a reason of its own."""
    day = rows.within(10, 300)
    made = [rows.member(rows.folk.someone(), day) for _ in range(5)]
    made[0][2] = "010-12"
    made[1][3] = "이메일없음@"
    made[2][7] = "2023-13-45"
    made[3][4] = office()["bad_purpose"]
    made[4][7] = ""
    return made


def more(rows: Rows, count: int, again: Sequence[Row]) -> Iterator[Row]:
    """Yield a long list of customers behind ``again``, rows of people destroyed before.

    ``rows`` stays as it is, so that each reading yields the same.
    """
    rows = deepcopy(rows)
    for row in again:
        yield row[:SHORT]
    draw, someone, make = rows.folk.rng.random, rows.folk.someone, rows.row
    day, today = timedelta(days=1), rows.today
    for _ in range(count):
        kind, who = draw(), someone()
        if kind < 0.78:
            if kind < 0.06:
                since = today - day * (40 + int(draw() * 600))
                yield make(who, "newsletter", since, width=SHORT, source="members")
            yield make(who, "members", today - day * (640 + int(draw() * 900)), width=SHORT)
        elif kind < 0.92:
            yield make(who, "calls", today - day * int(1 + draw() * 362), width=SHORT)
        else:
            yield make(who, "aftercare", today - day * int(1 + draw() * 720), width=SHORT)


def _usual(rows: Rows) -> tuple[str, list[Row]]:
    """Return label and rows of an ordinary customer."""
    who = rows.folk.someone()
    joined = rows.within(40, 1500)
    kind = rows.folk.rng.random()
    if kind < 0.4:
        since = max(joined, rows.within(40, 690))
        return "news", [rows.news(who, since), rows.member(who, joined)]
    if kind < 0.7:
        contract = rows.contract(who, joined, source="members")
        return "contract", [rows.member(who, joined), contract]
    if kind < 0.85:
        asked = max(joined, rows.within(8, 350))
        return "call", [rows.call(who, asked, source="members"), rows.member(who, joined)]
    return "member", [rows.member(who, joined)]
