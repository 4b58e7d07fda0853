"""Inspections of processors: asked, answered, lacking, asked again; checklists in versions."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from privdesk.core.register import Query, Row
from privdesk.flows import partnering
from privdesk.registers import questions
from privdesk.registers.desk import Desk
from privdesk.registers.inspections import findings, rules
from tests.copies import copy_office, open_as

TODAY = date(2026, 11, 23)  # a Monday


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the first officer's desk over an office of five people, with a processor."""
    made = open_as(copy_office(tmp_path))
    made.service("processors").create({"name": "Dasom Call", "since": date(2025, 3, 2)})
    yield made
    made.vault.close()


def processor(desk: Desk) -> Row:
    """Return the processor."""
    found: Row = desk.service("processors").find(Query())[0]
    return found


def planned(desk: Desk, **values: Any) -> str:
    """Plan an inspection."""
    known = {"processor": processor(desk).ref, "manager": "Example Manager"}
    told = {**known, "planned_on": date(2026, 11, 20), **values}
    return str(desk.service("inspections").create(told).ref)


def answers(desk: Desk, ref: str, *states: str) -> list[Row]:
    """Return the answers of an inspection."""
    service = desk.service("inspections")
    found: list[Row] = desk.service("inspection-answers").of_inspection(
        service.number(ref), *states
    )
    return found


def held(desk: Desk, *, lacking: int = 1, on: date = date(2026, 11, 20)) -> str:
    """Hold an inspection of which so many answers are No."""
    ref = planned(desk)
    told = {"finding": "No proof was shown.", "due": date(2026, 12, 20)}
    refs = [row.ref for row in answers(desk, ref)[:lacking]]
    if refs:
        desk.service("inspection-answers").act("no", refs, told)
    desk.service("inspections").act("all-yes", [ref], {"evidence": "Seen on site"})
    desk.service("inspections").act("finish", [ref], {"on": on})
    return ref


def test_an_inspection_asks_the_shipped_questions_and_waits_for_every_answer(desk: Desk) -> None:
    ref = planned(desk)
    row = desk.service("inspections").get(ref)
    assert (row.values["unanswered"], row.values["inspector"]) == (24, "Alice Example")
    assert answers(desk, ref)[0].values["section"] == "위탁계약"
    with pytest.raises(questions.UnansweredError):
        desk.service("inspections").act("finish", [ref], {})
    with pytest.raises(rules.DueMissingError):
        desk.service("inspection-answers").update(answers(desk, ref)[0].ref, {"answer": "no"})


def test_a_finished_inspection_stays_as_it_was_found(desk: Desk) -> None:
    ref = held(desk, lacking=2)
    row = desk.service("inspections").get(ref)
    counted = [row.values[name] for name in ("yes", "no", "na", "lacking")]
    assert (row.state, counted) == ("findings", [22, 2, 0, 2])
    assert processor(desk).values["checked_on"] == date(2026, 11, 20)
    for answer in answers(desk, ref)[:1]:
        with pytest.raises(rules.FinishedError):
            desk.service("inspection-answers").update(answer.ref, {"evidence": "later"})
    with pytest.raises(rules.FinishedError):
        desk.service("inspections").update(ref, {"held_on": date(2026, 11, 1)})


def test_a_re_inspection_asks_what_is_lacking_and_settles_the_earlier_one(desk: Desk) -> None:
    first = held(desk, lacking=2)
    service = desk.service("inspections")
    (again,) = service.act("reinspect", [first], {"on": date(2026, 11, 23)}).refs
    asked = answers(desk, again)
    assert [row.values["no"] for row in asked] == [1, 2]

    desk.service("inspection-answers").act("yes", [asked[0].ref], {"evidence": "New contract"})
    told = {"finding": "Still none.", "due": date(2026, 12, 1)}
    desk.service("inspection-answers").act("no", [asked[1].ref], told)
    service.act("finish", [again], {})

    one, two = answers(desk, first)[:2]
    assert (one.state, one.values["remedy"]) == ("fixed", "New contract")
    assert (two.state, service.get(first).state) == ("lacking", "findings")
    fixed = {"remedy": "Amended", "on": TODAY}
    desk.service("inspection-answers").act("fixed", [two.ref], fixed)
    assert service.get(first).state == "closed"
    assert one.values["answer"] == "no"  # what was found is not rewritten


