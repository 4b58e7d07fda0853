"""Exports come back as they were, hurt nobody, and are there whole or not at all."""

from __future__ import annotations

import csv
import errno
import json
import multiprocessing
import os
import resource
import signal
import stat
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from privdesk.core.errors import DomainError
from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.i18n import words
from privdesk.core.periods import UNTIL_EVENT, Period, Unit
from privdesk.exchange import errors
from privdesk.exchange.convert import convert_value
from privdesk.exchange.guard import guard, unguard
from privdesk.exchange.writing import ENDINGS, Look, export
from tests.exchange.people import NAME, PEOPLE, PHONE, take

TEXT = Field("text", "Text")
NOTE = Field("note", "Note", Kind.NOTE)
LAW, SECOND = Choice("law", "Law"), Choice("b", "B, second")
FIELDS = (
    Field("ref", "Number", required=True),
    TEXT,
    NOTE,
    PHONE,
    Field("on", "On", Kind.DATE),
    Field("at", "At", Kind.MOMENT),
    Field("count", "Count", Kind.INTEGER),
    Field("special", "Special", Kind.FLAG),
    Field(
        "basis", "Basis", Kind.CHOICE, choices=(Choice("consent", "Consent"), Choice("law", "Law"))
    ),
    Field(
        "marks", "Marks", Kind.CHOICES, choices=(Choice("a", "A; first"), Choice("b", "B, second"))
    ),
    Field("period", "Period", Kind.PERIOD),
    Field("links", "Links", Kind.LINKS, links_to="files"),
)

