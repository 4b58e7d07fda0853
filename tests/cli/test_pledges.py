"""Pledges on the command line: drawn up, printed, scanned, shown; lists taken in; texts edited."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image

from privdesk.core.clock import SystemClock, today
from privdesk.documents.preview import page_texts, pages_png
from tests.cli.office import Office


def staffed(office: Office) -> Office:
    """Enter three people who handle personal data."""
    lines = ["성명,사번,부서,역할,구분,입사일"]
    lines += [f"{name},G-{n},콜센터,handler,a,2013-02-01" for n, name in enumerate("가나다", 1)]
    list_ = office.file("staff.csv", "\n".join(lines) + "\n")
    office.run("import", office.vault, "staff", list_)
    return office


def _today() -> str:
    return today(SystemClock()).isoformat()


def act(office: Office, *words: object) -> str:
    done = office.run("act", office.vault, "pledges", *words)
    assert done.code == 0, done.err
    return done.out.strip()


def scanned_of(sheets: Path) -> Path:
    """Return sheets as a scanner gives them: pictures."""
    pages = [Image.open(BytesIO(png)) for png in pages_png(sheets.read_bytes(), 150)]
    path = sheets.with_name("scan.pdf")
    pages[0].convert("L").save(path, save_all=True, append_images=pages[1:], resolution=150)
    return path


def test_from_who_lacks_one_to_the_sheet_on_file(office: Office, tmp_path: Path) -> None:
    staffed(office)
    assert act(office, "draw") == "3 pledges drawn up"
    out, unsigned = tmp_path / "sheets.pdf", tmp_path / "unsigned.pdf"
    act(office, "sheets", "language=en", "--file", out)
    assert len(page_texts(out.read_bytes())) == 3

    scan = ("act", office.vault, "pledges", "scan", "--file", scanned_of(out))
    early = office.run(*scan, "on=2013-02-01", "signed=all")
    assert "cannot have been signed on 2013-02-01" in early.refused
    assert "look at each page" in office.run(*scan, f"on={_today()}").refused
    assert office.run(*scan, f"on={_today()}", "signed=G-000009-9").code == 2
    scanned = office.run(*scan, f"on={_today()}", "signed=all", "--json").json

    assert len(scanned["refs"]) == 3
    listed = office.run("list", office.vault, "pledges", "--json").json
    assert {(row["state"], row["how"], row["in_time"]) for row in listed} == {
        ("signed", "paper", False)
    }
    act(office, scanned["refs"][0], "show-sheet", "--file", tmp_path / "one.pdf")
    assert len(page_texts((tmp_path / "one.pdf").read_bytes())) == 1
    office.run("print", office.vault, "unsigned", "--lang", "en", "--out", unsigned)
    assert "Nobody" in page_texts(unsigned.read_bytes())[0]


def test_a_list_of_signed_pledges_is_taken_in_by_staff_number(office: Office) -> None:
    staffed(office)
    list_ = office.file(
        "ledger.csv", "사번,서약 구분,서약일\nG-1,입사,2013-01-31\nG-2,입사,2013.2.4\n"
    )
    report = office.run("import", office.vault, "pledges", list_, "--json").json
    assert report["new"] == 2

    late = office.run("list", office.vault, "pledges", "--where", "in_time=no", "--json").json
    assert [row["signed_on"] for row in late] == ["2013-02-04"]
    missing = office.run("list", office.vault, "staff", "--where", "pledge=missing", "--json").json
    assert [row["name"] for row in missing] == ["다"]


def test_what_cannot_be_is_refused_with_a_sentence(office: Office, tmp_path: Path) -> None:
    assert "Nobody lacks" in office.run("act", office.vault, "pledges", "draw").refused
    staffed(office)
    act(office, "draw", "department=콜센터")
    path = tmp_path / "x.pdf"
    path.write_bytes(b"no scan at all")
    told = office.run("act", office.vault, "pledges", "scan", "on=2013-02-01", "--file", path)
    assert "is no PDF" in told.refused
    assert office.run("act", office.vault, "pledges", "renew", "months=x").code == 2
    assert act(office, "renew", "months=12") == "The pledge is renewed after 12 months."


def test_the_office_edits_a_text_and_prints_it(office: Office, tmp_path: Path) -> None:
    told = ("code=pledge-joining", "language=en", "heading=Silence", "text=I stay silent.")
    ref = office.run("set", office.vault, "templates", *told).out.strip()
    out = tmp_path / "text.pdf"
    office.run("print", office.vault, "template", ref, "--lang", "en", "--out", out)
    assert "I stay silent." in page_texts(out.read_bytes())[0]
    assert office.run("act", office.vault, "templates", ref, "use").code == 0
    staffed(office)
    act(office, "draw")
    sheet = tmp_path / "d11.pdf"
    office.run("print", office.vault, "d11", "--lang", "en", "--out", sheet)
    assert "I stay silent." in page_texts(sheet.read_bytes())[0]
