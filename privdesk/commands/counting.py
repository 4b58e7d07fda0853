"""``figures``: what the registers count for a month, a quarter or a year; names no data subject."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from privdesk.commands import output
from privdesk.commands.call import call_of
from privdesk.commands.records import Vault
from privdesk.core.i18n import N_, _, current, words

if TYPE_CHECKING:
    from privdesk.core.board import Board, Group, Pair
    from privdesk.core.figures import Figure, Line

SPAN = "--span"


def figures(
    ctx: typer.Context,
    vault: Vault,
    span: Annotated[
        str,
        typer.Option(
            SPAN,
            metavar="SPAN",
            help=N_("2026-11, 2026-Q4 or 2026; the running month where left out."),
        ),
    ] = "",
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE.xlsx", help=N_("Write every table as a workbook.")),
    ] = None,
) -> None:
    """Show what the registers count for a span beside the one before; no data subject is named."""
    from privdesk.core.figures import month, parse
    from privdesk.flows import figuring

    call, asked = call_of(ctx), parse(span) if span else None
    with call.desk(vault) as desk:
        wanted = asked or month(desk.today())
        if out is not None:
            from privdesk.commands.values import writable
            from privdesk.flows import reporting

            path = reporting.save(desk, figuring.told(desk, wanted), writable(out))
            if call.as_json:
                output.one({"span": str(wanted), "file": path})
            else:
                print(_("{name} written to {path}").format(name=wanted.label(_say()), path=path))
            return
        board = figuring.board(desk, wanted)
    if call.as_json:
        output.many(_objects(board))
    else:
        _print(board)


def _say() -> Any:
    return words(current())


def _objects(board: Board) -> Iterator[dict[str, Any]]:
    say = _say()
    for group in board.groups:
        for pair in group.pairs:
            yield {
                "key": pair.now.key,
                "group": group.key,
                "span": str(board.span),
                "before_span": str(board.before),
                "so_far": board.span.running,
                "what": say(pair.now.label),
                **_figure(pair.now, ""),
                **(_figure(pair.before, "before_") if pair.before else {}),
                "better": pair.better,
                "as_of": pair.as_of or board.span.last,
                "clause": pair.now.clause,
                "rows": [_row(row) for row in pair.now.rows],
            }


def _figure(one: Figure, prefix: str) -> dict[str, Any]:
    return {f"{prefix}value": one.value, f"{prefix}of": one.of}


def _row(one: Line) -> dict[str, Any]:
    return {"what": _say()(one.label), "value": one.value, "of": one.of}


def _print(board: Board) -> None:
    say = _say()
    spans = (board.span.label(say), board.before.label(say))
    heads = (_("What"), *spans, _("Up or down"), _("As of"), _("Clause"))
    for group in board.groups:
        print(f"\n{say(group.title)}")
        output.table(heads, _lines(group))


def _lines(group: Group) -> Iterator[tuple[str, ...]]:
    for pair in group.pairs:
        yield _line(pair)


def _line(pair: Pair) -> tuple[str, ...]:
    from privdesk.core import boardwords

    say = _say()
    parts = (boardwords.change(pair, say), boardwords.direction(pair, say))
    moved = " ".join(filter(None, parts))
    label, as_of = say(pair.now.label), str(pair.as_of or "")
    before = boardwords.value(pair.before, say) if pair.before else ""
    return label, boardwords.value(pair.now, say), before, moved, as_of, pair.now.clause
