"""A vault of each format there ever was is restored, opened and proved by the program of today."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from privdesk.core.clock import FixedClock
from privdesk.flows import restoring
from privdesk.flows.opening import open_desk
from privdesk.journal import checkpoint
from privdesk.journal.verify import verify
from privdesk.registers.desk import Desk
from privdesk.vault import attachments
from privdesk.vault.epoch import EpochSecret, EpochStore
from tests.desks import ALICE, NOON
from tests.flows import folk
from tests.formats import fixture, reader
from tests.formats.opened import Read, open_read

NUMBERS = sorted(int(p.stem.removeprefix("format-")) for p in fixture.FOLDER.glob("*.pdbackup"))
LATER = FixedClock(NOON + timedelta(days=1))
HOME = re.compile(rb"/(?:home|root|Users|tmp|dev/shm|var)/")
AGAIN = "The tables or sealed fields are not those of the newest fixture: `make format-fixture`."


def known(number: int) -> dict[str, Any]:
    """Return what is known of a fixture."""
    told: dict[str, Any] = json.loads(fixture.part(number, "json").read_text(encoding="utf-8"))
    return told


@pytest.fixture(params=NUMBERS)
def number(request: pytest.FixtureRequest) -> int:
    """Return the number of each fixture."""
    return int(request.param)


@pytest.fixture
def desk(number: int, tmp_path: Path) -> Iterator[Desk]:
    """Return the desk over a vault restored from a fixture, with its custody copy."""
    secret = EpochSecret.parse(fixture.part(number, "key").read_bytes())
    assert secret is not None
    EpochStore(secret.vault).write_current(secret)
    passphrase = known(number)["passphrases"][ALICE]
    opened = partial(open_desk, name=ALICE, passphrase=passphrase, clock=LATER)
    folder = tmp_path / "restored.privdesk"
    restoring.restore(fixture.part(number, "pdbackup"), folder, opened)
    found = opened(folder)
    yield found
    found.vault.close()


@pytest.fixture
def read(number: int, tmp_path: Path) -> Iterator[Read]:
    """Return what the reader makes of the same backup and custody copy."""
    folder = tmp_path / "unpacked"
    reader.backup(fixture.part(number, "pdbackup"), folder)
    passphrase = known(number)["passphrases"][ALICE]
    found = open_read(folder, ALICE, passphrase, fixture.part(number, "key").read_bytes())
    yield found
    found.close()


def test_there_is_a_fixture_of_every_format() -> None:
    assert list(range(1, fixture.NEWEST + 1)) == NUMBERS
    for each in NUMBERS:
        assert fixture.part(each, "pdbackup").stat().st_size <= fixture.LARGEST


def test_the_newest_fixture_has_the_tables_and_slots_of_this_program() -> None:
    told, now = known(fixture.NEWEST), fixture.program()

    assert {name: told[name] for name in now} == now, AGAIN


def test_the_program_opens_it_and_proves_its_journal(number: int, desk: Desk) -> None:
    told = known(number)
    printed = checkpoint.parse(fixture.part(number, "txt").read_text(encoding="utf-8"))

    assert folk.names(desk) == set(told["names"])
    (person,) = (r for r in folk.people(desk) if r.values["name"] == told["person"]["name"])
    assert person.values["phone"] == told["person"]["phone"]
    (scan,) = attachments.of_owner(desk.vault, person.id)
    assert sha256(attachments.read(desk.vault, scan)).hexdigest() == told["attachment"]
    found = verify(desk.vault, printed)
    assert (found.faults, found.contains_checkpoint) == ((), True)
    assert desk.journal.history("subjects", person.id)[0].reason == told["reason"]


def test_the_reader_opens_it_and_proves_its_journal(number: int, read: Read) -> None:
    told = known(number)
    leaves = [leaf for _row, leaf in reader.journal(read.files["register.db"])]

    assert {one["name"] for one in read.people().values()} == set(told["names"])
    reader.checkpoint(read.head, fixture.part(number, "txt").read_text("utf-8"), leaves)
    assert read.tables() == told["tables"]


def test_nothing_of_the_machine_it_was_made_on_is_in_it(read: Read) -> None:
    register = read.files["register.db"]
    stations = register.execute("SELECT DISTINCT workstation FROM journal").fetchall()
    holders = register.execute("SELECT DISTINCT workstation, account FROM holders").fetchall()

    assert (stations, holders) == ([("desk-1",)], [("desk-1", "office"), ("desk-2", "office")])
    for file, key in read.keys.items():
        path = read.folder / file
        for number in range(1, path.stat().st_size // reader.PAGE + 1):
            found = HOME.search(reader.page(path, key, number))
            assert found is None, found
