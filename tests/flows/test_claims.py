"""What an answer may say of what was done, and of what is held."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.documents.preview import page_texts
from privdesk.flows import issuing
from privdesk.registers.requests import claims
from tests.copies import open_as
from tests.flows.asked import NEW_EMAIL, Office, act, office, ref, request


@pytest.fixture
def at(vault: Path) -> Iterator[Office]:
    """Return the first officer's desk with one person in two files."""
    desk = open_as(vault)
    yield office(desk)
    desk.vault.close()


def d5(at: Office, number: int) -> str:
    """Return the words of the notice of the result, in English."""
    data = issuing.issue(at.desk, "d5", ref(at, number), "en").data
    return " ".join(" ".join(page_texts(data)).split())


@pytest.mark.parametrize("kind", ["deletion", "correction", "suspension", "objection"])
def test_granted_without_a_deed_is_said_and_written_as_granted(at: Office, kind: str) -> None:
    number = request(at, kind)
    assert "Nothing was ordered" in act(at, number, "answer", result="granted").message
    told = d5(at, number)
    assert "What you asked for is granted." in told
    assert "has been done" not in told


def test_a_correction_that_was_made_is_written_as_done(at: Office) -> None:
    number = request(at, "correction")
    act(at, number, "correct", after=f"E-mail: {NEW_EMAIL}")
    act(at, number, "amend")
    assert "Nothing was ordered" not in act(at, number, "answer", result="granted").message
    assert "is granted." not in d5(at, number)


@pytest.mark.parametrize("kind", ["access", "deletion"])
def test_nothing_held_is_refused_while_something_is(at: Office, kind: str) -> None:
    number = request(at, kind)
    with pytest.raises(claims.StillHeldError, match="is held for “"):
        act(at, number, "answer", result="nothing")
    assert at.desk.service("requests").get(ref(at, number)).state == "identified"


def test_nothing_held_is_true_of_another_purpose(at: Office) -> None:
    purposes = at.desk.service("purposes")
    told = {"name": "Raffle", "basis": "consent", "retention": "1 year", "refusal": "You may."}
    raffle = purposes.create({**told, "required_items": "name"}).ref
    number = request(at, "access")
    at.desk.service("requests").update(ref(at, number), {"purposes": raffle})
    act(at, number, "answer", result="nothing")
    assert at.desk.service("requests").get(ref(at, number)).state == "answered"


def test_a_deletion_of_which_a_law_keeps_part_is_not_granted_as_a_whole(at: Office) -> None:
    number = request(at, "deletion")
    act(at, number, "delete")
    with pytest.raises(claims.KeptInPartError, match="“Contracts” stays"):
        act(at, number, "answer", result="granted")
    law = {"code": "deletion_law", "reason": "The contract is kept by law."}
    act(at, number, "answer", result="partial", **law)
    assert at.desk.service("requests").get(ref(at, number)).values["result"] == "partial"


def test_a_deletion_of_everything_is_granted_as_a_whole(vault: Path) -> None:
    desk = open_as(vault)
    at = office(desk, contract=False)
    number = request(at, "deletion")
    act(at, number, "delete")
    act(at, number, "answer", result="granted")
    assert desk.service("requests").get(ref(at, number)).values["result"] == "granted"
    desk.vault.close()
