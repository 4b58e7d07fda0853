"""Wordings: numbered, put in force once complete, then fixed; consents point to them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.errors import InvalidValueError
from privdesk.core.register import Query, Row
from privdesk.registers.consenting import BundledConsentError
from privdesk.registers.consents.refusals import WordingNotUsedError, WordingOfAnotherError
from privdesk.registers.consents.rules import ConsentState
from privdesk.registers.desk import Desk
from privdesk.registers.named import RecordInUseError
from privdesk.registers.wordings.canonical import digest
from privdesk.registers.wordings.findings import judge
from privdesk.registers.wordings.rules import (
    ExemptMissingError,
    NoSuchBoxError,
    NotByConsentError,
    NothingToldError,
)
from privdesk.registers.wordings.service import (
    UsedBeforeError,
    WordingFixedError,
)
from tests.copies import copy_office, open_as
from tests.registers.fillings import TODAY, collects, point, purpose, wording


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the open desk of an office of five people."""
    made = open_as(copy_office(tmp_path))
    yield made
    made.vault.close()


@pytest.fixture
def newsletter(desk: Desk) -> Row:
    """Return a purpose that rests on consent."""
    return purpose(desk)


def answer(desk: Desk, of: Row, told: str, at: str = "2026-11-20", **more: object) -> Row:
    person = desk.service("subjects").create({"name": "김가나"})
    values = {"subject": person.ref, "purpose": of.ref, "at": at, "wording": told, **more}
    found: Row = desk.service("consents").create(values)
    return found


def test_versions_are_counted_by_point_purpose_and_box(desk: Desk, newsletter: Row) -> None:
    at = point(desk)
    made = [
        wording(desk, newsletter),
        wording(desk, newsletter),
        wording(desk, newsletter, point=at.ref),
        wording(desk, purpose(desk, "Counselling")),
    ]

    assert [row.values["version"] for row in made] == [1, 2, 1, 1]
    assert made[1].values["title"] == "Newsletter · Collection and use · v2"
    assert [row.state for row in made] == ["draft"] * 4


def test_a_used_text_never_changes_and_a_new_version_replaces_it(
    desk: Desk, newsletter: Row
) -> None:
    service = desk.service("wordings")
    first = wording(desk, newsletter, on="2026-01-05")
    assert (first.state, first.values["effective"]) == ("used", date(2026, 1, 5))
    assert first.values["digest"] == digest(first.values)

    for changed in ({"purpose_en": "Other news"}, {"size": 12}, {"required": True}):
        with pytest.raises(WordingFixedError, match=first.ref):
            service.update(first.ref, changed)
    assert service.update(first.ref, {"note": "seen by counsel"}).values["note"]

    (ref,) = service.act("new-version", [first.ref], {}).refs
    service.update(ref, {"purpose_en": "News and offers"})
    with pytest.raises(UsedBeforeError):
        service.act("use", [ref], {"on": "2026-01-04"})
    service.act("use", [ref], {"on": "2026-06-01"})

    old = service.get(first.ref)
    assert (old.state, old.values["ended"]) == ("replaced", date(2026, 6, 1))
    with pytest.raises(WordingFixedError):
        service.update(first.ref, {"purpose_en": "Something else"})
    assert [event.action for event in service.history(ref)][:1] == ["wording.used"]


