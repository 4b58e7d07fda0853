"""Collection points: what they collect is named by purposes in use, and told in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from privdesk.core.register import Row
from privdesk.registers.collection_points.findings import judge
from privdesk.registers.collection_points.items import PurposeNotInUseError, PurposeTwiceError
from privdesk.registers.collection_points.rules import Gate, ItemNotNamedError, OptionalItemError
from privdesk.registers.collection_points.service import ClosesEarlierError, ClosesLaterError
from privdesk.registers.desk import Desk
from privdesk.registers.named import RecordInUseError
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
    """Return a purpose that needs the e-mail and may have the name."""
    return purpose(desk, optional_items="name")


def rules(desk: Desk) -> list[str]:
    return sorted(one.rule for one in judge(desk))


def test_what_no_purpose_names_is_refused_with_a_sentence(desk: Desk, newsletter: Row) -> None:
    at = point(desk)
    with pytest.raises(ItemNotNamedError, match="“Newsletter” does not name “Telephone”"):
        collects(desk, at, newsletter, "email", "phone")
    with pytest.raises(OptionalItemError):
        collects(desk, at, newsletter, "email, name")

    line = collects(desk, at, newsletter, "email", "name")
    with pytest.raises(PurposeTwiceError, match=line.ref):
        collects(desk, at, newsletter)
    with pytest.raises(ItemNotNamedError):
        desk.service("point-items").update(line.ref, {"optional_items": "phone"})


def test_a_purpose_that_is_not_in_use_collects_nothing(desk: Desk, newsletter: Row) -> None:
    at = point(desk)
    draft = desk.service("purposes").create({"name": "Survey", "required_items": "email"})
    with pytest.raises(PurposeNotInUseError):
        collects(desk, at, draft)
    desk.service("purposes").act("end", [newsletter.ref], {})
    with pytest.raises(PurposeNotInUseError, match="Newsletter"):
        collects(desk, at, newsletter)


def test_a_change_of_the_purpose_is_found_at_the_point(desk: Desk, newsletter: Row) -> None:
    at = point(desk)
    collects(desk, at, newsletter, "email", "name")
    assert rules(desk) == ["4"]
    wording(desk, newsletter, on="2026-11-01")
    assert rules(desk) == []

    desk.service("purposes").update(newsletter.ref, {"optional_items": ""})
    assert rules(desk) == ["S1.1"]
    desk.service("purposes").act("end", [newsletter.ref], {})
    assert rules(desk) == ["S1.1"]
    desk.service("collection-points").update(at.ref, {"until": TODAY})
    assert rules(desk) == []


def test_a_wording_of_another_point_does_not_count(desk: Desk, newsletter: Row) -> None:
    at, other = point(desk), point(desk, "Newsletter page", rights="web, phone")
    for one in (at, other):
        collects(desk, one, newsletter)
    wording(desk, newsletter, point=other.ref, on="2026-11-01")

    assert [(one.rule, one.ref) for one in judge(desk)] == [("4", at.ref)]


def test_items_that_the_policy_does_not_name_are_found(desk: Desk, newsletter: Row) -> None:
    desk.service("items").create({"name": "Nickname", "key": "nickname", "in_policy": False})
    desk.service("purposes").update(newsletter.ref, {"optional_items": "name, nickname"})
    at = point(desk)
    collects(desk, at, newsletter, "email", "nickname")
    wording(desk, newsletter, on=TODAY.isoformat())

    assert rules(desk) == ["S1.2"]


def test_a_point_closes_on_a_day_that_has_come(desk: Desk) -> None:
    points, at = desk.service("collection-points"), point(desk, since="2026-01-05")

    with pytest.raises(ClosesLaterError):
        points.update(at.ref, {"until": TODAY + timedelta(days=1)})
    with pytest.raises(ClosesEarlierError):
        points.update(at.ref, {"until": "2026-01-04"})
    assert points.update(at.ref, {"until": TODAY}).state == "closed"
    assert points.update(at.ref, {"until": ""}).state == "active"


def test_what_stands_on_a_point_or_a_purpose_keeps_it(desk: Desk, newsletter: Row) -> None:
    at = point(desk)
    line = collects(desk, at, newsletter)

    with pytest.raises(RecordInUseError, match=line.ref):
        desk.service("collection-points").void([at.ref])
    with pytest.raises(RecordInUseError, match=line.ref):
        desk.service("purposes").void([newsletter.ref])
    desk.service("point-items").void([line.ref])
    desk.service("collection-points").void([at.ref])


def test_the_gate_of_a_point_speaks_by_age(desk: Desk) -> None:
    points, at = desk.service("collection-points"), point(desk)
    family = point(desk, "Family form", children=True)

    assert [points.gate(at.id, age, TODAY) for age in (13, 14, 15)] == [
        *(Gate.GUARDIAN, Gate.WARN, Gate.OPEN),
    ]
    assert [points.gate(family.id, age, TODAY) for age in (13, 14)] == [Gate.GUARDIAN, Gate.OPEN]
