"""``search``: people by a part of a name, initial consonants, digits or a reference."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from privdesk.commands import output
from privdesk.commands.call import call_of
from privdesk.commands.records import Vault
from privdesk.core.i18n import N_, _

if TYPE_CHECKING:
    from privdesk.core.register import Row
    from privdesk.registers.desk import Desk

_MOST = 1_000_000_000


def search(
    ctx: typer.Context,
    vault: Vault,
    text: Annotated[str, typer.Argument(metavar="TEXT", help=N_("What is looked for."))],
    limit: Annotated[int, typer.Option(min=1, help=N_("At most so many."))] = 50,
) -> None:
    """Find people; nobody found is no fault."""
    from privdesk.flows.finding import settled

    call = call_of(ctx)
    look = call.look
    with call.desk(vault) as desk:
        found = settled(desk, text, min(limit, _MOST), call.reason.strip())
        if len(found) == limit:
            _tell_more(desk, text, limit)
        if look:
            found = _revealed(desk, found, look)
        if call.as_json:
            output.many(_as_json(register, row) for register, row in found)
        else:
            heads = (_("Reference"), _("Register"), _("Found"), _("State"))
            output.table(heads, (_line(desk, register, row) for register, row in found))


def _tell_more(desk: Desk, text: str, limit: int) -> None:
    """Say on stderr that more were found than are listed; the list itself stays as it is."""
    from privdesk.flows.finding import count

    whole = count(desk, text)
    if whole > limit:
        told = _("{shown} of {whole} are listed; --limit {whole} shows all.")
        print(told.format(shown=limit, whole=whole), file=sys.stderr)


def _revealed(desk: Desk, found: list[tuple[str, Row]], look: str) -> list[tuple[str, Row]]:
    from privdesk.flows.revealing import seen

    return [(of, seen(desk, of, [row.id], look)[0]) for of, row in found]


def _as_json(register: str, row: Row) -> dict[str, Any]:
    from privdesk.commands.rows import as_json

    return {"register": register, **as_json(row)}


def _line(desk: Desk, register: str, row: Row) -> list[Any]:
    from privdesk.commands import rows

    fields = [f for f in desk.service(register).fields() if f.in_table and not f.computed]
    shown = [rows.shown(desk, register, row, f.name) for f in fields[:4]]
    told = " · ".join(output.text(value) for value in shown if value)
    return [row.ref, _(desk.register(register).title), told, rows.state(desk, register, row)]
