"""What is worked out of a person's values alone: list line, keyed hash, source numbers.

No database here, so that an import can do it in a process of its own.
"""

from __future__ import annotations

import hmac
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256

from privdesk.core import references
from privdesk.core.fields import Field, Kind
from privdesk.core.hangul import name_key
from privdesk.registers.subjects.fields import SLOT_SOURCES
from privdesk.vault.search.lines import Line


def line_of(
    number: int,
    fields: Sequence[Field],
    values: Mapping[int, str],
    state: str,
    collected: date | None,
    due: date | None,
) -> Line:
    """Return the list line of one person; ``fields`` are the items the office collects."""
    sources = unpack_sources(values.get(SLOT_SOURCES, ""))
    texts = tuple([values.get(f.slot or 0, "") for f in fields])
    name = next((t for f, t in zip(fields, texts, strict=True) if f.kind is Kind.NAME), "")
    return line(number, " ".join(sources.values()), texts, name, state, collected, due)


def line(
    number: int,
    sources: str,
    texts: tuple[str, ...],
    name: str,
    state: str,
    collected: date | None,
    due: date | None,
) -> Line:
    """Return a list line: the source numbers first, then the texts of the office's items."""
    values = (sources, *texts)
    searchable = (1 << len(values)) - 1
    ref = references.make("S", number)
    return Line(number, "subjects", ref, values, searchable, name, state, collected, due)


def digest(key: bytes, place: int, text: str) -> bytes:
    """Return the keyed hash of a source's number at a place, 16 bytes."""
    plain = text.casefold() if text.isascii() and " " not in text else name_key(text)
    return hmac.digest(key, place.to_bytes(8, "big") + plain.encode(), sha256)[:16]


def pack_sources(sources: Mapping[str, str]) -> str:
    """Return source numbers as stored: lines of place reference, tab, number."""
    return "\n".join(f"{place}\t{number}" for place, number in sources.items())


def unpack_sources(text: str) -> dict[str, str]:
    """Return source numbers by reference of the place."""
    pairs = (entry.partition("\t") for entry in text.splitlines())
    return {place: number for place, _tab, number in pairs if number}
