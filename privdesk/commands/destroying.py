"""``destroy``: from the request over approval and execution to the answers of the places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer

from privdesk.commands import output
from privdesk.commands.call import call_of
from privdesk.commands.records import Vault
from privdesk.core.errors import DomainError
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_, _

Number = Annotated[
    str,
    typer.Argument(metavar="NUMBER", help=N_("The destruction’s number, D-….")),
]


class OnWithoutDueError(DomainError):
    """--on says until which day --due counts; it means nothing without --due. Nothing was
    requested; add --due, or leave out --on.
    """


def request(
    ctx: typer.Context,
    vault: Vault,
    due: Annotated[bool, typer.Option("--due", help=N_("Everything that is due."))] = False,
    on: Annotated[str | None, typer.Option(metavar="DATE", help=N_("Due by this day."))] = None,
    ref: Annotated[
        list[str] | None, typer.Option(metavar="REF", help=N_("A person or a single holding."))
    ] = None,
    file: Annotated[
        str, typer.Option(metavar="REF", help=N_("A whole file, by number or name."))
    ] = "",
) -> None:
    """Request a destruction and sign it; prints its number. Needs --reason TEXT."""
    from privdesk.commands import notices
    from privdesk.commands.values import day
    from privdesk.flows import destruction, unexpected

    call = call_of(ctx)
    reason = call.required_reason()
    if on is not None and not due:
        raise OnWithoutDueError
    asked = None if on is None else day(on, "--on")
    with call.desk(vault) as desk:
        number = destruction.request(
            desk,
            due_on=(asked or desk.today()) if due else None,
            refs=ref or (),
            file=_linked(desk, "files", file) if file else None,
            reason=reason,
        )
        told = unexpected.of_request(desk, number, ref or ())
        if call.as_json:
            output.one(_told(destruction.status(desk, number)[0]) | notices.as_json(told))
        else:
            print(number)
    notices.notice(told)


def approve(ctx: typer.Context, vault: Vault, number: Number) -> None:
    """Sign the same digest as a second officer."""
    from privdesk.flows import destruction

    call = call_of(ctx)
    with call.desk(vault) as desk:
        destruction.approve(desk, number)
        told = _told(destruction.status(desk, number)[0])
        if call.as_json:
            output.one(told)
        else:
            print(_("{ref} is approved.").format(ref=told["ref"]))


def execute(
    ctx: typer.Context,
    vault: Vault,
    number: Number,
    custody: Annotated[
        Path, typer.Option(help=N_("Where the new custody copy is written, .pdf or .key."))
    ],
    witness: Annotated[
        str, typer.Option(metavar="NAME", help=N_("The approver unless named."))
    ] = "",
    out: Annotated[
        Path | None, typer.Option(metavar="FILE.pdf", help=N_("Where the certificate is written."))
    ] = None,
) -> None:
    """Destroy what was approved, close older copies, verify, and issue the certificate."""
    from privdesk.commands.keeping import print_place
    from privdesk.commands.progress import shown
    from privdesk.commands.values import refuse_same, writable_pdf, write
    from privdesk.flows import destruction, rolling

    call = call_of(ctx)
    if out is not None:
        out = writable_pdf(out)
        refuse_same(out, custody)
    with call.desk(vault) as desk, shown() as progress:
        done = destruction.execute(
            desk, number, custody.absolute(), witness=witness or None, progress=progress
        )
        if out is not None:
            write(out, done.issued.data)
        told = _told(destruction.status(desk, done.ref)[0])
        closed = rolling.closed_by(desk)
    told |= {"certificate": done.issued.number, "document": done.issued.ref, "out": out}
    if call.as_json:
        output.one(told)
    else:
        output.facts(_facts(told))
        print_place(closed)


def place(
    ctx: typer.Context,
    vault: Vault,
    number: Number,
    where: Annotated[
        str, typer.Argument(metavar="PLACE", help=N_("The place, by number or name."))
    ],
    by: Annotated[str, typer.Option(metavar="NAME", help=N_("Who confirms."))],
    on: Annotated[str, typer.Option(metavar="DATE", help=N_("On which day it was destroyed."))],
    count: Annotated[int, typer.Option(min=0, help=N_("How many people were destroyed."))],
    evidence: Annotated[Path | None, typer.Option(help=N_("A scan or a protocol."))] = None,
) -> None:
    """Enter what a place answered to its order."""
    from privdesk.commands.values import day
    from privdesk.flows import destruction

    call = call_of(ctx)
    answered = day(on, "--on")
    with call.desk(vault) as desk:
        ref = _linked(desk, "places", where)
        destruction.place(desk, number, ref, by=by, on=answered, count=count, evidence=evidence)
        told = _told(destruction.status(desk, number)[0])
    if call.as_json:
        output.one(told)
    else:
        output.facts(_facts(told))


def status(
    ctx: typer.Context,
    vault: Vault,
    number: Annotated[
        str, typer.Argument(metavar="[NUMBER]", help=N_("All destructions where left out."))
    ] = "",
) -> None:
    """Show where a destruction, or each, stands."""
    from privdesk.flows import destruction

    call = call_of(ctx)
    with call.desk(vault) as desk:
        found = [_told(each) for each in destruction.status(desk, number or None)]
    if call.as_json:
        output.many(found)
    elif number:
        output.facts(_facts(found[0]))
    else:
        output.table(_heads(), (_line(each) for each in found))


def _told(found: Mapping[str, Any]) -> dict[str, Any]:
    return dict(found)


def _linked(desk: Any, register: str, text: str) -> str:
    """Return the reference of a record named by reference or name."""
    from privdesk.registers.checking import link

    label = desk.register(register).singular
    return link(desk, Field(register, label, Kind.LINK, links_to=register), text)


def _heads() -> Sequence[str]:
    return (_("Number"), _("State"), _("People"), _("Holdings"), _("Requested"), _("Executed"))


def _line(found: Mapping[str, Any]) -> list[Any]:
    names = ("people", "holdings", "requested_on", "executed_at")
    return [found["ref"], _state(found), *(found.get(name) for name in names)]


def _state(found: Mapping[str, Any]) -> str:
    from privdesk.registers.destructions.rules import STATE_LABELS, State

    return _(STATE_LABELS[State(found["state"])])


def _facts(found: Mapping[str, Any]) -> list[tuple[str, Any]]:
    signed = [f"{who} ({_(_PARTS.get(part, part))})" for part, who in found["signed"].items()]
    places = [_place(each) for each in found["places"]]
    return [
        (_("Number"), found["ref"]),
        (_("State"), _state(found)),
        (_("Reason"), found.get("reason")),
        (_("People"), found.get("people")),
        (_("Holdings"), found.get("holdings")),
        (_("Left out"), found.get("skipped") or ""),
        (_("Requested"), found.get("requested_on")),
        (_("Approved"), found.get("approved_on")),
        (_("Executed"), found.get("executed_at")),
        (_("Destroyed people"), found.get("tombstones")),
        (_("Signed by"), signed),
        (_("Backup"), found.get("backup")),
        (_("Custody copy"), found.get("custody")),
        (_("Certificate"), found.get("certificate")),
        (_("Written to"), found.get("out")),
        (_("Places"), "\n".join(places)),
    ]


def _place(found: Mapping[str, Any]) -> str:
    from privdesk.registers.destructions.rules import ORDER_LABELS, OrderState

    state = _(ORDER_LABELS[OrderState(found["state"])])
    counts = f"{found.get('count') if found.get('count') is not None else '–'}/{found['expected']}"
    return f"{found['place']} {found['name']}: {state} ({counts})"


_PARTS = {
    "requester": N_("requester"),
    "approver": N_("approver"),
    "operator": N_("operator"),
    "witness": N_("witness"),
    "confirmer": N_("confirmer"),
}
