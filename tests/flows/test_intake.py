"""Taking a list in: who is new, known, changed, doubled, gone or blocked; all of it or nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from privdesk.core.errors import ForbiddenError
from privdesk.core.register import Query
from privdesk.exchange.report import Report
from privdesk.flows.importing import storing
from privdesk.flows.importing.books import remembered
from privdesk.flows.importing.otherplace import OtherPlaceError
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Cancelled, Progress
from privdesk.vault.session import KEYS_WAIT
from tests.copies import MANAGER, open_as, switch_to
from tests.flows.folk import (
    BOTH,
    BOTH_TOO,
    DUE,
    HEAD,
    LIVING,
    Somebody,
    called,
    destroyed,
    names,
    one,
    people,
    purposes,
    take,
    write,
)
from tests.vault.traces import every_plaintext

COUNTS = ("new", "changed", "unchanged", "duplicate", "vanished", "blocked", "rejected")


@pytest.fixture
def desk(vault: Path) -> Iterator[Desk]:
    """Return the first officer's desk over an office with two purposes and nobody."""
    desk = open_as(vault)
    purposes(desk)
    yield desk
    desk.vault.close()


def counts(report: Report) -> dict[str, int]:
    """Return the counts that are not zero."""
    return {name: getattr(report, name) for name in COUNTS if getattr(report, name)}


def taken(desk: Desk, *rows: Somebody, dry: bool = False) -> dict[str, int]:
    """Import rows, or rehearse it; return the counts."""
    path = write(desk.vault.folder.parent / "list.csv", *rows)
    return counts(take(desk, path, dry=dry))


def holdings(desk: Desk) -> int:
    return int(desk.vault.raw.execute("SELECT count(*) FROM holdings").fetchone()[0])


def state(desk: Desk) -> list[object]:
    """Return everything an import may have touched, to compare."""
    raw = desk.vault.raw
    tables = (
        *("subjects", "holdings", "source_ids", "payloads", "keys_people.keys", "search.lines"),
        *("journal", "purposes", "places", "files", "imports", "meta"),
    )
    return [raw.execute(f"SELECT * FROM {t} ORDER BY 1, 2").fetchall() for t in tables]


def test_everybody_of_a_first_list_is_new(desk: Desk) -> None:
    assert taken(desk, *LIVING, *DUE) == {"new": 8}
    assert names(desk) == {p.name for p in (*LIVING, *DUE)}
    row = called(desk, LIVING[0])
    assert (row.values["phone"], row.values["email"]) == (LIVING[0].phone, LIVING[0].email)
    assert LIVING[0].source_id in str(row.values["source_ids"])
    assert holdings(desk) == 8


def test_the_same_list_again_changes_nothing(desk: Desk) -> None:
    taken(desk, *LIVING)

    assert taken(desk, *LIVING) == {"unchanged": 4}
    assert (len(people(desk)), holdings(desk)) == (4, 4)


def test_a_list_says_who_changed_and_who_vanished(desk: Desk) -> None:
    taken(desk, *LIVING)
    moved = replace(LIVING[0], phone="010-8888-7777")

    assert taken(desk, moved, *LIVING[1:3], one(15, "Delivery", "2026-11-03")) == {
        "new": 1,
        "changed": 1,
        "unchanged": 2,
        "vanished": 1,
    }
    assert called(desk, LIVING[0]).values["phone"] == "010-8888-7777"
    assert LIVING[3].name in names(desk)


def test_of_a_part_of_a_list_nobody_is_missed(desk: Desk) -> None:
    taken(desk, *LIVING)

    assert taken(desk, LIVING[0]) == {"unchanged": 1}
    assert taken(desk, *LIVING[:2]) == {"unchanged": 2, "vanished": 2}


