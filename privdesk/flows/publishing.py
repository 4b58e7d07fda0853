"""The public list of processors on paper (D7), its changes, and the page for the web team."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from pathlib import Path

from privdesk.core import references, system
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, Words, _, words
from privdesk.core.register import Outcome, Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import processor_list as d7
from privdesk.documents.papers.common import ApprovalLine
from privdesk.flows import sender
from privdesk.registers.desk import Desk
from privdesk.registers.publications import rules
from privdesk.registers.publications.rules import Line
from privdesk.registers.publications.service import MARK

KINDS = {"new": N_("New"), "gone": N_("Gone"), "changed": N_("Changed")}
STYLE = (
    "body{font:16px/1.6 system-ui,sans-serif;color:#1b2430;max-width:75rem;margin:2rem auto;"
    "padding:0 1rem}h1{font-size:1.5rem}table{border-collapse:collapse;width:100%}"
    "caption{text-align:left;padding:.5rem 0;color:#5b6675}"
    "th,td{border:1px solid #dce0e6;padding:.5rem .6rem;text-align:left;vertical-align:top}"
    "thead th{background:#f6f7f9}.scroll{overflow-x:auto}"
    "footer{margin-top:1.5rem;color:#5b6675}"
)


class OneListError(DomainError):
    """A page is written for one list at a time. Nothing was written; choose one."""


def public_list(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D7: a published list as it was drawn up."""
    return d7.build(_data(desk, str(ref), language, number), language)


def changes(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """What a list changed against the one that was posted before it."""
    say, service = words(language), desk.service("publications")
    row = service.get(str(ref))
    before = str(row.values["before"] or "")
    older = service.rows([references.number(before)])[0] if before else None
    data = d7.ListChanges(
        number=number,
        issued_on=desk.today(),
        version=row.values["version"],
        before=older.values["version"] if older else None,
        lines=tuple(_changed(say, service.changes(row), language)),
        approvals=ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today()),
    )
    return d7.build_changes(data, language)


def write_page(desk: Desk, refs: Sequence[str], *, file: str, language: str = "ko") -> Outcome:
    """Write the page for the web team: one file, no script, nothing loaded from elsewhere."""
    if len(refs) != 1:
        raise OneListError
    path = Path(file).expanduser().absolute()
    system.refuse_inside_vault(path)
    if path.suffix.lower() not in (".html", ".htm"):
        path = path.with_name(path.name + ".html")
    with desk.change() as change:
        page = html(desk, refs[0], language or "ko").encode()
        number = desk.service("publications").number(refs[0])
        change.note("export.made", "publications", number, reason=refs[0])
        with system.explained(path):
            system.atomic_write(path, page)
    told = _(N_("{name} written to {path}")).format(name=refs[0], path=path)
    return Outcome(told, tuple(refs))


def html(desk: Desk, ref: str, language: str) -> str:
    """Return the page of a published list; a saved copy of it is recognised by its digest."""
    data = _data(desk, ref, language, "")
    say, pinned = words(language), desk.service("publications").get(ref).values["digest"]
    title = escape(say("Processors of personal information"))
    heads = "".join(f'<th scope="col">{escape(say(head))}</th>' for head in d7.HEADS)
    rows = "\n".join(_row(d7.cells(say, line)) for line in data.lines)
    promises = "".join(f"<li>{escape(text)}</li>" for text in d7.promises(say))
    intro = escape(say(d7.INTRO).format(company=data.company))
    version = escape(d7.version(say, data))
    rows = rows or f'<tr><td colspan="{len(d7.HEADS)}">{escape(say(d7.NOBODY))}</td></tr>'
    asked = say("Questions to: {contact}").format(contact=data.officer) if data.officer else ""
    footer = f"<footer>{escape(asked)}</footer>\n" if asked else ""
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="{MARK}" content="{pinned}">\n'
        f"<title>{title} · {escape(data.company)}</title>\n<style>{STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n<h1>{title}</h1>\n<p>{intro}</p>\n"
        f'<div class="scroll" tabindex="0">\n<table>\n<caption>{version}</caption>\n'
        f"<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}\n</tbody>\n</table>\n</div>\n"
        f"<ul>{promises}</ul>\n</main>\n{footer}</body>\n</html>\n"
    )


