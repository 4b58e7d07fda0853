"""A new office: vault, first officer, recovery kit and custody sheet, each test-opened."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding

from privdesk.core import system
from privdesk.core.clock import Clock, SystemClock, office_date
from privdesk.core.i18n import N_, words
from privdesk.documents.certificate import issue_certificate
from privdesk.documents.paper import Company
from privdesk.documents.papers import recovery_kit
from privdesk.documents.rendering import render
from privdesk.flows import custodybooks, rolling
from privdesk.flows.opening import ready
from privdesk.registers import models
from privdesk.registers.desk import Desk
from privdesk.registers.items.service import seed as seed_items
from privdesk.vault import creation, crypto, opening, slots
from privdesk.vault.crypto import Cost
from privdesk.vault.custody import kit_bytes, read_kit
from privdesk.vault.epoch import EpochStore
from privdesk.vault.errors import KitError
from privdesk.vault.header import Header

VAULT_PLACE = N_("This vault")


@dataclass(frozen=True)
class NewOffice:
    """What is decided when an office starts; the officer keeps the custody copy unless another
    keeper is named.
    """

    company: str
    officer: str
    passphrase: str
    language: str = "ko"
    cost: Cost | None = None
    keeper: str = ""
    place: str = ""


@dataclass(frozen=True)
class Started:
    """A new vault on the disk, not yet handed over: its kit and custody secrets."""

    folder: Path
    made: creation.Made

    @property
    def kit(self) -> bytes:
        """The bytes spelled on the recovery kit."""
        return kit_bytes(self.made.header.vault, self.made.kit)


def start(folder: Path, office: NewOffice, clock: Clock | None = None) -> Started:
    """Make the vault's files; call ``write_kit`` and ``rolling.write_custody`` next."""
    models.load()
    now = (clock or SystemClock()).now()
    key, certificate = issue_certificate(office.company, now)
    new = creation.NewVault(
        company=office.company,
        officer=office.officer,
        passphrase=office.passphrase,
        issue=key.private_numbers().private_value.to_bytes(32, "big"),
        certificate=certificate.public_bytes(Encoding.DER),
        cost=office.cost or crypto.calibrated(),
    )
    return Started(folder.absolute(), creation.create(folder, new, now))


def kit_paper(started: Started, now: datetime, language: str) -> bytes:
    """Return the recovery kit as a PDF."""
    return kit_sheet(started.made.header, started.kit, office_date(now), language)


def kit_sheet(head: Header, spelled: bytes, on: date, language: str) -> bytes:
    """Return the newest kit of a header as a PDF, with the bytes that are spelled on it."""
    sheet = recovery_kit.RecoveryKit(
        number=f"K-{head.kit_number}",
        issued_on=on,
        vault=head.company,
        vault_id=head.vault,
        secret=spelled,
    )
    paper = recovery_kit.build(sheet, language)
    return render(paper, checkpoint=None, company=Company(head.company))


def write_kit(started: Started, target: Path, now: datetime, language: str) -> None:
    """Write the recovery kit as a PDF and open the vault with what was written."""
    data = kit_paper(started, now, language)
    with system.explained(target):
        target.parent.mkdir(parents=True, exist_ok=True)
    system.atomic_write(target, data, 0o600)
    check_kit(started.folder, target)


def kit_secret(folder: Path, kit: Path | str) -> bytes:
    """Return the secret of a kit (its file, or the letters typed off it) for a vault."""
    return kit_of(opening.look(folder).vault, kit)


def kit_of(vault: str, kit: Path | str) -> bytes:
    """Return the secret of a kit for the vault of this id."""
    from privdesk.documents.secrets import read_secret_pdf, read_secret_text

    data = (
        read_secret_text(kit) if isinstance(kit, str) else read_secret_pdf(system.read_bytes(kit))
    )
    return read_kit(data, vault)


def check_kit(folder: Path, kit: Path | str) -> None:
    """Test-open a vault with a kit."""
    if not slots.unlock_kit(opening.look(folder), kit_secret(folder, kit)).roles:
        raise KitError


def new_desk(
    folder: Path, office: NewOffice, kit: Path, custody: Path, clock: Clock | None = None
) -> Desk:
    """Make a vault with one officer, kit and custody copy, all re-opened, and open its desk.

    Where kit or custody copy cannot be written, the new vault is taken away again.
    """
    clock = clock or SystemClock()
    started = start(folder, office, clock)
    try:
        write_kit(started, kit, clock.now(), office.language)
        desk = first_desk(started, office, clock)
    except BaseException:
        discard(started)
        raise
    try:
        hand_over(desk, custody, office.keeper or office.officer, office.place)
    except BaseException:
        desk.vault.close()
        discard(started)
        system.overwrite_and_remove(kit)
        raise
    return desk


def first_desk(started: Started, office: NewOffice, clock: Clock) -> Desk:
    """Open a vault that was just made and enter the first rows."""
    vault = opening.open_vault(started.folder, office.officer, office.passphrase)
    desk = ready(vault, clock)
    with desk.change() as change:
        change.note("vault.created")
        desk.set_setting("language", office.language)
        seed_items(desk)
        name = words(office.language)(VAULT_PLACE)
        desk.service("places").create({"name": name, "kind": "vault", "medium": "electronic"})
    return desk


def hand_over(desk: Desk, custody: Path, keeper: str = "", place: str = "") -> None:
    """Write the first custody copy, read it back and enter it into the books."""
    vault = desk.vault
    rolling.check_target(desk, custody)
    secret = vault.epochs.current()
    assert secret is not None
    number = custodybooks.next_custody(desk)
    rolling.write_custody(desk, custody, secret, number, place=place, keeper=keeper)
    with desk.change() as change:
        kind = "file" if custody.suffix.lower() == ".key" else "sheet"
        custodybooks.record_custody(change, secret, kind, place, keeper)
        told = {"number": f"C-{number}", "keeper": keeper, "place": place}
        change.note("vault.custody", details=told)


def discard(started: Started) -> None:
    """Take away a vault whose set-up failed, with its epoch secret."""
    store = EpochStore(started.made.header.vault)
    shutil.rmtree(started.folder, ignore_errors=True)
    store.forget()
