"""The calls of the command line in the order in which an office makes them, from new to roll.

What they promise: exit 0 done, 1 refused with one sentence, 2 usage; ``--json`` a list of
objects with ``ref``, or one object; personal values masked unless revealed with a reason.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from privdesk.core.clock import SystemClock, today
from tests.cli.office import PEOPLE, Office, Templates
from tests.desks import ALICE, BORA

TODAY = str(today(SystemClock()))


@pytest.fixture
def begun(
    tmp_path: Path, account: Path, templates: Templates, capsys: pytest.CaptureFixture[str]
) -> Office:
    """Return an office that the command line itself begins."""
    made = Office(tmp_path, templates, capsys)
    made.vault = tmp_path / "line.privdesk"
    kit, custody = tmp_path / "kit.pdf", tmp_path / "custody.key"
    told = made.run(
        "new", made.vault, "--company", "Sample Ltd", "--kit", kit, "--custody", custody
    )
    assert told.code == 0, told.err
    secret = ("--new-passphrase-file", tmp_path / "bora.txt")
    assert made.run("officers", "add", made.vault, BORA, *secret).code == 0
    return made


def _objects(office: Office, *arguments: object) -> list[dict[str, Any]]:
    found = office.run(*arguments, "--json").json
    assert isinstance(found, list)
    assert all(isinstance(each, dict) and "ref" in each for each in found)
    return found


def _taken(office: Office) -> None:
    list_, rejects = office.file("list.csv", PEOPLE), office.folder / "rejects.csv"
    take = ("import", office.vault, "subjects", list_, "--map", "Shoe size=")
    assert office.run(*take, "--dry-run", "--create-purposes").code == 0
    assert _objects(office, "list", office.vault, "subjects") == []
    told = office.run(*take, "--create-purposes", "--rejects", rejects, "--json").json
    assert (told["new"], told["rejected"]) == (3, 1)
    assert rejects.exists()


def _due_from(office: Office) -> list[str]:
    (purpose,) = _objects(office, "list", office.vault, "purposes", "--where", "name=Newsletter")
    changed = office.run("set", office.vault, "purposes", purpose["ref"], "retention=3 years")
    assert changed.code == 0, changed.err
    assert [
        e for e in _objects(office, "due", office.vault, "--on", "2014-01-01") if e.get("holding")
    ] == []
    return [e["ref"] for e in _objects(office, "due", office.vault) if e.get("holding")]


def _destroyed(office: Office) -> str:
    ask = ("destroy", "request", office.vault, "--due", "--reason", "period over")
    number = office.run(*ask).out.strip()
    assert office.run("destroy", "approve", office.vault, number, who=BORA).code == 0
    custody, out = office.folder / "custody-2.key", office.folder / "certificate.pdf"
    done = office.run(
        *("destroy", "execute", office.vault, number, "--custody", custody, "--out", out, "--json")
    ).json
    assert done["ref"] == number
    assert out.read_bytes().startswith(b"%PDF")
    assert [each["ref"] for each in _objects(office, "destroy", "status", office.vault)] == [number]
    return number


def test_from_new_to_the_complete_certificate(begun: Office) -> None:
    office = begun
    _taken(office)
    people = _due_from(office)
    assert len(people) == 2
    before = office.folder / "before.pdbackup"
    assert office.run("backup", office.vault, before).code == 0

    number = _destroyed(office)

    assert _objects(office, "search", office.vault, "홍길동") == []
    assert _objects(office, "due", office.vault, "--on", TODAY) is not None
    copies = _objects(office, "custody", "status", office.vault)
    assert {each["ref"]: each["state"] for each in copies} == {"C-1": "to-replace", "C-2": "held"}
    gone = ("--destroyed", TODAY, "--by", ALICE)
    assert office.run("custody", "confirm", office.vault, "C-1", *gone).code == 0
    (standing,) = _objects(office, "destroy", "status", office.vault, number)
    assert standing["state"] == "complete"
    again = office.run(
        "import", office.vault, "subjects", office.folder / "list.csv", "--json"
    ).json
    assert (again["new"], again["blocked"], again["unchanged"]) == (0, 2, 1)
    refused = office.run("restore", before, office.folder / "restored.privdesk").refused
    assert refused.endswith((".", ")"))


@pytest.mark.parametrize("language", ["ko", "en"])
def test_papers_in_both_languages_are_proved(office: Office, language: str) -> None:
    _taken(office)
    _due_from(office)
    number = _destroyed(office)

    for code, ref in (("d1", number), ("d1a", number), ("d2", None)):
        out = office.folder / f"{code}.pdf"
        of = (ref,) if ref else ()
        told = office.run("print", office.vault, code, *of, "--lang", language, "--out", out)
        assert told.code == 0, told.err
        assert office.bare("verify", out).code == 0
        assert office.run("verify", out, "--vault", office.vault).code == 0
        assert office.run("verify", office.vault, "--checkpoint", out).code == 0


def test_an_exported_register_goes_into_another_vault(begun: Office) -> None:
    there, here = begun.vault, begun.folder / "office.privdesk"
    begun.vault = here
    begun.with_people()
    revealed = ("--reveal", "--reason", "compared")

    for ending, count in ((".csv", "new"), (".xlsx", "unchanged"), (".json", "unchanged")):
        file = begun.folder / f"people{ending}"
        out = ("export", here, "subjects", file)
        assert begun.run(*out).code == 1
        assert not file.exists()
        assert begun.run(*out, "--reason", "for the other office").code == 0
        told = begun.run("import", there, "subjects", file, "--create-purposes", "--json").json
        assert told[count] == 3, (ending, told)
    mine, theirs = (
        sorted(each["name"] for each in _objects(begun, "list", vault, "subjects", *revealed))
        for vault in (here, there)
    )
    assert mine == theirs


def test_values_stay_masked_unless_there_is_a_reason(office: Office) -> None:
    _taken(office)
    ref = office.ref_of("홍길동")

    for call in (
        ("list", office.vault, "subjects"),
        ("search", office.vault, "홍길"),
        ("show", office.vault, "subjects", ref),
        ("due", office.vault),
    ):
        for more in ((), ("--json",)):
            told = office.run(*call, *more)
            assert told.code == 0, told.err
            assert "홍길동" not in told.out
            assert "010-1234-5678" not in told.out
    assert office.run("show", office.vault, "subjects", ref, "--reveal").code == 1
    told = office.run("show", office.vault, "subjects", ref, "--reveal", "--reason", "she calls")
    assert "홍길동" in told.out


def test_a_backup_is_restored_and_the_secret_changed(office: Office) -> None:
    _taken(office)
    file, copy = office.folder / "office.pdbackup", office.folder / "restored.privdesk"
    assert office.run("backup", office.vault, file, "--json").json["epoch"] == 1
    assert office.run("restore", file, copy).code == 0
    assert len(_objects(office, "list", copy, "subjects")) == 3

    assert office.run("roll", office.vault, "--custody", office.folder / "c2.key").code == 0
    assert office.run("verify", office.vault).code == 0
    late = office.folder / "late.privdesk"
    assert "--live" in office.run("restore", file, late).refused
    assert office.run("restore", file, late, "--live", office.vault).code == 0
    assert len(_objects(office, "list", late, "subjects")) == 3
    assert len(_objects(office, "list", late, "reentries")) == 0


def test_a_restore_without_living_keys_waits_for_a_second_officer(office: Office) -> None:
    _taken(office)
    file, again = office.folder / "office.pdbackup", office.folder / "again.privdesk"
    then, new = office.folder / "out" / "custody.key", office.folder / "new.key"
    assert office.run("backup", office.vault, file).code == 0
    assert office.run("roll", office.vault, "--custody", office.folder / "c2.key").code == 0
    ref = _objects(office, "list", office.vault, "subjects")[0]["ref"]

    told = office.run("restore", file, again, "--custody", then, "--json").json
    assert told["waits_for_second"] is True
    assert "restore-approve" in office.run("list", again, "subjects").refused
    assert "another officer" in office.run("restore-approve", again).refused
    approved = ("restore-approve", again, "--ref", ref, "--custody", new, "--lost", "--json")
    assert "--lost" in office.run(*approved[:-2], who=BORA).refused
    assert office.run(*approved, who=BORA).json["destroyed_again"] == 1
    assert len(_objects(office, "list", again, "subjects")) == 2
    assert [r["kind"] for r in _objects(office, "list", again, "reentries")] == ["unknown"]
    assert office.run("verify", again).code == 0


@pytest.mark.parametrize(
    "call",
    [
        ("list", "VAULT", "nothing"),
        ("list", "VAULT", "places", "--where", "colour=red"),
        ("show", "VAULT", "places", "L-000001-0"),
        ("show", "VAULT", "places", "Web shop"),
        ("set", "VAULT", "places", "colour=red"),
        ("set", "VAULT", "subjects", "state=destroyed"),
        ("import", "VAULT", "subjects", "missing.csv"),
        ("export", "VAULT", "places", "places.csv"),
        ("due", "VAULT", "--on", "yesterday"),
        ("destroy", "request", "VAULT", "--due"),
        ("destroy", "request", "VAULT", "--due", "--reason", "nobody is due"),
        ("destroy", "approve", "VAULT", "D-000001-0"),
        ("destroy", "status", "VAULT", "D-000001-0"),
        ("custody", "confirm", "VAULT", "C-9"),
        ("print", "VAULT", "d99", "--out", "d99.pdf"),
        ("print", "VAULT", "d1", "--out", "d1.pdf"),
        ("verify", "missing.pdf"),
        ("verify", "VAULT", "--checkpoint", "nothing"),
        ("restore", "missing.pdbackup", "restored.privdesk"),
    ],
)
def test_a_refusal_is_one_sentence_and_changes_nothing(
    office: Office, call: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office.folder)
    before = sorted(path.name for path in office.folder.iterdir())

    told = office.run(*(office.vault if each == "VAULT" else each for each in call))

    assert told.code in (1, 2), told.out
    if told.code == 1:
        assert told.refused
    assert "Traceback" not in told.err
    assert told.out == ""
    assert sorted(path.name for path in office.folder.iterdir()) == before


@pytest.mark.parametrize(
    "call", [("frobnicate",), ("list",), ("destroy", "place", "v"), ("list", "v", "--colour")]
)
def test_what_is_not_understood_is_a_fault_of_usage(office: Office, call: tuple[str, ...]) -> None:
    told = office.bare("--officer", ALICE, *call)

    assert told.code == 2
    assert "Traceback" not in told.err
