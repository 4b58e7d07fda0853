"""Who is no privacy officer reads nobody: not by keys, not by a client without the rules.

A manager, an auditor and an administrator, each with all that their passphrase opens and the
account's epoch secret, try every key on every file, sealed value and sealed paper of the vault
and of its backup; then the program is robbed of its checks and asked for everything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.register import Query, Row
from privdesk.flows import finding, issuing, lists, rolling
from privdesk.flows import sample as samples
from privdesk.flows.issuing import Issued
from privdesk.flows.lists import AskedList
from privdesk.flows.opening import open_desk
from privdesk.registers import desk as desks
from privdesk.registers.desk import Desk
from privdesk.registers.subjects.fields import SLOT_SOURCES
from privdesk.registers.subjects.lines import unpack_sources
from privdesk.vault import attachments, header, slots
from privdesk.vault.engine import FILES
from privdesk.vault.epoch import EpochStore
from privdesk.vault.payloads import OFFICE, PEOPLE
from privdesk.vault.session import Unlocked, Vault
from tests.copies import ADMINISTRATOR, AUDITOR, MANAGER, PASSPHRASES, copy_of
from tests.desks import ALICE, NOON
from tests.faults import damage
from tests.faults.attacker import Loot, attack, people_in, private_keys, role_keys, unpacked
from tests.invented import copy_invented
from tests.vault.traces import printed

SCAN = b"a scan of an identity card, quince 5150"
NOTE = "asked for her number on the telephone, quince 5151"
_REFERENCE = re.compile(r"[A-Z]+-\d+-\d")
LEAST = 8  # bytes; shorter values stand anywhere by chance


@dataclass(frozen=True)
class Office:
    """A closed vault with people, its backup, and the passphrases of all roles."""

    vault: Path
    backup: Path
    officer: tuple[str, str]
    others: dict[str, tuple[str, str]]  # by role: name and passphrase

    def unlock(self, who: tuple[str, str]) -> Unlocked:
        """Open somebody's slot."""
        return slots.unlock(header.read(self.vault), *who)

    def robbed(self, folder: Path, who: tuple[str, str], *, widely: bool = True) -> Loot:
        """Return what a folder gives away to somebody's keys and the account's secrets."""
        mine = [self.unlock(who)]
        store = EpochStore(header.read(folder).vault)
        secrets = [s for s in (store.current(), store.next()) if s is not None]
        more = private_keys(mine) | {s.secret for s in secrets}
        return attack(folder, role_keys(mine, folder), secrets, more, widely=widely)

    def desk(self, who: tuple[str, str]) -> Desk:
        """Open the desk as somebody."""
        return open_desk(self.vault, *who, FixedClock(NOON))


def _small(folder: Path) -> Desk:
    """Make an office with people, a request, a paper, a scan, a note, and a backup."""
    desk = damage.make(folder)
    (row, *_rest) = desk.service("subjects").find(Query(sort="ref"))
    desk.service("subjects").get(row.ref, reveal=NOTE)
    desk.service("requests").create({"kind": "access", "subject": row.ref, "channel": "phone"})
    with desk.change() as change:
        attachments.store(desk.vault, PEOPLE, row.id, SCAN, "image/png")
        change.note("record.changed", "subjects", row.id)
    rolling.backup_desk(desk, folder / "made.pdbackup")
    return desk


@pytest.fixture
def small(tmp_path: Path) -> Office:
    """Return the small office."""
    vault = copy_of(_small, tmp_path)
    who = {"manager": MANAGER, "auditor": AUDITOR, "administrator": ADMINISTRATOR}
    others = {role: (name, PASSPHRASES[name]) for role, name in who.items()}
    return Office(vault, tmp_path / "made.pdbackup", (ALICE, PASSPHRASES[ALICE]), others)


@pytest.fixture
def invented(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, account: Path) -> Office:
    """Return the office of ``privdesk demo``: every register has rows and papers."""
    vault = copy_invented(tmp_path_factory, tmp_path)
    (tmp_path / "epochs").rename(account / "moved")
    for path in (account / "moved").iterdir():
        path.rename(account / "epochs" / path.name)
    cast = samples.people()
    officer = (cast[0].name, cast[0].passphrase)
    others = {p.role: (p.name, p.passphrase) for p in cast if p.role != "officer"}
    desk = open_desk(vault, *officer, FixedClock(NOON))
    rolling.backup_desk(desk, tmp_path / "made.pdbackup")
    desk.vault.close()
    return Office(vault, tmp_path / "made.pdbackup", officer, others)


