"""What a scan says for itself: whose code it carries, and whether it is the sheet as printed."""

from __future__ import annotations

import re
from collections.abc import Sequence

from privdesk.core.errors import DomainError
from privdesk.core.register import Row
from privdesk.registers.desk import Desk
from privdesk.registers.pledges import tags
from privdesk.vault import attachments


class OtherSheetCodeError(DomainError):
    """{file} carries the code of {other}, not that of {ref}. Nothing was changed; choose the scan
    of this person’s sheet.
    """


class AsPrintedError(DomainError):
    """{file} is the sheet of {ref} as it was printed: nobody has signed it. Nothing was changed;
    choose the scan of the signed sheet.
    """


def require_own(desk: Desk, row: Row, data: bytes, file: str) -> None:
    """Refuse a scan with another pledge's code, and the very sheet that was printed.

    A scan without a code is taken: it may be of a sheet from before there was one.
    """
    from privdesk.documents import stacks

    ours, printed = tags.short(desk.vault.header.vault), Printed(desk)
    for page in stacks.read(data, file, lambda text: tags.read(text) is not None):
        for tag in filter(None, map(tags.read, page.codes)):
            if (tag.vault, tag.ref) != (ours, row.ref):
                raise OtherSheetCodeError(file=file, other=tag.ref, ref=row.ref)
            if printed.same(row, data, page.number, tag.page):
                raise AsPrintedError(file=file, ref=row.ref)


class Printed:
    """The sheets as they were printed, alone or in a stack for many; each paper is read once."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._read: dict[str, tuple[bytes, Sequence[str]]] = {}

    def same(self, row: Row, data: bytes, number: int, page: int) -> bool:
        """Whether a page of a file, counted from 0, is page ``page`` of the sheet as printed."""
        from privdesk.documents import stacks

        sheet = str(row.values["sheet"] or "")
        if not sheet or not stacks.has_text(data, number):
            return False  # a scan is a picture
        printed = self.pages(sheet)
        return bool(printed) and stacks.same_page(data, number, printed, page - 1)

    def pages(self, number: str) -> bytes:
        """Return the pages that bear a number: of a paper of its own all, of a run those alone."""
        from privdesk.documents import stacks

        run, slash, _at = number.partition("/")
        if run not in self._read:
            self._read[run] = self._kept(run)
        data, texts = self._read[run]
        if not slash or not data:
            return data
        bears = re.compile(rf"{re.escape(number)}(?!\d)")
        found = [at for at, text in enumerate(texts) if bears.search(text)]
        return stacks.pick(data, run, found) if found else b""

    def _kept(self, run: str) -> tuple[bytes, Sequence[str]]:
        from privdesk.documents.preview import page_texts

        sql = "SELECT file FROM documents WHERE number = ? AND file IS NOT NULL ORDER BY id DESC"
        kept = self._desk.vault.raw.execute(sql, (run,)).fetchone()
        if kept is None:
            return b"", ()
        data = attachments.read(self._desk.vault, kept[0])
        return data, page_texts(data)
