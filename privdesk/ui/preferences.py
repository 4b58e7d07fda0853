"""Preferences in a small file of the account; no Qt, read before the window is made."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Protocol

from privdesk.core import system

_RECENT = 5


@dataclass(frozen=True)
class Preferences:
    """What a person may set for this workstation; no personal data."""

    language: str = "ko"
    look: str = "system"
    scale: int = 100
    idle_minutes: int = 10
    backup_folder: str = ""


class PreferencesStore(Protocol):
    """Where preferences are kept."""

    def load(self) -> Preferences:
        """Return what was saved, or the defaults."""

    def save(self, preferences: Preferences) -> None:
        """Keep them; raises DomainError when they cannot be written."""


class PreferencesFile:
    """Keeps preferences and the folders of vaults opened before; a damaged file is forgotten."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def load(self) -> Preferences:
        """Return what was saved; the defaults for what is missing or of a wrong kind."""
        raw = self._read()
        known: dict[str, Any] = {
            f.name: raw[f.name]
            for f in fields(Preferences)
            if type(raw.get(f.name)) is type(f.default)
        }
        return Preferences(**known)

    def save(self, preferences: Preferences) -> None:
        """Keep them; raises DomainError when they cannot be written."""
        self._write({**self._read(), **asdict(preferences)})

    def recent(self) -> list[Path]:
        """Return folders of vaults that still exist, newest first."""
        raw = self._read().get("recent", [])
        names = [name for name in raw if isinstance(name, str)] if isinstance(raw, list) else []
        return [path for path in map(Path, names) if (path / "vault.json").is_file()]

    def remember(self, folder: Path) -> None:
        """Put a vault's folder first among those opened before."""
        rest = [str(path) for path in self.recent() if path != folder]
        self._write({**self._read(), "recent": [str(folder), *rest][:_RECENT]})

    def _read(self) -> dict[str, object]:
        try:
            raw = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return raw if isinstance(raw, dict) else {}

    def _write(self, values: dict[str, object]) -> None:
        with system.explained(self._path):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = json.dumps(values, ensure_ascii=False, indent=1)
        system.atomic_write(self._path, text.encode(), 0o600)
