"""What was said of edits, and whether the vault holds all of it and nothing else."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from privdesk.core.register import Query, Row
from privdesk.registers.desk import Desk
from privdesk.vault import attachments
from tests.faults import edits
from tests.faults.edits import CONSENTS, DONE, ENTRIES, PARTNERS, PEOPLE, REQUESTS, STAFF, kind_of

T = TypeVar("T")
_REGISTERS = {register for entries in ENTRIES.values() for _action, register in entries}


class Books:
    """What of the edits that were begun has to be in the vault."""

    def __init__(self, desk: Desk, said: Path) -> None:
        self._said = said
        self._known: set[int] = set()  # edits of which it is known whether they are there
        self._there: set[int] = set()
        self._name = _somebody(desk)
        self._entries = desk.journal.frontier().size

    @property
    def committed(self) -> int:
        """How many edits are there."""
        return len(self._there)

    def check(self, desk: Desk) -> int:
        """Assert that all that was said to be done is there; return how many were cut off.

        Of those, all is there or nothing.
        """
        told = edits.said_in(self._said)
        fresh = {turn for _what, turn in told} - self._known
        done = {turn for what, turn in told if what == DONE} & fresh
        cut = fresh - done
        assert len(cut) <= 1
        self._known |= fresh
        self._there |= done | {turn for turn in cut if self._shows(desk, turn)}
        assert _staff(desk) == {
            f"N-{turn}": edits.called(turn + (turn + 1 in self._there)) for turn in self._of("join")
        }
        assert _cases(desk) == {f"S-{turn}": self._case(turn) for turn in self._of("ask")}
        for register, what in PARTNERS.items():
            assert _named(desk, register, what) == {f"{what} {n}" for n in self._of("hire")}
        assert _somebody(desk) == self._last("correct", edits.called, self._name)
        assert _evidence(desk) == self._last("scan", edits.paper, b"")
        self._check_journal(desk)
        return len(cut)

    def _check_journal(self, desk: Desk) -> None:
        """Assert that each edit that is there, and no other, has its entries."""
        entries = desk.journal.entries(self._entries, 1 << 30)
        found = Counter((e.action, e.register) for e in entries if e.register in _REGISTERS)
        assert found == Counter(each for n in self._there for each in ENTRIES[kind_of(n)])

    def _of(self, kind: str) -> list[int]:
        return sorted(turn for turn in self._there if kind_of(turn) == kind)

    def _last(self, kind: str, value: Callable[[int], T], otherwise: T) -> T:
        found = self._of(kind)
        return value(found[-1]) if found else otherwise

    def _case(self, asked: int) -> tuple[str, list[bytes]]:
        papers = [edits.paper(asked + 1)] if asked + 1 in self._there else []
        return ("withdrawn" if asked + 3 in self._there else "received"), papers

    def _shows(self, desk: Desk, turn: int) -> bool:
        """Whether any of an edit that was cut off is there."""
        kind = kind_of(turn)
        if kind in ("join", "rename"):
            return edits.called(turn) in _staff(desk).values()
        if kind == "ask":
            return f"S-{turn}" in _cases(desk)
        if kind == "enclose":
            return bool(_cases(desk)[f"S-{turn - 1}"][1])
        if kind == "drop":
            return _cases(desk)[f"S-{turn - 3}"][0] == "withdrawn"
        if kind == "correct":
            return _somebody(desk) == edits.called(turn)
        if kind == "scan":
            return _evidence(desk) == edits.paper(turn)
        return any(f"{what} {turn}" in _named(desk, r, what) for r, what in PARTNERS.items())


def _rows(desk: Desk, register: str) -> list[Row]:
    service = desk.service(register)
    found: list[Row] = service.rows([r.id for r in service.find(Query(sort="id"))], reveal=True)
    return found


def _staff(desk: Desk) -> dict[str, str]:
    return {str(r.values["staff_no"]): str(r.values["name"]) for r in _rows(desk, STAFF)}


def _named(desk: Desk, register: str, what: str) -> set[str]:
    found = {str(row.values["name"]) for row in _rows(desk, register)}
    return {name for name in found if name.startswith(f"{what} ")}


def _cases(desk: Desk) -> dict[str, tuple[str, list[bytes]]]:
    return {
        str(row.values["source_no"]): (row.state, _files(desk, row.id))
        for row in _rows(desk, REQUESTS)
    }


def _somebody(desk: Desk) -> str:
    return str(_rows(desk, PEOPLE)[0].values["name"])


def _evidence(desk: Desk) -> bytes:
    (found,) = _files(desk, _rows(desk, CONSENTS)[0].id) or [b""]
    return found


def _files(desk: Desk, owner: int) -> list[bytes]:
    return [attachments.read(desk.vault, n) for n in attachments.of_owner(desk.vault, owner)]
