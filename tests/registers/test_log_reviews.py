"""Reviewing the access log: looked through by the program, explained and signed by people."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.errors import ForbiddenError
from privdesk.core.figures import month
from privdesk.core.register import Query, Row
from privdesk.flows import issuing
from privdesk.registers.desk import Desk
from privdesk.registers.log_reviews import reading, rules
from privdesk.registers.log_reviews.figures import figures
from privdesk.registers.log_reviews.findings import judge
from tests.copies import AUDITOR, MANAGER, copy_of, copy_office, open_as, switch_to
from tests.desks import ALICE, BORA, NOON

MIDNIGHT = timedelta(hours=12)
PLAIN = {"outcome": "explained", "words": "Looked at everything; nothing stays open."}


def office(folder: Path) -> Desk:
    """Return an office of five where somebody was looked at, by day and by night."""
    desk = open_as(copy_office(folder), ALICE, FixedClock(NOON))
    person = desk.service("subjects").create({"name": "한빛나", "email": "bitna@example.com"})
    desk.service("subjects").get(person.ref, reveal="asked by letter")
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(MIDNIGHT)
    desk.service("subjects").get(person.ref, reveal="could not sleep")
    return desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the manager's desk in December: November is over and not reviewed."""
    opened = open_as(copy_of(office, tmp_path), MANAGER, FixedClock(NOON + timedelta(days=10)))
    yield opened
    opened.vault.close()


def marks(desk: Desk) -> list[Row]:
    """Return what was found unusual, by day."""
    found: list[Row] = desk.service("log-marks").find(Query(sort="id"))
    return found


def signed(desk: Desk, **values: object) -> Row:
    """Review what is to be reviewed and sign it."""
    review = desk.service("log-reviews").create({})
    waiting = [mark.ref for mark in marks(desk) if mark.state == "open"]
    desk.service("log-marks").act("explain", waiting, {"explanation": "Asked"})
    desk.service("log-reviews").act("conclude", [review.ref], {**PLAIN, **values})
    return got(desk, review)


def got(desk: Desk, review: Row) -> Row:
    """Return a review as it is now."""
    found: Row = desk.service("log-reviews").get(review.ref)
    return found


def test_a_manager_reviews_the_oldest_month_and_finds_the_night(desk: Desk) -> None:
    review = desk.service("log-reviews").create({})
    (mark,) = marks(desk)

    assert (review.values["first"], review.values["last"]) == (
        date(2026, 11, 1),
        date(2026, 11, 30),
    )
    assert (review.values["looks"], review.values["unusual"], review.state) == (2, 1, "open")
    assert review.values["reviewer"] == MANAGER
    assert (mark.values["kind"], mark.values["who"], mark.values["count"]) == ("hours", ALICE, 1)


def test_the_way_to_an_unusual_thing_leads_to_its_entries(desk: Desk) -> None:
    desk.service("log-reviews").create({})
    (mark,) = marks(desk)
    outcome = desk.service("log-marks").act("look", [mark.ref], {})
    assert outcome.go is not None
    (entry,) = desk.service(outcome.go[0]).find(Query(outcome.go[1]))

    assert (entry.values["action"], entry.values["reason"]) == ("record.looked", "could not sleep")


def test_nothing_is_signed_before_everything_is_explained(desk: Desk) -> None:
    reviews = desk.service("log-reviews")
    review = reviews.create({})
    with pytest.raises(rules.UnexplainedError):
        reviews.act("conclude", [review.ref], PLAIN)
    desk.service("log-marks").act("explain", [marks(desk)[0].ref], {"explanation": "An inquiry"})
    reviews.act("conclude", [review.ref], PLAIN)
    done, manager = got(desk, review), desk.vault.header.person(MANAGER)
    (entry,) = desk.journal.entries(desk.journal.frontier().size - 1)

    assert (done.state, done.values["concluded_on"]) == ("done", desk.today())
    assert (entry.action, entry.record) == ("log.concluded", done.id)
    assert manager is not None
    assert desk.journal.checkpoint().person == entry.person == manager.id
    with pytest.raises(rules.SignedError):
        desk.service("log-marks").act("explain", [marks(desk)[0].ref], {"explanation": "No"})


def test_looking_again_keeps_what_was_explained_and_adds_what_came(desk: Desk) -> None:
    reviews = desk.service("log-reviews")
    review = reviews.create({"first": "2026-11-01", "last": "2026-12-03"})
    desk.service("log-marks").act("explain", [marks(desk)[0].ref], {"explanation": "An inquiry"})
    with pytest.raises(ForbiddenError):
        desk.service("subjects").create({"name": "한빛나"})
    reviews.act("count", [review.ref], {})

    told = {m.values["kind"]: m.state for m in marks(desk)}
    assert told == {"hours": "explained", "refused": "open"}


