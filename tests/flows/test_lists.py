"""A register's list on paper: as it is shown, masked, or in the clear for a reason."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from privdesk.core.conditions import Between
from privdesk.core.errors import ForbiddenError, NotFoundError
from privdesk.core.i18n import current, speaking
from privdesk.core.register import Query
from privdesk.documents.inspection import inspect_pdf
from privdesk.flows import issuing, keys, lists
from privdesk.flows.issuing import CopyGoneError, Issued
from privdesk.flows.lists import AskedList, TooManyToPrintError
from privdesk.registers import REGISTERS
from privdesk.registers.desk import Desk
from privdesk.ui.page.conditions import Condition
from privdesk.vault import attachments
from tests.copies import MANAGER, switch_to
from tests.flows.folk import BOTH, DUE, LIVING, Somebody, destroyed

SHOWN = ("name", "phone", "ref", "state")


def printed(issued: Issued) -> str:
    """Return what stands on all pages, without line breaks."""
    document = pypdfium2.PdfDocument(io.BytesIO(issued.data))
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join(" ".join(pages).replace("\ufffe", "-").split())


def asked(reason: str = "", text: str = "") -> AskedList:
    return AskedList("subjects", Query(text, sort="name"), SHOWN, reason=reason)


def actions(desk: Desk, since: int) -> list[str]:
    new = desk.journal.frontier().size - since
    return [entry.action for entry in reversed(desk.journal.newest(new))] if new else []


def test_the_list_stands_as_on_the_screen_and_masked(filled: Desk) -> None:
    before = filled.journal.frontier().size
    issued = lists.issue(filled, asked(), "en")
    words = printed(issued)
    rows = filled.service("subjects").find(Query(sort="name"))

    assert issued.number == "LIST-2026-0001"
    assert "List of data subjects" in words
    assert "Name Telephone Number State" in words
    states = {"due": "Due", "living": "Kept"}
    places = [words.index(f"{row.values['phone']} {row.ref} {states[row.state]}") for row in rows]
    assert places == sorted(places)
    assert not [v for one in (*DUE, *LIVING) for v in (one.name, one.phone) if v in words]
    assert "mailbox" not in words
    assert actions(filled, before) == ["document.issued"]
    assert filled.service("documents").get(issued.ref).values["destroy_by"] is None


def test_in_the_clear_everybody_on_it_is_looked_at_for_the_reason(filled: Desk) -> None:
    before = filled.journal.frontier().size
    issued = lists.issue(filled, asked("compared with the shop"), "en")
    words = printed(issued)
    entries = filled.journal.newest(filled.journal.frontier().size - before)
    looks = [entry for entry in entries if entry.action == "record.looked"]

    assert all(one.phone in words and one.name in words for one in (*DUE, *LIVING))
    assert "Reason for the print: compared with the shop" in words
    assert str(filled.service("documents").get(issued.ref).values["destroy_by"]) == "2026-11-30"
    assert {e.ref for e in looks} == {r.ref for r in filled.service("subjects").find(Query())}
    assert {e.fields for e in looks} == {("name", "phone")}
    assert {filled.journal.details(e)["reason"] for e in looks} == {"compared with the shop"}


def test_what_narrowed_the_list_is_said_but_not_what_was_typed(filled: Desk) -> None:
    somebody = DUE[0]
    state = (Condition("state", ("living",)),)
    narrowed = AskedList(
        "subjects", Query(somebody.name, {"state": "living"}), SHOWN, conditions=state
    )
    masked = printed(lists.issue(filled, narrowed, "en"))
    clear = AskedList("subjects", narrowed.query, SHOWN, state, "on the telephone")

    assert "1 of 9 records · State: Kept · found by a search" in masked
    assert somebody.name not in masked
    assert f"Search: {somebody.name}" in printed(lists.issue(filled, clear, "en"))


def test_a_draft_takes_no_number_and_a_masked_one_leaves_no_trace(filled: Desk) -> None:
    before = filled.journal.frontier().size
    draft = lists.draft(filled, asked(), "ko")
    assert actions(filled, before) == []
    lists.draft(filled, asked("compared with the shop"), "ko")

    assert "정보주체 목록" in printed(draft)
    assert "미발급 초안" in printed(draft)
    assert set(actions(filled, before)) == {"record.looked"}
    assert lists.issue(filled, asked(), "ko").number == "LIST-2026-0001"


@pytest.mark.parametrize(
    "people", [asked(), asked("compared with the shop"), AskedList("holdings", Query())]
)
def test_a_kept_list_goes_with_the_next_people_destroyed(
    filled: Desk, vault: Path, key: Path, people: AskedList
) -> None:
    """Masked or not: who is on it is not known, and a masked value still tells something."""
    issued = lists.issue(filled, people, "ko")
    office = lists.issue(filled, AskedList("places", Query()), "ko")
    assert issuing.reprint(filled, issued.ref).data == issued.data
    file = str(filled.service("documents").get(issued.ref).values["file"])
    desk, _done = destroyed(filled, vault, key)

    with pytest.raises(CopyGoneError):
        issuing.reprint(desk, issued.ref)
    assert file not in [path.name for path in attachments.files(vault)]
    assert desk.service("documents").get(issued.ref).state == "dropped"
    assert issuing.reprint(desk, office.ref).data == office.data
    desk.vault.close()


def test_a_manager_prints_lists_but_nobody_in_the_clear(filled: Desk) -> None:
    desk = switch_to(filled, MANAGER)
    before = desk.journal.frontier().size
    purposes = lists.issue(desk, AskedList("purposes", Query()), "en")

    assert "Newsletter" in printed(purposes)
    assert inspect_pdf(purposes.data).signed_by == ""
    with pytest.raises(ForbiddenError):
        lists.issue(desk, asked("curious"), "en")
    assert actions(desk, before) == ["document.issued", "access.denied"]
    desk.vault.close()


def test_too_many_rows_and_unknown_columns_print_nothing(
    filled: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = filled.journal.frontier().size
    monkeypatch.setattr(lists, "MOST_ROWS", 8)
    with pytest.raises(TooManyToPrintError, match="9 records match"):
        lists.issue(filled, asked(), "en")
    with pytest.raises(NotFoundError, match="shoe"):
        lists.issue(filled, AskedList("subjects", Query(), ("ref", "shoe")), "en")
    with pytest.raises(issuing.LanguageError):
        lists.draft(filled, asked(), "fr")

    assert filled.journal.frontier().size == before
    assert filled.service("documents").find(Query()) == []


def test_columns_that_do_not_fit_come_in_parts_with_all_rows(filled: Desk) -> None:
    fields = [f.name for f in filled.service("holdings").fields()]
    wide = printed(lists.issue(filled, AskedList("holdings", Query(), ("ref", *fields * 2)), "en"))
    refs = [row.ref for row in filled.service("holdings").find(Query())]
    parts = wide.count("Part ")

    assert parts > 1
    assert f"Part {parts} of {parts}" in wide
    assert {ref: wide.count(ref) for ref in refs} == dict.fromkeys(refs, parts)


@pytest.mark.parametrize("name", [register.name for register in REGISTERS])
def test_every_register_prints_its_list_in_both_languages(filled: Desk, name: str) -> None:
    numbers = {lists.issue(filled, AskedList(name, Query()), lang).number for lang in ("ko", "en")}
    assert len(numbers) == 2
    assert current() == "en"


def test_the_language_of_a_paper_is_nobodys_elses(filled: Desk) -> None:
    with speaking("ko"):
        assert current() == "ko"
        with speaking("en"):
            assert current() == "en"
        assert current() == "ko"
    assert "List of places" in printed(lists.issue(filled, AskedList("places", Query()), "en"))
    assert "보관 장소 목록" in printed(lists.issue(filled, AskedList("places", Query()), "ko"))


def test_the_sheet_of_keys_says_what_a_reader_finds_in_a_paper(filled: Desk) -> None:
    issued = issuing.issue(filled, "keys", None, "en")
    found = inspect_pdf(issued.data)
    words = printed(issued).replace(" ", "").lower()

    assert found.fingerprint is not None
    assert found.fingerprint.replace(" ", "").lower() in words
    names = [person.name for person in filled.vault.header.people if person.role != "recovery"]
    assert all(name.replace(" ", "").lower() in words for name in names)
    assert issued.number == "KEYS-2026-0001"
    assert keys.sheet(filled, None, "ko", "KEYS-1").title == "개인정보 보호부서 공개키 확인표"


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ({"collected": Between(date(2020, 1, 1), date(2020, 12, 31))}, [*DUE, BOTH]),
        ({"due": Between(None, date(2026, 11, 23))}, [*DUE, BOTH]),
        ({"due": Between(date(2026, 11, 24), None), "state": ["living"]}, LIVING),
        ({"collected": date(2020, 1, 2), "phone": [DUE[1].phone, LIVING[0].phone]}, [DUE[1]]),
        ({"language": "en"}, [LIVING[1]]),
    ],
)
def test_people_are_narrowed_by_days_and_open_columns(
    filled: Desk, where: dict[str, Any], wanted: Sequence[Somebody]
) -> None:
    people = filled.service("subjects")
    (abroad,) = people.find(Query(where={"phone": LIVING[1].phone}))
    people.update(abroad.ref, {"language": "en"})
    view = people.open_view(Query(where=where, sort="name"))
    rows = people.rows(list(view.numbers()), reveal=True)
    view.close()
    assert {row.values["name"] for row in rows} == {one.name for one in wanted}


@pytest.mark.parametrize(
    "nothing",
    [
        AskedList("holdings", Query(), reason="compared with the shop"),
        AskedList("subjects", Query(), ("ref", "due"), reason="compared with the shop"),
    ],
)
def test_what_stays_masked_anyway_is_not_printed_as_if_in_the_clear(
    filled: Desk, nothing: AskedList
) -> None:
    before = filled.journal.frontier().size
    with pytest.raises(lists.NothingToRevealError):
        lists.issue(filled, nothing, "en")
    assert filled.journal.frontier().size == before
