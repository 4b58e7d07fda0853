"""The sheet of public keys: what a reader compares the signature of a paper with."""

from __future__ import annotations

from hashlib import sha256

from cryptography import x509

from privdesk.core.i18n import words
from privdesk.documents.paper import Paper
from privdesk.documents.papers import key_sheet
from privdesk.documents.papers.common import ApprovalLine
from privdesk.journal.telling import KIT, ROLE_NAMES
from privdesk.registers.desk import Desk
from privdesk.vault.header import Person


def sheet(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """PK: the office's certificate and the keys of everybody who signs or signed here."""
    head = desk.vault.header
    say = words(language)
    certificate = x509.load_der_x509_certificate(head.certificate)

    def line(person: Person) -> key_sheet.OfficerKey:
        mark = sha256(person.signing).hexdigest()
        name = person.name
        if person.role == "recovery":
            name = name.replace("Recovery kit", say(KIT))  # the vault names it so
        return key_sheet.OfficerKey(
            name, say(ROLE_NAMES.get(person.role, KIT)), mark, active=person.active
        )

    data = key_sheet.KeySheet(
        number=number,
        issued_on=desk.today(),
        vault=head.company,
        vault_id=head.vault,
        certificate_name=head.company,
        certificate_fingerprint=sha256(head.certificate).hexdigest(),
        certificate_until=certificate.not_valid_after_utc.date(),
        officers=tuple(line(person) for person in head.people),
        approvals=ApprovalLine(drafter=desk.vault.person.name, drafted_on=desk.today()),
    )
    return key_sheet.build(data, language)
