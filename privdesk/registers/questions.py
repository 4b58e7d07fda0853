"""Catalogues of questions and what is answered to them: rules alike for inspections and audits.

No Qt, no database.
"""

from __future__ import annotations

from dataclasses import dataclass

from privdesk.core.errors import DomainError

HEADING = "#"
YES, NO, NONE = "yes", "no", "na"


class QuestionsMissingError(DomainError):
    """The checklist has no questions. Nothing was changed; write them, a line each, or take the
    shipped ones.
    """


class LinesDifferError(DomainError):
    """The questions in Korean have {korean} lines and those in English {english}. Nothing was
    changed; write the English line for line, or leave it out.
    """


class ChecklistFixedError(DomainError):
    """{checklist} is or was in force, so its questions stay as they were asked. Nothing was
    changed; make a new version of it.
    """


class UnansweredError(DomainError):
    """{ref} has {n} questions without an answer. Nothing was changed; answer them first, with
    “does not apply” where that is so.
    """


@dataclass(frozen=True)
class Question:
    """A question of a checklist with the heading it stands below, in both languages."""

    no: int
    korean: str
    english: str = ""
    section: str = ""
    section_en: str = ""


def read(korean: str, english: str = "") -> tuple[Question, ...]:
    """Return the questions of a text: one a line; a line that begins with # is a heading."""
    own, other = _lines(korean), _lines(english)
    if not own:
        raise QuestionsMissingError
    if other and len(other) != len(own):
        raise LinesDifferError(korean=len(own), english=len(other))
    found: list[Question] = []
    section = section_en = ""
    for at, line in enumerate(own):
        beside = other[at] if other else ""
        if line.startswith(HEADING):
            section, section_en = line.lstrip("# "), beside.lstrip("# ")
        else:
            found.append(Question(len(found) + 1, line, beside, section, section_en))
    if not found:
        raise QuestionsMissingError
    return tuple(found)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
