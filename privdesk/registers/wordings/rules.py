"""When a wording may be put in force. No Qt, no database, no clock.

Rules 4, 5, 6 and 8, and the numbers for important content (D3).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core.categories import Part, Separate
from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_, _
from privdesk.core.rulebook import rule_number
from privdesk.registers.consenting import BOX_LABELS, Box, missing_parts, require_separate
from privdesk.registers.wordings.fields import BOLD, COLOUR, LARGER, UNDERLINE

REGISTER = "wordings"


class NothingToldError(DomainError):
    """The wording {wording} has no text yet, so it cannot be put in force. Nothing was changed;
    write it in Korean, in English or in both.
    """


class PartsMissingError(DomainError):
    """The wording {wording} does not tell everything that the law asks for; {language} lacks:
    {parts}. Nothing was changed; complete the texts, or empty that language.
    """


class NotProminentError(DomainError):
    """Important content would not stand out in {wording}: it needs {least} pt or more and {percent}
    % more than the rest, or colour, bold or underline (PIPA 22(2)). Nothing was changed; choose how
    it is shown.
    """


class ExemptMissingError(DomainError):
    """This point also collects without consent ({purposes}), and {wording} does not list that apart
    (PIPA 22(3)). Nothing was changed; fill in the items without consent in each language.
    """


class NoSuchBoxError(DomainError):
    """The purpose {purpose} has nothing that a box of the kind “{box}” would stand for. Nothing was
    changed; choose another kind of box, or say so at the purpose first.
    """


class NotByConsentError(DomainError):
    """The purpose {purpose} does not rest on consent, so nobody may be asked for it. Nothing was
    changed; list its items as those that need no consent.
    """


class NeverRequiredError(DomainError):
    """Consent to “{box}” can never be required (PIPA 22(5)). Nothing was changed; make it
    optional.
    """


def important(box: Separate) -> frozenset[Part]:
    """Return what of a wording is important content: shown so that it stands out.

    Periods always; the purpose of marketing and of another use, the items that are
    sensitive or identify, the recipient and what he does.
    """
    more = {
        Separate.MARKETING: {Part.PURPOSE},
        Separate.OTHER_PURPOSE: {Part.PURPOSE},
        Separate.SENSITIVE: {Part.ITEMS},
        Separate.UNIQUE_ID: {Part.ITEMS},
        Separate.PROVISION: {Part.RECIPIENT, Part.PURPOSE},
    }
    return frozenset({Part.PERIOD} | more.get(box, set()))


_NEVER_REQUIRED = frozenset((Separate.MARKETING, Separate.OTHER_PURPOSE))


def require_free(box: Separate, *, required: bool) -> None:
    """Refuse to demand a consent that the law leaves free."""
    if required and box in _NEVER_REQUIRED:
        raise NeverRequiredError(box=_(BOX_LABELS[box]))


def stands_out(ways: Collection[str], size: int | None, rest: int | None, on: date) -> bool:
    """Whether important content stands out; sizes in points.

    Colour, bold and underline do by themselves; larger letters from 9 pt and 20 % more
    than the rest.
    """
    if {COLOUR, BOLD, UNDERLINE} & set(ways):
        return True
    if LARGER not in ways or size is None or rest is None:
        return False
    enough = size >= rule_number("prominence.points", on)
    return enough and 100 * size >= (100 + rule_number("prominence.percent", on)) * rest


@dataclass(frozen=True)
class WordingFacts:
    """What the rules need of a wording that is to be put in force.

    ``told`` are the parts by language, a language without any text left out; ``apart``
    the languages in which items without consent are listed. ``allowed`` are the boxes
    that its purpose may have; ``alone`` the boxes that it needs and that have no wording
    of their own, drafts included; ``exempt`` the point's purposes without consent.
    """

    wording: str
    box: Separate
    told: Mapping[str, Collection[Part]]
    apart: Collection[str] = ()
    ways: Collection[str] = ()
    size: int | None = None
    rest: int | None = None
    alone: frozenset[Separate] = frozenset()
    exempt: Sequence[str] = ()


PARTS: Mapping[Part, str] = {
    Part.PURPOSE: N_("the purpose"),
    Part.ITEMS: N_("the items"),
    Part.PERIOD: N_("the retention period"),
    Part.REFUSAL: N_("the right to refuse and its disadvantage"),
    Part.RECIPIENT: N_("the recipient"),
}
IN_LANGUAGE = {"ko": N_("the Korean text"), "en": N_("the English text")}


def require_ready(of: WordingFacts, on: date) -> None:
    """Refuse a wording that may not be put in force (rules 4, 5 and 6)."""
    if not of.told:
        raise NothingToldError(wording=of.wording)
    for language, told in of.told.items():
        missing = missing_parts(told, provision=of.box is Separate.PROVISION)
        if missing:
            parts = ", ".join(_(PARTS[part]) for part in missing)
            raise PartsMissingError(
                wording=of.wording, parts=parts, language=_(IN_LANGUAGE[language])
            )
    require_separate([Box(frozenset({of.box}) | of.alone)])
    if not stands_out(of.ways, of.size, of.rest, on):
        raise NotProminentError(
            wording=of.wording,
            least=rule_number("prominence.points", on),
            percent=rule_number("prominence.percent", on),
        )
    if of.box is Separate.USE and of.exempt and set(of.told) - set(of.apart):
        raise ExemptMissingError(wording=of.wording, purposes=", ".join(of.exempt))


@dataclass(frozen=True)
class InForce:
    """A wording in force, as far as findings speak of it; ``agreed`` people stand by it."""

    ref: str
    title: str
    purpose: str
    since: date
    changed: date | None = None  # when items or purpose changed so that new consent is needed
    purpose_in_use: bool = True
    agreed: int = 0


def judge(wording: InForce) -> tuple[Finding, ...]:
    """Return the findings on a wording in force (rule 8, S1.1)."""
    return tuple(_judged(wording))


def _judged(wording: InForce) -> Iterator[Finding]:
    if not wording.purpose_in_use:
        yield _say(
            wording,
            "S1.1",
            N_("“{wording}” is in force, but its purpose is not in use."),
            N_("Take the wording out of force."),
            Severity.WARNING,
        )
    elif wording.changed is not None and wording.since < wording.changed:
        if wording.agreed:
            yield _say(
                wording,
                "8",
                N_("“{purpose}” changed on {day}; people who agreed to the wording before: {n}."),
                N_("Put a new version of “{wording}” in force, and ask these people again."),
                count=wording.agreed,
                day=wording.changed,
                n=wording.agreed,
            )
        else:
            yield _say(
                wording,
                "8",
                N_("“{purpose}” changed on {day}; “{wording}” still tells what was before."),
                N_("Put a new version of “{wording}” in force."),
                day=wording.changed,
            )


def _say(
    wording: InForce,
    rule: str,
    what: str,
    do: str,
    severity: Severity = Severity.BREACH,
    count: int = 1,
    **values: object,
) -> Finding:
    named = {"wording": wording.title, "purpose": wording.purpose}
    return finding(
        rule,
        REGISTER,
        wording.ref,
        what=what,
        do=do,
        severity=severity,
        count=count,
        values=named | values,
    )
