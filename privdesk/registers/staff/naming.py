"""Who of the staff is meant by a number or a name: read once, kept until somebody changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from privdesk.core.hangul import name_key
from privdesk.vault.payloads import OFFICE

if TYPE_CHECKING:
    from privdesk.registers.desk import Desk

SLOT_NAME, SLOT_NUMBER = 1, 2
_Stamp = tuple[int, ...]


class Names:
    """Staff numbers and names of everybody who is not void, as links are given by them.

    Kept while nobody of the staff is entered, changed or taken out of use; lists of thousands
    of rows ask for each row.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stamp: _Stamp = ()
        self._numbers: Mapping[str, list[int]] = {}
        self._names: Mapping[str, list[int]] = {}

    def forget(self) -> None:
        """Read again at the next question: somebody was changed."""
        self._stamp = ()

    def meant(self, text: str) -> list[int]:
        """Return who has this staff number, else whoever is called that."""
        self._read()
        key = name_key(text)
        return list(self._numbers.get(key) or self._names.get(key) or ())

    def _read(self) -> None:
        raw = self._desk.vault.raw
        counted = raw.execute(
            "SELECT count(*), coalesce(max(id), 0), (SELECT coalesce(max(number), 0) FROM journal)"
            " FROM staff WHERE state <> 'void'"
        ).fetchone()
        if self._stamp == tuple(counted):
            return
        if self._desk.open_change is not None:  # what it changed may be taken back
            self._desk.open_change.afterwards.add(self.forget)
        rows = raw.execute("SELECT id FROM staff WHERE state <> 'void' ORDER BY id").fetchall()
        sealed = self._desk.vault.payloads.read_many(OFFICE, [row[0] for row in rows])
        numbers: dict[str, list[int]] = {}
        names: dict[str, list[int]] = {}
        for who, told in sealed.items():
            for slot, known in ((SLOT_NUMBER, numbers), (SLOT_NAME, names)):
                if told.get(slot):
                    known.setdefault(name_key(told[slot]), []).append(who)
        self._numbers, self._names, self._stamp = numbers, names, tuple(counted)
