"""Columns find their fields: by name in both languages, by content, as asked, as remembered."""

from __future__ import annotations

from pathlib import Path

import pytest

from privdesk.core.fields import Field, Kind
from privdesk.core.normal import DateOrder, DateRules
from privdesk.exchange import errors
from privdesk.exchange.mapping import (
    Mapping,
    fingerprint,
    from_json,
    missing,
    plan,
    recogniser,
    require_ready,
    unsettled,
    with_dates,
)
from privdesk.exchange.reading import open_source
from privdesk.exchange.source import Source
from tests.exchange.people import COLLECTED, EMAIL, NAME, PEOPLE, PHONE, take, write


def source_of(folder: Path, text: str) -> Source:
    return open_source(write(folder / "list.csv", text), known=recogniser(PEOPLE))


def mapped(folder: Path, text: str, *asked: str) -> dict[str, str]:
    with source_of(folder, text) as source:
        mapping = plan(source, PEOPLE, asked=asked)
    return dict(zip(mapping.header, mapping.fields, strict=True))


@pytest.mark.parametrize(
    ("head", "field"),
    [
        ("name", "name"),
        ("Name", "name"),
        ("이름", "name"),
        ("성 명", "name"),
        ("고객명", "name"),
        ("성명(한글)", "name"),
        ("Customer Name", "name"),
        ("휴대전화", "phone"),
        ("휴대폰 번호", "phone"),
        ("연락처*", "phone"),
        ("Tel.", "phone"),
        ("MOBILE_NO", "phone"),
        ("Telephone", "phone"),
        ("E-Mail 주소", "email"),
        ("고객 이메일", "email"),
        ("전자우편(필수)", "email"),
        ("ｅ－ｍａｉｌ", "email"),
        ("가입일자", "collected_on"),
        ("수집일 (YYYY-MM-DD)", "collected_on"),
        ("Collected on", "collected_on"),
        ("회원번호", "source_id"),
        ("customer_id", "source_id"),
        ("메모", ""),
    ],
)
def test_a_column_is_known_by_its_name(tmp_path: Path, head: str, field: str) -> None:
    assert mapped(tmp_path, f"{head},x\nvalue,y\n")[head] == field


def test_the_surest_name_wins_a_field(tmp_path: Path) -> None:
    assert mapped(tmp_path, "연락처,Telephone\n1,2\n") == {"연락처": "", "Telephone": "phone"}


def test_columns_with_names_unknown_are_known_by_what_they_hold(tmp_path: Path) -> None:
    text = "가,나,다,라,마\n" + "".join(
        f"{name},010-1111-222{n},user{n}@example.com,2013.02.0{n},서울\n"
        for n, name in enumerate(("김하늘", "이가람", "박나래", "최다온"), 1)
    )

    with source_of(tmp_path, text) as source:
        mapping = plan(source, PEOPLE)

    assert mapping.fields == ("name", "phone", "email", "collected_on", "")
    assert mapping.how[:4] == ("content",) * 4
    assert mapping.guessed[0] == ("가", "name")
    assert mapping.left_out == ("마",)


def test_what_belongs_to_somebody_else_is_not_taken_for_a_field(tmp_path: Path) -> None:
    text = "이름,담당자 연락처,생년월일,최종접속일\n" + "".join(
        f"{name},010-1111-2222,1980-01-0{n},2024-05-0{n}\n"
        for n, name in enumerate(("김하늘", "이가람", "박나래"), 1)
    )

    assert mapped(tmp_path, text) == {
        "이름": "name",
        "담당자 연락처": "",
        "생년월일": "",
        "최종접속일": "",
    }


def test_two_columns_that_look_alike_are_left_to_the_user(tmp_path: Path) -> None:
    text = "name,a,b\nKim,010-1111-2222,010-3333-4444\nLee,010-1111-2222,010-3333-4444\n"

    assert mapped(tmp_path, text) == {"name": "name", "a": "", "b": ""}


def test_what_is_asked_for_goes_before_what_is_guessed(tmp_path: Path) -> None:
    text = "이름,별명,전화\n김하늘,하늘이,010-1111-2222\n"

    assert mapped(tmp_path, text, "별명=name", "전화=") == {"이름": "", "별명": "name", "전화": ""}
    assert mapped(tmp_path, text, "별명 = Name")["별명"] == "name"


@pytest.mark.parametrize(
    ("pair", "error", "tells"),
    [
        ("별명", errors.MapSyntaxError, "COLUMN=FIELD"),
        ("nick=name", errors.UnknownColumnError, "이름, 별명, 전화"),
        ("별명=nickname", errors.UnknownFieldError, "source_id, name, phone"),
    ],
)
def test_an_unknown_name_is_told_with_those_that_exist(
    tmp_path: Path, pair: str, error: type[Exception], tells: str
) -> None:
    with pytest.raises(error, match=tells):
        mapped(tmp_path, "이름,별명,전화\n김하늘,하늘이,010-1111-2222\n", pair)


def test_one_field_cannot_be_asked_for_twice(tmp_path: Path) -> None:
    with pytest.raises(errors.FieldTwiceError):
        mapped(tmp_path, "a,b\nKim,Lee\n", "a=name", "b=name")


def test_a_computed_field_cannot_be_filled(tmp_path: Path) -> None:
    expiry = Field("expiry", "Expiry", Kind.DATE, computed=True)
    path = write(tmp_path / "list.csv", "name,expiry\nKim,2013-02-01\n")

    rows, _ = take(path, fields=(NAME, expiry))

    assert rows == [{"name": "Kim"}]
    with pytest.raises(errors.UnknownFieldError):
        take(path, "expiry=expiry", fields=(NAME, expiry))


