"""The sheet of public keys: by it anybody can tell whose signature a paper carries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import Words, words
from privdesk.documents.paper import Column, Entry, Form, Heading, Paper, Points, Table
from privdesk.documents.papers.common import NO_APPROVALS, ApprovalLine, boxes
from privdesk.documents.phrases import day, fingerprint_lines


@dataclass(frozen=True)
class OfficerKey:
    """A person's public key. ``fingerprint`` is SHA-256 in hexadecimal."""

    name: str
    role: str
    fingerprint: str
    active: bool = True


@dataclass(frozen=True)
class KeySheet:
    """All public keys of an office; ``officers`` may open the vault, or could once."""

    number: str
    issued_on: date
    vault: str
    vault_id: str
    certificate_name: str
    certificate_fingerprint: str
    certificate_until: date | None
    officers: tuple[OfficerKey, ...]
    approvals: ApprovalLine = NO_APPROVALS


def build(data: KeySheet, language: str) -> Paper:
    """Return the sheet as a paper."""
    say = words(language)
    return Paper(
        code="keys",
        number=data.number,
        title=say("Public keys of the privacy office"),
        language=language,
        issued_on=data.issued_on,
        body=(
            Heading(say("1. The office’s certificate"), say("signs the files of issued papers")),
            _office(say, data),
            Heading(
                say("2. People of the desk"), say("sign requests, approvals and journal entries")
            ),
            _officers(say, data),
            Heading(say("3. How to check a paper")),
            _steps(say),
        ),
        approvals=boxes(say, data.approvals),
    )


def _office(say: Words, data: KeySheet) -> Form:
    office = (
        Entry(say("Vault"), data.vault),
        Entry(say("Vault id"), data.vault_id),
        Entry(say("Certificate of"), data.certificate_name, strong=True),
        Entry(say("Valid until"), day(say, data.certificate_until)),
        Entry(
            say("SHA-256 of the certificate"),
            fingerprint_lines(data.certificate_fingerprint),
            wide=True,
            strong=True,
        ),
    )  # fmt: skip
    return Form(office)


def _officers(say: Words, data: KeySheet) -> Table:
    columns = (
        Column(say("Name"), 1.3),
        Column(say("Role"), 1.1),
        Column(say("SHA-256 of the public key"), 3.6),
        Column(say("Access"), 1.0),
    )
    rows = [
        (o.name, o.role, fingerprint_lines(o.fingerprint), _access(say, o)) for o in data.officers
    ]
    return Table(columns, rows)


def _access(say: Words, officer: OfficerKey) -> str:
    return say("has access") if officer.active else say("access ended")


def _steps(say: Words) -> Points:
    return Points(
        (
            say(
                "Open the PDF in a viewer that shows signatures. It will say “unknown signer”: "
                "the office signs with its own certificate, not one that was bought."
            ),
            say(
                "Compare the fingerprint of the certificate with this sheet. If they agree, "
                "the file is from this office; the viewer says whether it was changed since."
            ),
            say("Or run “privdesk verify FILE.pdf” and compare the fingerprint it shows."),
        ),
        mark="{n}.",
    )
