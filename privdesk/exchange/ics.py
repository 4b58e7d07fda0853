"""Days as an iCalendar file (RFC 5545), for the calendar programs of an office.

Lines end in CRLF and are folded at 75 octets, never inside a character (3.1); text is
escaped (3.3.11). Each day is an event of the whole day that shows nobody as busy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

PRODUCT = "-//privdesk//due days//EN"
OCTETS = 75  # of a line, its end not counted


@dataclass(frozen=True)
class Day:
    """One event; ``uid`` stays the same as long as it is the same duty (RFC 7986, 5.3)."""

    uid: str
    day: date
    title: str
    text: str = ""


def calendar(days: Iterable[Day], name: str, made_at: datetime) -> str:
    """Return the file; ``made_at`` stamps every event, so that a later file replaces it."""
    stamp = made_at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:{PRODUCT}",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        *(line for day in days for line in _event(day, stamp)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def escaped(text: str) -> str:
    """Return a text value: backslash, semicolon, comma and line ends escaped."""
    for sign in ("\\", ";", ","):
        text = text.replace(sign, "\\" + sign)
    return "\\n".join(text.splitlines())


def folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, each but the first behind a space."""
    pieces: list[str] = []
    piece, room = "", OCTETS
    for sign in line:
        size = len(sign.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", OCTETS - 1
        piece += sign
        room -= size
    return "\r\n ".join([*pieces, piece])


def _event(day: Day, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{day.uid}"
    yield f"DTSTAMP:{stamp}"
    yield f"LAST-MODIFIED:{stamp}"
    yield f"DTSTART;VALUE=DATE:{day.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day.day + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(day.title)}"
    if day.text:
        yield f"DESCRIPTION:{escaped(day.text)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
