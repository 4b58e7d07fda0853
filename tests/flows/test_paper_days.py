"""Days on papers are the office's: shortly after midnight in Seoul it is still yesterday in UTC."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from privdesk.core.clock import FixedClock
from privdesk.documents.preview import page_texts
from privdesk.flows import destruction, issuing
from tests.copies import switch_to
from tests.desks import BORA, make_desk
from tests.flows.folk import DUE, fill

AFTER_MIDNIGHT = datetime(2026, 11, 23, 17, 30, tzinfo=UTC)


def test_no_paper_of_a_destruction_bears_the_day_of_utc(tmp_path: Path) -> None:
    desk = make_desk(tmp_path, clock=FixedClock(AFTER_MIDNIGHT))
    fill(desk, *DUE)
    ref = destruction.request(desk, due_on=desk.today(), reason="retention ended")
    desk = switch_to(desk, BORA)
    destruction.approve(desk, ref)
    done = destruction.execute(desk, ref, tmp_path / "out" / "second.key")
    register = issuing.issue(desk, "d2", None, "en")

    for paper in (done.issued, register):
        text = "\n".join(page_texts(paper.data))
        assert "2026-11-24" in text or "24 November 2026" in text
        assert "2026-11-23" not in text
        assert "23 November 2026" not in text
    desk.vault.close()
