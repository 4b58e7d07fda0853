"""What a wording is called, and which one is meant by a version, a reference or a hash."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, select

from privdesk.core import references
from privdesk.core.categories import Separate
from privdesk.core.hangul import name_key
from privdesk.core.i18n import LANGUAGES, N_, _, speaking
from privdesk.registers.consenting import BOX_LABELS

if TYPE_CHECKING:
    from sqlalchemy import Table

    from privdesk.registers.desk import Desk
    from privdesk.vault.session import Vault

CALLED = N_("{purpose} · {box} · v{version}")
_VERSION = re.compile(r"(?:v|ver\.?|version|제)?\s*([0-9]{1,6})\s*(?:판|차)?", re.IGNORECASE)
_DIGEST = re.compile(r"(?:sha-?256:)?\s*([0-9a-f]{12,64})", re.IGNORECASE)


class Meaning:
    """The part of the service that names wordings and finds them by what people write."""

    if TYPE_CHECKING:
        desk: Desk
        vault: Vault
        table: Table

    def titles(self, numbers: Sequence[int]) -> dict[int, str]:
        """Return purpose, box and version by number, in the language of the screen."""
        t = self.table
        found = {}
        with self.vault.reading() as sql:
            for start in range(0, len(numbers), 900):
                part = numbers[start : start + 900]
                wanted = select(t.c.id, t.c.purpose, t.c.box, t.c.version).where(t.c.id.in_(part))
                found.update({row.id: row for row in sql.execute(wanted)})
        purposes = self.desk.service("purposes").titles(sorted({r.purpose for r in found.values()}))
        return {
            number: _(CALLED).format(
                purpose=purposes.get(row.purpose, ""),
                box=_(BOX_LABELS[Separate(row.box)]),
                version=row.version,
            )
            for number, row in found.items()
        }

    def called(self, title: str) -> list[int]:
        """Return the living wordings that a text means: by hash, by title, by version."""
        return self.meant(title)

    def meant(self, text: str, purpose: int | None = None, box: str = "") -> list[int]:
        """Return the wordings that a text means, of a purpose and a box where they are known.

        A text is a SHA-256 (or at least its first twelve digits), a title in either
        language, or a version: ``2``, ``v2``, ``제2판``.
        """
        t = self.table
        of_box = (t.c.box == box,) if box else ()
        plain = " ".join(text.split())
        digest = _DIGEST.fullmatch(plain)
        if digest:
            return self._living(purpose, *of_box, t.c.digest.startswith(digest[1].lower()))
        version = _VERSION.fullmatch(plain)
        if version:
            return self._living(purpose, *of_box, t.c.version == int(version[1]))
        wanted, numbers = name_key(plain), self._living(purpose, *of_box)
        found: set[int] = set()
        for language in LANGUAGES:
            with speaking(language):
                found |= {
                    n for n, title in self.titles(numbers).items() if name_key(title) == wanted
                }
        return sorted(found)

    def _living(self, purpose: int | None, *more: ColumnElement[bool]) -> list[int]:
        t = self.table
        of_purpose = () if purpose is None else (t.c.purpose == purpose,)
        wanted = select(t.c.id).where(t.c.state != "void", *of_purpose, *more).order_by(t.c.id)
        with self.vault.reading() as sql:
            return list(sql.execute(wanted).scalars())

    def reference(self, text: str) -> int | None:
        """Return the number of the wording whose reference a text is, or None."""
        try:
            prefix, number = references.parse(text)
        except (references.UnknownReferenceError, references.WrongCheckDigitError):
            return None
        return number if prefix == "W" and self._living(None, self.table.c.id == number) else None
