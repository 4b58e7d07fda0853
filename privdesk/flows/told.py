"""A case in the clear as its letters tell it, and which letter is the right one for it."""

from __future__ import annotations

from datetime import date
from typing import Any

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.fields import Kind
from privdesk.core.i18n import N_, Words, _, speaking, words
from privdesk.core.register import Document, Row
from privdesk.documents.papers.letters import Letter
from privdesk.flows import sender
from privdesk.flows.papers import contact
from privdesk.registers.desk import Desk
from privdesk.registers.requests.kinds import GROUNDS, KIND_LABELS, OPEN_TO_ANYBODY

OBJECTION = N_(
    "Write to the chief privacy officer of the company, by any of the channels below, and name the"
    " case number; you are answered without delay."
)
OBJECTION_SETTINGS = {"ko": "objection_ko", "en": "objection_en"}


class WrongLetterError(DomainError):
    """“{letter}” is no letter for {ref}, which asks for something else ({kind}). Nothing was
    printed; print “{right}” ({code}) instead.
    """


class NotAnsweredError(DomainError):
    """{ref} has no answer yet, so there is nothing to notify. Nothing was printed; enter the answer
    first.
    """


class RefusedError(DomainError):
    """{ref} was refused, which this letter does not tell. Nothing was printed; print “{right}”
    ({code}) instead.
    """


class NotRefusedError(DomainError):
    """{ref} was neither refused nor postponed. Nothing was printed; print the notice of the result
    instead.
    """


class NoTextError(DomainError):
    """The answer to {ref} has no text, and a letter without one says nothing. Nothing was printed;
    write down what the person is told.
    """


class NotCheckedError(DomainError):
    """Nobody has checked yet who asks in {ref}. Nothing was printed; check the identity first."""


def require_letter(desk: Desk, row: Row, code: str) -> None:
    """Refuse a letter that is none for the kind of a case, and name the right one.

    A right that is asked for is answered by the notice of the result, anything else by the
    answer letter; instead of a request form an acknowledgement is sent.
    """
    letter = _document(desk, code)
    if letter.fits(row):
        return
    anybody = row.values["kind"] in OPEN_TO_ANYBODY
    right = _document(desk, "ack" if code == "d4" else "reply" if anybody else "d5")
    raise WrongLetterError(
        letter=_(letter.label),
        ref=row.ref,
        kind=_(KIND_LABELS[str(row.values["kind"])]),
        right=_(right.label),
        code=right.code.upper(),
    )


def require_answered(desk: Desk, row: Row) -> None:
    """Refuse to tell an answer that there is none of, or that was a refusal."""
    result = row.values["result"]
    if result == "refused":
        right = _document(desk, "d6")
        raise RefusedError(ref=row.ref, right=_(right.label), code=right.code.upper())
    if not result:
        raise NotAnsweredError(ref=row.ref)


def _document(desk: Desk, code: str) -> Document:
    return next(d for d in desk.register("requests").documents if d.code == code)


class Told:
    """One case in the clear, as its letters tell it."""

    def __init__(self, desk: Desk, ref: str, language: str, number: str) -> None:
        self.desk = desk
        self.say: Words = words(language)
        self.language = language
        self.service = desk.service("requests")
        with speaking(language):
            (self.row,) = self.service.rows([self.service.number(ref)], reveal=True)
        self.values = self.row.values
        self.number = number
        self.person = self._person()

    def letter(self, on: date | None = None) -> Letter:
        """Return what every letter says."""
        values, desk = self.values, self.desk
        return Letter(
            number=self.number,
            issued_on=on or desk.today(),
            case=self.row.ref,
            kind=self.say(KIND_LABELS[str(values["kind"])]),
            received=values["received_at"],
            name=self.name,
            agent=str(values["agent"] or "") if values["by_agent"] else "",
            address=str(values["address"] or ""),
            asked=str(values["asked"] or ""),
            items=self._names("items"),
            purposes=self._names("purposes"),
            company=sender.company(desk, self.language),
            contact=contact(desk, self.language),
            corrects=str(values["put_right"] or ""),
        )

    @property
    def name(self) -> str:
        """The person's name: of the register, else as the caller gave it."""
        return self._of_person(Kind.NAME) or str(self.values["caller"] or "")

    @property
    def phone(self) -> str:
        """The telephone number."""
        return self._of_person(Kind.PHONE) or str(self.values["caller_phone"] or "")

    @property
    def email(self) -> str:
        """The e-mail address."""
        return self._of_person(Kind.EMAIL) or str(self.values["caller_email"] or "")

    @property
    def objection(self) -> str:
        """The way to object: of the case, of the office, or the usual one."""
        own = str(self.values["objection"] or "")
        office = str(self.desk.setting(OBJECTION_SETTINGS[self.language], ""))
        return own or office or self.say(OBJECTION)

    def ground(self) -> dict[str, Any]:
        """Return ground, article and reason of what was not granted."""
        code = str(self.values["refusal"] or "")
        if code not in GROUNDS:
            return {}
        one = GROUNDS[code]
        return {
            "ground": self.say(one.label),
            "article": self.say(one.article) if one.article else "",
            "why": str(self.values["refusal_why"] or ""),
        }

    def _person(self) -> Row | None:
        ref = str(self.values["subject"] or "")
        if not ref:
            return None
        (row,) = self.desk.service("subjects").rows([references.number(ref)], reveal=True)
        return row if row.state != "destroyed" else None

    def _of_person(self, kind: Kind) -> str:
        if self.person is None:
            return ""
        fields = self.desk.service("subjects").item_fields()
        found = (str(self.person.values.get(f.name) or "") for f in fields if f.kind is kind)
        return next(found, "")

    def _names(self, field: str) -> tuple[str, ...]:
        """Return what the linked items or purposes are called, in the paper's language."""
        refs = self.values[field] or ()
        rows = self.desk.service(field).rows([references.number(ref) for ref in refs])
        english = self.language == "en"
        return tuple(
            str((english and row.values.get("name_en")) or row.values["name"]) for row in rows
        )
