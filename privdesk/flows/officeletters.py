"""Letters in the office's own words: an inspection, a training, to new handlers and leavers."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, speaking, words
from privdesk.core.register import Query, Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import office_letter, office_text
from privdesk.documents.papers.training_certificate import duration
from privdesk.documents.phrases import day
from privdesk.flows import sender
from privdesk.flows.papers import contact
from privdesk.flows.trainingpapers import course_of, session_facts
from privdesk.registers.desk import Desk
from privdesk.registers.inspections.fields import TRAINING, WAYS
from privdesk.registers.staff.fields import CATEGORIES, DUTIES
from privdesk.registers.templating import text_of

SUPERVISION = N_("Personal Information Protection Act art. 26(4)")
TRAINED = N_("Personal Information Protection Act art. 28(2); privacy policy")
STAFF = N_("Personal Information Protection Act art. 28, 59; privacy policy")
_WAYS = {choice.key: choice.label for choice in WAYS}
_DUTIES = {choice.key: choice.label for choice in DUTIES}
_CATEGORIES = {choice.key: choice.label for choice in CATEGORIES}
Facts = tuple[tuple[str, str], ...]


class TrainingNoticeError(DomainError):
    """{ref} is a training and not an inspection, so there is no notice of an inspection. Nothing
    was printed; choose an inspection.
    """


class NotLeavingError(DomainError):
    """{name} has no last day, so there is no letter to a leaver. Nothing was printed; begin the
    leaving, or enter the last day, first.
    """


def inspection_notice(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Tell a processor that it is inspected: when, how, by whom, and what to have at hand."""
    say = words(language)
    with speaking(language):
        row = desk.service("inspections").get(str(ref))
        works = desk.service("consignments")
        processor = references.number(row.values["processor"])
        names = works.titles([work.id for work in works.standing(processor)])
    values = row.values
    if values["kind"] == TRAINING:
        raise TrainingNoticeError(ref=row.ref)
    on = day(say, values["held_on"] or values["planned_on"])
    facts = (
        (say("Works consigned"), "\n".join(names.values())),
        (say("Day of the inspection"), on),
        (say("How it is held"), say(_WAYS[str(values["way"])]) if values["way"] else ""),
        (say("Inspector"), str(values["inspector"] or "")),
        (say("Reference"), row.ref),
    )
    told = {
        "processor": row.titles.get("processor", ""),
        "day": on,
        "inspector": str(values["inspector"] or ""),
    }
    to = " ".join(filter(None, (told["processor"], str(values["manager"] or ""))))
    return _letter(desk, "inspection-notice", language, number, told, facts, to, SUPERVISION)


