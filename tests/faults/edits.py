"""Edits of several registers, one after another, each said to be done only once it is committed.

An edit is told by its number alone, so that whoever reads what was said knows what was meant. They
come in rounds: somebody joins and is renamed, a case is taken down, gets a scan and is withdrawn.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

from privdesk.core.register import Query
from privdesk.registers.desk import Change, Desk
from tests.copies import open_as

STAFF, REQUESTS, PEOPLE, CONSENTS = "staff", "requests", "subjects", "consents"
PARTNERS = {"places": "System", "processors": "Processor"}  # register, and what its records are
ENTRIES = {  # what each kind of edit leaves in the journal
    "join": (("record.created", STAFF),),
    "rename": (("record.changed", STAFF),),
    "ask": (("record.created", REQUESTS),),
    "enclose": (("record.created", "enclosures"), ("request.attached", REQUESTS)),
    "correct": (("record.changed", PEOPLE),),
    "drop": (("request.withdrawn", REQUESTS),),
    "scan": (("record.changed", CONSENTS),),
    "hire": tuple(("record.created", register) for register in PARTNERS),
}
KINDS = tuple(ENTRIES)
BEGUN, DONE = "begun", "done"
TORN, EARLY = "torn", "early"


def run(begun: str, vault: Path, said: Path, fault: str = "", turns: int = 0) -> None:
    """Edit for ever or so many times; say of each edit that it begins, and then that it is done.

    ``fault`` is for the controls alone: the journal is written in a transaction of its own, or
    an edit is said to be done before it is.
    """
    desk = open_as(vault)
    if fault == TORN:
        _tear(desk)
    numbers = [number for _what, number in said_in(said)]
    file = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    Path(begun).touch()
    first = (max(numbers, default=-1) // len(KINDS) + 1) * len(KINDS)
    for turn in range(first, first + turns) if turns else count(first):
        _say(file, BEGUN, turn)
        if fault == EARLY:
            _say(file, DONE, turn)
        _STEPS[kind_of(turn)](desk, said.parent, turn)
        if fault != EARLY:
            _say(file, DONE, turn)
    desk.vault.close()


def said_in(said: Path) -> list[tuple[str, int]]:
    """Return what was said of which edits, in order."""
    lines = said.read_text("ascii").splitlines() if said.exists() else []
    return [(what, int(number)) for what, number in (line.split() for line in lines)]


def kind_of(turn: int) -> str:
    """Return what an edit does."""
    return KINDS[turn % len(KINDS)]


def paper(turn: int) -> bytes:
    """Return the scan that an edit keeps, of more than one chunk."""
    return b"%PDF-1.7\n" + sha256(str(turn).encode()).digest() * 3000


def called(turn: int) -> str:
    """Return the name that an edit gives."""
    return "".join("가나다라마바사아자차"[int(digit)] for digit in f"{turn:05}")


def given(desk: Desk) -> dict[str, object]:
    """Return a consent of somebody to the first purpose."""
    purpose = desk.service("purposes").find(Query(sort="ref"))[0].ref
    return {
        "kind": "given",
        "subject": _first(desk, PEOPLE),
        "purpose": purpose,
        "at": "2026-11-02",
    }


def _say(file: int, what: str, turn: int) -> None:
    os.write(file, f"{what} {turn}\n".encode())
    os.fsync(file)


def _tear(desk: Desk) -> None:
    """Have every change committed first and journalled afterwards."""
    append, change = desk.journal.append, desk.change
    waiting: list[tuple[Any, ...]] = []

    @contextmanager
    def torn() -> Iterator[Change]:
        with change() as under_way:
            yield under_way
        while waiting and desk.open_change is None:
            with desk.vault.transaction():
                append(*waiting.pop(0))

    vars(desk.journal)["append"] = lambda *told: waiting.append(told)
    vars(desk)["change"] = torn


def _first(desk: Desk, register: str) -> str:
    return str(desk.service(register).find(Query(sort="id"), 1)[0].ref)


def _newest(desk: Desk, register: str) -> str:
    return str(desk.service(register).find(Query(sort="id", descending=True), 1)[0].ref)


def _join(desk: Desk, _folder: Path, turn: int) -> None:
    told = {"name": called(turn), "staff_no": f"N-{turn}", "category": "a"}
    desk.service(STAFF).create({**told, "joined": "2026-03-02"})


def _rename(desk: Desk, _folder: Path, turn: int) -> None:
    desk.service(STAFF).update(_newest(desk, STAFF), {"name": called(turn)})


def _ask(desk: Desk, _folder: Path, turn: int) -> None:
    told = {"kind": "access", "channel": "phone", "source_no": f"S-{turn}"}
    desk.service(REQUESTS).create({**told, "subject": _first(desk, PEOPLE)})


def _enclose(desk: Desk, folder: Path, turn: int) -> None:
    path = folder / "scan.pdf"
    path.write_bytes(paper(turn))
    desk.service(REQUESTS).attach([_newest(desk, REQUESTS)], file=str(path), what="other")


def _correct(desk: Desk, _folder: Path, turn: int) -> None:
    desk.service(PEOPLE).update(_first(desk, PEOPLE), {"name": called(turn)})


def _drop(desk: Desk, _folder: Path, turn: int) -> None:
    """Take a step of a case: it is withdrawn."""
    desk.service(REQUESTS).withdraw([_newest(desk, REQUESTS)], reason=called(turn))


def _scan(desk: Desk, folder: Path, turn: int) -> None:
    """Put another scan in the place of a consent's evidence."""
    path = folder / "evidence.pdf"
    path.write_bytes(paper(turn))
    desk.service(CONSENTS).act("evidence", [_first(desk, CONSENTS)], {"file": str(path)})


def _hire(desk: Desk, _folder: Path, turn: int) -> None:
    """Enter a processor and the system it works on: two registers, one transaction."""
    with desk.change():
        told = {"name": f"System {turn}", "kind": "system", "medium": "electronic"}
        desk.service("places").create(told)
        desk.service("processors").create({"name": f"Processor {turn}"})


_DO = (_join, _rename, _ask, _enclose, _correct, _drop, _scan, _hire)
_STEPS: dict[str, Callable[[Desk, Path, int], None]] = dict(zip(KINDS, _DO, strict=True))
