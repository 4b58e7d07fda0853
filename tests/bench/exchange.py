"""How fast lists are read, checked and written: ``python -m tests.bench.exchange [ROWS]``."""

from __future__ import annotations

import csv
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.exchange.mapping import plan, recogniser
from privdesk.exchange.reading import open_source
from privdesk.exchange.rows import read_chunks
from privdesk.exchange.writing import export
from tests.exchange.messy import GIVEN, SURNAMES

FIELDS = (
    Field("source_id", "Source id"),
    Field("name", "Name", Kind.NAME, Audience.PERSONAL, required=True),
    Field("phone", "Telephone", Kind.PHONE, Audience.PERSONAL),
    Field("email", "E-mail", Kind.EMAIL, Audience.PERSONAL),
    Field("purpose", "Purpose", Kind.LINK, required=True, links_to="purposes"),
    Field("collected_on", "Collected on", Kind.DATE, required=True),
    Field("consent", "Consent", Kind.CHOICE, choices=(Choice("given", "Given"),)),
)
HEADER = "회원번호,성명,휴대전화,이메일,처리 목적,수집일자"


def people(path: Path, rows: int, encoding: str = "utf-8") -> None:
    """Write a list of invented people."""
    chance = random.Random(7)
    names = [surname + given for surname in SURNAMES for given in GIVEN]
    days = [(date(2018, 1, 1) + timedelta(days=n)).isoformat() for n in range(2_500)]
    with path.open("w", encoding=encoding, newline="") as stream:
        stream.write(HEADER + "\r\n")
        for number in range(rows):
            digits = chance.randrange(100_000_000)
            phone = f"010-{digits // 10_000:04}-{digits % 10_000:04}"
            if number % 5 == 0:
                phone = phone.replace("-", "")
            stream.write(
                f"M-{number:07},{names[chance.randrange(len(names))]},{phone},"
                f"user{number}@example.com,상담 처리,{days[chance.randrange(len(days))]}\r\n"
            )


def run(rows: int = 1_000_000) -> dict[str, float]:
    """Return seconds for reading a list of ``rows`` people in two encodings, and peak memory."""
    figures: dict[str, float] = {"rows": rows}
    with tempfile.TemporaryDirectory() as folder:
        for encoding in ("utf-8", "cp949"):
            path = Path(folder, f"{encoding}.csv")
            people(path, rows, encoding)
            start = time.perf_counter()
            taken = _read(path)
            figures[f"read_{encoding}_seconds"] = time.perf_counter() - start
            if taken != rows:
                raise AssertionError(f"{taken} of {rows} rows were taken")
        figures["yardstick_csv_alone_seconds"] = _csv_alone(Path(folder, "utf-8.csv"))
        for ending in (".csv", ".xlsx", ".json"):
            start = time.perf_counter()
            export(Path(folder, f"out{ending}"), FIELDS[:6], _values(rows // 10))
            figures[f"write_tenth{ending}_seconds"] = time.perf_counter() - start
    figures["peak_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return figures


def _read(path: Path) -> int:
    with open_source(path, known=recogniser(FIELDS)) as source:
        mapping = plan(source, FIELDS)
        return sum(len(chunk.rows) for chunk in read_chunks(source, mapping, FIELDS))


def _csv_alone(path: Path) -> float:
    """Return how long Python's own reader takes for the same file, doing nothing with it."""
    start = time.perf_counter()
    with path.open(encoding="utf-8", newline="") as stream:
        for _row in csv.reader(stream):
            pass
    return time.perf_counter() - start


def _values(rows: int) -> Iterator[tuple[Any, ...]]:
    day = date(2018, 1, 1)
    for number in range(rows):
        yield (f"M-{number:07}", "김하늘", "010-1111-2222", f"u{number}@example.com", "상담", day)


if __name__ == "__main__":
    for figure, value in run(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000).items():
        print(f"{figure:24} {value:12,.2f}")