def test_a_faulty_journal_cannot_be_signed_as_nothing_unusual(desk: Desk) -> None:
    with desk.vault.transaction():
        desk.vault.raw.execute("UPDATE journal SET workstation = 'elsewhere' WHERE number = 3")
    with pytest.raises(rules.FaultyJournalError):
        signed(desk)
    staff = desk.vault.raw.execute("SELECT count(*) FROM log_reviews").fetchone()

    assert staff == (1,)
    assert got(desk, desk.service("log-reviews").find(Query())[0]).state == "open"


def test_the_second_signature_is_somebody_elses_and_an_auditor_may_give_it(desk: Desk) -> None:
    review = signed(desk)
    with pytest.raises(rules.OwnSignatureError):
        desk.service("log-reviews").act("countersign", [review.ref], {})
    auditor = switch_to(desk, AUDITOR)
    auditor.service("log-reviews").act("countersign", [review.ref], {})

    assert got(auditor, review).values["countersigner"] == AUDITOR
    with pytest.raises(ForbiddenError):
        auditor.service("log-reviews").create({})
    auditor.vault.close()


def test_nobody_countersigns_unusual_access_of_their_own(desk: Desk) -> None:
    review = signed(desk)
    assert {mark.values["who"] for mark in marks(desk)} == {ALICE}
    alice = switch_to(desk, ALICE)
    with pytest.raises(rules.OwnAccessError):
        alice.service("log-reviews").act("countersign", [review.ref], {})
    assert got(alice, review).values["countersigned_on"] is None

    bora = switch_to(alice, BORA)
    bora.service("log-reviews").act("countersign", [review.ref], {})
    assert got(bora, review).values["countersigner"] == BORA
    bora.vault.close()


def test_who_was_alone_with_the_data_needs_a_second_signature(tmp_path: Path) -> None:
    clock = FixedClock(NOON + timedelta(days=10))
    desk = open_as(copy_of(office, tmp_path), ALICE, clock)
    review = signed(desk)
    assert review.values["alone"]
    (waits,) = [one for one in judge(desk) if one.ref == review.ref]
    desk = switch_to(desk, BORA)
    desk.service("log-reviews").act("countersign", [review.ref], {})

    assert waits.rule == "53"
    assert [one for one in judge(desk) if one.ref == review.ref] == []
    desk.vault.close()


def test_the_month_is_found_missing_until_it_is_signed(desk: Desk) -> None:
    assert [one.rule for one in judge(desk)] == ["53"]
    signed(desk)

    assert judge(desk) == []


def test_figures_count_the_log_and_the_months_reviewed(desk: Desk) -> None:
    span = month(date(2026, 11, 5))
    before = {one.key: one for one in figures(desk, span)}
    signed(desk)
    after = {one.key: one for one in figures(desk, span)}

    assert before["log-reviews.access"].value >= 2
    assert [
        (f.value, f.of) for f in (before["log-reviews.months"], after["log-reviews.months"])
    ] == [
        (0, 1),
        (1, 1),
    ]


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_paper_is_issued_by_a_manager(desk: Desk, language: str) -> None:
    review = signed(desk)
    issued = issuing.issue(desk, "log-review", review.ref, language)

    assert issued.data.startswith(b"%PDF")


def test_the_rest_of_the_day_on_which_a_log_is_counted_waits_for_the_next_review(
    tmp_path: Path,
) -> None:
    clock, last = FixedClock(NOON + timedelta(days=7)), date(2026, 11, 30)
    desk = open_as(copy_of(office, tmp_path), MANAGER, clock)  # the last day of the month
    signed(desk)
    assert reading.reviewed(desk) == [(date(2026, 11, 1), last - timedelta(1))]

    clock.advance(timedelta(days=10))
    assert rules.missing(reading.begun(desk), desk.today(), reading.reviewed(desk)) == [
        date(2026, 11, 1)
    ]
    signed(desk)  # counted in December
    assert reading.reviewed(desk)[-1][1] == last
    assert rules.missing(reading.begun(desk), desk.today(), reading.reviewed(desk)) == []
    desk.vault.close()


def test_nothing_is_signed_over_access_that_was_not_counted_nor_called_plain(
    tmp_path: Path,
) -> None:
    clock = FixedClock(NOON + timedelta(days=7))
    desk = open_as(copy_of(office, tmp_path), ALICE, clock)
    reviews = desk.service("log-reviews")
    review = reviews.create({"first": date(2026, 11, 1), "last": date(2026, 11, 30)})
    (person,) = desk.service("subjects").find(Query())
    desk.service("subjects").get(person.ref, reveal="after it was counted")
    waiting = [mark.ref for mark in marks(desk) if mark.state == "open"]
    desk.service("log-marks").act("explain", waiting, {"explanation": "Asked"})
    with pytest.raises(rules.CountedBeforeError):
        reviews.act("conclude", [review.ref], PLAIN)

    reviews.act("count", [review.ref], {})
    with pytest.raises(rules.NotPlainError):
        reviews.act("conclude", [review.ref], {**PLAIN, "outcome": "plain"})
    reviews.act("conclude", [review.ref], PLAIN)
    desk.vault.close()
