"""A backup that the desk could not make by itself: kept in the vault until one is made."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from privdesk.vault.session import Vault

BACKUP_FAILED = "backup_failed"  # in meta: the day and the folder of a backup that failed


@dataclass(frozen=True)
class Failed:
    """A backup that the desk could not make: on which day, where, whether the folder was absent."""

    on: date
    folder: str
    absent: bool


def failed(vault: Vault) -> Failed | None:
    """Return the backup that failed, if none was made since."""
    told = json.loads(vault.meta(BACKUP_FAILED) or "null")
    if told is None:
        return None
    return Failed(date.fromisoformat(told["on"]), str(told["folder"]), bool(told["absent"]))
