"""Who of the office may act, and in what capacity. No Qt, no database, no clock."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from privdesk.core.errors import DomainError
from privdesk.core.findings import Finding, Severity, finding
from privdesk.core.i18n import N_
from privdesk.registers.sworn import TAKE_OVER

REGISTER = "staff"


class Category(Enum):
    """Why somebody may handle personal data at all (policy clause S8.2①)."""

    MARKETING = "a"  # in direct contact with users
    PRIVACY = "b"  # manages personal data: chief privacy officer and privacy staff
    UNAVOIDABLE = "c"  # cannot do the work without it


class Duty(Enum):
    """What a person of the staff answers for in privacy matters."""

    NONE = "none"
    HANDLER = "handler"
    PRIVACY_STAFF = "privacy_staff"
    CPO = "cpo"


class CategoryMissingError(DomainError):
    """{name} handles personal data, so the category a, b or c of the policy is needed. Nothing was
    changed; choose why {name} handles it.
    """


class WrongCategoryError(DomainError):
    """The chief privacy officer and privacy staff belong to category b. Nothing was changed;
    correct the category of {name}.
    """


class LeftBeforeJoinedError(DomainError):
    """{name} cannot leave on {until}, before joining on {since}. Nothing was changed; check both
    days.
    """


class LastDayError(DomainError):
    """The last day of {name} is entered as {day}, and changes only by a step with a reason. Nothing
    was changed; correct it at the record of leaving, or begin the leaving first.
    """


class JoinsLaterError(DomainError):
    """{name} has rights in force ({ref}) and so does not join on {day}, which is still to come.
    Nothing was changed; revoke the rights first, or check the day.
    """


class MayNotActError(DomainError):
    """{name} may not act on {on}: only people who work here on that day do. Nothing was changed;
    check the days of joining and leaving.
    """


@dataclass(frozen=True)
class StaffFacts:
    """What the rules need of a person; ``since`` and ``until`` are first and last day."""

    ref: str
    name: str
    since: date | None = None
    until: date | None = None
    handles: bool = False
    category: Category | None = None
    duty: Duty = Duty.NONE
    officer: str = ""  # the person's own name in the vault, where there is one
    role: str = ""  # officer, manager, auditor, administrator
    counted: date | None = None  # from when duties count, where not from the day of joining
    undecided: bool = False  # nobody has said yet whether the person handles personal data

    @property
    def must_have_category(self) -> bool:
        """Whether one of a, b, c is needed: whoever handles data, and every officer."""
        return self.handles or self.duty is not Duty.NONE or self.role == "officer"


def check(person: StaffFacts) -> None:
    """Refuse a record that contradicts itself or lacks what the policy asks for."""
    if person.since and person.until and person.until < person.since:
        raise LeftBeforeJoinedError(name=person.name, since=person.since, until=person.until)
    if person.must_have_category and person.category is None:
        raise CategoryMissingError(name=person.name)
    of_privacy = person.duty in (Duty.CPO, Duty.PRIVACY_STAFF)
    if of_privacy and person.category is not Category.PRIVACY:
        raise WrongCategoryError(name=person.name)


def works_on(person: StaffFacts, day: date) -> bool:
    """Whether somebody works here on a day; first and last day count."""
    joined = person.since is None or person.since <= day
    return joined and (person.until is None or day <= person.until)


def may_act(person: StaffFacts, day: date) -> bool:
    """Whether somebody may handle personal data on a day."""
    return works_on(person, day) and (not person.must_have_category or person.category is not None)


def require_acting(person: StaffFacts, day: date) -> None:
    """Refuse a person who does not work here, or lacks a category, on that day."""
    if not works_on(person, day):
        raise MayNotActError(name=person.name, on=day)
    if not may_act(person, day):
        raise CategoryMissingError(name=person.name)


class Joining(Enum):
    """A step of the way in (S8.2①–③, rule 43); the value is what is told."""

    DUTY = "duty"
    PLEDGE = "pledge"
    TRAINING = "training"
    ACCESS = "access"


JOINING_LABELS = {
    Joining.DUTY: N_("duty and category entered"),
    Joining.PLEDGE: N_("pledge on joining signed"),
    Joining.TRAINING: N_("first training attended"),
    Joining.ACCESS: N_("access applied for and granted"),
}
NEW = timedelta(days=92)


def joining(
    facts: StaffFacts, today: date, *, pledge: bool, training: bool, rights: bool
) -> tuple[Joining, ...]:
    """Return what a newcomer still lacks, in the order in which it is done.

    That is for a quarter after joining, or until the duty is decided; ``pledge`` and
    ``training`` say that these are still to come, ``rights`` that the person has some.
    """
    new = facts.since is not None and facts.since > today - NEW
    if (facts.until is not None and facts.until < today) or not (new or facts.undecided):
        return ()
    if facts.undecided or (facts.handles and facts.category is None):
        return tuple(Joining)
    left = {
        Joining.PLEDGE: pledge,
        Joining.TRAINING: training,
        Joining.ACCESS: facts.handles and not rights,
    }
    return tuple(step for step, lacks in left.items() if lacks)


def judge(person: StaffFacts, today: date) -> tuple[Finding, ...]:
    """Return the findings on one person: category (S8.2①), access after leaving (rule 44)."""
    found = []
    if works_on(person, today) and person.must_have_category and person.category is None:
        found.append(
            finding(
                "S8.2①",
                REGISTER,
                person.ref,
                what=N_("A person who handles personal data has no category a, b or c."),
                do=N_("Choose the category, or take the access away."),
            )
        )
    if person.until is not None and person.until < today and person.role:
        found.append(
            finding(
                "44",
                REGISTER,
                person.ref,
                what=N_("A person who left on {day} can still open the vault."),
                do=N_("Remove the person from the vault’s officers now."),
                due=person.until,
                values={"day": person.until},
            )
        )
    return tuple(found)


def judge_all(people: Sequence[StaffFacts], today: date) -> tuple[Finding, ...]:
    """Return the findings on the staff as a whole: S5.1, two officers, one account each."""
    here = [person for person in people if works_on(person, today)]
    found = [*_shared_accounts(here), *_undecided(people, today)]
    if not any(person.duty is Duty.CPO for person in here):
        found.append(
            _set_up(
                "S5.1",
                N_("No chief privacy officer is appointed."),
                N_("Enter the chief privacy officer with department and contact."),
            )
        )
    if sum(person.role == "officer" for person in here) < 2:
        found.append(
            _set_up(
                "D6",
                N_("There is no second officer, so no destruction can be approved."),
                N_("Enrol a second officer."),
            )
        )
    return tuple(found)


def _undecided(people: Sequence[StaffFacts], today: date) -> Iterator[Finding]:
    """Yield whose duty nobody has decided: before it no pledge and no training is asked for."""
    found = [p for p in people if p.undecided and (p.until is None or p.until >= today)]
    if found:
        alone = len(found) == 1
        yield finding(
            "S8.2①",
            REGISTER,
            found[0].ref if alone else "",
            what=N_("It is not decided whether {name} handles personal data.")
            if alone
            else N_("Of {n} people it is not decided whether they handle personal data."),
            do=N_("Enter duty and category; pledge and training follow from them."),
            severity=Severity.WARNING if _over(found, today) else Severity.SETUP,
            due=min((day for p in found if (day := _decided_by(p)) is not None), default=None),
            values={"name": found[0].name, "n": len(found)},
            count=len(found),
        )


def _decided_by(person: StaffFacts) -> date | None:
    """Return by when it is decided whether somebody handles personal data: on joining, or later."""
    return person.since if person.counted is None else person.counted + TAKE_OVER


def _over(people: Sequence[StaffFacts], today: date) -> bool:
    """Whether the days in which the office takes its people over are past for one of them."""
    return any(p.counted is None or p.counted + TAKE_OVER < today for p in people)


def _set_up(rule: str, what: str, do: str) -> Finding:
    return finding(rule, REGISTER, "", what=what, do=do, severity=Severity.SETUP)


def _shared_accounts(people: Iterable[StaffFacts]) -> list[Finding]:
    accounts = Counter(person.officer for person in people if person.officer)
    return [
        finding(
            "46",
            REGISTER,
            "",
            what=N_("{n} people share the account “{account}”."),
            do=N_("Give each person an account of their own."),
            values={"n": n, "account": account},
            count=n,
        )
        for account, n in sorted(accounts.items())
        if n > 1
    ]
