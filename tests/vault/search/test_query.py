from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from privdesk.vault.search.index import Bulk
from privdesk.vault.search.lines import Line
from privdesk.vault.search.query import find, search
from privdesk.vault.search.text import Pattern, normal
from tests.vault.search.people import crowd, made, person

PEOPLE = [
    person(1, "홍길동", "010-1234-5678", "gildong.hong92@example.com"),
    person(2, "홍길순", "010-5678-0001", "soon@example.net"),
    person(3, "홍길", "02-765-4321", "HONG_K@example.org"),
    person(4, "남궁홍길", "010-9999-5678", ""),
    person(5, "김 민수", "+44 20 7946 0000", "kim@example.com"),
    person(6, "JOHN Smith-Lee", "010-0000-1111", "jsmith@mail.example"),
    person(7, "洪吉童", "", "hong@hana.example"),
    person(8, "한길동", "010-3456-7812", "handong@example.com", register="staff"),
]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    connection = made(tmp_path_factory.mktemp("office") / "search.db", PEOPLE)
    yield connection
    connection.close()


def _ids(connection: Any, text: str, **narrowed: Any) -> list[int]:
    return [hit.id for hit in search(connection, text, **narrowed)]


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("홍길동", [1]),
        ("홍길", [3, 1, 2, 4]),  # the name itself, then those it begins, then the rest
        ("홍", [3, 1, 2, 4]),
        ("길동", [8, 1]),
        ("동", [8, 1]),
        ("궁홍", [4]),
        ("ㅎㄱㄷ", [8, 1]),
        ("ㅎㄱ", [8, 3, 1, 2, 4]),
        ("ㄱㅎㄱ", [4]),
        ("ㄷ", [8, 1]),
        ("홍길ㄷ", [1]),
        ("홍ㄱㅅ", [2]),
        ("ㅎ길동", [8, 1]),
        ("홍길동 5678", [1]),  # a name with the last four digits, in either order
        ("5678 홍길", [4, 1]),
        ("ㅎㄱㄷ 7812", [8]),
        ("홍길동 5679", []),
        ("010 1234 5678", [1]),  # a whole number, typed with spaces
        ("민수", [5]),
        ("김민수", [5]),
        ("ㄱㅁㅅ", [5]),
        ("john", [6]),
        ("smithlee", [6]),
        ("Hn sm", [6]),
        ("吉", [7]),
        ("洪吉", [7]),
        ("hong_k", [3]),
        ("hong", [7, 3, 1]),
        ("ildong", [1]),
        ("g.hong9", [1]),
        ("5678", [4, 1, 8, 2]),  # the end of a number before its middle
        ("1234", [1]),
        ("7812", [8]),
        ("678", [4, 8, 1, 2]),
        ("12345678", [1]),
        ("010-1234-5678", [1]),
        ("+82 10 1234 5678", [1]),
        ("+44 20", [5]),
        ("7946", [5]),
        ("7654321", [3]),
        ("없는이름", []),
        ("ㅋㅋ", []),
        ("zzz", []),
        ("q", []),
        ("5550000", []),
        ("", []),
        (" - @", []),
    ],
)
def test_people_are_found_in_order(office: Any, typed: str, ids: list[int]) -> None:
    assert _ids(office, typed) == ids


def test_one_digit_or_letter_is_enough(office: Any) -> None:
    for typed in "9hz":
        holders = [p.id for p in PEOPLE if typed in "".join(p.values[:3]).lower()]
        assert sorted(_ids(office, typed)) == holders


def test_references_are_found_as_they_are_spoken(office: Any) -> None:
    ref = PEOPLE[0].ref
    for typed in (ref, ref.lower(), ref.replace("-", ""), ref.replace("-", " ")):
        assert _ids(office, typed) == [1]
    assert _ids(office, ref[:-2]) == [1]
    assert set(_ids(office, "S-00000")) == {1, 2, 3, 4, 5, 6, 7}
    assert _ids(office, PEOPLE[7].ref) == [8]
    assert _ids(office, "S" + PEOPLE[7].ref[1:]) == []
    wrong = ref[:-1] + str((int(ref[-1]) + 1) % 10)
    assert _ids(office, wrong) == []


