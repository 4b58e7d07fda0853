"""The papers of protected zones: from records to papers (D19, the list, the confirmation)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from privdesk.core import references
from privdesk.core.i18n import N_, Words, words
from privdesk.core.register import Register, Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import zone_papers
from privdesk.documents.papers.zone_papers import (
    EndLine,
    PermitLine,
    PermitList,
    VisitLine,
    VisitLog,
    VisitsEnd,
    ZoneHead,
)
from privdesk.documents.phrases import short_day
from privdesk.flows.issuing import destroy_print_by
from privdesk.registers.desk import Desk
from privdesk.registers.visits.fields import DESTROYED, INSIDE, PAPER, SCREEN, UNFIT, WITHOUT

ON_SCREEN, ON_PAPER = N_("on the screen"), N_("on paper")
NEITHER, NOT_LISTED = N_("neither listed nor escorted"), N_("escort not on the list")
SETTLED = N_("followed up on {day}")
IN, OUT = N_("in: {what}"), N_("out: {what}")


def log(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D19: the log of a zone for the days that were chosen when it was drawn up."""
    service, visits = desk.service("zone-logs"), desk.service("visits")
    (drawn,) = service.rows([service.number(str(ref))])
    first, last = drawn.values["first"], drawn.values["last"]
    zone = references.number(drawn.values["zone"])
    say = words(language)
    rows = visits.rows(visits.within(zone, first, last), reveal=True)
    data = VisitLog(
        number=number,
        issued_on=desk.today(),
        zone=_head(desk, zone, say),
        first=first,
        last=last,
        lines=tuple(_visit(desk, row, say) for row in rows),
        drafter=desk.vault.person.name,
        destroy_by=destroy_print_by(desk),
    )
    return zone_papers.log(data, language)


def _visit(desk: Desk, row: Row, say: Words) -> VisitLine:
    values, titles = row.values, row.titles
    left = str(values["left_at"] or "")
    if left and values["left_on"] != values["on"]:
        left = f"{values['left_on']:%m-%d}\n{left}"
    media = [
        say(words_).format(what=values[name])
        for name, words_ in (("media_in", IN), ("media_out", OUT))
        if values[name]
    ]
    approvers = {str(values[name] or "") for name in ("approver", "media_by")}
    signed = {SCREEN: say(ON_SCREEN), PAPER: say(ON_PAPER)}.get(str(values["signed"] or ""), "")
    of_office = bool(values["staff"])
    return VisitLine(
        ref=row.ref,
        on=values["on"],
        entered=str(values["entered"] or ""),
        left=left,
        organisation=say("our staff") if of_office else str(values["organisation"] or ""),
        name=titles.get("staff") or str(values["name"] or ""),
        phone=str(values["phone"] or ""),
        purpose=str(values["purpose"] or ""),
        escort=titles.get("escort") or (say("on the list") if values["permit"] else ""),
        media="\n".join(media),
        approver="\n".join(sorted(filter(None, approvers))),
        signed=signed,
        strokes=desk.service("visits").written_strokes(row.id),
        gone=row.state == DESTROYED,
        inside=row.state == INSIDE,
        lacking=_lacking(values, say) if row.state != DESTROYED else "",
    )


def _lacking(values: Mapping[str, object], say: Words) -> str:
    """Return what right was missing at the door (rule 56), and whether that was followed up."""
    told = {WITHOUT: say(NEITHER), UNFIT: say(NOT_LISTED)}.get(str(values["allowed"] or ""), "")
    if told and isinstance(values["settled_on"], date):
        return f"{told}\n" + say(SETTLED).format(day=short_day(values["settled_on"]))
    return told


def printable_d19(desk: Desk) -> int | None:
    """Return the newest log that was drawn up."""
    return _number(desk, "SELECT max(id) FROM zone_logs")


