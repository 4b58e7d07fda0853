"""Certificates of completion, D13: one by one, or as one file for a whole training day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, ngettext, words
from privdesk.core.register import Outcome, Row, Shown
from privdesk.documents.paper import Paper
from privdesk.documents.papers import office_text
from privdesk.documents.papers import training_certificate as d13
from privdesk.documents.phrases import day
from privdesk.flows import issuing, sender
from privdesk.flows.trainingpapers import (
    as_held,
    course_name,
    course_of,
    people_of,
    topics_of,
    way_of,
)
from privdesk.registers.desk import Change, Desk
from privdesk.registers.templating import Template, text_of
from privdesk.registers.trained import DONE

RUN = N_("Certificates of completion")
MOST = 1_000


class NotCompletedError(DomainError):
    """{ref} is not completed, so there is no certificate. Nothing was printed; record who was there
    and the points first.
    """


class NobodyToCertifyError(DomainError):
    """Nobody of these completed the session without having a certificate already. Nothing was
    printed; to print all of them again, choose “Again for everybody” (again=yes); for one person,
    choose that attendance.
    """


class TooManyCertificatesError(DomainError):
    """{count} certificates are to be printed, and a file holds at most {most}. Nothing was printed;
    choose fewer sessions or people.
    """


def certificate(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D13: the certificate of one person."""
    service = desk.service("attendances")
    (row,) = service.rows([service.number(str(ref))])
    return _paper(desk, _Known(desk, [row]), row, language, number)


def issued_d13(change: Change, ref: str) -> None:
    """Note the number of the certificate that was handed out."""
    desk, service = change.desk, change.desk.service("attendances")
    sql = "SELECT number FROM documents WHERE about = ? ORDER BY id DESC LIMIT 1"
    (number,) = desk.vault.raw.execute(sql, (ref,)).fetchone()
    service.certified(change, service.number(ref), number)


def printable_d13(desk: Desk) -> int | None:
    """Return the newest attendance that is completed."""
    sql = 'SELECT id FROM attendances WHERE state = ? ORDER BY "on" DESC, id DESC LIMIT 1'
    found = desk.vault.raw.execute(sql, (DONE,)).fetchone()
    return None if found is None else int(found[0])


def of_sessions(
    desk: Desk,
    refs: Sequence[str],
    *,
    language: str = "",
    again: bool = False,
    file: str = "",
) -> Outcome:
    """Print the certificates of everybody who completed these sessions and has none yet.

    With ``again`` of all who completed them: who has a certificate keeps its number.
    """
    sessions = desk.service("sessions")
    sql = (
        "SELECT id FROM attendances WHERE session = ? AND state = ?"
        f"{'' if again else ' AND certificate IS NULL'} ORDER BY department, id"
    )
    numbers = [
        row[0]
        for ref in refs
        for row in desk.vault.raw.execute(sql, (sessions.number(ref), DONE)).fetchall()
    ]
    return _run(desk, numbers, language, file)


def of_people(desk: Desk, refs: Sequence[str], *, language: str = "", file: str = "") -> Outcome:
    """Print the certificates of these attendances; who has one keeps its number."""
    service = desk.service("attendances")
    return _run(desk, [service.number(ref) for ref in refs], language, file)


def _run(desk: Desk, numbers: Sequence[int], language: str, file: str) -> Outcome:
    desk.require("officer")
    language = language or str(desk.setting("language", "ko"))
    issuing.require_language(language)
    if not numbers:
        raise NobodyToCertifyError
    if len(numbers) > MOST:
        raise TooManyCertificatesError(count=f"{len(numbers):,}", most=f"{MOST:,}")
    service, target = desk.service("attendances"), _target(file)
    rows = service.rows(numbers)
    known = _Known(desk, rows)
    sheets: list[Callable[[str], Paper]] = [
        partial(_again, desk, known, row, language) for row in rows
    ]
    title = words(language)(RUN)
    with desk.change() as change:  # certificates that cannot be written are not issued
        issued, made = issuing.issue_run(desk, "d13", title, sheets, about="attendances")
        for row, number in zip(rows, made, strict=True):
            if not row.values["certificate"]:
                service.certified(change, row.id, number)
        if target is not None:
            with system.explained(target):
                system.atomic_write(target, issued.data, 0o600)
    told = ngettext("{n} certificate issued", "{n} certificates issued", len(rows))
    if target is not None:
        message = _(N_("{told}: {file}")).format(told=told, file=target)
        return Outcome(message, (issued.ref,))
    return Outcome(told, (issued.ref,), Shown(title, f"{issued.number}.pdf", issued.data))


def _target(file: str) -> Path | None:
    if not file:
        return None
    path = Path(file).expanduser().absolute()
    system.refuse_inside_vault(path)
    return path


class _Known:
    """People, sessions, courses and the chief privacy officer, read once for a whole run."""

    def __init__(self, desk: Desk, rows: Sequence[Row]) -> None:
        sessions = desk.service("sessions")
        self.people = people_of(desk, [str(row.values["staff"]) for row in rows])
        refs = dict.fromkeys(str(row.values["session"]) for row in rows)
        found = sessions.rows([sessions.number(ref) for ref in refs])
        self.sessions = {row.ref: row for row in found}
        courses = dict.fromkeys(str(row.values["course"]) for row in found)
        self.courses = {ref: course_of(desk, ref) for ref in courses}
        cpo = desk.service("staff").cpo(desk.today())
        self.cpo = str(cpo.values["name"]) if cpo else ""
        self._texts: dict[str, Template] = {}

    def text(self, desk: Desk, language: str) -> Template:
        """Return the words of a certificate, read once for a whole run."""
        if language not in self._texts:
            self._texts[language] = text_of(desk, "training-certificate", language, desk.today())
        return self._texts[language]


def _again(desk: Desk, known: _Known, row: Row, language: str, number: str) -> Paper:
    return _paper(desk, known, row, language, str(row.values["certificate"] or number))


def _paper(desk: Desk, known: _Known, row: Row, language: str, number: str) -> Paper:
    if row.state != DONE:
        raise NotCompletedError(ref=row.ref)
    person = known.people[str(row.values["staff"])]
    session = known.sessions[str(row.values["session"])]
    course = as_held(session, known.courses[str(session.values["course"])])
    text = known.text(desk, language).filled(
        {
            "company": sender.company(desk, language),
            "name": str(person.values["name"]),
            "course": course_name(course, language),
            "day": day(words(language), session.values["on"]),
            "facts": office_text.HERE,
        }
    )
    data = d13.TrainingCertificate(
        heading=text.heading,
        text=text.text,
        number=number,
        issued_on=desk.today(),
        company=sender.company(desk, language),
        name=str(person.values["name"]),
        staff_no=str(person.values["staff_no"] or ""),
        department=str(row.values["department"] or ""),
        position=str(person.values["position"] or ""),
        course=course_name(course, language),
        topics=topics_of(course),
        way=way_of(course),
        provider=str(course.values["provider"] or ""),
        held_on=session.values["on"],
        minutes=session.values["minutes"] or course.values["minutes"],
        score=row.values["score"] if course.values["test"] else None,
        cpo=known.cpo,
    )
    return d13.build(data, language)
