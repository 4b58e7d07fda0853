"""Purposes: complete or draft, in use or ended; what ends or changes moves the days of holdings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select, update

from privdesk.core import laws
from privdesk.core.categories import Basis, Category, Separate
from privdesk.core.errors import DomainError
from privdesk.core.hangul import name_key
from privdesk.core.i18n import LANGUAGES, N_, _, current, ngettext, words
from privdesk.core.periods import Period
from privdesk.core.register import Outcome, Query, Row
from privdesk.core.rulebook import statutes
from privdesk.registers.consenting import boxes_needed, main_box
from privdesk.registers.desk import Change
from privdesk.registers.named import NamedRecords
from privdesk.registers.purposes import rules, templates

_OWN_BOX = {Category.SENSITIVE: Separate.SENSITIVE, Category.UNIQUE_ID: Separate.UNIQUE_ID}
_OWN_BOXES = frozenset(box.value for box in _OWN_BOX.values())
# What moves the day on which something held for the purpose has to go.
_MOVES_DAYS = frozenset(("retention", "statute", "statute_period", "ended_on"))


class ItemTwiceError(DomainError):
    """An item cannot be both required and optional: {items}. Nothing was changed; take it out of
    one of the two.
    """


class StatuteMissingError(DomainError):
    """The period of another law needs the name of that law. Nothing was changed; name the law and
    its article, or leave the period out.
    """


class EndsLaterError(DomainError):
    """A purpose cannot have ended on {day}, which is still to come. Nothing was changed; enter the
    end on that day.
    """


@dataclass(frozen=True)
class Terms:
    """How long what is held for a purpose stays: its own period, its end, another law's period.

    ``law`` is the least that the law named in ``statute`` commands; it counts from what that law
    names, or ``at_once`` from the record itself.
    """

    retention: Period | None
    ended_on: date | None
    law: Period | None
    statute: str
    at_once: bool = False


class Purposes(NamedRecords):
    """Service of the purposes."""

    def derive(self, values: Mapping[str, Any], before: Mapping[str, Any] | None) -> dict[str, Any]:
        """Refuse what contradicts itself; work out state, statutory period and renewal."""
        super().derive(values, before)
        both = set(values.get("required_items") or ()) & set(values.get("optional_items") or ())
        if both:
            names = self.desk.service("items").called_by(sorted(both))
            raise ItemTwiceError(items=", ".join(names))
        stored: dict[str, Any] = {"state": state_of(values)}
        stored.update(self._statute(values))
        if before is not None and self._needs_renewal(before, values):
            stored["renew_from"] = self.desk.today()
        return stored

    def written(self, change: Change, number: int, values: Mapping[str, Any]) -> None:
        """Have the days worked out again of everything held for the purpose."""
        if _MOVES_DAYS & values.keys():
            self._recompute(number)

    # -- actions

    def end(self, refs: Sequence[str], *, on: date | None = None) -> Outcome:
        """Record that purposes have ended; what is held for them is due from that day."""
        today = self.desk.today()
        if on is not None and on > today:
            raise EndsLaterError(day=on)
        moved = self._set_end(refs, on or today, "purpose.ended", "")
        message = ngettext(
            "Purpose ended; {n} holding has a new day",
            "Purpose ended; {n} holdings have a new day",
            moved,
        )
        return Outcome(message, tuple(refs))

    def reopen(self, refs: Sequence[str], *, reason: str) -> Outcome:
        """Take up purposes again whose end was recorded by mistake."""
        self._set_end(refs, None, "record.changed", reason)
        return Outcome(_(N_("Purpose in use again")), tuple(refs))

    def adopt(self, key: str, language: str = "") -> Row:
        """Enter a purpose from the templates, with the items it needs.

        Texts that exist once only are in the office's language.
        """
        office = language or str(self.desk.setting("language", current()))
        values = templates.values_of(key, office, self.desk.today())
        with self.desk.change():
            items = self.desk.service("items")
            for name in ("required_items", "optional_items"):
                numbers = [items.adopt(item) for item in values[name]]
                values[name] = tuple(self.desk.ref("items", number) for number in numbers)
            return self.create(values)

    # -- for other registers

    def needing(self, item: str) -> list[int]:
        """Return the purposes in use that need an item, required or optional."""
        found = {*self.naming("required_items", item), *self.naming("optional_items", item)}
        return sorted(found)

    def items_of(self, number: int) -> tuple[str, ...]:
        """Return the references of the items a purpose needs, required ones first."""
        (row,) = self.rows([number])
        return (*row.values["required_items"], *row.values["optional_items"])

    def separate(self, number: int) -> frozenset[Separate]:
        """Return what needs a consent of its own for a purpose (rule 5)."""
        (row,) = self.rows([number])
        return rules.separate_needed(self.facts(row, row.values))

    def boxes(self, number: int) -> frozenset[Separate]:
        """Return every box that people may have ticked for a purpose (rule 5).

        Those that the law wants, those that the office declares, and those of wordings that
        are or were in force.
        """
        (row,) = self.rows([number])
        facts = self.facts(row, row.values)
        t = self.desk.service("wordings").table
        used = t.c.state.in_(("used", "replaced"))
        with self.vault.reading() as sql:
            seen = sql.execute(select(t.c.box).where(t.c.purpose == number, used).distinct())
            shown = {Separate(box) for box in seen.scalars()}
        return boxes_needed(rules.separate_needed(facts) | facts.separate | shown)

    def advertised(self) -> list[int]:
        """Return the purposes in use for which a marketing box can have been ticked."""
        sql = (
            "SELECT id FROM purposes WHERE state = 'active' AND (marketing"
            " OR separate_consents LIKE '%marketing%' OR id IN (SELECT purpose FROM wordings"
            " WHERE box = 'marketing' AND state IN ('used', 'replaced'))) ORDER BY id"
        )
        return [row[0] for row in self.vault.raw.execute(sql).fetchall()]

    def main_box(self, number: int) -> Separate:
        """Return the box on which stands what is held for a purpose."""
        return main_box(self.boxes(number))

    def items_of_box(self, number: int, box: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the items, required and optional, that a box of a purpose agrees to.

        Sensitive information and unique identifiers have their own box; the others agree
        to the rest.
        """
        (row,) = self.rows([number])
        items = self.desk.service("items")
        refs = (*row.values["required_items"], *row.values["optional_items"])
        kinds = {i.ref: i.values["category"] for i in items.rows([items.number(r) for r in refs])}
        own = {ref: _OWN_BOX.get(Category(kind or "ordinary")) for ref, kind in kinds.items()}
        wanted = Separate(box) if box in _OWN_BOXES else None
        needed, free = (
            tuple(ref for ref in row.values[name] if own.get(ref) is wanted)
            for name in ("required_items", "optional_items")
        )
        return needed, free

    def used_by(self, number: int) -> str:
        """Return what stands on the purpose, such as a file or a consent; or nothing."""
        ref = self.desk.ref("purposes", number)
        for name in ("files", "holdings", "consents", "point-items", "wordings"):
            service = self.desk.service(name)
            states = [s.key for s in service.register.states if s.key not in _GONE]
            rows = service.find(Query(where={"purpose": ref, "state": states}), limit=1)
            if rows:
                return f"{rows[0].ref} ({_(service.register.singular)})"
        return ""

    # -- for the rules

    def facts(self, row: Row | None, values: Mapping[str, Any]) -> rules.PurposeFacts:
        """Return what the rules need of a purpose."""
        place = values.get("separate_place")
        return rules.PurposeFacts(
            ref=row.ref if row else "",
            name=str(values.get("name") or ""),
            needs=self._needs(values),
            basis=Basis(values["basis"]) if values.get("basis") else None,
            article=str(values.get("article") or ""),
            retention=values.get("retention"),
            statute=statute_key(str(values.get("statute") or ""), self.desk.today()),
            statute_period=values.get("statute_period"),
            refusal=str(values.get("refusal") or ""),
            provision=bool(values.get("recipient")),
            recipient=str(values.get("recipient") or ""),
            marketing=bool(values.get("marketing")),
            separate=frozenset(Separate(key) for key in values.get("separate_consents") or ()),
            listed_apart=values.get("listed_apart"),
            separate_place=self._is_apart(place) if place else False,
            clause=str(values.get("clause") or ""),
        )

    def terms(self, number: int) -> Terms:
        """Return how long what is held for a purpose may, or has to, stay."""
        (row,) = self.rows([number])
        facts, today = self.facts(row, row.values), self.desk.today()
        law, known = rules.statutory_period(facts, today), rules.statute_of(facts, today)
        retention = row.values["retention"]
        return Terms(
            retention=retention if isinstance(retention, Period) else None,
            ended_on=row.values["ended_on"],
            law=law if law is not None and not law.until_event else None,
            statute=str(row.values["statute"] or ""),
            at_once=known is not None and known.at_once,
        )

    # -- inside

    def _set_end(self, refs: Sequence[str], on: date | None, action: str, reason: str) -> int:
        moved = 0
        with self.desk.change() as change:
            for ref in refs:
                number = self.number(ref)
                (row,) = self.rows([number])
                state = state_of({**row.values, "ended_on": on})
                change.sql.execute(
                    update(self.table)
                    .where(self.table.c.id == number)
                    .values(ended_on=on, state=state)
                )
                change.note(action, "purposes", number, fields=("ended_on",), reason=reason)
                moved += self._recompute(number)
        return moved

    def _recompute(self, number: int) -> int:
        services = (self.desk.service(name) for name in ("holdings", "files"))
        return sum(service.recompute(purpose=number) for service in services)

    def _statute(self, values: Mapping[str, Any]) -> dict[str, Any]:
        named = str(values.get("statute") or "").strip()
        if values.get("statute_period") is not None and not named:
            raise StatuteMissingError
        if named and values.get("statute_period") is None:
            known = statutes(self.desk.today()).get(statute_key(named, self.desk.today()))
            return {"statute_period": known.period} if known else {}
        return {}

    def _needs(self, values: Mapping[str, Any]) -> tuple[rules.Need, ...]:
        items = self.desk.service("items")
        needs: list[rules.Need] = []
        for name, required in (("required_items", True), ("optional_items", False)):
            rows = items.rows([items.number(ref) for ref in values.get(name) or ()])
            needs += [_need(row, required=required) for row in rows]
        return tuple(needs)

    def _needs_renewal(self, before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
        old, new = self.facts(None, before), self.facts(None, after)
        return bool(rules.new_consent_reasons(old, new))

    def _is_apart(self, place: str) -> bool:
        places = self.desk.service("places")
        (row,) = places.rows([places.number(place)])
        return bool(row.values["separate"])


_GONE = ("void", "destroyed", "past")


def _need(item: Row, *, required: bool) -> rules.Need:
    return rules.Need(
        item=item.values["name"],
        required=required,
        category=Category(item.values["category"]),
        statute=str(item.values["statute"] or ""),
    )


def state_of(values: Mapping[str, Any]) -> str:
    """Return the state that follows from the values: draft, active or ended."""
    if values.get("ended_on") is not None:
        return "ended"
    return "active" if values.get("basis") and values.get("retention") is not None else "draft"


def statute_key(text: str, on: date) -> str:
    """Return the key of the trade statute that a text names, else the text itself.

    A statute is named by its key, by what its records are called in either language, by its
    article, or by both.
    """
    wanted = name_key(text)
    for known in statutes(on).values():
        names = {known.key, known.name, known.article}
        for language in LANGUAGES:
            names |= {words(language)(known.name), laws.named(known, words(language))}
        if wanted and wanted in {name_key(name) for name in names}:
            return known.key
    return text
