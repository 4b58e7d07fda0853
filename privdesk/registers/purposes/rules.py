"""What a purpose must have before data is collected for it. No Qt, no database, no clock.

Rules 4 to 8, 13 and 16 and the clauses S1.1 to S1.5 and S2.1.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from privdesk.core.categories import Basis, Category, Part, Separate
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.core.periods import Period, longer
from privdesk.core.reasons import Reason, name, reason
from privdesk.core.rulebook import Statute, statutes

REGISTER = "purposes"


@dataclass(frozen=True)
class Need:
    """An item that a purpose needs."""

    item: str
    required: bool = True
    category: Category = Category.ORDINARY
    statute: str = ""  # law and article that name the item (rule 7)


@dataclass(frozen=True)
class PurposeFacts:
    """What the rules need of a purpose.

    None in ``listed_apart`` or ``separate_place`` means that nobody has said; the rule
    is then silent. ``statute`` is a key of the trade statutes or, for another law, its
    name; ``statute_period`` is the period recorded for it.
    """

    ref: str
    name: str
    needs: tuple[Need, ...] = ()
    basis: Basis | None = None
    article: str = ""
    retention: Period | None = None
    statute: str = ""
    statute_period: Period | None = None
    refusal: str = ""  # the right to refuse and what a refusal costs
    provision: bool = False
    recipient: str = ""
    other_purpose: bool = False
    marketing: bool = False
    separate: frozenset[Separate] = frozenset()  # asked for separately
    listed_apart: bool | None = None
    separate_place: bool | None = None
    clause: str = ""
    who: str = ""


def judge(
    purpose: PurposeFacts, today: date, old_consents: int = 0, kept_apart: int = 0
) -> tuple[Finding, ...]:
    """Return every finding on a purpose that is in use.

    ``old_consents`` living consents were given before the last change that calls for
    new ones (rule 8); ``kept_apart`` holdings are kept for another law (rule 13).
    """
    return (
        *_basics(purpose),
        *_resident_numbers(purpose),
        *_consent(purpose),
        *_listing(purpose),
        *_renewal(purpose, old_consents),
        *_statute(purpose, today, kept_apart),
    )


def _say(purpose: PurposeFacts, rule: str, what: str, do: str, **more: object) -> Finding:
    severity, count = more.pop("severity", Severity.BREACH), more.pop("count", 1)
    assert isinstance(severity, Severity)
    assert isinstance(count, int)
    return finding(
        rule,
        REGISTER,
        purpose.ref,
        what=what,
        do=do,
        severity=severity,
        count=count,
        who=purpose.who,
        values={"purpose": purpose.name, **more},
    )


def _basics(purpose: PurposeFacts) -> Iterator[Finding]:
    if not purpose.needs:
        yield _say(
            purpose,
            "S1.1",
            N_("The purpose “{purpose}” has no items."),
            N_("Say which items “{purpose}” needs, and which of them are optional."),
        )
    if purpose.basis is None:
        yield _say(
            purpose,
            "S1.3",
            N_("The purpose “{purpose}” has no legal basis."),
            N_("Choose the legal basis of “{purpose}”."),
        )
    elif purpose.basis is Basis.LAW and not purpose.article.strip():
        yield _say(
            purpose,
            "S1.3",
            N_("The purpose “{purpose}” rests on a law that is not named."),
            N_("Name the law and the article that “{purpose}” rests on."),
        )
    if purpose.retention is None:
        yield _say(
            purpose,
            "S2.1",
            N_("The purpose “{purpose}” has no retention period."),
            N_("Set how long “{purpose}” needs its data, or until which event."),
        )


def _resident_numbers(purpose: PurposeFacts) -> Iterator[Finding]:
    for need in purpose.needs:
        if need.category is Category.RESIDENT_NUMBER and not need.statute.strip():
            yield _say(
                purpose,
                "7",
                N_("“{purpose}” collects the resident number “{item}” without a statute."),
                N_("Name the statute and article, or stop collecting and destroy “{item}”."),
                item=need.item,
            )


def missing_parts(purpose: PurposeFacts) -> tuple[Part, ...]:
    """Return what a request for consent to this purpose would fail to tell (rule 4)."""
    told = {
        Part.PURPOSE: bool(purpose.name.strip()),
        Part.ITEMS: bool(purpose.needs),
        Part.PERIOD: purpose.retention is not None,
        Part.REFUSAL: bool(purpose.refusal.strip()),
        Part.RECIPIENT: bool(purpose.recipient.strip()) or not purpose.provision,
    }
    return tuple(part for part, there in told.items() if not there)


def separate_needed(purpose: PurposeFacts) -> frozenset[Separate]:
    """Return what needs a consent of its own (rule 5); nothing where no consent is asked.

    Plain collection and use is the form itself and always has its box.
    """
    if purpose.basis is not Basis.CONSENT:
        return frozenset()
    categories = {need.category for need in purpose.needs}
    asked = {
        Separate.PROVISION: purpose.provision,
        Separate.OTHER_PURPOSE: purpose.other_purpose,
        Separate.SENSITIVE: Category.SENSITIVE in categories,
        Separate.UNIQUE_ID: Category.UNIQUE_ID in categories,
        Separate.MARKETING: purpose.marketing,
    }
    return frozenset(kind for kind, wanted in asked.items() if wanted)


_SEPARATE: dict[Separate, str] = {
    Separate.USE: N_("“{purpose}” has no separate consent to collection and use."),
    Separate.PROVISION: N_("“{purpose}” has no separate consent to the provision."),
    Separate.OTHER_PURPOSE: N_("“{purpose}” has no separate consent to use for another purpose."),
    Separate.SENSITIVE: N_("“{purpose}” has no separate consent to sensitive information."),
    Separate.UNIQUE_ID: N_("“{purpose}” has no separate consent to unique identifiers."),
    Separate.MARKETING: N_("“{purpose}” has no separate consent to marketing."),
}
_UNTOLD: dict[Part, str] = {
    Part.PURPOSE: N_("The consent to “{purpose}” does not tell the purpose."),
    Part.ITEMS: N_("The consent to “{purpose}” does not tell the items."),
    Part.PERIOD: N_("The consent to “{purpose}” does not tell the retention period."),
    Part.REFUSAL: N_("The consent to “{purpose}” does not tell the right to refuse."),
    Part.RECIPIENT: N_("The consent to “{purpose}” does not tell the recipient."),
}
# Missing items and periods are findings of S1.1 and S2.1 already.
_SAID_BEFORE = frozenset((Part.ITEMS, Part.PERIOD))


def _consent(purpose: PurposeFacts) -> Iterator[Finding]:
    if purpose.basis is not Basis.CONSENT:
        return
    for part in missing_parts(purpose):
        if part not in _SAID_BEFORE:
            yield _say(
                purpose,
                "4",
                _UNTOLD[part],
                N_("Complete the wording of the consent to “{purpose}”, then ask for it anew."),
            )
    for kind in sorted(separate_needed(purpose) - purpose.separate, key=lambda k: k.value):
        yield _say(
            purpose,
            "5",
            _SEPARATE[kind],
            N_("Give it a box of its own on the consent form of “{purpose}”."),
        )


def by_consent(
    purposes: Iterable[PurposeFacts],
) -> tuple[tuple[PurposeFacts, ...], tuple[PurposeFacts, ...]]:
    """Return the purposes with consent and those without, for the two lists of rule 6."""
    everything = tuple(purposes)
    return (
        tuple(p for p in everything if p.basis is Basis.CONSENT),
        tuple(p for p in everything if p.basis is not None and p.basis is not Basis.CONSENT),
    )


def _listing(purpose: PurposeFacts) -> Iterator[Finding]:
    exempt = purpose.basis is not None and purpose.basis is not Basis.CONSENT
    if exempt and purpose.listed_apart is False:
        yield _say(
            purpose,
            "6",
            N_("“{purpose}” needs no consent, but is listed together with items that do."),
            N_("List the items and the legal basis of “{purpose}” apart from those with consent."),
        )


def new_consent_reasons(old: PurposeFacts, new: PurposeFacts) -> tuple[Reason, ...]:
    """Return why a change calls for new consent (rule 8); nothing when it does not.

    Collecting less, for shorter, or less strictly needs none.
    """
    if new.basis is not Basis.CONSENT:
        return ()
    return tuple(_changes(old, new))


def _changes(old: PurposeFacts, new: PurposeFacts) -> Iterator[Reason]:
    before = {need.item: need for need in old.needs}
    for need in new.needs:
        if need.item not in before:
            yield reason(N_("The item “{item}” is new."), item=need.item)
        elif need.required and not before[need.item].required:
            yield reason(N_("The item “{item}” was optional and is now required."), item=need.item)
    if " ".join(old.name.split()) != " ".join(new.name.split()):
        yield reason(N_("The purpose itself has changed."))
    if old.basis is not Basis.CONSENT:
        yield reason(N_("The purpose did not rest on consent before."))
    if _lengthened(old.retention, new.retention):
        yield reason(N_("The retention period is longer."))
    if new.provision and (not old.provision or old.recipient != new.recipient):
        yield reason(N_("The recipient is new."))


def _lengthened(old: Period | None, new: Period | None) -> bool:
    return new is not None and old is not None and longer(new, old)


def _renewal(purpose: PurposeFacts, old_consents: int) -> Iterator[Finding]:
    if purpose.basis is Basis.CONSENT and old_consents:
        yield _say(
            purpose,
            "8",
            N_("{n} consents to “{purpose}” were given before its items or purpose changed."),
            N_("Ask these people for consent to the new wording, or keep to the old one for them."),
            n=old_consents,
            count=old_consents,
        )


def statute_of(purpose: PurposeFacts, on: date) -> Statute | None:
    """Return the trade statute that keeps the purpose's records longer, or None."""
    return statutes(on).get(purpose.statute)


