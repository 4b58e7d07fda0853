"""Which fields of a register stand in its table, how they are aligned and which carry a chip."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_
from privdesk.core.register import Register, Row
from privdesk.ui.table.cells import shown_text, state_of, state_words

REF = "ref"
"""Name of the column (and of the sort) that holds the reference."""

_DUE_ENDINGS = (
    *("due", "due_on", "expires", "expires_on", "expiry", "destroy_on", "destroy_by"),
    "review_by",
)
_WORDS = (Kind.TEXT, Kind.NOTE, Kind.LINK, Kind.LINKS, Kind.CHOICE, Kind.CHOICES)


class Look(Enum):
    """How a column is drawn."""

    PLAIN = "plain"
    STATE = "state"  # icon, word and colour
    DUE = "due"  # date with the days left


@dataclass(frozen=True)
class Column:
    """One column of the table."""

    field: Field
    look: Look = Look.PLAIN
    shown: bool = True

    @property
    def name(self) -> str:
        """Return the field's name."""
        return self.field.name

    @property
    def numeric(self) -> bool:
        """Whether the text stands on the right, in tabular figures."""
        return self.field.kind is Kind.INTEGER

    @property
    def wordy(self) -> bool:
        """Whether it holds words, of which the first ones tell most: it may be narrower."""
        return self.look is Look.PLAIN and self.field.kind in _WORDS and self.name != REF


def columns(register: Register, fields: Iterable[Field]) -> tuple[Column, ...]:
    """Return all columns a table can show: reference, state, then the fields in their order."""
    given = [f for f in fields if f.name != REF]
    made = [Column(Field(REF, N_("Number"), width=104))]
    if register.states:
        declared = next((f for f in given if f.name == register.state_field), None)
        state = declared or Field(register.state_field, N_("State"), Kind.CHOICE, width=128)
        made.append(Column(state, Look.STATE))
    made += [_column(f) for f in given if not (register.states and f.name == register.state_field)]
    return tuple(made)


def _column(field: Field) -> Column:
    return Column(field, Look.DUE if is_due(field) else Look.PLAIN, field.in_table)


def is_due(field: Field) -> bool:
    """Whether a date is one that something has to happen by; such fields are named so."""
    return field.kind is Kind.DATE and any(
        field.name == ending or field.name.endswith("_" + ending) for ending in _DUE_ENDINGS
    )


def under(register: Register, row: Row, column: Column) -> str:
    """Return the text of a row under a column, in the language spoken."""
    if column.name == REF:
        return row.ref
    if column.look is Look.STATE:
        state = state_of(register, row)
        return state_words(state) if state else row.state
    return shown_text(column.field, row)


def chosen(all_columns: Sequence[Column], names: Sequence[str]) -> tuple[Column, ...]:
    """Return the columns with the shown ones as the user chose them, in the user's order."""
    by_name = {c.name: c for c in all_columns}
    first = [replace(by_name[n], shown=True) for n in names if n in by_name]
    rest = [replace(c, shown=False) for c in all_columns if c.name not in names]
    return (*first, *rest)
