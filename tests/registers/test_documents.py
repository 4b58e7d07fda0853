"""Prints and exported files go by their day, and somebody says that they did."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding
from privdesk.core.register import Query
from privdesk.documents.paper import Paper, Text
from privdesk.flows import issuing
from privdesk.flows.exporting import RegisterExporter
from privdesk.registers.desk import Desk
from privdesk.registers.documents import service
from privdesk.registers.findings.service import FindingsService
from privdesk.ui.importing.ports import ExportOptions
from privdesk.ui.progress import Progress
from privdesk.ui.table.cells import value_text
from tests.copies import open_copy
from tests.registers.fillings import TODAY

BY = TODAY + timedelta(days=7)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return an open desk with somebody in it."""
    made = open_copy(tmp_path, officers=1)
    made.service("subjects").create({"name": "Example Person", "phone": "010-1234-5678"})
    yield made
    made.vault.close()


def printed(desk: Desk, by: date | None = BY) -> str:
    """Issue a paper with a day by which its print must be gone."""

    def make(number: str) -> Paper:
        return Paper("sheet", number, "A sheet", "en", TODAY, (Text("A name"),), destroy_by=by)

    return issuing.issue_paper(desk, "sheet", make, personal=True).ref


def exported(desk: Desk, name: str = "people.csv") -> str:
    """Export the people; return the reference of the export."""
    path = desk.vault.folder.parent / name
    options = ExportOptions((), True, "for the audit", BY)
    RegisterExporter(desk, "subjects").export(path, Query(), options, Progress())
    (row,) = desk.service("documents").find(Query(where={"code": "export"}))
    return str(row.ref)


def tasks(desk: Desk) -> list[Finding]:
    board = FindingsService(desk).today()
    found = [t.finding for tasks in board.buckets.values() for t in tasks]
    return [f for f in found if f.register == "documents"]


def confirm(desk: Desk, ref: str, on: date = TODAY, by: str = "Kim Example") -> None:
    desk.service("documents").act("destroyed", [ref], {"by": by, "on": on.isoformat()})


def test_a_print_is_on_today_until_its_destruction_is_confirmed(desk: Desk) -> None:
    ref = printed(desk)
    (task,) = tasks(desk)
    assert (task.ref, task.due, task.clause, task.rule) == (ref, BY, "S2.2", "S2.2")
    assert (
        task.what_text()
        == f"The printed paper SHEET-2026-0001 “A sheet” must be destroyed by {BY}."
    )

    confirm(desk, ref)
    assert tasks(desk) == []
    row = desk.service("documents").get(ref)
    assert (row.values["destroyed_by"], row.values["destroyed_on"]) == ("Kim Example", TODAY)
    assert desk.service("documents").history(ref)[0].action == "record.changed"


def test_a_paper_without_such_a_day_waits_for_nothing(desk: Desk) -> None:
    ref = printed(desk, None)
    assert tasks(desk) == []
    with pytest.raises(service.NoDestroyByError):
        confirm(desk, ref)


def test_an_exported_file_is_on_today_too(desk: Desk) -> None:
    ref = exported(desk)
    (task,) = tasks(desk)
    assert (task.ref, task.due) == (ref, BY)
    assert "exported file EXPORT-2026-0001 “Data subjects (1 record)”" in task.what_text()
    assert desk.service("documents").get(ref).values["file_name"] == "people.csv"

    confirm(desk, ref)
    assert tasks(desk) == []


def test_the_name_of_an_exported_file_is_sealed(desk: Desk) -> None:
    exported(desk, "kim-ha.csv")
    rows = desk.vault.raw.execute("SELECT * FROM documents").fetchall()
    assert "kim-ha" not in str(rows)


def test_no_copy_of_an_export_is_kept_to_be_printed_again(desk: Desk) -> None:
    with pytest.raises(issuing.CopyGoneError):
        issuing.reprint(desk, exported(desk))


@pytest.mark.parametrize(
    ("on", "error"),
    [
        (TODAY + timedelta(days=1), service.DestroyedLaterError),
        (TODAY - timedelta(days=1), service.DestroyedBeforeIssueError),
    ],
)
def test_a_day_that_cannot_be_is_refused(desk: Desk, on: date, error: type[DomainError]) -> None:
    ref = printed(desk)
    with pytest.raises(error):
        confirm(desk, ref, on)
    assert len(tasks(desk)) == 1


def test_the_form_is_read_as_it_is_printed_and_found_as_it_is_typed(desk: Desk) -> None:
    ref = issuing.issue(desk, "d2", None, "en").ref
    (row,) = desk.service("documents").find(Query(where={"code": "d2"}))

    assert row.ref == ref
    assert value_text(desk.service("documents").field("code"), row) == "D2"


def test_who_prints_again_has_another_print_to_destroy(desk: Desk) -> None:
    ref = printed(desk)
    confirm(desk, ref)
    issuing.reprint(desk, ref)

    assert [f.ref for f in tasks(desk)] == [ref]
    assert not desk.service("documents").get(ref).values["destroyed_by"]


def test_a_paper_of_many_records_names_their_register_in_words(desk: Desk) -> None:
    path = desk.vault.folder.parent / "people.csv"
    options = ExportOptions((), True, "for the audit", BY)
    RegisterExporter(desk, "subjects").export(path, Query(), options, Progress())
    (row,) = desk.service("documents").find(Query(where={"code": "export"}))

    assert (row.values["about"], row.titles["about"]) == ("subjects", "Data subjects")
