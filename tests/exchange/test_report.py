"""The report of an import says what went in, what did not and what was left out."""

from __future__ import annotations

import json

from privdesk.core.i18n import words
from privdesk.core.reasons import reason
from privdesk.exchange.report import Example, Report

REPORT = Report(
    file="list.csv",
    register="Subjects",
    rows=20_000,
    new=19_000,
    changed=12,
    blocked=3,
    rejected=850,
    left_out=("등급", "메모"),
    guessed=(("가", "name"),),
    examples=(
        Example(14, "전화", reason("This is no telephone number.")),
        Example(15, "", reason("x")),
    ),
    rejects_file="rejects.csv",
    dry_run=True,
)


def test_a_report_reads_in_both_languages() -> None:
    english, korean = REPORT.text(words("en")), REPORT.text(words("ko"))

    assert "20,000 rows" in english
    assert "New: 19,000" in english
    assert "Blocked because destroyed or objected: 3" in english
    assert "등급, 메모" in english
    assert "Row 14, 전화: This is no telephone number." in english
    assert "nothing was changed" in english
    assert "Vanished" not in english
    assert "신규: 19,000" in korean
    assert "전화번호가 아닙니다." in korean


def test_a_report_is_plain_data_too() -> None:
    data = json.loads(json.dumps(REPORT.as_json()))

    assert data["rejected"] == 850
    assert data["left_out"] == ["등급", "메모"]
    assert data["examples"][0] == {
        "row": 14,
        "column": "전화",
        "cause": REPORT.examples[0].cause.text(),
    }
