"""Lists of invented people, read as any list from a file is, but never written to one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import islice

from privdesk.exchange.mapping import plan
from privdesk.exchange.report import Report
from privdesk.exchange.source import Layout, Numbered, Source
from privdesk.flows.importing.importers import importer_of
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress

_SAMPLE = 20
_BYTES_A_ROW = 60

# Column → field, in the order of the lists.
COLUMNS = {
    "고객번호": "source_id",
    "이름": "name",
    "휴대폰": "phone",
    "이메일": "email",
    "목적": "purpose",
    "개인정보파일": "file",
    "시스템": "place",
    "수집일": "collected_on",
    "종료일": "ended_on",
    "생년월일": "birth_date",
    "주소": "address",
    "상담내용": "inquiry",
    "학력·경력": "career",
    "제품 일련번호": "product_serial",
    "복지자격": "welfare",
}
SHORT = 9  # as many columns have the lists of customers alone

Rows = Callable[[], Iterator[Sequence[str]]]


class SampleList(Source):
    """A list that is made while it is read; ``rows`` makes it anew each time, in any process."""

    def __init__(self, name: str, width: int, rows: Rows, count: int) -> None:
        header = tuple(COLUMNS)[:width]
        sample = [(at, list(cells)) for at, cells in enumerate(islice(rows(), _SAMPLE), 2)]
        super().__init__(name, Layout("text", header, width, 1), sample)
        self._make, self._count, self._at = rows, max(count, 1), 0

    @property
    def size(self) -> int:
        """About what the file would have, in bytes."""
        return self._count * _BYTES_A_ROW

    @property
    def progress(self) -> float:
        """How much has been read, from 0 to 1."""
        return min(self._at / self._count, 1.0)

    def _records(self) -> Iterator[Numbered]:
        for at, cells in enumerate(self._make(), 1):
            self._at = at
            yield at + 1, cells


def take(desk: Desk, source: SampleList, progress: Progress | None = None) -> Report:
    """Take a list into the vault, as the officer would."""
    importer = importer_of(desk, "subjects")
    asked = [f"{column}={COLUMNS[column]}" for column in source.header]
    mapping = plan(source, importer.fields(), asked=asked)
    return importer.run(source, mapping, {}, progress or Progress())
