"""Handing work over: open requests and tasks go with it; the paper the three sign (D17)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from privdesk.core import references
from privdesk.core.i18n import ngettext, words
from privdesk.core.register import Outcome, Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import staff_papers
from privdesk.documents.papers.common import ApprovalLine
from privdesk.documents.papers.staff_papers import OpenCase, Party
from privdesk.flows import requests
from privdesk.flows.leaving import party
from privdesk.registers.desk import Change, Desk
from privdesk.registers.findings.service import FindingsService
from privdesk.registers.handovers import rules
from privdesk.registers.requests.kinds import KIND_LABELS


def complete(desk: Desk, refs: Sequence[str], *, on: date | None = None) -> Outcome:
    """Record that work changed hands; its open requests and tasks go to who takes over."""
    day, service, moved = on or desk.today(), desk.service("handovers"), 0
    for ref in refs:
        (row,) = service.rows([service.number(ref)])
        witness = str(row.values["witness"] or "")
        rules.check_done(row.ref, witness, row.values["basis_on"], day, desk.today())
        _require_here(desk, [str(row.values["taker"]), witness], day)
        with desk.change() as change:
            cases = _cases(desk, references.number(row.values["giver"]))
            for case in cases:
                number = references.number(case.ref)
                requests.hand_over(change, number, str(row.values["taker"]), row.ref)
            service.done(change, row.id, day, _written([*_gone_over(row), *cases]))
            _pass_tasks(desk, row)
        moved += len(cases)
    done = ngettext("Handed over, with {n} open case", "Handed over, with {n} open cases", moved)
    return Outcome(done, tuple(refs))


def prepare(change: Change, giver: Row, taker: Row, told: Mapping[str, str]) -> str:
    """Enter a handover that the three still have to sign, with the cases under way now.

    For who takes over at once, before the paper is printed; return its reference.
    """
    desk = change.desk
    service = desk.service("handovers")
    row = service.create({"giver": giver.ref, "taker": taker.ref, **told})
    service.list_cases(change, row.id, _written(_cases(desk, giver.id)))
    return str(row.ref)


def _written(cases: Iterable[OpenCase]) -> str:
    return "\n".join(f"{c.ref}\t{c.kind}\t{c.due or ''}" for c in cases)


def _gone_over(row: Row) -> list[OpenCase]:
    """Return the cases that went over with a handover so far."""
    return _listed(str(row.values["case_list"] or ""))


def _require_here(desk: Desk, refs: Sequence[str], day: date) -> None:
    staff = desk.service("staff")
    for row in staff.rows([references.number(ref) for ref in refs]):
        told = row.values
        rules.check_here(str(told["name"]), told["joined"], told["left"], day)


def _pass_tasks(desk: Desk, row: Row) -> None:
    """Give the tasks of *Today* that one of the two has to the other, where both have access."""
    giver, taker = (_person(desk, str(row.values[n])) for n in ("giver", "taker"))
    if giver is None or taker is None:
        return
    findings = FindingsService(desk)
    for tasks in findings.today().buckets.values():
        for task in tasks:
            if task.given is not None and task.given.person == giver:
                findings.give(task.key, taker)


def _person(desk: Desk, ref: str) -> int | None:
    login = str(desk.service("staff").get(ref).values["login"] or "")
    found = desk.vault.header.person(login) if login else None
    return found.id if found is not None and found.active else None


def _cases(desk: Desk, giver: int) -> list[OpenCase]:
    """Return the requests under way that somebody handles, soonest due first."""
    sql = (
        "SELECT id, kind, due_on FROM requests WHERE handler = ?"
        " AND state IN ('received', 'identified', 'working', 'extended') ORDER BY due_on, id"
    )
    found = desk.vault.raw.execute(sql, (giver,)).fetchall()
    return [
        OpenCase(desk.ref("requests", number), kind, date.fromisoformat(due) if due else None)
        for number, kind, due in found
    ]


def _listed(text: str) -> list[OpenCase]:
    parts = [line.split("\t") for line in text.splitlines()]
    return [
        OpenCase(ref, kind, date.fromisoformat(due) if due else None) for ref, kind, due in parts
    ]


def paper(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D17: the handover, with the open cases as they stand or stood."""
    service, say = desk.service("handovers"), words(language)
    (row,) = service.rows([service.number(str(ref))])
    values, staff = row.values, desk.service("staff")
    of = {
        name: party(staff.rows([references.number(values[name])])[0]) if values[name] else Party("")
        for name in ("giver", "taker", "witness")
    }
    done = row.state == "done"
    cases = _gone_over(row) + ([] if done else _cases(desk, references.number(values["giver"])))
    data = staff_papers.HandoverPaper(
        number=number,
        issued_on=desk.today(),
        ref=row.ref,
        basis_on=values["basis_on"],
        done_on=values["done_on"],
        duties=str(values["duties"] or ""),
        files=tuple(filter(None, row.titles["files"].split(", "))),
        records=str(values["records"] or ""),
        accounts=str(values["accounts"] or ""),
        pending=str(values["pending"] or ""),
        cases=tuple(OpenCase(c.ref, say(KIND_LABELS[c.kind]), c.due) for c in cases),
        approvals=ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today()),
        **of,
    )
    return staff_papers.handover(data, language)


def printable_d17(desk: Desk) -> int | None:
    """Return the newest handover."""
    sql = "SELECT max(id) FROM work_handovers WHERE state <> 'void'"
    found = desk.vault.raw.execute(sql).fetchone()[0]
    return None if found is None else int(found)
