"""Records as people name them: by their number, by what they are called, by a staff number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privdesk.core import references
from privdesk.core.errors import DomainError, UnknownNameError
from privdesk.core.i18n import _

if TYPE_CHECKING:
    from privdesk.core.register import Register
    from privdesk.registers.desk import Desk

_EXAMPLE = 1234
_SHOWN = 6


class UnknownRecordError(UnknownNameError):
    """There is no {what} with the number or the name “{ref}”. Nothing was changed; a number looks
    like {example}.
    """


class SeveralCalledError(DomainError):
    """“{text}” is what several records are called: {refs}. Nothing was changed; give the number of
    the one that is meant.
    """


def ref(desk: Desk, register: str, text: str) -> str:
    """Return the reference of a record given by its number or, where only one has it, its name.

    People whose data the office keeps are named by number alone: names are looked up by search.

    Raises:
        UnknownRecordError: there is no such record.
        SeveralCalledError: several are called that.
    """
    return desk.ref(register, number(desk, register, text))


def number(desk: Desk, register: str, text: str) -> int:
    """Return the number of a record given by reference or name."""
    service, declared = desk.service(register), desk.register(register)
    try:
        found: int = service.number(text)
    except references.UnknownReferenceError as why:
        called = service.called(text.strip()) if _may_be_named(declared) else []
        if len(called) == 1:
            return int(called[0])
        if not called:
            example = references.make(declared.prefix, _EXAMPLE)
            raise UnknownRecordError(what=_(declared.singular), ref=text, example=example) from why
        refs = [desk.ref(register, one) for one in called]
        more = ", …" if len(refs) > _SHOWN else ""
        raise SeveralCalledError(text=text, refs=", ".join(refs[:_SHOWN]) + more) from why
    return found


def _may_be_named(declared: Register) -> bool:
    """Whether records are looked up by name: not where the name is a data subject’s."""
    field = declared.field(declared.title_field)
    return field is not None and not field.masked
