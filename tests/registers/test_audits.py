"""Audits: asked, answered, found, put right, verified; no later one touches an earlier one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from privdesk.core import figures as spans
from privdesk.core.errors import DomainError, ForbiddenError
from privdesk.core.figures import Nature
from privdesk.core.findings import Finding, Severity
from privdesk.core.register import Query, Row
from privdesk.registers.audits import figures, judging, rules
from privdesk.registers.desk import Desk
from privdesk.registers.questions import UnansweredError
from privdesk.registers.records import NotVoidableError, RecordGoneError
from tests.copies import AUDITOR, MANAGER, copy_of, copy_office, open_as, switch_to
from tests.desks import ALICE, BORA

TODAY = date(2026, 11, 23)  # a Monday
SCOPE = "Clauses S1 to S8, January to October"


def _with_staff(folder: Path) -> Desk:
    """Make an office with an auditor, the head of a department, and a chief privacy officer."""
    desk = open_as(copy_office(folder))
    staff = desk.service("staff")
    for name, department, duty, more in (
        ("Orin Auditor", "Audit", "none", {}),
        ("Hana Head", "Sales", "none", {}),
        ("Cho Privacy", "Privacy", "cpo", {"joined": date(2020, 1, 2), "login": BORA}),
    ):
        staff.create({"name": name, "department": department, "duty": duty, **more})
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_as(copy_of(_with_staff, tmp_path))
    yield made
    made.vault.close()


def who(desk: Desk, name: str) -> str:
    """Return the reference of a member of staff."""
    return desk.ref("staff", desk.service("staff").called(name)[0])


def planned(desk: Desk, name: str = "First half", **values: Any) -> str:
    """Plan an audit of the sales department."""
    told = {
        "name": name,
        "scope": SCOPE,
        "department": "Sales",
        "responsible": who(desk, "Hana Head"),
        "auditor": who(desk, "Orin Auditor"),
        "planned_on": date(2026, 11, 16),
        **values,
    }
    return str(desk.service("audits").create(told).ref)


def answer(desk: Desk, audit: str, no: int) -> Row:
    """Return the answer to a question of an audit."""
    rows: list[Row] = desk.service("audit-answers").of(desk.service("audits").number(audit))
    return rows[no - 1]


def lack(desk: Desk, audit: str, no: int = 4, due: date = date(2026, 12, 21)) -> Row:
    """Answer a question with No; return the finding."""
    told = {"finding": "No proof.", "severity": "major", "owner": who(desk, "Hana Head")}
    row = answer(desk, audit, no)
    desk.service("audit-answers").act("no", [row.ref], {**told, "due": due})
    found: list[Row] = desk.service("audit-findings").of_answer(row.id)
    return found[-1]


def finish(desk: Desk, audit: str, on: date = date(2026, 11, 20)) -> Row:
    """Answer the rest with Yes and finish the audit."""
    service = desk.service("audits")
    service.act("all-yes", [audit], {"evidence": "Seen on the spot"})
    service.act(
        "finish",
        [audit],
        {
            "on": on,
            "opinion": "The policy is kept, but for the below.",
            "unproved": "Its paper is on its way.",
        },
    )
    found: Row = service.get(audit)
    return found


def state(desk: Desk, ref: str) -> str:
    """Return the state of a finding."""
    return str(desk.service("audit-findings").get(ref).state)


def whats(found: list[Finding]) -> list[str]:
    """Return what was found, in order."""
    return [one.what for one in found]


# -- planning and answering


def test_an_audit_asks_the_shipped_questions_each_with_its_clause(desk: Desk) -> None:
    audit = planned(desk)
    rows = desk.service("audit-answers").of(desk.service("audits").number(audit))
    assert len(rows) == desk.service("audits").get(audit).values["unanswered"] == 32
    assert all(row.values["clause"].startswith("S") for row in rows)
    assert answer(desk, audit, 4).values["clause"] == "S2.1"
    assert len({row.values["clause"] for row in rows}) == len(rows)


@pytest.mark.parametrize("values", [{"responsible": "Orin Auditor"}, {"department": "Audit"}])
def test_nobody_audits_their_own_work(desk: Desk, values: dict[str, str]) -> None:
    told = {name: who(desk, v) if name == "responsible" else v for name, v in values.items()}
    with pytest.raises(rules.OwnWorkError):
        planned(desk, **told)
    assert desk.service("audits").find(Query()) == []


def test_an_audit_has_an_auditor_of_the_staff_or_from_outside(desk: Desk) -> None:
    with pytest.raises(rules.AuditorMissingError):
        planned(desk, auditor="")
    audit = planned(desk, auditor="", outside="Nari Audit Ltd.")
    assert desk.service("audits").get(audit).titles["auditor"] == "Nari Audit Ltd."


def test_an_audit_is_finished_once_every_question_is_answered_and_there_is_an_opinion(
    desk: Desk,
) -> None:
    audit = planned(desk)
    with pytest.raises(UnansweredError):
        desk.service("audits").act(
            "finish", [audit], {"opinion": "Fine.", "unproved": "Still to come."}
        )
    desk.service("audits").act("all-yes", [audit], {"evidence": "Seen"})
    with pytest.raises(rules.OpinionMissingError):
        desk.service("audits").act("finish", [audit], {"unproved": "Still to come."})
    assert finish(desk, audit).state == "closed"


def test_a_finished_audit_stays_as_it_was_found(desk: Desk) -> None:
    audit = planned(desk)
    lack(desk, audit)
    row = finish(desk, audit)
    told = [row.values[name] for name in ("yes", "no", "na", "found", "unsettled")]
    assert (row.state, told) == ("findings", [31, 1, 0, 1, 1])
    with pytest.raises(rules.AuditFinishedError):
        desk.service("audit-answers").act("yes", [answer(desk, audit, 1).ref], {})
    with pytest.raises(rules.AuditFinishedError):
        desk.service("audits").update(audit, {"scope": "Something else"})
    with pytest.raises(NotVoidableError):
        desk.service("audits").void([audit])
    (found,) = desk.service("audit-findings").of_audit(row.id)
    with pytest.raises(rules.AuditFinishedError):
        desk.service("audit-findings").void([found.ref])
    assert state(desk, found.ref) == "open"
    desk.service("audits").update(audit, {"note": "Filed in the archive"})


def test_a_second_audit_of_the_year_leaves_the_first_as_it_was(desk: Desk) -> None:
    first = planned(desk)
    lack(desk, first)
    before = finish(desk, first)
    again = planned(desk, "Second half")
    finish(desk, again)
    assert desk.service("audits").get(first) == before
    assert desk.service("audits").get(again).values["year"] == "2026"


def test_an_answer_that_is_no_longer_a_no_takes_its_finding_back(desk: Desk) -> None:
    audit = planned(desk)
    found = lack(desk, audit)
    lack(desk, audit, due=date(2026, 12, 1))
    (changed,) = desk.service("audit-findings").of_audit(desk.service("audits").number(audit))
    assert (changed.ref, changed.values["due"]) == (found.ref, date(2026, 12, 1))
    desk.service("audit-answers").act("yes", [answer(desk, audit, 4).ref], {})
    assert state(desk, found.ref) == "void"
    with pytest.raises(rules.NothingFoundError):
        desk.service("audit-answers").update(answer(desk, audit, 5).ref, {"answer": "no"})


def test_an_audit_given_up_takes_its_findings_along(desk: Desk) -> None:
    audit = planned(desk)
    found = lack(desk, audit)
    desk.service("audits").void([audit], reason="Another one is planned")
    assert state(desk, found.ref) == "void"
    with pytest.raises(RecordGoneError):
        desk.service("audit-findings").create(
            {"audit": audit, "finding": "Late", "owner": who(desk, "Hana Head"), "due": TODAY}
        )


# -- findings


def test_a_finding_is_put_right_with_proof_verified_and_closes_its_audit(
    desk: Desk, tmp_path: Path
) -> None:
    audit = planned(desk)
    found = lack(desk, audit)
    finish(desk, audit)
    proof = tmp_path / "proof.txt"
    proof.write_text("destroyed on 2026-11-23")
    findings = desk.service("audit-findings")
    findings.act("done", [found.ref], {"action": "Destroyed them.", "file": str(proof)})
    (paper,) = desk.service("safety-papers").of("audit-findings", found.id)
    assert desk.service("safety-papers").content(paper.ref) == ("proof.txt", proof.read_bytes())
    with pytest.raises(rules.OwnProofError):
        findings.act("verify", [found.ref], {"seen": "The list", "by": "Hana Head"})
    assert desk.service("audits").get(audit).state == "findings"
    with pytest.raises(rules.OwnProofError):
        findings.act("verify", [found.ref], {"seen": "The list", "by": "Manager Hana Head"})
    findings.act("verify", [found.ref], {"seen": "The list"})
    row = findings.get(found.ref)
    assert (row.state, row.values["verifier"]) == ("verified", ALICE)
    assert desk.service("audits").get(audit).state == "closed"
    with pytest.raises(DomainError):
        findings.update(found.ref, {"finding": "It was nothing"})


def test_what_is_not_proved_is_sent_back_with_a_new_day(desk: Desk) -> None:
    found = lack(desk, planned(desk))
    findings = desk.service("audit-findings")
    findings.act("done", [found.ref], {"action": "Said to be done"})
    findings.act("send-back", [found.ref], {"reason": "No proof", "due": date(2026, 12, 28)})
    row = findings.get(found.ref)
    assert (row.state, row.values["due"], row.values["done_on"]) == (
        "open", date(2026, 12, 28), None,
    )  # fmt: skip
    assert findings.history(found.ref)[0].reason == "No proof"


def test_only_the_chief_privacy_officer_accepts_a_risk(desk: Desk) -> None:
    found = lack(desk, planned(desk))
    told = {"reason": "The system ends in March."}
    with pytest.raises(rules.DecisionMissingError, match="Cho Privacy"):
        desk.service("audit-findings").act("accept", [found.ref], told)
    at_hers = switch_to(desk, BORA)
    at_hers.service("audit-findings").act("accept", [found.ref], told)
    row = at_hers.service("audit-findings").get(found.ref)
    at_hers.vault.close()
    assert (row.state, row.values["accepted_by"]) == ("accepted", "Cho Privacy")


def test_elsewhere_the_signed_decision_stands_for_the_officer(desk: Desk) -> None:
    found = lack(desk, planned(desk))
    told = {"reason": "The system ends in March.", "paper": "2026-118"}
    desk.service("audit-findings").act("accept", [found.ref], told)
    row = desk.service("audit-findings").get(found.ref)
    assert (row.state, row.values["decision_no"]) == ("accepted", "2026-118")


def test_the_same_question_found_again_points_to_the_earlier_finding(desk: Desk) -> None:
    first = lack(desk, planned(desk))
    other = planned(desk, "Second half")
    again = lack(desk, other)
    assert again.values["earlier"] == first.ref
    assert not lack(desk, other, no=6).values["earlier"]
    with pytest.raises(rules.EarlierLaterError):
        desk.service("audit-findings").update(again.ref, {"earlier": again.ref})


def test_a_finding_beside_the_questions_is_entered_by_hand(desk: Desk) -> None:
    audit = planned(desk)
    told = {"finding": "S8.2⑤ Test data holds real names.", "severity": "minor",
            "owner": who(desk, "Hana Head"), "due": date(2026, 12, 1)}  # fmt: skip
    desk.service("audits").act("finding", [audit], told)
    finish(desk, audit)
    (row,) = desk.service("audit-findings").of_audit(desk.service("audits").number(audit))
    assert (row.values["clause"], row.values["earlier"]) == ("S8.2⑤", "")
    with pytest.raises(rules.FindingDueError):
        desk.service("audit-findings").update(row.ref, {"due": date(2026, 11, 1)})


# -- what is due


def test_what_is_not_put_right_is_named_before_and_after_its_day(desk: Desk) -> None:
    found = lack(desk, planned(desk), due=date(2026, 11, 24))
    (one,) = judging.findings(desk)
    assert (one.ref, one.severity, one.who) == (
        found.ref, Severity.WARNING, who(desk, "Hana Head"),
    )  # fmt: skip
    desk.service("audit-findings").act("done", [found.ref], {"action": "Done"})
    (one,) = judging.findings(desk)
    assert (one.due, "verified" in one.what) == (date(2026, 12, 7), True)


def test_a_manager_sees_the_figures_and_the_findings(desk: Desk) -> None:
    first = lack(desk, planned(desk), due=date(2026, 11, 22 + 2))
    lack(desk, planned(desk, "Other"), no=7)
    desk.service("audit-findings").act("done", [first.ref], {"action": "Done"})
    hers = switch_to(desk, MANAGER)
    told = {one.key: one for one in figures.figures(hers, spans.month(TODAY))}
    assert (told["audits.found"].value, told["audits.found"].rows[0].value) == (2, 2)
    assert (told["audits.in-time"].value, told["audits.in-time"].of) == (1, 1)
    assert (told["audits.waiting"].value, told["audits.waiting"].when) == (1, Nature.STATE)
    earlier = figures.figures(hers, spans.month(date(2026, 10, 1)))
    assert [one.value for one in earlier] == [0, 0, 0, 0]
    assert hers.service("audit-findings").get(first.ref).values["finding"] == "No proof."
    hers.vault.close()


def test_an_audit_that_nothing_proves_is_not_finished_by_two_words(
    desk: Desk, tmp_path: Path
) -> None:
    service, audit = desk.service("audits"), planned(desk)
    service.act("all-yes", [audit], {"evidence": "Seen"})
    told = {"on": date(2026, 11, 20), "opinion": "Kept."}
    with pytest.raises(rules.UnprovedError):
        service.act("finish", [audit], {**told, "unproved": "x"})
    report = tmp_path / "report.pdf"
    report.write_bytes(b"%PDF- signed")
    service.act("attach", [audit], {"what": "report", "file": str(report)})
    service.act("finish", [audit], told)
    assert service.get(audit).state == "closed"


def test_an_audit_is_not_finished_before_the_day_it_is_planned_for(desk: Desk) -> None:
    service, audit = desk.service("audits"), planned(desk, planned_on=date(2026, 12, 12))
    service.act("all-yes", [audit], {"evidence": "Seen"})
    told = {"opinion": "Kept.", "unproved": "Its paper is on its way."}
    with pytest.raises(rules.AuditEarlyError):
        service.act("finish", [audit], told)
    service.update(audit, {"held_on": date(2026, 11, 20)})
    service.act("finish", [audit], told)


@pytest.mark.parametrize("department", ["Sa les", "Marketing, Sales", "Sales · Marketing"])
def test_a_department_is_known_again_however_it_is_written(desk: Desk, department: str) -> None:
    with pytest.raises(rules.OwnWorkError):
        planned(desk, department=department, auditor=who(desk, "Hana Head"), responsible="")


def test_an_auditor_from_outside_is_nobody_of_the_staff_and_not_a_second_one(desk: Desk) -> None:
    with pytest.raises(rules.InsideError):
        planned(desk, auditor="", outside="Orin Auditor")
    with pytest.raises(rules.TwoAuditorsError):
        planned(desk, outside="Example Auditors Ltd")


# -- an auditor at a desk of their own


def _with_login(folder: Path) -> Desk:
    """Make the office with an auditor whose slot is that of a member of staff."""
    desk = _with_staff(folder)
    desk.service("staff").update(who(desk, "Orin Auditor"), {"login": AUDITOR})
    return desk


def test_the_auditor_named_answers_finishes_and_verifies(tmp_path: Path) -> None:
    desk = open_as(copy_of(_with_login, tmp_path))
    audit, head = planned(desk), who(desk, "Hana Head")
    desk = switch_to(desk, AUDITOR)
    answers, audits = desk.service("audit-answers"), desk.service("audits")

    row = answer(desk, audit, 1)
    answers.act("no", [row.ref], {"finding": "?", "owner": head, "due": date(2026, 12, 1)})
    answers.act("yes", [row.ref], {"evidence": "Seen after all"})  # takes the finding back
    told = {"finding": "Lists lie open.", "owner": head, "due": date(2026, 12, 1)}
    answers.act("no", [answer(desk, audit, 2).ref], told)
    audits.act("finding", [audit], told)
    audits.act("all-yes", [audit], {"evidence": "Seen on the spot"})
    report = tmp_path / "report.pdf"
    report.write_bytes(b"%PDF-1.4 signed")
    audits.act("attach", [audit], {"what": "report", "file": str(report)})
    audits.act("finish", [audit], {"on": date(2026, 11, 20), "opinion": "Kept, but for two."})

    found = desk.service("audit-findings").of_audit(audits.number(audit))
    assert len(found) == 2
    assert audits.get(audit).state == "findings"
    by = {e.person for e in desk.journal.entries(0) if e.action == "audit.finished"}
    assert by == {desk.vault.person.id}

    desk = switch_to(desk, ALICE)
    desk.service("audit-findings").act("done", [one.ref for one in found], {"action": "Locked."})
    desk = switch_to(desk, AUDITOR)
    findings = desk.service("audit-findings")
    findings.act("send-back", [found[0].ref], {"reason": "Not yet", "due": date(2026, 12, 8)})
    findings.act("verify", [found[1].ref], {"seen": "Locked"})
    assert [state(desk, one.ref) for one in found] == ["open", "verified"]
    desk.vault.close()


def test_an_auditor_who_is_not_named_changes_nothing(tmp_path: Path) -> None:
    desk = open_as(copy_of(_with_login, tmp_path))
    audit = planned(desk, auditor="", outside="Nari Audit Ltd.")
    finding = lack(desk, audit)
    desk.service("audit-findings").act("done", [finding.ref], {"action": "Locked."})
    desk = switch_to(desk, AUDITOR)
    audits, told = desk.service("audits"), {"seen": "Locked"}
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.4")
    steps: tuple[tuple[str, str, str, dict[str, Any]], ...] = (
        ("audit-answers", "yes", answer(desk, audit, 1).ref, {}),
        ("audits", "all-yes", audit, {"evidence": "Seen on the spot"}),
        ("audits", "finish", audit, {"opinion": "Kept.", "unproved": "Its paper is on its way."}),
        ("audits", "attach", audit, {"what": "report", "file": str(tmp_path / "x.pdf")}),
        ("audit-findings", "verify", finding.ref, told),
        ("audit-findings", "send-back", finding.ref, {"reason": "x", "due": date(2026, 12, 30)}),
    )
    for register, action, ref, values in steps:
        with pytest.raises(rules.NotYourAuditError):
            desk.service(register).act(action, [ref], values)
    assert audits.get(audit).state == "planned"
    for action in ("done", "accept", "extend"):
        with pytest.raises(ForbiddenError):
            desk.service("audit-findings").act(action, [finding.ref], {})
    with pytest.raises(ForbiddenError):
        desk.service("audit-answers").update(answer(desk, audit, 1).ref, {"answer": "yes"})
    desk.vault.close()


def test_an_auditor_from_outside_with_a_slot_is_named_too(tmp_path: Path) -> None:
    desk = open_as(copy_of(_with_login, tmp_path))
    desk.service("staff").update(who(desk, "Orin Auditor"), {"login": ""})
    audit = planned(desk, auditor="", outside=f"{AUDITOR}, Nari Audit Ltd.")
    desk = switch_to(desk, AUDITOR)
    desk.service("audits").act("all-yes", [audit], {"evidence": "Seen on the spot"})
    assert desk.service("audits").get(audit).values["unanswered"] == 0
    desk.vault.close()
