"""The chart of completion: what is too small to be seen stands together, and in the table alone."""

from __future__ import annotations

from privdesk.core.i18n import words
from privdesk.documents.papers.training_status import charted


def test_departments_too_small_for_a_bar_stand_as_one() -> None:
    say = words("en")
    large = [("Calls", 300, 200), ("Sales", 13, 13), ("Board", 12, 10)]
    assert charted(say, large) == large  # 12 of 300 is just seen
    small = [*large, ("Legal", 2, 1), ("Audit", 11, 0)]
    assert charted(say, small) == [*large, ("Others (2)", 13, 1)]
    alone = ("Legal", 2, 1)
    assert charted(say, [*large, alone])[-1] == alone
    assert charted(say, []) == []
    assert charted(words("ko"), small)[-1][0] == "기타(2)"
