"""Rows become values or rejects that name row, column, value and cause."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.i18n import N_, words
from privdesk.core.periods import UNTIL_EVENT, years
from privdesk.core.reasons import reason
from privdesk.exchange.convert import convert_value
from privdesk.exchange.heads import REJECT_HEADS
from privdesk.exchange.mapping import plan
from privdesk.exchange.reading import open_source
from privdesk.exchange.rows import Options, preview, read_chunks
from tests.exchange.people import CHANNEL, NAME, PEOPLE, take, write

ITEMS = Field(
    "items",
    "Items",
    Kind.CHOICES,
    choices=(Choice("name", "Name"), Choice("phone", "Telephone, mobile"), Choice("mail", "Mail")),
)


def test_rows_become_values_and_bad_ones_name_their_cause(tmp_path: Path) -> None:
    text = (
        "이름,전화,이메일,가입일,경로\n"
        "김하늘,01011112222,U@EXAMPLE.COM,2013. 2. 1.,web\n"
        ",01011112222,user@example.com,2013-02-01,desk\n"
        "박나래,010-1,nobody,2013-02-30,moon\n"
        "최다온,,,,\n"
    )

    rows, rejects = take(write(tmp_path / "list.csv", text), "경로=channel")

    assert rows == [
        {
            "name": "김하늘",
            "phone": "010-1111-2222",
            "email": "U@example.com",
            "collected_on": date(2013, 2, 1),
            "channel": "web",
        },
        {"name": "최다온", "phone": None, "email": None, "collected_on": None, "channel": None},
    ]
    assert [(r.row, [f.column for f in r.faults]) for r in rejects] == [
        (3, ["이름"]),
        (4, ["전화", "이메일", "가입일", "경로"]),
    ]
    assert [f.value for f in rejects[1].faults] == ["010-1", "nobody", "2013-02-30", "moon"]
    assert rejects[1].cells == ("박나래", "010-1", "nobody", "2013-02-30", "moon")
    for fault in rejects[1].faults:
        assert fault.cause.text(words("en"))
        assert fault.cause.text(words("ko")) != fault.cause.text(words("en"))


def test_too_many_and_too_few_cells_spoil_their_row_only(tmp_path: Path) -> None:
    text = "name,전화,메모\nKim,,\nLee,010-1111-2222\nPark,,a,b\nChoi,,,,\n"

    rows, rejects = take(write(tmp_path / "list.csv", text))

    assert [row["name"] for row in rows] == ["Kim", "Choi"]
    assert [reject.row for reject in rejects] == [3, 4]
    assert "3 columns" in rejects[0].faults[0].cause.text(words("en"))


def test_empty_columns_behind_the_last_name_may_be_missing(tmp_path: Path) -> None:
    rows, rejects = take(write(tmp_path / "list.csv", "name,전화,,\nKim,\nLee,,,\n"))

    assert [row["name"] for row in rows] == ["Kim", "Lee"]
    assert rejects == []


def test_a_choice_is_known_by_key_and_by_label_in_either_language() -> None:
    assert convert_value(CHANNEL, "web") == "web"
    assert convert_value(CHANNEL, "WEB SITE") == "web"
    assert convert_value(CHANNEL, words("ko")("Counter")) == "desk"
    cause = convert_value(CHANNEL, "moon")
    assert "Web site (web), Counter (desk)" in cause.text(words("en"))


def test_several_choices_are_told_apart() -> None:
    assert convert_value(ITEMS, "name; mail") == ("name", "mail")
    assert convert_value(ITEMS, "Telephone, mobile") == ("phone",)
    assert convert_value(ITEMS, ("name", "phone")) == ("name", "phone")


def test_periods_links_and_flags_are_read() -> None:
    period = Field("retention", "Retention", Kind.PERIOD)
    links = Field("files", "Files", Kind.LINKS)
    flag = Field("special", "Special", Kind.FLAG)

    assert convert_value(period, "3년") == years(3)
    assert convert_value(period, "event") == UNTIL_EVENT
    assert "for ever" in convert_value(period, "for ever").text(words("en"))
    assert convert_value(links, "F-1; F-2; F-1") == ("F-1", "F-2")
    assert convert_value(flag, "동의") is True


def test_a_field_checks_its_values_itself() -> None:
    def short(value: object) -> str | None:
        return N_("Too long.") if len(str(value)) > 3 else None

    code = Field("code", "Code", check=short)

    assert convert_value(code, "abc") == "abc"
    assert convert_value(code, "abcd").text(words("en")) == "Too long."
    assert convert_value(code, "") is None


def test_an_empty_cell_takes_the_default(tmp_path: Path) -> None:
    channel = Field("channel", "Channel", required=True, default="desk")
    path = write(tmp_path / "list.csv", "name,channel\nKim,\nLee,web\n")

    rows, _ = take(path, fields=(NAME, channel))

    assert [row["channel"] for row in rows] == ["desk", "web"]


def test_values_given_for_all_rows_go_before_columns(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", "name,경로\nKim,moon\n")

    rows, rejects = take(path, "경로=channel", options=Options(given={"channel": "web"}))

    assert rows == [{"name": "Kim", "channel": "web"}]
    assert rejects == []


def test_a_sound_row_can_be_refused_later_with_its_original_cells(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", "회원번호,name,전화\nM-1,Kim,01011112222\n")

    with open_source(path) as source:
        chunk = next(read_chunks(source, plan(source, PEOPLE), PEOPLE))

    assert chunk.column("source_id") == ["M-1"]
    assert chunk.original(0) == ("M-1", "Kim", "01011112222")
    reject = chunk.reject(0, reason("Blocked."), "source_id")
    assert reject.row == 2
    assert (reject.faults[0].column, reject.faults[0].value) == ("회원번호", "M-1")


def test_the_preview_shows_rows_as_they_will_become(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", "name,전화\nKim,01011112222\n,x\nLee,1,2,3\n")

    with open_source(path) as source:
        shown = preview(source, plan(source, PEOPLE), PEOPLE)

    assert shown[0].values == {"name": "Kim", "phone": "010-1111-2222"}
    assert set(shown[1].faults) == {"name", "phone"}
    assert shown[2].row_fault is not None


@pytest.mark.parametrize("size", [1, 2, 3, 1_000])
def test_the_size_of_chunks_makes_no_difference(tmp_path: Path, size: int) -> None:
    text = "name,가입일\n" + "".join(f"Kim {n},2013-02-{n % 40:02}\n" for n in range(1, 200))

    with open_source(write(tmp_path / "list.csv", text)) as source:
        chunks = list(read_chunks(source, plan(source, PEOPLE), PEOPLE, size=size))

    numbers = [n for c in chunks for n in c.numbers] + [r.row for c in chunks for r in c.rejects]
    assert sorted(numbers) == list(range(2, 201))


@pytest.mark.parametrize("first", ["합계", "총  계", "Total", "소계:"])
def test_a_line_of_totals_is_no_record(tmp_path: Path, first: str) -> None:
    lines = ("이름,전화,메모", "김하늘,010-1111-2222,", f"{first},,", f"{first},3명,12")
    text = "\n".join((*lines, "Total,010-1111-3333,주유소", ""))
    rows, rejects = take(write(tmp_path / "list.csv", text))

    assert [row["name"] for row in rows] == ["김하늘", "Total"]
    assert [reject.row for reject in rejects] == [3, 4]
    assert "line of totals" in rejects[0].faults[0].cause.text()


def test_a_line_of_totals_is_none_in_a_file_of_rejects_either(tmp_path: Path) -> None:
    heads = ",".join(("이름", "전화", *REJECT_HEADS))
    text = f"{heads}\n김하늘,010-1111-2222,2,,,\n합계,3명,3,,,no record\n"
    rows, rejects = take(write(tmp_path / "list.csv", text))

    assert [row["name"] for row in rows] == ["김하늘"]
    assert "line of totals" in rejects[0].faults[0].cause.text()


def test_what_stands_beside_the_columns_of_a_sheet_moves_nothing(tmp_path: Path) -> None:
    book = Workbook()
    assert book.active is not None
    for line in (("이름", "전화"), ("김하늘", "010-1111-2222", None, "확인!")):
        book.active.append(line)
    book.save(tmp_path / "list.xlsx")
    rows, rejects = take(tmp_path / "list.xlsx")

    assert rejects == []
    assert [row["name"] for row in rows] == ["김하늘"]
