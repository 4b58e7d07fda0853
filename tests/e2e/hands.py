"""Somebody who works in an office: the same verbs, by the command line or in the window."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from privdesk.core.clock import OFFICE_ZONE, FixedClock
from privdesk.core.register import Row
from privdesk.documents.preview import page_texts
from privdesk.flows import custody, opening
from privdesk.registers.desk import Desk
from tests.cli.office import Answer, Office, Templates
from tests.copies import copy_office, open_as
from tests.desks import ALICE, BORA

Given = str | list[str]
"""What is typed into a field; several links are a list of references."""


def korean(text: str) -> datetime:
    """Return a moment on the office's wall clock, written ``2026-11-23 12:00``."""
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE_ZONE).astimezone(UTC)


class Hand(ABC):
    """Plays one way of working; ``clock`` stands still until a story moves it."""

    name = ""

    def __init__(self, folder: Path, vault: Path, clock: FixedClock) -> None:
        self.folder, self.vault, self.clock = folder, vault, clock
        self._papers = 0

    def at(self, moment: str) -> None:
        """Go on at a later moment."""
        self.clock.moment = korean(moment)

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """Look at the vault beside the work, for what a test compares."""
        desk = open_as(self.vault, ALICE, self.clock)
        try:
            yield desk
        finally:
            desk.vault.close()

    def row(self, register: str, ref: str, *, clear: bool = False) -> Row:
        """Return a record as it stands in the vault."""
        with self.desk() as desk:
            service = desk.service(register)
            (found,) = service.rows([service.number(ref)], reveal=clear)
            row: Row = found
            return row

    def state(self, register: str, ref: str) -> str:
        """Return where a record stands."""
        return self.row(register, ref).state

    def orders(self, request: str) -> dict[str, str]:
        """Return the orders of a request by the name of their place; the vault's own under ''."""
        with self.desk() as desk:
            rows = desk.service("retrievals").of_request(desk.service("requests").number(request))
            return {r.titles["place"] if r.values["place"] else "": r.ref for r in rows}

    def pdf(self) -> Path:
        """Return where the next paper goes."""
        self._papers += 1
        return self.folder / f"paper-{self._papers}.pdf"

    # -- what each way does in its own manner

    @abstractmethod
    def find(self, text: str) -> list[str]:
        """Search people; return their references."""

    @abstractmethod
    def shown(self, text: str) -> str:
        """Return everything that the search shows for a text."""

    @abstractmethod
    def enter(self, register: str, **values: Given) -> str:
        """Enter a new record; return its reference."""

    @abstractmethod
    def not_entered(self, register: str, **values: Given) -> str:
        """Try to enter a record that is refused; return the sentence."""

    @abstractmethod
    def act(self, register: str, ref: str, action: str, **values: Given) -> str:
        """Do an action of a record; return what was said."""

    @abstractmethod
    def cannot(self, register: str, ref: str, action: str, **values: Given) -> str:
        """Try an action that is refused, or not even offered; return what is said."""

    @abstractmethod
    def paper(self, register: str, code: str, ref: str) -> str:
        """Issue a paper in the language it is meant for; return its words."""

    @abstractmethod
    def tasks(self) -> dict[str, str]:
        """Return what waits today: by reference, what is said."""

    @abstractmethod
    def destroy_child(self, consent: str) -> str:
        """Ask for the destruction of what no guardian agreed to; return its reference."""

    @abstractmethod
    def destroyed(self, ref: str) -> None:
        """Have the second officer approve and execute a destruction."""

    @abstractmethod
    def place_confirms(self, ref: str, place: str, on: str) -> None:
        """Enter that a place has destroyed what a destruction told it."""


class _Copies(Templates):
    """The one finished office, for those who copy from templates."""

    def __init__(self) -> None:
        """Nothing is made here."""

    def copy(self, name: str, folder: Path) -> None:
        """Copy the office."""
        copy_office(folder)


class Line(Hand):
    """The command line: each verb is a command that opens the vault and closes it."""

    name = "line"

    def __init__(
        self,
        folder: Path,
        clock: FixedClock,
        capsys: pytest.CaptureFixture[str],
        patch: pytest.MonkeyPatch,
    ) -> None:
        self.office = Office(folder, _Copies(), capsys)
        super().__init__(folder, self.office.vault, clock)

        def opened(vault: Path, name: str, passphrase: str) -> Desk:
            assert passphrase
            return open_as(vault, name, clock)

        patch.setattr(opening, "open_desk", opened)

    def run(self, *words: object, who: str = ALICE) -> Answer:
        """Run a command that succeeds."""
        answer = self.office.run(*words, who=who)
        assert answer.code == 0, answer.err
        return answer

    def find(self, text: str) -> list[str]:
        """Search people."""
        found = self.run("search", self.vault, text, "--json").json
        return [str(one["ref"]) for one in found if one["register"] == "subjects"]

    def shown(self, text: str) -> str:
        """Return what the search prints."""
        return self.run("search", self.vault, text).out

    def enter(self, register: str, **values: Given) -> str:
        """Enter a record with ``set``."""
        answer = self.run("set", self.vault, register, *_pairs(values), "--json")
        return str(answer.json["ref"])

    def not_entered(self, register: str, **values: Given) -> str:
        """Try ``set``."""
        return self.office.run("set", self.vault, register, *_pairs(values)).refused

    def act(self, register: str, ref: str, action: str, **values: Given) -> str:
        """Do an action with ``act``."""
        answer = self.run("act", self.vault, register, ref, action, *_pairs(values))
        return answer.out.strip()

    def cannot(self, register: str, ref: str, action: str, **values: Given) -> str:
        """Try an action with ``act``."""
        told = self.office.run("act", self.vault, register, ref, action, *_pairs(values))
        return told.refused

    def paper(self, register: str, code: str, ref: str) -> str:
        """Issue a paper with ``print``."""
        out = self.pdf()
        self.run("print", self.vault, code, ref, "--out", out)
        return words_of(out)

    def tasks(self) -> dict[str, str]:
        """Return what ``due`` says."""
        found = self.run("due", self.vault, "--json").json
        return {str(one["ref"]): str(one["what"]) for one in found}

    def destroy_child(self, consent: str) -> str:
        """Ask with the action that the command line has for it."""
        told = self.run("act", self.vault, "consents", consent, "destroy", "--json").json
        return str(told["ref"])

    def destroyed(self, ref: str) -> None:
        """Approve and execute as Bora, and confirm that the old custody copy is gone."""
        key = self.folder / "safe.key"
        self.run("destroy", "approve", self.vault, ref, who=BORA)
        self.run("destroy", "execute", self.vault, ref, "--custody", key, who=BORA)
        with self.desk() as desk:
            custody.destroyed(desk, "C-1", BORA)

    def place_confirms(self, ref: str, place: str, on: str) -> None:
        """Enter the answer with ``destroy place``."""
        told = ("--by", "IT team", "--on", on, "--count", "1")
        self.run("destroy", "place", self.vault, ref, place, *told)


def words_of(path: Path) -> str:
    """Return the words of a PDF."""
    return " ".join(" ".join(page_texts(path.read_bytes())).split())


def _pairs(values: Mapping[str, Given]) -> list[str]:
    return [f"{n}={v if isinstance(v, str) else ','.join(v)}" for n, v in values.items()]


def plain(value: Any) -> str:
    """Return a value of a row as a table in a test writes it."""
    return value.astimezone(OFFICE_ZONE).strftime("%Y-%m-%d %H:%M") if value else ""