_risky = st.sampled_from(("=1+1", "+82", "-5", "@x", "'=1", "''@", "'tis", "＝x", "_x000D_x000D_"))
_letters = st.characters(exclude_categories=["Cs"], max_codepoint=0x1F9FF)
_text = st.one_of(
    _risky, st.text(_letters, max_size=12), st.text("가나=+-@'\",;\t\r\n x", max_size=8)
)
_moments = st.datetimes(datetime(1950, 1, 1), datetime(2199, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
_periods = st.one_of(
    st.builds(Period, st.sampled_from((Unit.DAYS, Unit.MONTHS, Unit.YEARS)), st.integers(1, 99)),
    st.just(UNTIL_EVENT),
)
_values = st.tuples(
    st.integers(1, 99_999).map("S-{}".format),
    _text,
    _text,
    st.sampled_from((None, "010-1111-2222", "+44 20 7946 0000", "02-333-4444")),
    st.none() | st.dates(date(1900, 1, 1), date(2200, 12, 31)),
    st.none() | _moments.map(lambda moment: moment.replace(microsecond=0)),
    st.none() | st.integers(-(10**17), 10**17),
    st.none() | st.booleans(),
    st.sampled_from((None, "consent", "law")),
    st.sampled_from((None, ("a",), ("a", "b"), ("b",))),
    st.none() | _periods,
    st.sampled_from((None, ("F-1",), ("F-1", "F-2"))),
)


def normal(row: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """Return a row with its texts as they are stored; None where one cannot be stored."""
    stored = [
        convert_value(field, value) if isinstance(value, str) else value
        for field, value in zip(FIELDS, row, strict=True)
    ]
    return tuple(stored) if all(not hasattr(value, "message") for value in stored) else None


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("language", ["en", "ko"])
@pytest.mark.parametrize("names", [True, False])
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(_values, min_size=1, max_size=4))
def test_what_is_exported_comes_back_as_it_was(
    tmp_path: Path, ending: str, language: str, names: bool, rows: list[tuple[Any, ...]]
) -> None:
    kept = [row for row in map(normal, rows) if row]
    if not kept:
        return
    path = tmp_path / f"list{ending}"

    assert export(path, FIELDS, kept, Look(names=names, words=words(language))) == len(kept)
    back, rejects = take(path, fields=FIELDS)

    assert rejects == []
    assert [tuple(row[field.name] for field in FIELDS) for row in back] == kept


@given(_text)
def test_a_guard_can_be_taken_off(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in tuple("=+-@\t\r\n＝＋－＠")


def test_what_a_spreadsheet_would_run_is_harmless_in_the_file(tmp_path: Path) -> None:
    rows = [("=HYPERLINK(1)", "+44 20 7946 0000"), ("@cmd", None), ("'=x", None), ("'tis", None)]
    fields = (NAME, PHONE)
    export(tmp_path / "list.csv", fields, rows)
    export(tmp_path / "list.xlsx", fields, rows)

    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as stream:
        cells = [row[0] for row in csv.reader(stream)][1:]
    sheet = load_workbook(tmp_path / "list.xlsx").worksheets[0]

    assert cells == ["'=HYPERLINK(1)", "'@cmd", "''=x", "'tis"]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == cells
    assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n"}


def test_a_list_from_elsewhere_keeps_its_apostrophes(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("name,메모\n'tis Kim,x\n'-Lee,y\n", encoding="utf-8")

    assert [row["name"] for row in take(path)[0]] == ["'tis Kim", "-Lee"]


def test_a_sheet_has_real_dates_and_numbers_and_a_note_apart(tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    row = ("S-1", "x", None, None, date(2013, 2, 1), None, 7, True, "law", None, None, None)
    note = (("Reason", "=inspection"), ("Destroy by", "2030-01-01"))
    export(path, FIELDS, [row], Look(title="정보주체 [1/2]", note=note, words=words("en")))

    book = load_workbook(path)
    sheet = book.worksheets[0]
    cells = {head.value: cell for head, cell in zip(sheet[1], sheet[2], strict=False)}

    assert book.sheetnames == ["정보주체  1 2", "privdesk"]
    assert cells["On"].value == datetime(2013, 2, 1)  # noqa: DTZ001
    assert cells["On"].number_format == "yyyy\\-mm\\-dd"
    assert cells["Count"].value == 7
    assert [[c.value for c in r] for r in book["privdesk"].iter_rows(min_row=2)] == [
        ["Reason", "'=inspection"],
        ["Destroy by", "2030-01-01"],
    ]
    assert len(take(path, fields=FIELDS)[0]) == 1


def test_csv_opens_in_spreadsheets_and_json_is_a_list_of_objects(tmp_path: Path) -> None:
    export(tmp_path / "list.csv", (NAME, PHONE), [("김하늘", None)])
    export(tmp_path / "list.json", (NAME, PHONE), [("김하늘", None)])
    export(tmp_path / "none.json", (NAME,), [])

    assert (tmp_path / "list.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert json.loads((tmp_path / "list.json").read_bytes()) == [{"name": "김하늘", "phone": None}]
    assert json.loads((tmp_path / "none.json").read_bytes()) == []


def test_equal_labels_give_way_to_field_names(tmp_path: Path) -> None:
    other = Field("nickname", "Name")
    export(tmp_path / "list.csv", (NAME, other), [("Kim", "K")])

    assert take(tmp_path / "list.csv", fields=(NAME, other))[0] == [
        {"name": "Kim", "nickname": "K"}
    ]


def test_a_name_without_a_known_ending_is_refused(tmp_path: Path) -> None:
    with pytest.raises(errors.UnknownEndingError):
        export(tmp_path / "list.doc", PEOPLE, [])
    assert list(tmp_path.iterdir()) == []


def test_only_this_account_can_read_an_export(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    before = os.umask(0)
    try:
        export(path, (NAME,), [("Kim",)])
        export(path, (NAME,), [("Lee",)])
    finally:
        os.umask(before)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "Lee" in path.read_text(encoding="utf-8")
    assert list(tmp_path.iterdir()) == [path]


class Cancelled(DomainError):
    """Cancelled."""


def _stopped(error: BaseException) -> Iterator[tuple[str]]:
    for number in range(5_000):
        yield (f"Kim {number}",)
    raise error


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("error", [Cancelled(), KeyboardInterrupt()])
def test_a_cancelled_export_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, ending: str, error: BaseException
) -> None:
    path = tmp_path / f"list{ending}"
    path.write_text("old", encoding="utf-8")

    with pytest.raises(type(error)):
        export(path, (NAME,), _stopped(error))

    assert list(tmp_path.iterdir()) == [path]
    assert path.read_text(encoding="utf-8") == "old"


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_full_disk_gets_a_sentence_and_leaves_nothing(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"list{ending}"
    kept = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, kept[1]))
    try:
        with pytest.raises(DomainError) as refused:
            export(path, (NAME,), ((os.urandom(40).hex(),) for _ in range(20_000)))
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, kept)
        signal.signal(signal.SIGXFSZ, handler)

    assert os.strerror(errno.EFBIG) in refused.value.sentence(words("en"))
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DomainError, match="Nothing was changed"):
        export(tmp_path / "none" / "list.csv", (NAME,), [("Kim",)])


def _die(path: Path) -> None:
    def rows() -> Iterator[tuple[str]]:
        for number in range(200_000):
            yield (f"Kim {number}",)
        os.kill(os.getpid(), signal.SIGKILL)

    export(path, (NAME,), rows())


def test_a_killed_export_leaves_nothing(tmp_path: Path) -> None:
    process = multiprocessing.get_context("spawn").Process(target=_die, args=(tmp_path / "x.csv",))
    process.start()
    process.join(60)

    assert process.exitcode == -signal.SIGKILL
    assert list(tmp_path.iterdir()) == []


def test_a_text_too_long_for_a_sheet_is_told(tmp_path: Path) -> None:
    with pytest.raises(errors.TextTooLongForSheetError):
        export(tmp_path / "list.xlsx", (NOTE,), [("x" * 40_000,)])
    assert list(tmp_path.iterdir()) == []