def blank(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D19 to be filled in by hand."""
    zone = desk.service("zones").number(str(ref))
    return zone_papers.blank(number, desk.today(), _head(desk, zone, words(language)), language)


def listed(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Return the list of who may enter a zone, with the rights in its systems beside it."""
    zones, permits = desk.service("zones"), desk.service("zone-permits")
    zone = zones.number(str(ref))
    (row,) = zones.rows([zone])
    rights = _rights(desk, row)
    rows = permits.rows(permits.listed(zone))
    staff = [references.number(r.values["staff"]) for r in rows if r.values["staff"]]
    known = {r.id: r.values for r in desk.service("staff").glimpses(staff, ("name", "department"))}
    data = PermitList(
        number=number,
        issued_on=desk.today(),
        zone=_head(desk, zone, words(language)),
        lines=tuple(_permit(one, known, rights) for one in rows),
        reviewed_on=row.values["reviewed_on"],
        review_by=row.values["review_by"],
        drafter=desk.vault.person.name,
    )
    return zone_papers.listed(data, language)


def _permit(
    row: Row, staff: Mapping[int, Mapping[str, object]], rights: Mapping[int, list[str]]
) -> PermitLine:
    values = row.values
    number = references.number(values["staff"]) if values["staff"] else 0
    department = str(staff.get(number, {}).get("department") or "")
    return PermitLine(
        who=str(values["who"]),
        of=department or str(values["organisation"] or ""),
        since=values["since"],
        until=values["until"],
        reason=str(values["reason"] or ""),
        approver=str(values["approver"] or ""),
        reviewed_on=values["reviewed_on"],
        rights=", ".join(rights.get(number, ())),
    )


def _rights(desk: Desk, zone: Row) -> dict[int, list[str]]:
    """Return the systems in a zone in which people have rights in force, by number of the staff.

    Asked of the access rights themselves: who may enter a room and who may use a system are two
    grants, and neither is copied from the other.
    """
    places = {references.number(ref) for ref in zone.values["places"] or ()}
    service = desk.service("access-rights")
    found: dict[int, list[str]] = {}
    for row in service.rows(service.in_force()) if places else ():
        if references.number(row.values["place"]) in places:
            systems = found.setdefault(references.number(row.values["staff"]), [])
            if row.titles["place"] not in systems:
                systems.append(row.titles["place"])
    return found


def ended(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Return the confirmation that expired visits of a zone were destroyed."""
    zone = desk.service("zones").number(str(ref))
    sql = (
        'SELECT destroyed_on, count(*), min("on"), max("on") FROM visits WHERE zone = ?'
        " AND destroyed_on IS NOT NULL GROUP BY destroyed_on ORDER BY destroyed_on DESC"
    )
    rows = desk.vault.raw.execute(sql, (zone,)).fetchall()
    day = date.fromisoformat
    data = VisitsEnd(
        number=number,
        issued_on=desk.today(),
        zone=_head(desk, zone, words(language)),
        lines=tuple(EndLine(day(on), n, day(first), day(last)) for on, n, first, last in rows),
        operator=desk.vault.person.name,
        left=len(desk.service("visits").expired(zone)),
        cpo=str(cpo.values["name"]) if (cpo := desk.service("staff").cpo(desk.today())) else "",
    )
    return zone_papers.ended(data, language)


def printable_cleared(desk: Desk) -> int | None:
    """Return the zone whose visits were destroyed last."""
    sql = (
        "SELECT zone FROM visits WHERE destroyed_on IS NOT NULL ORDER BY destroyed_on DESC LIMIT 1"
    )
    return _number(desk, sql)


def _head(desk: Desk, zone: int, say: Words) -> ZoneHead:
    (row,) = desk.service("zones").rows([zone])
    values = row.values
    return ZoneHead(
        name=str((say.language == "en" and values["name_en"]) or values["name"]),
        code=str(values["code"] or ""),
        kind=_label(say, desk.register("zones"), "kind", values["kind"]),
        location=str(values["location"] or ""),
        manager=row.titles.get("manager") or "",
        years=int(values["keep_years"] or 1),
    )


def _label(say: Words, register: Register, name: str, key: object) -> str:
    field = register.field(name)
    choice = field.choice(str(key)) if field is not None and key else None
    return say(choice.label) if choice is not None else ""


def _number(desk: Desk, sql: str) -> int | None:
    row = desk.vault.raw.execute(sql).fetchone()
    return None if row is None or row[0] is None else int(row[0])