def test_of_a_file_of_rejected_rows_nobody_is_missed(desk: Desk, tmp_path: Path) -> None:
    taken(desk, *LIVING[:3])
    rejects = tmp_path / "rejects.csv"
    bad = [replace(p, collected_on="soon") for p in LIVING[:2]]
    take(desk, write(tmp_path / "list.csv", *bad, LIVING[2]), rejects=rejects)
    rejects.write_text(rejects.read_text("utf-8-sig").replace(",soon,", ",2026-11-02,"), "utf-8")

    assert counts(take(desk, rejects)) == {"unchanged": 2}


def test_a_rehearsal_says_the_same_and_changes_nothing(desk: Desk) -> None:
    taken(desk, *LIVING)
    before = state(desk)
    rows = [replace(LIVING[0], phone="010-8888-7777"), *LIVING[1:3], LIVING[2],
            one(15, "Delivery", "2026-11-03"), one(15, "Delivery", "2026-11-03"),
            one(16, "Another purpose", "2026-11-03"), BOTH, BOTH_TOO]  # fmt: skip
    told = taken(desk, *rows, dry=True)

    assert state(desk) == before
    assert taken(desk, *rows) == told
    assert told["new"] == 3
    assert told["vanished"] == 1


def test_a_rehearsal_tells_apart_the_places_it_would_make(desk: Desk) -> None:
    rows = [LIVING[0], replace(LIVING[0], name="옥가뷁", place="Call centre"),
            replace(LIVING[1], purpose="Unheard of"),
            replace(LIVING[2], purpose="Unheard of", place="Call centre")]  # fmt: skip
    path = write(desk.vault.folder.parent / "list.csv", *rows)
    rehearsal, report = take(desk, path, dry=True), take(desk, path)

    assert counts(rehearsal) == counts(report) == {"new": 4}
    made = [[note.values["name"] for note in told.notes] for told in (rehearsal, report)]
    assert made[0] == made[1]
    assert "Unheard of 2" in made[0]
    assert "would be created" in rehearsal.text()
    assert "would" not in report.text()


def test_of_two_rows_about_somebody_known_the_first_counts_each_time(desk: Desk) -> None:
    other = replace(LIVING[0], phone="010-8888-7777")

    assert taken(desk, LIVING[0], other) == {"new": 1, "duplicate": 1}
    for _time in range(2):
        assert taken(desk, LIVING[0], other, dry=True) == {"unchanged": 1, "duplicate": 1}
        assert taken(desk, LIVING[0], other) == {"unchanged": 1, "duplicate": 1}
    assert called(desk, LIVING[0]).values["phone"] == LIVING[0].phone


def test_one_person_twice_in_a_list_is_one_person(desk: Desk) -> None:
    assert taken(desk, LIVING[0], LIVING[0], LIVING[1]) == {"new": 2, "duplicate": 1}
    assert (len(people(desk)), holdings(desk)) == (2, 2)


def test_one_person_for_two_purposes_has_two_holdings(desk: Desk) -> None:
    assert taken(desk, BOTH, BOTH_TOO, BOTH_TOO) == {"new": 1, "changed": 1, "duplicate": 1}
    assert (len(people(desk)), holdings(desk)) == (1, 2)


def test_somebody_known_who_comes_twice_for_a_new_purpose_gets_one_holding(desk: Desk) -> None:
    taken(desk, BOTH)

    told = taken(desk, BOTH_TOO, BOTH_TOO)
    assert told["changed"] == 1
    assert holdings(desk) == 2


def test_one_number_at_two_places_is_two_people(desk: Desk) -> None:
    elsewhere = replace(LIVING[1], source_id=LIVING[0].source_id, place="Call centre")

    assert taken(desk, LIVING[0], elsewhere) == {"new": 2}
    assert {p.values["name"] for p in people(desk)} == {LIVING[0].name, LIVING[1].name}


