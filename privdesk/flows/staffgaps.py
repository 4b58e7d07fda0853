"""Who of the staff has not signed or is not trained: from pledges and training to the paper."""

from __future__ import annotations

from privdesk.documents.paper import Paper
from privdesk.documents.papers import staff_gaps
from privdesk.documents.papers.common import ApprovalLine
from privdesk.documents.papers.staff_gaps import GapLine
from privdesk.registers import sworn, trained
from privdesk.registers.desk import Desk


def gaps(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The list by department of who works here and lacks the pledge or the training."""
    today = desk.today()
    needed = [one for one in trained.standing(desk, today) if one.needs and one.here(today)]
    unsworn = {one.staff for one in sworn.standing(desk, today) if one.lacks_first(today)}
    untrained = {one.staff for one in needed if one.word(today) == trained.OVER}
    either = unsworn | untrained
    lacking = [one for one in needed if one.staff in either]
    wanted = [one.staff for one in lacking]
    shown = ("name", "staff_no", "position")
    people = {row.id: row.values for row in desk.service("staff").glimpses(wanted, shown)}
    parts: dict[str, list[GapLine]] = {}
    for one in lacking:
        told = people[one.staff]
        parts.setdefault(one.department, []).append(
            GapLine(
                name=str(told["name"]),
                staff_no=str(told["staff_no"] or ""),
                position=str(told["position"] or ""),
                joined=one.joined,
                unsworn=one.staff in unsworn,
                untrained=one.staff in untrained,
                trained=min(one.days.values()) if len(one.days) == len(trained.TOPICS) else None,
                until=one.lapses(today),
            )
        )
    data = staff_gaps.GapsPaper(
        number=number,
        issued_on=today,
        departments=[
            (name, sorted(lines, key=lambda line: line.name))
            for name, lines in sorted(parts.items())
        ],
        needed=len(needed),
        approvals=ApprovalLine(drafter=desk.vault.person.name, drafted_on=today),
    )
    return staff_gaps.gaps(data, language)
