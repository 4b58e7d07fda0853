"""The page of figures is printed by a manager, and names nobody."""

from __future__ import annotations

from privdesk.core.figures import month
from privdesk.documents.preview import page_texts
from privdesk.flows import figurespage, issuing
from privdesk.registers.desk import Desk
from tests.copies import MANAGER, switch_to
from tests.flows.folk import BOTH, DUE, LIVING


def test_a_manager_prints_the_page_and_it_is_kept(filled: Desk) -> None:
    desk = switch_to(filled, MANAGER)
    span = month(desk.today())
    draft = figurespage.draft(desk, span, "ko")
    issued = figurespage.issue(desk, span, "en")
    again = issuing.reprint(desk, issued.ref)
    desk.vault.close()

    assert draft.ref == ""
    assert "2026년 11월 현황" in "".join(page_texts(draft.data))
    words = " ".join(" ".join(page_texts(issued.data)).split())
    assert "Figures of November 2026" in words
    assert "People whose data is held by name or number" in words
    assert again.data == issued.data
    said = words + " ".join(page_texts(draft.data))
    assert not [value for who in (*DUE, *LIVING, BOTH) for value in who.values if value in said]
