"""Where a person's data came from: herself at a collection point, or a third party (PIPA 20(1)).

What the register of files says goes first, then the points that collect for the purpose in the
file's places. The system that keeps the data is no source of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from privdesk.core import references
from privdesk.core.i18n import N_, _
from privdesk.core.register import Query, Row
from privdesk.documents.papers.access_annex import Came
from privdesk.registers.desk import Desk

THIRD, SELF_AT, SELF = (
    N_("from a third party: {name}"),
    N_("from yourself: {point}"),
    N_("from yourself"),
)


def sources(desk: Desk, holdings: Sequence[Row]) -> tuple[Came, ...]:
    """Return the sources of holdings in the language spoken, one line for those that are alike."""
    found = (Came(r.titles.get("purpose", ""), _source(desk, r), _on(r)) for r in holdings)
    return tuple(dict.fromkeys(found))


def _source(desk: Desk, holding: Row) -> str:
    file = desk.service("files").get(str(holding.values["file"]))
    if file.values.get("source"):
        return _(THIRD).format(name=file.values["source"])
    points = [row.id for row in _points(desk, holding, file)]
    names = desk.service("collection-points").titles(points)
    if not names:
        return _(SELF)
    return _(SELF_AT).format(point=", ".join(names[number] for number in points))


def _points(desk: Desk, holding: Row, file: Row) -> list[Row]:
    """Return the points that collected for a holding's purpose then, those of its file's places
    where there are some.
    """
    wanted = Query(where={"purpose": str(holding.values["purpose"]), "state": "active"}, sort="id")
    lines = desk.service("point-items").find(wanted)
    numbers = dict.fromkeys(references.number(line.values["point"]) for line in lines)
    rows = desk.service("collection-points").rows(list(numbers))
    used = [row for row in rows if row.state != "void" and _in_use(row, _on(holding))]
    places = {str(file.values.get("place") or ""), *(file.values.get("copies") or ())} - {""}
    near = [row for row in used if row.values.get("place") in places]
    return near or used


def _in_use(point: Row, on: date | None) -> bool:
    since, until = point.values.get("since"), point.values.get("until")
    if on is None:
        return True
    return (since is None or since <= on) and (until is None or on <= until)


def _on(holding: Row) -> date | None:
    on: date | None = holding.values.get("collected_on")
    return on
