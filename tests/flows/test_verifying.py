"""The look after a destruction: it finds what was left, and does not mistake the living for it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from privdesk.core.i18n import words
from privdesk.flows import casefiles, verifying
from privdesk.flows.case import Case
from privdesk.flows.verifying import Traces, Verification
from privdesk.registers.desk import Desk
from tests.copies import open_as
from tests.flows.folk import DUE, LIVING, called, destroyed, fill, people

VALUE = "quince-marmalade-5150"


def look(desk: Desk, *values: str, destruction: int = 0) -> Verification:
    traces = Traces()
    traces.gather([dict(enumerate(values, 1))])
    return verifying.verify(desk, destruction, traces)


def test_a_destruction_that_left_nothing_is_clean(vault: Path, key: Path) -> None:
    desk = open_as(vault)
    fill(desk)
    desk, done = destroyed(desk, vault, key)
    told = verifying.read(str(desk.service("destructions").get(done.ref).values["verified"]))

    assert told is not None
    assert told.clean
    assert told.people == len(DUE)
    (lot,) = Case(desk, done.ref, "en").lots()
    assert lot.items == ("Name", "Telephone", "Source numbers")
    names_only = replace(told, items=told.items[1:2])
    file = {"item_numbers": list(told.items[1:]), "items": ("of the purpose",)}
    assert casefiles.held(desk, words("en"), file, "en", names_only) == ("Name",)
    assert casefiles.held(desk, words("en"), file, "en", None) == ("of the purpose",)
    desk.vault.close()


@pytest.mark.parametrize("table", ["main.settings", "search.about"])
def test_a_value_left_in_any_file_is_found(filled: Desk, table: str) -> None:
    with filled.vault.transaction():
        filled.vault.raw.execute(f"INSERT INTO {table} VALUES ('left', ?)", (VALUE,))

    assert look(filled, VALUE).values_found == 1
    assert look(filled, "another-value-5151").values_found == 0
    assert not look(filled, VALUE).clean


def test_a_value_left_in_a_free_page_is_found(filled: Desk) -> None:
    """Deleted without overwriting, as SQLite does unless it is told."""
    raw = filled.vault.raw
    raw.execute("PRAGMA main.secure_delete = OFF")
    with filled.vault.transaction():
        rows = [(f"left {n}", VALUE * 40) for n in range(40)]
        raw.executemany("INSERT INTO main.settings VALUES (?, ?)", rows)
    with filled.vault.transaction():
        raw.execute("DELETE FROM main.settings WHERE name LIKE 'left%'")
    assert look(filled, VALUE).values_found == 1


def test_many_values_are_found_by_their_form(filled: Desk) -> None:
    many = [f"010-{1000 + n // 9000:04}-{1000 + n % 9000:04}" for n in range(6_000)]
    left = many[1234]
    with filled.vault.transaction():
        filled.vault.raw.execute("INSERT INTO settings VALUES ('left', ?)", (f" {left} ",))

    assert look(filled, *many).values_found == 1


def test_a_value_that_somebody_living_has_too_is_no_trace(filled: Desk) -> None:
    living = LIVING[0]

    assert look(filled, living.name, living.phone, living.email).values_found == 0


def test_a_key_or_line_that_was_left_is_counted(vault: Path, key: Path) -> None:
    desk = open_as(vault)
    fill(desk)
    row = called(desk, DUE[0])
    desk, done = destroyed(desk, vault, key)
    number = desk.service("destructions").number(done.ref)
    with desk.vault.transaction():
        desk.vault.payloads.put("keys_people", row.id, {1: DUE[0].name})
    found = verifying.verify(desk, number)

    assert (found.keys_left, found.lines_left) == (2, 0)
    assert not found.clean
    desk.vault.close()


def test_short_values_are_not_looked_for(filled: Desk) -> None:
    """They stand by chance in other words."""
    traces = Traces()
    traces.gather([{1: "가", 2: "ab", 3: "abc"}])

    assert traces.values == {"abc"}
    assert len(people(filled)) > 0


def test_a_result_reads_back_as_it_was_stored() -> None:
    told = Verification(3, 12, 7, 0, 0, 1, (0, 4))

    assert verifying.read(told.text()) == told
    assert verifying.read("") is None
    assert "5150" not in json.dumps(told.__dict__)
