"""The papers of audits: plan, questions, report, corrective action asked for and done."""

from __future__ import annotations

from privdesk.core import references
from privdesk.core.i18n import N_, Words, speaking, words
from privdesk.core.register import Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import audit_papers as papers
from privdesk.documents.papers import corrective_action
from privdesk.documents.papers.audit_papers import AuditHead, AuditLine, FindingLine
from privdesk.documents.papers.common import ApprovalLine
from privdesk.registers.audits.fields import KINDS, REGISTER
from privdesk.registers.audits.found import REGISTER as FINDINGS
from privdesk.registers.audits.questions import SHIPPED
from privdesk.registers.audits.rules import WEIGHT_LABELS, Weight
from privdesk.registers.desk import Change, Desk
from privdesk.registers.questionnaires import shipped
from privdesk.registers.questions import Question, read

_KINDS = {choice.key: choice.label for choice in KINDS}
_WEIGHTS = {weight.value: at for at, weight in enumerate(Weight)}
VERSION = N_("{name}, version {n}")


def report(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Return the report of an audit, with its findings as they stand today."""
    say = words(language)
    with speaking(language):
        row = desk.service("audits").get(str(ref))
    answers = desk.service("audit-answers").of(row.id)
    found = desk.service("audit-findings").of_audit(row.id)
    found.sort(key=lambda one: (_WEIGHTS[str(one.values["severity"])], one.id))
    evidence = desk.service("safety-papers").of("audits", row.id)
    data = papers.AuditReport(
        number=number,
        issued_on=desk.today(),
        head=_head(desk, row, say),
        lines=tuple(_answered(one, language) for one in answers),
        findings=tuple(_finding(desk, one, say) for one in found),
        opinion=str(row.values["opinion"] or ""),
        unproved=str(row.values["unproved"] or ""),
        evidence=tuple(f"{one.values['name']}  {one.ref}" for one in evidence),
        cpo=_cpo(desk),
        approvals=_drafted(desk),
    )
    return papers.report(data, language)


def sheet(desk: Desk, _ref: str | None, language: str, number: str) -> Paper:
    """Return the questions in force, else the shipped ones, to be filled in by hand."""
    say, service = words(language), desk.service("audit-questions")
    row = service.in_force()
    told = shipped(SHIPPED)
    asked = service.asked(row) if row else read(told["text_ko"], told["text_en"])
    called = _questions(desk, row.ref, say) if row else ""
    data = papers.AuditReport(
        number=number,
        issued_on=desk.today(),
        head=AuditHead("", "", "", questions=called),
        lines=tuple(_asked(one, language) for one in asked),
        findings=(),
        cpo=_cpo(desk),
        approvals=ApprovalLine(),
    )
    return papers.blank(data, language)


def plan(desk: Desk, _ref: str | None, language: str, number: str) -> Paper:
    """Return the audits of this year and, where some are planned already, of the next."""
    say, year = words(language), desk.today().year
    rows = {str(one): desk.service("audits").every(str(one)) for one in (year, year + 1)}
    data = papers.AuditPlan(
        number=number,
        issued_on=desk.today(),
        years=tuple(
            (year, tuple(_head(desk, row, say) for row in found))
            for year, found in rows.items()
            if found
        ),
        approvals=_drafted(desk),
    )
    return papers.plan(data, language)


def request(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Return the request for the corrective action of one finding."""
    return corrective_action.request(_action(desk, str(ref), language, number), language)


def result(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Return what became of one finding."""
    return corrective_action.result(_action(desk, str(ref), language, number), language)


def issued_audit_request(change: Change, ref: str | None) -> None:
    """Note that corrective action was asked for."""
    service = change.desk.service("audit-findings")
    service.asked_for(change, service.number(str(ref)))


def printable_audit_report(desk: Desk) -> int | None:
    """Return the newest finished audit, else the newest one planned."""
    return _first(desk, "audits", "held_until IS NULL")


def printable_audit_request(desk: Desk) -> int | None:
    """Return the newest finding that is to be put right, else the newest one."""
    return _first(desk, "audit_findings", "state <> 'open'")


def printable_audit_result(desk: Desk) -> int | None:
    """Return the newest finding that is settled, else the newest one."""
    return _first(desk, "audit_findings", "state NOT IN ('verified', 'accepted')")


def _first(desk: Desk, table: str, later: str) -> int | None:
    sql = f"SELECT id FROM {table} WHERE state <> 'void' ORDER BY {later}, id DESC"
    found = desk.vault.raw.execute(sql).fetchone()
    return None if found is None else int(found[0])


def _action(desk: Desk, ref: str, language: str, number: str) -> corrective_action.CorrectiveAction:
    say = words(language)
    findings, audits = desk.service("audit-findings"), desk.service("audits")
    row = findings.get(ref)
    (audit,) = audits.rows([references.number(row.values["audit"])])
    department = ""
    if row.values["owner"]:
        who = [references.number(row.values["owner"])]
        (owner,) = desk.service("staff").glimpses(who, ("department",))
        department = str(owner.values["department"] or "")
    return corrective_action.CorrectiveAction(
        number=number,
        issued_on=desk.today(),
        head=_head(desk, audit, say),
        finding=_finding(desk, row, say),
        department=department,
        cpo=_cpo(desk),
        approvals=_drafted(desk),
    )


def _head(desk: Desk, row: Row, say: Words) -> AuditHead:
    values, titles = row.values, row.titles
    state = REGISTER.state(row.state)
    return AuditHead(
        ref=row.ref,
        name=str(values["name"]),
        kind=say(_KINDS[str(values["kind"])]),
        scope=str(values["scope"] or ""),
        department=str(values["department"] or ""),
        responsible=titles.get("responsible", ""),
        auditor=titles.get("auditor", "") or str(values["outside"] or ""),
        planned=(values["planned_on"], values["planned_until"]),
        held=(values["held_on"], values["held_until"]),
        questions=_questions(desk, str(values["questions"] or ""), say),
        state=say(state.label) if state else "",
    )


def _finding(desk: Desk, row: Row, say: Words) -> FindingLine:
    values = row.values
    state = FINDINGS.state(row.state)
    proof = desk.service("safety-papers").of("audit-findings", row.id)
    return FindingLine(
        ref=row.ref,
        clause=str(values["clause"] or ""),
        finding=str(values["finding"]),
        weight=say(WEIGHT_LABELS[Weight(values["severity"])]),
        owner=row.titles.get("owner", ""),
        due=values["due"],
        state=say(state.label) if state else "",
        wanted=str(values["wanted"] or ""),
        question=_question(desk, str(values["answer"] or ""), say.language),
        found_on=values["found_on"],
        earlier=str(values["earlier"] or ""),
        action=str(values["action"] or ""),
        done_on=values["done_on"],
        verifier=str(values["verifier"] or ""),
        seen=str(values["seen"] or ""),
        verified_on=values["verified_on"],
        why=str(values["why"] or ""),
        accepted_by=str(values["accepted_by"] or ""),
        accepted_on=values["accepted_on"],
        decision_no=str(values["decision_no"] or ""),
        proof=tuple(f"{one.values['name']}  {one.ref}" for one in proof),
    )


def _question(desk: Desk, ref: str, language: str) -> str:
    if not ref:
        return ""
    (row,) = desk.service("audit-answers").rows([references.number(ref)])
    return _answered(row, language).question


def _answered(row: Row, language: str) -> AuditLine:
    values = row.values
    section, question = str(values["section"] or ""), str(values["question"] or "")
    section_en, _newline, question_en = str(values["question_en"] or "").partition("\n")
    if language == "en" and question_en:
        section, question = section_en, question_en
    return AuditLine(
        no=values["no"],
        section=section,
        question=question,
        answer=str(values["answer"] or ""),
        evidence=str(values["evidence"] or ""),
    )


def _asked(one: Question, language: str) -> AuditLine:
    if language == "en" and one.english:
        return AuditLine(one.no, one.section_en, one.english)
    return AuditLine(one.no, one.section, one.korean)


def _questions(desk: Desk, ref: str, say: Words) -> str:
    if not ref:
        return ""
    with speaking(say.language):
        (row,) = desk.service("audit-questions").rows([references.number(ref)])
    return say(VERSION).format(name=row.values["name"], n=row.values["version"])


def _drafted(desk: Desk) -> ApprovalLine:
    return ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today())


def _cpo(desk: Desk) -> str:
    found = desk.service("staff").cpo(desk.today())
    return str(found.values["name"]) if found else ""