def test_what_is_lacking_has_one_day_and_one_remedy_after_it_was_asked_again(desk: Desk) -> None:
    service, given = desk.service("inspections"), desk.service("inspection-answers")
    first = held(desk)
    again = service.act("reinspect", [first], {"on": TODAY}).refs[0]
    (asked,) = answers(desk, again)
    later = {"finding": "Still no proof.", "due": date(2026, 12, 31)}
    given.act("no", [asked.ref], later)
    service.act("finish", [again], {})
    (before,) = answers(desk, first, "lacking")
    assert before.values["due"] == date(2026, 12, 31)

    given.act("fixed", [asked.ref], {"remedy": "Shown on the telephone"})
    assert answers(desk, first, "lacking") == []
    assert {service.get(ref).state for ref in (first, again)} == {"closed"}


def test_a_day_to_put_right_is_not_past_when_it_is_set(desk: Desk) -> None:
    ref, told = planned(desk), {"finding": "No proof", "due": date(2026, 11, 22)}
    (asked, *_more) = answers(desk, ref)
    service = desk.service("inspection-answers")
    with pytest.raises(rules.DueEarlierError):
        service.act("no", [asked.ref], told)
    service.act("no", [asked.ref], {**told, "due": TODAY})
    old = planned(desk, held_on=date(2026, 5, 4))  # entered afterwards from paper
    service.act("no", [answers(desk, old)[0].ref], {**told, "due": date(2026, 6, 4)})


def test_another_inspection_of_the_year_leaves_the_earlier_one_alone(desk: Desk) -> None:
    first = held(desk, lacking=1, on=date(2026, 11, 20))
    before = desk.service("inspections").get(first)
    second = held(desk, lacking=0, on=date(2026, 11, 21))
    assert second != first
    assert desk.service("inspections").get(first) == before


def test_plans_are_made_for_many_at_once(desk: Desk) -> None:
    desk.service("processors").create({"name": "Another"})
    refs = [row.ref for row in desk.service("processors").find(Query())]
    outcome = partnering.plan_inspections(desk, refs, on=date(2026, 12, 1))
    assert len(outcome.refs) == 2
    assert [one.rule for one in findings.judge(desk)] == []


def test_a_training_moves_the_day_of_the_next_check(desk: Desk) -> None:
    told = {"processor": processor(desk).ref, "kind": "training", "held_on": date(2026, 10, 1)}
    with pytest.raises(rules.TrainingIncompleteError):
        desk.service("inspections").create(told)
    told["note"] = "The list is in the binder"
    desk.service("inspections").create({**told, "topics": "Duties", "people": 14, "hours": 2})
    held(desk, lacking=0)
    row = processor(desk)
    assert row.values["trained_on"] == date(2026, 10, 1)
    assert row.values["check_due"] == date(2027, 10, 1)
    older = {**told, "held_on": date(2026, 5, 1), "topics": "Duties", "people": 3}
    desk.service("inspections").create(older)
    assert processor(desk).values["trained_on"] == date(2026, 10, 1)


def test_a_signed_checklist_on_paper_finishes_an_inspection(desk: Desk, tmp_path: Path) -> None:
    ref = planned(desk)
    told = {"finding": "No lock.", "due": date(2026, 12, 1)}
    desk.service("inspection-answers").act("no", [answers(desk, ref)[3].ref], told)
    scan = tmp_path / "signed.pdf"
    scan.write_bytes(b"scan")
    desk.service("inspections").act("on-paper", [ref], {"file": str(scan)})
    row = desk.service("inspections").get(ref)
    assert (row.state, row.values["no"], row.values["unanswered"]) == ("findings", 1, 0)
    assert len(desk.service("partner-papers").of("inspections", row.id)) == 1


