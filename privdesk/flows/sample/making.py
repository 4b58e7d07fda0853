"""Making the invented office: through the same services and flows as a real one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Self

from privdesk.core import system
from privdesk.core.clock import Clock, SystemClock
from privdesk.core.i18n import N_, _
from privdesk.core.register import Query
from privdesk.flows import custody, destruction, finding, issuing
from privdesk.flows import people as access
from privdesk.flows.opening import open_desk
from privdesk.flows.sample import (
    answers,
    cases,
    cast,
    deciding,
    ending,
    filling,
    forms,
    kinds,
    lists,
    orders,
    partners,
    pledges,
    processors,
    reports,
    reviewing,
    roster,
    safety,
    training,
    zones,
)
from privdesk.flows.sample.cast import SamplePerson
from privdesk.flows.sample.folk import Folk
from privdesk.flows.sample.rows import Named, Row, Rows
from privdesk.flows.sample.texts import office
from privdesk.flows.setup import NewOffice, new_desk
from privdesk.registers.desk import Desk
from privdesk.registers.log_reviews.rules import OFTEN
from privdesk.registers.reentries.rules import Reason
from privdesk.ui.progress import Progress
from privdesk.vault import opening
from privdesk.vault.crypto import FLOOR
from privdesk.vault.epoch import EpochStore
from privdesk.vault.errors import VaultExistsError

LEAST, FULL = 40, 420  # people: the smallest office, and one with all the special cases
PEOPLE_FILE = "people.txt"
WHAT_IT_IS = N_("An invented office to look around in; nothing in it is real. Who opens it:")
STAGES = (
    N_("Making the vault"),
    N_("Staff, purposes, places and files"),
    N_("Taking in the first lists"),
    N_("Consents"),
    N_("Requests for destruction"),
    N_("Approvals"),
    N_("Destructions and new custody copies"),
    N_("Answers of the places"),
    N_("Provisions and demands of authorities"),
    N_("Taking in the rest of the people"),
    N_("Requests of people"),
    N_("Papers"),
)


def make(
    folder: Path,
    subjects: int = 500,
    seed: int = 1,
    clock: Clock | None = None,
    progress: Progress | None = None,
) -> list[SamplePerson]:
    """Make the vault of an invented office that knows so many people; return who opens it.

    There are at least ``LEAST`` people, and those destroyed come on top. Recovery kit and
    custody copies lie in ``NAME.papers``, backups in ``NAME.backups`` beside the vault.
    Where it fails or is cancelled, all of it is taken away again.
    """
    folder = folder.absolute()
    if folder.exists():
        raise VaultExistsError(path=folder)
    beside = [path for path in (papers_of(folder), backups_of(folder)) if path.exists()]
    if beside:
        raise VaultExistsError(path=beside[0])
    made = _Making(folder, max(subjects, LEAST), seed, clock or SystemClock(), progress)
    try:
        with made:
            made.run()
    except BaseException:
        remove(folder)
        raise
    return list(made.people)


def papers_of(folder: Path) -> Path:
    """Return where kit and custody copies of a sample office lie."""
    return folder.with_name(folder.name.removesuffix(".privdesk") + ".papers")


def backups_of(folder: Path) -> Path:
    """Return where its backups lie."""
    return folder.with_name(folder.name.removesuffix(".privdesk") + ".backups")


def is_sample(folder: Path) -> bool:
    """Return whether a vault was made here as an invented office."""
    return (papers_of(folder) / PEOPLE_FILE).is_file()


def remove(folder: Path) -> None:
    """Take a sample office away: vault, papers, backups and its epoch secret."""
    with system.explained(folder):
        if (folder / "vault.json").is_file():
            store = EpochStore(opening.look(folder).vault)
            for name in ("current", "next"):
                if (store.folder / name).exists():
                    system.overwrite_and_remove(store.folder / name)
            if store.folder.is_dir() and not any(store.folder.iterdir()):
                store.folder.rmdir()
        for path in (folder, papers_of(folder), backups_of(folder)):
            if path.is_dir():
                shutil.rmtree(path)


@dataclass(frozen=True)
class _Lists:
    """What the lists brought: people by what they stand for, and the first list's rows."""

    labels: dict[str, list[int]]
    old: list[Row]


