"""The report of an import says what went in, what did not and what was left out."""

from __future__ import annotations

import json
from dataclasses import replace

from privdesk.core.i18n import words
from privdesk.core.reasons import reason
from privdesk.exchange.report import Cause, Example, Report

REPORT = Report(
    file="list.csv",
    register="Subjects",
    rows=20_000,
    new=19_000,
    changed=12,
    blocked=3,
    rejected=850,
    left_out=("등급", "메모", "이메일", "상태"),
    left_before=("이메일",),
    worked_out=("상태",),
    guessed=(("가", "name"),),
    examples=(
        Example(14, "전화", reason("This is no telephone number.")),
        Example(15, "", reason("x")),
    ),
    causes=(
        Cause("전화", reason("This is no telephone number."), 814, (14, 20, 33)),
        Cause(
            "목적", reason("There is no purpose “{name}”…", name="A"), 20, (15, 16, 17), others=15
        ),
        Cause("", reason("x"), 1, (15,)),
    ),
    rejects_file="rejects.csv",
    dry_run=True,
)


def test_a_report_reads_in_both_languages() -> None:
    english, korean = REPORT.text(words("en")), REPORT.text(words("ko"))

    assert "20,000 rows" in english
    assert "New: 19,000" in english
    assert "Blocked because destroyed or objected: 3" in english
    assert "no field matches: 등급, 메모\n" in english
    assert "left out last time: 이메일\n" in english
    assert "works these out itself: 상태\n" in english
    assert "  814 rows, 전화: This is no telephone number. (e.g. rows 14, 20, 33)" in english
    assert "  35 rows, 목적: for example: There is no purpose “A”…" in english
    assert "  1 row, whole row: x (row 15)" in english
    assert "correct them in your list" in english
    assert "nothing was changed" in english
    assert "not in this list" not in english
    assert "신규: 19,000" in korean
    assert "전화번호가 아닙니다." in korean


def test_a_report_is_plain_data_too() -> None:
    data = json.loads(json.dumps(REPORT.as_json()))

    assert data["rejected"] == 850
    assert data["left_out"] == ["등급", "메모", "이메일", "상태"]
    assert data["causes"][1]["rows"] == 35
    assert data["examples"][0] == {
        "row": 14,
        "column": "전화",
        "cause": REPORT.examples[0].cause.text(),
    }


def test_who_is_missing_from_a_list_frightens_nobody() -> None:
    told = Report(file="list.csv", register="Subjects", rows=9, vanished=1_204)

    english = told.text(words("en"))
    assert "1,204 people known from the same place were not in this list; nothing was" in english
    assert "1,204명" in told.text(words("ko"))
    assert "refused" not in english
    assert "refused" in replace(told, rejected=3).text(words("en"))
