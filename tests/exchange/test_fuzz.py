"""Whatever is in a file: rows, rejects or a sentence, never a traceback."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from privdesk.core.errors import DomainError
from privdesk.exchange.writing import export
from tests.exchange.people import EMAIL, NAME, PHONE, take
from tests.spoiling import spoiled

FIELDS = (NAME, PHONE, EMAIL)
ROWS = [(f"김하늘{n}", "010-1111-2222", f"user{n}@example.com") for n in range(30)]


def survives(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    try:
        take(path, fields=FIELDS)
    except DomainError as why:
        why.sentence()


@pytest.mark.parametrize("ending", [".csv", ".json", ".xlsx"])
@pytest.mark.parametrize("seed", range(4))
def test_a_spoiled_file_gets_a_sentence_at_most(tmp_path: Path, ending: str, seed: int) -> None:
    path = tmp_path / f"list{ending}"
    export(path, FIELDS, ROWS)
    content = path.read_bytes()
    chance = random.Random(seed)

    for _ in range(60):
        survives(path, spoiled(content, chance))


@pytest.mark.parametrize("seed", range(4))
def test_a_workbook_spoiled_inside_gets_a_sentence_at_most(tmp_path: Path, seed: int) -> None:
    path = tmp_path / "list.xlsx"
    export(path, FIELDS, ROWS)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    chance = random.Random(seed)

    for _ in range(60):
        victim = chance.choice(sorted(parts))
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, spoiled(part, chance) if name == victim else part)
        survives(path, stream.getvalue())


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.one_of(
        st.binary(max_size=200),
        st.text("name,phone\n\r\t;|\"'=0가\0", max_size=80).map(str.encode),
        st.text('[]{}",:name01\\u\n ', max_size=60).map(lambda text: f"[{{{text}".encode()),
    )
)
def test_any_bytes_get_a_sentence_at_most(tmp_path: Path, content: bytes) -> None:
    survives(tmp_path / "list.csv", content)
    survives(tmp_path / "list.json", content)
