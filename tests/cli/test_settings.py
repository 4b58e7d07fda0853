"""The office's settings and the language of papers, by command; actions and records as told."""

from __future__ import annotations

from pathlib import Path

from privdesk.documents.preview import page_texts
from tests.cli.office import Office


def test_settings_are_listed_set_all_or_none_and_journalled(office: Office) -> None:
    put = ("settings", "set", office.vault)

    told = office.run(*put, "language=ko", "company_en=Haneul Inc.", "two_officers=no", "--json")
    assert (told.json["language"], told.json["company_en"]) == ("ko", "Haneul Inc.")
    assert told.json["two_officers"] is False
    assert "1 to 90" in office.run(*put, "print_days=900", "reply_days=9").refused
    assert "choose one of: language" in office.run(*put, "lang=ko").refused
    assert "at least one way" in office.run(*put, "request_channels=").refused

    kept = office.run("settings", "list", office.vault, "--json").json
    assert (kept["print_days"], kept["reply_days"]) == (5, 7)
    actions = [row["action"] for row in office.run("list", office.vault, "journal", "--json").json]
    assert actions.count("vault.setting") == 4  # language at the beginning, and these three


def test_only_an_officer_sets_them(office: Office) -> None:
    file = office.file("cara.txt", "amber willow station 63\n")
    add = ("officers", "add", office.vault, "Cara", "--role", "manager")
    assert office.run(*add, "--new-passphrase-file", file).code == 0

    told = office.bare(
        *("--officer", "Cara", "--passphrase-file", file, "--lang", "ko"),
        *("settings", "set", office.vault, "language=ko"),
    )

    assert "현재 역할(관리자)로는 할 수 없는 업무" in told.refused


def test_lang_anywhere_is_that_of_the_paper_too(office: Office, tmp_path: Path) -> None:
    who = office.run("set", office.vault, "staff", "name=가온", "staff_no=G-1", "category=a")
    office.run("set", office.vault, "pledges", f"staff={who.out.strip()}", "kind=joining")
    out = tmp_path / "d11.pdf"

    def printed(*words: object) -> str:
        assert office.run(*words).code == 0
        return "".join(page_texts(out.read_bytes())).replace(" ", "")

    paper = ("print", office.vault, "d11", "G-1", "--out", out)
    assert "개인정보" in printed("--lang", "ko", *paper)
    assert "개인정보" not in printed("--lang", "ko", *paper, "--lang", "en")
    assert "개인정보" not in printed(*paper)
    sheets = ("act", office.vault, "pledges", "sheets", "--file", out)
    assert "개인정보" in printed(*sheets, "--lang", "ko")


def test_actions_of_the_whole_register_are_listed_one_alone_and_unknown_ones_refused(
    office: Office,
) -> None:
    act = ("act", office.vault, "pledges")

    listed = {one["action"]: one for one in office.run(*act, "--fields", "--json").json}
    assert {"draw", "sheets", "scan", "renew", "void", "sign-paper"} <= set(listed)
    assert [ask["name"] for ask in listed["scan"]["asks"]] == ["file", "on", "signed", "head"]
    assert (listed["scan"]["of"], listed["sign-paper"]["of"]) == ("all", "records")
    one = office.run(*act, "draw", "--fields").out
    assert "department" in one
    assert "sign-paper" not in one
    assert "draw" in office.run(*act, "foo", "--fields").refused
    assert "draw" in office.run(*act, "foo").refused
    assert "not made for “draw”" in office.run(*act, "draw", "--dry-run").refused


def test_records_are_named_by_name_or_number_and_papers_lead_to_them(
    office: Office, tmp_path: Path
) -> None:
    for name, number in (("가온", "G-1"), ("나래", "G-2"), ("나래", "G-3")):
        values = (f"name={name}", f"staff_no={number}", "category=a")
        office.run("set", office.vault, "staff", *values)
    show = ("show", office.vault, "staff")

    assert "가온" in office.run(*show, "G-1").out
    assert "가온" in office.run(*show, "가온").out
    assert "several records" in office.run(*show, "나래").refused
    assert "M-001234-0" in office.run(*show, "다솜").refused
    out = ("--out", tmp_path / "x.pdf")
    sheet = ("print", office.vault, "d11")
    assert "make one first: privdesk set VAULT pledges staff=M-" in (
        office.run(*sheet, "G-1", *out).refused
    )
    assert "d11" in office.run("print", office.vault, "dd11", *out).refused
    codes = office.bare("print", "--codes").out
    assert any(line.startswith("d11 ") and "pledges" in line for line in codes.splitlines())
    office.run("set", office.vault, "pledges", "staff=G-1", "kind=joining")
    assert office.run(*sheet, "G-1", *out).code == 0  # the only one there is
    state = ("list", office.vault, "pledges", "--json", "--where")
    (row,) = office.run(*state, "state=서약서 배부").json
    assert row["state"] == "printed"


def test_a_list_that_is_compared_leads_to_where_it_goes(office: Office) -> None:
    list_ = office.file("people.csv", "사번,성명\nG-1,가온\n")

    told = office.run("import", office.vault, "rosters", list_).refused

    assert "privdesk set VAULT rosters file=FILE" in told
