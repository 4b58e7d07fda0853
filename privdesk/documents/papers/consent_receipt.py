"""동의 확인서: what one person has agreed to and is in force, each consent in full (D3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import Block, Box, Entry, Form, Heading, Paper, Points, Text
from privdesk.documents.papers.common import dashed
from privdesk.documents.phrases import day

BASIS = N_("Personal Information Protection Act art. 15, 17, 22 and 37")


@dataclass(frozen=True)
class ConsentInForce:
    """One consent as the person gave it; texts in the paper's language.

    ``refusal`` tells the right to refuse and the disadvantage, ``giver`` who agreed, and
    how a guardian was verified. ``digest`` is the hash of the wording, empty where unknown.
    """

    ref: str
    purpose: str
    items: tuple[str, ...]
    optional: tuple[str, ...]
    retention: str
    recipient: str
    refusal: str
    agreed: str
    channel: str
    wording: str
    digest: str
    giver: str
    confirmed: str = ""
    note: str = ""


@dataclass(frozen=True)
class ConsentReceipt:
    """All consents of one person that are in force on a day."""

    number: str
    issued_on: date
    person: str
    ref: str
    consents: tuple[ConsentInForce, ...]
    controller: str
    contact: str
    withdrawal: str
    processors: tuple[str, ...] = ()
    destroy_by: date | None = None


def build(data: ConsentReceipt, language: str) -> Paper:
    """Return the receipt as a paper."""
    say = words(language)
    body: list[Block] = [
        Form(
            (
                Entry(say("Data subject"), data.person, strong=True),
                Entry(say("Reference"), data.ref),
                Entry(say("Controller"), data.controller),
                Entry(say("As of"), day(say, data.issued_on)),
            )
        ),
        Text(_count(say, data), size=10),
    ]
    for number, one in enumerate(data.consents, 1):
        body += [Heading(f"{number}. {one.purpose}", one.ref), _consent(say, one)]
    if data.processors:
        told = say("Processed for us under contract by: {names}")
        body.append(Points((told.format(names=", ".join(data.processors)),)))
    body.append(
        Box(
            (data.withdrawal, say("Withdrawing costs nothing and needs no reason.")),
            title=say("How to withdraw"),
            strong=True,
        )
    )
    return Paper(
        code="receipt",
        number=data.number,
        title=say("Consent receipt"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(BASIS),
        destroy_by=data.destroy_by,
    )


def _count(say: Words, data: ConsentReceipt) -> str:
    if not data.consents:
        return say("No consent is in force.")
    return say.many(
        "{n} consent is in force. It was given as follows.",
        "{n} consents are in force. They were given as follows.",
        len(data.consents),
    )


def _consent(say: Words, one: ConsentInForce) -> Form:
    entries = [
        Entry(say("Purpose"), one.purpose, wide=True, strong=True),
        Entry(say("Items"), dashed(", ".join(one.items)), wide=True),
    ]
    if one.optional:
        entries.append(Entry(say("Optional items"), ", ".join(one.optional), wide=True))
    entries += [Entry(say("Retention period"), dashed(one.retention), wide=True, strong=True)]
    if one.recipient:
        entries.append(Entry(say("Third party that receives it"), one.recipient, wide=True))
    entries += [
        Entry(say("Right to refuse"), dashed(one.refusal), wide=True),
        Entry(say("Agreed on"), one.agreed),
        Entry(say("Channel"), dashed(one.channel)),
        Entry(say("Given by"), one.giver),
        Entry(say("Confirmed again"), dashed(one.confirmed)),
        Entry(say("Wording"), _wording(one), wide=True),
    ]
    if one.note:
        entries.append(Entry(say("Note"), one.note, wide=True, strong=True))
    return Form(tuple(entries), pad=3.0)


def _wording(one: ConsentInForce) -> str:
    """Return version and hash on one line: the hash tells the text apart for ever."""
    return f"{one.wording} · SHA-256 {one.digest}" if one.digest else dashed(one.wording)