def test_a_list_without_a_place_belongs_to_the_only_file_of_its_purpose(desk: Desk) -> None:
    bare = [replace(p, place="") for p in (*LIVING, *DUE)]
    taken(desk, *bare)
    desk.service("places").create({"name": "Web shop", "kind": "system"})
    files = desk.service("files").find(Query())
    for file in files:
        desk.service("files").update(file.ref, {"place": "Web shop"})

    assert taken(desk, *bare, dry=True) == {"unchanged": 8}
    assert taken(desk, *bare) == {"unchanged": 8}
    assert len(desk.service("files").find(Query())) == len(files)


def test_a_place_that_is_named_only_for_the_next_list_is_refused(desk: Desk) -> None:
    taken(desk, *(replace(p, place="") for p in LIVING))
    before = state(desk)

    with pytest.raises(OtherPlaceError, match=r"here from “This vault”, .* “Web shop”"):
        taken(desk, *LIVING)
    assert state(desk) == before
    others = [replace(p, name=f"Other {n}") for n, p in enumerate(LIVING)]
    assert taken(desk, *others) == {"new": 4}


def test_a_place_that_is_no_longer_named_is_refused(desk: Desk) -> None:
    taken(desk, *LIVING)

    with pytest.raises(OtherPlaceError, match="known here from “Web shop”"):
        taken(desk, *(replace(p, place="") for p in LIVING), dry=True)


def test_nobody_destroyed_comes_back_because_the_place_is_not_named(
    filled: Desk, key: Path, vault: Path, tmp_path: Path
) -> None:
    desk, _done = destroyed(filled, vault, key)
    path = write(tmp_path / "again.csv", *(replace(p, place="") for p in DUE))

    with pytest.raises(OtherPlaceError):
        take(desk, path)
    desk.vault.close()


@pytest.mark.parametrize("again", ["w-771010", "W-771010 ", " W-771010"])
def test_a_number_is_known_however_it_is_written(desk: Desk, again: str) -> None:
    assert LIVING[0].source_id == "W-771010"
    taken(desk, LIVING[0])

    assert taken(desk, replace(LIVING[0], source_id=again)) == {"unchanged": 1}


def test_without_a_number_somebody_is_known_by_all_her_values(desk: Desk) -> None:
    bare = [replace(p, source_id="") for p in LIVING]
    taken(desk, *bare)

    assert taken(desk, *bare) == {"unchanged": 4}
    assert taken(desk, replace(bare[0], phone="010-8888-7777"))["new"] == 1


def test_a_correction_by_a_list_leaves_nothing_of_the_old_value(desk: Desk) -> None:
    taken(desk, LIVING[0])
    taken(desk, replace(LIVING[0], phone="010-8888-7777"))

    text = every_plaintext(desk.vault)
    assert LIVING[0].phone.encode() not in text
    assert b"010-8888-7777" in text
    assert desk.vault.meta(KEYS_WAIT)


def test_an_empty_cell_takes_nothing_away(desk: Desk) -> None:
    taken(desk, LIVING[0])

    assert taken(desk, replace(LIVING[0], phone="")) == {"unchanged": 1}
    assert called(desk, LIVING[0]).values["phone"] == LIVING[0].phone


def test_who_was_destroyed_is_blocked_and_told_in_the_rejects(
    filled: Desk, key: Path, vault: Path, tmp_path: Path
) -> None:
    desk, _done = destroyed(filled, vault, key)
    rejects = tmp_path / "again.rejects.csv"
    path = write(tmp_path / "again.csv", DUE[0], DUE[1], LIVING[0])

    told = counts(take(desk, path, dry=True))
    assert told == {"blocked": 2, "unchanged": 1}
    assert counts(take(desk, path, rejects=rejects)) == told
    rows = list(csv.DictReader(rejects.read_text("utf-8-sig").splitlines()))
    assert [row["source_id"] for row in rows] == [DUE[0].source_id, DUE[1].source_id]
    assert all("must not come back" in " ".join(row.values()) for row in rows)
    desk.vault.close()


def test_where_the_office_chose_so_nobody_is_blocked(
    filled: Desk, key: Path, vault: Path, tmp_path: Path
) -> None:
    filled.set_setting("block_reimport", False)
    desk, _done = destroyed(filled, vault, key)

    assert counts(take(desk, write(tmp_path / "again.csv", DUE[0])))["new"] == 1
    desk.vault.close()


