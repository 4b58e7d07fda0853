"""kill -9 at random moments of import and destruction: all of it or nothing, and nothing torn.

A few kills in every run; ``make faults`` makes some hundreds.
"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.flows import destruction
from privdesk.journal import verify
from privdesk.registers.desk import Desk
from privdesk.vault import engine, roll
from privdesk.vault.search import index
from tests.copies import keep_account, open_as, switch_to
from tests.desks import ALICE, BORA
from tests.faults import work
from tests.faults.kills import Killer, ended, moments
from tests.flows.folk import DUE, LIVING, Somebody, fill, names, one, purposes, take, write
from tests.vault.traces import every_plaintext

SHORT_IMPORTS, LONG_IMPORTS = 5, 200
SHORT_DESTRUCTIONS, LONG_DESTRUCTIONS = 4, 100
STAGES = (
    *(destruction.STAGE_CHECK, destruction.STAGE_DESTROY, destruction.STAGE_ROLL),
    *(destruction.ROLL_STAGES[name] for name in ("copy", "backup", "custody", "forget")),
    *(destruction.STAGE_VERIFY, destruction.STAGE_PAPER),
)


def sound(desk: Desk) -> None:
    """Assert that nothing is torn: pages, index, journal, payloads and their keys."""
    raw = desk.vault.raw
    for schema in engine.attached(raw):
        assert raw.execute(f"PRAGMA {schema}.quick_check").fetchone()[0] == "ok"
        assert engine.check_pages(raw, schema) == []
    assert index.sound(raw)
    assert verify.verify(desk.vault).faults == ()
    numbers = [r[0] for r in raw.execute("SELECT id FROM keys_people.keys").fetchall()]
    assert len(desk.vault.payloads.read_many("keys_people", numbers)) == len(numbers)
    living = raw.execute("SELECT id FROM subjects WHERE state = 'living'").fetchall()
    assert {r[0] for r in living} <= set(numbers)
    lines = "SELECT count(*) FROM search.lines"
    assert raw.execute(lines).fetchone()[0] == len(living)
    assert not list(desk.vault.folder.glob("*-journal"))
    assert not list(desk.vault.folder.glob("*.next*"))


def counts(desk: Desk) -> tuple[int, ...]:
    tables = ("subjects", "holdings", "imports", "source_ids", "purposes", "places", "payloads")
    sql = "SELECT count(*) FROM {}"
    return tuple(int(desk.vault.raw.execute(sql.format(t)).fetchone()[0]) for t in tables)


# -- import


def long_list(n: int, rows: int = 400) -> list[Somebody]:
    """Return people of whom no list had any, with a purpose of their own and a bad row."""
    first = 1_000 + n * rows
    fresh = [one(first + k, f"Purpose {n}", "2026-11-02") for k in range(rows)]
    numbered = [replace(p, phone=f"010-{2_000 + n:04}-{1_000 + k:04}") for k, p in enumerate(fresh)]
    return [*numbered, one(first, "", "")]


def kill_imports(vault: Path, tmp_path: Path, kills: int, seed: int) -> int:
    """Kill imports; return how many were cut off. Each came in wholly or not at all."""
    desk = open_as(vault)
    purposes(desk)
    take(desk, write(tmp_path / "first.csv", *LIVING))
    before, cut = counts(desk), 0
    entries = desk.journal.frontier().size
    desk.vault.close()
    files = {p.name for p in tmp_path.iterdir()} | {"begun", "list.csv", "list.rejects.csv"}
    kill = Killer()
    for n, after in enumerate(moments(kills, 1.1, seed)):
        path = write(tmp_path / "list.csv", *long_list(n))
        begun = str(tmp_path / "begun")
        cut += kill(after, work.import_list, begun, vault, path)
        desk = open_as(vault)
        sound(desk)
        now = counts(desk)
        if now != before:
            assert (now[0] - before[0], now[1] - before[1], now[2] - before[2]) == (400, 400, 1)
        else:
            actions = {e.action for e in desk.journal.entries(entries)}
            # a file that was just being made had not got its rights yet
            assert actions - {"vault.rights"} == {"vault.opened"}
        before, entries = now, desk.journal.frontier().size
        desk.vault.close()
        assert {p.name for p in tmp_path.iterdir() if not p.name.startswith(".")} <= files
    return cut


def test_a_killed_import_leaves_nothing_behind(vault: Path, tmp_path: Path) -> None:
    assert kill_imports(vault, tmp_path, SHORT_IMPORTS, 5)


@pytest.mark.faults
def test_at_full_count_a_killed_import_leaves_nothing_behind(vault: Path, tmp_path: Path) -> None:
    cut = kill_imports(vault, tmp_path, LONG_IMPORTS, 6)
    print(f"imports: {LONG_IMPORTS} kills, {cut} of an import under way, 0 torn")

    assert cut > LONG_IMPORTS // 3


# -- destruction


def approved(vault: Path) -> str:
    """Fill an office and approve the destruction of what is due; return its number."""
    desk = open_as(vault)
    fill(desk, *DUE, *LIVING)
    refs = destruction.request(desk, due_on=desk.today(), reason="retention ended")
    desk = switch_to(desk, BORA)
    destruction.approve(desk, refs)
    desk.vault.close()
    return refs


def all_or_nothing(vault: Path, ref: str) -> bool:
    """Open a vault whose destruction was killed; return whether it was executed."""
    desk = open_as(vault, ALICE)
    sound(desk)
    state = str(destruction.status(desk, ref)[0]["state"])
    here, text = names(desk), every_plaintext(desk.vault)
    papers = desk.vault.raw.execute("SELECT code FROM documents WHERE about = ?", (ref,)).fetchall()
    gone = [p for p in DUE if p.name not in here]
    assert {p.name for p in LIVING} <= here
    assert all(p.phone.encode() in text for p in LIVING)
    if state == "approved":
        assert gone == []
        assert roll.state(desk.vault) == "done"
    else:
        assert state == "backups_closed"
        assert gone == list(DUE)
        assert not [p for p in DUE if p.name.encode() in text or p.phone.encode() in text]
        assert [row[0] for row in papers] == ["d1"]
        assert int(desk.vault.meta("epoch") or 1) == 2
        assert desk.vault.epochs.next() is None
    desk.vault.close()
    return state != "approved"


def fresh(template: Path, account: Path, tmp_path: Path) -> Path:
    """Put an approved destruction back in place, with its account."""
    vault = tmp_path / "work" / "office.privdesk"
    shutil.rmtree(tmp_path / "work", ignore_errors=True)
    shutil.copytree(template, vault)
    (tmp_path / "work" / "safe").mkdir()
    shutil.rmtree(system.account_folder())
    shutil.copytree(account, system.account_folder(), dirs_exist_ok=True)
    return vault


@pytest.mark.parametrize("stage", STAGES)
def test_a_process_that_ends_at_a_stage_of_a_destruction_is_made_good(
    vault: Path, tmp_path: Path, stage: str
) -> None:
    ref = approved(vault)
    (tmp_path / "safe").mkdir()
    begun, custody = str(tmp_path / "begun"), tmp_path / "safe" / "c2.key"
    assert ended(work.execute, begun, vault, ref, custody, stage) == 9

    done = all_or_nothing(vault, ref)
    assert done is (stage not in (destruction.STAGE_CHECK, destruction.STAGE_DESTROY))


def kill_destructions(vault: Path, tmp_path: Path, kills: int, seed: int) -> tuple[int, int]:
    """Kill destructions of the same people; return how many were cut, and how many went on."""
    ref = approved(vault)
    account = tmp_path / "account"
    keep_account(account)
    cut = done = 0
    kill = Killer()
    for after in moments(kills, 1.1, seed):
        copy = fresh(vault, account, tmp_path)
        begun, custody = str(tmp_path / "begun"), tmp_path / "work" / "safe" / "c2.key"
        custody.parent.mkdir(parents=True, exist_ok=True)
        cut += kill(after, work.execute, begun, copy, ref, custody)
        done += all_or_nothing(copy, ref)
    return cut, done


def test_a_killed_destruction_is_whole_or_has_not_begun(vault: Path, tmp_path: Path) -> None:
    cut, _done = kill_destructions(vault, tmp_path, SHORT_DESTRUCTIONS, 7)

    assert cut


@pytest.mark.faults
def test_at_full_count_a_killed_destruction_is_whole_or_has_not_begun(
    vault: Path, tmp_path: Path
) -> None:
    cut, done = kill_destructions(vault, tmp_path, LONG_DESTRUCTIONS, 8)
    print(f"destructions: {LONG_DESTRUCTIONS} kills, {cut} under way, {done} went on, 0 torn")

    assert cut > LONG_DESTRUCTIONS // 3
    assert done