def test_a_version_may_be_put_in_force_for_a_later_day(desk: Desk, newsletter: Row) -> None:
    service, at = desk.service("wordings"), point(desk)
    first = wording(desk, newsletter, on="2026-01-05")
    (ref,) = service.act("new-version", [first.ref], {}).refs
    service.act("use", [ref], {"on": "2026-12-01"})

    def states() -> tuple[str, str]:
        return service.get(first.ref).state, service.get(ref).state

    def shown(day: str) -> str:
        row = service.for_point(at.id, newsletter.id, date.fromisoformat(day))
        return row.ref if row else ""

    assert states() == ("used", "planned")
    assert [row.ref for row in service.find(Query(where={"state": "used"}))] == [first.ref]
    assert [shown(day) for day in ("2026-11-30", "2026-12-01")] == [first.ref, ref]
    with pytest.raises(WordingFixedError):
        service.update(ref, {"purpose_en": "Other news"})
    with pytest.raises(WordingNotUsedError):
        answer(desk, newsletter, ref, TODAY.isoformat())
    (third,) = service.act("new-version", [ref], {}).refs
    with pytest.raises(UsedBeforeError, match=ref):
        service.act("use", [third], {"on": "2026-11-30"})

    service.act("retire", [ref], {"reason": "not yet"})
    assert states() == ("used", "draft")
    assert service.get(first.ref).values["ended"] is None
    service.act("use", [ref], {"on": "2026-12-01"})
    assert isinstance(desk.clock, FixedClock)
    desk.clock.advance(timedelta(days=8))  # 1 December
    assert states() == ("replaced", "used")
    assert [row.ref for row in service.find(Query(where={"state": "used"}))] == [ref]
    assert [number for number, _purpose, _since in service.in_force()] == [service.number(ref)]
    service.act("retire", [ref], {"reason": "closed"})
    assert states() == ("replaced", "replaced")


def test_the_wording_of_a_day_is_the_one_in_force_then(desk: Desk, newsletter: Row) -> None:
    service, at, other = desk.service("wordings"), point(desk), point(desk, "Call script")
    first = wording(desk, newsletter, on="2026-01-05")
    second = wording(desk, newsletter, on="2026-06-01")
    own = wording(desk, newsletter, point=at.ref, on="2026-09-01")

    def shown(of: Row, day: str) -> str:
        row = service.for_point(of.id, newsletter.id, date.fromisoformat(day))
        return row.ref if row else ""

    assert [shown(other, day) for day in ("2026-01-04", "2026-01-05", "2026-05-31")] == [
        *("", first.ref, first.ref),
    ]
    assert [shown(other, day) for day in ("2026-06-01", "2026-11-23")] == [second.ref] * 2
    assert [shown(at, day) for day in ("2026-08-31", "2026-09-01")] == [second.ref, own.ref]
    service.act("retire", [own.ref], {"on": "2026-11-02", "reason": "closed"})
    assert [shown(at, day) for day in ("2026-11-01", "2026-11-02")] == [own.ref, second.ref]


def test_what_the_law_wants_apart_has_a_box_before_another_is_used(desk: Desk) -> None:
    service = desk.service("wordings")
    of = purpose(desk, marketing=True, separate_consents="marketing")
    plain = wording(desk, of)
    with pytest.raises(BundledConsentError):
        service.act("use", [plain.ref], {})
    with pytest.raises(NoSuchBoxError, match="Sensitive information"):
        wording(desk, of, box="sensitive")

    wording(desk, of, box="marketing")
    service.act("use", [plain.ref], {})


def test_nobody_is_asked_for_what_needs_no_consent(desk: Desk, newsletter: Row) -> None:
    contract, at = purpose(desk, "Contract", basis="contract"), point(desk)
    with pytest.raises(NotByConsentError):
        wording(desk, contract)
    for of in (newsletter, contract):
        collects(desk, at, of)
    told = wording(desk, newsletter, point=at.ref)
    service = desk.service("wordings")
    with pytest.raises(ExemptMissingError, match="Contract"):
        service.act("use", [told.ref], {})

    service.act("fill", [told.ref], {})

    filled = service.get(told.ref).values
    assert filled["exempt_en"] == "Contract: E-mail, 2 years (contract with the person)"
    assert filled["purpose_en"] == "News of the shop"
    service.act("use", [told.ref], {})


def test_an_empty_draft_takes_its_texts_from_the_purpose(desk: Desk, newsletter: Row) -> None:
    service = desk.service("wordings")
    draft = service.create({"purpose": newsletter.ref})
    with pytest.raises(NothingToldError):
        service.act("use", [draft.ref], {})

    assert service.act("fill", [draft.ref], {}).message == "4 texts filled in"
    values = service.get(draft.ref).values
    assert (values["items_en"], values["retention_en"]) == ("E-mail", "2 years")
    assert values["refusal_en"] == "You may refuse; nothing else changes."
    service.act("use", [draft.ref], {})


