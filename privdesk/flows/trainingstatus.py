"""Completion of training by department, and who lapses next."""

from __future__ import annotations

from datetime import date, timedelta

from privdesk.documents.paper import Paper
from privdesk.documents.papers import training_status as papers
from privdesk.registers.attendances import findings, rules
from privdesk.registers.desk import Desk
from privdesk.registers.trained import DUTY, SECURITY

WITHIN = timedelta(days=90)


def status(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The office as it stands: by department as a chart, and whose training lapses next."""
    stand = findings.stand(desk)
    people = rules.by_lapse(stand, WITHIN)
    rows = {row.id: row for row in desk.service("staff").rows([one.staff for one in people])}
    lines = []
    for one in people:
        until: date | None = one.lapses(stand.today)
        values = rows[one.staff].values
        lines.append(
            papers.Lapsing(
                name=str(values["name"]),
                staff_no=str(values["staff_no"] or ""),
                department=one.department,
                security=one.days.get(SECURITY),
                duty=one.days.get(DUTY),
                until=until,
                over=until is None or until < stand.today,
            )
        )
    data = papers.TrainingStatus(
        number=number,
        issued_on=stand.today,
        departments=tuple(rules.by_department(stand)),
        lapsing=tuple(lines),
        within=WITHIN.days,
        drafter=desk.vault.person.name,
    )
    return papers.status(data, language)
