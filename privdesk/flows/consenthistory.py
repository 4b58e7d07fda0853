"""The report of one person's consents from the first answer to the last."""

from __future__ import annotations

from privdesk.core.i18n import N_, _, current, speaking, words
from privdesk.core.register import Row
from privdesk.documents.paper import Paper
from privdesk.documents.papers import consent_history
from privdesk.documents.phrases import day
from privdesk.flows import consentfacts as facts
from privdesk.flows import issuing
from privdesk.flows.consentpapers import living, newest
from privdesk.registers.consenting import asked_in
from privdesk.registers.consents.rules import ConsentState
from privdesk.registers.desk import Desk

STATES = {
    ConsentState.GIVEN: N_("Given"),
    ConsentState.REFUSED: N_("Refused"),
    ConsentState.WITHDRAWN: N_("Withdrawn"),
    ConsentState.LAPSED: N_("Lapsed"),
    ConsentState.ASKED: N_("Guardian asked"),
    ConsentState.OUTDATED: N_("Given before a change; ask again"),
    ConsentState.UNCONFIRMED: N_("Marketing not confirmed again"),
    ConsentState.NONE: N_("Nothing answered"),
}


def history(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Every answer of a person, oldest first, with wording and who entered it."""
    subject = living(desk, desk.service("subjects").number(str(ref)))
    with speaking(language):
        rows = facts.answers(desk, subject, reveal=True)
        data = consent_history.ConsentHistory(
            number=number,
            issued_on=desk.today(),
            person=facts.person_name(desk, subject),
            ref=str(ref),
            standing=_standing(desk, subject),
            lines=[_line(desk, row) for row in rows],
            destroy_by=issuing.destroy_print_by(desk),
        )
    return consent_history.build(data, language)


def _standing(desk: Desk, subject: int) -> tuple[consent_history.Standing, ...]:
    return tuple(
        consent_history.Standing(
            asked_in(row), _(STATES[state]), day(words(current()), facts.since(row))
        )
        for row, state in desk.service("consents").as_of(subject, desk.today())
    )


def _line(desk: Desk, row: Row) -> consent_history.HistoryLine:
    return consent_history.HistoryLine(
        ref=row.ref,
        at=facts.when(row),
        purpose=asked_in(row),
        answer=facts.answer(row),
        channel=facts.channel(row),
        wording=facts.wording(desk, row).called,
        giver=facts.giver(row),
        actor=_actor(desk, row),
        evidence=str(row.values.get("evidence") or ""),
    )


def _actor(desk: Desk, row: Row) -> str:
    """Return who entered an answer; of one that a list brought, the import."""
    events = desk.service("consents").history(row.ref)
    made = next((event for event in events if event.action == "record.created"), None)
    if made is not None:
        return str(made.person)
    sql = "SELECT id FROM imports WHERE first <= ? AND stop > ? AND state = 'done'"
    found = desk.vault.raw.execute(sql, (row.id, row.id)).fetchone()
    return desk.ref("imports", found[0]) if found else ""


def printable_history(desk: Desk) -> int | None:
    """Return the person who answered last."""
    return newest(desk, "SELECT c.subject {} ORDER BY c.id DESC LIMIT 1")
