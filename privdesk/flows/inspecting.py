"""The papers of the supervision of processors: D8, its blank form, the list of all."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core import references
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, Words, speaking, words
from privdesk.core.register import Query, Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import supervision_checklist as d8
from privdesk.documents.papers.answers import counted
from privdesk.documents.papers.common import ApprovalLine
from privdesk.registers.desk import Desk
from privdesk.registers.inspections.fields import AGAIN, INSPECTION, KINDS, TRAINING, WAYS
from privdesk.registers.inspections.rules import Held
from privdesk.registers.questions import Question

_KINDS = {choice.key: choice.label for choice in KINDS}
_WAYS = {choice.key: choice.label for choice in WAYS}
CHECKLIST = N_("{name}, version {n}")


def checklist(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D8: an inspection as it stands, its findings with what became of them."""
    say = words(language)
    with speaking(language):
        row = desk.service("inspections").get(str(ref))
        works = _works(desk, str(row.values["processor"]), language)
    values = row.values
    answers = desk.service("inspection-answers").of_inspection(row.id)
    papers = desk.service("partner-papers").of("inspections", row.id)
    data = d8.SupervisionChecklist(
        number=number,
        issued_on=desk.today(),
        lines=tuple(_answered(one, language) for one in answers),
        ref=row.ref,
        kind=say(_KINDS[str(values["kind"])]),
        processor=row.titles.get("processor", ""),
        works=works,
        held_on=values["held_on"],
        planned_on=values["planned_on"],
        way=say(_WAYS[str(values["way"])]) if values["way"] else "",
        inspector=str(values["inspector"] or ""),
        manager=str(values["manager"] or ""),
        cpo=_cpo(desk),
        checklist=_called(desk, str(values["checklist"] or ""), say),
        summary=str(values["summary"] or ""),
        evidence=tuple(f"{one.values['name']}  {one.ref}" for one in papers),
        on_paper=_on_paper(desk, row),
        kept=str(values["kept"] or ""),
        unproved=str(values["unproved"] or ""),
        approvals=ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today()),
    )
    return d8.build(data, language)


def printable_d8(desk: Desk) -> int | None:
    """Return the newest finished inspection, else the newest one planned."""
    sql = (
        "SELECT id FROM inspections WHERE state <> 'void' AND kind <> 'training'"
        " ORDER BY done_on IS NULL, id DESC"
    )
    found = desk.vault.raw.execute(sql).fetchone()
    return None if found is None else int(found[0])


def blank_checklist(desk: Desk, _ref: str | None, language: str, number: str) -> Paper:
    """D8 to be filled in by hand, with the questions in force (else the shipped ones)."""
    from privdesk.registers.inspections.catalogue import SHIPPED
    from privdesk.registers.questionnaires import shipped
    from privdesk.registers.questions import read

    say, service = words(language), desk.service("checklists")
    row = service.in_force()
    if row is None:
        told = shipped(SHIPPED)
        asked = read(told["text_ko"], told["text_en"])
    else:
        asked = service.asked(row)
    data = d8.SupervisionChecklist(
        number=number,
        issued_on=desk.today(),
        lines=tuple(_asked(one, language) for one in asked),
        checklist=_called(desk, row.ref, say) if row else "",
        cpo=_cpo(desk),
        blank=True,
    )
    return d8.build(data, language)


def overview(desk: Desk, _ref: str | None, language: str, number: str) -> Paper:
    """How all processors under contract stand: inspected, trained, what is open."""
    say = words(language)
    with speaking(language):
        service = desk.service("processors")
        rows = service.find(Query(where={"state": "active"}, sort="name"))
        titles, held = service.titles([row.id for row in rows]), desk.service("inspections").held()
        made = [_line(row, titles[row.id], held.get(row.id, ()), say) for row in rows]
    lines = tuple(sorted(made, key=lambda one: name_key(one.processor)))  # as the paper calls them
    data = d8.Supervision(
        number=number,
        issued_on=desk.today(),
        lines=lines,
        approvals=ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today()),
    )
    return d8.build_list(data, language)


def _line(row: Row, name: str, finished: Sequence[Held], say: Words) -> d8.SupervisedLine:
    held = [one for one in finished if one.kind == INSPECTION]
    again = [one for one in finished if one.kind == AGAIN]
    trained = [one for one in finished if one.kind == TRAINING]
    result = ""
    if held:
        result = counted(say, held[0].tally)
        if again and again[0].on >= held[0].on:
            result += "\n" + say("Re-inspected {day}").format(day=again[0].on)
    return d8.SupervisedLine(
        processor=name,
        parent=say("sub-processor of {name}").format(name=row.titles["parent"])
        if row.values["parent"]
        else "",
        works=row.values["works"],
        inspected=row.values["checked_on"],
        result=result,
        lacking=sum(one.tally.get("open", 0) for one in held),
        trained=row.values["trained_on"],
        people=trained[0].people if trained else None,
        due=row.values["check_due"],
    )


def _answered(row: Row, language: str) -> d8.Answered:
    values = row.values
    section, question = str(values["section"] or ""), str(values["question"] or "")
    section_en, _newline, question_en = str(values["question_en"] or "").partition("\n")
    if language == "en" and question_en:
        section, question = section_en, question_en
    return d8.Answered(
        no=values["no"],
        section=section,
        question=question,
        answer=str(values["answer"] or ""),
        evidence=str(values["evidence"] or ""),
        finding=str(values["finding"] or ""),
        due=values["due"],
        remedy=str(values["remedy"] or ""),
        fixed_on=values["fixed_on"],
    )


def _asked(one: Question, language: str) -> d8.Answered:
    if language == "en" and one.english:
        return d8.Answered(one.no, one.section_en, one.english)
    return d8.Answered(one.no, one.section, one.korean)


def _on_paper(desk: Desk, row: Row) -> bool:
    sql = "SELECT 1 FROM inspection_answers WHERE inspection = ? AND state = 'void' LIMIT 1"
    return desk.vault.raw.execute(sql, (row.id,)).fetchone() is not None


def _works(desk: Desk, processor: str, language: str) -> tuple[str, ...]:
    rows = desk.service("consignments").standing(references.number(processor))
    english = language == "en"
    return tuple(
        str((english and one.values["work_en"]) or one.values["work"] or "") for one in rows
    )


def _called(desk: Desk, ref: str, say: Words) -> str:
    if not ref:
        return ""
    with speaking(say.language):
        (row,) = desk.service("checklists").rows([references.number(ref)])
    return say(CHECKLIST).format(name=row.values["name"], n=row.values["version"])


def _cpo(desk: Desk) -> str:
    found = desk.service("staff").cpo(desk.today())
    return str(found.values["name"]) if found else ""
