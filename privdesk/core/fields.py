"""One declaration of a field: table, form, import, export, print and command line read it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum

from privdesk.core.i18n import _


class Kind(Enum):
    """What a value is; the Python type it has between the layers stands behind it."""

    TEXT = "text"  # str, one line
    NOTE = "note"  # str, several lines
    NAME = "name"  # str, a person's name, kept as written
    PHONE = "phone"  # str, one form: 010-1234-5678 or +44 20 7946 0000
    EMAIL = "email"  # str
    DATE = "date"  # datetime.date
    MOMENT = "moment"  # datetime.datetime with UTC
    INTEGER = "integer"  # int
    CHOICE = "choice"  # str: the key of one of Field.choices
    CHOICES = "choices"  # tuple[str, ...]: keys
    FLAG = "flag"  # bool
    PERIOD = "period"  # core.periods.Period
    LINK = "link"  # str: the reference of a record of Field.links_to
    LINKS = "links"  # tuple[str, ...]: references

    __hash__ = object.__hash__  # quicker than that of Enum: asked for each value of each record


class Audience(Enum):
    """Who may ever read a value. All but open values exist only sealed."""

    OPEN = "open"  # numbers, dates, states, names of companies
    OFFICE = "office"  # the office's own people, free text
    PERSONAL = "personal"  # data subjects, visitors, agents, free text about them

    __hash__ = object.__hash__


@dataclass(frozen=True)
class Choice:
    """One value of a choice: its stored key and its label (a message id).

    ``help`` (a message id) is shown once the choice is made, such as what to say on the telephone.
    ``aliases`` are further words, in either language, by which lists of other systems mean it.
    """

    key: str
    label: str
    help: str = ""
    aliases: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """Return what it is called on the screen, with its key: “In person (visit)”."""
        return f"{_(self.label)} ({self.key})"


@dataclass(frozen=True)
class Field:
    """A field of a register.

    ``slot`` numbers a sealed value inside its owner's packed row; it is part of the
    format and never reused. Open fields have none and are a column of the model
    with the field's own name. ``computed`` values are worked out by the service and
    cannot be entered or imported. ``aliases`` are further column heads, in either
    language, by which an import recognises the field. ``picks`` makes a text the path of a
    file, chosen in a dialog: ``open`` for one that is read, ``save`` for one that is written.
    ``ends`` names the field with the last day of a span that begins with this day: a cell of a
    list that holds both days fills both. ``private`` marks a value of the office's own people,
    such as a telephone at home, that is masked like that of a data subject.
    """

    name: str
    label: str
    kind: Kind = Kind.TEXT
    audience: Audience = Audience.OPEN
    required: bool = False
    choices: tuple[Choice, ...] = ()
    links_to: str | None = None
    slot: int | None = None
    computed: bool = False
    may_be_new: bool = False  # a link that may name, as text, a record not there yet
    fixed: bool = False  # may be entered when the record is made, not changed later
    in_table: bool = True
    in_form: bool = True
    width: int = 120
    aliases: tuple[str, ...] = ()
    help: str = ""
    clause: str = ""  # clause of the policy or article of law it answers to
    default: object = None
    picks: str = ""
    ends: str = ""
    private: bool = False
    resident: bool = False  # a statute allows a resident registration number here
    shown_for: tuple[tuple[str, tuple[str, ...]], ...] = ()  # only with these values of others
    check: Callable[[object], str | None] | None = field(default=None, compare=False)

    @property
    def sealed(self) -> bool:
        """Whether values exist only sealed."""
        return self.audience is not Audience.OPEN

    @property
    def masked(self) -> bool:
        """Whether a value is masked until an officer reveals it, with a reason."""
        return self.private or self.audience is Audience.PERSONAL

    @property
    def enterable(self) -> bool:
        """Whether a person or an import may give a value."""
        return not self.computed

    def choice(self, key: str) -> Choice | None:
        """Return the choice with this key."""
        return next((c for c in self.choices if c.key == key), None)


def words_of(fields: Iterable[Field], key: str) -> str:
    """Return what a key kept as a reason is called, where a field has it as a choice."""
    for one in fields:
        if (choice := one.choice(key)) is not None:
            return _(choice.label)
    return key
