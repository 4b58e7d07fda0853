"""What letters to people say and do not: the right one for each kind, no marks of the office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from privdesk.core.i18n import words
from privdesk.documents.phrases import day, last_moment
from privdesk.documents.preview import page_texts
from privdesk.flows import annex, issuing, letters, told
from privdesk.flows.told import WrongLetterError
from privdesk.registers.desk import Desk
from privdesk.registers.requests.kinds import GROUNDS, KIND_LABELS, OPEN_TO_ANYBODY
from tests.copies import open_as
from tests.flows.test_requests import made, receive, step

MARKS = re.compile(
    r"\bS\d+(\.\d+)?|policy only|처리방침에만|PIPA|\bR-time|vault|보관소", re.IGNORECASE
)
BOTH = ("ko", "en")
ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


@pytest.fixture
def desk(vault: Path) -> Iterator[Desk]:
    """Return the first officer's desk."""
    desk = open_as(vault)
    yield desk
    desk.vault.close()


def case(desk: Desk, kind: str, result: str = "") -> int:
    """Take a case in, checked, and answered where a result is given."""
    number = receive(desk, kind)
    step(desk, "identify", number, "card")
    if result:
        step(desk, "answer", number, result, text="We have looked.", code="", reason="")
    return number


def test_each_letter_is_printed_only_for_the_kinds_it_fits(desk: Desk) -> None:
    for kind in KIND_LABELS:
        number, right = case(desk, kind, "granted"), kind not in OPEN_TO_ANYBODY
        fits = {
            letters.request_form: right,
            letters.result_notice: right,
            letters.reply: not right,
            letters.acknowledgement: True,
            letters.identity_record: True,
            letters.due_sheet: True,
        }
        for letter, wanted in fits.items():
            if wanted:
                assert made(desk, letter, number)
            else:
                with pytest.raises(WrongLetterError):
                    made(desk, letter, number)


def test_the_refusal_names_the_right_letter(desk: Desk) -> None:
    with pytest.raises(WrongLetterError, match=r"print “Notice of the result” \(D5\) instead"):
        made(desk, letters.reply, case(desk, "access", "granted"))
    with pytest.raises(WrongLetterError, match=r"“Answer to an inquiry or report” \(REPLY\)"):
        made(desk, letters.result_notice, case(desk, "inquiry", "answered"))
    with pytest.raises(WrongLetterError, match=r"“Acknowledgement of receipt” \(ACK\)"):
        made(desk, letters.request_form, case(desk, "inquiry"))
    with pytest.raises(WrongLetterError, match="Notice of the result"):
        made(desk, annex.annex, case(desk, "deletion"))
    refused = case(desk, "access")
    step(desk, "refuse", refused, "access_law", "A law says so.")
    with pytest.raises(told.RefusedError, match=r"\(D6\)"):
        made(desk, letters.result_notice, refused)
    with pytest.raises(told.NotCheckedError):
        made(desk, letters.identity_record, receive(desk))


def test_an_answer_opens_with_what_was_asked(desk: Desk) -> None:
    for kind, opening in (
        ("inquiry", "Thank you for your question."),
        ("infringement", "You reported an infringement."),
        ("mediation", "In the mediation named above the company answers as follows."),
    ):
        text = made(desk, letters.reply, case(desk, kind, "answered"))
        assert opening in text
        assert ("Thank you" in text) == (kind == "inquiry")


def test_the_way_to_object_is_the_offices_own_in_each_language(desk: Desk) -> None:
    number = case(desk, "access")
    step(desk, "refuse", number, "access_law", "A law says so.")
    usual = made(desk, letters.refusal_notice, number, "en")
    desk.set_setting(told.OBJECTION_SETTINGS["ko"], "개인정보 보호팀에 전화하십시오.")

    assert "개인정보 보호팀에 전화하십시오." in made(desk, letters.refusal_notice, number, "ko")
    assert made(desk, letters.refusal_notice, number, "en") == usual


def _refusable(desk: Desk, kind: str, code: str) -> int:
    """Take a case in that can be refused on a ground: one of form needs what it says is missing."""
    if code == "mandate":
        number = receive(desk, kind, by_agent=True, agent="Example Agent")
        step(desk, "identify", number, "card")
        return number
    return case(desk, kind)


