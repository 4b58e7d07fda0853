"""Pictures of sheets as a scanner makes them."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from PIL import Image


def drawn(size: tuple[int, int] = (300, 400), *, ink: bool = True) -> Image.Image:
    """Return a white sheet of so many dots, with a bar for a signature on it unless told not to."""
    made = Image.new("L", size, 255)
    if ink:
        made.paste(0, (size[0] // 4, size[1] // 2, size[0] // 2, size[1] // 2 + size[1] // 20 + 1))
    return made


def png(size: tuple[int, int] = (300, 400), *, ink: bool = True) -> bytes:
    """Return such a sheet as a PNG."""
    out = BytesIO()
    drawn(size, ink=ink).save(out, "PNG")
    return out.getvalue()


def scanned(path: Path, size: tuple[int, int] = (300, 400), *, ink: bool = True) -> Path:
    """Write such a sheet as what the file's ending says, a picture or a PDF."""
    drawn(size, ink=ink).save(path)
    return path
