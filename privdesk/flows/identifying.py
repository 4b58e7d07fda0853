"""The check of who asks: what the caller says is compared with what is on file, and never shown.

The officer types what is said; each item is answered with match, no match or nothing on file.
Case, spaces and the way of writing do not count, and of a number its last digits are enough.
Every comparison is journalled by the names of the items, without a value and whatever came of it
(rule 21; Decree 46(1)).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core.errors import DomainError
from privdesk.core.fields import Field, Kind
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome
from privdesk.core.values import to_text
from privdesk.exchange.convert import convert_value
from privdesk.flows import changes
from privdesk.flows.answering import person_of
from privdesk.registers.desk import Desk
from privdesk.registers.requests import rules, steps
from privdesk.registers.requests.kinds import METHODS
from privdesk.registers.requests.rules import State

MATCH, DIFFERS, NOTHING = "match", "differs", "nothing"
ANSWERS: Mapping[str, str] = {
    MATCH: N_("match"),
    DIFFERS: N_("no match"),
    NOTHING: N_("nothing on file"),
}
CALLBACK = "callback"  # the way of checking that needs a number on file
LAST_DIGITS = 4  # of a number this many at its end are enough
CHECKED = N_("Identity checked: {how}")
COMPARED = N_("Compared: {items}")
_NOT_SAID = re.compile(r"[\W_]+")


class NothingMatchesError(DomainError):
    """What the caller says does not match what is on file ({found}). Nothing was recorded as
    checked; ask in another way, or refuse the request because the identity is not confirmed.
    """


class SaidNothingError(DomainError):
    """Nothing was given to compare. Nothing was looked up; write down what the caller says."""


class CheckedAlreadyError(DomainError):
    """The identity in {ref} was checked before, so nothing is compared any more. Nothing was
    looked up.
    """


@dataclass(frozen=True)
class Compared:
    """An item that was compared: how it is called, and what came of it (a key of ``ANSWERS``)."""

    key: str
    label: str
    answer: str

    @property
    def text(self) -> str:
        """Return it in words."""
        return f"{self.label}: {_(ANSWERS[self.answer])}"


def compare(desk: Desk, request: int, said: str) -> tuple[Compared, ...]:
    """Compare what a caller says, a line for each item, with what is on file of the person.

    The lines are as for a correction: ``Telephone: 5678``. Journalled as one entry of the case
    with the names of the items.

    Raises:
        CheckedAlreadyError: the check is over.
        SaidNothingError: no line says anything.
        NobodyAskedForError: the case is linked to nobody.
    """
    service = desk.service("requests")
    (row,) = service.rows([request])
    if row.state != State.RECEIVED.value:
        raise CheckedAlreadyError(ref=row.ref)
    person = person_of(desk, row)
    told = {item: value for item, value in changes.said(desk, said).items() if value}
    if not told:
        raise SaidNothingError
    fields = desk.service("subjects").fields_of_items()
    with desk.change() as change:
        (known,) = desk.service("subjects").rows([person.id], reveal=True)
        numbers = tuple(desk.service("subjects").sources(person.id).values())
        found = []
        for item, value in told.items():
            if item == changes.NUMBERS:
                field = desk.service("subjects").field("source_ids")
                on_file: Collection[str] = numbers
            else:
                field = fields[item]
                on_file = [to_text(field.kind, known.values.get(field.name))]
            found.append(Compared(field.name, _(field.label), _answer(field, on_file, value)))
        names = tuple(one.key for one in found)
        change.note("request.compared", rules.REGISTER, request, fields=names)
    return tuple(found)


def identify(desk: Desk, request: int, method: str, note: str = "", said: str = "") -> str:
    """Record that it is known who asks; return the way of checking in words.

    What was said is compared first; one item that does not match keeps the check open.

    Raises:
        NothingMatchesError: naming what did not match; the comparison stands in the journal.
    """
    found = compare(desk, request, said) if said.strip() else ()
    if any(one.answer != MATCH for one in found):
        raise NothingMatchesError(found=", ".join(one.text for one in found))
    told = [note.strip()] if note.strip() else []
    if found:
        told.append(_(COMPARED).format(items=", ".join(one.label for one in found)))
    with desk.change() as change:
        steps.identify(change, request, method, note="\n".join(told))
    choice = next((one for one in METHODS if one.key == method), None)
    return _(choice.label) if choice else method


def _answer(field: Field, on_file: Collection[str], said: str) -> str:
    known = [text for text in on_file if text]
    if not known:
        return NOTHING
    return MATCH if any(matches(field, text, said) for text in known) else DIFFERS


def matches(field: Field, known: str, said: str) -> bool:
    """Whether what is said is the value on file, however it is written.

    A number may be told by its last digits; names, addresses and other texts in full.
    """
    if field.kind is Kind.DATE:
        return _same_day(field, date.fromisoformat(known), said)
    if field.kind is Kind.EMAIL:
        return name_key(said) == name_key(known)
    told, here = _key(said), _key(known)
    if not told:
        return False
    digits = re.sub(r"\D", "", known)
    if field.kind is Kind.PHONE or (digits and digits == here):
        there = re.sub(r"\D", "", said)
        if len(there) != len(told):
            return False
        long = len(digits) > LAST_DIGITS
        return there == digits or (long and len(there) >= LAST_DIGITS and digits.endswith(there))
    return told == here


def _key(text: str) -> str:
    """Return a text without what nobody says: spaces, hyphens, full stops, brackets."""
    return _NOT_SAID.sub("", name_key(text))


def _same_day(field: Field, known: date, said: str) -> bool:
    """Whether a day is said; digits alone are year, month and day, as on a card."""
    digits = "".join(said.split())
    if digits.isdecimal():
        return digits in (f"{known:%Y%m%d}", f"{known:%y%m%d}")
    return bool(convert_value(field, said) == known)


# -- action of the requests -----------------------------------------------------------------


def act(desk: Desk, refs: Sequence[str], *, method: str, note: str = "", said: str = "") -> Outcome:
    """Record how it was made sure who asks, comparing what is said first."""
    how = ""
    for ref in refs:
        number = desk.service("requests").number(ref)
        how = identify(desk, number, method, note or "", said or "")
    return Outcome(_(CHECKED).format(how=how), tuple(refs))
