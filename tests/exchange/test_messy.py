"""A list of 20,000 rows with mess in it goes in, but for what cannot."""

from __future__ import annotations

from pathlib import Path

import pytest

from privdesk.core.fields import Audience, Field, Kind
from privdesk.exchange.mapping import plan, recogniser
from privdesk.exchange.reading import open_source
from privdesk.exchange.rows import read_chunks
from tests.exchange.messy import LEFT_OUT, messy_list
from tests.exchange.people import COLLECTED, EMAIL, NAME, PHONE, SOURCE_ID, take

PURPOSE = Field("purpose", "Purpose", Kind.LINK, Audience.OPEN, required=True)
INTAKE = (SOURCE_ID, NAME, PHONE, EMAIL, PURPOSE, COLLECTED)


@pytest.mark.parametrize(
    ("name", "encoding", "rows"),
    [
        ("list.csv", "utf-8-sig", 20_000),
        ("list.csv", "cp949", 20_000),
        ("list.tsv", "utf-16", 5_000),
        ("list.xlsx", "", 1_500),
    ],
)
def test_a_messy_list_goes_in(tmp_path: Path, name: str, encoding: str, rows: int) -> None:
    path = tmp_path / name
    mess = messy_list(path, rows, seed=3, encoding=encoding)

    with open_source(path, known=recogniser(INTAKE)) as source:
        mapping = plan(source, INTAKE)
        chunks = list(read_chunks(source, mapping, INTAKE))

    assert mapping.left_out == LEFT_OUT
    assert sum(len(chunk.rejects) for chunk in chunks) == mess.rejected
    assert sum(len(chunk.rows) for chunk in chunks) == rows - mess.rejected
    assert all(fault.column for c in chunks for r in c.rejects for fault in r.faults)


def test_encodings_and_endings_make_no_difference(tmp_path: Path) -> None:
    lists = []
    for name, encoding in (("a.csv", "utf-8"), ("b.tsv", "utf-16"), ("c.xlsx", "")):
        messy_list(tmp_path / name, 400, seed=5, encoding=encoding)
        lists.append(take(tmp_path / name, fields=INTAKE)[0])

    assert lists[0] == lists[1] == lists[2]
