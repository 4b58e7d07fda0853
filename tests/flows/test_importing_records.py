"""Lists into any register: by reference or name, each row whole or rejected."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from privdesk.core.register import Query
from privdesk.exchange.mapping import plan, recogniser
from privdesk.exchange.reading import open_source
from privdesk.exchange.report import Report
from privdesk.flows.importing import books
from privdesk.flows.importing.importers import ListImporter
from privdesk.flows.importing.records import NotImportableError, Records
from privdesk.registers.desk import Change, Desk
from privdesk.registers.named import NameTakenError
from privdesk.registers.places.service import Places
from privdesk.ui.progress import Cancelled, Progress
from tests.desks import make_desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return an open desk with one officer."""
    desk = make_desk(tmp_path, officers=1)
    yield desk
    desk.vault.close()


def take(
    desk: Desk,
    register: str,
    text: str,
    *,
    dry: bool = False,
    rejects: Path | None = None,
    progress: Progress | None = None,
) -> Report:
    """Import a list given as text."""
    path = desk.vault.folder.parent / "list.csv"
    path.write_text(text, encoding="utf-8")
    importer = ListImporter(desk, register, Records(desk, register))
    with open_source(path, known=recogniser(importer.fields())) as source:
        mapping = plan(source, importer.fields())
        if dry:
            return importer.dry_run(source, mapping, {}, Progress())
        return importer.run(source, mapping, {}, progress or Progress(), rejects)


def counts(report: Report) -> dict[str, int]:
    """Return the counts that are not zero."""
    names = ("new", "changed", "unchanged", "duplicate", "blocked", "rejected")
    return {name: getattr(report, name) for name in names if getattr(report, name)}


def names(desk: Desk, register: str) -> set[str]:
    """Return what the records of a register are called."""
    return {str(row.values["name"]) for row in desk.service(register).find(Query())}


def test_rows_are_known_again_by_their_name_however_it_is_written(desk: Desk) -> None:
    assert counts(take(desk, "places", "Place,Owner\nWeb shop,IT\nArchive,Office\n")) == {"new": 2}
    again = "Place,Owner\nWEB  SHOP,IT\nArchive,Legal\nCall centre,\n"

    assert counts(take(desk, "places", again)) == {"new": 1, "changed": 1, "unchanged": 1}
    (archive,) = desk.service("places").find(Query(where={"name": "Archive"}))
    assert archive.values["owner"] == "Legal"


def test_an_empty_cell_leaves_a_value_unless_the_row_has_a_reference(desk: Desk) -> None:
    take(desk, "places", "Place,Owner\nWeb shop,IT\n")
    (row,) = desk.service("places").find(Query(where={"name": "Web shop"}))

    assert counts(take(desk, "places", "Place,Owner\nWeb shop,\n")) == {"unchanged": 1}
    assert counts(take(desk, "places", f"ref,Place,Owner\n{row.ref},Web shop,\n")) == {"changed": 1}
    assert desk.service("places").get(row.ref).values["owner"] == ""


def test_a_row_that_cannot_be_used_leaves_nothing_and_stops_no_other(desk: Desk) -> None:
    rejects = desk.vault.folder.parent / "rejects.csv"
    report = take(
        desk, "places", "Place,Kind of place\nA,system\nB,cellar\n,archive\nC,archive\n",
        rejects=rejects,
    )  # fmt: skip

    assert counts(report) == {"new": 2, "rejected": 2}
    assert {"A", "C"} <= names(desk, "places")
    assert "B" not in names(desk, "places")
    assert "cellar" in rejects.read_text(encoding="utf-8-sig")
    assert report.rejects_file == "rejects.csv"


def test_what_only_the_register_knows_to_be_wrong_is_rejected_too(desk: Desk) -> None:
    """A purpose may not need an item twice; the half-made record is taken back."""
    take(desk, "purposes", "Purpose\nNews\n")
    entries = desk.journal.frontier().size
    report = take(
        desk, "purposes", "Purpose,Required items,Optional items\nTwice,email,email\nOnce,email,\n"
    )

    assert counts(report) == {"new": 1, "rejected": 1}
    assert names(desk, "purposes") == {"News", "Once"}
    created = [e for e in desk.journal.entries(entries) if e.action == "record.created"]
    assert len(created) == 1