def test_a_checklist_in_force_never_changes_and_older_inspections_keep_theirs(desk: Desk) -> None:
    ref = planned(desk)
    service = desk.service("checklists")
    first = service.in_force()
    with pytest.raises(questions.ChecklistFixedError):
        service.update(first.ref, {"text_ko": "# 하나\n질문"})
    (second,) = service.act("new-version", [first.ref], {}).refs
    with pytest.raises(questions.LinesDifferError):
        service.update(second, {"text_ko": "# 하나\n질문"})
    service.update(second, {"text_ko": "# 하나\n질문", "text_en": ""})
    service.act("use", [second], {})

    assert service.get(first.ref).state == "replaced"
    assert service.get(second).values["version"] == 2
    assert len(answers(desk, ref)) == 24
    assert [row.values["question"] for row in answers(desk, planned(desk))] == ["질문"]


@pytest.mark.parametrize(
    ("due", "severity"),
    [
        (date(2026, 12, 1), None),  # eight days away
        (date(2026, 11, 30), "warning"),
        (date(2026, 11, 23), "warning"),  # the day itself is in time
        (date(2026, 11, 22), "breach"),
    ],
)
def test_what_is_lacking_is_found_by_its_day(due: date, severity: str | None) -> None:
    found = rules.judge_lacking([rules.Lacking("BA-1", 4, "Dasom", due)], TODAY)
    assert [one.severity.value for one in found] == ([severity] if severity else [])


def test_what_nothing_proves_is_finished_only_with_a_reason(desk: Desk, tmp_path: Path) -> None:
    service = desk.service("inspections")
    bare, filed, signed = planned(desk, manager=""), planned(desk, manager=""), planned(desk)
    service.act("all-yes", [bare, filed, signed], {"evidence": "Seen on site"})
    for reason in ("", "ㄱ", "none"):
        with pytest.raises(rules.UnprovedError):
            service.act("finish", [bare], {"unproved": reason})
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(b"%PDF- a scan")
    service.act("attach", [filed], {"what": "evidence", "file": str(scan)})

    service.act("finish", [filed, signed], {})
    service.act("finish", [bare], {"unproved": "The processor closed its site that day."})
    assert "closed its site" in service.get(bare).values["unproved"]


def test_a_finished_inspection_is_corrected_by_opening_it_again(desk: Desk) -> None:
    service = desk.service("inspections")
    before = processor(desk).values
    ref = held(desk, lacking=0)
    service.act("reopen", [ref], {"reason": "Question 3 was misread"})
    assert service.get(ref).state == "planned"
    assert processor(desk).values["checked_on"] is None
    assert processor(desk).values["check_due"] == before["check_due"]
    opened = service.history(ref)[0]
    assert (opened.action, opened.reason) == ("inspection.reopened", "Question 3 was misread")

    told = {"finding": "Shared accounts", "due": date(2026, 12, 20)}
    desk.service("inspection-answers").act("no", [answers(desk, ref)[2].ref], told)
    service.act("finish", [ref], {"on": date(2026, 11, 20)})
    assert service.get(ref).state == "findings"
    assert processor(desk).values["checked_on"] == date(2026, 11, 20)


def test_what_was_asked_again_is_not_opened(desk: Desk) -> None:
    service = desk.service("inspections")
    ref = held(desk)
    (again,) = service.act("reinspect", [ref], {"on": date(2026, 12, 21)}).refs
    with pytest.raises(rules.AskedAgainError, match=again):
        service.act("reopen", [ref], {"reason": "Misread"})


def test_inspections_of_years_ago_are_finished_by_where_their_paper_lies(desk: Desk) -> None:
    service = desk.service("inspections")
    refs = [planned(desk, manager="", held_on=date(year, 6, 2)) for year in (2025, 2026)]
    with pytest.raises(rules.NoChecklistError):
        service.act("on-paper", refs, {})
    service.act("on-paper", refs, {"kept": "Archive 2F, box 7"})
    assert [service.get(ref).state for ref in refs] == ["closed", "closed"]
    assert processor(desk).values["checked_on"] == date(2026, 6, 2)
