"""Lists out of any register, with a reason."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from privdesk.core.errors import UnknownNameError
from privdesk.core.register import Query
from privdesk.flows import people
from privdesk.flows.exporting import ExportReasonError, RegisterExporter
from privdesk.flows.opening import open_desk
from privdesk.registers.desk import Desk
from privdesk.ui.importing.ports import ExportOptions
from privdesk.ui.progress import Cancelled, Progress
from privdesk.vault.crypto import FLOOR
from tests.copies import open_copy
from tests.desks import SECOND

UNTIL = date(2026, 12, 24)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return an open desk with one officer and one data subject."""
    desk = open_copy(tmp_path, officers=1)
    desk.service("subjects").create({"name": "=Kim Ha", "phone": "010-1234-5678"})
    yield desk
    desk.vault.close()


def options(*fields: str, reveal: bool = True, reason: str = "audit") -> ExportOptions:
    """Return how a list goes out."""
    return ExportOptions(fields, reveal, reason, UNTIL)


def write(desk: Desk, register: str, name: str, how: ExportOptions) -> Path:
    """Export a register into a file."""
    path = desk.vault.folder.parent / name
    RegisterExporter(desk, register, names=True).export(path, Query(), how, Progress())
    return path


def test_the_reference_comes_first_and_values_are_in_the_clear(desk: Desk) -> None:
    path = write(desk, "subjects", "out.csv", options())
    with path.open(encoding="utf-8-sig") as stream:
        (row,) = csv.DictReader(stream)

    assert next(iter(row)) == "ref"
    assert (row["name"], row["phone"]) == ("'=Kim Ha", "010-1234-5678")


def test_masked_lists_and_chosen_columns_go_out_too(desk: Desk) -> None:
    path = write(desk, "subjects", "out.json", options("phone", reveal=False))
    (row,) = json.loads(path.read_text(encoding="utf-8"))

    assert list(row) == ["ref", "phone"]
    assert row["phone"] == "010-****-5678"
    with pytest.raises(UnknownNameError, match="There is no field “shoe”"):
        write(desk, "subjects", "out.json", options("shoe"))


def test_no_list_leaves_without_a_reason(desk: Desk) -> None:
    with pytest.raises(ExportReasonError):
        write(desk, "subjects", "out.csv", options(reason=" "))
    assert not (desk.vault.folder.parent / "out.csv").exists()


def test_an_export_is_an_entry_with_reason_and_count(desk: Desk) -> None:
    size = desk.journal.frontier().size
    write(desk, "subjects", "out.csv", options())
    (entry,) = desk.journal.entries(size)

    assert (entry.action, entry.register, entry.count) == ("export.made", "subjects", 1)
    assert "phone" in entry.fields
    assert desk.journal.details(entry)["reason"] == "audit"


def test_a_stopped_export_leaves_neither_file_nor_entry(desk: Desk) -> None:
    size = desk.journal.frontier().size
    progress = Progress()
    progress.stop()
    path = desk.vault.folder.parent / "out.csv"

    with pytest.raises(Cancelled):
        RegisterExporter(desk, "subjects").export(path, Query(), options(), progress)
    assert not path.exists()
    assert desk.journal.frontier().size == size


def test_who_may_not_see_people_exports_none_of_their_values(desk: Desk) -> None:
    people.add(desk, "Cara Kim", "manager", SECOND, FLOOR)
    folder, clock = desk.vault.folder, desk.clock
    desk.vault.close()
    hers = open_desk(folder, "Cara Kim", SECOND, clock)
    try:
        path = write(hers, "subjects", "out.csv", options())
    finally:
        hers.vault.close()

    head = path.read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    assert "ref" in head
    assert not {"name", "phone", "email", "note"} & set(head)
