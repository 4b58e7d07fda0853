"""On which ground data may go to a third party at all. No Qt, no database, no clock. Rule 27.

PIPA 17(1) and 17(4) for the purpose of collection, 18(2) beyond it. The proviso of 18(2) keeps
nos. 5 to 9, among them investigation (no. 7), to public bodies; a company that is served with
a demand gives only what another law compels it to give (18(2)2).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _


class NoGroundError(DomainError):
    """Nothing goes to a third party without a ground. Nothing was changed; choose the consent of
    the people or the law that the provision rests on.
    """

    field = "ground"


class PublicBodyGroundError(DomainError):
    """Only public bodies may give data on this ground: {ground} (PIPA 18(2), proviso). Nothing was
    changed; ask for the law that compels the company, such as a warrant under the Criminal
    Procedure Act, and enter that.
    """

    field = "ground"


class ConsentPurposeError(DomainError):
    """A provision on consent needs the purpose that people agreed to. Nothing was changed; choose
    a purpose that rests on consent and names a third party.
    """

    field = "purpose"


class GroundUnnamedError(DomainError):
    """This ground has to be named in full: {missing} is missing. Nothing was changed; enter it."""


class ArticleUnknownError(DomainError):
    """“{article}” is no ground on which a company may provide data. Nothing was changed; enter
    17(1)2, 17(4), 18(2)1, 18(2)2, 18(2)3 or 18(2)10 of the Act.
    """

    field = "article"


class Ground(Enum):
    """Why data may go to a third party; the value is what is stored."""

    CONSENT = "consent"  # PIPA 17(1)1, 18(2)1
    STATUTE = "statute"  # PIPA 17(1)2 with 15(1)2, 18(2)2
    VITAL = "vital"  # PIPA 18(2)3
    OTHER = "other"  # another one of PIPA 17 and 18(2)
    INVESTIGATION = "investigation"  # PIPA 18(2)7: public bodies only


GROUND_LABELS: Mapping[Ground, str] = {
    Ground.CONSENT: N_("Consent of the person"),
    Ground.STATUTE: N_("A law compels it"),
    Ground.VITAL: N_("Urgent: life, body or property"),
    Ground.OTHER: N_("Another ground of PIPA 17 or 18(2)"),
    Ground.INVESTIGATION: N_("Investigation of a crime (public bodies only)"),
}
LAW, ARTICLE, DOCUMENT = N_("the law"), N_("the article"), N_("the document number")
_FIELDS = {LAW: "law", ARTICLE: "article", DOCUMENT: "document_no"}
_NEEDED: Mapping[Ground, tuple[str, ...]] = {
    Ground.STATUTE: (LAW, ARTICLE, DOCUMENT),
    Ground.VITAL: (ARTICLE,),
    Ground.OTHER: (ARTICLE,),
}
Clause = tuple[int, int, int]  # article, paragraph, number (0 for none)
ALLOWED: frozenset[Clause] = frozenset(
    ((17, 1, 2), (17, 4, 0), (18, 2, 1), (18, 2, 2), (18, 2, 3), (18, 2, 10))
)
PUBLIC_ONLY: frozenset[Clause] = frozenset((18, 2, n) for n in range(5, 10))
_CIRCLED = {"①": "(1)", "②": "(2)", "③": "(3)", "④": "(4)", "⑤": "(5)"}
_CLAUSE = re.compile(
    r"(?<!\d)제?\s*(1[78])\s*조?\s*[,.]?\s*(?:\(\s*(\d)\s*\)|제?\s*(\d)\s*항)"
    r"\s*(?:제?\s*(\d{1,2})\s*호?|no\.?\s*(\d{1,2}))?"
)
_PIPA = re.compile(r"pipa|personal information protection act|개인정보\s*보호법", re.IGNORECASE)


@dataclass(frozen=True)
class Basis:
    """What a provision is said to rest on."""

    ground: Ground | None
    law: str = ""
    article: str = ""
    document_no: str = ""
    purpose: bool = False  # a purpose that rests on consent is named


def clause(article: str) -> Clause | None:
    """Return which clause of PIPA 17 or 18 is meant: ``18(2)7``, ``제18조제2항제7호``, ``18②7``."""
    text = article
    for sign, plain in _CIRCLED.items():
        text = text.replace(sign, plain)
    found = _CLAUSE.search(text)
    if found is None:
        return None
    number = found[4] or found[5] or "0"
    return int(found[1]), int(found[2] or found[3]), int(number)


def require(basis: Basis) -> None:
    """Refuse a provision that rests on nothing a private company may rely on (rule 27)."""
    ground = basis.ground
    if ground is None:
        raise NoGroundError
    if ground is Ground.INVESTIGATION:
        raise PublicBodyGroundError(ground="18(2)7")
    if ground is Ground.CONSENT and not basis.purpose:
        raise ConsentPurposeError
    given = {LAW: basis.law, ARTICLE: basis.article, DOCUMENT: basis.document_no}
    missing = [name for name in _NEEDED.get(ground, ()) if not given[name].strip()]
    if missing:
        told = ", ".join(_(name) for name in missing)
        raise GroundUnnamedError(missing=told, field=_FIELDS[missing[0]])
    _require_clause(basis)


def _require_clause(basis: Basis) -> None:
    """Refuse a clause of the Act that is for public bodies, or that is no ground at all."""
    of_the_act = basis.ground is Ground.OTHER or _PIPA.search(f"{basis.law} {basis.article}")
    if not of_the_act:
        return
    meant = clause(basis.article)
    if meant in PUBLIC_ONLY:
        raise PublicBodyGroundError(ground=basis.article.strip())
    if basis.ground is Ground.OTHER and meant not in ALLOWED:
        raise ArticleUnknownError(article=basis.article.strip())
