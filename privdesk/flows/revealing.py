"""Personal values in the clear: each person looked at is an entry of the journal."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from privdesk.core.fields import Audience
from privdesk.core.register import Row
from privdesk.registers.desk import Desk


def personal(desk: Desk, register: str, among: Collection[str] | None = None) -> tuple[str, ...]:
    """Return the names of a register's personal fields, or of those ``among`` some names."""
    fields = desk.service(register).fields()
    found = (f.name for f in fields if f.audience is Audience.PERSONAL)
    return tuple(name for name in found if among is None or name in among)


def masked(desk: Desk, register: str, among: Collection[str] | None = None) -> tuple[str, ...]:
    """Return the names of all fields that are masked: personal, or private of the office's own."""
    found = (f.name for f in desk.service(register).fields() if f.masked)
    return tuple(name for name in found if among is None or name in among)


def revealed(
    desk: Desk,
    register: str,
    numbers: Sequence[int],
    reason: str,
    among: Collection[str] | None = None,
) -> list[Row]:
    """Return records in the clear for a reason, which may be the reference of a case.

    With ``among`` the entries name only these fields, which are all that is shown.

    Raises:
        ForbiddenError: the role may not see what is masked.
    """
    service = desk.service(register)
    names = masked(desk, register, among)
    if names and not desk.vault.sees_people:
        desk.refuse(register, names)
    if not names or not numbers:
        found: list[Row] = service.rows(list(numbers), reveal=True)
        return found
    with desk.change() as change:
        rows: list[Row] = service.rows(list(numbers), reveal=True)
        for row in rows:
            change.note("record.looked", register, row.id, fields=names, **desk.because(reason))
    return rows


def seen(desk: Desk, register: str, numbers: Sequence[int], reason: str) -> list[Row]:
    """Return records in the clear as somebody looks at them, save what stands under a freeze.

    What is disputed is neither used nor given (S6.5), so it stays ``***`` unless the reason is
    the request for which it was frozen.
    """
    from privdesk.flows.still import Still

    still, fields = Still(desk, register, reason), desk.service(register).fields()
    return [still.without(row, fields) for row in revealed(desk, register, numbers, reason)]
