"""``due``, ``destroy``, ``print`` and ``verify``."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from privdesk.core.clock import SystemClock, today
from privdesk.documents.preview import page_texts
from tests.cli.office import Office
from tests.copies import open_as
from tests.desks import ALICE, BORA


def _with_due(office: Office) -> Office:
    office.with_people()
    (purpose,) = office.run(
        "list", office.vault, "purposes", "--where", "name=Newsletter", "--json"
    ).json
    office.run("set", office.vault, "purposes", purpose["ref"], "retention=3 years")
    return office


def _holdings(office: Office, *more: str) -> list[str]:
    found = office.run("due", office.vault, "--json", *more).json
    return sorted(each["ref"] for each in found if "holding" in each)


def test_due_names_the_person_and_what_is_held_of_her(office: Office) -> None:
    _with_due(office)
    people = sorted((office.ref_of("홍길동"), office.ref_of("mina")))

    assert _holdings(office) == people
    assert _holdings(office, "--on", "2016-01-31") == []
    assert _holdings(office, "--on", "2016. 2. 1.") == people
    one = next(e for e in office.run("due", office.vault, "--json").json if "holding" in e)
    assert (one["due_on"], one["rule"], one["purpose_name"]) == ("2016-02-01", "12", "Newsletter")
    assert office.run("due", office.vault).code == 0


def test_from_the_request_to_the_certificate(office: Office) -> None:
    _with_due(office)
    asked = ("destroy", "request", office.vault, "--due", "--json", "--reason", "period over")
    number = office.run(*asked).json["ref"]
    custody, out = office.folder / "safe.key", office.folder / "certificate.pdf"
    execute = ("destroy", "execute", office.vault, number, "--custody", custody, "--out", out)

    assert "cannot approve" in office.run("destroy", "approve", office.vault, number).refused
    assert office.run(*execute).code == 1
    assert office.run("destroy", "approve", office.vault, number, who=BORA).code == 0
    away = (*execute[:-1], office.folder / "none" / "c.pdf")
    assert "does not exist" in office.run(*away).refused
    done = office.run(*execute, "--json").json

    assert done["state"] in ("backups_closed", "complete")
    assert done["tombstones"] == 2
    assert out.read_bytes().startswith(b"%PDF")
    assert out.stat().st_mode & 0o077 == 0
    assert office.run("search", office.vault, "홍길동", "--json").json == []
    assert _holdings(office) == []
    (told,) = office.run("destroy", "status", office.vault, number, "--json").json
    assert told["signed"]["approver"] == BORA
    _verify(office, out)


def _verify(office: Office, paper: Path) -> None:
    assert office.bare("verify", paper).code == 0
    told = office.run("verify", paper, "--vault", office.vault, "--json").json
    assert told["genuine"]
    assert told["contains_checkpoint"]
    assert office.run("verify", office.vault, "--checkpoint", paper).code == 0
    data = bytearray(paper.read_bytes())
    data[data.index(b"stream") + 40] ^= 1
    changed = office.folder / "changed.pdf"
    changed.write_bytes(data)
    assert office.bare("verify", changed).code == 1
    assert office.run("verify", changed, "--vault", office.vault).code == 1


def test_who_is_not_due_yet_and_who_stays_is_said_beside_the_number(office: Office) -> None:
    _with_due(office)
    due, early, held = office.ref_of("mina"), office.ref_of("park"), office.ref_of("홍길동")
    holding = {
        row["subject"]: row["ref"]
        for row in office.run("list", office.vault, "holdings", "--json").json
    }
    done = office.run(
        *("act", office.vault, "holdings", holding[held], "hold"),
        "reason=court",
    )
    assert done.code == 0, done.err
    ask = ("destroy", "request", office.vault, "--reason", "asked for it")

    told = office.run(*ask, "--ref", due, "--ref", early, "--ref", held)
    assert told.out.strip().splitlines() == [told.out.strip()]
    assert told.err.splitlines()[:2] == [
        "Not due yet: 1 person; the reason has to say why they go all the same.",
        f"  {early}  {holding[early]}  no due day yet",
    ]
    assert told.err.splitlines()[2:] == [
        "Left out: 1 person",
        f"  {held}  {holding[held]}  legal hold",
    ]
    assert f"{held}: legal hold" in office.run(*ask, "--ref", held).refused

    office.run("act", office.vault, "destructions", told.out.strip(), "cancel", "reason=no")
    told_json = office.run(*ask, "--ref", due, "--ref", early, "--ref", held, "--json").json
    assert told_json["ref"].startswith("D-")
    assert [e["ref"] for e in told_json["not_due"]] == [early]
    assert [k["why"] for k in told_json["left_out"]] == ["legal hold"]


def test_everything_due_is_asked_for_without_a_notice(office: Office) -> None:
    _with_due(office)
    told = office.run("destroy", "request", office.vault, "--due", "--reason", "period over")

    assert (told.code, told.err) == (0, "")


def test_chosen_people_and_a_place_that_answers(office: Office) -> None:
    _with_due(office)
    person = office.ref_of("park")
    office.run("set", office.vault, "places", "name=Web shop")
    (held,) = office.run(
        "list", office.vault, "holdings", "--where", f"subject={person}", "--json"
    ).json
    office.run("set", office.vault, "files", held["file"], "copies=Web shop")
    asked = ("destroy", "request", office.vault, "--ref", person, "--reason", "asked for it")
    number = office.run(*asked).out.strip()
    office.run("destroy", "approve", office.vault, number, who=BORA)
    place = (
        "destroy",
        "place",
        office.vault,
        number,
        "Web shop",
        "--by",
        "IT",
        "--on",
        str(today(SystemClock())),
    )
    assert "not been executed" in office.run(*place, "--count", "1").refused
    custody = office.folder / "safe.key"
    done = office.run("destroy", "execute", office.vault, number, "--custody", custody)

    assert done.code == 0, done.err
    gone = ("--destroyed", str(today(SystemClock())), "--by", ALICE)
    assert office.run("custody", "confirm", office.vault, "C-1", *gone).code == 0
    assert "larger than the vault can hold" in office.run(*place, "--count", "9" * 30).refused
    told = office.run(*place, "--count", "1", "--json").json
    assert [p["count"] for p in told["places"]] == [1]
    assert told["state"] == "complete"
    assert (
        "no order to the place “This vault”"
        in office.run(*place[:4], "This vault", *place[5:], "--count", "1").refused
    )


def test_a_list_is_printed_whole_and_checked(office: Office) -> None:
    out = office.folder / "list.pdf"
    told = office.run("print", office.vault, "d2", "--lang", "ko", "--out", out, "--json").json

    assert told["number"].startswith("D2-")
    assert told["title"] == "개인정보 파기 관리대장"
    proof = office.run("verify", out, "--vault", office.vault, "--json").json
    assert proof["ref"] == told["ref"]
    (foot,) = [line for line in page_texts(out.read_bytes())[0].splitlines() if "privdesk/" in line]
    assert office.run("verify", office.vault, "--checkpoint", foot).code == 0
    other = foot.replace("·", "· 1", 1)
    assert "does not contain" in office.run("verify", office.vault, "--checkpoint", other).refused


def test_an_issued_paper_is_written_again_as_it_was(office: Office) -> None:
    out, again = office.folder / "list.pdf", office.folder / "again.pdf"
    told = office.run("print", office.vault, "d2", "--out", out, "--json").json
    act = ("act", office.vault, "documents", told["ref"], "reprint")
    done = office.run(*act, "--file", again, "--json").json

    assert done["ref"] == told["ref"]
    assert again.read_bytes() == out.read_bytes()
    assert office.run(*act).code == 2
    assert ".pdf" in office.run(*act, "--file", office.folder / "again.txt").refused
    assert len(office.run("list", office.vault, "documents", "--json").json) == 1


def test_an_exported_list_waits_for_its_destruction(office: Office) -> None:
    file = office.folder / "places.csv"
    office.run("export", office.vault, "places", file, "--reason", "for the audit")
    (row,) = office.run("list", office.vault, "documents", "--json").json
    due = office.run("due", office.vault, "--json").json
    assert row["ref"] in [each["ref"] for each in due]

    act = ("act", office.vault, "documents", row["ref"], "destroyed", "by=Kim Example")
    assert office.run(*act, f"on={today(SystemClock())}").code == 0
    due = office.run("due", office.vault, "--json").json
    assert row["ref"] not in [each["ref"] for each in due]


def test_a_print_without_signature_is_known_by_the_vault_and_only_unchanged(
    office: Office,
) -> None:
    office.run("officers", "change", office.vault, BORA, "--role", "manager")
    out = office.folder / "list.pdf"
    assert office.run("print", office.vault, "d2", "--out", out, who=BORA).code == 0

    assert "no signature" in office.bare("verify", out).refused
    proved = office.run("verify", out, "--vault", office.vault, "--json").json
    assert (proved["issued_by"], proved["issued_by_role"]) == (BORA, "manager")
    out.write_bytes(out.read_bytes() + b"\n")
    assert "not issued" in office.run("verify", out, "--vault", office.vault).refused

    desk = open_as(office.vault, BORA)  # whoever has REGISTER can write the list of papers
    with desk.vault.transaction():
        digest = sha256(out.read_bytes()).hexdigest()
        desk.vault.raw.execute("UPDATE documents SET digest = ?", (digest,))
    desk.vault.close()
    assert "not issued" in office.run("verify", out, "--vault", office.vault).refused


def test_a_journal_that_does_not_hold_the_checkpoint_is_refused(office: Office) -> None:
    assert office.run("verify", office.vault).code == 0
    newest = office.run("verify", office.vault, "--json").json["checkpoint"]
    assert office.run("verify", office.vault, "--checkpoint", newest).code == 0
    text = "privdesk/" + "0" * 32 + " 3 " + "A" * 43 + "= — 1 " + "A" * 86 + "=="

    refused = office.run("verify", office.vault, "--checkpoint", text).refused
    assert "does not contain" in refused
    assert "another vault" in refused
    foot = f"privdesk/{'0' * 32} · 3 · 0123 4567 89ab cdef …"
    assert "does not contain" in office.run("verify", office.vault, "--checkpoint", foot).refused
    foot = f"privdesk/{'0' * 32} · {'9' * 5_000} · 0123 4567 89ab cdef …"
    assert "no checkpoint" in office.run("verify", office.vault, "--checkpoint", foot).refused
    told = office.run("verify", office.vault, "--checkpoint", "anything")
    assert "no checkpoint" in told.refused