def test_bad_rows_go_to_the_rejects_and_the_others_in(desk: Desk, tmp_path: Path) -> None:
    rows = [LIVING[0], replace(LIVING[1], collected_on="yesterday"),
            replace(LIVING[2], purpose=""), replace(LIVING[3], name="", phone="", email="",
                                                    source_id="")]  # fmt: skip
    rejects = tmp_path / "rejects.csv"
    report = take(desk, write(tmp_path / "list.csv", *rows), rejects=rejects)

    assert counts(report) == {"new": 1, "rejected": 3}
    lines = list(csv.reader(rejects.read_text("utf-8-sig").splitlines()))
    assert lines[0][:7] == ["source_id", "name", "phone", "email", "purpose", "collected_on",
                            "place"]  # fmt: skip
    assert [line[7] for line in lines[1:]] == ["3", "4", "5"]
    assert "yesterday" in lines[1]
    exported = [e for e in desk.journal.newest(5) if e.action == "export.made"]
    assert [e.count for e in exported] == [3]


def test_what_is_wrong_is_counted_by_cause(desk: Desk, tmp_path: Path) -> None:
    rows = [replace(p, collected_on="soon") for p in (*LIVING, *DUE)]
    new = [one(n, f"Purpose {n}", "2026-01-02") for n in range(30, 37)]
    rows += [replace(p, place="") for p in new]
    report = take(desk, write(tmp_path / "list.csv", *rows), create=False, dry=True)

    told = [(c.column, c.total, c.first) for c in report.causes]
    assert told == [("collected_on", 8, (2, 3, 4)), ("purpose", 7, (10,))], report.text()
    assert "for example: There is no purpose “Purpose 30”" in report.text()


def test_a_rehearsal_writes_its_rejects_and_says_so_in_the_journal(
    desk: Desk, tmp_path: Path
) -> None:
    rejects, size = tmp_path / "rejects.csv", desk.journal.frontier().size
    path = write(tmp_path / "list.csv", replace(LIVING[0], collected_on="soon"), LIVING[1])
    report = take(desk, path, dry=True, rejects=rejects)

    assert report.rejects_file == "rejects.csv"
    assert "soon" in rejects.read_text("utf-8-sig")
    assert people(desk) == []
    (entry,) = desk.journal.entries(size)
    assert (entry.action, entry.count) == ("export.made", 1)


def test_a_corrected_rejects_file_can_be_taken_in(desk: Desk, tmp_path: Path) -> None:
    rejects = tmp_path / "rejects.csv"
    take(desk, write(tmp_path / "list.csv", replace(LIVING[0], collected_on="soon"), LIVING[1]),
         rejects=rejects)  # fmt: skip
    text = rejects.read_text("utf-8-sig")
    rejects.write_text(text.replace(",soon,", ",2026-11-02,", 1), "utf-8-sig")

    assert counts(take(desk, rejects))["new"] == 1
    assert LIVING[0].name in names(desk)