# -- consents


def test_a_consent_names_its_wording_by_version(desk: Desk, newsletter: Row) -> None:
    wording(desk, newsletter, on="2026-01-05")
    second = wording(desk, newsletter, on="2026-06-01")
    wording(desk, purpose(desk, "Counselling"), on="2026-01-05")

    for written in ("2", "v2", "ver.2", "제2판", "version 2"):
        assert answer(desk, newsletter, written).values["wording"] == second.ref, written


def test_a_consent_names_its_wording_by_reference_hash_or_title(
    desk: Desk, newsletter: Row
) -> None:
    told = wording(desk, newsletter, on="2026-06-01")
    hashed = str(told.values["digest"])
    ways = [told.ref, hashed, hashed[:12].upper(), told.values["title"]]

    assert {answer(desk, newsletter, way).values["wording"] for way in ways} == {told.ref}
    found = desk.service("consents").find(Query(where={"wording": told.ref}))
    assert len(found) == len(ways)
    with pytest.raises(RecordInUseError):
        desk.service("wordings").void([told.ref])


def test_an_old_text_of_a_version_gets_a_sentence(desk: Desk, newsletter: Row) -> None:
    wording(desk, newsletter, on="2026-06-01")

    for text in ("v1.2", "2", "동의서 2023"):
        with pytest.raises(InvalidValueError, match="no wording with that version") as refused:
            answer(desk, newsletter, text)
        assert refused.value.details["value"] == text


def test_the_same_version_at_two_points_asks_for_the_reference(desk: Desk, newsletter: Row) -> None:
    for name in ("Web", "Shop"):
        wording(desk, newsletter, point=point(desk, name).ref, on="2026-06-01")

    with pytest.raises(InvalidValueError, match="give the reference"):
        answer(desk, newsletter, "v1")


def test_nobody_saw_a_wording_that_was_not_in_force(desk: Desk, newsletter: Row) -> None:
    other = purpose(desk, "Counselling")
    draft, used = wording(desk, newsletter), wording(desk, other, on="2026-06-01")

    with pytest.raises(WordingNotUsedError, match=draft.ref):
        answer(desk, newsletter, draft.ref)
    with pytest.raises(WordingNotUsedError, match="2026-05-31"):
        answer(desk, other, used.ref, "2026-05-31")
    with pytest.raises(WordingOfAnotherError, match="Newsletter"):
        answer(desk, newsletter, used.ref)
    given = answer(desk, other, used.ref, "2026-06-01")
    with pytest.raises(InvalidValueError, match="cannot be changed"):
        desk.service("consents").update(given.ref, {"wording": ""})


def test_people_who_agreed_before_a_change_are_asked_again(desk: Desk, newsletter: Row) -> None:
    first = wording(desk, newsletter, on="2026-06-01")
    consents, purposes = desk.service("consents"), desk.service("purposes")
    people = [answer(desk, newsletter, first.ref) for _ in range(2)]
    assert judge(desk) == []

    purposes.update(newsletter.ref, {"optional_items": "name"})

    (found,) = judge(desk)
    assert (found.rule, found.ref, found.count) == ("8", first.ref, 2)
    assert consents.given_before(newsletter.id, TODAY) == 2
    # Asked again today, but still with the text from before the change: that is not enough.
    again = answer(desk, newsletter, first.ref, TODAY.isoformat())
    assert consents.given_before(newsletter.id, TODAY) == 3
    for row in (*people, again):
        subject = desk.service("subjects").number(row.values["subject"])
        assert consents.standing(subject, newsletter.id) is ConsentState.OUTDATED

    (ref,) = desk.service("wordings").act("new-version", [first.ref], {}).refs
    desk.service("wordings").act("use", [ref], {})

    assert judge(desk) == []
    new = answer(desk, newsletter, "v2", TODAY.isoformat())
    subject = desk.service("subjects").number(new.values["subject"])
    assert consents.standing(subject, newsletter.id) is ConsentState.GIVEN
    assert consents.given_before(newsletter.id, TODAY) == 3
