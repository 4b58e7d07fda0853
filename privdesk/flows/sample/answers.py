"""What the invented people agreed to, refused and took back; holds and laws on what is kept."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from privdesk.flows import withdrawal
from privdesk.flows.sample.forms import Told
from privdesk.flows.sample.rows import Named
from privdesk.flows.sample.texts import ago, office
from privdesk.registers.desk import Desk

Labels = Mapping[str, Sequence[int]]  # the people's record numbers by what they stand for

_CHANNELS = ("web", "app", "web", "phone", "paper")
# Who agreed on the day of collection, and to what.
_AGREED = {
    "news": "newsletter",
    "lapsed": "newsletter",
    "lapsing": "newsletter",
    "confirmed": "newsletter",
    "withdrawn": "newsletter",
    "changed": "newsletter",
    "ended": "newsletter",
    "call": "counselling",
    "soon": "counselling",
    "overdue-call": "counselling",
    "complete": "counselling",
    "discount": "discount",
    "card": "card",
    "partner": "partners",
    "applicant": "applicants",
    "soon-applicant": "applicants",
}


@dataclass(frozen=True)
class _Answer:
    subject: int
    purpose: str
    kind: str
    at: date
    more: Mapping[str, Any]


def consents(desk: Desk, named: Named, labels: Labels, told: Told) -> int:
    """Enter the consents; return how many there are."""
    service = desk.service("consents")
    refs = _purpose_refs(desk, named)
    count = 0
    with desk.change() as change:
        for answer in _answers(desk, refs, labels):
            values = {
                "subject": desk.ref("subjects", answer.subject),
                "purpose": refs[answer.purpose],
                "kind": answer.kind,
                "at": answer.at,
                "wording": told.on(answer.purpose, answer.at, answer.more.get("box", "")),
                "channel": _CHANNELS[answer.subject % len(_CHANNELS)],
            }
            service.insert(change, values | dict(answer.more))
            count += 1
    return count


def withdraw(desk: Desk, named: Named, labels: Labels) -> None:
    """Withdraw a consent from the telephone call to the request of its destruction."""
    purpose = desk.service("purposes").called(named.purposes["newsletter"])[0]
    withdrawal.withdraw(desk, labels["withdrawn"][0], [purpose], channel="phone")


def holds(desk: Desk, labels: Labels) -> None:
    """Put holdings under a legal hold, and keep others under another law."""
    service, notes, today = desk.service("holdings"), office()["notes"], desk.today()
    held = _holdings(desk, labels["held"])
    service.act("hold", held, {"reason": notes["hold"]})
    kept = _holdings(desk, labels["law"])
    for ref in kept:
        settled = service.get(ref).values["ended_on"] or today  # from then the law counts
        until = date(settled.year + 3, settled.month, min(settled.day, 28))
        service.act("keep", [ref], {"law": notes["law"], "until": max(until, today)})


def hold_one(desk: Desk, subject: int) -> None:
    """Put a hold on somebody whose destruction is approved already: she is left out of it."""
    refs = _holdings(desk, [subject])
    desk.service("holdings").act("hold", refs, {"reason": office()["notes"]["hold"]})


def _answers(desk: Desk, refs: Mapping[str, str], labels: Labels) -> Iterator[_Answer]:
    today, since = desk.today(), _collected(desk, labels)
    for label, purpose in _AGREED.items():
        for subject in labels[label]:
            yield _Answer(subject, purpose, "given", since[subject, refs[purpose]], {})
    for subject in labels["discount"]:
        day = since[subject, refs["discount"]]
        yield _Answer(subject, "discount", "given", day, {"box": "sensitive"})
    for n, subject in enumerate(labels["confirmed"]):
        yield _Answer(subject, "newsletter", "confirmed", ago(today, f"{380 + n * 9}d"), {})
    for n, subject in enumerate(labels["withdrawn"][1:], 1):
        day = today - timedelta(days=n % 3)
        yield _Answer(subject, "newsletter", "withdrawn", day, {"channel": "phone"})
    for n, subject in enumerate(labels["changed"]):
        yield _Answer(subject, "newsletter", "changed", ago(today, f"{20 + n * 31}d"), {})
    for n, subject in enumerate(labels["ended"]):
        yield _Answer(subject, "newsletter", "lapsed", today - timedelta(days=n), {"channel": ""})
    for n, subject in enumerate(labels["asked"]):
        day = today - timedelta(days=1 + n * 2)
        yield _Answer(subject, "newsletter", "asked", day, _waiting(n))
    for n, subject in enumerate(labels["past"]):
        yield _Answer(subject, "newsletter", "given", ago(today, f"{700 - n}d"), {})
        yield _Answer(subject, "newsletter", "withdrawn", ago(today, f"{300 + n * 7}d"), {})
    for n, subject in enumerate([*labels["refused"], *labels["member"]]):
        yield _Answer(subject, "newsletter", "refused", ago(today, f"{30 + n * 13 % 700}d"), {})
    for subject in labels["child"]:
        day = since[subject, refs["newsletter"]]
        yield _Answer(subject, "newsletter", "given", day, _guardian())


def _waiting(n: int) -> dict[str, Any]:
    return {"guardian_name": "견본보호자", "guardian_phone": f"010-0000-{n + 2:04}"}


def _guardian() -> dict[str, Any]:
    return {
        "guardian": True,
        "guardian_name": "견본보호자",
        "guardian_phone": "010-0000-0001",
        "guardian_check": "message",
        "note": office()["notes"]["guardian_note"],
    }


def _purpose_refs(desk: Desk, named: Named) -> dict[str, str]:
    service = desk.service("purposes")
    return {
        key: desk.ref("purposes", service.called(name)[0]) for key, name in named.purposes.items()
    }


def _holdings(desk: Desk, subjects: Sequence[int]) -> list[str]:
    found = desk.service("holdings").of_subjects(subjects)
    return [desk.ref("holdings", number) for subject in subjects for number in found[subject]]


def _collected(desk: Desk, labels: Labels) -> dict[tuple[int, str], date]:
    """Return since when each person is held for each purpose, by number and reference."""
    service = desk.service("holdings")
    found = service.of_subjects({number for numbers in labels.values() for number in numbers})
    owners = {holding: subject for subject, held in found.items() for holding in held}
    return {
        (owners[row.id], str(row.values["purpose"])): row.values["collected_on"]
        for row in service.rows(sorted(owners))
    }
