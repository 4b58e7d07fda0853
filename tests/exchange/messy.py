"""Lists of invented people as an IT team exports them, with everything that goes wrong in it."""

from __future__ import annotations

import csv
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

SURNAMES = "김이박최정강조윤장임한오서신권황안송류전홍고문양손배백허유남심노하곽성차주우구민"
_GIVEN = """가람 가온 나래 다온 다솔 라온 마루 미르 바름 별하 보람 빛나 새롬 서율 소담 슬기 아람
아름 여울 예솔 온유 우람 윤슬 은솔 이든 이솔 자람 정음 지안 찬솔 초롱 태오 하늘 하람 한결 한별 해솔
해담 현서 효린"""
GIVEN = _GIVEN.split()
FOREIGN = ("Ada Moon", "José Marín", "Zoë Lind", "Ngan Tran", "O'Neil, Sean", "Łucja Wolna")
PURPOSES = ("상담 처리", "서비스 이용", "이벤트 응모")
LEFT_OUT = ("등급", "메모")
HEADER = ("회원번호", "고객명", "휴대전화", "E-mail 주소", "처리 목적", "가입일자", "등급", "메모")


@dataclass(frozen=True)
class Mess:
    """What a list holds: how many rows, and how many of each kind of trouble."""

    rows: int
    rejected: int
    no_name: int
    bad_email: int
    bad_phone: int
    bad_date: int
    duplicates: int


_DATES: Sequence[Callable[[date], str]] = (
    lambda d: d.isoformat(),
    lambda d: f"{d:%Y.%m.%d}",
    lambda d: f"{d.year}. {d.month}. {d.day}.",
    lambda d: f"{d.year}년 {d.month}월 {d.day}일",
    lambda d: f"{d:%Y%m%d}",
    lambda d: f"{d.year}/{d.month}/{d.day}",
    lambda d: f"{d:%Y-%m-%d} 14:05:09",
)
_PHONES: Sequence[Callable[[str, str], str]] = (
    lambda a, b: f"010-{a}-{b}",
    lambda a, b: f"010{a}{b}",
    lambda a, b: f"010 {a} {b}",
    lambda a, b: f"+82 10-{a}-{b}",
    lambda a, b: f"010.{a}.{b}",
    lambda a, b: f"10{a}{b}",
    lambda a, b: f"０１０－{a}－{b}",
)
_BAD_EMAILS = ("하늘골뱅이example.com", "a@b@example.com", "@example.com", "kim.example.com")
_BAD_DATES = ("2013-02-30", "1812-05-01", "미정입니다", "9999-12-31")


def messy_list(
    path: Path, rows: int = 20_000, seed: int = 1, encoding: str = "utf-8-sig", ending: str = ""
) -> Mess:
    """Write a list by ``ending`` (or the path's own: .csv .tsv .xlsx) and say what is in it."""
    made = _rows(rows, random.Random(seed))
    ending = ending or path.suffix
    if ending == ".xlsx":
        _write_xlsx(path, made[0])
    else:
        _write_text(path, made[0], encoding, "\t" if ending == ".tsv" else ",")
    return made[1]


def _rows(count: int, chance: random.Random) -> tuple[list[list[str]], Mess]:
    table: list[list[str]] = []
    trouble = dict.fromkeys(("no_name", "bad_email", "bad_phone", "bad_date", "duplicates"), 0)
    rejected = 0
    for number in range(1, count + 1):
        if table and chance.random() < 0.01:
            table.append(list(chance.choice(table)))
            trouble["duplicates"] += 1
            rejected += _is_bad(table[-1])
            continue
        row = _person(number, chance)
        spoiled = chance.random()
        if spoiled < 0.01:
            row[1] = chance.choice(("", "   "))
            trouble["no_name"] += 1
        elif spoiled < 0.02:
            row[3] = chance.choice(_BAD_EMAILS)
            trouble["bad_email"] += 1
        elif spoiled < 0.03:
            row[2] = chance.choice(("010-123", "없는번호", "1.01235E+09"))
            trouble["bad_phone"] += 1
        elif spoiled < 0.04:
            row[5] = chance.choice(_BAD_DATES)
            trouble["bad_date"] += 1
        rejected += spoiled < 0.04
        table.append(row)
    return table, Mess(rows=count, rejected=rejected, **trouble)


def _is_bad(row: Sequence[str]) -> bool:
    return (
        not row[1].strip()
        or row[3] in _BAD_EMAILS
        or row[5] in _BAD_DATES
        or row[2] in ("010-123", "없는번호", "1.01235E+09")
    )


def _person(number: int, chance: random.Random) -> list[str]:
    korean = chance.random() < 0.97
    name = chance.choice(SURNAMES) + chance.choice(GIVEN) if korean else chance.choice(FOREIGN)
    if chance.random() < 0.02:
        name = f" {name[0]} {name[1:]} "
    a, b = f"{chance.randrange(10_000):04}", f"{chance.randrange(10_000):04}"
    email = f"user{number}@example.{chance.choice(('com', 'org', 'net'))}"
    if chance.random() < 0.05:
        email = email.upper()
    day = date(2015, 1, 1) + timedelta(days=chance.randrange(3_600))
    return [
        f"M-{number:07}",
        name,
        chance.choice(_PHONES)(a, b) if chance.random() < 0.95 else "",
        email if chance.random() < 0.9 else "",
        chance.choice(PURPOSES),
        chance.choice(_DATES)(day),
        chance.choice(("A", "B", "")),
        chance.choice(("", "", '"VIP"', "전화, 오전만", "첫 줄\n둘째 줄", "=합계")),
    ]


def _write_text(path: Path, table: Sequence[Sequence[str]], encoding: str, delimiter: str) -> None:
    errors = "replace" if encoding == "cp949" else "strict"
    with path.open("w", encoding=encoding, newline="", errors=errors) as stream:
        writer = csv.writer(stream, delimiter=delimiter)
        writer.writerow(HEADER)
        writer.writerows(table)


def _write_xlsx(path: Path, table: Sequence[Sequence[str]]) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("회원")
    sheet.append(["회원 명단"])
    sheet.append([])
    sheet.append(HEADER)
    for row in table:
        sheet.append([cell or None for cell in row[:7]] + ["" if row[7] == "=합계" else row[7]])
    book.save(path)
