"""Backups, custody copies, holders and the epoch secret: what stands between dead and gone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from privdesk.core.clock import FixedClock
from privdesk.core.findings import Finding, Severity
from privdesk.registers.desk import Desk
from privdesk.registers.findings import safety, wording
from privdesk.registers.findings.collect import desk_findings
from privdesk.registers.findings.policy import SAFETY
from privdesk.registers.findings.service import FindingsService
from privdesk.vault import roll
from tests.registers.fillings import TODAY


def found(desk: Desk, days: int = 0) -> list[Finding]:
    """Return the findings of the vault's safety some days from now."""
    on = TODAY + timedelta(days=days)
    return [
        f
        for f in desk_findings(desk, on)
        if f.register == SAFETY and f.severity is not Severity.SETUP
    ]


def backed_up(desk: Desk, at: datetime) -> None:
    """Enter a backup into the books."""
    with desk.vault.transaction():
        desk.vault.raw.execute(
            "INSERT INTO backups (made_at, epoch, target, bytes, digest) VALUES (?, 1, ?, 1, '')",
            (at.isoformat(), "office.pdbackup"),
        )


@pytest.mark.parametrize(("days", "told"), [(6, False), (7, True), (8, True)])
def test_a_backup_is_old_after_seven_days(desk: Desk, days: int, told: bool) -> None:
    backed_up(desk, datetime(2026, 11, 23, 3, tzinfo=UTC))

    assert any("backup" in f.what_text() for f in found(desk, days)) is told


def test_a_pending_roll_is_due_in_three_days(desk: Desk) -> None:
    with desk.vault.transaction():
        roll.mark_pending(desk.vault)

    (one,) = found(desk)

    assert (one.rule, one.values["step"], one.due) == ("10", "roll", TODAY + timedelta(days=3))


def test_a_custody_copy_to_be_replaced_is_named(desk: Desk) -> None:
    with desk.vault.transaction():
        desk.vault.set_meta("rolled_at", datetime(2026, 11, 23, 3, tzinfo=UTC).isoformat())
        desk.vault.raw.execute("UPDATE custody_copies SET state = 'to-replace'")

    replace, missing = sorted(found(desk), key=lambda f: f.rule)

    assert "C-1" in replace.what_text()
    assert replace.due == TODAY + timedelta(days=7)  # the fifth day is a Saturday
    assert missing.what_text() == "No custody copy opens the vault as it is now."


def test_places_with_commas_do_not_run_into_each_other(desk: Desk) -> None:
    with desk.vault.transaction():
        desk.vault.raw.execute("UPDATE custody_copies SET place = 'Safe, envelope'")
        desk.vault.raw.execute(
            "INSERT INTO custody_copies (epoch, kind, place, issued_at, state)"
            " VALUES (1, 'sheet', 'Bank, box 3', '2026-11-23', 'held')"
        )
    lines = {line.icon: line for line in wording.facts(FindingsService(desk).today())}

    told = "C-2 on paper (Bank, box 3); C-1 on a drive (Safe, envelope)"
    assert lines["custody"].detail == told


def test_an_account_with_the_old_secret_is_waited_for(desk: Desk) -> None:
    with desk.vault.transaction():
        desk.vault.raw.execute(
            "INSERT INTO holders (workstation, account, epoch, seen_at, state, key)"
            " VALUES ('pc7', 'kim', 0, '', 'held', x'00')"
        )

    (one,) = found(desk)

    assert one.waiting
    assert one.what_text() == "kim@pc7 still has the old epoch secret."


def test_a_safe_vault_has_no_finding(desk: Desk) -> None:
    assert found(desk) == []


def test_a_journal_ahead_of_this_pc_is_told(desk: Desk) -> None:
    assert isinstance(desk.clock, FixedClock)
    desk.set_setting("contact", "One")
    desk.clock.advance(timedelta(minutes=-5))
    assert not [one for one in safety.judge(desk) if one.rule == "clock"]
    desk.clock.advance(timedelta(days=-11))

    (one,) = [one for one in safety.judge(desk) if one.rule == "clock"]

    assert one.severity is Severity.BREACH
    assert "The journal’s last entry was made at 2026-11-23" in one.what_text()
