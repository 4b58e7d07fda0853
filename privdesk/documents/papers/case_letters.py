"""Letters of a case that have no form of their own: receipt, answer; and its internal records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import Block, Entry, Form, Heading, Paper, Points, Text
from privdesk.documents.papers import office_text
from privdesk.documents.papers.common import Signed, dashed, signatures
from privdesk.documents.papers.letters import (
    Letter,
    about,
    addressed,
    ended,
    paragraphs,
    turning,
)
from privdesk.documents.phrases import day, full_moment, last_moment

POLICY_BASIS = N_("Privacy policy, clauses on the privacy officer and on reports")
RECEIPT_BASIS = N_("Personal Information Protection Act art. 38; privacy policy, clause on rights")
IDENTITY_BASIS = N_("Enforcement Decree art. 45(2), 46(1); privacy policy, clause on rights")
OPENINGS: Mapping[str, str] = {
    "inquiry": N_("Thank you for your question."),
    "infringement": N_(
        "You reported an infringement. The chief privacy officer has looked into it."
    ),
    "mediation": N_("In the mediation named above the company answers as follows."),
}
CLOCK_BASIS = N_("Privacy policy, clause on the time of answers")
TERM_BASIS = N_("Civil Act art. 156 to 161; Enforcement Decree art. 41 to 44")


@dataclass(frozen=True)
class Receipt:
    """An acknowledgement: what comes next, and by when; ``asks`` is the key of the case’s kind.

    ``heading`` and ``text`` are the office's words, filled in.
    """

    letter: Letter
    heading: str
    text: str
    due: date | None
    asks: str = ""
    needs_identity: bool = False
    needs_mandate: bool = False
    answered: bool = False
    due_at: datetime | None = None


def receipt(data: Receipt, language: str) -> Paper:
    """Return the acknowledgement as a paper."""
    say, letter = words(language), data.letter
    due = Entry(say("Answer by"), due_told(say, data.due, data.due_at), wide=True, strong=True)
    steps = [_comes(say, data)]
    if data.needs_identity:
        steps.insert(0, say("Before anything is done we check that it is you who asks."))
    if data.needs_mandate:
        steps.insert(0, say("Please send us the mandate; the agent’s request waits for it."))
    facts: list[Block] = [
        about(say, letter, due, notice=False),
        Heading(say("What comes next")),
        Points(tuple(steps), size=9.5),
    ]
    body: list[Block] = [
        *addressed(say, letter),
        *office_text.around(data.text, facts),
        *ended(say, letter, say("We confirm the receipt as above.")),
    ]
    basis = say(RECEIPT_BASIS if data.asks not in OPENINGS else POLICY_BASIS)
    return _paper("ack", letter, data.heading, language, body, basis)


def _comes(say: Words, data: Receipt) -> str:
    """Return by when and where the answer comes, or that it has come."""
    if data.answered:
        return say("The answer has been given.")
    if data.letter.address:
        return say("You get an answer by the day named above, at the address you gave.")
    return say("You get an answer by the day named above.")


def due_told(say: Words, due: date | None, due_at: datetime | None) -> str:
    """Return by when an answer comes, in words."""
    return last_moment(say, due_at) or day(say, due)


def received(say: Words, asks: str) -> str:
    """Return the sentence that says what was received; ``asks`` is the key of the case’s kind."""
    if asks == "inquiry":
        return say("We have received your question.")
    if asks == "infringement":
        return say("We have received your report.")
    if asks == "mediation":
        return say("We have received the papers of the mediation.")
    return say("We have received your request.")


@dataclass(frozen=True)
class Reply:
    """The answer to an inquiry, to a report of an infringement (clause S9.1), or in a mediation.

    ``kind`` is a key of ``OPENINGS``.
    """

    letter: Letter
    text: str
    kind: str = "inquiry"


def reply(data: Reply, language: str) -> Paper:
    """Return the answer as a paper."""
    say, letter = words(language), data.letter
    reported = data.kind == "infringement"
    title = say("Answer to an infringement report") if reported else say("Answer letter")
    body: list[Block] = [
        *addressed(say, letter),
        about(say, letter),
        Text(say(OPENINGS[data.kind]), size=10),
        Heading(say("Our answer")),
        *paragraphs(data.text),
    ]
    if reported:
        body += [Heading(say("If this does not settle it")), *turning(say)]
    body += ended(say, letter, say("We answer as above."))
    return _paper("reply", letter, title, language, body, say(POLICY_BASIS))


@dataclass(frozen=True)
class Identity:
    """How it was made sure who asks; values of the person are not written down."""

    letter: Letter
    method: str
    script: str
    by: str
    at: datetime | None
    note: str = ""
    mandate: str = ""
    destroy_by: date | None = None


def identity(data: Identity, language: str) -> Paper:
    """Return the record of the check as a paper."""
    say, letter = words(language), data.letter
    checked = full_moment(say, data.at) or say("not checked yet")
    body: list[Block] = [
        about(say, letter, text=False, notice=False),
        Heading(say("The check")),
        Form(
            (
                Entry(say("Person concerned"), dashed(letter.name)),
                Entry(say("Agent"), dashed(letter.agent)),
                Entry(say("Way of checking"), data.method, strong=True),
                Entry(say("Checked at"), checked, strong=True),
                Entry(say("Script"), data.script, wide=True),
                Entry(say("What was checked"), dashed(data.note), wide=True),
                Entry(say("Mandate"), dashed(data.mandate), wide=True),
            )
        ),
        Text(say("Nothing was done in the case before this check."), size=10),
        signatures(say, (Signed("confirmer", data.by, at=data.at),)),
    ]
    return _paper("check", letter, say("Record of the identity check"), language, body,
                  say(IDENTITY_BASIS), data.destroy_by)  # fmt: skip


def due_sheet(
    letter: Letter,
    due: date | None,
    why: tuple[str, ...],
    language: str,
    due_at: datetime | None = None,
) -> Paper:
    """Return the page that explains why a case is due on its day; it names nobody.

    ``due_at`` is the moment, where the office's clock of the privacy policy counts.
    """
    say = words(language)
    told = last_moment(say, due_at) or dashed(day(say, due))
    entry = Entry(say("Answer by"), told, wide=True, strong=True)
    body: list[Block] = [
        about(say, letter, entry, text=False, notice=False),
        Heading(say("Step by step")),
        Points(why, mark="{n}.", size=10),
    ]
    title = say("Why the answer is due on this day")
    return _paper("why", letter, title, language, body, say(CLOCK_BASIS if due_at else TERM_BASIS))


def _paper(
    code: str,
    letter: Letter,
    title: str,
    language: str,
    body: list[Block],
    basis: str,
    destroy_by: date | None = None,
) -> Paper:
    return Paper(
        code=code,
        number=letter.number,
        title=title,
        language=language,
        issued_on=letter.issued_on,
        body=tuple(body),
        basis=basis,
        destroy_by=destroy_by,
    )
