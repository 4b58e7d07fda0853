"""Rejected rows come out as a list that goes in again once it is corrected."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from privdesk.core.i18n import words
from privdesk.exchange.mapping import plan
from privdesk.exchange.reading import open_source
from privdesk.exchange.rejects import RejectsFile
from privdesk.exchange.rows import read_chunks
from tests.exchange.people import PEOPLE, take, write

LIST = (
    "이름,전화,,메모\n"
    "김하늘,010-1111-2222,,첫 방문\n"
    "이가람,010-1,a,'=1+1\n"
    ',010-3333-4444,,"두\n줄"\n'
    "박나래,,,x,y\n"
    "최다온\n"
)


def rejected(path: Path, out: Path, language: str = "en") -> int:
    with open_source(path) as source:
        with RejectsFile(out, source.layout, words(language)) as file:
            for chunk in read_chunks(source, plan(source, PEOPLE), PEOPLE):
                file.add(chunk.rejects)
        return file.count


def test_rejects_show_the_original_row_and_what_is_wrong(tmp_path: Path) -> None:
    out = tmp_path / "rejects.csv"

    assert rejected(write(tmp_path / "list.csv", LIST, "cp949"), out) == 4
    with out.open(encoding="utf-8-sig", newline="") as stream:
        lines = list(csv.reader(stream))

    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert lines[0] == ["이름", "전화", "", "메모", "Row number", "Column", "Value", "Cause"]
    assert [line[:8] for line in lines[1:]] == [
        ["이가람", "010-1", "a", "'=1+1", "3", "전화", "010-1", "This is no telephone number."],
        ["", "010-3333-4444", "", "두\n줄", "4", "이름", "", "A value is required here."],
        ["박나래", "", "", "x", "5", "", "y", "The row has 5 cells, the list 4 columns."],
        ["최다온", "", "", "", "6", "", "", "The row has 1 cells, the list 4 columns."],
    ]


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_corrected_rejects_file_goes_in_again(tmp_path: Path, language: str) -> None:
    out = tmp_path / "rejects.csv"
    rejected(write(tmp_path / "list.csv", LIST), out, language)

    text = out.read_text(encoding="utf-8-sig").replace("이가람,010-1,", "이가람,010-1111-3333,")
    corrected = write(tmp_path / "corrected.csv", text, "utf-8-sig")
    with open_source(corrected) as source:
        assert source.header == ("이름", "전화", "(C)", "메모")
    rows, rejects = take(corrected)

    assert [row["name"] for row in rows] == ["이가람", "박나래", "최다온"]
    assert [reject.cells for reject in rejects] == [("", "010-3333-4444", "", "두\n줄")]


def test_without_rejects_there_is_no_file(tmp_path: Path) -> None:
    out = tmp_path / "rejects.csv"

    assert rejected(write(tmp_path / "list.csv", "name\nKim\n"), out) == 0
    assert not out.exists()


def test_an_import_that_fails_leaves_no_rejects(tmp_path: Path) -> None:
    out = tmp_path / "rejects.csv"
    rows = "Kim,x\n" * 9_000
    path = write(tmp_path / "list.csv", f'name,전화\n{rows}"Lee,\n')

    with pytest.raises(Exception, match="never closed"):
        rejected(path, out)
    assert [entry.name for entry in tmp_path.iterdir()] == ["list.csv"]