def invitation(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Invite the handlers to a training: what, when, where, how long, who is expected."""
    say, service = words(language), desk.service("sessions")
    (row,) = service.rows([service.number(str(ref))])
    course = course_of(desk, str(row.values["course"]))
    one = session_facts(row, course, language)
    on = " ".join(filter(None, (day(say, one.on), one.starts)))
    invited = row.values["invited"] or 0
    facts = (
        (say("Course"), one.course),
        (say("Topics"), ", ".join(say(topic) for topic in one.topics)),
        (say("Day and time"), on),
        (say("Place"), one.place),
        (say("Duration"), duration(language, one.minutes)),
        (say("Trainer"), one.trainer),
        (say("For whom"), one.audience),
        (say("Test"), say("There is a test at the end.") if course.values["test"] else ""),
        (say("Invited"), say.many("{n} person", "{n} people", invited) if invited else ""),
    )
    told = {"course": one.course, "day": on, "place": one.place}
    return _letter(desk, "training-invitation", language, number, told, facts, "", TRAINED)


def joining_letter(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Tell a new handler what comes before the first access."""
    say, row = words(language), desk.service("staff").get(str(ref))
    values = row.values
    joined = day(say, values["joined"])
    facts = (
        (say("Dept."), str(values["department"] or "")),
        (say("Position"), str(values["position"] or "")),
        (say("Joined on"), joined),
        (say("Duty in privacy"), say(_DUTIES[str(values["duty"])])),
        (say("Why access is needed"), _category(row, language)),
    )
    told = {**_person(row), "day": joined}
    return _letter(desk, "joining-letter", language, number, told, facts, told["name"], STAFF)


def leaving_letter(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Tell a leaver what is given back, handed over and signed, and which rights end."""
    say, row = words(language), desk.service("staff").get(str(ref))
    left: date | None = row.values["left"] or _last_day(desk, row.ref)
    if left is None:
        raise NotLeavingError(name=row.values["name"])
    with speaking(language):
        query = Query(where={"staff": row.ref, "state": "granted"}, sort="id")
        rights = desk.service("access-rights").find(query)
    systems = list(dict.fromkeys(one.titles.get("place", "") for one in rights))
    facts = (
        (say("Dept."), str(row.values["department"] or "")),
        (say("Position"), str(row.values["position"] or "")),
        (say("Last day of work"), day(say, left)),
        (say("Access that ends"), ", ".join(systems) or say("none")),
    )
    told = {**_person(row), "day": day(say, left)}
    return _letter(desk, "leaving-letter", language, number, told, facts, told["name"], STAFF)


def _letter(
    desk: Desk,
    code: str,
    language: str,
    number: str,
    told: Mapping[str, str],
    facts: Facts,
    to: str,
    basis: str,
) -> Paper:
    company = sender.company(desk, language)
    common = {"company": company, "contact": contact(desk, language), "facts": office_text.HERE}
    text = text_of(desk, code, language, desk.today()).filled({**common, **told})
    data = office_letter.OfficeLetter(
        code=code,
        number=number,
        issued_on=desk.today(),
        company=company,
        heading=text.heading,
        text=text.text,
        facts=facts,
        to=to,
        basis=basis,
    )
    return office_letter.build(data, language)


def _person(row: Row) -> dict[str, str]:
    names = ("name", "staff_no", "department", "position")
    return {name: str(row.values[name] or "") for name in names}


def _category(row: Row, language: str) -> str:
    category = str(row.values["category"] or "")
    return words(language)(_CATEGORIES[category]) if category else ""


def _last_day(desk: Desk, ref: str) -> date | None:
    query = Query(where={"staff": ref, "state": "open"}, sort="id", descending=True)
    rows = desk.service("departures").find(query, limit=1)
    found: date | None = rows[0].values["last_day"] if rows else None
    return found


# -- which record is printed where none is named


def _newest(desk: Desk, sql: str) -> int | None:
    found = desk.vault.raw.execute(sql).fetchone()
    return None if found is None or found[0] is None else int(found[0])


def printable_inspection_notice(desk: Desk) -> int | None:
    """Return the inspection that is planned next, else the newest."""
    return _newest(
        desk,
        "SELECT id FROM inspections WHERE kind <> 'training' AND state <> 'void'"
        " ORDER BY state <> 'planned', planned_on, id DESC",
    )


def printable_training_invitation(desk: Desk) -> int | None:
    """Return the session that is planned next, else the newest."""
    return _newest(
        desk,
        "SELECT id FROM sessions WHERE state NOT IN ('void', 'cancelled')"
        " ORDER BY state <> 'planned', \"on\" DESC, id DESC",
    )


def printable_joining_letter(desk: Desk) -> int | None:
    """Return whoever joined last."""
    return _newest(
        desk,
        "SELECT id FROM staff WHERE state <> 'void' AND joined IS NOT NULL"
        " ORDER BY joined DESC, id DESC",
    )


def printable_leaving_letter(desk: Desk) -> int | None:
    """Return whoever leaves last."""
    return _newest(
        desk,
        "SELECT id FROM staff WHERE state <> 'void' AND \"left\" IS NOT NULL"
        ' ORDER BY "left" DESC, id DESC',
    )
