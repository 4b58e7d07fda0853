"""Which grams are common is known whatever numbers the people have."""

from __future__ import annotations

from pathlib import Path

import pytest

from privdesk.vault.search.index import delete_lines, sound
from tests.vault.search.people import made, person


@pytest.mark.parametrize(("first", "step"), [(1, 1), (9, 2), (10, 2), (7, 4)])
def test_common_grams_are_counted_whichever_ids_people_have(
    tmp_path: Path, first: int, step: int
) -> None:
    ids = range(first, first + 3_200 * step, step)
    connection = made(tmp_path / "search.db", [person(n, "홍길동") for n in ids])

    (counted,) = connection.execute("SELECT n FROM search.common WHERE gram = '길동'").fetchone()

    assert 80 <= counted <= 120  # one of 32
    assert sound(connection)


def test_what_is_deleted_is_not_counted_any_more(tmp_path: Path) -> None:
    ids = range(9, 6_409, 2)
    connection = made(tmp_path / "search.db", [person(n, "홍길동") for n in ids])
    connection.execute("BEGIN")
    delete_lines(connection, ids)
    connection.execute("COMMIT")

    assert connection.execute("SELECT count(*) FROM search.common").fetchone()[0] == 0
