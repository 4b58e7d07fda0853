"""What a collection point may collect, of whom, and how: each rule on both sides of its border.

On 23 November 2026 the law's border is the age of 14 (PIPA 22-2(1)) and the policy's own
gate 14 or below (S6.1):

age     13        14      15
law     guardian  -       -
policy  (law)     warns   -
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from privdesk.core.categories import Separate
from privdesk.core.findings import Severity
from privdesk.registers.collection_points.rules import (
    BothWaysError,
    Gate,
    ItemNotNamedError,
    Line,
    Named,
    NoItemError,
    OptionalItemError,
    PointFacts,
    gate,
    judge,
    require_named,
    youngest,
)
from privdesk.registers.consenting import Box, boxes_needed

TODAY = date(2026, 11, 23)
USE, SENSITIVE, MARKETING = Separate.USE, Separate.SENSITIVE, Separate.MARKETING
LINE = Line("Newsletter", needed=frozenset({USE}), boxes=[Box(frozenset({USE}))])
POINT = PointFacts("K-1", "Sign-up", channel="web", rights=("web",), lines=[LINE])


def found(point: PointFacts) -> list[tuple[str, Severity]]:
    return [(one.rule, one.severity) for one in judge(point, TODAY)]


def with_line(**more: object) -> PointFacts:
    return replace(POINT, lines=[replace(LINE, **more)])  # type: ignore[arg-type]


def test_a_point_that_keeps_to_everything_has_no_finding() -> None:
    assert judge(POINT, TODAY) == ()


@pytest.mark.parametrize(("age", "asks"), [(13, Gate.GUARDIAN), (14, Gate.WARN), (15, Gate.OPEN)])
def test_the_law_asks_the_guardian_under_14_and_the_policy_warns_at_14(
    age: int, asks: Gate
) -> None:
    assert gate(age, TODAY) is asks


@pytest.mark.parametrize(
    ("least", "rules"),
    [
        (13, [("1", Severity.BREACH)]),
        (14, [("2", Severity.WARNING)]),
        (15, []),
        (None, []),  # the policy's own gate
    ],
)
def test_the_youngest_age_of_a_point_is_judged(
    least: int | None, rules: list[tuple[str, Severity]]
) -> None:
    assert found(replace(POINT, min_age=least)) == rules


def test_where_nobody_asks_for_the_age_anybody_may_come() -> None:
    unasked = replace(POINT, age_asked=False, min_age=15)

    assert (youngest(unasked, TODAY), youngest(POINT, TODAY)) == (0, 15)
    assert found(unasked) == [("2", Severity.WARNING)]
    assert found(replace(unasked, children=True)) == [("1", Severity.BREACH)]


def test_a_point_for_children_that_asks_the_age_goes_against_the_policy_alone() -> None:
    assert found(replace(POINT, children=True, min_age=7)) == [("2", Severity.WARNING)]


def test_rights_are_exercised_at_least_by_the_way_of_collection() -> None:
    assert found(replace(POINT, rights=("web", "phone"))) == []
    assert found(replace(POINT, rights=("phone", "visit"))) == [("9", Severity.BREACH)]
    assert found(replace(POINT, rights=())) == [("9", Severity.BREACH)]


def test_items_and_purposes_are_looked_at_again_after_they_changed() -> None:
    assert found(with_line(unnamed=["Phone"])) == [("S1.1", Severity.BREACH)]
    assert found(with_line(unlisted=["Nickname"])) == [("S1.2", Severity.WARNING)]
    assert found(with_line(in_use=False, unnamed=["Phone"])) == [("S1.1", Severity.BREACH)]
    assert found(replace(POINT, lines=[])) == [("S1.1", Severity.WARNING)]


def test_consent_is_asked_with_wordings_in_force_one_for_each_box() -> None:
    both = frozenset({USE, SENSITIVE})

    assert found(with_line(boxes=[])) == [("4", Severity.BREACH)]
    assert found(with_line(boxes=[], needed=frozenset())) == []
    assert found(with_line(needed=both)) == [("5", Severity.BREACH)]
    assert found(with_line(needed=both, boxes=[Box(frozenset({one})) for one in both])) == []
    assert found(with_line(needed=both, boxes=[Box(both)])) == [("4", Severity.BREACH)]


def test_marketing_and_provision_stand_alone_what_is_sensitive_comes_beside() -> None:
    assert boxes_needed(frozenset()) == {USE}
    assert boxes_needed({MARKETING}) == {MARKETING}
    assert boxes_needed({Separate.PROVISION}) == {Separate.PROVISION}
    assert boxes_needed({SENSITIVE}) == {USE, SENSITIVE}


NAMED = Named("Newsletter", required=["E-mail"], optional=["Name"])


def test_only_what_a_purpose_names_is_collected_and_no_more_demanded() -> None:
    require_named(NAMED, ["E-mail"], ["Name"])
    require_named(NAMED, [], ["E-mail", "Name"])
    with pytest.raises(ItemNotNamedError, match="does not name “Phone”"):
        require_named(NAMED, ["E-mail"], ["Phone"])
    with pytest.raises(OptionalItemError):
        require_named(NAMED, ["E-mail", "Name"], [])
    with pytest.raises(BothWaysError):
        require_named(NAMED, ["E-mail"], ["E-mail"])
    with pytest.raises(NoItemError):
        require_named(NAMED, [], [])
