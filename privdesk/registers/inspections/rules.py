"""What the supervision of a processor needs (PIPA 26(4), rule 32). No Qt, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_

INSPECTIONS, ANSWERS = "inspections", "inspection-answers"
SOON = timedelta(days=7)


@dataclass(frozen=True)
class Held:
    """A finished inspection or training: its day, and how many answers it has of each kind.

    ``tally`` goes by answer (empty for none given); ``open`` are those not put right yet.
    """

    kind: str
    on: date
    people: int | None
    tally: Mapping[str, int]


class FinishedError(DomainError):
    """{ref} is finished, so its answers stay as they were found. Nothing was changed; plan a
    re-inspection, or record what was put right.
    """


class UnprovedError(DomainError):
    """{ref} has neither a file nor the name of whoever signs for the processor, so nothing proves
    it. Nothing was changed; attach the evidence, enter the manager, or say why there is none.
    """


class NoChecklistError(DomainError):
    """Neither the scan of the signed checklist is given nor where the paper is kept. Nothing was
    changed; choose the file, or say where the paper lies.
    """


class GoneError(DomainError):
    """{name} has ended and holds nothing of ours, so there is nothing to inspect. Nothing was
    changed; take the end of its contract back first.
    """


class AskedAgainError(DomainError):
    """{ref} was asked again by {again}, which rests on what it found. Nothing was changed; enter
    what is different there.
    """


class TrainingIncompleteError(DomainError):
    """A training needs what was taught and how many came. Nothing was changed; enter both."""


class DueMissingError(DomainError):
    """Question {no} is answered with No, so it needs what is lacking and a day by which it is put
    right. Nothing was changed; enter both.
    """


class DueEarlierError(DomainError):
    """It cannot be put right by {due}, before it was found on {held}. Nothing was changed; choose a
    later day.
    """


class HeldLaterError(DomainError):
    """{day} is still to come. Nothing was changed; record it on that day."""


class BeforeContractError(DomainError):
    """{name} works for us since {first}, so nothing was held there on {day}. Nothing was changed;
    check the day, or since when it works for us.
    """


class NotHeldError(DomainError):
    """{ref} was held on {held}, so it cannot have been finished on {day}. Nothing was changed;
    check the day.
    """


class FixedEarlierError(DomainError):
    """It was found on {held}, so it cannot have been put right on {day}. Nothing was changed; check
    the day.
    """


class NothingLackingError(DomainError):
    """Nothing of {ref} is lacking any more. Nothing was changed; there is nothing to ask again."""


class NoNewAnswerError(DomainError):
    """The inspection {inspection} has no question {no}. Nothing was changed; answers are taken in
    for the questions that it asks.
    """


@dataclass(frozen=True)
class Lacking:
    """What is lacking at a processor, by inspection and question."""

    ref: str
    no: int
    processor: str
    due: date | None


def judge_lacking(found: Sequence[Lacking], today: date) -> list[Finding]:
    """Return what was to be put right by now or soon; the day itself is in time."""
    return [
        finding(
            "32",
            ANSWERS,
            one.ref,
            what=N_("Question {no} of {name} has not been put right."),
            do=N_("Ask for the remedy and its proof, or give more time with a reason."),
            severity=Severity.BREACH if one.due is None or one.due < today else Severity.WARNING,
            due=one.due,
            waiting=one.due is not None and one.due >= today,
            values={"no": str(one.no), "name": one.processor},
        )
        for one in found
        if one.due is None or one.due - SOON <= today
    ]


def judge_planned(
    ref: str, processor: str, planned: date | None, kind: str, today: date
) -> list[Finding]:
    """Return the inspection or training that was to be held before today."""
    if planned is None or planned >= today:
        return []
    what = {
        "training": N_("The training of {name} was planned for {day}."),
        "again": N_("The re-inspection of {name} was planned for {day}."),
    }.get(kind, N_("The inspection of {name} was planned for {day}."))
    return [
        finding(
            "32", INSPECTIONS, ref, what=what, do=N_("Hold it and finish it, or plan another day."),
            severity=Severity.WARNING, due=planned, values={"name": processor, "day": planned},
        )
    ]  # fmt: skip
