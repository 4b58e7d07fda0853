"""Papers: numbered, signed where the slot allows, pinned to the journal, kept as they were."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from privdesk.core.errors import ForbiddenError
from privdesk.core.register import Query
from privdesk.documents.inspection import inspect_pdf
from privdesk.flows import destruction, issuing
from privdesk.flows.issuing import LanguageError, NothingToPrintError, UnknownDocumentError
from privdesk.flows.signers import office_signer
from privdesk.journal import checkpoint, verify
from privdesk.registers.desk import Desk
from privdesk.vault import attachments
from privdesk.vault.payloads import FILE_SLOTS, unpack_keys
from tests.copies import MANAGER, open_as, switch_to
from tests.flows.folk import request


@pytest.fixture
def asked(filled: Desk) -> tuple[Desk, str]:
    """Return a desk and the number of a destruction that was asked for."""
    return filled, request(filled)


Asked = tuple[Desk, str]


def papers(desk: Desk) -> list[str]:
    return [str(r.values["number"]) for r in desk.service("documents").find(Query(sort="id"))]


def test_papers_are_numbered_by_kind_and_year(asked: Asked) -> None:
    desk, ref = asked
    numbers = [issuing.issue(desk, code, ref, "ko").number for code in ("d1a", "D1A")]
    numbers.append(issuing.issue(desk, "d2", None, "en").number)

    assert numbers == ["D1A-2026-0001", "D1A-2026-0002", "D2-2026-0001"]
    assert papers(desk) == numbers


def test_a_paper_is_kept_sealed_and_printed_again_as_it_was(asked: Asked) -> None:
    desk, ref = asked
    issued = issuing.issue(desk, "d1a", ref, "en")
    desk.set_setting("contact", "another telephone")
    again = issuing.reprint(desk, issued.ref)
    row = desk.service("documents").get(issued.ref)
    sealed = (desk.vault.folder / "attachments" / str(row.values["file"])).read_bytes()

    assert again == issued
    assert row.values["digest"] == sha256(issued.data).hexdigest()
    assert b"%PDF" not in sealed
    assert [e.action for e in desk.journal.newest(1)] == ["document.reprinted"]


def test_a_paper_whose_copy_is_gone_is_not_printed_again(asked: Asked) -> None:
    desk, ref = asked
    issued = issuing.issue(desk, "d1a", ref, "en")
    with desk.change() as change:
        desk.vault.raw.execute("UPDATE documents SET state = 'dropped', file = NULL")
        change.note("record.changed", "documents")
    before = desk.journal.frontier().size

    with pytest.raises(issuing.CopyGoneError, match="D1A-2026-0001"):
        issuing.reprint(desk, issued.ref)
    assert desk.journal.frontier().size == before


@pytest.mark.parametrize(("code", "language"), [("d1a", "ko"), ("d2", "en")])
def test_a_draft_takes_no_number_and_leaves_no_trace(
    asked: Asked, code: str, language: str
) -> None:
    desk, ref = asked
    before = desk.journal.frontier().size
    drafted = issuing.draft(desk, code, ref if code == "d1a" else None, language)

    assert (drafted.ref, papers(desk), desk.journal.frontier().size) == ("", [], before)
    assert inspect_pdf(drafted.data).checkpoint == ""
    assert issuing.issue(desk, code, ref, language).number.endswith("-0001")


def test_the_journal_says_what_was_issued_and_why(asked: Asked) -> None:
    desk, ref = asked
    issued = issuing.issue(desk, "d1a", ref, "en", reason="for the file")
    entry = desk.journal.newest(1)[0]

    assert (entry.action, entry.ref) == ("document.issued", ref)
    assert desk.journal.details(entry) == {
        "number": issued.number,
        "reason": "for the file",
        "sha256": sha256(issued.data).hexdigest(),
    }


def test_a_paper_carries_a_checkpoint_that_the_journal_contains(asked: Asked) -> None:
    desk, ref = asked
    issued = issuing.issue(desk, "d1a", ref, "en")
    found = inspect_pdf(issued.data)
    printed = checkpoint.parse(str(found.checkpoint))

    assert printed is not None
    assert verify.verify(desk.vault, printed).contains_checkpoint


def test_a_manager_prints_without_the_offices_signature(asked: Asked) -> None:
    desk, _ref = asked
    assert office_signer(desk) is not None
    desk = switch_to(desk, MANAGER)
    issued = issuing.issue(desk, "d2", None, "ko")

    assert office_signer(desk) is None
    assert issued.data.startswith(b"%PDF")
    desk.vault.close()


@pytest.mark.parametrize(
    ("code", "language", "error"),
    [
        ("d99", "ko", UnknownDocumentError),
        ("", "ko", UnknownDocumentError),
        ("d1a", "fr", LanguageError),
        ("d1", "ko", NothingToPrintError),
    ],
)
def test_what_cannot_be_printed_is_refused_and_takes_no_number(
    vault: Path, code: str, language: str, error: type[Exception]
) -> None:
    desk = open_as(vault)
    before = desk.journal.frontier().size
    with pytest.raises(error):
        issuing.issue(desk, code, None, language)

    assert papers(desk) == []
    assert desk.journal.frontier().size == before
    desk.vault.close()


def test_without_a_number_the_newest_record_is_printed(asked: Asked) -> None:
    desk, ref = asked
    issuing.issue(desk, "d1a", None, "en")

    row = desk.service("documents").find(Query())[0]
    assert row.values["about"] == ref


def test_an_order_is_sealed_with_the_peoples_keys_whoever_prints_it(asked: Asked) -> None:
    """It carries the numbers of people; a manager must not open it out of the archive."""
    desk, ref = asked
    (order,) = destruction.status(desk, ref)[0]["places"]
    issued = issuing.issue(desk, "order", order["order"], "ko")
    number = desk.service("documents").number(issued.ref)
    sql = "SELECT body FROM {}.keys WHERE id = ?"
    held = {
        schema: desk.vault.raw.execute(sql.format(schema), (number,)).fetchone()
        for schema in ("keys_people", "keys_office")
    }
    assert held["keys_office"] is None or not set(FILE_SLOTS) & set(
        unpack_keys(held["keys_office"][0])
    )
    assert set(FILE_SLOTS) & set(unpack_keys(held["keys_people"][0]))

    name = str(desk.service("documents").get(issued.ref).values["file"])
    desk = switch_to(desk, MANAGER)
    with pytest.raises(ForbiddenError):
        attachments.read(desk.vault, name)
    assert desk.vault.payloads.read("keys_people", number) == {}
    desk.vault.close()


def test_a_print_has_a_day_by_which_it_goes(filled: Desk) -> None:
    """Five days by default, not on a Sunday."""
    assert str(issuing.destroy_print_by(filled)) == "2026-11-30"
