"""A withdrawal: one purpose goes, another is kept by law, and all who keep copies are told."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from privdesk.core.errors import InvalidValueError
from privdesk.core.i18n import words
from privdesk.core.register import Row
from privdesk.flows import destruction, grounds, withdrawal, withdrawing
from privdesk.flows.sample.histories import histories
from privdesk.flows.withdrawal import BUSY, GOES, HELD, LAW, PROCESSOR, RECIPIENT
from privdesk.registers.consents.findings import judge
from privdesk.registers.consents.service import BeforeConsentError
from privdesk.registers.desk import Desk
from tests.copies import open_as
from tests.flows.folk import answered

TODAY = date(2026, 11, 23)
COMMON = {"basis": "consent", "refusal": "You may refuse; nothing else changes."}


class Somebody:
    """A customer who agreed to a newsletter and to deliveries that a statute keeps."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        make = desk.service("purposes").create
        self.news = make(
            {"name": "Newsletter", "required_items": "name,email", "retention": "3 years",
             "recipient": "Haru Print", **COMMON}
        )  # fmt: skip
        self.orders = make(
            {"name": "Deliveries", "required_items": "name,phone", "retention": "1 year",
             "statute": "payment", **COMMON}
        )  # fmt: skip
        places = desk.service("places")
        places.create({"name": "Web shop", "kind": "system"})
        places.create({"name": "Mailing", "kind": "processor", "processor": "Sori Mail"})
        self.person = desk.service("subjects").create(
            {"name": "김가나", "email": "gana@example.com", "phone": "010-1234-5678"}
        )
        self.held = {
            "news": self._hold("Readers", self.news, "Web shop", "Mailing"),
            "orders": self._hold("Buyers", self.orders, "Web shop"),
        }
        self.given = {
            name: self.answer(of) for name, of in (("news", self.news), ("orders", self.orders))
        }

    def _hold(self, name: str, of: Row, place: str, copies: str = "") -> Row:
        file = self.desk.service("files").create(
            {"name": name, "purpose": of.ref, "place": place, "copies": copies}
        )
        row: Row = self.desk.service("holdings").create(
            {"subject": self.person.ref, "file": file.ref, "purpose": of.ref,
             "collected_on": "2026-03-02"}
        )  # fmt: skip
        return row

    def answer(self, of: Row, kind: str = "given", at: str = "2026-03-02") -> Row:
        """Enter an answer."""
        row: Row = self.desk.service("consents").create(
            {"subject": self.person.ref, "purpose": of.ref, "kind": kind, "at": at}
        )
        return row

    def fate(self, name: str) -> str:
        """Return where a holding stands."""
        return str(self.desk.service("holdings").get(self.held[name].ref).state)


@pytest.fixture
def who(vault: Path) -> Iterator[Somebody]:
    """Return the customer, at the first officer's desk."""
    made = Somebody(open_as(vault))
    yield made
    made.desk.vault.close()


def plan(who: Somebody, *purposes: Row) -> withdrawal.Plan:
    return withdrawal.plan(who.desk, who.person.id, [row.id for row in purposes])


def test_a_plan_says_what_goes_what_stays_and_who_is_told_and_changes_nothing(
    who: Somebody,
) -> None:
    entries = who.desk.journal.frontier().size
    told = plan(who, who.news)

    assert told.consents == (who.given["news"].ref,)
    assert [fate.ref for fate in told.of(GOES)] == [who.held["news"].ref]
    assert not told.person_goes
    assert (set(told.items), set(told.staying)) == ({"E-mail"}, {"Name"})
    names = [(one.kind, one.name) for one in told.told]
    assert names == [("place", "Web shop"), (PROCESSOR, "Sori Mail (Mailing)"),
                     (RECIPIENT, "Haru Print")]  # fmt: skip
    assert who.desk.journal.frontier().size == entries
    assert who.fate("news") == "active"


def test_what_a_statute_keeps_stays_with_its_article_and_last_day(who: Somebody) -> None:
    (fate,) = plan(who, who.orders).fates

    assert (fate.what, fate.until) == (
        LAW,
        date(2031, TODAY.month, TODAY.day),
    )  # five years from today
    assert "Electronic Commerce" in fate.law


