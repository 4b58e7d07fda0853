"""``list``, ``show``, ``set`` and ``act``: any register, by its declaration alone."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from privdesk.commands import naming, output, pairs
from privdesk.commands.call import call_of
from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _

if TYPE_CHECKING:
    from privdesk.core.register import Outcome, Row
    from privdesk.registers.desk import Desk

CASES = "requests"
Vault = Annotated[Path, typer.Argument(metavar="VAULT", help=N_("The vault’s folder."))]
Name = Annotated[
    str, typer.Argument(metavar="REGISTER", help=N_("The register’s plural name, e.g. places."))
]


class StateBySetError(DomainError):
    """The state of a record is never set by hand. Nothing was changed; it moves by what is done,
    see “privdesk act --help”.
    """


class NotCreatableError(DomainError):
    """Records of the register “{name}” come from what is done here and are not entered. Nothing
    was changed; to change one, give its reference.
    """


def list_(
    ctx: typer.Context,
    vault: Vault,
    register: Name,
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=VALUE",
            help=N_("Only these; the same field again widens. Of days also FIRST..LAST."),
        ),
    ] = None,
    limit: Annotated[int | None, typer.Option(min=0, help=N_("At most so many."))] = None,
    view: Annotated[
        str, typer.Option(metavar="NAME", help=N_("This saved view, one’s own or a ready one."))
    ] = "",
) -> None:
    """List the records of a register, personal values masked."""
    from privdesk.commands import rows

    call = call_of(ctx)
    wanted, look = pairs.conditions(where or []), call.look
    with call.desk(vault) as desk:
        query, _saved = rows.query_of(desk, register, wanted, view)
        found = rows.listed(desk, register, query, limit, look)
        if call.as_json:
            output.many(rows.as_json(row) for row in found)
        else:
            heads = rows.heads(desk, register)
            fields = [f for f in desk.service(register).fields() if f.in_table]
            output.table(heads, (rows.cells(desk, register, row, fields) for row in found))


def show(
    ctx: typer.Context,
    vault: Vault,
    register: Name,
    ref: Annotated[str, typer.Argument(metavar="REF", help=N_("The record’s reference."))],
) -> None:
    """Show one record with its history."""
    from privdesk.commands import rows
    from privdesk.flows.revealing import seen

    call = call_of(ctx)
    look = call.look
    with call.desk(vault) as desk:
        service = desk.service(register)
        number = naming.number(desk, register, ref)
        found = seen(desk, register, [number], look) if look else service.rows([number])
        if call.as_json:
            output.one(rows.as_json(found[0]))
        else:
            _show(desk, register, found[0])


def set_(
    ctx: typer.Context,
    vault: Vault,
    register: Name,
    given: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[REF] FIELD=VALUE...", help=N_("Without REF a new record is made.")
        ),
    ] = None,
    fields: Annotated[
        bool, typer.Option("--fields", help=N_("Only list the fields and what they may hold."))
    ] = False,
) -> None:
    """Enter a new record, or change fields of one; prints its reference."""
    from privdesk.commands import declaring, rows

    call = call_of(ctx)
    if fields:
        with call.desk(vault) as desk:
            declaring.fields(desk, register, as_json=call.as_json)
        return
    told, values = pairs.split(given or [])
    if len(told) > 1 or not values:
        raise typer.BadParameter(_("give at most one REF and at least one FIELD=VALUE"))
    with call.desk(vault) as desk:
        service = desk.service(register)
        _refuse_state(desk, register, values)
        if not told and not service.register.creatable:
            raise NotCreatableError(name=register)
        if told:
            row = service.update(naming.ref(desk, register, told[0]), values)
        else:
            row = service.create(values)
        if call.as_json:
            output.one(rows.as_json(row))
        else:
            print(row.ref)


def act(
    ctx: typer.Context,
    vault: Vault,
    register: Name,
    given: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[REF...] ACTION [FIELD=VALUE...]",
            help=N_("The records, the action’s name, and what it asks for."),
        ),
    ] = None,
    file: Annotated[
        Path | None, typer.Option(help=N_("A file that the action takes, or that it writes."))
    ] = None,
    fields: Annotated[
        bool,
        typer.Option(
            "--fields", help=N_("Only list the actions, or the one named, and what they ask.")
        ),
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only say what would be."))] = False,
) -> None:
    """Do an action on records: a step of a procedure, such as a legal hold or a withdrawal."""
    call = call_of(ctx)
    told, values = pairs.split(given or [])
    if fields:
        from privdesk.commands import declaring

        with call.desk(vault) as desk:
            asked = [name for name in told if not references.is_reference(name)][-1:]
            declaring.actions(desk, register, "".join(asked), as_json=call.as_json)
        return
    if not told:
        raise typer.BadParameter(_("name the action"))
    from privdesk.commands import acting

    with call.desk(vault) as desk:
        action, named = acting.sorted_out(desk, register, told)
        if dry_run:
            from privdesk.commands import rehearsing

            said = rehearsing.told(desk, register, action, named, pairs.gathered(values))
            if call.as_json:
                output.one({"refs": named, "would": said})
            else:
                print("\n".join(said))
            return
        outcome = acting.do(desk, register, named, action, values, file, call.lang)
        if call.as_json:
            once = {"passphrase": outcome.once} if outcome.once else {}
            output.one({"ref": next(iter(outcome.refs), ""), "refs": outcome.refs,
                        "message": outcome.message, **once})  # fmt: skip
        else:
            _tell(vault, outcome)


def _tell(vault: Path, outcome: Outcome) -> None:
    print(outcome.message)
    if outcome.once:
        print(_("Passphrase, shown this once: {once}").format(once=outcome.once))
    if outcome.paper:
        _register, code, ref = outcome.paper
        how = f"privdesk print {vault} {code} {ref} --out FILE.pdf"
        print(_("Its paper: {how}").format(how=how))


def _refuse_state(desk: Desk, register: str, values: Mapping[str, str]) -> None:
    declared = desk.register(register)
    if declared.state_field in values and declared.field(declared.state_field) is None:
        raise StateBySetError


def _show(desk: Desk, register: str, row: Row) -> None:
    from privdesk.commands import rows
    from privdesk.journal import telling
    from privdesk.journal.actions import ACTIONS

    service = desk.service(register)
    lines: list[tuple[str, Any]] = [(_("Reference"), row.ref)]
    lines += [(_("State"), rows.state(desk, register, row))]
    if register == CASES:
        from privdesk.flows import openwork

        told = (f"{one.text} ({one.ref})" for one in openwork.of(desk, row))
        lines.append((_("Still open"), ", ".join(told)))
    lines += [(_(f.label), rows.shown(desk, register, row, f.name)) for f in service.fields()]
    output.facts(lines)
    print()
    labels = {service.register.state_field: N_("State"), **telling.PIECES}
    labels |= {f.name: f.label for f in service.fields()}
    events = service.history(row.ref)
    heads = (_("Time"), _("Person"), _("Action"), _("Fields"), _("Reason"))
    output.table(
        heads,
        (
            (
                *(e.at, e.person, _(ACTIONS.get(e.action, e.action))),
                tuple(_(labels.get(name, name)) for name in e.fields),
                telling.reason(e.reason),
            )
            for e in events
        ),
    )