def test_without_leave_nothing_is_created_for_a_list(desk: Desk, tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", LIVING[0], replace(LIVING[1], purpose="Unheard of"))

    assert counts(take(desk, path, create=False)) == {"rejected": 2}
    assert desk.service("purposes").called("Unheard of") == []
    assert desk.service("places").called("Web shop") == []


def test_a_new_place_named_for_the_whole_list_is_created_with_it(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Purpose,Collected on\nKim,Delivery,2024-03-01\n", encoding="utf-8")

    rehearsal = take(desk, path, dry=True, create=False, place="Branch office")
    assert "The place “Branch office” would be created." in rehearsal.text()
    assert desk.service("places").called("Branch office") == []
    assert counts(take(desk, path, create=False, place="Branch office")) == {"new": 1}
    (place,) = desk.service("places").called("Branch office")
    assert desk.service("places").rows([place])[0].values["kind"] == "system"
    assert counts(take(desk, path, create=False, place="branch office")) == {"new": 1}
    assert desk.service("places").called("Branch office") == [place]


def test_naming_a_new_place_gives_no_leave_to_create_what_columns_name(
    desk: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Purpose,Collected on\nKim,Unheard of,2024-03-01\n", encoding="utf-8")

    assert counts(take(desk, path, create=False, place="Branch office")) == {"rejected": 1}
    assert desk.service("purposes").called("Unheard of") == []


def test_what_a_list_names_is_created_where_it_may_be(desk: Desk, tmp_path: Path) -> None:
    report = take(desk, write(tmp_path / "list.csv", replace(LIVING[0], purpose="Unheard of")))

    (purpose,) = desk.service("purposes").called("Unheard of")
    assert desk.service("places").called("Web shop")
    row = desk.service("purposes").rows([purpose])[0]
    assert len(row.values["required_items"]) == 3
    assert len(report.notes) == 3


class Pressed(Progress):
    """A Cancel pressed after some checks."""

    def __init__(self, after: int) -> None:
        super().__init__()
        self._left = after

    def check(self) -> None:
        self._left -= 1
        if self._left == 0:
            self.stop()
        super().check()


@pytest.mark.parametrize("after", [1, 2, 3, 4])
def test_a_cancelled_import_leaves_nothing_behind(desk: Desk, tmp_path: Path, after: int) -> None:
    taken(desk, LIVING[0])
    before, files = state(desk), sorted(tmp_path.rglob("*"))
    odd = [replace(LIVING[0], phone="010-8888-7777"), replace(LIVING[1], collected_on="soon")]
    path = write(tmp_path / "list.csv", *DUE, *odd, one(7, "Unheard of", "2026-01-01"))

    with pytest.raises(Cancelled):
        take(desk, path, rejects=tmp_path / "rejects.csv", progress=Pressed(after))
    assert state(desk) == before
    assert sorted(tmp_path.rglob("*")) == files
    assert counts(take(desk, path))["new"] == 5


def test_a_mapping_is_remembered_for_the_next_list_of_these_columns(
    desk: Desk, tmp_path: Path
) -> None:
    taken(desk, LIVING[0])
    mapping = remembered(desk, "subjects", HEAD.split(","))

    assert mapping is not None
    assert mapping.column_of("source_id") == 0
    assert remembered(desk, "subjects", ["another", "list"]) is None


def test_only_officers_import(filled: Desk, tmp_path: Path) -> None:
    desk = switch_to(filled, MANAGER)
    with pytest.raises(ForbiddenError):
        take(desk, write(tmp_path / "list.csv", LIVING[0]))
    desk.vault.close()


def test_a_list_so_long_that_another_process_helps_says_the_same(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "MANY", 1)
    rows = [BOTH, BOTH_TOO, *LIVING, LIVING[0], replace(DUE[0], collected_on="soon"), DUE[1]]

    assert taken(desk, *rows) == {"new": 6, "changed": 1, "duplicate": 1, "rejected": 1}
    assert taken(desk, *rows)["unchanged"] == 8
    assert desk.vault.raw.execute("PRAGMA main.integrity_check").fetchone()[0] == "ok"


@pytest.mark.parametrize("dry", [True, False])
def test_a_row_that_only_has_a_note_is_about_nobody(
    desk: Desk, tmp_path: Path, *, dry: bool
) -> None:
    path = tmp_path / "notes.csv"
    path.write_text(
        "name,phone,purpose,collected,place,note\n"
        "김가나,010-4821-7733,Newsletter,2026-01-02,Web shop,prefers letters\n"
        ",,Newsletter,2026-01-02,Web shop,called twice\n",
        encoding="utf-8",
    )
    report = take(desk, path, dry=dry)

    assert counts(report) == {"new": 1, "rejected": 1}
    assert "says nothing about a person" in report.text()
