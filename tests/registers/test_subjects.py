"""Data subjects: nobody is entered of whom nothing is known; the others are found."""

from __future__ import annotations

import pytest

from privdesk.core.register import Query
from privdesk.registers.desk import Desk
from privdesk.registers.subjects.service import NobodyError


@pytest.mark.parametrize("values", [{}, {"name": "  "}, {"language": "ko", "note": "called twice"}])
def test_a_person_of_whom_nothing_is_known_is_not_entered(
    desk: Desk, values: dict[str, str]
) -> None:
    with pytest.raises(NobodyError):
        desk.service("subjects").create(values)
    assert desk.service("subjects").find(Query()) == []


def test_the_last_that_is_known_of_somebody_is_not_emptied(desk: Desk) -> None:
    people = desk.service("subjects")
    row = people.create({"name": "김가나", "phone": "010-4821-7733"})

    people.update(row.ref, {"phone": ""})
    with pytest.raises(NobodyError):
        people.update(row.ref, {"name": ""})
    people.update(row.ref, {"note": "prefers letters"})
    assert people.rows([row.id], reveal=True)[0].values["name"] == "김가나"


def test_a_person_is_found_by_part_of_a_name_with_and_without_a_limit(desk: Desk) -> None:
    subjects = desk.service("subjects")
    hana, other = (subjects.create({"name": name}) for name in ("Kim Hana", "Lee Sora"))

    for limit in (None, 1, 8):
        assert [row.ref for row in subjects.find(Query(text="hana"), limit)] == [hana.ref]
    assert {row.ref for row in subjects.find(Query())} == {hana.ref, other.ref}
    assert len(subjects.find(Query(), 1)) == 1
    assert subjects.find(Query(text="nobody")) == []


@pytest.mark.parametrize(
    ("query", "matching"),
    [
        (Query(), 3),
        (Query(text="hana"), 2),
        (Query(text="nobody"), 0),
        (Query(where={"state": "living"}, sort="name"), 3),
        (Query(text="so", where={"state": ["living", "held"]}, sort="due"), 1),
    ],
)
def test_how_many_match_is_known_as_soon_as_the_list_is_open(
    desk: Desk, query: Query, matching: int
) -> None:
    subjects = desk.service("subjects")
    for name in ("Kim Hana", "Lee Sora", "Park Hana"):
        subjects.create({"name": name})
    view = subjects.open_view(query)
    assert (view.count, view.total) == (matching, 3)
    view.close()
