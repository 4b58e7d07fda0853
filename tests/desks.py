"""Real vaults for tests: quick to make, real in every other way."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from privdesk.core.clock import FixedClock
from privdesk.flows import people
from privdesk.flows.setup import NewOffice, new_desk
from privdesk.registers.desk import Desk
from privdesk.vault.crypto import FLOOR

PASSPHRASE = "violet harbour lantern 27"
SECOND = "quiet orchard marble 48"
ALICE, BORA = "Alice Example", "Bora Muster"
NOON = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


def make_desk(folder: Path, *, officers: int = 2, clock: FixedClock | None = None) -> Desk:
    """Return an open desk of an invented office; kit and custody copy lie in ``folder``."""
    office = NewOffice("Haneul Parcel", ALICE, PASSPHRASE, "en", FLOOR)
    vault = folder / "office.privdesk"
    kit, custody = folder / "out" / "kit.pdf", folder / "out" / "custody.key"
    desk = new_desk(vault, office, kit, custody, clock or FixedClock(NOON))
    # an office that has worked for long: whoever joined is late where nothing was done since
    desk.vault.raw.execute("INSERT INTO settings (name, value) VALUES ('begun', '\"2000-01-01\"')")
    if officers > 1:
        people.add(desk, BORA, "officer", SECOND, FLOOR)
    return desk
