"""Transactions over all files: together or not at all, counted, and safe by the pragmas."""

from __future__ import annotations

import pytest
from sqlcipher3 import dbapi2 as dbapi

from privdesk.registers.desk import Desk
from privdesk.vault import engine
from privdesk.vault.session import facts_table, file_key

OTHERS = ("keys_office", "keys_people", "search")


class Undo(Exception):
    """Takes a transaction back."""


def counters(desk: Desk) -> dict[str, int]:
    raw = desk.vault.raw
    sql = "SELECT value FROM {} WHERE name = 'counter'"
    return {s: int(raw.execute(sql.format(facts_table(s))).fetchone()[0]) for s in OTHERS}


def told(desk: Desk) -> dict[str, int]:
    rows = desk.vault.raw.execute("SELECT name, counter FROM file_counters").fetchall()
    return {name: int(counter) for name, counter in rows}


@pytest.mark.parametrize("schema", ["main", *OTHERS])
def test_every_file_is_safe_by_its_own_pragmas(desk: Desk, schema: str) -> None:
    raw = desk.vault.raw
    wanted = {"journal_mode": "delete", "synchronous": 3, "secure_delete": 1}

    found = {n: raw.execute(f"PRAGMA {schema}.{n}").fetchone()[0] for n in wanted}
    assert found == wanted
    assert raw.execute("PRAGMA temp_store").fetchone()[0] == 2
    assert raw.execute("PRAGMA foreign_keys").fetchone()[0] == 1
    assert raw.execute("PRAGMA trusted_schema").fetchone()[0] == 0


def test_every_file_has_a_key_of_its_own(desk: Desk) -> None:
    """ATTACH without KEY silently takes main's key, which managers hold."""
    vault = desk.vault
    secret = vault.secret()
    for schema in engine.attached(vault.raw):
        opens = [
            s
            for s in ("main", *OTHERS)
            if engine.fits(
                vault.folder / engine.FILES[schema],
                file_key(s, vault.id, vault.unlocked.roles, secret),
            )
        ]
        assert opens == [schema]


def test_a_transaction_advances_the_counters_of_all_files(desk: Desk) -> None:
    before = counters(desk)
    with desk.vault.transaction():
        desk.vault.set_meta("x", "1")

    assert counters(desk) == {name: n + 1 for name, n in before.items()}
    assert told(desk) == counters(desk)


def test_a_transaction_taken_back_leaves_all_files_as_they_were(desk: Desk) -> None:
    before = counters(desk)

    def change() -> None:
        with desk.vault.transaction():
            desk.vault.payloads.put("keys_people", 900_001, {1: "문가람"})
            desk.vault.set_meta("x", "1")
            raise Undo

    with pytest.raises(Undo):
        change()
    assert counters(desk) == told(desk) == before
    assert desk.vault.meta("x") is None
    assert desk.vault.payloads.read("keys_people", 900_001) == {}
    assert not desk.vault.in_transaction


def test_an_inner_transaction_is_part_of_the_outer_one(desk: Desk) -> None:
    before = counters(desk)

    def change() -> None:
        with desk.vault.transaction():
            with desk.vault.transaction():
                desk.vault.set_meta("x", "1")
            raise Undo

    with pytest.raises(Undo):
        change()
    assert desk.vault.meta("x") is None
    assert counters(desk) == before


def test_reading_changes_nothing(desk: Desk) -> None:
    before = counters(desk)
    with desk.vault.reading():
        assert desk.vault.in_transaction

    assert counters(desk) == before


def test_numbers_are_given_once_and_not_again_after_a_rollback_of_others(desk: Desk) -> None:
    with desk.vault.transaction():
        first = desk.vault.new_ids(3)
    with desk.vault.transaction():
        second = desk.vault.new_ids()

    assert len(first) == 3
    assert second.start == first.stop


def test_sql_and_driver_share_one_transaction(desk: Desk) -> None:
    with desk.vault.transaction() as sql:
        sql.exec_driver_sql("INSERT INTO meta VALUES ('x', '1')")
        assert desk.vault.meta("x") == "1"


def other_writes(desk: Desk) -> bool:
    """Whether another connection may begin to write to register.db just now."""
    raw = dbapi.connect(
        f"file:{desk.vault.folder / 'register.db'}?mode=rw",
        uri=True,
        isolation_level=None,
        timeout=0,
    )
    try:
        raw.execute(f"PRAGMA key = \"x'{desk.vault.file_keys['main'].hex()}'\"")
        raw.execute("BEGIN IMMEDIATE")
        raw.execute("ROLLBACK")
    except dbapi.OperationalError:
        return False
    finally:
        raw.close()
    return True


def test_a_read_takes_no_lock_of_a_writer(desk: Desk) -> None:
    with desk.vault.reading():
        desk.vault.raw.execute("SELECT count(*) FROM main.meta").fetchone()
        assert other_writes(desk)
    with desk.change() as change:
        assert not other_writes(desk)
        change.note("record.searched")
