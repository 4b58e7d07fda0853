"""``figures``, and the reports by their span, on the command line."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from privdesk.documents.preview import page_texts
from tests.cli.office import Office


def test_figures_of_a_span_beside_the_one_before(office: Office, tmp_path: Path) -> None:
    found = office.run("figures", office.vault, "--span", "2026-Q4", "--json").json
    keys = {one["key"]: one for one in found}
    assert keys["requests.received"]["span"] == "2026-Q4"
    assert keys["requests.received"]["before_span"] == "2026-Q3"
    assert keys["holdings.people"].get("before_value") is None
    assert "Requests received" in office.run("figures", office.vault).out

    book = tmp_path / "tables.xlsx"
    assert office.run("figures", office.vault, "--out", book).code == 0
    assert "Consents" in load_workbook(book).sheetnames
    assert office.run("figures", office.vault, "--out", tmp_path / "a.csv").code == 1
    wrong = office.run("figures", office.vault, "--span", "2026-13")
    assert wrong.code == 1
    assert "2026-Q4" in wrong.err


def test_a_report_is_begun_by_its_span_and_found_by_it_again(
    office: Office, tmp_path: Path
) -> None:
    out = tmp_path / "d20.pdf"
    printed = ("print", office.vault, "d20", "--span", "2026-11", "--lang", "en", "--out", out)
    assert office.run(*printed).code == 0
    assert "November 2026" in " ".join(page_texts(out.read_bytes()))
    assert office.run(*printed).code == 0
    (row,) = office.run("list", office.vault, "reports", "--json").json
    assert (row["span"], row["kind"], row["state"]) == ("2026-11", "monthly", "draft")

    board = ("print", office.vault, "board-report", "--span", "2026", "--out", tmp_path / "b.pdf")
    assert office.run(*board).code == 0
    assert office.run("print", office.vault, "board-report", "--out", tmp_path / "b.pdf").code == 0
    quarter = office.run("print", office.vault, "d20", "--span", "2026-Q4", "--out", out)
    assert quarter.code == 1
    assert len(office.run("list", office.vault, "reports", "--json").json) == 2
    assert office.run("print", office.vault, "d2", "--span", "2026", "--out", out).code == 2


def test_the_page_of_figures_prints_for_a_span_and_begins_no_report(
    office: Office, tmp_path: Path
) -> None:
    out = tmp_path / "figures.pdf"
    asked = ("print", office.vault, "figures", "--lang", "en", "--out", out)
    assert office.run(*asked, "--span", "2026-Q3").code == 0
    assert "Figures of Q3 2026" in " ".join(page_texts(out.read_bytes()))
    assert office.run(*asked).code == 0
    assert office.run("print", office.vault, "figures", "RP-000001-1", "--out", out).code == 2
    assert office.run("list", office.vault, "reports", "--json").json == []