def statutory_period(purpose: PurposeFacts, on: date) -> Period | None:
    """Return how long another law keeps the records (rule 16): never less than it commands."""
    known = statute_of(purpose, on)
    recorded = purpose.statute_period
    if known is None:
        return recorded if purpose.statute else None
    if recorded is None or longer(known.period, recorded):
        return known.period
    return recorded


def _statute(purpose: PurposeFacts, today: date, kept_apart: int) -> Iterator[Finding]:
    if not purpose.statute:
        return
    if statutory_period(purpose, today) is None:
        yield _say(
            purpose,
            "16",
            N_("“{purpose}” is kept by another law, but for how long is not recorded."),
            N_("Record the period that the law commands for “{purpose}”."),
        )
    known = statute_of(purpose, today)
    if known and purpose.statute_period and longer(known.period, purpose.statute_period):
        yield _say(
            purpose,
            "16",
            N_("“{purpose}” records {recorded} where the law commands {commanded}."),
            N_("Correct the period of “{purpose}”; until then the law’s own period is used."),
            recorded=purpose.statute_period,
            commanded=known.period,
        )
    if purpose.separate_place is False:
        yield _say(
            purpose,
            "13",
            N_("“{purpose}” is kept longer by another law, but has no separate place for it."),
            N_("Name the separate storage for “{purpose}”, and mark what is moved there."),
            severity=Severity.BREACH if kept_apart else Severity.WARNING,
            count=max(kept_apart, 1),
        )


_POLICY_PURPOSES = (("S1.3", N_("Identify customers for the logistics service")),
                    ("S1.4", N_("Notices, counselling, checking of facts, results")),
                    ("S1.5", N_("Recruit agencies, couriers and owner-drivers")))  # fmt: skip


def judge_set(clauses: Collection[str]) -> tuple[Finding, ...]:
    """Return which of the policy's own purposes (S1.3 to S1.5) nobody has entered yet."""
    return tuple(
        finding(
            "S1.3",
            REGISTER,
            "",
            what=N_("The policy’s purpose {clause} has not been entered yet: {title}."),
            do=N_("Add the purpose from the templates, or say why it no longer exists."),
            severity=Severity.SETUP,
            values={"clause": clause, "title": name(title)},
        )
        for clause, title in _POLICY_PURPOSES
        if clause not in clauses
    )
