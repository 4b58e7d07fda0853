"""One person's sheet out of a stack that was printed for many: the run is kept as one paper."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome, Shown
from privdesk.registers.desk import Desk
from privdesk.registers.pledges.proof import Printed

TITLE = N_("{title}, as printed under {number}")


class NotPrintedError(DomainError):
    """No sheet of {ref} was printed, or it is not kept any more. Nothing was shown; print it."""


class OneAtATimeError(DomainError):
    """One sheet is shown at a time. Nothing was shown; choose a single record."""


def sheet(desk: Desk, refs: Sequence[str]) -> Outcome:
    """Show the sheet of a pledge as it was printed, alone or in a stack."""
    return _shown(desk, "pledges", "sheet", refs)


def certificate(desk: Desk, refs: Sequence[str]) -> Outcome:
    """Show somebody's certificate as it was printed, alone or in a stack."""
    return _shown(desk, "attendances", "certificate", refs)


def _shown(desk: Desk, register: str, field: str, refs: Sequence[str]) -> Outcome:
    if len(refs) != 1:
        raise OneAtATimeError
    service = desk.service(register)
    (row,) = service.rows([service.number(refs[0])])
    number = str(row.values[field] or "")
    data = Printed(desk).pages(number) if number else b""
    if not data:
        raise NotPrintedError(ref=row.ref)
    title = _(TITLE).format(title=row.values["title"], number=number)
    return Outcome(title, (row.ref,), Shown(title, f"{number.replace('/', '-')}.pdf", data))
