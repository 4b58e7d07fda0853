"""Who of the staff is called what: read once, kept until somebody of the staff changes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from privdesk.core.hangul import name_key
from privdesk.vault.payloads import OFFICE

if TYPE_CHECKING:
    from privdesk.registers.desk import Desk

SLOT_NAME, SLOT_NUMBER, SLOT_LOGIN = 1, 2, 7
_SLOTS = (SLOT_NAME, SLOT_NUMBER, SLOT_LOGIN)
_Stamp = tuple[int, ...]
_STAMP = (
    "SELECT count(*), coalesce(max(id), 0), (SELECT coalesce(max(number), 0) FROM journal"
    " WHERE register = 'staff') FROM staff WHERE state <> 'void'"
)


class Called(NamedTuple):
    """Name, staff number and account in the vault of somebody.

    The name as it is written and as it is found, the number as it is found, the account as it
    is written.
    """

    name: str
    key: str
    number: str
    login: str


class Names:
    """Staff numbers and names of everybody, as links are given by them and lists are searched.

    Kept while nobody of the staff is entered, changed or taken out of use; lists of thousands
    of rows ask for each row. Nobody but this desk writes to the vault while it is open.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._stamp: _Stamp = ()
        self._seen = -1  # changes of the desk up to which the stamp is known to hold
        self._numbers: dict[str, list[int]] = {}
        self._names: dict[str, list[int]] = {}
        self._called: dict[int, Called] = {}

    def forget(self) -> None:
        """Read again at the next question: somebody was changed."""
        self._stamp, self._seen = (), -1

    def changed(self, who: int) -> None:
        """Read one person again, whom the change under way entered, changed or took out of use."""
        if not self._stamp:
            return
        row = self._desk.vault.raw.execute(
            "SELECT state <> 'void' FROM staff WHERE id = ?", (who,)
        ).fetchone()
        before = self._called.get(who)
        if before is not None:
            for key, known in ((before.number, self._numbers), (before.key, self._names)):
                if who in known.get(key, ()):
                    known[key].remove(who)
        told = self._desk.vault.payloads.read_many(OFFICE, [who], _SLOTS).get(who, {})
        self._take(who, told, lives=bool(row and row[0]))
        if self._desk.open_change is not None:  # what it changed may be taken back
            self._desk.open_change.afterwards.add(self.forget)

    def numbered(self, number: str) -> list[int]:
        """Return who of those not void has a staff number (a ``name_key``)."""
        self._read()
        return list(self._numbers.get(number, ()))

    def meant(self, text: str) -> list[int]:
        """Return who of those not void has this staff number, else whoever is called that."""
        self._read()
        key = name_key(text)
        return list(self._numbers.get(key) or self._names.get(key) or ())

    def everybody(self) -> Mapping[int, Called]:
        """Return what everybody is called, by number; also those taken out of use."""
        self._read()
        return self._called

    def _read(self) -> None:
        if self._seen == self._desk.changes:
            return
        counted = tuple(self._desk.vault.raw.execute(_STAMP).fetchone())
        if self._stamp != counted:
            self._fill()
        self._stamp, self._seen = counted, self._desk.changes
        if self._desk.open_change is not None:  # what it changed may be taken back
            self._desk.open_change.afterwards.add(self.forget)

    def _fill(self) -> None:
        raw = self._desk.vault.raw
        living = dict(raw.execute("SELECT id, state <> 'void' FROM staff ORDER BY id").fetchall())
        sealed = self._desk.vault.payloads.read_many(OFFICE, living, _SLOTS)
        self._numbers, self._names, self._called = {}, {}, {}
        for who, lives in living.items():
            self._take(who, sealed.get(who, {}), lives=bool(lives))

    def _take(self, who: int, told: Mapping[int, str], *, lives: bool) -> None:
        name, number, login = (told.get(slot, "") for slot in _SLOTS)
        one = self._called[who] = Called(name, name_key(name), name_key(number), login)
        for key, known in ((one.number, self._numbers), (one.key, self._names)):
            if key and lives:
                known.setdefault(key, []).append(who)
