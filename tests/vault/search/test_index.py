from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from privdesk.vault.search import index, schema
from privdesk.vault.search.index import Bulk, add_lines, count, delete_lines, replace_lines, sound
from privdesk.vault.search.query import search
from privdesk.vault.search.tokens import documents
from tests.vault.search.people import attached, crowd, made, person


def _names(connection: Any, text: str) -> list[str]:
    return [hit.values[0] for hit in search(connection, text)]


def test_a_new_file_says_what_it_is(tmp_path: Path) -> None:
    connection = made(tmp_path / "search.db")
    about = schema.about(connection)
    assert about == schema.About(schema.FORMAT, 1, "vault-1", 1, 0)
    assert about.current


def test_an_index_with_other_grams_is_not_current(tmp_path: Path) -> None:
    connection = made(tmp_path / "search.db")
    connection.execute("UPDATE search.about SET value = '0' WHERE name = 'tokens'")
    about = schema.about(connection)
    assert about is not None
    assert not about.current
    assert not sound(connection)


def test_an_empty_file_says_nothing(tmp_path: Path) -> None:
    assert schema.about(attached(tmp_path / "search.db")) is None


def test_the_file_is_encrypted_under_its_own_key(tmp_path: Path) -> None:
    made(tmp_path / "search.db", [person(1, "홍길동")]).close()
    assert b"SQLite format" not in (tmp_path / "search.db").read_bytes()
    with pytest.raises(Exception, match="not a database"):
        attached(tmp_path / "search.db", "x'" + "00" * 32 + "'")


def test_lines_are_counted_by_register(tmp_path: Path) -> None:
    connection = made(tmp_path / "search.db", crowd(20))
    add_lines(connection, [person(50, "한사원", register="staff")])
    assert (count(connection), count(connection, "subjects")) == (21, 20)
    assert count(connection, "staff") == 1
    assert count(connection, "visits") == 0


def test_a_replaced_line_is_found_by_its_new_values_only(tmp_path: Path) -> None:
    connection = made(tmp_path / "search.db", [person(1, "홍길동", "010-1234-5678")])
    replace_lines(connection, [person(1, "홍길순", "010-1234-9999"), person(2, "새사람")])
    assert _names(connection, "홍길동") == []
    assert _names(connection, "5678") == []
    assert _names(connection, "9999") == ["홍길순"]
    assert _names(connection, "새사람") == ["새사람"]
    assert sound(connection)


def test_a_new_state_leaves_the_grams_alone(tmp_path: Path) -> None:
    connection = made(tmp_path / "search.db", crowd(30))
    before = connection.execute("SELECT id, block FROM search.grams_data").fetchall()
    replace_lines(connection, [line._replace(state="held") for line in crowd(30)])
    assert connection.execute("SELECT id, block FROM search.grams_data").fetchall() == before
    assert {hit.state for hit in search(connection, "user")} == {"held"}


@pytest.mark.parametrize("gone", [3, index.FEW + 100])
def test_deleted_lines_are_found_no_more_and_their_neighbours_are(
    tmp_path: Path, gone: int
) -> None:
    connection = made(tmp_path / "search.db", crowd(1_500))
    connection.execute("BEGIN IMMEDIATE")
    assert delete_lines(connection, range(1, gone + 1)) == gone
    assert delete_lines(connection, range(1, gone + 1)) == 0
    connection.execute("COMMIT")
    assert search(connection, "buser1@example") == []
    assert len(search(connection, f"user{gone + 1}@example")) == 1
    assert count(connection) == 1_500 - gone
    assert sound(connection)


