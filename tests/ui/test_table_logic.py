"""What a table shows, without a screen: windows, columns, texts, chips."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from privdesk.core import i18n
from privdesk.core.fields import Choice, Field, Kind
from privdesk.core.periods import years
from privdesk.core.register import Row
from privdesk.ui.table.cells import (
    cell_text,
    d_day,
    due_tone,
    name_of,
    noun,
    row_title,
    spoken_row,
    state_of,
    value_text,
)
from privdesk.ui.table.columns import Look, chosen, columns, is_due
from privdesk.ui.table.copying import as_mime
from privdesk.ui.table.fitting import spread, widths
from privdesk.ui.table.windows import Windows
from tests.ui.fakes import HOLDINGS, TODAY, holding


def _rows(start: int, stop: int) -> list[Row]:
    return [holding(i) for i in range(start, stop)]


def test_a_row_is_held_only_with_its_window() -> None:
    windows = Windows(size=10, keep=2)
    windows.put(3, _rows(30, 40))

    assert windows.row(34) == holding(34)
    assert windows.row(40) is None


def test_the_window_used_least_recently_makes_room() -> None:
    windows = Windows(size=10, keep=2)
    windows.put(0, _rows(0, 10))
    windows.put(1, _rows(10, 20))
    windows.row(5)
    windows.put(2, _rows(20, 30))

    assert windows.holds(0)
    assert not windows.holds(1)


def test_the_last_window_ends_with_the_list() -> None:
    assert Windows(size=200).bounds(5, 1_104) == (1_000, 1_104)


def test_a_saved_row_takes_the_place_of_the_old_one() -> None:
    windows = Windows(size=10)
    windows.put(1, _rows(10, 20))
    new = Row(13, holding(12).ref, {"subject": "새이름"}, "active")

    assert windows.replace(new) == 12
    assert windows.row(12) is new
    assert windows.replace(Row(99, "H-99999", {})) is None


def test_the_columns_begin_with_reference_and_state_and_keep_the_fields_order() -> None:
    made = columns(HOLDINGS, HOLDINGS.fields)

    assert [c.name for c in made][:4] == ["ref", "state", "subject", "phone"]
    assert [c.name for c in made].count("state") == 1
    assert made[1].look is Look.STATE
    assert not next(c for c in made if c.name == "note").shown


@pytest.mark.parametrize(
    ("name", "kind", "due"),
    [
        ("expires_on", Kind.DATE, True),
        ("due", Kind.DATE, True),
        ("answer_due", Kind.DATE, True),
        ("collected_on", Kind.DATE, False),
        ("overdue", Kind.DATE, False),
        ("expires_on", Kind.TEXT, False),
    ],
)
def test_dates_that_something_must_happen_by_are_known_by_their_names(
    name: str, kind: Kind, due: bool
) -> None:
    assert is_due(Field(name, name, kind)) is due


def test_chosen_columns_come_first_and_in_the_chosen_order() -> None:
    made = chosen(columns(HOLDINGS, HOLDINGS.fields), ["note", "ref", "gone"])

    assert [c.name for c in made if c.shown] == ["note", "ref"]


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        (Field("f", "F"), "two\nlines", "two lines"),
        (Field("f", "F", Kind.INTEGER), 1_204_318, "1,204,318"),
        (Field("f", "F", Kind.DATE), date(2026, 3, 1), "2026-03-01"),
        (Field("f", "F", Kind.MOMENT), datetime(2026, 3, 1, 23, 5, tzinfo=UTC), "2026-03-02 08:05"),
        (Field("f", "F", Kind.FLAG), False, "No"),
        (Field("f", "F", Kind.PERIOD), years(3), "3 years"),
        (Field("f", "F", Kind.LINKS), ("P-1", "P-2"), "P-1, P-2"),
        (Field("f", "F", Kind.CHOICE, choices=(Choice("a", "Apple"),)), "a", "Apple"),
        (Field("f", "F", Kind.CHOICE, choices=(Choice("a", "Apple"),)), "gone", "gone"),
        (Field("f", "F", Kind.DATE), None, ""),
        (Field("f", "F", Kind.INTEGER), 0, "0"),
    ],
)
def test_a_value_reads_in_one_line(field: Field, value: object, text: str) -> None:
    assert cell_text(field, value) == text


def test_a_link_is_called_by_its_title() -> None:
    field = Field("purpose", "Purpose", Kind.LINK)
    row = Row(1, "H-1", {"purpose": "P-1"}, titles={"purpose": "배송 안내"})

    assert value_text(field, row) == "배송 안내"


@pytest.mark.parametrize(
    ("day", "words", "tone"),
    [
        (date(2026, 11, 23), "D-Day", "soon"),
        (date(2026, 12, 7), "D-14", "soon"),
        (date(2026, 12, 8), "D-15", "plain"),
        (date(2026, 11, 21), "D+2", "overdue"),
    ],
)
def test_a_due_date_tells_the_days_left(day: date, words: str, tone: str) -> None:
    assert d_day(day, TODAY) == words
    assert due_tone(day, TODAY) == tone


def test_a_row_is_spoken_with_its_name_and_state() -> None:
    assert spoken_row(HOLDINGS, holding(6)) == "Holding, H-00007, 박수아, Overdue"


def test_a_record_without_a_title_is_called_by_its_reference() -> None:
    assert row_title(HOLDINGS, Row(1, "H-1", {"subject": ""})) == "H-1"


def test_a_record_out_of_use_has_a_state_in_every_register() -> None:
    state = state_of(HOLDINGS, Row(1, "H-1", {}, "void"))

    assert state is not None
    assert state.tone == "destroyed"


def test_a_label_begins_small_within_an_english_sentence_only() -> None:
    assert noun("Gadget") == "gadget"
    assert noun("CPO register") == "CPO register"
    i18n.use("ko")
    assert noun("Gadget") == "Gadget"


def test_a_copied_table_has_heads_and_no_cell_that_a_spreadsheet_would_run() -> None:
    shown = columns(HOLDINGS, HOLDINGS.fields)[2:4]
    row = Row(1, "H-1", {"subject": "=HYPERLINK()", "phone": "a<b"})

    mime = as_mime([row], shown, lambda r, c: cell_text(c.field, r.values.get(c.name)))

    assert mime.text() == "Subject\tPhone\n'=HYPERLINK()\ta<b\n"
    assert "<td>a&lt;b</td>" in mime.html()


def test_a_record_without_a_name_is_called_by_the_records_it_links() -> None:
    links = [Field(n, n, Kind.LINK, links_to="staff") for n in ("giver", "taker", "witness")]
    handovers = replace(HOLDINGS, title_field="", fields=tuple(links))
    row = Row(1, "GH-1", {}, titles={"giver": "금나래", "taker": "채한솔", "witness": "방누리"})

    assert row_title(handovers, row) == "금나래 · 채한솔"
    assert name_of(handovers, row) == ""


def test_only_words_give_way_where_columns_have_too_little_room() -> None:
    assert widths([100, 300, 200], 400, [100, 104, 104]) == [100, 150, 150]
    assert widths([100, 300, 90], 280, [100, 104, 90]) == [100, 104, 90]
    assert widths([100, 300], 500, [100, 104]) == [100, 300]


def test_what_is_left_goes_to_words_when_a_number_comes_last() -> None:
    assert spread([100, 200, 60], 500, 1) == [100, 340, 60]
    assert spread([100, 200, 60], 500, None) == [100, 200, 60]
    assert spread([100, 200, 60], 300, 1) == [100, 200, 60]


def test_a_record_called_by_its_first_day_is_called_by_its_last_one_too() -> None:
    first, last = Field("first", "From", Kind.DATE, ends="last"), Field("last", "To", Kind.DATE)
    reviews = replace(HOLDINGS, title_field="first", fields=(first, last))
    days = {"first": date(2026, 11, 1), "last": date(2026, 11, 30)}

    assert row_title(reviews, Row(1, "LR-1", days)) == "2026-11-01 – 2026-11-30"
    assert row_title(reviews, Row(1, "LR-1", {**days, "last": None})) == "2026-11-01"