def personal(desk: Desk) -> set[bytes]:
    """Return every value and file that only the keys of people open, and what is in sources."""
    vault, found = desk.vault, set[str]()
    owners = [n for (n,) in vault.raw.execute("SELECT id FROM keys_people.keys").fetchall()]
    for values in vault.payloads.read_many(PEOPLE, owners).values():
        for slot, text in values.items():
            found |= {text}
            if slot == SLOT_SOURCES:
                found |= set(unpack_sources(text).values())
    known = _of_permits(desk)
    found = {text for text in found if not _REFERENCE.fullmatch(text)}  # numbers are open
    plain = {text.encode() for text in found - known if len(text.encode()) >= LEAST}
    sql = "SELECT name FROM attachments WHERE keys = ?"
    for (name,) in vault.raw.execute(sql, (PEOPLE,)).fetchall():
        data = attachments.read(vault, name)
        plain.add(data[len(data) // 2 :][:48] if len(data) > 96 else data)
    return plain


def _of_permits(desk: Desk) -> set[str]:
    """Return the companies and holders of permits to enter; they visit, and the office knows them.

    Names of companies are open, and those of partners' people are the office's.
    """
    rows = desk.vault.raw.execute("SELECT id, organisation FROM zone_permits").fetchall()
    held = desk.vault.payloads.read_many(OFFICE, [number for number, _name in rows])
    return {str(name) for _number, name in rows} | {t for v in held.values() for t in v.values()}


def met(values: set[bytes], data: bytes) -> set[bytes]:
    """Return the values that stand in bytes."""
    return {value for value in values if value in data}


# -- by keys


def by_keys(office: Office, tmp_path: Path) -> tuple[int, int, int]:
    """Try all keys of all roles; return how many values there were, keys, and attempts."""
    desk = office.desk(office.officer)
    values = personal(desk)
    desk.vault.close()
    assert values
    taken_apart = unpacked(office.backup, tmp_path / "taken apart")
    keys = tried = 0
    for folder in (office.vault, taken_apart):
        said: set[bytes] = set()
        for who in office.others.values():
            loot = office.robbed(folder, who, widely=folder == office.vault)
            assert loot.opened == {FILES["main"], FILES["keys_office"]}
            said |= set(loot.texts)
            keys, tried = keys + loot.keys, tried + loot.tried
        assert met(values, b"\n".join(said)) == set()
    for folder in (office.vault, taken_apart):  # an officer's keys find every one
        loot = office.robbed(folder, office.officer, widely=False)
        assert met(values, loot.data) == values
    return len(values), keys, tried


def test_no_key_of_another_role_opens_anything_of_people(small: Office, tmp_path: Path) -> None:
    assert by_keys(small, tmp_path)
    for who in small.others.values():
        assert people_in(small.robbed(small.vault, who, widely=False).data) == set()
    officers = people_in(small.robbed(small.vault, small.officer, widely=False).data)
    assert officers >= {0, 1, 2, 3, 10, 11, 12, 13, 20}


@pytest.mark.faults
def test_at_full_count_no_key_of_another_role_opens_anything_of_people(
    invented: Office, tmp_path: Path
) -> None:
    values, keys, tried = by_keys(invented, tmp_path)
    print(
        f"{len(invented.others)} roles, vault and backup, {values} personal values and files:"
        f" {keys} keys, {tried} attempts, 0 opened; an officer's keys: all"
    )


# -- by a client without the rules


@contextmanager
def without_rules(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take every check of roles out of the program: whoever sits there counts as an officer."""
    with monkeypatch.context() as patch:
        patch.setattr(Desk, "require", lambda *_args, **_more: None)
        patch.setattr(Desk, "refuse", lambda *_args, **_more: None)
        patch.setattr(desks, "permitted", lambda _role, _action: True)
        patch.setattr(Vault, "role", property(lambda _vault: "officer"))
        patch.setattr(Vault, "sees_people", property(lambda _vault: True))
        yield


def asked_for_everything(desk: Desk, each: int) -> tuple[bytes, int, int]:
    """Ask a desk for all it has; return what it said, how often it was asked, how often it failed.

    A client without rules may fail in any way; what counts is what it says.
    """
    said: list[bytes] = []
    asked = failed = 0
    for ask in _questions(desk, each):
        asked += 1
        try:
            told = ask()
        except Exception as why:  # noqa: BLE001 - see above
            told, failed = repr(why), failed + 1
        said.append(told if isinstance(told, bytes) else str(told).encode())
    return b"\n".join(said), asked, failed


def _questions(desk: Desk, each: int) -> Iterator[Callable[[], object]]:
    raw = desk.vault.raw
    for name in desk.registers:
        yield from _of_register(desk, name, each)
    owners = [n for (n,) in raw.execute("SELECT id FROM payloads").fetchall()]
    for schema in (PEOPLE, OFFICE):
        yield partial(desk.vault.payloads.read_many, schema, owners)
    for (name,) in raw.execute("SELECT name FROM attachments").fetchall():
        yield partial(_file, desk, name)
    for (number,) in raw.execute("SELECT id FROM documents").fetchall():
        yield partial(_paper, issuing.reprint, desk, desk.ref("documents", number), "audit")
    yield partial(finding.settled, desk, "quill")
    yield partial(_told, desk, "SELECT packed FROM search.lines")
    for schema in FILES:
        yield partial(_told, desk, f"SELECT * FROM {schema}.keys")


def _of_register(desk: Desk, name: str, each: int) -> Iterator[Callable[[], object]]:
    service = desk.service(name)
    numbers = _numbers(desk, name)
    yield partial(service.find, Query())
    yield partial(_values, service.rows, numbers, reveal=True)
    if numbers and (each > 1 or name == "subjects"):
        asked = AskedList(name, Query(), (), (), "audit")
        yield partial(_paper, lists.issue, desk, asked, "ko")
    for number in numbers[:each]:
        yield partial(_value, service.get, desk.ref(name, number), reveal="audit")
        yield partial(desk.journal.history, name, number)


def _numbers(desk: Desk, name: str) -> list[int]:
    """Return the numbers of a register's records; none where it has no table of its name."""
    table = name.replace("-", "_")
    columns = desk.vault.raw.execute(f"PRAGMA main.table_info({table})").fetchall()
    if "id" not in [column[1] for column in columns]:
        return []
    return [n for (n,) in desk.vault.raw.execute(f"SELECT id FROM {table}").fetchall()]


def _values(rows: Callable[..., list[Row]], *args: object, **more: object) -> list[object]:
    return [row.values for row in rows(*args, **more)]


def _value(get: Callable[..., Row], *args: object, **more: object) -> object:
    return get(*args, **more).values


def _paper(issue: Callable[..., Issued], *args: object) -> bytes:
    return printed(issue(*args).data)


def _file(desk: Desk, name: str) -> bytes:
    data = attachments.read(desk.vault, name)
    return data + printed(data)


def _told(desk: Desk, sql: str) -> object:
    return desk.vault.raw.execute(sql).fetchall()


def by_client(office: Office, monkeypatch: pytest.MonkeyPatch, each: int) -> tuple[int, int]:
    """Ask as every role, without the program's rules; return how many values, and questions.

    Of each register ``each`` records are asked for; with one, only the manager asks.
    """
    desk = office.desk(office.officer)
    values, questions = personal(desk), 0
    everything, _asked, _failed = asked_for_everything(desk, each)
    assert len(met(values, everything)) > len(values) // 2  # so that it can fail
    desk.vault.close()
    for who in list(office.others.values())[: 1 if each == 1 else None]:
        desk = office.desk(who)
        with without_rules(monkeypatch):
            said, asked, failed = asked_for_everything(desk, each)
        desk.vault.close()
        assert met(values, said) == set()
        assert 0 < failed < asked
        questions += asked
    return len(values), questions


def test_a_client_without_rules_says_nothing_of_people(
    small: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert by_client(small, monkeypatch, 1)


@pytest.mark.faults
def test_at_full_count_a_client_without_rules_says_nothing_of_people(
    invented: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    values, questions = by_client(invented, monkeypatch, 30)
    print(f"a client without rules: {questions} questions, 0 of {values} personal values told")