def test_no_refusal_shows_a_mark_of_the_office(desk: Desk) -> None:
    for code, ground in GROUNDS.items():
        number = _refusable(desk, ground.kinds[0], code)
        step(desk, "refuse", number, code, "–")
        for language in BOTH:
            text = made(desk, letters.refusal_notice, number, language)
            assert words(language)(ground.label) in text
            assert MARKS.findall(text) == [], (code, language)
            assert ISO.findall(text) == [], (code, language)


def test_no_letter_shows_a_mark_of_the_office(desk: Desk) -> None:
    for kind in KIND_LABELS:
        number, right = case(desk, kind, "granted"), kind not in OPEN_TO_ANYBODY
        answer = letters.result_notice if right else letters.reply
        for letter in (letters.acknowledgement, answer, *([letters.request_form] * right)):
            for language in BOTH:
                text = made(desk, letter, number, language)
                assert MARKS.findall(text) == [], (kind, language, letter)
                assert ISO.findall(text) == [], (kind, language, letter)


@pytest.mark.parametrize(
    ("language", "written"),
    [("ko", "2026년 12월 10일"), ("en", "10 December 2026")],
)
def test_why_it_is_due_writes_days_in_full(desk: Desk, language: str, written: str) -> None:
    number = case(desk, "access")
    step(desk, "extend", number, date(2026, 12, 10), "An archive is slow.")
    for asked in (number, case(desk, "inquiry")):
        assert ISO.findall(made(desk, letters.due_sheet, asked, language)) == []
    assert written in made(desk, letters.due_sheet, number, language)
    assert written in made(desk, letters.refusal_notice, number, language)


def test_an_end_at_midnight_is_told_as_the_end_of_its_day(desk: Desk) -> None:
    number = receive(desk, "inquiry")
    (row,) = desk.service("requests").rows([number])
    midnight = datetime(2026, 11, 30, 15, tzinfo=UTC)  # 1 December, 00:00 in Korea
    assert last_moment(words("ko"), midnight) == "2026년 11월 30일 24:00"
    assert last_moment(words("en"), midnight) == "30 November 2026, 24:00"
    told = made(desk, letters.due_sheet, number)
    assert f"{last_moment(words('en'), row.values['due_at'])}" in told
    assert "Decree" not in told


def test_each_extension_is_a_step_of_its_own(desk: Desk) -> None:
    number = receive(desk, "automated")
    step(desk, "identify", number, "card")
    due = desk.service("requests").rows([number])[0].values["due_on"]
    days = [due + timedelta(days=20), due + timedelta(days=40)]
    for until in days:
        step(desk, "extend", number, until, "much to look at")

    told = made(desk, letters.due_sheet, number)
    for until in days:
        assert f"extended until {day(words('en'), until)}" in told


def test_english_papers_name_the_office_in_english(desk: Desk) -> None:
    number = case(desk, "access", "granted")
    desk.set_setting("company_en", "Example Logistics")
    desk.set_setting("contact_en", "Privacy Team, 02-0000-0000")
    ref = desk.ref("requests", number)

    english = " ".join(page_texts(issuing.draft(desk, "d5", ref, "en").data))
    assert english.count("Example Logistics") == 2  # head and sender
    assert "Privacy Team, 02-0000-0000" in english
    korean = " ".join(page_texts(issuing.draft(desk, "d5", ref, "ko").data))
    assert "Example Logistics" not in korean


def test_the_notice_of_a_source_is_none_of_access(desk: Desk) -> None:
    told = made(desk, letters.result_notice, case(desk, "source", "granted"))

    assert "Notice of the source of personal information" in told
    assert "art. 20(1)" in told
    for word in ("When and where", "Fee and postage", "What is held"):
        assert word not in told


def test_an_acknowledgement_says_when_the_answer_was_given(desk: Desk) -> None:
    asked = made(desk, letters.acknowledgement, case(desk, "access"))
    assert "by the day named above." in asked  # nobody gave an address
    given = made(desk, letters.acknowledgement, case(desk, "access", "granted"))
    assert "The answer has been given." in given
    assert "by the day named above" not in given