class _Making:
    """One office in the making; the desk changes hands several times."""

    def __init__(
        self, folder: Path, subjects: int, seed: int, clock: Clock, progress: Progress | None
    ) -> None:
        self.folder, self.papers = folder, papers_of(folder)
        self.subjects, self.seed, self.clock = subjects, seed, clock
        self.people = cast.people(seed)
        self._progress = progress or Progress()
        self._stages = iter(STAGES)
        self._desk: Desk | None = None
        self._copies = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_why: object) -> None:
        self._close()

    def run(self) -> None:
        """Make everything, in the order of an office's life."""
        _first, second, third = self.people[:3]
        with self._stage():
            desk = self._begin()
        with self._stage(), desk.change():
            filling.settings(desk)
            filling.staff(desk)
            pledges.enter(desk)
            training.enter(desk)
            named = filling.policy(desk)
            told = forms.enter(desk, named)
            zones.enter(desk, named)
            roster.enter(desk, named)
        rows = Rows(Folk(self.seed), named, desk.today())
        with self._stage():
            known = self._first_lists(desk, rows)
        with self._stage(), desk.change():
            answers.holds(desk, known.labels)
            answers.consents(desk, named, known.labels, told)
            answers.withdraw(desk, named, known.labels)
            filling.change_purpose(desk, named)
            filling.end_purposes(desk, named)
        with self._stage(), desk.change():
            asked = ending.request(desk, named, known.labels)
            exception = deciding.decide(desk, self.people[5].name)
        with self._stage():
            desk = self._as(second)
            with desk.change():
                ending.approve(desk, asked)
                deciding.approve(desk, exception)
                answers.hold_one(desk, known.labels["complete"][0])
        with self._stage():
            desk = self._as(third)
            self._execute(desk, asked)
        with self._stage(), desk.change():
            ending.answer(desk, asked)
        with self._stage():
            desk = self._partners(desk, named, known, asked)
        with self._stage():
            self._last_list(desk, rows, known)
        with self._stage(), desk.change():
            people = _living(desk)
            cases.take_in(desk, people[::7])
            orders.take_in(desk, people[::11])
            self._look_around(desk, known)
        with self._stage():
            reviewing.review(desk)
            with desk.change():
                reports.enter(desk)
                self._print(desk)
            self._seal_copies(desk)
            self._tell()

    # -- the steps

    def _begin(self) -> Desk:
        first, *others = self.people
        kit = self.papers / "recovery-kit.pdf"
        new = NewOffice(office()["company"], first.name, first.passphrase, "ko", FLOOR)
        desk = self._desk = new_desk(self.folder, new, kit, self._copy(), self.clock)
        for one in [*others, cast.forgotten(self.seed)]:
            access.add(desk, one.name, one.role, one.passphrase, FLOOR)
        custody.confirm(desk, "C-1", place=office()["custody"]["file"], keeper=first.name)
        return desk

    def _first_lists(self, desk: Desk, rows: Rows) -> _Lists:
        share = min(1.0, self.subjects / FULL)
        names = office()["lists"]
        old = kinds.old(rows, share)
        self._take(desk, names["old"], old.rows)
        special = sum(kinds.scaled(count, share) for count, _kind in kinds.SPECIAL.values())
        rest = int(min(self.subjects, FULL) * 0.9) - special - len(old.labels) // 2
        members = kinds.customers(rows, share, max(0, rest))
        before = _living(desk)
        self._take(desk, names["members"], [*members.rows, *kinds.bad(rows)])
        labels: dict[str, list[int]] = {}
        numbers = [*before, *[n for n in _living(desk) if n not in before]]
        for label, number in zip([*old.labels, *members.labels], numbers, strict=True):
            labels.setdefault(label, []).append(number)
        for label in ("news", "call", "member"):
            labels.setdefault(label, [])
        return _Lists(labels, old.rows)

    def _execute(self, desk: Desk, asked: ending.Refs) -> None:
        for label in ending.EXECUTED:
            destruction.execute(desk, asked[label], self._copy())

    def _partners(self, desk: Desk, named: Named, known: _Lists, ended: ending.Refs) -> Desk:
        """Have the third officer ask what the second, the privacy officer, decides.

        A lost copy takes two officers as well: the second is the other one.
        """
        _first, second, third = self.people[:3]
        with desk.change():
            asked = partners.ask(desk, named, known.labels)
        desk = self._as(second)
        with desk.change():
            ending.lose(desk, ended)
            partners.decide(desk, asked, named)
        desk = self._as(third)
        with desk.change():
            partners.tell(desk, asked)
            partners.open_freeze(desk, known.labels)
        processors.fill(desk, named)
        safety.enter(desk, named)
        return desk

    def _last_list(self, desk: Desk, rows: Rows, known: _Lists) -> None:
        """Take in the rest, and again some who were destroyed: they do not come back."""
        missing = self.subjects - len(_living(desk))
        again = [row for row in known.old if row[0]][-2:]
        made = partial(kinds.more, rows, missing, again)
        source = lists.SampleList(office()["lists"]["more"], lists.SHORT, made, missing + 2)
        lists.take(desk, source, self._progress)

    def _look_around(self, desk: Desk, known: _Lists) -> None:
        """Leave the looks that an office's day leaves in the journal."""
        notes, number = office()["notes"], known.labels["due"][0]
        ref = desk.ref("subjects", number)
        found = desk.service("subjects").get(ref, reveal=notes["look_due"])
        finding.settled(desk, str(found.values["phone"])[-4:])
        held = desk.ref("subjects", known.labels["held"][0])
        for _time in range(OFTEN):  # on the telephone, again and again: the review asks why
            desk.service("subjects").get(held, reveal=notes["look"])
        self._restored_once(desk, held)

    def _restored_once(self, desk: Desk, ref: str) -> None:
        """Leave what a restore of last year made the office enter again; all of it is done."""
        service, day = desk.service("reentries"), desk.today() - timedelta(days=300)
        with desk.change() as change:
            service.add(change, Reason.CHANGED, day, about=ref, register="subjects")
            service.add(change, Reason.ENTERED, day, register="requests", count=2)
        service.done([row.ref for row in service.find(Query(sort="id"))])

    def _print(self, desk: Desk) -> None:
        for code in issuing.documents(desk):
            for language in ("ko", "en"):
                issuing.issue(desk, code, None, language)

    def _seal_copies(self, desk: Desk) -> None:
        """Say where the custody copies lie, and write a sheet beside the file."""
        told = office()["custody"]
        first, second = (one.name for one in self.people[:2])
        custody.confirm(desk, f"C-{self._copies}", place=told["file"], keeper=first)
        sheet = self.papers / "custody-sheet.pdf"
        custody.issue(desk, sheet, told["sheet"], second)

    def _tell(self) -> None:
        """Write down who opens the office; the file also says that the office is complete."""
        lines = [f"{one.name}\t{one.role}\t{one.passphrase}" for one in self.people]
        text = "\n".join([_(WHAT_IT_IS), "", *lines, ""])
        system.atomic_write(self.papers / PEOPLE_FILE, text.encode(), 0o600)

    # -- inside

    def _take(self, desk: Desk, name: str, rows: list[Row]) -> None:
        source = lists.SampleList(name, len(lists.COLUMNS), partial(iter, rows), len(rows))
        lists.take(desk, source)

    def _copy(self) -> Path:
        """Return where the next custody copy goes; the one before has served."""
        before = self.papers / f"custody-{self._copies}.key"
        before.unlink(missing_ok=True)
        self._copies += 1
        return self.papers / f"custody-{self._copies}.key"

    def _as(self, person: SamplePerson) -> Desk:
        """Close the vault and open it as somebody else."""
        self._close()
        self._desk = open_desk(self.folder, person.name, person.passphrase, self.clock)
        return self._desk

    def _close(self) -> None:
        desk, self._desk = self._desk, None
        if desk is not None:
            desk.vault.close()

    @contextmanager
    def _stage(self) -> Iterator[None]:
        self._progress.stage(_(next(self._stages)))
        yield


def _living(desk: Desk) -> list[int]:
    """Return the numbers of the people who are not tombstones, in the order they came."""
    sql = "SELECT id FROM subjects WHERE state <> 'destroyed' ORDER BY id"
    return [row[0] for row in desk.vault.raw.execute(sql).fetchall()]