def test_a_repeated_column_has_to_be_named(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", "name,전화,전화\nKim,010-1111-2222,010-3333-4444\n")

    with pytest.raises(errors.DuplicateColumnError, match=r"전화 \(2\)"):
        take(path)
    assert take(path, "전화 (2)=phone")[0][0]["phone"] == "010-3333-4444"
    assert take(path, "전화=phone")[0][0]["phone"] == "010-1111-2222"


def test_a_list_without_any_known_column_is_told(tmp_path: Path) -> None:
    with pytest.raises(errors.NoColumnMatchesError, match=r"first row.*source_id, name"):
        take(write(tmp_path / "list.csv", "a,b\nx,y\n"))


def test_a_required_field_without_a_column_is_told(tmp_path: Path) -> None:
    with pytest.raises(errors.FieldMissingError, match=r"fills name"):
        take(write(tmp_path / "list.csv", "전화,메모\n010-1111-2222,x\n"))


def test_what_is_missing_can_be_shown_before(tmp_path: Path) -> None:
    with source_of(tmp_path, "전화,메모\n010-1111-2222,x\n") as source:
        mapping = plan(source, PEOPLE)

        assert missing(mapping, PEOPLE) == (NAME,)
        assert missing(mapping, PEOPLE, given=["name"]) == ()
        require_ready(source, mapping, PEOPLE, partial=True)


def test_a_mapping_is_remembered_by_its_columns(tmp_path: Path) -> None:
    with source_of(tmp_path, "별명,전화,가입일\nKim,010-1111-2222,01/02/2013\n") as source:
        day_first = DateRules(DateOrder.DAY_FIRST)
        first = plan(source, PEOPLE, asked=["별명=name"], answer=day_first)
    kept = from_json(first.to_json())

    with source_of(tmp_path, "가입일, 전화 ,별명\n03/04/2013,010-1111-2222,Lee\n") as source:
        assert fingerprint(source.header) == kept.fingerprint
        again = plan(source, PEOPLE, remembered=kept)

    assert again.fields == ("collected_on", "phone", "name")
    assert again.how == ("remembered",) * 3
    assert again.rules["collected_on"].order is DateOrder.DAY_FIRST


def test_a_mapping_of_other_columns_is_not_applied(tmp_path: Path) -> None:
    kept = Mapping(("a", "b"), ("name", ""), ("asked", ""))

    with source_of(tmp_path, "a,이름\nx,김하늘\n") as source:
        assert plan(source, PEOPLE, remembered=kept).fields == ("", "name")


def test_a_remembered_field_that_is_gone_is_forgotten(tmp_path: Path) -> None:
    kept = Mapping(("a", "이름"), ("fax", "name"), ("asked", "name"))

    with source_of(tmp_path, "a,이름\nx,김하늘\n") as source:
        assert plan(source, PEOPLE, remembered=kept).fields == ("", "name")


@pytest.mark.parametrize("text", ["", "[]", '{"columns": {}}', '{"columns": 1, "rules": 2}'])
def test_a_damaged_memory_is_told(text: str) -> None:
    with pytest.raises(errors.StaleMappingError):
        from_json(text)


def test_what_is_remembered_holds_names_of_columns_only(tmp_path: Path) -> None:
    with source_of(tmp_path, "이름,전화\n김하늘,010-1111-2222\n") as source:
        kept = plan(source, PEOPLE).to_json()

    assert "김하늘" not in kept
    assert "1111" not in kept


def test_dates_of_two_readings_are_asked_about(tmp_path: Path) -> None:
    path = write(tmp_path / "list.csv", "name,가입일\nKim,01/02/2013\n")

    with source_of(tmp_path, "name,가입일\nKim,01/02/2013\n") as source:
        mapping = plan(source, PEOPLE)
        assert unsettled(source, mapping) == (("collected_on", "가입일", "01/02/2013"),)
        answered = with_dates(source, mapping, PEOPLE, DateRules(DateOrder.MONTH_FIRST))
        assert unsettled(source, answered) == ()
    with pytest.raises(errors.DateOrderNeededError, match="01/02/2013"):
        take(path)


def test_a_date_far_down_the_column_proves_the_order(tmp_path: Path) -> None:
    rows = "Kim,01/02/2013\n" * 1_000

    with source_of(tmp_path, f"name,가입일\n{rows}Lee,25/02/2013\n") as source:
        mapping = plan(source, PEOPLE)

        assert mapping.rules["collected_on"].order is DateOrder.DAY_FIRST


def test_a_column_of_day_numbers_is_read_as_dates(tmp_path: Path) -> None:
    rows, rejects = take(write(tmp_path / "list.csv", "name,가입일\nKim,41306\nLee,41307\n"))

    assert [str(row["collected_on"]) for row in rows] == ["2013-02-01", "2013-02-02"]
    assert rejects == []


def test_choosing_another_column_frees_the_first(tmp_path: Path) -> None:
    with source_of(tmp_path, "이름,별명\n김하늘,하늘\n") as source:
        mapping = plan(source, (NAME, PHONE, EMAIL, COLLECTED))

    assert mapping.with_column("별명", "name").fields == ("", "name")
    assert mapping.with_column("이름", "").fields == ("", "")
