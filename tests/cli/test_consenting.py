"""Consents at the command line: a withdrawal is one procedure, receipts go out and in."""

from __future__ import annotations

import json

import pytest

from tests.cli.office import Office

PDF = b"%PDF-1.7\n"


@pytest.fixture
def office(office: Office) -> Office:
    """Return the office with people of whom one agreed to the newsletter."""
    return office.with_people()


@pytest.fixture
def given(office: Office) -> str:
    """Return a consent in force."""
    who = office.ref_of("홍길동")
    answer = office.run(
        "set", office.vault, "consents", f"subject={who}", "purpose=Newsletter", "at=2024-05-01",
        "channel=web", "--json",
    )  # fmt: skip
    return str(answer.json["ref"])


def test_withdrawing_enters_the_answer_and_requests_the_destruction(
    office: Office, given: str
) -> None:
    paper = office.folder / "confirmation.pdf"

    told = office.run(
        "act",
        office.vault,
        "consents",
        given,
        "withdraw",
        "channel=phone",
        "--file",
        paper,
        "--json",
    ).json

    assert [ref[0] for ref in told["refs"]] == ["C", "D"]
    (status,) = office.run("destroy", "status", office.vault, told["refs"][1], "--json").json
    assert (status["state"], status["holdings"]) == ("requested", 1)
    assert paper.read_bytes().startswith(b"%PDF")
    assert "state" in office.run("act", office.vault, "consents", given, "withdraw").refused


def test_consents_as_of_a_past_day(office: Office, given: str) -> None:
    told = office.run("act", office.vault, "consents", given, "withdraw", "request=no").out
    assert " withdrawal C-" in told
    assert "--out FILE.pdf" in told

    def then(day: str) -> list[str]:
        rows = office.run("list", office.vault, "consents", "--where", f"as_of={day}", "--json")
        return [row["state"] for row in rows.json]

    assert then("2024-05-01") == ["given"]
    assert then("2024-04-30") == []
    assert then("2099-12-31") == ["withdrawn"]


def test_receipts_go_out_and_in(office: Office, given: str) -> None:
    file = office.folder / "receipts.json"
    who = office.ref_of("홍길동")

    assert "reason" in office.run("receipts", "export", office.vault, file).refused.casefold()
    told = office.run(
        "receipts", "export", office.vault, file, "--ref", who, "--reason", "asked for", "--json"
    ).json
    document = json.loads(file.read_text(encoding="utf-8"))
    back = office.run("receipts", "import", office.vault, file, "--reason", "sent back")

    assert told["refs"] == [who]
    assert document["receipts"][0]["events"][0]["event_id"] == given
    assert "0 new events" in back.out
    document["receipts"][0]["events"] = []
    file.write_text(json.dumps(document), encoding="utf-8")
    refused = office.run("receipts", "import", office.vault, file, "--reason", "sent back").refused
    assert "receipts[0].events" in refused


def test_evidence_goes_in_and_comes_out(office: Office, given: str) -> None:
    scan, out = office.folder / "scan.pdf", office.folder / "out.pdf"
    scan.write_bytes(PDF)

    told = office.run("act", office.vault, "consents", given, "evidence", "--file", scan)
    assert told.code == 0, told.err
    office.run(
        "act", office.vault, "consents", given, "show-evidence", "reason=checked", "--file", out
    )

    assert out.read_bytes() == PDF


@pytest.mark.parametrize("code", ["receipt", "history", "consents-by-month", "ask-again"])
def test_the_papers_print(office: Office, given: str, code: str) -> None:
    out = office.folder / "paper.pdf"

    told = office.run("print", office.vault, code, "--lang", "ko", "--out", out)

    assert told.code == 0, told.err
    assert out.read_bytes().startswith(b"%PDF")


def test_a_letter_is_in_the_language_of_the_person(office: Office, given: str) -> None:
    who = office.ref_of("홍길동")
    office.run("set", office.vault, "subjects", who, "language=ko")
    out = office.folder / "paper.pdf"

    told = office.run("print", office.vault, "receipt", who, "--out", out, "--json").json

    assert told["title"] == "동의 확인서"


def test_a_childs_data_goes_when_no_guardian_confirms(office: Office) -> None:
    who = office.ref_of("홍길동")
    asked = office.run(
        "set", office.vault, "consents", f"subject={who}", "purpose=Newsletter", "kind=asked",
        "at=2026-11-16", "guardian_name=이두리", "--json",
    ).json["ref"]  # fmt: skip

    told = office.run("act", office.vault, "consents", asked, "destroy", "--json").json

    assert told["ref"].startswith("D-")
