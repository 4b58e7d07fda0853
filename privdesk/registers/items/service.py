"""Items: a field name for each, and none that the law forbids to collect."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from privdesk.core.categories import Category
from privdesk.core.errors import UnknownNameError
from privdesk.core.fields import Kind
from privdesk.core.i18n import N_, _
from privdesk.core.register import Query
from privdesk.core.resources import resource
from privdesk.exchange.guessing import key_of, names_of_kind
from privdesk.registers.checking import refuse
from privdesk.registers.desk import Change, Desk
from privdesk.registers.items import rules
from privdesk.registers.named import NamedRecords

# Columns of an import of subjects that are no items, beside the fields of other registers.
RESERVED = frozenset(("id", "ref", "state", "subject", "file", "place", "purpose"))
NOT_A_KEY = N_("a field name has small letters, digits and “_” only, and begins with a letter.")
KEY_TAKEN = N_("another item or field is called that.")
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")


@cache
def templates() -> tuple[Mapping[str, Any], ...]:
    """Return the items that ship with the program; those marked ``start`` every office has."""
    text = resource("templates", "items.json").read_text(encoding="utf-8")
    return tuple(json.loads(text))


def seed(desk: Desk) -> None:
    """Enter the three items that every office starts with; those there already stay."""
    for template in templates():
        if template.get("start"):
            desk.service("items").adopt(template["key"])


class Items(NamedRecords):
    """Service of the items."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse a resident number without statute (rule 7); name the field of a new item."""
        super().derive(values, before)
        category = Category(values.get("category") or Category.ORDINARY.value)
        rules.require_statute(
            str(values.get("name") or ""), category, str(values.get("statute") or "")
        )
        rules.require_category(
            [str(values.get(name) or "") for name in ("name", "name_en", "key")], category
        )
        if before is not None:
            return {}
        return {"key": self._key(values)}

    def called(self, title: str) -> list[int]:
        """Return the living items of this name, in either language, or of this field name.

        Where there is none, those that go by it in the lists of other systems: by one of their
        aliases, or as the only item of a kind (휴대폰 for the telephone number).
        """
        found = super().called(title)
        if found:
            return found
        number = self.by_key(title.strip())
        if number is not None:
            return [] if self.rows([number])[0].state == "void" else [number]
        return self._also_called(key_of(title))

    def _also_called(self, wanted: str) -> list[int]:
        sql = "SELECT id, kind, aliases FROM items WHERE state <> 'void' ORDER BY id"
        rows = self.vault.raw.execute(sql).fetchall()
        by_alias = [
            number
            for number, _kind, aliases in rows
            if wanted and wanted in {key_of(alias) for alias in str(aliases or "").split(",")}
        ]
        if by_alias:
            return by_alias
        meant = {kind.value for kind in Kind if wanted in names_of_kind(kind)}
        of_kind = [number for number, kind, _aliases in rows if kind in meant]
        return of_kind if len(of_kind) == 1 else []

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Have the people's fields follow, also where the transaction is taken back."""
        subjects = self.desk.service("subjects")
        subjects.forget_items()
        change.afterwards.add(subjects.read_items)

    def unmake(self, change: Change, first: int, stop: int) -> None:
        """Delete the items of an import; the people's fields follow."""
        super().unmake(change, first, stop)
        self.written(change, 0, {})

    def by_key(self, key: str) -> int | None:
        """Return the number of the item with this field name, void ones too."""
        sql = "SELECT id FROM items WHERE key = ?"
        row = self.vault.raw.execute(sql, (key,)).fetchone()
        return None if row is None else int(row[0])

    def adopt(self, key: str) -> int:
        """Return the number of an item that ships with the program, entered when missing."""
        found = self.by_key(key)
        if found is not None:
            return found
        template = next((one for one in templates() if one["key"] == key), None)
        if template is None:
            raise UnknownNameError(what=_(self.register.singular), name=key)
        return self.create({k: v for k, v in template.items() if k != "start"}).id

    def called_by(self, refs: Sequence[str]) -> list[str]:
        """Return the names of items by reference, in order."""
        numbers = [self.number(ref) for ref in refs]
        names = self.titles(numbers)
        return [names[number] for number in numbers]

    def used_by(self, number: int) -> str:
        """Return a living purpose that needs the item, or nothing."""
        purposes = self.desk.service("purposes")
        found = purposes.needing(self.desk.ref("items", number))
        return str(purposes.spoken(found[0])) if found else ""

    def _key(self, values: Mapping[str, Any]) -> str:
        given = str(values.get("key") or "")
        if given:
            if not _KEY.fullmatch(given):
                refuse(self.field("key"), given, _(NOT_A_KEY))
            if self._taken(given):
                refuse(self.field("key"), given, _(KEY_TAKEN))
            return given
        base = slug(str(values.get("name_en") or "")) or slug(str(values.get("name") or ""))
        base = base or f"item_{self.open_view(Query()).total + 1}"
        found, n = base, 2
        while self._taken(found):
            found, n = f"{base}_{n}", n + 1
        return found

    def _taken(self, key: str) -> bool:
        return key in self._reserved() or self.by_key(key) is not None

    def _reserved(self) -> set[str]:
        names = set(RESERVED)
        for register in ("subjects", "holdings", "consents"):
            names |= {field.name for field in self.desk.register(register).fields}
        return names


def slug(text: str) -> str:
    """Return a field name out of an English name: ``Date of birth`` gives ``date_of_birth``."""
    found = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")
    return found[:40].rstrip("_") if found[:1].isalpha() and text.isascii() else ""
