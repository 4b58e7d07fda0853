"""Writing a file that the user chose."""

from __future__ import annotations

from pathlib import Path

from privdesk.core import system


def save_bytes(path: Path, data: bytes) -> None:
    """Write ``data`` for the account alone to read; raises DomainError with a sentence."""
    system.refuse_inside_vault(path)
    system.atomic_write(path, data, 0o600)
