"""The papers of consent: the form of a collection point (D3), and one wording as proof."""

from __future__ import annotations

from privdesk.core.categories import Separate
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, speaking, words
from privdesk.core.register import Query, Row
from privdesk.core.rulebook import rule_number
from privdesk.documents.paper import Mark, Paper
from privdesk.documents.papers import consent_form as d3
from privdesk.documents.papers import wording_sheet
from privdesk.documents.papers.common import ApprovalLine
from privdesk.flows import sender
from privdesk.registers.channels import CHANNELS
from privdesk.registers.consents.fields import GUARDIAN_CHECKS
from privdesk.registers.desk import Desk
from privdesk.registers.wordings import filling
from privdesk.registers.wordings.canonical import LANGUAGES, texts
from privdesk.registers.wordings.fields import BOLD, COLOUR, LARGER, UNDERLINE, WAYS
from privdesk.registers.wordings.readiness import PART_OF
from privdesk.registers.wordings.rules import important

PLAIN_SIZE = 9.0  # points: what the rest of a form is set in
AGE_ON_PAPER = ("birth", "tick")
IN = {"ko": N_("Korean"), "en": N_("English")}


class NoBoxError(DomainError):
    """{point} has no wording in force, so there is nothing to agree to on its form. Nothing was
    printed; put a wording of each purpose in force first.
    """


class NotInLanguageError(DomainError):
    """{wording} has no text in {language}. Nothing was printed; print the form in the other
    language, or make a version that has both.
    """


def form(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """D3: the consent form of a collection point, with every box that is in force today."""
    points, wordings = desk.service("collection-points"), desk.service("wordings")
    today = desk.today()
    point = points.get(str(ref))
    shown = wordings.shown_at(point.id, today)
    if not shown:
        raise NoBoxError(point=points.spoken(point.id))
    say, values = words(language), point.values
    channels = {choice.key: say(choice.label) for choice in CHANNELS}
    guardian = bool(values["children"])
    with speaking(language):
        data = d3.ConsentForm(
            number=number,
            issued_on=today,
            company=sender.company(desk, language),
            point=points.titles([point.id])[point.id],
            boxes=tuple(_asked(desk, row, language) for row in _in_order(shown)),
            exempt=_exempt(desk, point, shown, language),
            rights=tuple(channels[key] for key in values["rights"]),
            age=values["age_asked"] if values["age_asked"] in AGE_ON_PAPER else "",
            least_age=_least(values["min_age"], desk),
            guardian=guardian,
            guardian_ways=tuple(say(c.label) for c in GUARDIAN_CHECKS) if guardian else (),
            child_age=rule_number("child.age", today),
            guardian_days=rule_number("guardian.destroy_days", today),
        )
    return d3.build(data, language)


def sheet(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The wording sheet: one version in both languages, its days and its hash."""
    wordings, say = desk.service("wordings"), words(language)
    row = wordings.get(str(ref))
    values = row.values
    state = wordings.register.state(row.state)
    written = [lang for lang in LANGUAGES if texts(values, lang)] or [language]
    data = wording_sheet.WordingSheet(
        number=number,
        issued_on=desk.today(),
        ref=row.ref,
        state=say(state.label) if state else "",
        point=_called(desk, "collection-points", str(values["point"] or ""), language),
        purpose=_called(desk, "purposes", str(values["purpose"]), language),
        version=values["version"],
        told=tuple(
            wording_sheet.Told(
                lang,
                _box(desk, row, lang, language),
                texts(values, lang).get("exempt", ""),
            )
            for lang in written
        ),
        shown=_shown(row, language),
        effective=values["effective"],
        ended=values["ended"],
        digest=str(values["digest"] or ""),
        whole=not values["digest"] or wordings.unchanged(row),
        answers=wordings.answers(row.id),
        approvals=ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today()),
    )
    return wording_sheet.build(data, language)


def printable_d3(desk: Desk) -> int | None:
    """Return the newest point in use that has a wording in force."""
    points, wordings = desk.service("collection-points"), desk.service("wordings")
    for row in reversed(points.find(Query(where={"state": "active"}, sort="id"))):
        if wordings.shown_at(row.id, desk.today()):
            return int(row.id)
    return None


def printable_wording(desk: Desk) -> int | None:
    """Return the wording that came into force last."""
    sql = (
        "SELECT id FROM wordings WHERE state IN ('used', 'replaced')"
        " ORDER BY effective DESC, id DESC LIMIT 1"
    )
    found = desk.vault.raw.execute(sql).fetchone()
    return None if found is None else int(found[0])


def _in_order(shown: list[Row]) -> list[Row]:
    """Return what is required first, what is optional next, marketing last."""
    return sorted(shown, key=lambda row: (_last(row), not row.values["required"]))


def _last(row: Row) -> bool:
    return bool(row.values["box"] == Separate.MARKETING.value)


def _asked(desk: Desk, row: Row, language: str) -> d3.AskedBox:
    """Return a box in the language of the form; refuse to mix languages on one form."""
    if not texts(row.values, language):
        raise NotInLanguageError(wording=row.ref, language=_(IN[language]))
    return _box(desk, row, language, language)


def _box(desk: Desk, row: Row, told_in: str, language: str) -> d3.AskedBox:
    values = row.values
    told, box, ways = texts(values, told_in), Separate(values["box"]), values["ways"]
    return d3.AskedBox(
        box=box,
        purpose=_called(desk, "purposes", str(values["purpose"]), language),
        wording=f"{row.ref} · v{values['version']}",
        required=bool(values["required"]),
        told={PART_OF[name]: text for name, text in told.items() if name in PART_OF},
        important=important(box),
        mark=Mark(
            size=float(values["size"] or PLAIN_SIZE) if LARGER in ways else PLAIN_SIZE,
            bold=BOLD in ways,
            underlined=UNDERLINE in ways,
            coloured=COLOUR in ways,
        ),
    )


def _exempt(desk: Desk, point: Row, shown: list[Row], language: str) -> tuple[str, ...]:
    """Return what is processed without consent: as a wording tells it, else as it is mapped."""
    for row in shown:
        told = texts(row.values, language).get("exempt")
        if told and row.values["point"]:
            return tuple(told.splitlines())
    return tuple(filling.exempt_told(desk, point.ref, language).splitlines())


def _least(own: int | None, desk: Desk) -> int:
    return rule_number("child.gate_age", desk.today()) + 1 if own is None else own


def _shown(row: Row, language: str) -> str:
    say, ways = words(language), row.values["ways"]
    found = [say(way.label) for way in WAYS if way.key in ways]
    if LARGER in ways:
        found.append(f"{row.values['size']} pt / {row.values['body_size']} pt")
    return ", ".join(found)


def _called(desk: Desk, register: str, ref: str, language: str) -> str:
    if not ref:
        return ""
    service = desk.service(register)
    number = service.number(ref)
    with speaking(language):
        return str(service.titles([number])[number])
