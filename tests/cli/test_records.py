"""``list``, ``show``, ``set``, ``act`` and ``search``."""

from __future__ import annotations

from errno import ENOSPC
from pathlib import Path
from typing import Any

import pytest

from privdesk.core import system
from privdesk.core.references import check_digit
from privdesk.documents.preview import page_texts
from tests.cli.office import Office
from tests.desks import BORA


def test_set_makes_a_record_and_prints_its_number(office: Office) -> None:
    made = office.run("set", office.vault, "places", "name=Web shop", "kind=system")
    ref = made.out.strip()

    assert ref.startswith("L-")
    assert office.run("set", office.vault, "places", ref, "owner=IT").out.strip() == ref
    (row,) = office.run("list", office.vault, "places", "--where", "name=Web shop", "--json").json
    assert (row["ref"], row["owner"], row["state"]) == (ref, "IT", "active")


def test_a_history_names_fields_as_the_form_does(office: Office) -> None:
    ref = office.run("set", office.vault, "places", "name=Web shop").out.strip()
    office.run("set", office.vault, "places", ref, "owner=IT")

    shown = office.run("--lang", "ko", "show", office.vault, "places", ref).out

    changed = next(line for line in shown.splitlines() if "변경" in line)
    assert "담당 부서" in changed
    assert "owner" not in changed


def test_conditions_narrow_and_widen(office: Office) -> None:
    for name, kind in (("A", "system"), ("B", "archive"), ("C", "backup")):
        office.run("set", office.vault, "places", f"name={name}", f"kind={kind}")
    listed = office.run(
        *("list", office.vault, "places", "--json", "--where", "kind=archive"),
        *("--where", "kind=backup"),
    )

    assert [row["name"] for row in listed.json] == ["B", "C"]
    assert len(office.run("list", office.vault, "places", "--limit", "2", "--json").json) == 2
    by_ref = ("--where", f"ref={listed.json[0]['ref']}", "--json")
    assert [row["name"] for row in office.run("list", office.vault, "places", *by_ref).json] == [
        "B"
    ]


def test_a_state_is_never_set_by_hand(office: Office) -> None:
    office.with_people()
    ref = office.ref_of("mina")

    told = office.run("set", office.vault, "subjects", ref, "state=destroyed").refused
    assert "never set by hand" in told


def test_search_finds_a_person_however_she_is_looked_for(office: Office) -> None:
    office.with_people()

    for text in ("홍길동", "길동", "ㅎㄱㄷ", "5678", "hong@"):
        (found,) = office.run("search", office.vault, text, "--json").json
        assert found["name"] == "홍*동", text
        assert found["register"] == "subjects"


def test_search_takes_references_and_says_nothing_of_strangers(office: Office) -> None:
    office.with_people()
    ref = office.ref_of("mina")

    assert office.ref_of(ref) == ref
    assert office.ref_of(ref.replace("-", "").lower()) == ref
    assert office.run("search", office.vault, "nobody at all", "--json").json == []


def test_a_settled_search_is_one_entry_without_the_text(office: Office) -> None:
    office.with_people()
    before = _entries(office, "record.searched")
    office.run("search", office.vault, "홍길동")
    after = _entries(office, "record.searched")

    assert len(after) == len(before) + 1
    assert after[0][1] == 1
    assert "홍길동" not in str(after)


def test_personal_values_are_masked_unless_revealed_with_a_reason(office: Office) -> None:
    office.with_people()
    masked = office.run("list", office.vault, "subjects", "--json").out
    assert "hong@example.org" not in masked
    assert "reason" in office.run("list", office.vault, "subjects", "--reveal").refused

    looks = len(_entries(office, "record.looked"))
    told = office.run("--reveal", "--reason", "a call", "list", office.vault, "subjects", "--json")
    assert {row["name"] for row in told.json} == {"홍길동", "Kim Mina", "=박=첨지"}
    assert len(_entries(office, "record.looked")) == looks + 3


def test_a_look_at_one_person_stands_in_her_history(office: Office) -> None:
    office.with_people()
    ref = office.ref_of("mina")
    shown = office.run("show", office.vault, "subjects", ref, "--reveal", "--reason", "by phone")

    assert "Kim Mina" in shown.out
    assert "by phone" in office.run("show", office.vault, "subjects", ref).out
    assert "Kim Mina" not in office.run("show", office.vault, "subjects", ref, "--json").out


