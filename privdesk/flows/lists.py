"""A register's list on paper: the rows and columns that the screen shows, in its order.

Personal values are masked as on the screen. For a reason they are printed in the clear:
every person on the paper is looked at (an entry each), the print has to be destroyed by a
day, and its sealed copy goes with the next destruction of people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from unicodedata import east_asian_width

from privdesk.core.errors import DomainError, UnknownNameError
from privdesk.core.i18n import N_, _, speaking, words
from privdesk.core.masking import HIDDEN
from privdesk.core.register import Query, Register, Row
from privdesk.documents.paper import Align, Paper
from privdesk.documents.paper import Column as PaperColumn
from privdesk.documents.papers import register_list
from privdesk.documents.papers.common import ApprovalLine
from privdesk.flows import issuing
from privdesk.flows.revealing import masked, personal, revealed
from privdesk.flows.still import Still
from privdesk.registers.desk import Desk
from privdesk.registers.documents.fields import LIST
from privdesk.ui.page.conditions import Condition, reads, state_field
from privdesk.ui.table.cells import noun
from privdesk.ui.table.columns import Column, columns, under

MOST_ROWS = 10_000
TITLE = N_("List of {register}")
_MEASURED = 300  # rows that the widths of the columns are taken from
_WIDEST, _NARROWEST = 36, 5  # of a column, in halves of a Hangul syllable
_LATIN, _PADDING = 1.17, 3.0  # of a letter or digit, of the two sides of a cell


class TooManyToPrintError(DomainError):
    """{count} records match, and a printed list holds at most {limit}. Nothing was printed; narrow
    the list, or export it.
    """


class NothingToRevealError(DomainError):
    """The columns of this list hold no personal values, and people in links stay masked. Nothing
    was printed; leave out --reveal, or print the register “subjects”.
    """


@dataclass(frozen=True)
class AskedList:
    """A list to be printed.

    Attributes:
        register: its name.
        query: what matches, and in which order.
        columns: names of the columns in their order; empty: those a table shows at first.
        conditions: what ``query.where`` says, as it reads on the screen.
        reason: why personal values are printed in the clear; empty: they stay masked.
        view: name of the saved view that is printed; it heads the paper.
    """

    register: str
    query: Query
    columns: tuple[str, ...] = ()
    conditions: tuple[Condition, ...] = ()
    reason: str = ""
    view: str = ""


def title(register: Register) -> str:
    """Return what the list of a register is called, in the language spoken."""
    return _(TITLE).format(register=noun(register.title))


def draft(desk: Desk, asked: AskedList, language: str) -> issuing.Issued:
    """Return the list as it would be printed; in the clear its people are looked at already."""
    lister = _Lister(desk, asked, language)
    return issuing.drafted(desk, lister.paper(words(language)(issuing.NOT_ISSUED)))


def issue(desk: Desk, asked: AskedList, language: str) -> issuing.Issued:
    """Print a list: numbered, pinned to the journal, kept sealed."""
    lister = _Lister(desk, asked, language)
    return issuing.issue_paper(
        desk,
        LIST,
        lister.paper,
        about=asked.register,
        reason=asked.reason,
        personal=lister.names_people,
    )


class _Lister:
    """Draws up the paper of one list."""

    def __init__(self, desk: Desk, asked: AskedList, language: str) -> None:
        issuing.require_language(language)
        self._desk = desk
        self._asked = asked
        self._language = language
        self._register = desk.register(asked.register)
        self._service = desk.service(asked.register)
        with speaking(language):
            self._columns = self._chosen(columns(self._register, self._service.fields()))
        self._names = masked(desk, asked.register, [c.name for c in self._columns])
        if asked.reason and not desk.vault.sees_people:
            desk.refuse(asked.register, self._names)
        if asked.reason and not self._names:
            raise NothingToRevealError

    @property
    def names_people(self) -> bool:
        """Whether personal values, if only masked ones, stand on the paper: fields or titles."""
        linked = {c.field.links_to for c in self._columns} & self._desk.registers.keys()
        own = personal(self._desk, self._register.name, self._names)
        named = own or any(personal(self._desk, str(name)) for name in linked)
        return bool(named) and self._desk.vault.sees_people

    def paper(self, number: str) -> Paper:
        """Return the list as it stands now, under a number."""
        clear = bool(self._asked.reason)
        with speaking(self._language):
            numbers, total = self._matching()
            found = self._still(self._rows(numbers, clear))
            lines = [[under(self._register, r, c) for c in self._columns] for r in found]
            widths = self._widths(lines)
            data = register_list.RegisterList(
                number=number,
                issued_on=self._desk.today(),
                title=self._asked.view or title(self._register),
                of=title(self._register) if self._asked.view else "",
                columns=self._heads(widths),
                rows=lines,
                conditions=self._conditions(clear=clear),
                shown=len(lines),
                total=total,
                personal=clear,
                reason=self._asked.reason,
                destroy_by=issuing.destroy_print_by(self._desk) if clear else None,
                approvals=ApprovalLine(
                    drafter=self._desk.vault.person.name, drafted_on=self._desk.today()
                ),
            )
        return register_list.build(data, self._language)

    def _matching(self) -> tuple[Sequence[int], int]:
        """Return the numbers of the records that match, in order, and how many there are at all."""
        view = self._service.open_view(self._asked.query)
        try:
            if view.count > MOST_ROWS:
                raise TooManyToPrintError(count=f"{view.count:,}", limit=f"{MOST_ROWS:,}")
            return tuple(view.numbers()), view.total
        finally:
            view.close()

    def _chosen(self, known: Sequence[Column]) -> tuple[Column, ...]:
        by_name = {column.name: column for column in known}
        for name in self._asked.columns:
            if name not in by_name:
                raise UnknownNameError(what=_(N_("field")), name=name)
        shown = tuple(by_name[n] for n in self._asked.columns)
        return shown or tuple(c for c in known if c.shown)

    def _rows(self, numbers: Sequence[int], clear: bool) -> list[Row]:
        if clear:
            name, reason = self._register.name, self._asked.reason
            rows = revealed(self._desk, name, list(numbers), reason, self._names)
        else:
            rows = self._service.rows(list(numbers))
        found: list[Row] = self._service.restated(rows, self._asked.query)
        return found

    def _still(self, rows: Sequence[Row]) -> list[Row]:
        """Return the rows with a word where a value stands under a freeze."""
        still, fields = Still(self._desk, self._register.name), self._service.fields()
        return [still.worded(row, fields) for row in rows]

    def _heads(self, widths: Sequence[float]) -> tuple[PaperColumn, ...]:
        return tuple(
            PaperColumn(_(c.field.label), width, Align.RIGHT if c.numeric else Align.LEFT)
            for c, width in zip(self._columns, widths, strict=True)
        )

    def _widths(self, lines: Sequence[Sequence[str]]) -> list[float]:
        """Return how much room each column wants, in halves of a Hangul syllable."""
        wanted = [_head_halves(_(column.field.label)) for column in self._columns]
        for line in islice(lines, _MEASURED):
            wanted = [max(w, _halves(text)) for w, text in zip(wanted, line, strict=True)]
        return [min(max(w, _NARROWEST), _WIDEST) + _PADDING for w in wanted]

    def _conditions(self, *, clear: bool) -> str:
        """Return what the list was narrowed by; what was typed may name somebody."""
        fields = {f.name: f for f in self._service.fields()}
        if self._register.states:
            fields[self._register.state_field] = state_field(self._register)
        sealed = () if clear else masked(self._desk, self._register.name)
        told = [
            f"{_(fields[one.field].label)}: {HIDDEN}"
            if one.field in sealed
            else reads(one, fields[one.field], self._register)
            for one in self._asked.conditions
            if one.field in fields
        ]
        if self._asked.query.text:
            say = words(self._language)
            open_text = clear or not personal(self._desk, self._register.name)
            told.append(
                say("Search: {text}").format(text=self._asked.query.text)
                if open_text
                else say("found by a search")
            )
        return " · ".join(told)


def _halves(text: str) -> float:
    """Return how wide a text is, in halves of a Hangul syllable; the longest of its lines."""
    return max((sum(_half(c) for c in line) for line in text.splitlines()), default=0.0)


def _head_halves(label: str) -> float:
    """Return how much room the head of a column wants: it may stand in two lines."""
    return max(*(_halves(word) for word in label.split() or [""]), 0.6 * _halves(label))


def _half(character: str) -> float:
    return 2.0 if east_asian_width(character) in "WF" else _LATIN