def test_a_withdrawal_asks_for_the_destruction_of_exactly_what_goes(who: Somebody) -> None:
    purposes = [who.news.id, who.orders.id]
    done = withdrawal.withdraw(who.desk, who.person.id, purposes, TODAY, "phone")

    assert len(done.refs) == 2
    service = who.desk.service("destructions")
    (line,) = service.chosen(service.number(done.destruction))
    assert line[0] == who.held["news"].id
    assert who.fate("news") == "due"
    assert who.fate("orders") == "law"
    kept = who.desk.service("holdings").get(who.held["orders"].ref).values
    assert (kept["kept_until"], kept["ended_on"]) == (date(2031, TODAY.month, TODAY.day), TODAY)
    assert kept["kept_law"]
    (status,) = destruction.status(who.desk, done.destruction)
    assert {order["name"] for order in status["places"]} == {"Web shop", "Mailing"}
    assert done.refs[0] in status["reason"]


def test_the_rest_of_the_person_stays_when_the_destruction_is_done(
    who: Somebody, vault: Path, key: Path
) -> None:
    done = withdrawal.withdraw(who.desk, who.person.id, [who.news.id], TODAY, "phone")
    (found,) = [one for one in judge(who.desk) if one.rule == "10"]
    assert done.destruction in found.what_text()

    who.desk.vault.close()
    bora = open_as(vault, "Bora Muster")
    destruction.approve(bora, done.destruction)
    destruction.execute(bora, done.destruction, key)
    answered(bora, done.destruction)

    person = bora.service("subjects").get(who.person.ref, reveal="test")
    assert (person.values["name"], person.values["email"]) == ("김가나", "")
    assert [one for one in judge(bora) if one.rule == "10"] == []
    assert bora.service("consents").get(done.refs[0]).values["settled_on"] == TODAY
    bora.vault.close()
    who.desk = open_as(vault)


def test_a_legal_hold_and_another_destruction_are_told_apart(who: Somebody) -> None:
    desk = who.desk
    destruction.request(desk, refs=[who.held["news"].ref], reason="by hand")
    desk.service("holdings").act("hold", [who.held["orders"].ref], {"reason": "law suit"})

    told = plan(who, who.news, who.orders)
    done = withdrawal.withdraw(desk, who.person.id, told.purposes)

    assert {fate.what for fate in told.fates} == {BUSY, HELD}
    assert done.destruction == ""
    assert who.fate("orders") == "held"


def test_nothing_is_withdrawn_twice(who: Somebody) -> None:
    withdrawing.each(who.desk, [who.given["orders"].ref])

    with pytest.raises(InvalidValueError):
        withdrawing.each(who.desk, [who.given["orders"].ref])
    bare = who.desk.service("purposes").create(
        {"name": "Survey", "required_items": "email", "retention": "1 year", **COMMON}
    )
    with pytest.raises(withdrawal.NothingToWithdrawError):
        withdrawal.withdraw(who.desk, who.person.id, [bare.id])


def test_what_is_held_on_consent_without_a_record_of_it_can_be_withdrawn(who: Somebody) -> None:
    who.desk.service("consents").void([who.given["news"].ref], reason="entered by mistake")

    done = withdrawal.withdraw(who.desk, who.person.id, [who.news.id])

    assert who.desk.service("consents").get(done.refs[0]).state == "withdrawn"
    assert done.destruction


def test_several_withdrawals_are_one_or_none(who: Somebody) -> None:
    other = who.desk.service("subjects").create({"name": "이다라"})
    later = who.desk.service("consents").create(
        {"subject": other.ref, "purpose": who.news.ref, "at": "2026-11-20"}
    )

    with pytest.raises(BeforeConsentError):
        withdrawing.each(who.desk, [who.given["news"].ref, later.ref], date(2026, 11, 19))

    assert who.desk.service("consents").get(who.given["news"].ref).state == "given"
    assert who.fate("news") == "active"
    assert destruction.status(who.desk) == []


def test_the_sample_histories_show_every_kind(who: Somebody) -> None:
    people = [who.desk.service("subjects").create({"name": f"견본{n}"}).id for n in range(4)]

    refs = histories(who.desk, people, who.news.id)

    states = [who.desk.service("consents").get(ref).state for ref in refs]
    assert states == ["given", "lapsed", "withdrawn", "waiting"]


def test_the_reason_of_a_destruction_speaks_the_language_of_the_paper() -> None:
    written = words("ko")(grounds.WITHDRAWN).format(consents="C-000001-2")

    assert grounds.told(written, "en") == "Consent withdrawn: C-000001-2"
    assert grounds.told(grounds.told(written, "en"), "ko") == written
    assert grounds.told("여름 행사 종료", "en") == "여름 행사 종료"
