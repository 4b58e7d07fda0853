"""Letters and certificates in the office's own words: places filled in, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from privdesk.documents.preview import page_texts
from privdesk.flows import issuing
from privdesk.flows.officeletters import NotLeavingError, TrainingNoticeError
from privdesk.registers.desk import Desk
from privdesk.registers.templating import UnknownPlacesError
from tests.copies import copy_office, open_as

TODAY = date(2026, 11, 23)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_as(copy_office(tmp_path))
    yield made
    made.vault.close()


def text(desk: Desk, code: str, ref: str, language: str = "en") -> str:
    """Issue a paper and return its words."""
    data = issuing.issue(desk, code, ref, language).data
    return " ".join(" ".join(page_texts(data)).replace("\ufffe", "-").split())


def own(desk: Desk, code: str, heading: str, words: str, language: str = "en") -> str:
    """Put a text of the office's own in force."""
    service = desk.service("templates")
    told = {"code": code, "language": language, "heading": heading, "text": words}
    ref = str(service.create(told).ref)
    service.act("use", [ref], {})
    return ref


def member(desk: Desk, **more: object) -> str:
    """Enter a handler and return the reference."""
    told = {"name": "한가람", "category": "a", "department": "Call centre", "joined": TODAY}
    return str(desk.service("staff").create({**told, **more}).ref)


def test_a_processor_is_told_of_its_inspection_in_the_words_of_the_office(desk: Desk) -> None:
    of = desk.service("processors").create({"name": "다솜콜", "name_en": "Dasom Call Inc."}).ref
    told = {"processor": of, "work": "상담", "work_en": "Calls", "since": date(2026, 1, 5)}
    desk.service("consignments").create(told)
    planned = {"processor": of, "planned_on": date(2026, 12, 7), "inspector": "김점검"}
    ref = desk.service("inspections").create(planned).ref
    words = text(desk, "inspection-notice", ref)
    for part in ("Dasom Call Inc.", "7 December 2026", "김점검", "Calls", "Access rights granted"):
        assert part.lower() in words.lower()

    mine = own(desk, "inspection-notice", "We come", "On {day}, dear {processor}.\n{facts}\nBye.")
    words = text(desk, "inspection-notice", ref)
    assert "We come" in words
    assert words.index("dear Dasom Call Inc.") < words.index("Calls") < words.index("Bye.")
    assert "다솜콜" in text(desk, "inspection-notice", ref, "ko")  # the Korean text is as it was

    desk.service("templates").act("go-back", [mine], {"reason": "Too short"})
    assert "access rights granted" in text(desk, "inspection-notice", ref)


def test_a_training_of_a_processor_has_no_notice_of_an_inspection(desk: Desk) -> None:
    of = desk.service("processors").create({"name": "Baram"}).ref
    told = {"processor": of, "kind": "training", "planned_on": TODAY}
    ref = desk.service("inspections").create(told).ref
    with pytest.raises(TrainingNoticeError):
        issuing.issue(desk, "inspection-notice", ref, "en")


def test_handlers_are_invited_and_certified_in_the_words_of_the_office(desk: Desk) -> None:
    who = member(desk)
    course = desk.service("courses").create({"name": "Yearly", "topics": ("security", "duty")})
    sessions = desk.service("sessions")
    ref = sessions.create({"course": course.ref, "on": TODAY, "place": "Room 7"}).ref
    sessions.act("invite", [ref], {"who": "everybody"})
    words = text(desk, "training-invitation", ref)
    assert "Room 7" in words
    assert "1 person" in words

    service = desk.service("attendances")
    (one,) = service.rows(sorted(service.of(sessions.number(ref)).values()))
    service.act("attend", [one.ref], {})
    assert "completed the training named" in text(desk, "d13", one.ref)
    own(desk, "training-certificate", "Well done", "{facts}\n{name} knows {course}.")
    words = text(desk, "d13", one.ref)
    assert "Well done" in words
    assert "한가람 knows Yearly." in words
    assert who


def test_joiners_and_leavers_get_their_letter(desk: Desk) -> None:
    who = member(desk)
    words = text(desk, "joining-letter", who)
    assert "Dear 한가람" in words
    assert "Sign the pledge" in words
    with pytest.raises(NotLeavingError):
        issuing.issue(desk, "leaving-letter", who, "en")
    desk.service("staff").update(who, {"left": date(2026, 11, 30)})
    assert "30 November 2026" in text(desk, "leaving-letter", who)
    assert "한가람 님께" in text(desk, "leaving-letter", who, "ko")


def test_a_receipt_says_what_the_office_wrote(desk: Desk) -> None:
    told = {"kind": "inquiry", "channel": "phone", "asked": "Where is my parcel?"}
    case = desk.service("requests").create(told).ref
    assert "We have received your question." in text(desk, "ack", case)
    own(desk, "request-receipt", "Got it", "{received} Its number is {case}.")
    words = text(desk, "ack", case)
    assert f"We have received your question. Its number is {case}." in words
    assert "What comes next" in words  # what the law wants told stands at the end


def test_a_brace_that_a_letter_cannot_fill_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownPlacesError, match="salary"):
        own(desk, "joining-letter", "Hello", "You earn {salary}.")
