"""D5 결과 통지서: what came of a request, for access and for correction or suspension."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import Block, Column, Entry, Form, Heading, Paper, Table, Text
from privdesk.documents.papers.access_annex import Came, origins
from privdesk.documents.papers.common import dashed
from privdesk.documents.papers.letters import (
    Annex,
    Letter,
    about,
    addressed,
    ended,
    objecting,
    paragraphs,
)
from privdesk.documents.phrases import day

ACCESS_BASIS = N_("Personal Information Protection Act art. 35(3); Enforcement Decree art. 41")
ACTION_BASIS = N_("Personal Information Protection Act art. 36, 37; Enforcement Decree art. 43, 44")
SOURCE_BASIS = N_("Personal Information Protection Act art. 20(1)")
OTHER_BASIS = N_("Personal Information Protection Act; privacy policy, clause on rights")
BASES = {"access": ACCESS_BASIS, "action": ACTION_BASIS, "source": SOURCE_BASIS}
DECISIONS = (
    ("granted", N_("granted")),
    ("partial", N_("granted in part")),
    ("nothing", N_("nothing is held")),
)
NO_ANNEX = Annex()


HOW: Mapping[str, str] = {
    "done": N_("confirmed on {day}"),
    "nothing": N_("nothing is held there, confirmed on {day}"),
    "partly": N_("done in part, confirmed on {day}"),
    "refused": N_("not done, confirmed on {day}"),
    "lost": N_("the copy was declared lost"),
}
"""What a place answered, in the words of the letter."""


@dataclass(frozen=True)
class Followed:
    """How far one place has come; ``place`` is empty for the office's own records.

    ``done_on`` is None as long as nothing was confirmed; ``how`` is a key of ``HOW``.
    """

    place: str
    asked_on: date | None
    done_on: date | None = None
    how: str = "done"


@dataclass(frozen=True)
class Result:
    """What was decided and done.

    ``scope`` is ``access``, ``action`` (correction, deletion, suspension, withdrawal),
    ``source`` (which then has ``sources``) or ``other``. ``annexes`` are the numbers of what goes
    with an access. ``where`` is when and where access is given. ``ground`` and ``why`` speak of
    what was not granted. ``followed`` tells how far the office's own records and each place
    have done what was decided; ``done`` is whether anything was ordered or done at all.
    """

    letter: Letter
    scope: str
    decision: str
    text: str = ""
    ground: str = ""
    article: str = ""
    why: str = ""
    objection: str = ""
    form: str = ""
    where: str = ""
    fee: int | None = None
    recipients_told: tuple[str, ...] = ()
    followed: tuple[Followed, ...] = ()
    done: bool = True
    sources: tuple[Came, ...] = ()
    annexes: tuple[str, ...] = ()
    annex: Annex = NO_ANNEX


def build(data: Result, language: str) -> Paper:
    """Return the notice as a paper."""
    say, letter = words(language), data.letter
    titles = {
        "access": say("Notice of the result of an access request"),
        "action": say("Notice of the result of a correction, deletion or suspension request"),
        "source": say("Notice of the source of personal information"),
        "other": say("Notice of the result of a request"),
    }
    basis = BASES.get(data.scope, OTHER_BASIS)
    body: list[Block] = [
        *addressed(say, letter),
        about(say, letter),
        Heading(say("Result")),
        *_result(say, data),
    ]
    if data.decision == "partial":
        body += [Heading(say("What was not granted, and why")), *_refused(say, data)]
        body += objecting(say, data.objection)
    elif data.objection:
        body += objecting(say, data.objection)
    body += ended(say, letter, say("We notify you of the result of your request as above."))
    return Paper(
        code="d5",
        number=letter.number,
        title=titles[data.scope],
        language=language,
        issued_on=letter.issued_on,
        body=(*body, *data.annex.blocks),
        basis=say(basis),
    )


def _result(say: Words, data: Result) -> list[Block]:
    decision = "   ".join(
        f"{'■' if key == data.decision else '□'} {say(text)}" for key, text in DECISIONS
    )
    if data.decision == "answered":
        decision = say("answered")
    entries = [Entry(say("Decision"), decision, wide=True, strong=True)]
    if data.scope == "access":
        entries.append(Entry(say("When and where"), dashed(data.where), wide=True))
        entries.append(Entry(say("Form, method"), dashed(data.form), wide=True))
        fee = say("{won} won").format(won=f"{data.fee:,}") if data.fee else say("none")
        entries.append(Entry(say("Fee and postage"), fee, wide=True))
        if data.annexes:
            entries.append(Entry(say("Annex"), ", ".join(data.annexes), wide=True))
    if data.recipients_told:
        told = ", ".join(data.recipients_told)
        entries.append(Entry(say("Recipients told"), told, wide=True))
    if data.scope == "source":
        return [Form(tuple(entries)), *_sources(say, data)]
    title = say("What is held") if data.scope == "access" else say("What was done")
    if data.scope != "access" and not data.done:
        title = say("Our answer")
    text = paragraphs(data.text) or [Text(_usual(say, data), size=10)]
    return [Form(tuple(entries)), Text(title, size=9.5, bold=True), *text, *_places(say, data)]


def _sources(say: Words, data: Result) -> list[Block]:
    """Return source and purpose of the data, and the right to have the processing suspended."""
    if data.decision == "nothing" or not data.sources:  # nobody of the register, or nothing held
        return paragraphs(data.text) or [Text(_usual(say, data), size=10)]
    right = say(
        "You may demand that the processing of this information be suspended, and you may withdraw"
        " your consent (Personal Information Protection Act art. 37)."
    )
    return [
        Text(say("Source and purpose"), size=9.5, bold=True),
        origins(say, data.sources),
        *paragraphs(data.text),
        Text(right, size=10),
    ]


def _places(say: Words, data: Result) -> list[Block]:
    """Return a line for the office's own records and for each place, with what is outstanding."""
    if not data.followed:
        return []
    columns = (Column(say("Where"), 2.0), Column(say("State"), 3.4))
    rows = [(one.place or say("Records of the privacy office"), _state(say, one))
            for one in data.followed]  # fmt: skip
    waits = say(
        "Each place that has not confirmed yet is followed up; ask for the state of things under"
        " the case number."
    )
    return [Table(columns, rows), *([Text(waits, size=9.5)] if _waiting(data) else [])]


def _state(say: Words, one: Followed) -> str:
    if one.how == "lost":
        return say(HOW["lost"])
    if one.done_on is not None:
        told = say("done on {day}") if not one.place else say(HOW[one.how])
        return told.format(day=day(say, one.done_on))
    if not one.place:
        return say("not done yet")
    return say("not confirmed yet, ordered on {day}").format(day=day(say, one.asked_on))


def _waiting(data: Result) -> bool:
    return any(one.done_on is None and one.how != "lost" for one in data.followed)


def _usual(say: Words, data: Result) -> str:
    if data.decision == "nothing":
        return say("The company holds no personal information of yours that the request concerns.")
    if data.scope == "access":
        return say("The information is attached.")
    if _waiting(data):
        return say("What you asked for has been ordered; it is not finished everywhere yet.")
    if not data.done and data.decision == "partial":
        return say("What you asked for is granted, except for what stands below.")
    if not data.done:
        return say("What you asked for is granted.")
    if data.decision == "partial":
        return say("What you asked for has been done, except for what stands below.")
    return say("What you asked for has been done.")


def _refused(say: Words, data: Result) -> list[Block]:
    ground = f"{data.ground} ({data.article})" if data.article else data.ground
    return [Text(ground, size=10, bold=True), *paragraphs(data.why)]
