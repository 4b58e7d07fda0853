"""Which column fills which field: guessed, asked for, remembered."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Container, Iterable, Sequence
from collections.abc import Mapping as MappingOf
from dataclasses import dataclass, replace
from dataclasses import field as made
from typing import Any

from privdesk.core.faults import Raw
from privdesk.core.fields import Field, Kind
from privdesk.core.normal import (
    DateOrder,
    DateRules,
    OrderGuess,
    as_text,
    guess_date_order,
    has_short_year,
    looks_like_serial,
)
from privdesk.exchange.errors import (
    DateOrderNeededError,
    DuplicateColumnError,
    FieldMissingError,
    FieldTwiceError,
    MapSyntaxError,
    NoColumnMatchesError,
    StaleMappingError,
    UnknownColumnError,
    UnknownFieldError,
)
from privdesk.exchange.guessing import by_content, by_name, heads_of, key_of, keys_of
from privdesk.exchange.source import Source

_VERSION = 1
_DATED = (Kind.DATE, Kind.MOMENT)


@dataclass(frozen=True)
class Mapping:
    """A field for each column of a list, or none; and how its dates are to be read.

    ``how`` says for each column why: ``name``, ``content``, ``asked`` or ``remembered``; of
    one that is left out, ``remembered`` where it would be taken but for the last time, and
    ``computed`` where it names what is worked out here.
    """

    header: tuple[str, ...]
    fields: tuple[str, ...]  # by column; "" where it is left out
    how: tuple[str, ...]
    rules: MappingOf[str, DateRules] = made(default_factory=dict)  # by field

    @property
    def fingerprint(self) -> str:
        """The key under which a mapping for these columns is remembered."""
        return fingerprint(self.header)

    @property
    def left_out(self) -> tuple[str, ...]:
        """The columns that fill no field; those without a name are not worth telling."""
        return tuple(
            name
            for name, field in zip(self.header, self.fields, strict=True)
            if not field and not name.startswith("(")
        )

    @property
    def left_before(self) -> tuple[str, ...]:
        """The columns that are left out only because they were the last time."""
        return self._left_out_as("remembered")

    @property
    def worked_out(self) -> tuple[str, ...]:
        """The columns that are left out because what they name is worked out here."""
        return self._left_out_as("computed")

    def _left_out_as(self, why: str) -> tuple[str, ...]:
        taken = zip(self.header, self.fields, self.how, strict=True)
        return tuple(column for column, field, how in taken if how == why and not field)

    @property
    def guessed(self) -> tuple[tuple[str, str], ...]:
        """The columns taken for a field by what they hold: (column, field)."""
        taken = zip(self.header, self.fields, self.how, strict=True)
        return tuple((column, field) for column, field, how in taken if how == "content")

    def column_of(self, field: str) -> int | None:
        """Return which column fills a field."""
        return self.fields.index(field) if field in self.fields else None

    def with_column(self, column: str, field: str, how: str = "asked") -> Mapping:
        """Return the mapping with one column filling ``field``, or left out for ``""``.

        A column that filled the field before is left out.
        """
        at = self.header.index(column)
        fields, hows = list(self.fields), list(self.how)
        if field in fields and field:
            before = fields.index(field)
            fields[before], hows[before] = "", ""
        unsure = {field, fields[at]}
        fields[at], hows[at] = field, how if field else ""
        rules = {name: rules for name, rules in self.rules.items() if name not in unsure}
        return replace(self, fields=tuple(fields), how=tuple(hows), rules=rules)

    def only(self, names: Container[str]) -> Mapping:
        """Return the mapping with the columns left out that fill none of these fields."""
        mapping = self
        for column, field in zip(self.header, self.fields, strict=True):
            if field and field not in names:
                mapping = mapping.with_column(column, "")
        return mapping

    def with_rules(self, field: str, rules: DateRules) -> Mapping:
        """Return the mapping with an answer about the dates of a field."""
        return replace(self, rules={**self.rules, field: rules})

    def to_json(self) -> str:
        """Return what is remembered: names of columns and fields, never what they hold."""
        rules = {
            name: {"order": r.order.value if r.order else None, "pivot": r.pivot}
            for name, r in self.rules.items()
        }
        columns = dict(zip(self.header, self.fields, strict=True))
        kept = {"version": _VERSION, "columns": columns, "rules": rules}
        return json.dumps(kept, ensure_ascii=False)


def from_json(text: str) -> Mapping:
    """Return a remembered mapping."""
    try:
        kept: dict[str, Any] = json.loads(text)
        columns = {str(name): str(field) for name, field in kept["columns"].items()}
        rules = {
            str(name): DateRules(DateOrder(r["order"]) if r["order"] else None, r["pivot"])
            for name, r in kept["rules"].items()
        }
    except (ValueError, KeyError, TypeError, AttributeError) as why:
        raise StaleMappingError from why
    how = tuple("remembered" if field else "" for field in columns.values())
    return Mapping(tuple(columns), tuple(columns.values()), how, rules)


def fingerprint(header: Iterable[str]) -> str:
    """Return a key for a set of column names, whatever their order, case and spaces."""
    names = "\x1f".join(sorted(key_of(name) or name for name in header))
    return hashlib.sha256(names.encode(errors="backslashreplace")).hexdigest()


def recogniser(fields: Sequence[Field]) -> Callable[[str], bool]:
    """Return whether a text is the name of one of the fields, for ``open_source``."""
    known = heads_of(_enterable(fields))
    return lambda head: any(key in known for key in keys_of(head))


def plan(
    source: Source,
    fields: Sequence[Field],
    *,
    asked: Sequence[str] = (),
    remembered: Mapping | None = None,
    answer: DateRules | None = None,
) -> Mapping:
    """Return the mapping that memory, names and contents suggest, and what is asked for.

    ``asked`` are ``COLUMN=FIELD`` pairs; ``answer`` says how doubtful dates are read, and what
    it leaves open is read as remembered. Dates are settled without it where the whole column
    proves one order.
    """
    mapping = _guessed(source, fields)
    fields = _enterable(fields)
    if remembered is not None and fingerprint(source.header) == remembered.fingerprint:
        mapping = _remembered(mapping, remembered, fields)
    return with_dates(source, assign(mapping, asked, fields), fields, answer)


def _guessed(source: Source, every: Sequence[Field]) -> Mapping:
    header, fields = source.header, _enterable(every)
    named = by_name(header, every)
    chosen = {at: field for at, field in named.items() if field.enterable}
    hows = {at: "name" if field.enterable else "computed" for at, field in named.items()}
    free = [at for at in range(len(header)) if at not in named]
    taken = {field.name for field in chosen.values()}
    more = by_content(
        [header[at] for at in free],
        [_cells(source, at) for at in free],
        [field for field in fields if field.name not in taken],
    )
    for at, field in more.items():
        chosen[free[at]] = field
        hows[free[at]] = "content"
    return Mapping(
        header,
        tuple(chosen[at].name if at in chosen else "" for at in range(len(header))),
        tuple(hows.get(at, "") for at in range(len(header))),
    )


def _remembered(guessed: Mapping, kept: Mapping, fields: Sequence[Field]) -> Mapping:
    header = guessed.header
    exists = {field.name for field in fields}
    by_key = {
        key_of(name): field
        for name, field in zip(kept.header, kept.fields, strict=True)
        if field in exists
    }
    chosen = tuple(by_key.get(key_of(name), "") for name in header)
    how = tuple(
        "remembered" if field or (guess and guess not in chosen) else why * (why == "computed")
        for field, guess, why in zip(chosen, guessed.fields, guessed.how, strict=True)
    )
    return Mapping(header, chosen, how, kept.rules)


def with_dates(
    source: Source, mapping: Mapping, fields: Sequence[Field], answer: DateRules | None = None
) -> Mapping:
    """Return the mapping with what is answered, known or proved about its date columns."""
    for field in fields:
        at = mapping.column_of(field.name)
        if at is None or field.kind not in _DATED:
            continue
        rules = _answered(mapping.rules.get(field.name, DateRules()), answer)
        cells = [cell for cell in _cells(source, at) if as_text(cell).strip()]
        serials = bool(cells) and all(map(looks_like_serial, cells))
        order = rules.order or _prove(source, at, guess_date_order(cells))
        mapping = mapping.with_rules(field.name, replace(rules, order=order, serials=serials))
    return mapping


def _answered(rules: DateRules, answer: DateRules | None) -> DateRules:
    if answer is None:
        return rules
    pivot = rules.pivot if answer.pivot is None else answer.pivot
    return replace(rules, order=answer.order or rules.order, pivot=pivot)


def _prove(source: Source, at: int, sampled: OrderGuess) -> DateOrder | None:
    """Read the whole column where the sample leaves its dates in doubt."""
    if not sampled.needed or sampled.order:
        return sampled.order
    blocks = (rows for _numbers, rows in source.blocks(5_000))
    return guess_date_order(row[at] for rows in blocks for row in rows if len(row) > at).order


def unsettled(source: Source, mapping: Mapping) -> tuple[tuple[str, str, str], ...]:
    """Return the date columns that need an answer: (field, column, a value that shows why)."""
    found = []
    for field, rules in mapping.rules.items():
        at = mapping.column_of(field)
        if at is None or rules.order is not None:
            continue
        doubtful = next((c for c in _cells(source, at) if guess_date_order([c]).needed), None)
        if doubtful is not None:
            found.append((field, mapping.header[at], as_text(doubtful)))
    return tuple(found)


def short_years(source: Source, mapping: Mapping) -> tuple[tuple[str, str, str], ...]:
    """Return the date columns with years of two digits that nobody has said how to read.

    As ``unsettled`` does; such dates do not hold the others up.
    """
    found = []
    for field, rules in mapping.rules.items():
        at = mapping.column_of(field)
        if at is None or rules.pivot is not None or rules.serials:
            continue
        short = next((c for c in _cells(source, at) if has_short_year(c)), None)
        if short is not None:
            found.append((field, mapping.header[at], as_text(short)))
    return tuple(found)


def missing(
    mapping: Mapping, fields: Sequence[Field], given: Iterable[str] = ()
) -> tuple[Field, ...]:
    """Return the required fields that neither a column nor ``given`` nor a default fills."""
    filled = {*mapping.fields, *given}
    return tuple(
        field
        for field in _enterable(fields)
        if field.required and field.default is None and field.name not in filled
    )


def require_ready(
    source: Source,
    mapping: Mapping,
    fields: Sequence[Field],
    given: Iterable[str] = (),
    *,
    partial: bool = False,
) -> None:
    """Refuse, with what to do, a mapping with which no row could go in."""
    columns = _listed(source.header)
    if not any(mapping.fields):
        names = _listed(field.name for field in _enterable(fields))
        raise NoColumnMatchesError(fields=names)
    lacking = () if partial else missing(mapping, fields, given)
    if lacking:
        raise FieldMissingError(fields=_listed(f.name for f in lacking), columns=columns)
    for _name, column, value in unsettled(source, mapping):
        raise DateOrderNeededError(column=column, value=value)
    _refuse_repeated(source, mapping)


def _refuse_repeated(source: Source, mapping: Mapping) -> None:
    for column, field, how in zip(mapping.header, mapping.fields, mapping.how, strict=True):
        if column in source.layout.repeated and how == "name":
            raise DuplicateColumnError(column=column, field=field)


def assign(mapping: Mapping, pairs: Sequence[str], fields: Sequence[Field]) -> Mapping:
    """Return the mapping with ``COLUMN=FIELD`` pairs as asked; ``COLUMN=`` leaves one out.

    A column is named as in the list (one without a name by its letter), a field by its
    name, label or alias.
    """
    fields = _enterable(fields)
    known = heads_of(fields)
    asked: dict[str, str] = {}
    for pair in pairs:
        column, equals, wanted = pair.rpartition("=")
        if not equals or not column.strip():
            raise MapSyntaxError(pair=pair)
        name = _column(mapping.header, column)
        field = _field(wanted, known, fields)
        if field and field in asked.values() and asked.get(name) != field:
            first = next(other for other, filled in asked.items() if filled == field)
            raise FieldTwiceError(columns=_listed((first, name)), field=field)
        asked[name] = field
        mapping = mapping.with_column(name, field)
    return mapping


def _column(header: Sequence[str], wanted: str) -> str:
    if wanted in header:
        return wanted
    for name in header:
        if key_of(name) == key_of(wanted) and key_of(wanted):
            return name
    raise UnknownColumnError(column=wanted.strip(), columns=_listed(header))


def _field(wanted: str, known: MappingOf[str, tuple[int, Field]], fields: Sequence[Field]) -> str:
    if not wanted.strip():
        return ""
    rank, field = known.get(key_of(wanted), (9, None))
    if field is None or rank > 2:
        raise UnknownFieldError(field=wanted.strip(), fields=_listed(f.name for f in fields))
    return field.name


def _enterable(fields: Sequence[Field]) -> tuple[Field, ...]:
    return tuple(field for field in fields if field.enterable)


def _cells(source: Source, at: int) -> list[Raw]:
    return [cells[at] for _number, cells in source.sample if len(cells) > at]


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