def table_of(desk: Desk, ref: str, language: str) -> list[str]:
    """Return the cells of a published list, heads first, as paper and page show them."""
    say, data = words(language), _data(desk, ref, language, "")
    told = [cell for line in data.lines for cell in d7.cells(say, line)]
    return [*(say(head) for head in d7.HEADS), *(told or (say(d7.NOBODY),))]


def _row(cells: Sequence[str]) -> str:
    first, *others = (escape(cell).replace("\n", "<br>") for cell in cells)
    told = "".join(f"<td>{cell}</td>" for cell in others)
    return f'<tr><th scope="row">{first}</th>{told}</tr>'


def _data(desk: Desk, ref: str, language: str, number: str) -> d7.ProcessorList:
    service, say = desk.service("publications"), words(language)
    row: Row = service.get(ref)
    values = row.values
    return d7.ProcessorList(
        number=number,
        issued_on=desk.today(),
        company=sender.company(desk, language),
        version=values["version"],
        drawn_up=values["issued_on"],
        lines=tuple(_listed(say, ln, values["issued_on"]) for ln in service.lines(row.id)),
        posted_on=values["posted_on"],
        address=str(values["address"] or ""),
        officer=str(desk.setting("contact", "") or ""),
        approvals=ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today()),
    )


def _listed(say: Words, line: Line, on: date | None = None) -> d7.ListedWork:
    """Return a line in a language; one that begins only after ``on`` says so."""
    english, since = say.language == "en", _day(line.since)
    remarks = [say("(promotion or sales)")] if line.marketing else []
    if on is not None and since is not None and since > on:
        remarks.append(say("(begins on {day})").format(day=since.isoformat()))
    if line.country:
        remarks.append(say("(goes abroad: {country})").format(country=line.country))
    items = ", ".join(line.items_en if english else line.items)
    if line.entire:
        items = "\n".join(filter(None, (say("All personal information held"), items)))
    return d7.ListedWork(
        processor=(english and line.processor_en) or line.processor,
        work=(english and line.work_en) or line.work,
        scope=line.scope,
        items=items,
        since=since,
        until=_day(line.until),
        contact=line.contact,
        changed_on=_day(line.changed_on),
        parent=(english and line.parent_en) or line.parent,
        subs=line.subs_en if english else line.subs,
        remarks=tuple(remarks),
    )


def _changed(say: Words, found: Sequence[rules.Change], language: str) -> list[d7.ChangedWork]:
    lines = []
    for one in found:
        what, work = say(KINDS[one.kind]), f"{one.line.processor}\n{one.line.work}"
        if one.kind != "changed" or one.before is None:
            told = _summary(say, one.line)
            was, now = ("", told) if one.kind == "new" else (told, "")
            lines.append(d7.ChangedWork(what, work, "", was, now))
            continue
        for name in one.names:
            was, now = (_said(say, line, name, language) for line in (one.before, one.line))
            lines.append(d7.ChangedWork(what, work, say(rules.LABELS[name]), was, now))
    return lines


def _summary(say: Words, line: Line) -> str:
    """Return items and period of a work that is new or gone."""
    listed = _listed(say, line)
    last = d7.period(say, listed.since, listed.until).replace("\n", " ")
    return "\n".join(filter(None, (listed.items, last)))


def _said(say: Words, line: Line, name: str, language: str) -> str:
    if name == "items":
        return ", ".join(line.items_en if language == "en" else line.items)
    value = getattr(line, name)
    if isinstance(value, bool):
        return say("Yes") if value else say("No")
    return ", ".join(value) if isinstance(value, tuple) else str(value or "–")


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
