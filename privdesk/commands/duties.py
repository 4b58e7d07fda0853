"""``due``: what has to be destroyed, and what else the rules find, as the desk shows it today."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from privdesk.commands import output
from privdesk.commands.call import call_of
from privdesk.commands.records import Vault
from privdesk.core.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from privdesk.core.findings import Finding
    from privdesk.core.register import Row
    from privdesk.registers.desk import Desk

DESTROY_RULE = "12"
DESTROY = N_("Destroy: the period is over or the purpose has ended.")


def due(
    ctx: typer.Context,
    vault: Vault,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help=N_("As of this day; today where left out."))
    ] = None,
    ics: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help=N_("Write the due days as a calendar file (.ics).")),
    ] = None,
) -> None:
    """Show who is due for destruction and what else waits."""
    if ics is not None:
        if on:
            raise typer.BadParameter(_("--ics writes the days as they are today; leave --on out"))
        _write(ctx, vault, ics)
        return
    from privdesk.commands.values import day
    from privdesk.registers.findings.collect import desk_findings

    call = call_of(ctx)
    asked = None if on is None else day(on, "--on")
    with call.desk(vault) as desk:
        as_of = asked or desk.today()
        holdings = desk.service("holdings").due(as_of)
        findings = [f for f in desk_findings(desk, asked) if not _told_by_holdings(f)]
        if call.as_json:
            output.many(_objects(desk, holdings, findings, as_of))
        else:
            _print(desk, holdings, findings, as_of)


def _write(ctx: typer.Context, vault: Path, file: Path) -> None:
    """Write the calendar file; it names nobody."""
    from privdesk.flows import duedays

    call = call_of(ctx)
    with call.desk(vault) as desk:
        count = duedays.write(desk, file)
    if call.as_json:
        output.one({"file": str(file), "days": count})
    else:
        days = ngettext("{n} due day", "{n} due days", count)
        print(_("{days} written to {file}").format(days=days, file=file))


def _told_by_holdings(finding: Finding) -> bool:
    return finding.rule == DESTROY_RULE and finding.register == "holdings"


def _objects(
    desk: Desk, holdings: Iterable[Row], findings: Iterable[Finding], as_of: date
) -> Iterator[dict[str, Any]]:
    for row in holdings:
        yield _holding(row)
    for finding in findings:
        yield _finding(finding, as_of)


def _holding(row: Row) -> dict[str, Any]:
    from privdesk.core.rulebook import RULES

    rule, values = RULES[DESTROY_RULE], row.values
    return {
        "ref": values["subject"],
        "register": "subjects",
        "holding": row.ref,
        "file": values["file"],
        "file_name": row.titles.get("file", ""),
        "purpose": values["purpose"],
        "purpose_name": row.titles.get("purpose", ""),
        "collected_on": values["collected_on"],
        "due_on": values["due_on"],
        "due": values["due_on"],
        "rule": DESTROY_RULE,
        "clause": rule.clause,
        "article": rule.article,
        "severity": "breach",
        "what": _(DESTROY),
    }


def _finding(finding: Finding, as_of: date) -> dict[str, Any]:
    from privdesk.core.findings import bucket

    return {
        "ref": finding.ref,
        "register": finding.register,
        "due": finding.due,
        "rule": finding.rule,
        "clause": finding.clause,
        "article": finding.article,
        "severity": finding.severity.value,
        "bucket": bucket(finding, as_of).value,
        "count": finding.count,
        "who": finding.who,
        "what": finding.what_text(),
        "do": finding.do_text(),
    }


def _print(desk: Desk, holdings: list[Row], findings: list[Finding], as_of: date) -> None:
    from privdesk.core.findings import by_bucket

    heads = (_("Reference"), _("Data subject"), _("File"), _("Purpose"), _("Destroy from"))
    if holdings:
        print(_("Due for destruction on {day}: {count}").format(day=as_of, count=len(holdings)))
        output.table(heads, (_line(row) for row in holdings))
    for place, found in by_bucket(findings, as_of).items():
        if found:
            print(f"\n{_(_HEADS[place.value])}")
            output.table(
                (_("Due on"), _("Record"), _("Rule"), _("What")),
                ((f.due, f.ref, f.clause, f"{f.what_text()} → {f.do_text()}") for f in found),
            )
    if not holdings and not findings:
        print(_nothing(desk, as_of))


def _line(row: Row) -> list[Any]:
    titles, values = row.titles, row.values
    person = f"{values['subject']} {titles.get('subject', '')}".strip()
    return [row.ref, person, titles.get("file"), titles.get("purpose"), values["due_on"]]


def _nothing(desk: Desk, as_of: date) -> str:
    following = desk.service("holdings").next_due(as_of)
    if following is None:
        return _("Nothing is due.")
    return _("Nothing is due. Next: {day}, retention sweep.").format(day=following)


_HEADS = {
    "overdue": N_("Overdue"),
    "today": N_("Today"),
    "week": N_("This week"),
    "later": N_("Later"),
    "waiting": N_("Waiting for others"),
}
