"""Whether a vault that was killed is whole: pages, index, journal, payloads and their keys."""

from __future__ import annotations

from pathlib import Path

from privdesk.flows import attached
from privdesk.journal import verify
from privdesk.registers.desk import Desk
from privdesk.vault import engine, roll
from privdesk.vault.payloads import FILE_SLOTS, unpack_keys
from privdesk.vault.search import index

_LEFT = ("*-journal", "*.db-mj*", "*.next*", "*.new", "*.part", ".privdesk-*")


def sound(desk: Desk) -> None:
    """Assert that nothing is torn: pages, index, journal, payloads and their keys."""
    raw = desk.vault.raw
    for schema in engine.attached(raw):
        assert raw.execute(f"PRAGMA {schema}.quick_check").fetchone()[0] == "ok"
        assert engine.check_pages(raw, schema) == []
    assert index.sound(raw)
    assert verify.verify(desk.vault).faults == ()
    keys = dict(raw.execute("SELECT id, body FROM keys_people.keys").fetchall())
    sealed = {number for number, body in keys.items() if set(unpack_keys(body)) - set(FILE_SLOTS)}
    assert set(desk.vault.payloads.read_many("keys_people", sorted(keys))) >= sealed
    assert attached.damaged(desk) == []
    living = raw.execute("SELECT id FROM subjects WHERE state = 'living'").fetchall()
    assert {r[0] for r in living} <= sealed
    lines = "SELECT count(*) FROM search.lines"
    assert raw.execute(lines).fetchone()[0] == len(living)
    assert leftovers(desk.vault.folder, desk.vault.epochs.folder) == []


def settled(desk: Desk) -> None:
    """Assert that no roll is under way and the account holds one secret, that of the vault."""
    vault = desk.vault
    held = vault.epochs.current()
    assert roll.state(vault) == "done"
    assert held is not None
    assert held.epoch == int(vault.meta("epoch") or 1) == vault.header.epoch
    kept = {path.name for path in vault.epochs.folder.iterdir()}
    assert kept - {"dropped", "holder"} == {
        "current"
    }  # beside it: no secret, and the account's key


def leftovers(*folders: Path) -> list[Path]:
    """Return what work that was cut off left in folders and below."""
    return [path for folder in folders for kind in _LEFT for path in folder.rglob(kind)]
