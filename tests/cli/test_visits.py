"""Protected zones on the command line: a visit list taken in, out again, the log, the end."""

from __future__ import annotations

from pathlib import Path

from privdesk.documents.preview import page_texts
from tests.cli.office import Office

TODAY = "2026-11-23"


def test_from_a_visit_list_to_the_log(office: Office, tmp_path: Path) -> None:
    office.run("set", office.vault, "staff", "name=한가람", "category=a")
    room = ("name=전산실", "code=PZ-1", "since=2025-01-02")
    ref = office.run("set", office.vault, "zones", *room).out.strip()
    granted = ("since=2025-01-02", "approver=황보라", "reason=서버 운영")
    office.run("set", office.vault, "zone-permits", f"zone={ref}", "staff=한가람", *granted)
    lines = [
        "구역,일자,입실시각,퇴실시각,소속,성명,연락처,목적,동행자,반입매체",
        f"PZ-1,{TODAY},09:00,10:30,가온설비,나들이,010-2345-6789,점검,한가람,노트북 1대",
        f"PZ-1,{TODAY},9시 10분,,가온설비,도담이,,점검,,",
        f"PZ-1,{TODAY},아침,,가온설비,모르미,,점검,,",
    ]
    taken = office.run(
        "import", office.vault, "visits", office.file("v.csv", "\n".join(lines) + "\n")
    )
    assert taken.code == 0, taken.err
    listed = office.run("list", office.vault, "visits", "--json").json
    assert sorted((row["state"], row["allowed"]) for row in listed) == [
        ("inside", "none"),
        ("left", "escorted"),
    ]
    assert {row["name"] for row in listed} == {"나*이", "도*이"}
    (inside,) = [row["ref"] for row in listed if row["state"] == "inside"]
    due = office.run("due", office.vault, "--json").json
    assert [one["ref"] for one in due if one["rule"] == "56"] == [inside] * 2  # and never out

    out = office.run("act", office.vault, "visits", inside, "leave", "at=11:00", f"on={TODAY}")
    assert out.out.strip() == "1 visitor has left"
    drawn = office.run("act", office.vault, "zones", ref, "log", "--json").json
    paper = tmp_path / "d19.pdf"
    printed = office.run("print", office.vault, "d19", drawn["ref"], "--lang", "ko", "--out", paper)
    assert printed.code == 0, printed.err
    assert "나들이" in page_texts(paper.read_bytes())[0]
    gone = office.run("act", office.vault, "zones", ref, "destroy")
    assert (gone.code, "No visit has outlived" in gone.err) == (1, True)
