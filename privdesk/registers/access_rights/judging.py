"""What is found wrong with access rights: rules 43 to 46 and 48, S8.2①. No Qt, no database.

The half-yearly review is the office's own reading of the duty to keep rights to the least
(Safeguards, article on access rights).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_
from privdesk.core.periods import add, months
from privdesk.core.rulebook import rule_number
from privdesk.registers.access_rights.rules import (
    REGISTER,
    Passwords,
    RightFacts,
    State,
    end_by,
    review_by,
    weak,
)


def judge(right: RightFacts, today: date) -> tuple[Finding, ...]:
    """Return the findings on one right: rules 44 and 45, and S8.2①."""
    if right.state is not State.GRANTED:
        return _over(right, today)
    found = list(_ends(right, today))
    values = {"place": right.place, "name": right.holder.name}
    gone = right.holder.left is not None and right.holder.left < today
    if not right.holder.category and not gone:
        found.append(
            finding(
                "S8.2①",
                REGISTER,
                right.ref,
                what=N_("{name} has access to {place} without a category a, b or c."),
                do=N_("Choose the category, or revoke the right."),
                values=values,
            )
        )
    return tuple(found)


def _ends(right: RightFacts, today: date) -> Iterable[Finding]:
    due = end_by(right)
    if due is None:
        return
    left = right.holder.left
    of_leaving = left is not None and left == due
    yield finding(
        "44",
        REGISTER,
        right.ref,
        what=N_("{name} leaves on {day} and has access to {place}.")
        if of_leaving
        else N_("{name} has other work since {day} and still has access to {place}."),
        do=N_("Revoke the right on that day.")
        if of_leaving
        else N_("Revoke the right, or confirm that it is still needed."),
        severity=Severity.BREACH if today > due else Severity.WARNING,
        due=due,
        values={"name": right.holder.name, "place": right.place, "day": due},
    )


def _over(right: RightFacts, today: date) -> tuple[Finding, ...]:
    if right.keep_until is None or today <= right.keep_until:
        return ()
    return (
        finding(
            "45",
            REGISTER,
            right.ref,
            what=N_("The history of {ref} was to be kept until {day}."),
            do=N_("Destroy what it says of the person."),
            severity=Severity.WARNING,
            values={"ref": right.ref, "day": right.keep_until},
        ),
    )


def judge_accounts(rights: Iterable[RightFacts]) -> tuple[Finding, ...]:
    """Return the accounts that several people share in one system (rule 46)."""
    people: dict[tuple[str, str], dict[tuple[int, str], RightFacts]] = defaultdict(dict)
    for right in rights:
        if right.state is State.GRANTED and right.account:
            key = (right.place, name_key(right.account))
            people[key].setdefault(right.holder.key, right)
    return tuple(
        finding(
            "46",
            REGISTER,
            next(iter(by.values())).ref,
            what=N_("{n} people share the account “{account}” at {place}."),
            do=N_("Give each person an account of their own."),
            values={"n": len(by), "account": next(iter(by.values())).account, "place": place},
            count=len(by),
        )
        for (place, _key), by in sorted(people.items())
        if len(by) > 1
    )


def judge_reviews(
    rights: Iterable[RightFacts],
    places: Mapping[str, str],
    today: date,
    reviews: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Finding, ...]:
    """Return, for each system, that its rights have to be looked at again.

    ``places`` has the reference of each place by its name, ``reviews`` that of the review that
    is under way there.
    """
    due: dict[str, list[date]] = defaultdict(list)
    for right in rights:
        by = review_by(right, today) if right.state is State.GRANTED else None
        if by is not None:
            due[right.place].append(by)
    term = rule_number("access_rights.review_months", today)
    found = []
    for place, days in sorted(due.items()):
        first = min(days)
        if add(today, months(1)) < first:
            continue
        found.append(
            finding(
                "S8.2①",
                "rights-reviews" if place in reviews else "places",
                reviews.get(place) or places[place],
                what=N_("Access rights at {place} have to be reviewed by {day}."),
                do=N_("Decide on the rights that are left, then close the review.")
                if place in reviews
                else N_("Begin an access review, have the system’s owner fill in its sheet."),
                severity=Severity.BREACH if today > first else Severity.WARNING,
                due=first,
                values={"place": place, "day": first, "months": term},
                count=sum(day <= add(today, months(1)) for day in days),
            )
        )
    return tuple(found)


def judge_passwords(
    systems: Mapping[str, tuple[str, Passwords]], today: date
) -> tuple[Finding, ...]:
    """Return the systems in use whose passwords are weak, or of which nobody knows (rule 48)."""
    found = []
    for ref, (name, passwords) in sorted(systems.items()):
        unknown = passwords == Passwords()
        if not unknown and not weak(passwords, today):
            continue
        found.append(
            finding(
                "48",
                "places",
                ref,
                what=N_("Nothing is entered on the passwords of {place}.")
                if unknown
                else N_("The passwords of {place} are below the usual strength."),
                do=N_("Enter length, kinds of characters and how many are not used again.")
                if unknown
                else N_("Ask for 8 characters of three kinds or 10 of two, 3 not used again."),
                severity=Severity.SETUP if unknown else Severity.WARNING,
                values={"place": name},
            )
        )
    return tuple(found)


def judge_sworn(rights: Iterable[RightFacts], today: date) -> tuple[Finding, ...]:
    """Return whether access was given before a pledge was signed (rule 43); once for all."""
    early: dict[tuple[int, str], RightFacts] = {}
    missing = False
    for right in rights:
        holder = right.holder
        if right.state is not State.GRANTED or (holder.left is not None and holder.left < today):
            continue
        if holder.sworn is None or holder.sworn > (right.granted_on or today):
            early.setdefault(holder.key, right)
            missing = missing or holder.sworn is None
    if not early:
        return ()
    first = next(iter(early.values()))
    alone = len(early) == 1
    return (
        finding(
            "43",
            REGISTER,
            first.ref if alone else "",
            what=N_("{name} got access to {place} before signing a pledge.")
            if alone
            else N_("{n} people got access before signing a pledge."),
            do=N_("Have the pledge signed at once, or take the access away until it is.")
            if missing
            else N_("Note why the pledge came after the access."),
            severity=Severity.BREACH if missing else Severity.WARNING,
            values={"n": len(early), "name": first.holder.name, "place": first.place},
            count=len(early),
        ),
    )
