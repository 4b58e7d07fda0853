"""People are found by part of a name, as the box behind a link field asks for them."""

from __future__ import annotations

from privdesk.core.register import Query
from privdesk.registers.desk import Desk


def test_a_person_is_found_by_part_of_a_name_with_and_without_a_limit(desk: Desk) -> None:
    subjects = desk.service("subjects")
    hana, other = (subjects.create({"name": name}) for name in ("Kim Hana", "Lee Sora"))

    for limit in (None, 1, 8):
        assert [row.ref for row in subjects.find(Query(text="hana"), limit)] == [hana.ref]
    assert {row.ref for row in subjects.find(Query())} == {hana.ref, other.ref}
    assert len(subjects.find(Query(), 1)) == 1
    assert subjects.find(Query(text="nobody")) == []
