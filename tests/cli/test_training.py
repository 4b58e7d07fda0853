"""Training on the command line: invited, attendance out of a list, certificates, a past list."""

from __future__ import annotations

from pathlib import Path

from privdesk.documents.preview import page_texts
from tests.cli.office import Office

TODAY = "2026-11-23"


def test_from_invitation_to_certificates(office: Office, tmp_path: Path) -> None:
    lines = ["성명,사번,부서,역할,구분,입사일"]
    lines += [f"{name},G-{n},콜센터,handler,a,2013-02-01" for n, name in enumerate("가나다", 1)]
    office.run("import", office.vault, "staff", office.file("s.csv", "\n".join(lines) + "\n"))
    courses = office.file(
        "c.csv", '교육명,교육 주제,교육시간\n정기교육,"보안기술, 개인정보 보호 의무",60\n'
    )
    assert office.run("import", office.vault, "courses", courses).code == 0
    sessions = office.file("u.csv", f"과정명,교육일,장소\n정기교육,{TODAY},대강당\n")
    assert office.run("import", office.vault, "sessions", sessions).code == 0
    (held,) = office.run("list", office.vault, "sessions", "--json").json
    act = ("act", office.vault, "sessions", held["ref"])

    assert office.run(*act, "invite", "who=everybody").out.strip() == "3 people invited"
    roll = office.file("roll.csv", "사번,참석\nG-1,O\nG-2,X\nG-9,O\n")
    taken = office.run(*act, "roll", "--file", roll)
    assert "2 attendances recorded; 1 line left out" in taken.out
    assert office.run(*act, "close").code == 0
    target = tmp_path / "certificates.pdf"
    assert office.run(*act, "certificates", "language=ko", "--file", target).code == 0
    assert len(page_texts(target.read_bytes())) == 1
    listed = office.run("list", office.vault, "attendances", "--json").json
    assert sorted(row["state"] for row in listed) == ["absent", "absent", "done"]
    out = tmp_path / "d14.pdf"
    assert office.run("print", office.vault, "d14", "--lang", "ko", "--out", out).code == 0
    due = office.run("due", office.vault, "--json").json
    assert len([one for one in due if one["rule"] == "42"]) == 2


def test_past_attendances_are_imported_by_name(office: Office) -> None:
    staff = office.file("s.csv", "성명,사번,역할,구분\n가온,G-1,handler,a\n나래,G-2,handler,a\n")
    office.run("import", office.vault, "staff", staff)
    office.run("set", office.vault, "courses", "name=정기교육", "topics=security,duty")
    ref = office.run(
        "set", office.vault, "sessions", "course=정기교육", "on=2026-03-02"
    ).out.strip()
    past = office.file("a.csv", f"이름,교육,참석\n가온,{ref},참석\n나래,{ref},불참\n")

    done = office.run("import", office.vault, "attendances", past)

    assert done.code == 0, done.err
    listed = office.run("list", office.vault, "attendances", "--json").json
    assert sorted((row["state"], row["on"]) for row in listed) == [
        ("absent", "2026-03-02"),
        ("done", "2026-03-02"),
    ]
