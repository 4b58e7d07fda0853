"""``import`` and ``export``: lists in, with a report; lists out, with a reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from privdesk.commands import output
from privdesk.commands.call import call_of
from privdesk.commands.records import Name, Vault
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _

if TYPE_CHECKING:
    from privdesk.core.dates import DateRules
    from privdesk.exchange.mapping import Mapping
    from privdesk.exchange.report import Report
    from privdesk.exchange.source import Source
    from privdesk.flows.importing.records import RecordImporter
    from privdesk.flows.importing.taking import PeopleImporter
    from privdesk.registers.desk import Desk

PEOPLE = "subjects"


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
    dates: Annotated[
        str,
        typer.Option(
            metavar="day-first|month-first", help=N_("How dates such as 01/02/2013 are read.")
        ),
    ] = "",
) -> None:
    """Take a list in; rows that cannot be used do not stop the others."""
    from privdesk.commands.progress import shown
    from privdesk.commands.values import refuse_same, writable
    from privdesk.exchange.reading import open_source

    call = call_of(ctx)
    answer = _dates(dates)
    if rejects is not None:
        rejects = writable(rejects)
        refuse_same(rejects, file)
    with call.desk(vault) as desk, _told_of_dates():
        desk.register(register)
        recogniser = _recogniser(desk, register)
        with open_source(file, known=recogniser) as source, shown() as progress:
            importer, mapping = _planned(desk, register, source, mapped or [], answer)
            answers = {"create": create_purposes}
            if dry_run:
                report = importer.dry_run(source, mapping, answers, progress)
            else:
                report = importer.run(source, mapping, answers, progress, rejects)
    if call.as_json:
        output.one(_as_json(report, rejects))
    else:
        print(report.text())
        if (report.rejected or report.blocked) and rejects is None:
            print(_("To have these rows in a file, repeat with --rejects FILE.csv."))


def _dates(told: str) -> DateRules | None:
    from privdesk.core.dates import DateOrder, DateRules

    if not told:
        return None
    if told not in {order.value for order in DateOrder}:
        raise typer.BadParameter(_("--dates is day-first or month-first"))
    return DateRules(DateOrder(told))


@contextmanager
def _told_of_dates() -> Iterator[None]:
    """Say on the command line how the question about dates is answered there."""
    from privdesk.exchange.errors import DateOrderNeededError

    try:
        yield
    except DateOrderNeededError as why:
        raise DatesNeededError(**why.details) from why


def _recogniser(desk: Desk, register: str) -> Any:
    from privdesk.exchange.mapping import recogniser
    from privdesk.flows.importing.known import REF
    from privdesk.flows.importing.people import fields

    known = fields(desk) if register == PEOPLE else desk.service(register).fields()
    return recogniser((REF, *known))


def _planned(
    desk: Desk, register: str, source: Source, asked: Sequence[str], dates: DateRules | None
) -> tuple[PeopleImporter | RecordImporter, Mapping]:
    """Return who takes the list in and which column fills which field.

    People come in as an intake, unless the list brings references of people known here:
    then it corrects them.
    """
    from privdesk.exchange.mapping import plan
    from privdesk.flows.importing.known import has_known_refs
    from privdesk.flows.importing.records import RecordImporter
    from privdesk.flows.importing.taking import PeopleImporter

    by_records = RecordImporter(desk, register)
    fields = by_records.fields()
    if register == PEOPLE:
        mapping = plan(source, fields, asked=_of_fields(asked, [f.name for f in fields]))
        if not has_known_refs(desk, register, source, mapping):
            people = PeopleImporter(desk)
            own = _kept_out(desk, register, source, asked, people.fields())
            remembered = people.remembered(source.header)
            return people, plan(
                source,
                people.fields(),
                asked=[*own, *asked],
                remembered=remembered,
                answer=dates,
            )
    own = _kept_out(desk, register, source, asked, fields)
    remembered = by_records.remembered(source.header)
    return by_records, plan(
        source, fields, asked=[*own, *asked], remembered=remembered, answer=dates
    )


def _of_fields(asked: Sequence[str], names: Sequence[str]) -> list[str]:
    return [pair for pair in asked if pair.rpartition("=")[2] in names]


def _kept_out(
    desk: Desk, register: str, source: Source, asked: Sequence[str], fields: Sequence[Any]
) -> list[str]:
    """Return mappings that leave out what an export adds: state and what is worked out.

    By what they hold, such columns could be taken for something else.
    """
    told = {pair.rpartition("=")[0].strip() for pair in asked}
    takes = {field.name for field in fields} | {"collected"}
    computed = {f.name for f in desk.service(register).fields() if f.computed} | {"state"}
    return [f"{c}=" for c in source.header if c in computed - takes and c not in told]


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
        list[str] | None, typer.Option(metavar="FIELD=VALUE", help=N_("Only these records."))
    ] = None,
) -> None:
    """Write a register in the clear, to be imported again; needs --reason TEXT."""
    from privdesk.commands import pairs, rows
    from privdesk.commands.progress import shown
    from privdesk.commands.values import writable
    from privdesk.core.register import Query
    from privdesk.exchange.writing import require_ending
    from privdesk.flows.exporting import ExportReasonError, RegisterExporter
    from privdesk.flows.issuing import destroy_print_by
    from privdesk.ui.importing.ports import ExportOptions

    call = call_of(ctx)
    if not call.reason.strip():
        raise ExportReasonError
    wanted = pairs.conditions(where or [])
    file = writable(file)
    require_ending(file)
    with call.desk(vault) as desk, shown() as progress:
        query = Query(where=rows.where(desk, register, wanted))
        destroy_by = destroy_print_by(desk)
        options = ExportOptions((), True, call.reason.strip(), destroy_by)
        outcome = RegisterExporter(desk, register, names=True).export(
            file, query, options, progress
        )
    if call.as_json:
        output.one({"file": file, "register": register, "destroy_by": destroy_by,
                    "message": outcome.message})  # fmt: skip
    else:
        print(outcome.message)
        print(_("Destroy the file by {day}.").format(day=destroy_by))
