"""The papers of access rights and of those who handle personal data: from records to papers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from privdesk.core import references
from privdesk.core.i18n import Words, words
from privdesk.core.register import Register, Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import access_papers
from privdesk.documents.papers.access_papers import HandlerLine, RightLine
from privdesk.documents.papers.common import ApprovalLine
from privdesk.registers.desk import Desk

_OF_PRIVACY = ("cpo", "privacy_staff", "handler")


def ledger(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D18: every right that was ever granted, with its change and its end."""
    rows = desk.service("access-rights").rows(desk.service("access-rights").every())
    data = access_papers.RightsPaper(
        number=number,
        issued_on=desk.today(),
        lines=_lines(desk, rows, words(language)),
        approvals=_drafted(desk),
    )
    return access_papers.ledger(data, language)


def review(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The sheet of the half-yearly review: every right in force, by system, or those of one."""
    service = desk.service("access-rights")
    held = service.rows(service.in_force())
    if ref is not None:
        place = desk.ref("places", desk.service("places").number(ref))
        held = [row for row in held if row.values["place"] == place]
    data = access_papers.RightsPaper(
        number=number,
        issued_on=desk.today(),
        lines=_lines(desk, held, words(language)),
        approvals=_drafted(desk),
    )
    return access_papers.review(data, language)


def handlers(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The list of those who handle personal data today, each with category and reason."""
    say, today = words(language), desk.today()
    systems = _systems(desk)
    found = [row for row in desk.service("staff").on(today) if _handles(row, systems)]
    found.sort(key=lambda row: (str(row.values["department"] or ""), str(row.values["name"])))
    register = desk.register("staff")
    data = access_papers.HandlersPaper(
        number=number,
        issued_on=today,
        lines=tuple(_handler(say, register, row, systems.get(row.id, [])) for row in found),
        approvals=_drafted(desk),
    )
    return access_papers.handlers(data, language)


def _handles(row: Row, systems: Mapping[int, list[str]]) -> bool:
    return row.values["duty"] in _OF_PRIVACY or bool(row.values["category"]) or row.id in systems


def _handler(say: Words, register: Register, row: Row, systems: list[str]) -> HandlerLine:
    values = row.values
    since = values["appointed"] or values["counted_from"] or values["joined"]
    return HandlerLine(
        name=str(values["name"]),
        staff_no=str(values["staff_no"] or ""),
        department=str(values["department"] or ""),
        position=str(values["position"] or ""),
        duty=_label(say, register, "duty", values["duty"]),
        category=_label(say, register, "category", values["category"]),
        reason=str(values["reason"] or ""),
        since=since if isinstance(since, date) else None,
        systems=", ".join(systems),
    )


def _systems(desk: Desk) -> dict[int, list[str]]:
    """Return the systems in which people have rights in force, by number of the staff."""
    service = desk.service("access-rights")
    found: dict[int, list[str]] = {}
    for row in service.rows(service.in_force()):
        systems = found.setdefault(references.number(row.values["staff"]), [])
        if row.titles["place"] not in systems:
            systems.append(row.titles["place"])
    return found


def _lines(desk: Desk, rows: list[Row], say: Words) -> list[RightLine]:
    numbers = sorted({references.number(row.values["staff"]) for row in rows})
    wanted = ("name", "department")
    staff = {row.id: row.values for row in desk.service("staff").glimpses(numbers, wanted)}
    register = desk.register("access-rights")
    return [
        _line(row, staff.get(references.number(row.values["staff"]), {}), say, register)
        for row in rows
    ]


def _line(row: Row, holder: Mapping[str, object], say: Words, register: Register) -> RightLine:
    values = row.values
    level = _label(say, register, "level", values["level"])
    name = str(holder.get("name") or "–")
    return RightLine(
        number=row.ref,
        name=name,
        department=str(holder.get("department") or ""),
        system=row.titles["place"],
        account=str(values["account"] or ""),
        right="\n".join(filter(None, (level, str(values["role"] or "")))),
        reason=str(values["reason"] or ""),
        applicant=str(values["applicant"] or name),
        approver=str(values["approver"] or ""),
        requested_on=values["requested_on"],
        granted_on=values["granted_on"],
        ended_on=values["revoked_on"],
        ended=_label(say, register, "ended_for", values["ended_for"]),
        change_of=str(values["before"] or ""),
        reviewed_on=values["reviewed_on"],
        requested_at=values["requested_at"],
        approved_at=values["approved_at"],
    )


def _label(say: Words, register: Register, name: str, key: object) -> str:
    field = register.field(name)
    choice = field.choice(str(key)) if field is not None and key else None
    return say(choice.label) if choice is not None else ""


def _drafted(desk: Desk) -> ApprovalLine:
    return ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today())
