"""The papers of safeguards: the list, the sheet to check by, the record of an emergency update."""

from __future__ import annotations

from privdesk.core.i18n import Words, words
from privdesk.core.register import Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import safeguard_papers as papers
from privdesk.documents.papers.common import ApprovalLine
from privdesk.documents.papers.safeguard_papers import GuardLine
from privdesk.registers.desk import Desk
from privdesk.registers.safeguards.rules import AREA_LABELS, RESULT_LABELS, Area, Result
from privdesk.registers.safeguards.service import english
from privdesk.registers.safeguards.shipped import article_in

_ORDER = {area.value: at for at, area in enumerate(Area)}
_PARTS = 3  # of a line that tells an update: when, where, how


def overview(desk: Desk, _ref: str | None, language: str, number: str) -> Paper:
    """Return every safeguard as it stands today."""
    return papers.overview(_guards(desk, language, number), language)


def sheet(desk: Desk, _ref: str | None, language: str, number: str) -> Paper:
    """Return the sheet on which checks are filled in."""
    return papers.sheet(_guards(desk, language, number), language)


def alert(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Return the record of one emergency update."""
    row = desk.service("virus-alerts").get(str(ref))
    values = row.values
    evidence = desk.service("safety-papers").of("virus-alerts", row.id)
    lines = [line.split(" · ", _PARTS - 1) for line in str(values["updates"] or "").splitlines()]
    data = papers.AlertPaper(
        number=number,
        issued_on=desk.today(),
        ref=row.ref,
        name=str(values["name"]),
        bulletin=str(values["bulletin"] or ""),
        issuer=str(values["issuer"] or ""),
        what=str(values["what"] or ""),
        received_at=values["received_at"],
        due_at=values["due_at"],
        places=row.titles.get("places", ""),
        left=row.titles.get("left", ""),
        updates=tuple((at, where, how) for at, where, how in lines),
        updated_at=values["updated_at"],
        hours=values["hours"],
        evidence=tuple(f"{one.values['name']}  {one.ref}" for one in evidence),
        cpo=_cpo(desk),
        approvals=_drafted(desk),
    )
    return papers.alert(data, language)


def _guards(desk: Desk, language: str, number: str) -> papers.GuardsPaper:
    say, today = words(language), desk.today()
    service = desk.service("safeguards")
    rows: list[Row] = service.rows(service.every())
    rows.sort(key=lambda row: (_ORDER[str(row.values["area"])], row.id))
    return papers.GuardsPaper(
        number=number,
        issued_on=today,
        lines=tuple(_line(desk, row, say) for row in rows),
        in_order=sum(r.state == "good" and r.values["due"] >= today for r in rows),
        faulty=sum(row.state in ("weak", "failed") for row in rows),
        cpo=_cpo(desk),
        approvals=_drafted(desk),
    )


def _line(desk: Desk, row: Row, say: Words) -> GuardLine:
    values = row.values
    last = desk.service("safeguard-checks").newest(row.id)
    name, measure = english(row, say.language)
    return GuardLine(
        ref=row.ref,
        area=say(AREA_LABELS[Area(values["area"])]),
        name=name,
        measure=measure,
        article=article_in(str(values["article"] or ""), say.language),
        owner=row.titles.get("owner", ""),
        places=row.titles.get("places", ""),
        months=values["months"],
        checked_on=values["checked_on"],
        result=say(RESULT_LABELS[Result(values["result"])]) if values["result"] else "",
        seen=str(last.values["seen"] or "") if last else "",
        due=values["due"],
        fix_by=values["fix_by"],
        papers=len(desk.service("safety-papers").of("safeguards", row.id)),
    )


def _drafted(desk: Desk) -> ApprovalLine:
    return ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today())


def _cpo(desk: Desk) -> str:
    found = desk.service("staff").cpo(desk.today())
    return str(found.values["name"]) if found else ""


def printable_virus_alert(desk: Desk) -> int | None:
    """Return the newest emergency update that was dealt with, else the newest one."""
    sql = "SELECT id FROM virus_alerts WHERE state <> 'void' ORDER BY state <> 'done', id DESC"
    found = desk.vault.raw.execute(sql).fetchone()
    return None if found is None else int(found[0])