def test_a_manager_is_refused_what_she_has_no_key_for(office: Office) -> None:
    office.with_people()
    office.run("officers", "change", office.vault, BORA, "--role", "manager")

    assert "Kim" not in office.run("list", office.vault, "subjects", "--json", who=BORA).out
    for arguments in (
        ["list", office.vault, "subjects", "--reveal", "--reason", "x"],
        ["list", office.vault, "subjects", "--where", "name=Kim Mina"],
        ["set", office.vault, "places", "name=X"],
        ["destroy", "request", office.vault, "--due", "--reason", "x"],
        ["backup", office.vault, office.folder / "b"],
    ):
        assert "Your role (manager)" in office.run(*arguments, who=BORA).refused


def test_act_does_what_a_register_declares(office: Office) -> None:
    office.with_people()
    ref = office.ref_of("mina")
    (holding,) = office.run(
        "list", office.vault, "holdings", "--where", f"subject={ref}", "--json"
    ).json
    told = office.run("act", office.vault, "holdings", holding["ref"], "hold", "reason=court case")

    assert told.code == 0, told.err
    (held,) = office.run(
        "list", office.vault, "holdings", "--where", f"subject={ref}", "--json"
    ).json
    assert held["state"] == "held"
    assert held["hold_reason"] == "court case"
    refused = office.run("act", office.vault, "holdings", holding["ref"], "hold", "reason=again")
    assert "is in the state" in refused.refused
    missing = office.run("act", office.vault, "holdings", holding["ref"], "release")
    assert "must not be empty" in missing.refused


def test_the_last_import_is_undone_by_an_action(office: Office) -> None:
    office.with_people()

    assert office.run("act", office.vault, "imports", "undo").code == 0
    assert office.run("list", office.vault, "subjects", "--json").json == []
    assert "cannot be taken back" in office.run("act", office.vault, "imports", "undo").refused


def test_a_record_is_taken_out_of_use_by_an_action(office: Office) -> None:
    told = ("act", office.vault, "places")
    ref = office.run("set", office.vault, "places", "name=Old shop", "kind=system").out.split()[0]
    assert office.run(*told, ref, "void", "reason=entered twice").code == 0
    assert office.run("show", office.vault, "places", ref, "--json").json["state"] == "void"
    assert "void" in office.run(*told, ref, "vanish").refused


def _entries(office: Office, action: str) -> list[tuple[str, int, str]]:
    from privdesk.flows.opening import open_desk
    from tests.desks import ALICE, PASSPHRASE

    desk = open_desk(office.vault, ALICE, PASSPHRASE)
    try:
        found = [e for e in desk.journal.newest(1000) if e.action == action]
        return [(e.ref, e.count, str(desk.journal.details(e))) for e in found]
    finally:
        desk.vault.close()


def test_a_text_of_one_line_stays_one_line_and_a_note_keeps_its_lines(office: Office) -> None:
    ref = office.run(
        *("set", office.vault, "places", "name=Web\r\n  shop\u2028two", "owner=\tIT\n"),
        "address=1 Example-ro\n\tSeoul",
        "note=first\nsecond",
    ).out.strip()
    row = office.run("show", office.vault, "places", ref, "--json").json

    assert (row["name"], row["owner"]) == ("Web shop two", "IT")
    assert row["address"] == "1 Example-ro Seoul"
    assert row["note"] == "first\nsecond"
    told = office.run("set", office.vault, "places", "name=Web\x1b[31mshop").refused
    assert "cannot be stored" in told


def test_the_journal_is_read_like_any_other_register(office: Office) -> None:
    entries = office.run("list", office.vault, "journal", "--json").json
    first = entries[-1]["ref"]

    assert first in office.run("show", office.vault, "journal", first).out
    (found,) = office.run("list", office.vault, "journal", "--where", f"ref={first}", "--json").json
    assert found == entries[-1]
    opened = office.run("list", office.vault, "journal", "--where", "action=vault.opened", "--json")
    assert {entry["action"] for entry in opened.json} == {"vault.opened"}
    for arguments in (
        ["show", "journal", "E-999999-" + str(check_digit(999999))],
        ["show", "journal", "L-000004-5"],
        ["list", "journal", "--where", "nothing=1"],
    ):
        command, register, *rest = arguments
        assert "There is no" in office.run(command, office.vault, register, *rest).refused
    early = office.run("list", office.vault, "journal", "--where", "at=1800-01-01")
    assert "outside the calendar" in early.refused


def test_an_endless_limit_is_as_good_as_none(office: Office) -> None:
    office.with_people()
    for command in (["search", office.vault, "Kim"], ["list", office.vault, "subjects"]):
        assert office.run(*command, "--limit", "9" * 30, "--json").json


