"""Reports of the chief privacy officer: counted, printed, put into a workbook, handed over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from hashlib import file_digest
from pathlib import Path

from privdesk.core import system
from privdesk.core.board import Told
from privdesk.core.errors import DomainError
from privdesk.core.figures import Span
from privdesk.core.i18n import N_, _, current, speaking, words
from privdesk.core.register import Outcome, Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import management_report as papers
from privdesk.flows import figuring, sender, tabling
from privdesk.registers.desk import Change, Desk
from privdesk.registers.reports.fields import ADDRESSEES
from privdesk.registers.reports.rules import BOARD, MONTHLY, require_reported
from privdesk.registers.templating import text_of

REPORTS = "reports"
CODES = {"d20": MONTHLY, "board-report": BOARD}
"""The papers that are about a span, and the kind of report each one is."""
_TEXTS = {MONTHLY: "report-monthly", BOARD: "report-board"}
_ADDRESSEES = {choice.key: choice.label for choice in ADDRESSEES}


class OneReportError(DomainError):
    """A workbook is written for one report at a time. Nothing was written; choose one."""


class NoWorkbookError(DomainError):
    """Tables are written as .xlsx, not as {name}. Nothing was written; choose a name that ends in
    .xlsx.
    """


def monthly(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D20: the report of a month."""
    return papers.monthly(_data(desk, str(ref), language, number), language)


def to_the_board(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The report to the board."""
    return papers.to_the_board(_data(desk, str(ref), language, number), language)


def printable_d20(desk: Desk) -> int | None:
    """Return the newest monthly report."""
    found: int | None = desk.service(REPORTS).newest(MONTHLY)
    return found


def printable_board_report(desk: Desk) -> int | None:
    """Return the newest report to the board."""
    found: int | None = desk.service(REPORTS).newest(BOARD)
    return found


def told(desk: Desk, row: Row) -> Told:
    """Return what a report tells: of one that was reported what it said, else what is counted now.

    Of a span long over, how things stood is not known any more; then it says what it said.
    """
    service = desk.service(REPORTS)
    kept: Told | None = service.kept(row.id)
    span = service.span_of(row)
    if kept is not None and (row.state == "reported" or desk.today() > span.after().last):
        return kept
    return figuring.told(desk, span)


def about(change: Change, code: str, span: Span) -> str:
    """Return the report about a span that a paper prints; a new draft where there is none."""
    service, kind = change.desk.service(REPORTS), CODES[code]
    found: str = service.about(kind, span)
    if found:
        return found
    ref: str = service.create({"kind": kind, "span": str(span)}).ref
    return ref


def report(desk: Desk, refs: Sequence[str], *, to: str, on: date | None = None) -> Outcome:
    """Record that reports were made, to whom and when; their figures stay from then on."""
    day, service = on or desk.today(), desk.service(REPORTS)
    require_reported(day, desk.today())
    with desk.change() as change:
        for row in service.rows([service.number(ref) for ref in refs]):
            with speaking(str(desk.setting("language", "ko"))):
                service.keep(change, row.id, told(desk, row))
            service.settle(change, row, day, to)
    return Outcome(_(N_("Reported on {day}")).format(day=day), tuple(refs))


def write_tables(desk: Desk, refs: Sequence[str], *, file: str) -> Outcome:
    """Write every table of a report as a workbook, a sheet for each; it names no data subject."""
    if len(refs) != 1:
        raise OneReportError
    service = desk.service(REPORTS)
    (row,) = service.rows([service.number(refs[0])])
    path = save(desk, told(desk, row), Path(file), refs[0], row.id)
    told_what = _(N_("{name} written to {path}")).format(name=refs[0], path=system.spoken(path))
    return Outcome(told_what, tuple(refs))


def save(desk: Desk, what: Told, path: Path, ref: str = "", number: int | None = None) -> Path:
    """Write the tables of a span into a workbook, journalled; return where they stand."""
    path = path.expanduser().absolute()
    system.refuse_inside_vault(path)
    if not path.suffix:
        path = path.with_name(f"{path.name}.xlsx")
    if path.suffix.lower() != ".xlsx":
        raise NoWorkbookError(name=path.name)
    say = words(current())
    title = f"{_(N_('Figures'))} · {what.board.span.label(say)}"
    written = False
    try:
        with desk.change() as change:
            tabling.write(path, what, say, by=desk.vault.person.name)
            written = True
            with path.open("rb") as stream:
                digest = file_digest(stream, "sha256").hexdigest()
            change.note("export.made", REPORTS, number, reason=title)
            desk.service("documents").enter_export(
                change,
                about=ref or REPORTS,
                title=title,
                file_name=system.spoken(path),
                destroy_by=None,
                digest=digest,
            )
    except BaseException:  # a workbook that the journal could not take must not stay
        if written:
            path.unlink(missing_ok=True)
        raise
    return path


# -- inside


def _data(desk: Desk, ref: str, language: str, number: str) -> papers.ManagementReport:
    service, say = desk.service(REPORTS), words(language)
    row = service.get(ref)
    with speaking(language):
        values, what = row.values, told(desk, row)
    if desk.open_change is not None:  # it is being issued: what it says is held on to
        service.keep(desk.open_change, row.id, what)
    cpo = desk.service("staff").cpo(desk.today())
    name = str(cpo.values["name"]) if cpo else ""
    span = what.board.span.whole.label(say)
    text = text_of(desk, _TEXTS[str(values["kind"])], language, desk.today()).filled(
        {"company": sender.company(desk, language), "span": span, "cpo": name}
    )
    return papers.ManagementReport(
        number=number,
        issued_on=desk.today(),
        heading=text.heading,
        opening=text.text,
        told=what,
        remarks=str(values["remarks"] or ""),
        asks=str(values["asks"] or ""),
        drafter=desk.vault.person.name if desk.vault.role == "officer" else "",
        cpo=name,
        reported_to=say(_ADDRESSEES.get(str(values["reported_to"] or ""), "")),
        reported_on=values["reported_on"],
    )
