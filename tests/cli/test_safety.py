"""Audits and safeguards on the command line."""

from __future__ import annotations

from pathlib import Path

from privdesk.documents.preview import page_texts
from tests.cli.office import Office


def test_from_the_shipped_list_to_a_check_and_the_printed_list(
    office: Office, tmp_path: Path
) -> None:
    act = ("act", office.vault, "safeguards")
    assert office.run(*act, "take-over", "language=en").out.strip() == "17 safeguards entered"
    again = office.run(*act, "take-over")
    assert (again.code, "already" in again.err) == (1, True)
    assert office.run(*act, "take-over", "language=fr").code == 1
    (plan,) = office.run("list", office.vault, "safeguards", "--where", "area=plan", "--json").json
    told = ("result=failed", "seen=Not approved yet", "fix_by=2026-11-30", "on=2026-11-20")
    assert office.run(*act, plan["ref"], "check", *told).out.strip() == "1 checked"
    due = office.run("due", office.vault, "--json").json
    assert [one["ref"] for one in due if one["rule"] == "55"] == [plan["ref"]]
    out = tmp_path / "safeguards.pdf"
    assert (
        office.run("print", office.vault, "safeguard-list", "--lang", "en", "--out", out).code == 0
    )
    assert "Not approved yet" in " ".join(page_texts(out.read_bytes()))


def test_from_a_planned_audit_to_a_finding(office: Office) -> None:
    owner = office.run("set", office.vault, "staff", "name=가온", "duty=none").out.strip()
    audit = office.run(
        "set", office.vault, "audits",
        *("name=First half", "scope=S1", "outside=Nari", "planned_on=2026-11-23"),
    ).out.strip()  # fmt: skip
    answers = office.run("list", office.vault, "audit-answers", "--json").json
    told = ("finding=No proof", f"owner={owner}", "due=2026-12-01")
    done = office.run("act", office.vault, "audit-answers", answers[0]["ref"], "no", *told)
    assert done.code == 0, done.err
    act = ("act", office.vault, "audits", audit)
    assert office.run(*act, "all-yes", "evidence=Seen").out.strip() == "31 answered"
    assert (
        "1 finding"
        in office.run(
            *act, "finish", "opinion=Kept, but for one.", "unproved=The report is due."
        ).out
    )
    (found,) = office.run("list", office.vault, "audit-findings", "--json").json
    assert (found["state"], found["clause"]) == ("open", "S1.1")