class LatePlaces(Places):
    """Refuses a place only after it was stored and noted."""

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Refuse one name."""
        if values.get("name") == "Bad":
            raise NameTakenError(name="Bad", ref="L-000001-3")


def test_a_row_refused_late_is_taken_back_with_its_journal_entry(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(desk._services, "places", LatePlaces(desk, desk.register("places")))
    size = desk.journal.frontier().size
    report = take(desk, "places", "Place\nGood\nBad\nBetter\n")

    assert counts(report) == {"new": 2, "rejected": 1}
    assert {"Good", "Better"} <= names(desk, "places")
    assert "Bad" not in names(desk, "places")
    created = [e for e in desk.journal.entries(size) if e.action == "record.created"]
    assert len(created) == 2


def test_the_same_record_twice_in_a_list_is_a_duplicate_or_a_contradiction(desk: Desk) -> None:
    report = take(desk, "places", "Place,Owner\nShop,IT\nshop,IT\nSHOP,Legal\n")

    assert counts(report) == {"new": 1, "duplicate": 1, "rejected": 1}
    assert report.examples[0].row == 4


def test_a_rehearsal_says_the_same_and_changes_nothing(desk: Desk) -> None:
    size = desk.journal.frontier().size
    before = names(desk, "places")
    report = take(desk, "places", "Place\nA\nB\n", dry=True)

    assert report.dry_run
    assert counts(report) == {"new": 2}
    assert names(desk, "places") == before
    assert desk.journal.frontier().size == size
    assert counts(take(desk, "places", "Place\nA\nB\n")) == {"new": 2}


def test_a_stopped_import_leaves_nothing(desk: Desk) -> None:
    before = names(desk, "places")
    progress = Progress()
    progress.stop()

    with pytest.raises(Cancelled):
        take(desk, "places", "Place\nA\n", progress=progress)
    assert names(desk, "places") == before


def test_the_import_is_in_the_books_and_can_be_undone(desk: Desk) -> None:
    take(desk, "places", "Place\nA\nB\n")
    (entry,) = desk.service("imports").find(Query())

    assert (entry.values["register"], entry.values["new"]) == ("places", 2)
    books.undo(desk)
    assert "A" not in names(desk, "places")


def test_staff_of_one_name_are_told_apart_by_number(desk: Desk) -> None:
    list_ = "Full name,Staff number,Why access is needed\nKim Ha,1,b\nKim Ha,2,b\n"

    assert counts(take(desk, "staff", list_)) == {"new": 2}
    assert counts(take(desk, "staff", list_)) == {"unchanged": 2}
    told = take(desk, "staff", "Full name,Department\nKim Ha,Sales\n")
    assert counts(told) == {"rejected": 1}
    assert "Several records" in told.examples[0].cause.text()


def test_links_are_given_by_reference_or_name(desk: Desk) -> None:
    take(desk, "purposes", "Purpose\nNews\n")
    take(desk, "places", "Place\nShop\n")
    report = take(desk, "files", "File,Purpose,Place\nReaders,news,Shop\nOthers,Nothing,Shop\n")

    assert counts(report) == {"new": 1, "rejected": 1}
    assert report.examples[0].column == "Purpose"


def test_references_of_another_vault_are_left_aside_and_said(desk: Desk) -> None:
    report = take(desk, "places", "ref,Place\nL-000904-8,Shop\n")

    assert counts(report) == {"new": 1}
    assert any("No reference" in note.text() for note in report.notes)


def test_a_wrong_reference_among_good_ones_is_rejected(desk: Desk) -> None:
    take(desk, "places", "Place\nShop\n")
    (row,) = desk.service("places").find(Query(where={"name": "Shop"}))
    report = take(desk, "places", f"ref,Place\n{row.ref},Shop\nL-000904-8,Other\n,New one\n")

    assert counts(report) == {"new": 1, "unchanged": 1, "rejected": 1}


def test_cases_are_never_imported(desk: Desk) -> None:
    for register in ("destructions", "orders", "documents", "imports"):
        with pytest.raises(NotImportableError):
            take(desk, register, "ref,state\nD-000001-3,complete\n")


def test_a_list_with_results_fills_the_sheet_of_who_was_invited(desk: Desk) -> None:
    for name in ("가온", "나래"):
        desk.service("staff").create({"name": name, "category": "a"})
    desk.service("courses").create({"name": "Duties", "topics": "security,duty"})
    held = desk.service("sessions").create({"course": "Duties", "on": desk.today()})
    desk.service("sessions").act("invite", [held.ref], {"who": "everybody"})
    text = f"성명,교육 회차,참석\n가온,{held.ref},참석\n나래,{held.ref},불참\n"

    assert counts(take(desk, "attendances", text)) == {"changed": 2}
    rows = desk.service("attendances").find(Query(where={"session": held.ref}))
    assert {row.titles["staff"]: row.state for row in rows} == {"가온": "done", "나래": "absent"}
