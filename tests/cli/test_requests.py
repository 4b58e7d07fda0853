"""A case on the command line: taken in, identified, answered, printed, its scan taken out."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from privdesk.core.clock import SystemClock
from tests.cli.office import Office


def take(office: Office, *values: str, kind: str = "access") -> str:
    """Take a request in, and return its reference."""
    made = office.run("set", office.vault, "requests", f"kind={kind}", *values, "--json").json
    assert made["state"] == "received"
    return str(made["ref"])


def act(office: Office, ref: str, *words: object) -> str:
    """Do an action, and return what it says."""
    done = office.run("act", office.vault, "requests", ref, *words)
    assert done.code == 0, done.err
    return done.out.strip()


def state(office: Office, ref: str) -> str:
    """Return where a case stands."""
    return str(office.run("show", office.vault, "requests", ref, "--json").json["state"])


def test_from_the_call_to_the_letter(office: Office, tmp_path: Path) -> None:
    ref = take(office, "caller=Example Caller", "asked=What do you hold?", "language=en")
    refused = office.run("act", office.vault, "requests", ref, "answer", "result=granted").refused
    assert "identity" in refused
    assert "card" in act(office, ref, "identify", "method=card")
    act(office, ref, "start")
    act(office, ref, "answer", "result=granted", "text=Your name.")
    out = tmp_path / "d5.pdf"
    printed = office.run("print", office.vault, "d5", ref, "--out", out, "--json").json
    assert printed["title"] == "Notice of the result of an access request"
    assert out.read_bytes().startswith(b"%PDF")
    act(office, ref, "close")
    assert state(office, ref) == "closed"
    shown = office.run("show", office.vault, "requests", ref).out
    assert "Civil Act 157" in shown
    assert "Example Caller" not in shown


def test_what_the_caller_says_is_compared_and_not_shown(office: Office) -> None:
    told = ("name=Jane Sample", "phone=010-2345-6789")
    person = office.run("set", office.vault, "subjects", *told, "--json").json["ref"]
    ref = take(office, f"subject={person}")
    words = ("act", office.vault, "requests", ref, "identify", "method=questions")
    refused = office.run(*words, "said.phone=6789", "said.name=Jane Doe").refused
    assert "Name: no match, Telephone: match" in refused or "Telephone: match, Name" in refused
    assert "Sample" not in refused
    assert state(office, ref) == "received"
    assert "Identity checked" in act(
        office, ref, "identify", "method=questions", "said.phone=6789", "said.name=JANE SAMPLE"
    )


def test_the_state_is_never_set(office: Office) -> None:
    ref = take(office)
    assert office.run("set", office.vault, "requests", ref, "state=closed").code == 1
    assert state(office, ref) == "received"


def test_an_attachment_goes_in_and_comes_out(office: Office, tmp_path: Path) -> None:
    ref = take(office, "by_agent=yes", "agent=Kim Mina")
    scan = office.file("mandate.pdf", "%PDF-1.7 I let her ask.")
    act(office, ref, "attach", "what=mandate", "--file", scan)
    (found,) = office.run("list", office.vault, "enclosures", "--json").json
    assert (found["request"], found["what"]) == (ref, "mandate")

    out = tmp_path / "out.txt"
    done = office.run("act", office.vault, "enclosures", found["ref"], "take-out", "--file", out)
    assert done.code == 0, done.err
    assert out.read_text(encoding="utf-8") == "%PDF-1.7 I let her ask."


def test_a_case_is_a_reason_to_look(office: Office) -> None:
    ref = take(office, "caller=Example Caller")
    shown = office.run(
        "show", office.vault, "requests", ref, "--reveal", "--reason", ref, "--json"
    ).json
    assert shown["caller"] == "Example Caller"
    history = office.run("show", office.vault, "requests", ref).out
    assert history.count(ref) >= 2  # its number, and the reason of the look


def test_due_names_the_case(office: Office) -> None:
    ref = take(office)
    later = (SystemClock().now() + timedelta(days=30)).date().isoformat()
    found = office.run("due", office.vault, "--on", later, "--json").json
    assert ref in {one["ref"] for one in found}


def test_usage_notice_is_recorded_for_the_office(office: Office) -> None:
    done = office.run("act", office.vault, "requests", "usage-notice", "on=2026-11-23")
    assert "2026-11-23" in done.out
