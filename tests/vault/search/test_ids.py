from __future__ import annotations

from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privdesk.vault.search.ids import Ids, Members

PARTS = st.lists(st.lists(st.integers(0, 40), max_size=6), max_size=5)


def _ids(parts: list[list[int]]) -> Ids:
    ids = Ids()
    for at, part in enumerate(parts):
        ids.append(",".join(map(str, part)) if at % 2 else array("q", part))
    return ids


@given(PARTS, st.integers(-3, 30), st.integers(-3, 30))
def test_ids_are_a_sequence(parts: list[list[int]], start: int, stop: int) -> None:
    ids, plain = _ids(parts), [number for part in parts for number in part]
    assert list(ids) == plain
    assert len(ids) == len(plain)
    assert ids[start:stop] == plain[start:stop]
    assert ids[::2] == plain[::2]
    assert [ids[at] for at in range(len(ids))] == plain


@given(PARTS, st.integers(0, 40))
def test_an_id_is_found_where_it_stands(parts: list[list[int]], wanted: int) -> None:
    ids, plain = _ids(parts), [number for part in parts for number in part]
    assert (wanted in ids) == (wanted in plain)
    if wanted in plain:
        assert ids.index(wanted) == plain.index(wanted)
    else:
        with pytest.raises(ValueError, match=str(wanted)):
            ids.index(wanted)


def test_a_position_beyond_the_end_is_refused() -> None:
    with pytest.raises(IndexError):
        Ids([1, 2])[2]


@given(st.sets(st.integers(0, 60)), st.lists(st.integers(0, 60)))
def test_members_keep_their_order(chosen: set[int], numbers: list[int]) -> None:
    members = Members(chosen)
    assert list(members.of(numbers)) == [n for n in numbers if n in chosen]
