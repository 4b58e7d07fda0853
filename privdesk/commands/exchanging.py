"""``import`` and ``export``: lists in, with a report; lists out, with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from privdesk.commands import output
from privdesk.commands.call import call_of
from privdesk.commands.papers import View
from privdesk.commands.records import Name, Vault
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _

if TYPE_CHECKING:
    from privdesk.core.dates import DateRules
    from privdesk.exchange.report import Report

LABELS, NAMES = "labels", "names"
"""What heads the columns of an export."""


class DatesNeededError(DomainError):
    """Dates in the column “{column}” such as “{value}” can be read in two ways. Nothing was
    imported; add --dates day-first or --dates month-first.
    """


def import_(
    ctx: typer.Context,
    vault: Vault,
    register: Name,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The list: .csv, .xlsx, .json."))],
    mapped: Annotated[
        list[str] | None,
        typer.Option("--map", metavar="COLUMN=FIELD", help=N_("What a column is; empty: none.")),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only say what would be."))] = False,
    rejects: Annotated[
        Path | None, typer.Option(metavar="FILE.csv", help=N_("Where rejected rows are written."))
    ] = None,
    create_purposes: Annotated[
        bool, typer.Option("--create-purposes", help=N_("Make purposes and places not yet known."))
    ] = False,
    afresh: Annotated[
        bool,
        typer.Option(
            "--afresh", help=N_("Recognise the columns anew; forget how they were taken last time.")
        ),
    ] = False,
    dates: Annotated[
        str,
        typer.Option(
            metavar="day-first|month-first", help=N_("How dates such as 01/02/2013 are read.")
        ),
    ] = "",
    pivot: Annotated[
        int | None,
        typer.Option(
            metavar="YY", help=N_("Years of two digits: up to this one 20xx, later ones 19xx.")
        ),
    ] = None,
) -> None:
    """Take a list in; rows that cannot be used do not stop the others."""
    from privdesk.commands.progress import shown
    from privdesk.exchange.mapping import plan, recogniser
    from privdesk.exchange.reading import open_source
    from privdesk.flows.importing.importers import importer_of

    call = call_of(ctx)
    answer, rejects = _dates(dates, pivot), _beside(file, rejects)
    with call.desk(vault) as desk, _told_of_dates():
        importer = importer_of(desk, register)
        fields = importer.fields()
        with open_source(file, known=recogniser(fields)) as source, shown() as progress:
            remembered = None if afresh else importer.remembered(source.header)
            mapping = plan(source, fields, asked=mapped or [], remembered=remembered, answer=answer)
            take = importer.dry_run if dry_run else importer.run
            report = take(source, mapping, {"create": create_purposes}, progress, rejects)
    if call.as_json:
        output.one(_as_json(report, rejects))
    else:
        print(report.text())
        for advice in _advice(report, created=create_purposes, saved=rejects is not None):
            print(advice)


def _beside(list_: Path, rejects: Path | None) -> Path | None:
    """Return where rejects will be written, refused if they cannot be or are the list itself."""
    from privdesk.commands.values import refuse_same, writable

    if rejects is None:
        return None
    rejects = writable(rejects)
    refuse_same(rejects, list_)
    return rejects


def _advice(report: Report, *, created: bool, saved: bool) -> Iterator[str]:
    """Yield how what stayed out gets in with another call."""
    if not created and _would_create(report):
        yield _("To have purposes and places created, repeat with --create-purposes.")
    if _has_short_years(report):
        yield _("To have years of two digits read, repeat with --pivot YY; up to YY is 20xx.")
    if report.left_before:
        yield _("To take these columns again, repeat with --afresh.")
    if (report.rejected or report.blocked) and not saved:
        yield _("To have these rows in a file, repeat with --rejects FILE.csv.")


def _would_create(report: Report) -> bool:
    """Whether rows stayed out that only lack a purpose or a place."""
    from privdesk.flows.importing.places import CREATABLE

    return any(cause.cause.message in CREATABLE for cause in report.causes)


def _has_short_years(report: Report) -> bool:
    """Whether rows stayed out for years of two digits."""
    from privdesk.core.dates import TWO_DIGITS

    return any(cause.cause.message == TWO_DIGITS for cause in report.causes)


def _dates(order: str, pivot: int | None) -> DateRules:
    from privdesk.core.dates import DateOrder, DateRules

    if order and order not in {known.value for known in DateOrder}:
        raise typer.BadParameter(_("--dates is day-first or month-first"))
    if pivot is not None and not 0 <= pivot <= 99:
        raise typer.BadParameter(_("--pivot is a year of two digits, 0 to 99"))
    return DateRules(DateOrder(order) if order else None, pivot)


@contextmanager
def _told_of_dates() -> Iterator[None]:
    """Say on the command line how the question about dates is answered there."""
    from privdesk.exchange.errors import DateOrderNeededError

    try:
        yield
    except DateOrderNeededError as why:
        raise DatesNeededError(**why.details) from why


def _as_json(report: Report, rejects: Path | None) -> dict[str, Any]:
    values: dict[str, Any] = report.as_json()
    if report.rejects_file and rejects is not None:
        values["rejects_file"] = str(rejects)
    return values


def export(
    ctx: typer.Context,
    vault: Vault,
    register: Name,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help=N_("Its ending says how: .csv, .xlsx, .json."))
    ],
    where: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FIELD=VALUE", help=N_("Only these records; of days also FIRST..LAST.")
        ),
    ] = None,
    heads: Annotated[
        str,
        typer.Option(
            metavar="labels|names",
            help=N_("Heads and choices in words, or as --json has them; .json always has these."),
        ),
    ] = LABELS,
    view: View = "",
) -> None:
    """Write a register in the clear; the staff's own telephone numbers only with --reveal."""
    from privdesk.commands import pairs, rows
    from privdesk.commands.progress import shown
    from privdesk.commands.values import writable
    from privdesk.core.register import Query
    from privdesk.exchange.writing import require_ending
    from privdesk.flows import namedviews
    from privdesk.flows.exporting import ExportReasonError, RegisterExporter
    from privdesk.flows.issuing import destroy_print_by
    from privdesk.ui.importing.ports import ExportOptions

    call = call_of(ctx)
    if not call.reason.strip():
        raise ExportReasonError
    if heads not in (LABELS, NAMES):
        raise typer.BadParameter(_("--heads is labels or names"))
    wanted = pairs.conditions(where or [])
    file = writable(file)
    require_ending(file)
    with call.desk(vault) as desk, shown() as progress:
        query, saved = rows.query_of(desk, register, wanted, view)
        destroy_by = destroy_print_by(desk)
        if saved is None:
            query = Query(
                where=query.where
            )  # in the order of entry: a long list need not be sorted
        fields = namedviews.columns_of(saved) if saved else ()
        told = (call.reason.strip(), destroy_by, saved.name if saved else "")
        options = ExportOptions(fields, True, *told, private=call.reveal)
        exporter = RegisterExporter(desk, register, names=heads == NAMES)
        outcome = exporter.export(file, query, options, progress)
    if call.as_json:
        output.one({"file": file, "register": register, "destroy_by": destroy_by,
                    "message": outcome.message})  # fmt: skip
    else:
        print(outcome.message)
        print(_("Destroy the file by {day}.").format(day=destroy_by))
