"""D9, D10 and the letters to authorities, issued from a real vault in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.documents.preview import page_texts
from privdesk.flows import issuing
from privdesk.flows.providing import NotDecidedError, NotProvidedError
from privdesk.registers.desk import Desk
from tests.copies import MANAGER, copy_office, open_as, switch_to
from tests.registers.partners import TODAY, Partners


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Partners]:
    made = Partners(open_as(copy_office(tmp_path))).fill()
    yield made
    made.desk.vault.close()


def text(desk: Desk, code: str, ref: str | None, language: str = "en") -> str:
    data = issuing.issue(desk, code, ref, language).data
    return " ".join(" ".join(page_texts(data)).split())


@pytest.mark.parametrize(
    ("language", "heads"),
    [
        ("en", ("Name of the file", "Recipient", "Legal ground", "Restrictions and measures")),
        ("ko", ("파일명", "제공받는", "법적 근거", "형태", "승인자")),
    ],
)
def test_the_ledger_has_the_official_columns(
    office: Partners, language: str, heads: tuple[str, ...]
) -> None:
    person = office.person()
    office.past(person, limits="Only for the delivery.", form="link", frequency="daily")
    office.asked(person)  # not given yet: not in the ledger

    told = text(office.desk, "d9", None, language)
    assert [head for head in heads if head not in told] == []
    assert told.count("Hanbit") == 1
    assert "2026-10-01" in told
    assert "Onlyforthedelivery." in told.replace(" ", "")
    assert "홍길동" not in told  # nobody is named, only counted


def test_a_notice_says_what_changed_and_counts_as_sent(office: Partners) -> None:
    desk, person = office.desk, office.person()
    office.past(person)
    freeze = office.frozen(person, "phone").ref
    office.corrected(person, phone="010-9999-0000")
    desk.service("freezes").act("release", [freeze], {"result": "corrected"})
    service = desk.service("corrections")
    first = desk.vault.raw.execute("SELECT min(id) FROM corrections").fetchone()[0]
    ref = desk.ref("corrections", first)

    told = text(desk, "d10", ref)
    for part in ("010-1234-5601", "010-9999-0000", "홍길동1", "1 October 2026", ref, "Hanbit"):
        assert part in told
    row = service.get(ref)
    assert (row.state, row.values["sent_on"]) == ("sent", TODAY)
    looked = {(one.action, one.reason) for one in service.history(ref)}
    assert ("record.looked", ref) in looked
    assert "정정 통보서" in text(desk, "d10", ref, "ko")


def test_a_notice_of_a_deletion_says_delete(office: Partners) -> None:
    desk, person = office.desk, office.person()
    office.past(person)
    desk.service("freezes").act("release", [office.decided(person, "")], {"result": "deleted"})

    told = text(desk, "d10", None)
    assert "Notice of deletion" in told
    assert "delete" in told
    assert "010-1234-5601" not in told


def test_the_copy_of_a_notice_opens_for_officers_only(office: Partners) -> None:
    from privdesk.core.errors import ForbiddenError

    desk, person = office.desk, office.person()
    office.past(person)
    desk.service("freezes").act("release", [office.decided(person)], {"result": "corrected"})
    paper = issuing.issue(desk, "d10", None, "en").ref

    office.desk = switch_to(desk, MANAGER)
    with pytest.raises(ForbiddenError):
        issuing.reprint(office.desk, paper, "look")
    with pytest.raises(ForbiddenError):
        issuing.issue(office.desk, "d10", None, "en")


def test_the_letter_fits_the_decision(office: Partners) -> None:
    desk = office.desk
    demands = desk.service("demands")
    common = {"received_on": TODAY, "asked": "who sent it", "items": "name"}
    given, refused = (
        demands.create({"authority": name, "document_no": no, "law": law, "article": at, **common})
        for name, no, law, at in (
            ("Seoul Court", "2026-1", "Civil Procedure Act", "294"),
            ("Seoul Police", "2026-2", "개인정보 보호법", "18(2)7"),
        )
    )
    how = {"extent": "part", "reason": "Only what the court names.", "by": "CPO Example"}
    demands.act("grant", [given.ref], how)
    with pytest.raises(NotProvidedError):  # a letter over an empty table says nothing
        issuing.issue(desk, "grant", given.ref, "en")
    demands.act("provide", [given.ref], {"file": office.file, "count": 2})
    demands.act("deny", [refused.ref], {"reason": "No warrant.", "by": "CPO Example"})

    told = text(desk, "grant", given.ref)
    for part in ("Seoul Court", "2026-1", "294", "2 people", "Only what the court names."):
        assert part in told
    told = text(desk, "deny", None)
    for part in ("Seoul Police", "2026-2", "No warrant.", "CPO Example"):
        assert part in told
    assert "거절" in text(desk, "deny", refused.ref, "ko")
    with pytest.raises(NotDecidedError):
        issuing.issue(desk, "grant", refused.ref, "en")
