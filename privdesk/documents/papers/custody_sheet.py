"""The custody sheet: a numbered copy of the epoch secret in a sealed envelope."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import Words, words
from privdesk.documents.paper import Block, Box, Entry, Form, Heading, Paper, Points
from privdesk.documents.papers.common import letters


@dataclass(frozen=True)
class CustodySheet:
    """One numbered copy, its keeper and its place."""

    number: str
    issued_on: date
    vault: str
    vault_id: str
    epoch: int
    keeper: str
    place: str
    secret: bytes
    replaces: str = ""


def build(data: CustodySheet, language: str) -> Paper:
    """Return the sheet as a paper."""
    say = words(language)
    received = Form(
        (
            Entry(say("Received on"), room=28),
            Entry(say("Keeper"), say("(signature or seal)"), room=28),
        )
    )
    return Paper(
        code="custody",
        number=data.number,
        title=say("Custody sheet"),
        language=language,
        issued_on=data.issued_on,
        secret=True,
        body=(
            _warning(say),
            _copy(say, data),
            *letters(say, data.secret),
            *_promise(say),
            received,
        ),
    )


def _warning(say: Words) -> Box:
    return Box(
        (
            say(
                "These letters are needed to open a backup of this vault or to use it on "
                "another workstation. Keep them in a sealed envelope in a safe, apart from "
                "the vault, its backups and the recovery kit."
            ),
        ),
        title=say("Half of the key to every backup"),
        strong=True,
    )


def _copy(say: Words, data: CustodySheet) -> Form:
    entries = [
        Entry(say("Vault"), data.vault, strong=True),
        Entry(say("Vault id"), data.vault_id),
        Entry(say("Copy no."), data.number, strong=True),
        Entry(say("Epoch"), str(data.epoch)),
        Entry(say("Keeper"), data.keeper),
        Entry(say("Kept at"), data.place or _where_the_other_lay(say, data)),
    ]
    if data.replaces:
        old = say("{number}: destroy it now and record that in privdesk")
        entries.append(Entry(say("Replaces"), old.format(number=data.replaces), wide=True))
    return Form(tuple(entries))


def _where_the_other_lay(say: Words, data: CustodySheet) -> str:
    return say("where {number} lay").format(number=data.replaces) if data.replaces else ""


def _promise(say: Words) -> list[Block]:
    promises = (
        say("No copy, no photograph; the envelope stays sealed until it is asked for."),
        say(
            "After the next destruction a new sheet comes. The old one is shredded the same "
            "day and its destruction recorded: only then are old backups closed."
        ),
        say(
            "A lost sheet is reported at once. The loss is recorded with its reason, and "
            "certificates print it as a limit."
        ),
    )
    return [Heading(say("What the keeper promises")), Points(promises, mark="{n}.")]
