"""Rules S3.1, S3.2 and 27: grounds, four eyes, days; dates worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from privdesk.core.calendar import OfficeCalendar
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity
from privdesk.registers.provisions import grounds, rules
from privdesk.registers.provisions.grounds import Basis, Ground
from privdesk.registers.provisions.rules import ProvisionFacts, State, Step

TODAY = date(2026, 11, 23)  # a Monday
CALENDAR = OfficeCalendar()


@pytest.mark.parametrize(
    ("text", "clause"),
    [
        ("18(2)7", (18, 2, 7)),
        ("PIPA 18(2)7", (18, 2, 7)),
        ("art. 18(2) no. 7", (18, 2, 7)),
        ("제18조제2항제7호", (18, 2, 7)),
        ("개인정보 보호법 제18조 제2항 제2호", (18, 2, 2)),
        ("18조 2항 10호", (18, 2, 10)),
        ("18②3", (18, 2, 3)),
        ("17(4)", (17, 4, 0)),
        ("제17조제1항제2호", (17, 1, 2)),
        ("215", None),
        ("218(2)7", None),
        ("", None),
    ],
)
def test_a_clause_is_read_however_it_is_written(
    text: str, clause: tuple[int, int, int] | None
) -> None:
    assert grounds.clause(text) == clause


def refused(basis: Basis) -> str:
    with pytest.raises(DomainError) as caught:
        grounds.require(basis)
    return type(caught.value).__name__


def test_nothing_goes_out_without_a_ground() -> None:
    assert refused(Basis(None)) == "NoGroundError"


def test_investigation_is_a_ground_of_public_bodies_only() -> None:
    assert refused(Basis(Ground.INVESTIGATION)) == "PublicBodyGroundError"


@pytest.mark.parametrize("number", [5, 6, 7, 8, 9])
def test_the_proviso_keeps_five_numbers_to_public_bodies(number: int) -> None:
    assert refused(Basis(Ground.OTHER, article=f"18(2){number}")) == "PublicBodyGroundError"


@pytest.mark.parametrize("article", ["18(2)1", "18(2)2", "18(2)3", "18(2)10", "17(1)2", "17(4)"])
def test_the_other_numbers_are_a_company_s_too(article: str) -> None:
    grounds.require(Basis(Ground.OTHER, article=article))


@pytest.mark.parametrize("article", ["18(2)4", "18(2)11", "17(1)1", "because they asked"])
def test_what_is_no_ground_at_all_is_refused(article: str) -> None:
    assert refused(Basis(Ground.OTHER, article=article)) == "ArticleUnknownError"


def test_calling_the_proviso_another_law_does_not_help() -> None:
    told = Basis(Ground.STATUTE, "개인정보 보호법", "제18조제2항제7호", "수사-1")

    assert refused(told) == "PublicBodyGroundError"


def test_a_law_that_compels_needs_law_article_and_document() -> None:
    whole = Basis(Ground.STATUTE, "Criminal Procedure Act", "215", "2026-영장-7")

    grounds.require(whole)
    assert refused(replace(whole, law=" ")) == "GroundUnnamedError"
    assert refused(replace(whole, article="")) == "GroundUnnamedError"
    assert refused(replace(whole, document_no="")) == "GroundUnnamedError"


def test_urgency_needs_its_article_only() -> None:
    grounds.require(Basis(Ground.VITAL, article="18(2)3"))
    assert refused(Basis(Ground.VITAL)) == "GroundUnnamedError"


def test_consent_needs_a_purpose_that_people_agreed_to() -> None:
    grounds.require(Basis(Ground.CONSENT, purpose=True))
    assert refused(Basis(Ground.CONSENT)) == "ConsentPurposeError"


def test_whoever_asks_does_not_approve() -> None:
    rules.require_other("Alice", "Bora", 2, two_officers=True)
    rules.require_other("Alice", "Alice", 1, two_officers=False)
    with pytest.raises(rules.SameApproverError):
        rules.require_other("Alice", "alice", 2, two_officers=True)
    with pytest.raises(rules.SecondOfficerError):
        rules.require_other("Alice", "Bora", 1, two_officers=True)


def test_days_lie_in_their_order() -> None:
    rules.check_days(TODAY, TODAY, TODAY)
    with pytest.raises(rules.GivenLaterError):
        rules.check_days(date(2026, 11, 24), None, TODAY)
    with pytest.raises(rules.EndsBeforeError):
        rules.check_days(TODAY, date(2026, 11, 22), TODAY)


def test_only_the_steps_of_a_state_are_taken() -> None:
    assert rules.next_state("V-1", State.REQUESTED, Step.APPROVE) is State.APPROVED
    assert rules.next_state("V-1", State.RECORDED, Step.CONFIRM) is State.PROVIDED
    for state, step in (
        (State.REQUESTED, Step.PROVIDE),
        (State.REFUSED, Step.APPROVE),
        (State.REQUESTED, Step.RECALL),
        (State.PROVIDED, Step.CONFIRM),
    ):
        with pytest.raises(rules.WrongStateError):
            rules.next_state("V-1", state, step)


PLAIN = ProvisionFacts("V-1", "Hanbit", State.PROVIDED, Ground.CONSENT, TODAY, provided=TODAY)


def judged(facts: ProvisionFacts, today: date = TODAY) -> list[Finding]:
    return list(rules.judge(facts, today, CALENDAR))


def told(facts: ProvisionFacts, today: date = TODAY) -> list[tuple[str, Severity, date | None]]:
    return [(one.rule, one.severity, one.due) for one in judged(facts, today)]


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 11, 23), date(2026, 11, 26)),  # Monday and three days: Thursday
        (date(2026, 11, 25), date(2026, 11, 30)),  # the third day is a Saturday: Monday
        (date(2026, 12, 22), date(2026, 12, 28)),  # Christmas, Saturday, Sunday: Monday
    ],
)
def test_an_approval_is_waited_for_three_days(asked: date, due: date) -> None:
    facts = replace(PLAIN, state=State.REQUESTED, asked=asked, provided=None)

    assert told(facts, asked) == [("S3.1", Severity.WARNING, due)]


def test_a_provision_on_consent_that_went_out_once_is_done() -> None:
    assert judged(PLAIN) == []
    assert judged(replace(PLAIN, state=State.APPROVED)) == []


def test_what_a_law_compels_is_decided_by_the_cpo() -> None:
    facts = replace(PLAIN, ground=Ground.STATUTE)

    assert told(facts) == [("S3.2", Severity.BREACH, TODAY)]
    assert judged(replace(facts, decided_by_cpo=True)) == []
    assert judged(replace(facts, state=State.APPROVED)) == []


def test_a_running_provision_stops_where_consent_ended_or_data_is_frozen() -> None:
    facts = replace(PLAIN, running=True, without_consent=2, frozen=1)

    assert [(one.rule, one.values["n"]) for one in judged(facts)] == [("27", 2), ("23", 1)]
    assert judged(replace(facts, running=False)) == []
    assert judged(replace(facts, state=State.RECALLED)) == []


def test_a_running_provision_ends_with_its_last_day() -> None:
    facts = replace(PLAIN, running=True, until=date(2026, 11, 30))

    assert judged(facts, date(2026, 11, 30)) == []
    assert told(facts, date(2026, 12, 1)) == [("S3.1", Severity.BREACH, date(2026, 11, 30))]


def test_what_was_entered_afterwards_is_one_task_for_another_officer() -> None:
    assert rules.recorded(0) == ()
    (one,) = rules.recorded(12)
    assert (one.rule, one.count, one.ref) == ("S3.1", 12, "")
