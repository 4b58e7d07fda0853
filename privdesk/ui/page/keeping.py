"""Settings of the register pages in a small file of the account; no personal data is among them."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

from privdesk.core.errors import DomainError
from privdesk.exchange.wholefile import whole_file


class FilePreferences:
    """Columns and saved views, kept as JSON.

    A file that cannot be read counts as empty, and one that cannot be written is
    forgotten at the end of the session: neither may keep anyone from working.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._kept = _read(path)

    def get(self, key: str) -> Any:
        """Return a setting, or None."""
        return self._kept.get(key)

    def put(self, key: str, value: Any) -> None:
        """Keep a setting."""
        if self._kept.get(key) == value:
            return
        self._kept[key] = value
        with suppress(DomainError, OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with whole_file(self._path) as stream:
                stream.write(json.dumps(self._kept, ensure_ascii=False).encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return kept if isinstance(kept, dict) else {}
