"""What is kept apart on purpose when people are destroyed, as the certificate says it."""

from __future__ import annotations

from datetime import date

from privdesk.core.i18n import N_, Words
from privdesk.documents.papers import destruction_certificate as d1
from privdesk.flows import consentends
from privdesk.registers.desk import Desk

PROOF = N_("Proof of consent without any item of the person; answers: {answers}")
WITH_FILES = N_("{told}; sealed evidence: {files}")
WHY = N_(
    "To prove that consent was asked for and given (PIPA 15(1)1, 22); sealed with keys of its own"
    " and used for nothing else, then destroyed."
)


REQUESTS = N_("Files of requests, with what was asked and answered: {n}")
WHY_REQUESTS = N_(
    "To prove how the requests were answered (PIPA 35 to 38); open to officers only and used for"
    " nothing else, then destroyed."
)


def kept(desk: Desk, say: Words, destruction: int) -> tuple[d1.KeptApart, ...]:
    """Return what of the people a destruction took is kept, why and until when."""
    return (*_proof(desk, say, destruction), *_requests(desk, say, destruction))


def _proof(desk: Desk, say: Words, destruction: int) -> tuple[d1.KeptApart, ...]:
    answers, files, until = consentends.kept(desk, destruction)
    if not answers:
        return ()
    told = say(PROOF).format(answers=f"{answers:,}")
    if files:
        told = say(WITH_FILES).format(told=told, files=f"{files:,}")
    return (d1.KeptApart(told, say(WHY), until),)


def _requests(desk: Desk, say: Words, destruction: int) -> tuple[d1.KeptApart, ...]:
    """Return the files of requests of people who are gone; of an open one no day is known."""
    sql = (
        "SELECT count(*), count(r.keep_until), max(r.keep_until) FROM requests r JOIN subjects s"
        " ON s.id = r.subject WHERE s.state = 'destroyed' AND r.state NOT IN ('void', 'destroyed')"
        " AND r.subject IN (SELECT subject FROM destruction_holdings WHERE destruction = ?"
        " AND done)"
    )
    count, closed, until = desk.vault.raw.execute(sql, (destruction,)).fetchone()
    if not count:
        return ()
    day = date.fromisoformat(until) if until and closed == count else None
    return (d1.KeptApart(say(REQUESTS).format(n=f"{count:,}"), say(WHY_REQUESTS), day),)