@pytest.mark.parametrize("gone", [40, index.FEW + 100])
def test_no_destroyed_value_is_left_in_the_file(tmp_path: Path, gone: int) -> None:
    """The file is not encrypted here, so that its bytes can be looked through."""
    path = tmp_path / "search.db"
    lines = crowd(1_200)
    doomed = [
        person(5_000 + n, f"망{chr(0xB000 + n)}각", f"070-5555-{n:04}", f"q{n}x{n}z@gone.example")
        for n in range(gone)
    ]
    connection = made(path, [*lines, *doomed], key="")
    values = [value for line in doomed for value in line.values[:3]]
    grams = {word for line in doomed for word in documents([line.values[:3]])[0].split()}
    grams -= {word for line in lines for word in documents([line.values[:3]])[0].split()}
    assert grams
    assert all(value.encode() in path.read_bytes() for value in values)

    connection.execute("BEGIN IMMEDIATE")
    delete_lines(connection, [line.id for line in doomed])
    connection.execute("COMMIT")

    assert {row[0] for row in _vocabulary(connection)} & grams == set()
    # Splits of B-tree pages leave copies that secure_delete does not know of; the roll,
    # which ends every destruction, writes the file anew as VACUUM does.
    connection.execute("VACUUM search")
    data = path.read_bytes()
    assert [value for value in values if value.encode() in data] == []
    assert {word for word in grams if not word.isascii() and word.encode() in data} == set()


def _vocabulary(connection: Any) -> list[tuple[str]]:
    connection.execute("CREATE VIRTUAL TABLE temp.words USING fts5vocab(search, grams, row)")
    rows: list[tuple[str]] = connection.execute("SELECT term FROM temp.words").fetchall()
    return rows


def test_a_bulk_import_hides_its_lines_until_it_is_done(tmp_path: Path) -> None:
    connection = made(tmp_path / "search.db", crowd(50))
    connection.execute("BEGIN IMMEDIATE")
    bulk = Bulk(connection, index._MANY)
    bulk.add(crowd(50, first=51))
    hidden = range(51, 101)
    assert not schema.indexed(connection)
    assert len(search(connection, "user51@e", hidden=hidden)) == 0
    assert len(search(connection, "user5@e", hidden=hidden)) == 1
    assert _names(connection, "김철")[0] == "김철"
    assert count(connection) == 50
    bulk.finish()
    connection.execute("COMMIT")
    assert schema.indexed(connection)
    assert count(connection) == 100
    assert len(search(connection, "user51@e")) == 1
    assert sound(connection)


def test_a_cancelled_import_leaves_nothing_behind(tmp_path: Path) -> None:
    connection = made(tmp_path / "search.db", crowd(50))
    connection.execute("BEGIN IMMEDIATE")
    bulk = Bulk(connection, index._MANY)
    bulk.add(crowd(500, first=51))
    assert len(search(connection, "user51@e")) == 1
    connection.execute("ROLLBACK")
    assert schema.indexed(connection)
    assert search(connection, "user51@e") == []
    assert count(connection) == 50
    assert sound(connection)


def test_the_file_is_rebuilt_from_lines(tmp_path: Path) -> None:
    connection = made(tmp_path / "search.db", crowd(50))
    connection.execute("BEGIN IMMEDIATE")
    assert index.rebuild(connection, crowd(20, first=200), "vault-1", 3, 9) == 20
    connection.execute("COMMIT")
    assert schema.about(connection) == schema.About(schema.FORMAT, 1, "vault-1", 3, 9)
    assert search(connection, "user5@e") == []
    assert sound(connection)


@pytest.mark.parametrize(
    "damage",
    [
        "DELETE FROM search.lines WHERE id = 7",
        "UPDATE search.lines SET packed = replace(packed, '김철', '박철') WHERE id = 1000",
        "UPDATE search.registers SET n = n + 1",
        "DELETE FROM search.grams_data WHERE id > 10",
    ],
)
def test_lines_that_do_not_agree_with_the_index_are_noticed(tmp_path: Path, damage: str) -> None:
    connection = made(tmp_path / "search.db", [*crowd(30), person(1000, "김철")])
    assert sound(connection)
    connection.execute(damage)
    assert not sound(connection)


def test_values_come_back_as_they_were(tmp_path: Path) -> None:
    line = person(1, "홍 길동", "010-1234-5678")._replace(values=("홍 길동", "", "a\x1fb", ""))
    connection = made(tmp_path / "search.db", [line])
    (found,) = search(connection, "길동")
    assert found.values == ("홍 길동", "", "a b", "")
    assert (found.id, found.register, found.ref) == (1, "subjects", line.ref)
