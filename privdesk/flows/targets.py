"""The folder that the office chose for its backups: known again by a mark that lies in it.

A drive that is not connected leaves an empty folder of the same name on the system’s own disk.
Backups there would be lost with the vault, and nobody would notice. So a small text file is
written into the chosen folder, and where it is missing, the drive is not there.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.registers.desk import Desk
from privdesk.vault.session import Vault

MARK = "backup_mark"  # a setting: the number in the mark
_LONGEST = 4096
_NUMBER = re.compile(r"^folder: ([0-9a-f]{32})$", re.MULTILINE)
_TEXT = """\
This folder takes the backups of a privdesk vault. Leave this file where it is: by it the program
knows whether this drive is connected.
이 폴더에 privdesk 보관소의 백업이 저장됩니다. 지우거나 옮기지 마십시오.
프로그램은 이 파일을 보고 드라이브가 연결되었는지 확인합니다.

vault: {vault}
folder: {number}
"""


class BackupFolderMissingError(system.PathMissingError):
    """The folder for backups, {path}, is not there. Nothing was changed; connect its drive, or
    choose another folder on the page “Safety”.
    """


class BackupDriveMissingError(BackupFolderMissingError):
    """A folder {path} is there, but not the one that was chosen for backups: its mark, {mark}, is
    missing, as when the drive is not connected. Nothing was changed; connect the drive, or choose
    the folder anew on the page “Safety”.
    """


def mark_name(vault: str) -> str:
    """Return the name of the mark of a vault, given its id."""
    return f"privdesk-backups-{vault[:8]}.txt"


def mark(desk: Desk, folder: Path) -> str:
    """Mark a folder that is there as the one for the vault’s backups; return the mark’s number.

    Where it has a mark of the vault already, as from another workstation, that one counts on.
    """
    vault = desk.vault
    system.refuse_inside_vault(folder / mark_name(vault.id))
    if not folder.is_dir():
        raise system.PathMissingError(path=folder)
    number = _read(folder, vault)
    if not number:
        number = os.urandom(16).hex()
        text = _TEXT.format(vault=vault.id, number=number)
        system.atomic_write(folder / mark_name(vault.id), text.encode(), 0o600)
    return number


def require(vault: Vault, folder: Path, number: str | None) -> None:
    """Refuse a chosen folder that is absent or has not the mark of this number.

    One that was chosen before there were marks has no number, and only has to be there.
    """
    if not folder.is_dir():
        raise BackupFolderMissingError(path=folder)
    if number and _read(folder, vault) != number:
        raise BackupDriveMissingError(path=folder, mark=mark_name(vault.id))


def on_same_disk(vault: Vault, folder: Path) -> bool:
    """Whether a folder for backups lies on the disk of the vault, so that both are lost at once."""
    near = next(each for each in (folder.absolute(), *folder.absolute().parents) if each.exists())
    with suppress(OSError):
        return system.disk_of(near) == system.disk_of(vault.folder)
    return False


def _read(folder: Path, vault: Vault) -> str:
    try:
        data = system.read_bytes(folder / mark_name(vault.id), _LONGEST)
    except DomainError:
        return ""
    found = _NUMBER.search(data.decode("utf-8", "replace").replace("\r\n", "\n"))
    return found[1] if found and f"vault: {vault.id}" in data.decode("utf-8", "replace") else ""
