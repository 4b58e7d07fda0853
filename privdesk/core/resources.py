"""Where the files that ship with the program are."""

from __future__ import annotations

from pathlib import Path


def _root() -> Path:
    package = Path(__file__).resolve().parent.parent
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


RESOURCES = _root()


def resource(*parts: str) -> Path:
    """Return the path of a file or folder below ``resources``."""
    return RESOURCES.joinpath(*parts)
