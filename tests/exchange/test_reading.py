"""Lists are opened whatever they are: encoding, delimiter, header and sheet found by themselves."""

from __future__ import annotations

import codecs
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from privdesk.exchange.errors import NoHeaderError, NoRowsError, NoSheetError
from privdesk.exchange.mapping import recogniser
from privdesk.exchange.reading import open_source, sheets
from privdesk.exchange.source import Source
from tests.exchange.people import PEOPLE, take, write

LIST = "이름,전화번호,비고\r\n김하늘,010-1111-2222,첫 방문\r\n이가람,02-333-4444,재방문\r\n"


def opened(path: Path) -> Source:
    return open_source(path, known=recogniser(PEOPLE))


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
def test_encoding_and_delimiter_are_found(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = write(tmp_path / "list.csv", LIST.replace(",", delimiter), encoding)

    with opened(path) as source:
        assert source.header == ("이름", "전화번호", "비고")
        assert [cells[0] for _n, cells in source.rows()] == ["김하늘", "이가람"]
        assert source.layout.delimiter == delimiter


@pytest.mark.parametrize("bom", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_utf_16_with_a_mark_of_either_order_is_read(tmp_path: Path, bom: bytes) -> None:
    little = bom == codecs.BOM_UTF16_LE
    path = tmp_path / "list.csv"
    path.write_bytes(bom + LIST.encode("utf-16-le" if little else "utf-16-be"))

    assert [row["name"] for row in take(path)[0]] == ["김하늘", "이가람"]


def test_cp949_letters_far_down_are_not_missed(tmp_path: Path) -> None:
    ascii_rows = "".join(f"Kim {n},010-1111-2222\n" for n in range(100_000))
    path = write(tmp_path / "list.csv", f"name,phone\n{ascii_rows}김뷁,010-1111-2222\n", "cp949")

    with opened(path) as source:
        assert source.layout.encoding == "cp949"
        assert list(source.rows())[-1] == (100_002, ["김뷁", "010-1111-2222"])


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_is_understood(tmp_path: Path, end: str) -> None:
    rows, rejects = take(write(tmp_path / "list.csv", LIST.replace("\r\n", end)))

    assert [row["phone"] for row in rows] == ["010-1111-2222", "02-333-4444"]
    assert rejects == []


def test_quoted_line_breaks_and_delimiters_stay_in_their_cell(tmp_path: Path) -> None:
    text = 'name;memo;phone\n"Kim; Ha";"line 1\nline, 2\n\nline 4";010-1111-2222\nLee;"a ""b""";\n'
    path = write(tmp_path / "list.csv", text)

    with opened(path) as source:
        assert source.layout.delimiter == ";"
        assert list(source.rows()) == [
            (2, ["Kim; Ha", "line 1\nline, 2\n\nline 4", "010-1111-2222"]),
            (3, ["Lee", 'a "b"', ""]),
        ]


def test_commas_inside_cells_do_not_hide_the_semicolon(tmp_path: Path) -> None:
    text = "name;address\n" + "".join(f"Kim {n};Seoul, Road {n}, 3\n" for n in range(9))

    with opened(write(tmp_path / "list.csv", text)) as source:
        assert source.header == ("name", "address")


def test_a_first_line_that_names_the_delimiter_is_obeyed(tmp_path: Path) -> None:
    rows, _ = take(write(tmp_path / "list.csv", "sep=;\nname;phone\nKim;010-1111-2222\n"))

    assert rows == [{"name": "Kim", "phone": "010-1111-2222"}]


def test_titles_and_blank_rows_above_the_header_are_passed_over(tmp_path: Path) -> None:
    text = (
        "회원 명단 (2024),,\n,,\n작성자: 홍보팀,,\n\n이름,전화번호,등급\n김하늘,010-1111-2222,A\n"
    )

    with opened(write(tmp_path / "list.csv", text)) as source:
        assert source.layout.header_row == 5
        assert source.header == ("이름", "전화번호", "등급")
        assert [number for number, _ in source.rows()] == [6]


def test_a_row_of_groups_above_the_header_is_passed_over(tmp_path: Path) -> None:
    text = "고객 정보,고객 정보,기타\n이름,전화번호,등급\n김하늘,010-1111-2222,A\n"

    with opened(write(tmp_path / "list.csv", text)) as source:
        assert source.header == ("이름", "전화번호", "등급")


def test_blank_rows_between_are_left_out_but_counted(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", "name,phone\nKim,\n,\n\nLee,\n,,\n")

    with opened(path) as source:
        assert [(number, cells[0]) for number, cells in source.rows()] == [(2, "Kim"), (5, "Lee")]


def test_columns_without_or_with_equal_names_get_their_own(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", "name,memo,,memo\nKim,a,b,c\n")

    with opened(path) as source:
        assert source.header == ("name", "memo", "(C)", "memo (2)")
        assert source.layout.repeated == {"memo"}


def test_a_list_of_one_column_is_a_list(tmp_path: Path) -> None:
    rows, _ = take(write(tmp_path / "list.csv", "name\nKim\nLee\n"))

    assert [row["name"] for row in rows] == ["Kim", "Lee"]


def test_data_in_the_first_row_is_told(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", "김하늘,010-1111-2222\n이가람,010-2222-3333\n")

    with pytest.raises(NoHeaderError):
        opened(path)


@pytest.mark.parametrize("text", ["name,phone\n", "name,phone\n,\n\n", "name,phone"])
def test_a_list_without_rows_is_told(tmp_path: Path, text: str) -> None:
    with pytest.raises(NoRowsError):
        opened(write(tmp_path / "list.csv", text))


def test_reading_shows_how_far_it_is(tmp_path: Path) -> None:
    rows = "".join(f"Kim {n},010-1111-2222\n" for n in range(50_000))

    with opened(write(tmp_path / "list.csv", f"name,phone\n{rows}")) as source:
        seen = [source.progress for _block in source.blocks(5_000)]

    assert seen == sorted(seen)
    assert 0 < seen[0] < 0.5
    assert seen[-1] == 1.0


def workbook(path: Path) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "회원"
    sheet["A1"] = "회원 명단"
    sheet.merge_cells("A1:D1")
    sheet.append([])
    sheet.append(["이름", "전화번호", "수집일", "회원번호"])
    sheet.append(["김하늘", 1011112222, date(2013, 2, 1), 42])
    sheet.append(["이가람", 1022223333.0, datetime(2013, 2, 1, 9, 30), "00042"])  # noqa: DTZ001
    sheet.append([None, None, None, None])
    sheet.append(["박나래", "010-3333-4444", 41306, 42.0])
    sheet.append(["최다온", None, "2013. 2. 1.", None])
    book.create_sheet("다른 시트").append(["name"])
    book["다른 시트"].append(["Kim"])
    hidden = book.create_sheet("숨김", 0)
    hidden.append(["name"])
    hidden.append(["Secret"])
    hidden.sheet_state = "hidden"
    book.save(path)
    return path


def test_numbers_dates_and_blanks_of_a_sheet_become_values(tmp_path: Path) -> None:
    rows, rejects = take(workbook(tmp_path / "list.xlsx"))

    assert rejects == []
    assert [row["name"] for row in rows] == ["김하늘", "이가람", "박나래", "최다온"]
    assert [row["phone"] for row in rows] == [
        "010-1111-2222",
        "010-2222-3333",
        "010-3333-4444",
        None,
    ]
    assert {row["collected_on"] for row in rows} == {date(2013, 2, 1)}
    assert [row["source_id"] for row in rows] == ["42", "00042", "42", None]


def test_rows_of_a_sheet_keep_the_numbers_a_spreadsheet_shows(tmp_path: Path) -> None:
    with opened(workbook(tmp_path / "list.xlsx")) as source:
        assert source.layout.header_row == 3
        assert [number for number, _ in source.rows()] == [4, 5, 7, 8]


def test_the_first_visible_sheet_is_taken_unless_another_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx")

    assert sheets(path) == ("숨김", "회원", "다른 시트")
    with opened(path) as source:
        assert source.layout.sheet == "회원"
    with open_source(path, sheet="다른 시트") as source:
        assert source.header == ("name",)
    with pytest.raises(NoSheetError) as refused:
        open_source(path, sheet="회원들")
    assert "회원" in refused.value.sentence()


def test_a_workbook_is_known_by_its_content_not_its_name(tmp_path: Path) -> None:
    path = workbook(tmp_path / "list.xlsx").rename(tmp_path / "list.csv")

    assert len(take(path)[0]) == 4


def test_a_json_list_is_read_object_by_object(tmp_path: Path) -> None:
    entries = ", ".join(
        f'{{"name": "김{n}", "phone": null, "more": ["a", 1]}}' for n in range(5_000)
    )
    path = write(tmp_path / "list.json", f"[{entries}]")

    with opened(path) as source:
        rows = list(source.rows())

    assert source.header == ("name", "phone", "more")
    assert len(rows) == 5_000
    assert rows[-1] == (5_000, ["김4999", None, ("a", "1")])


def test_a_json_object_with_keys_of_its_own_spoils_its_row_only(tmp_path: Path) -> None:
    known = ", ".join('{"name": "Kim"}' for _ in range(300))
    path = write(tmp_path / "list.json", f'[{known}, {{"name": "Lee", "fax": "1"}}]')

    rows, rejects = take(path)

    assert len(rows) == 300
    assert [reject.row for reject in rejects] == [301]
