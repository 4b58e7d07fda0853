"""``import`` and ``export``."""

from __future__ import annotations

import csv
import json

import pytest

from privdesk.core import i18n
from tests.cli.office import PEOPLE, Office
from tests.exchange.messy import messy_list


def test_an_import_reports_and_ends_well_although_rows_are_rejected(office: Office) -> None:
    list_ = office.file("people.csv", PEOPLE)
    rejects = office.folder / "rejects.csv"
    report = office.run(
        *("import", office.vault, "subjects", list_, "--create-purposes"),
        *("--rejects", rejects, "--json"),
    ).json

    assert (report["rows"], report["new"], report["rejected"]) == (4, 3, 1)
    assert report["left_out"] == ["Shoe size"]
    assert report["rejects_file"] == str(rejects)
    with rejects.open(encoding="utf-8-sig") as stream:
        (head, row) = list(csv.reader(stream))
    assert head[-4:] == ["Row number", "Column", "Value", "Cause"]
    assert row[-4:-1] == ["4", "E-mail", "no address"]


def test_what_only_lacks_its_purpose_is_told_how_to_get_in(office: Office) -> None:
    list_ = office.file("list.csv", PEOPLE)
    take = ("import", office.vault, "subjects", list_, "--dry-run")

    assert "--create-purposes" in office.run(*take).out
    assert "repeat with --create" not in office.run(*take, "--create-purposes").out


def test_a_rehearsal_changes_nothing(office: Office) -> None:
    list_ = office.file("people.csv", PEOPLE)
    told = office.run("import", office.vault, "subjects", list_, "--create-purposes", "--dry-run")

    assert "nothing was changed" in told.out
    assert office.run("list", office.vault, "subjects", "--json").json == []


def test_without_a_rejects_file_the_report_says_how_to_get_one(office: Office) -> None:
    list_ = office.file("people.csv", PEOPLE)
    told = office.run("import", office.vault, "subjects", list_, "--create-purposes")

    assert "--rejects FILE.csv" in told.out
    assert [p.name for p in office.folder.iterdir() if "reject" in p.name] == []


def test_a_column_is_what_the_officer_says_it_is(office: Office) -> None:
    list_ = office.file("odd.csv", "wer,was\nWeb shop,IT\n")
    report = office.run(
        *("import", office.vault, "places", list_, "--map", "wer=name", "--map", "was=owner"),
        "--json",
    ).json

    assert report["new"] == 1
    (row,) = office.run("list", office.vault, "places", "--where", "name=Web shop", "--json").json
    assert row["owner"] == "IT"


def test_dates_that_can_be_read_in_two_ways_are_asked_about(office: Office) -> None:
    list_ = office.file(
        "odd.csv", "name,joined,duty\nKim Ha,01/02/2013,none\nLee Ha,03/04/2014,none\n"
    )
    take = ("import", office.vault, "staff", list_)

    assert "--dates day-first" in office.run(*take).refused
    assert office.run(*take, "--dates", "backwards").code == 2
    report = office.run(*take, "--dates", "month-first", "--json").json
    assert report["new"] == 2, report
    found = office.run("list", office.vault, "staff", "--json").json
    assert {row["joined"] for row in found} == {"2013-01-02", "2014-03-04"}


def test_years_of_two_digits_are_read_as_told_and_so_again_the_next_time(office: Office) -> None:
    take = ("import", office.vault, "staff")
    text = "name,joined,duty\nKim Ha,13.02.01,none\nLee Ha,98.03.04,none\n"
    list_ = office.file("short.csv", text)

    told = office.run(*take, list_).out
    assert "The year of “13.02.01” has two digits" in told
    assert "--pivot" in told
    assert office.run(*take, list_, "--pivot", "2050").code == 2
    assert office.run(*take, list_, "--pivot", "50", "--json").json["new"] == 2
    found = office.run("list", office.vault, "staff", "--json").json
    assert {row["joined"] for row in found} == {"2013-02-01", "1998-03-04"}

    again = office.file("again.csv", "name,joined,duty\nPark Ha,50.01.02,none\n")
    told = office.run(*take, again, "--dates", "day-first", "--json").json
    assert told["new"] == 1, told


def test_every_register_goes_out_and_comes_in_again_unchanged(office: Office) -> None:
    office.with_people()
    office.run("set", office.vault, "staff", "name=Dana Example", "staff_no=7", "category=b")
    person = office.ref_of("mina")
    office.run(
        *("set", office.vault, "consents", f"subject={person}", "purpose=Newsletter"),
        *("kind=given", "at=2026-01-02", "channel=web"),
    )

    counts = {}
    for register in ("items", "purposes", "places", "files", "subjects", "holdings", "staff"):
        counts[register] = _round(office, register, ".csv")
    counts["consents"] = _round(office, "consents", ".xlsx")
    assert counts["subjects"] == 3
    assert all(counts.values()), counts


def _round(office: Office, register: str, ending: str) -> int:
    path = office.folder / f"{register}{ending}"
    out = office.run("export", office.vault, register, path, "--reason", "yearly check")
    assert out.code == 0, out.err
    report = office.run("import", office.vault, register, path, "--json").json
    assert report["unchanged"] == report["rows"], report
    return int(report["rows"])


def test_an_export_is_in_the_clear_guarded_and_closed_to_others(office: Office) -> None:
    office.with_people()
    path = office.folder / "out.csv"
    office.run("export", office.vault, "subjects", path, "--reason", "audit")
    with path.open(encoding="utf-8-sig") as stream:
        rows = list(csv.DictReader(stream))

    assert {row["Name"] for row in rows} == {"홍길동", "Kim Mina", "'=박=첨지"}
    assert path.stat().st_mode & 0o077 == 0