def test_a_registers_list_is_printed_as_list_would_show_it(office: Office) -> None:
    office.with_people()
    out = office.folder / "people.pdf"
    call = ("print", office.vault, "subjects", "--lang", "en", "--out", out)
    told = office.run(*call, "--columns", "name, phone,ref", "--where", "state=living", "--json")
    words = " ".join(page_texts(out.read_bytes()))

    assert (told.json["number"], told.json["title"]) == ("LIST-2026-0001", "List of data subjects")
    assert "010-****-5678" in words
    assert "홍길동" not in words
    assert "State: " in words
    assert office.run("verify", out, "--vault", office.vault).code == 0

    assert "needs a reason" in office.run(*call, "--reveal").refused
    assert office.run(*call, "--reveal", "--reason", "compared with the shop").code == 0
    assert "홍길동" in " ".join(page_texts(out.read_bytes()))


@pytest.mark.parametrize(
    "wrong",
    [
        ("subjects", "S-000001-3"),
        ("d2", "--where", "state=done"),
        ("d2", "--columns", "ref"),
        ("d2", "--reveal", "--reason", "why not"),
    ],
)
def test_what_belongs_to_a_list_is_refused_for_a_paper_and_the_other_way(
    office: Office, wrong: tuple[str, ...]
) -> None:
    out = office.folder / "out.pdf"
    answer = office.run("print", office.vault, *wrong, "--out", out)
    assert answer.code == 2
    assert not out.exists()


def test_days_narrow_by_themselves_and_by_spans(office: Office) -> None:
    office.with_people()
    call = ("list", office.vault, "subjects", "--json", "--where")

    def names(*where: str) -> set[str]:
        return {row["collected"] for row in office.run(*call, *where).json}

    assert names("collected=2013-02-01") == {"2013-02-01"}
    assert names("collected=2014-01-01..") == {"2026-02-01"}
    assert names("collected=..2014-01-01") == {"2013-02-01"}
    assert "no date" in office.run(*call, "collected=2014..soon").refused


def test_a_state_that_no_record_has_is_refused_not_answered_with_nobody(office: Office) -> None:
    office.with_people()
    out = office.folder / "people.pdf"
    call = ("print", office.vault, "subjects", "--out", out)
    assert "“Owing” here" in office.run(*call, "--where", "state=Owing").refused
    assert "“name” is named twice" in office.run(*call, "--columns", "name,ref,name").refused
    assert not out.exists()


def test_a_paper_that_cannot_be_written_is_not_issued(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.with_people()
    out = office.folder / "people.pdf"

    write = system.atomic_write

    def full(path: Path, *rest: Any) -> None:
        if path == out:
            raise OSError(ENOSPC, "no space left")
        write(path, *rest)

    monkeypatch.setattr(system, "atomic_write", full)
    for document in ("subjects", "keys"):
        assert "space" in office.run("print", office.vault, document, "--out", out).refused
        assert office.run("list", office.vault, "documents", "--json").json == []
    assert not out.exists()


def test_a_condition_on_a_masked_value_is_named_but_not_told(office: Office) -> None:
    office.with_people()
    out = office.folder / "people.pdf"
    call = ("print", office.vault, "subjects", "--lang", "en", "--out", out)
    office.run(*call, "--columns", "ref", "--where", "name=홍길동")
    words = " ".join(" ".join(page_texts(out.read_bytes())).split())

    assert "1 of 3 records · Name: ***" in words
    assert "홍길동" not in words


def test_due_days_are_written_as_a_calendar_file(office: Office) -> None:
    office.with_people()
    for row in office.run("list", office.vault, "purposes", "--json").json:
        office.run("set", office.vault, "purposes", row["ref"], "retention=2 years")
    file = office.folder / "due.ics"

    told = office.run("due", office.vault, "--ics", file, "--json").json

    text = file.read_text("utf-8")
    assert told == {"file": str(file), "days": text.count("BEGIN:VEVENT")}
    assert told["days"] > 0
    assert "홍길동" not in text
    written = office.run("--lang", "ko", "due", office.vault, "--ics", file).out
    assert written == f"처리기한 {told['days']}건을 {file}에 썼습니다\n"


def test_a_calendar_file_is_of_today(office: Office) -> None:
    told = office.run("due", office.vault, "--ics", office.folder / "d.ics", "--on", "2026-12-01")

    assert told.code == 2
    assert "leave --on out" in told.err
