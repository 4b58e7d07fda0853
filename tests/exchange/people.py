"""Fields of an invented register of people, for the tests of import and export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from privdesk.core.fields import Audience, Choice, Field, Kind
from privdesk.exchange.mapping import plan, recogniser
from privdesk.exchange.reading import open_source
from privdesk.exchange.rows import Chunk, Options, Reject, read_chunks

NAME = Field("name", "Name", Kind.NAME, Audience.PERSONAL, required=True)
PHONE = Field("phone", "Telephone", Kind.PHONE, Audience.PERSONAL)
EMAIL = Field("email", "E-mail", Kind.EMAIL, Audience.PERSONAL)
COLLECTED = Field("collected_on", "Collected on", Kind.DATE)
SOURCE_ID = Field("source_id", "Source id")
CHANNEL = Field(
    "channel",
    "Channel",
    Kind.CHOICE,
    choices=(Choice("web", "Web site"), Choice("desk", "Counter")),
)
PEOPLE = (SOURCE_ID, NAME, PHONE, EMAIL, COLLECTED, CHANNEL)


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    """Write a text file and return its path."""
    path.write_bytes(text.encode(encoding))
    return path


def take(
    path: Path, *asked: str, fields: tuple[Field, ...] = PEOPLE, options: Options | None = None
) -> tuple[list[dict[str, Any]], list[Reject]]:
    """Read a whole list and return its rows by field name, and the rejects."""
    with open_source(path, known=recogniser(fields)) as source:
        mapping = plan(source, fields, asked=asked)
        chunks = list(read_chunks(source, mapping, fields, options, size=7))
    return [row for chunk in chunks for row in dicts(chunk)], [r for c in chunks for r in c.rejects]


def dicts(chunk: Chunk) -> list[dict[str, Any]]:
    """Return the rows of a chunk by field name."""
    return [dict(zip(chunk.names, row, strict=True)) for row in chunk.rows]
