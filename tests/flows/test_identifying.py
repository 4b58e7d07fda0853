"""Who asks: what is said is compared with what is on file, told item by item and never shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.core.fields import Field, Kind
from privdesk.flows import identifying
from privdesk.flows.answering import NobodyAskedForError
from privdesk.flows.changes import UnclearLineError
from privdesk.flows.identifying import CheckedAlreadyError, NothingMatchesError, SaidNothingError
from tests.copies import open_as
from tests.flows.asked import EMAIL, NAME, Office, act, office, ref, request

SAID = [
    (Kind.NAME, "한가람", " 한 가람 ", True),
    (Kind.NAME, "Jane Sample", "JANE  SAMPLE", True),
    (Kind.NAME, "한가람", "한가", False),
    (Kind.PHONE, "010-2345-6789", "01023456789", True),
    (Kind.PHONE, "010-2345-6789", "6789", True),
    (Kind.PHONE, "010-2345-6789", "5-6789", True),
    (Kind.PHONE, "010-2345-6789", "789", False),  # three digits are too few
    (Kind.PHONE, "010-2345-6789", "2345", False),  # not the last ones
    (Kind.PHONE, "010-2345-6789", "ask me 6789", False),
    (Kind.EMAIL, "garam@example.com", "Garam@Example.com", True),
    (Kind.EMAIL, "garam@example.com", "garam", False),
    (Kind.EMAIL, "a.b@example.com", "ab@example.com", False),
    (Kind.DATE, "1990-03-02", "1990년 3월 2일", True),
    (Kind.DATE, "1990-03-02", "900302", True),
    (Kind.DATE, "1990-03-02", "1990 03 02", True),
    (Kind.DATE, "1990-03-02", "1990.3.2", True),
    (Kind.DATE, "1990-03-02", "1990-02-03", False),
    (Kind.DATE, "1990-03-02", "0302", False),
    (Kind.TEXT, "서울 보기구 보기로 1, 101동 1004호", "서울보기구 보기로1 101동1004호", True),
    (Kind.TEXT, "서울 보기구 보기로 1", "서울 보기구", False),
    (Kind.TEXT, "W-0077-1234", "w 0077 1234", True),
    (Kind.TEXT, "0077-1234", "1234", True),  # a number through and through
    (Kind.TEXT, "W-0077-1234", "1234", False),
    (Kind.TEXT, "1234", "234", False),
    (Kind.NAME, "한가람", " - ", False),
]


@pytest.mark.parametrize(("kind", "known", "said", "match"), SAID)
def test_what_is_said_matches_however_it_is_written(
    kind: Kind, known: str, said: str, match: bool
) -> None:
    assert identifying.matches(Field("x", "X", kind), known, said) is match


@pytest.fixture
def at(vault: Path) -> Iterator[Office]:
    """Return the first officer's desk with one person on file."""
    desk = open_as(vault)
    yield office(desk)
    desk.vault.close()


def test_each_item_is_answered_and_the_journal_has_names_only(at: Office) -> None:
    number = request(at, "access", identified=False)
    said = f"Telephone: 6789\nemail: {EMAIL.upper()}\n성명: 다른이름\nSource numbers: 77"

    found = {one.key: one.answer for one in identifying.compare(at.desk, number, said)}

    assert found == {
        "phone": "match",
        "email": "match",
        "name": "differs",
        "source_ids": "nothing",
    }
    (entry,) = [e for e in at.desk.journal.newest(5) if e.action == "request.compared"]
    assert set(entry.fields) == {"phone", "email", "name", "source_ids"}
    assert "6789" not in str(entry)
    assert "다른이름" not in str(entry)


def test_one_item_that_differs_keeps_the_check_open(at: Office) -> None:
    number = request(at, "access", identified=False)
    with pytest.raises(NothingMatchesError, match="Name: no match") as refused:
        act(at, number, "identify", method="questions", said=f"Telephone: 6789\nName: {NAME}님")
    assert NAME not in str(refused.value)
    row = at.desk.service("requests").get(ref(at, number))
    assert (row.state, row.values["identity_method"]) == ("received", "")
    assert at.desk.journal.newest(1)[0].action == "request.compared"  # that it was tried stands


def test_the_check_records_what_was_compared_and_no_value(at: Office) -> None:
    number = request(at, "access", identified=False)
    act(at, number, "identify", method="questions", said="Telephone: 6789", note="By telephone.")
    row = at.desk.service("requests").get(ref(at, number))

    assert row.state == "identified"
    (clear,) = at.desk.service("requests").rows([row.id], reveal=True)
    assert clear.values["identity_note"] == "By telephone.\nCompared: Telephone"
    with pytest.raises(CheckedAlreadyError):
        identifying.compare(at.desk, number, "Telephone: 6789")


def test_nothing_is_compared_without_words_an_item_or_a_person(at: Office) -> None:
    number = request(at, "access", identified=False)
    before = at.desk.journal.newest(1)[0].number
    with pytest.raises(SaidNothingError):
        identifying.compare(at.desk, number, "Telephone:")
    with pytest.raises(UnclearLineError):
        identifying.compare(at.desk, number, "Shoe size: 260")
    assert at.desk.journal.newest(1)[0].number == before
    with at.desk.change() as change:
        told = {"kind": "access", "channel": "phone", "caller": "Somebody"}
        nobody = at.desk.service("requests").insert(change, told)
    with pytest.raises(NobodyAskedForError):
        identifying.compare(at.desk, nobody, "Telephone: 6789")
