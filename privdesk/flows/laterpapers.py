"""Whom papers that were issued after a backup name, for a declared restore.

The numbers are typed or pasted, or come from the text of a paper: those of people count
themselves, that of a destruction stands for the people its request chose.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from privdesk.core import references, system
from privdesk.core.errors import DomainError
from privdesk.core.filekinds import is_pdf
from privdesk.registers.desk import Desk

PEOPLE, DESTRUCTIONS = "subjects", "destructions"
_PREFIXES = ("S", "D")
_NUMBER = re.compile(r"(?<![0-9A-Z-])([A-Z]{1,4}-?[0-9]{1,18}-[0-9])(?![0-9-])")
_LONGEST = 64 << 20


class NobodyNamedError(DomainError):
    """None of the numbers is of somebody in this backup: {told}. Nothing was changed; a person’s
    number looks like S-001234-0, a destruction’s like D-000012-5.
    """


def people_on(desk: Desk, told: str) -> list[str]:
    """Return the references of the people that a text names, each once.

    Who was entered after the backup is not in it, and is passed over. Raises where a number was
    misread, and where a text that is not empty names nobody.
    """
    found: dict[str, None] = {}
    for text in _texts(told):
        prefix, number = references.parse(text)
        found |= dict.fromkeys(_people(desk, prefix, number))
    if told.strip() and not found:
        raise NobodyNamedError(told=" ".join(told.split())[:80])
    return list(found)


def numbers_in(paper: Path) -> list[str]:
    """Return the numbers of people and destructions that a paper has in its text.

    What only looks like one, as the numbers of other systems do, is left out.
    """
    found: dict[str, None] = {}
    for text in _texts(text_of(paper)):
        try:
            found[references.make(*references.parse(text))] = None
        except DomainError:
            continue
    return list(found)


def text_of(paper: Path) -> str:
    """Return the text of a paper: a PDF, or a list of numbers as a text file."""
    from privdesk.documents.preview import page_texts

    data = system.read_bytes(paper, _LONGEST)
    if is_pdf(data):
        return "\n".join(page_texts(data))
    return data.decode("utf-8", "replace")


def _texts(told: str) -> Iterator[str]:
    for text in _NUMBER.findall(unicodedata.normalize("NFKC", told).upper()):
        if text.startswith(_PREFIXES) and not text[1].isalpha():
            yield text


def _people(desk: Desk, prefix: str, number: int) -> list[str]:
    """Return the people a number stands for; nobody where it is of something else."""
    if prefix == desk.register(PEOPLE).prefix:
        found = desk.vault.raw.execute("SELECT id FROM subjects WHERE id = ?", (number,)).fetchall()
        return [desk.ref(PEOPLE, row[0]) for row in found]
    if prefix == desk.register(DESTRUCTIONS).prefix:
        return [desk.ref(PEOPLE, subject) for subject in _wholly_chosen(desk, number)]
    return []


def _wholly_chosen(desk: Desk, destruction: int) -> list[int]:
    """Return of whom a destruction takes everything: who stays for another purpose, stays."""
    chosen = desk.service(DESTRUCTIONS).chosen(destruction)
    taken = {holding for holding, _subject, _why in chosen}
    sql = "SELECT id FROM holdings WHERE subject = ? AND state IN ('active', 'held', 'law')"
    return [
        subject
        for subject in dict.fromkeys(subject for _holding, subject, _why in chosen if subject)
        if {row[0] for row in desk.vault.raw.execute(sql, (subject,)).fetchall()} <= taken
    ]