def test_heads_are_in_the_language_in_force_and_names_for_scripts(office: Office) -> None:
    path = office.folder / "out.csv"
    asked = ("export", office.vault, "places", path, "--reason", "audit")

    heads = {}
    for more in (("--lang", "ko"), ("--lang", "en"), ("--heads", "names")):
        assert office.run(*asked, *more).code == 0
        with path.open(encoding="utf-8-sig") as stream:
            head, row = list(csv.reader(stream))[:2]
            heads[more[1]] = (head[1:3], row[2])
    assert heads == {
        "ko": (["장소", "장소 종류"], i18n.words("ko")("This vault")),
        "en": (["Place", "Kind of place"], "This vault"),
        "names": (["name", "kind"], "vault"),
    }
    assert office.run(*asked, "--heads", "funny").code == 2
    path = path.with_suffix(".json")
    office.run("export", office.vault, "places", path, "--reason", "audit", "--lang", "ko")
    assert list(json.loads(path.read_text("utf-8"))[0])[:3] == ["ref", "name", "kind"]


def test_a_rehearsal_writes_the_rejects_and_groups_them(office: Office) -> None:
    list_ = office.file("people.csv", PEOPLE.replace("010-1234-5678", "12"))
    rejects = office.folder / "rejects.csv"
    told = office.run(
        *("import", office.vault, "subjects", list_, "--create-purposes"),
        *("--dry-run", "--rejects", rejects),
    )

    assert "  1 row, Mobile: This is no telephone number. (row 2)" in told.out
    assert "correct them in your list" in told.out
    assert len(rejects.read_text("utf-8-sig").splitlines()) == 3
    assert office.run("list", office.vault, "subjects", "--json").json == []


def test_a_column_left_out_last_time_is_named_and_can_come_back(office: Office) -> None:
    list_ = office.file("places.csv", "Place,Owner\nWeb shop,IT\n")
    take = ("import", office.vault, "places", list_)
    office.run(*take, "--map", "Owner=")

    told = office.run(*take)
    assert "left out last time: Owner" in told.out
    assert "--afresh" in told.out
    assert office.run(*take, "--json").json["left_before"] == ["Owner"]
    assert office.run(*take, "--afresh", "--json").json["changed"] == 1
    assert "left out" not in office.run(*take).out


def test_people_are_corrected_by_their_reference(office: Office) -> None:
    office.with_people()
    ref = office.ref_of("mina")
    list_ = office.file("fix.csv", f"ref,phone\n{ref},010-5555-0000\nS-000999-9,010-1111-2222\n")
    report = office.run("import", office.vault, "subjects", list_, "--json").json

    assert (report["changed"], report["rejected"], report["new"]) == (1, 1, 0)
    assert office.ref_of("55550000") == ref


def test_an_export_of_another_vault_comes_in_as_new(office: Office) -> None:
    list_ = office.file(
        "other.csv", "ref,name,phone,state\nS-000901-3,Ann Example,010-1000-2000,living\n"
    )
    report = office.run("import", office.vault, "subjects", list_, "--json").json

    assert report["new"] == 1


@pytest.mark.parametrize("name", ["list.csv", "list.txt", "list.xlsx"])
def test_a_messy_list_is_rehearsed_as_it_goes_in_and_the_same_again(
    office: Office, name: str
) -> None:
    list_, rejects = office.folder / name, office.folder / "rejects.csv"
    mess = messy_list(list_, 400, encoding="cp949", ending=list_.suffix.replace(".txt", ".tsv"))
    take = ("import", office.vault, "subjects", list_, "--create-purposes", "--json")
    rehearsed = office.run(*take, "--dry-run", "--rejects", rejects).json
    rejected = rejects.read_text("utf-8-sig")
    report = office.run(*take, "--rejects", rejects).json
    again = office.run(*take).json

    apart = ("dry_run", "notes")
    assert {k: v for k, v in rehearsed.items() if k not in apart} == {
        k: v for k, v in report.items() if k not in apart
    }
    assert rejects.read_text("utf-8-sig") == rejected
    refused = mess.rejected - mess.no_name  # a person may be known by a number alone
    assert report["rejected"] == again["rejected"] == refused
    assert sum(cause["rows"] for cause in report["causes"]) == refused
    assert (again["new"], again["changed"], again["vanished"]) == (0, 0, 0)


def test_the_staffs_own_numbers_go_out_masked_unless_revealed_and_come_back_unharmed(
    office: Office,
) -> None:
    number, line = "010-9876-5432", "02-123-4567"
    told = ("name=한가람", "duty=none", f"mobile={number}", f"phone={line}")
    assert office.run("set", office.vault, "staff", *told).code == 0
    masked, clear = office.folder / "masked.csv", office.folder / "clear.csv"
    out = ("--reason", "fire drill", "export", office.vault, "staff")

    assert office.run(*out, masked).code == 0
    assert office.run("--reveal", *out, clear).code == 0

    assert number not in masked.read_text(encoding="utf-8-sig")
    assert line in masked.read_text(encoding="utf-8-sig")
    assert number in clear.read_text(encoding="utf-8-sig")
    report = office.run("import", office.vault, "staff", masked, "--json").json
    assert (report["changed"], report["rejected"]) == (0, 0)
