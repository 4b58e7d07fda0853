"""Private telephone numbers of the staff: masked, revealed with an entry, shown to no manager."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from privdesk.core.errors import ForbiddenError
from privdesk.core.register import Query
from privdesk.documents.preview import page_texts
from privdesk.flows import issuing, lists, revealing
from privdesk.flows.lists import AskedList
from privdesk.registers.desk import Desk
from tests.copies import MANAGER, copy_office, open_as, switch_to

OFFICE, OWN = "02-123-4567", "010-9876-5432"
MASKED = "010-****-5432"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = open_as(copy_office(tmp_path))
    told = {"duty": "manager", "phone": OFFICE, "mobile": OWN}
    made.service("staff").create({"name": "오누리", **told})
    yield made
    made.vault.close()


def ref_of(desk: Desk) -> str:
    """Return the one member of staff with a telephone of her own."""
    return next(str(r.ref) for r in desk.service("staff").find(Query(text="오누리")))


def test_the_office_number_is_clear_and_the_own_one_masked_until_a_logged_look(desk: Desk) -> None:
    staff = desk.service("staff")
    row = staff.get(ref_of(desk))
    assert (row.values["phone"], row.values["mobile"]) == (OFFICE, MASKED)
    assert row.masked == {"mobile"}

    clear = staff.get(row.ref, reveal="call at home, fire in the office")
    assert clear.values["mobile"] == OWN
    (event, *_more) = staff.history(row.ref)
    assert (event.action, event.fields) == ("record.looked", ("mobile",))
    assert "fire" in event.reason


def test_changing_something_else_keeps_the_number_behind_the_mask(desk: Desk) -> None:
    staff = desk.service("staff")
    staff.update(ref_of(desk), {"department": "Sales"})
    assert staff.get(ref_of(desk), reveal="look").values["mobile"] == OWN


def test_a_manager_sees_and_finds_the_mask_only(desk: Desk) -> None:
    desk = switch_to(desk, MANAGER)
    staff = desk.service("staff")
    ref = ref_of(desk)
    assert staff.get(ref).values["mobile"] == MASKED
    with pytest.raises(ForbiddenError):
        staff.get(ref, reveal="curious")
    with pytest.raises(ForbiddenError):
        revealing.seen(desk, "staff", [staff.number(ref)], "curious")
    assert staff.find(Query(text="9876-5432")) == []
    assert staff.find(Query(text="123-4567"))
    desk.vault.close()


def test_lists_of_staff_show_the_mask_and_stay_papers_of_the_office(desk: Desk) -> None:
    asked = AskedList("staff", Query(sort="name"), ("name", "phone", "mobile"))
    words = " ".join(page_texts(lists.issue(desk, asked, "en").data))
    assert MASKED in words
    assert OFFICE in words
    clear = AskedList("staff", asked.query, asked.columns, reason="fire drill")
    assert OWN in " ".join(page_texts(lists.issue(desk, clear, "en").data))
    handlers = " ".join(page_texts(issuing.issue(desk, "handlers", None, "en").data))
    assert OWN not in handlers
    kept = desk.vault.raw.execute("SELECT DISTINCT keys FROM attachments").fetchall()
    assert kept == [("keys_office",)]  # no destruction of people takes a list of staff along
