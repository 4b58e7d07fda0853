"""The texts of papers that the office can edit: shipped with the program, replaced by its own.

A text is plain: paragraphs, numbered lines, and places in braces that are filled in when the
paper is made. A register that prints such a text adds a line to ``KINDS`` and a file for each
language below ``resources/templates/texts``; ``text_of`` says which text counts on a day.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import TYPE_CHECKING

from privdesk.core.errors import DomainError
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_
from privdesk.core.particles import template
from privdesk.core.resources import resource

if TYPE_CHECKING:
    from privdesk.registers.desk import Desk

_PLACE = re.compile(r"\{([^{}\n]{1,40})\}")


class UnknownTextError(DomainError):
    """There is no text “{code}”. Nothing was changed; choose one of: {known}."""


class UnknownPlacesError(DomainError):
    """Nothing can be filled in at {unknown}. Nothing was changed; this text knows: {known}."""


@dataclass(frozen=True)
class Place:
    """What is filled in: its key, its label (a message id) and what else it may be called."""

    key: str
    label: str
    aliases: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Return what may stand in the braces."""
        return (self.key, *self.aliases)


@dataclass(frozen=True)
class TextKind:
    """A text that some paper prints: its code, its label (a message id), its places."""

    code: str
    label: str
    places: tuple[Place, ...]

    def place(self, name: str) -> Place | None:
        """Return the place that a name in braces means."""
        wanted = name_key(name)
        return next((p for p in self.places if wanted in map(name_key, p.names())), None)


COMPANY = Place("company", N_("Company name"), ("회사명",))
NAME = Place("name", N_("Full name"), ("성명",))
STAFF_NO = Place("staff_no", N_("Staff number"), ("사번",))
DEPARTMENT = Place("department", N_("Department"), ("부서",))
POSITION = Place("position", N_("Position"), ("직위",))
ORGANISATION = Place("organisation", N_("Company the person belongs to"), ("소속회사",))
SPAN = Place("span", N_("Span reported"), ("기간", "보고 기간"))
CPO = Place("cpo", N_("Chief privacy officer"), ("개인정보 보호책임자", "보호책임자"))
_OF_STAFF = (COMPANY, NAME, STAFF_NO, DEPARTMENT, POSITION)

KINDS = (
    TextKind("pledge-joining", N_("Pledge on joining"), _OF_STAFF),
    TextKind("pledge-yearly", N_("Yearly pledge"), _OF_STAFF),
    TextKind("pledge-leaving", N_("Pledge on leaving"), _OF_STAFF),
    TextKind("pledge-outside", N_("Pledge of outside staff"), (*_OF_STAFF, ORGANISATION)),
    TextKind("report-monthly", N_("Opening of the monthly report"), (COMPANY, SPAN, CPO)),
    TextKind("report-board", N_("Opening of the report to the board"), (COMPANY, SPAN, CPO)),
)


def kind_of(code: str) -> TextKind:
    """Return what is known of a text."""
    found = next((kind for kind in KINDS if kind.code == code), None)
    if found is None:
        raise UnknownTextError(code=code, known=", ".join(kind.code for kind in KINDS))
    return found


@dataclass(frozen=True)
class Template:
    """A text as it counts: heading and body, with places in braces.

    ``version`` 0 and an empty ``ref`` mean the text that ships with the program.
    """

    code: str
    language: str
    heading: str
    text: str
    version: int = 0
    ref: str = ""

    @property
    def digest(self) -> str:
        """The SHA-256 of heading and text in Unicode NFC with LF, in hexadecimal."""
        return digest(self.heading, self.text)

    def filled(self, values: Mapping[str, str]) -> Template:
        """Return it with the places filled in; one without a value stays empty.

        Values are data: braces in them are never places, and Korean particles that name
        both forms are chosen to fit.
        """
        kind = kind_of(self.code)
        heading, text = (_filled(kind, part, values) for part in (self.heading, self.text))
        return Template(self.code, self.language, heading, text, self.version, self.ref)


def text_of(desk: Desk, code: str, language: str, on: date) -> Template:
    """Return the text that counts on a day: the office's own, else the one that ships."""
    kind_of(code)
    own: Template | None = desk.service("templates").in_force(code, language, on)
    return own or shipped(code, language)


@cache
def shipped(code: str, language: str) -> Template:
    """Return the text that ships with the program; its first line is the heading."""
    path = resource("templates", "texts", language, f"{kind_of(code).code}.txt")
    heading, _line, text = path.read_text(encoding="utf-8").partition("\n")
    return Template(code, language, heading.strip(), text.strip())


def digest(heading: str, text: str) -> str:
    """Return the SHA-256 of a text, in hexadecimal."""
    return hashlib.sha256(f"{_plain(heading)}\n\n{_plain(text)}".encode()).hexdigest()


def require_known_places(code: str, *texts: str) -> None:
    """Refuse texts with braces that nothing can be filled into."""
    kind = kind_of(code)
    names = [found for text in texts for found in _PLACE.findall(text)]
    unknown = list(dict.fromkeys(f"{{{name}}}" for name in names if kind.place(name) is None))
    if unknown:
        known = ", ".join(f"{{{name}}}" for place in kind.places for name in place.names())
        raise UnknownPlacesError(unknown=", ".join(unknown), known=known)


def _filled(kind: TextKind, text: str, values: Mapping[str, str]) -> str:
    """Fill the places in by a format of our own making, so that no text is ever evaluated."""
    told: dict[str, str] = {}
    parts: list[str] = []
    last = 0
    for found in _PLACE.finditer(text):
        place = kind.place(found[1])
        if place is None:
            continue
        parts += [_escaped(text[last : found.start()]), f"{{{place.key}}}"]
        told[place.key] = values.get(place.key, "")
        last = found.end()
    parts.append(_escaped(text[last:]))
    return template("".join(parts)).format(**told)


def _escaped(text: str) -> str:
    return text.replace("{", "{{").replace("}", "}}")


def _plain(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return unicodedata.normalize("NFC", lines)
