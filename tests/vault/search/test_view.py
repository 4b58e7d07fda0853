from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from privdesk.vault.search import index, order, view
from privdesk.vault.search.index import Bulk, add_lines, delete_lines
from privdesk.vault.search.lines import Line
from privdesk.vault.search.text import Pattern, normal
from privdesk.vault.search.view import LineView, open_view
from tests.vault.search.people import crowd, made, person

LINES = crowd(900)
KEYS: dict[str, Any] = {
    "ref": lambda line: line.id,
    "name": lambda line: normal(line.name),
    "state": lambda line: line.state,
    "collected": lambda line: line.collected,
    "due": lambda line: line.due or date.max,
}


@pytest.fixture(autouse=True)
def small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order, "FIRST_STEP", 20)
    monkeypatch.setattr(order, "STEP", 70)
    monkeypatch.setattr(view, "CHECKED", 50)
    monkeypatch.setattr(view, "SORTED_HERE", 100)


@pytest.fixture
def connection(tmp_path: Path) -> Any:
    connection = made(tmp_path / "search.db", LINES)
    add_lines(connection, [person(5_000, "김사원", register="staff")])
    return connection


def _sorted(lines: list[Line], sort: str, descending: bool) -> list[int]:
    key = KEYS[sort]
    ordered = sorted(lines, key=lambda line: (key(line), line.id), reverse=descending)
    return [line.id for line in ordered]


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("sort", list(KEYS))
def test_lines_stand_in_the_order_of_a_column(connection: Any, sort: str, descending: bool) -> None:
    table = open_view(connection, "subjects", sort=sort, descending=descending)
    assert (table.total, table.count) == (900, 900)
    expected = _sorted(LINES, sort, descending)
    assert [hit.id for hit in table.rows(0, 15) if hit] == expected[:15]
    assert len(table._ids) == 20, "the first screens need the first step only"
    assert [hit.id for hit in table.rows(640, 700) if hit] == expected[640:700]
    assert list(table.ids()) == expected
    assert table.complete
    assert table.rows(890, 2_000)[-1] is not None
    assert len(table.rows(890, 2_000)) == 10


@pytest.mark.parametrize(
    ("state", "text"),
    [
        ("held", ""),
        (("held", "living"), ""),
        ("", "김"),
        ("held", "user1"),
        ("", "ㅁㅅ"),
        ((), "a"),
    ],
)
@pytest.mark.parametrize("sort", ["name", "due"])
def test_filtered_lines_stand_in_order_too(
    connection: Any, state: Any, text: str, sort: str
) -> None:
    states = (state,) if isinstance(state, str) and state else state
    lines = [
        line
        for line in LINES
        if (not states or line.state in states)
        and any(Pattern(text).within(normal(value)) for value in line.values[:3])
    ]
    table = open_view(connection, "subjects", state=states, text=text, sort=sort)
    assert list(table.ids()) == _sorted(lines, sort, descending=False)
    assert (table.count, table.total) == (len(lines), 900)


def test_a_small_register_can_be_sorted_by_any_value(connection: Any) -> None:
    table = open_view(connection, "subjects", sort=lambda hit: hit.values[1], descending=True)
    phones = [hit.values[1] for hit in table.rows(0, 900) if hit]
    assert phones == sorted(phones, reverse=True)
    assert len(phones) == 900


def test_a_line_is_found_by_its_position(connection: Any) -> None:
    table = open_view(connection, "subjects", sort="name")
    place = table.position(77)
    assert place is not None
    (found,) = table.rows(place, place + 1)
    assert found is not None
    assert found.id == 77
    assert table.position(5_000) is None


def test_a_deleted_line_leaves_a_gap_and_the_rest_in_place(connection: Any) -> None:
    table = open_view(connection, "subjects")
    before = table.rows(0, 10)
    delete_lines(connection, [3])
    assert table.rows(0, 10) == [*before[:2], None, *before[3:]]


def test_a_register_without_lines_is_an_empty_table(connection: Any) -> None:
    table = open_view(connection, "visits", text="김")
    assert (table.total, table.count, table.rows(0, 50)) == (0, 0, [])


def test_a_closed_view_holds_nothing(connection: Any) -> None:
    table = open_view(connection, "subjects")
    table.close()
    assert table.rows(0, 10) == []
    assert table.complete


def _while_importing(connection: Any) -> LineView:
    connection.execute("BEGIN IMMEDIATE")
    bulk = Bulk(connection, index._MANY)
    bulk.add(crowd(300, first=6_001))
    return open_view(connection, "subjects", sort="name", hidden=range(6_001, 6_301))


def test_a_table_can_be_opened_while_an_import_runs(connection: Any) -> None:
    table = _while_importing(connection)
    assert table.count == 900
    assert list(table.ids()) == _sorted(LINES, "name", descending=False)
    connection.execute("ROLLBACK")


def test_a_table_outlives_a_cancelled_import(connection: Any) -> None:
    table = _while_importing(connection)
    first = table.rows(0, 10)
    connection.execute("ROLLBACK")
    assert table.rows(0, 10) == first
    assert list(table.ids()) == _sorted(LINES, "name", descending=False)


@pytest.mark.parametrize("text", ["", "010", "김"])
@pytest.mark.parametrize("descending", [False, True])
def test_people_without_a_name_stand_last_whichever_way_names_are_sorted(
    tmp_path: Path, text: str, descending: bool
) -> None:
    lines = [line if line.id % 3 else line._replace(name="") for line in LINES]
    table = open_view(
        made(tmp_path / "search.db", lines),
        "subjects",
        text=text,
        sort="name",
        descending=descending,
    )

    found = [line for line in lines if any(text in value for value in line.values)]
    named = _sorted([line for line in found if line.name], "name", descending)
    nameless = _sorted([line for line in found if not line.name], "ref", descending)
    assert [hit.id for hit in table.rows(0, 15) if hit] == named[:15]
    assert list(table.ids()) == [*named, *nameless]