def test_the_bare_number_of_a_reference_is_found_after_telephone_numbers(tmp_path: Path) -> None:
    lines = [person(5678, "가"), person(2, "나", "010-1111-5678"), person(567, "다", "5678-000000")]
    connection = made(tmp_path / "search.db", lines)
    assert _ids(connection, "5678") == [2, 5678, 567]
    spoken = lines[0].ref[2:].replace("-", "").lstrip("0")
    assert _ids(connection, spoken) == [5678]


def test_registers_can_be_chosen(office: Any) -> None:
    assert _ids(office, "길동", registers=["staff"]) == [8]
    assert _ids(office, "길동", registers=["subjects"]) == [1]
    assert _ids(office, "길동", registers=["visits"]) == []
    assert _ids(office, "7812", registers=["subjects"]) == []


def test_hidden_lines_are_not_found(office: Any) -> None:
    hidden = range(2, 8)
    assert _ids(office, "홍", hidden=hidden) == [1]
    assert _ids(office, "5678", hidden=hidden) == [1, 8]
    assert _ids(office, PEOPLE[1].ref, hidden=hidden) == []


def test_values_that_are_not_searchable_are_not_found(office: Any) -> None:
    assert _ids(office, "비고") == []


def test_the_count_is_exact_up_to_the_limit_and_at_least_beyond(tmp_path: Path) -> None:
    connection = made(tmp_path / "search.db", crowd(300))
    few, many = find(connection, "user29", limit=50), find(connection, "user", limit=50)
    assert (few.count, few.more) == (11, False)
    assert (many.count, many.more, len(many.hits)) == (50, True, 50)
    whole = find(connection, "user", limit=300)
    assert (whole.count, whole.more) == (300, False)


def test_a_rare_name_is_found_among_many_that_are_alike(tmp_path: Path) -> None:
    lines = [person(n, "김민수") for n in range(1, 2_001)]
    lines += [person(3_000, "한민경", register="staff")]
    connection = made(tmp_path / "search.db", lines)
    assert _ids(connection, "민", registers=["staff"]) == [3_000]
    assert len(_ids(connection, "민")) == 50


def test_the_same_search_gives_the_same_hits(tmp_path: Path) -> None:
    lines = crowd(2_000)
    one = made(tmp_path / "one.db", lines)
    random.Random(1).shuffle(lines)
    other = made(tmp_path / "other.db")
    other.execute("BEGIN IMMEDIATE")
    bulk = Bulk(other)
    for start in range(0, len(lines), 100):
        bulk.add(lines[start : start + 100])
    bulk.finish()
    other.execute("COMMIT")
    for text in ("김", "민", "ㅁㅅ", "user1", "010", "5", "a", "x"):
        assert find(one, text) == find(other, text)


LETTERS = st.text("홍길동김ㅎㄱabA019 -.洪", max_size=6)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(LETTERS, LETTERS), min_size=1, max_size=12), st.data())
def test_search_finds_what_reading_every_line_finds(
    rows: list[tuple[str, str]], data: st.DataObject
) -> None:
    lines = [
        Line(n * 8, "subjects", "", (name, other), 0b11, name)
        for n, (name, other) in enumerate(rows, 1)
    ]
    connection = made(Path(":memory:"), lines, key="")
    somewhere = normal(data.draw(st.sampled_from([t for row in rows for t in row])))
    start = data.draw(st.integers(0, len(somewhere)))
    for query in (data.draw(LETTERS), somewhere[start:], somewhere[: start + 1]):
        pattern = Pattern(query)
        expected = {
            line.id
            for line in lines
            if pattern.text and any(pattern.within(normal(v)) for v in line.values)
        }
        assert set(_ids(connection, query, limit=100)) == expected
    connection.close()
