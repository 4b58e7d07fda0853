"""The annex of a destruction certificate: media, with the columns of NIST SP 800-88."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words
from privdesk.documents.paper import Block, Entry, Form, Heading, NewPage, Text, Together
from privdesk.documents.papers.common import dashed
from privdesk.documents.phrases import day

_ACTIONS = {
    "clear": N_("Clear (NIST SP 800-88)"),
    "purge": N_("Purge (NIST SP 800-88)"),
    "destroy": N_("Destroy (NIST SP 800-88)"),
}


@dataclass(frozen=True)
class Medium:
    """A medium that was sanitised (columns after NIST SP 800-88)."""

    manufacturer: str
    model: str
    serial: str
    asset_tag: str
    kind: str
    source: str
    action: str  # clear, purge, destroy
    technique: str
    tool: str
    verification: str
    result: str
    destination: str
    operator: str
    operator_title: str
    operator_contact: str
    verifier: str
    verifier_title: str
    verifier_contact: str
    place: str
    on: date | None = None
    operator_signed: str = ""
    verifier_signed: str = ""


def annex(say: Words, media: Sequence[Medium]) -> list[Block]:
    """Return the annex: one form for each medium, none without media."""
    if not media:
        return []
    note = say("columns after NIST SP 800-88")
    blocks: list[Block] = [NewPage(), Heading(say("Annex: media"), note)]
    for number, medium in enumerate(media, 1):
        title = say("Medium {number}").format(number=number)
        blocks.append(Together((Text(title, bold=True), _medium(say, medium))))
    return blocks


def _medium(say: Words, medium: Medium) -> Form:
    return Form(
        (
            Entry(say("Manufacturer"), dashed(medium.manufacturer)),
            Entry(say("Model"), dashed(medium.model)),
            Entry(say("Serial no."), dashed(medium.serial)),
            Entry(say("Asset tag"), dashed(medium.asset_tag)),
            Entry(say("Kind of medium"), dashed(medium.kind)),
            Entry(say("Origin of the medium"), dashed(medium.source)),
            Entry(say("Sanitisation"), say(_ACTIONS[medium.action]), strong=True),
            Entry(say("Technique"), dashed(medium.technique)),
            Entry(say("Tool and version"), dashed(medium.tool)),
            Entry(say("Destination"), dashed(medium.destination)),
            Entry(say("Verification method"), dashed(medium.verification)),
            Entry(say("Verification result"), dashed(medium.result)),
            Entry(say("Date"), day(say, medium.on)),
            Entry(say("Place"), dashed(medium.place)),
            *_hand(say, say("Operator"), medium.operator, medium.operator_title,
                   medium.operator_contact, medium.operator_signed),
            *_hand(say, say("Verifier"), medium.verifier, medium.verifier_title,
                   medium.verifier_contact, medium.verifier_signed),
        )
    )  # fmt: skip


def _hand(
    say: Words, role: str, name: str, title: str, contact: str, signed: str
) -> tuple[Entry, Entry]:
    person = " · ".join(filter(None, (name, title, contact)))
    return (
        Entry(role, dashed(person)),
        Entry(say("Signature"), signed or say("(signature or seal)"), room=26),
    )
