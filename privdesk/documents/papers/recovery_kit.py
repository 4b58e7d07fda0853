"""The recovery kit: a printed key that may only enrol officers again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import Words, words
from privdesk.documents.paper import Block, Box, Entry, Form, Heading, Paper, Points
from privdesk.documents.papers.common import letters


@dataclass(frozen=True)
class RecoveryKit:
    """What the kit sheet holds. ``secret`` never leaves the sheet and the vault's own slot."""

    number: str
    issued_on: date
    vault: str
    vault_id: str
    secret: bytes


def build(data: RecoveryKit, language: str) -> Paper:
    """Return the kit as a paper."""
    say = words(language)
    vault = Form(
        (
            Entry(say("Vault"), data.vault, strong=True),
            Entry(say("Vault id"), data.vault_id),
        )
    )
    sealed = Form(
        (
            Entry(say("Envelope sealed on"), room=28),
            Entry(say("Sealed by"), say("(signature or seal)"), room=28),
        )
    )
    return Paper(
        code="kit",
        number=data.number,
        title=say("Recovery kit"),
        language=language,
        issued_on=data.issued_on,
        secret=True,
        body=(_warning(say), vault, *letters(say, data.secret), *_use(say), sealed),
    )


def _warning(say: Words) -> Box:
    return Box(
        (
            say(
                "Whoever holds this sheet and the vault can enrol officers. Keep it in a "
                "sealed envelope in a safe, apart from the workstation and apart from the "
                "custody sheet."
            ),
        ),
        title=say("Treat this sheet as the master key"),
        strong=True,
    )


def _use(say: Words) -> list[Block]:
    how = (
        say("Open privdesk, choose the vault, then “Other ways in” and “Recovery kit”."),
        say("Type the letters line by line, or scan the code. A slip is shown at once."),
        say("Name the officers who are to open the vault from now on."),
        say("The use of the kit is written into the journal. Print a new kit afterwards."),
    )
    cannot = (
        say("It does not contain the epoch secret: it cannot open an older copy or backup."),
        say("It cannot bring back destroyed people."),
    )
    return [
        Heading(say("How to use it")),
        Points(how, mark="{n}."),
        Heading(say("What it cannot do")),
        Points(cannot),
    ]
