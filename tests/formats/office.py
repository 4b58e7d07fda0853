"""The invented office of the fixtures: something of everything that FORMAT.md describes."""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from privdesk.flows import people, rolling
from privdesk.flows.ownthings import Kept
from privdesk.registers.desk import Desk
from privdesk.vault import attachments
from privdesk.vault.crypto import FLOOR
from privdesk.vault.payloads import PEOPLE
from tests.copies import MANAGER, THIRD
from tests.desks import ALICE, BORA, PASSPHRASE, SECOND, make_desk
from tests.flows import folk

PASSPHRASES = {ALICE: PASSPHRASE, BORA: SECOND, MANAGER: THIRD}
REMOVED = "Una Gone"
OTHER = bytes(range(32))  # the private key of an account that does not roll
REASON = "the caller asked for a letter"
DRAFT = {"subjects": {"name": "반쯤 쓴 이름"}}
SCAN = b"a scan of two chunks: " + bytes(70_000)
KNOWN = folk.LIVING[0]


def make(folder: Path) -> Desk:
    """Return the open desk of an office that has rolled once and rotated REGISTER with it.

    The custody copy in use is ``folder/out/custody-2.key``; the latest checkpoint stands in
    ``folder/out/checkpoint.txt``. The journal goes on behind it.
    """
    desk = make_desk(folder)
    people.add(desk, MANAGER, "manager", THIRD, FLOOR)
    people.add(desk, REMOVED, "auditor", THIRD, FLOOR)
    folk.fill(desk, *folk.LIVING)
    people.remove(desk, REMOVED)
    with desk.vault.transaction():  # a second account that keeps the first secret
        desk.vault.raw.execute(
            "INSERT INTO holders (epoch, seen_at, workstation, account, state, key)"
            " VALUES (1, ?, 'desk-2', 'office', 'held', ?)",
            (desk.now().isoformat(), X25519PrivateKey.from_private_bytes(OTHER).public_key()
            .public_bytes_raw()),
        )  # fmt: skip
    rolling.run(desk, folder / "out" / "custody-2.key")
    known = folk.called(desk, KNOWN)
    with desk.change() as change:
        attachments.store(desk.vault, PEOPLE, known.id, SCAN, "application/pdf")
        change.note("evidence.attached", "subjects", known.id)
    Kept(desk, "drafts").write(DRAFT)
    stamped = desk.journal.checkpoint().text()
    (folder / "out" / "checkpoint.txt").write_text(stamped, encoding="utf-8")
    with desk.change() as change:
        change.note("record.looked", "subjects", known.id, fields=("name",), reason=REASON)
    return desk
