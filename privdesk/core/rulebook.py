"""The rules by number, the legal numbers by date, and which rules a company meets.

Legal numbers are dated rows of ``resources/rules/law.json``, not constants: a rule asks
for the number in force on a day. ``sure`` is false where the row should be compared
with the published text before it is relied on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_
from privdesk.core.periods import Period, from_serial
from privdesk.core.resources import resource


class RuleNumberError(DomainError):
    """No legal number “{name}” was in force on {on}. Nothing was changed; check the date, then the
    program’s rule files.
    """


@dataclass(frozen=True)
class RuleNumber:
    """A number in force from ``since`` until the next row of the same name."""

    name: str
    value: int
    unit: str
    since: date
    article: str
    basis: str  # law, policy or office: who set it
    sure: bool


@dataclass(frozen=True)
class Statute:
    """Another law that keeps records longer (rule 16).

    Name, article and ``starts``, what its period begins with, are message ids; ``at_once`` is
    whether that is the record itself.
    """

    key: str
    name: str
    article: str
    starts: str
    at_once: bool
    period: Period
    since: date
    sure: bool


@dataclass(frozen=True)
class Rule:
    """A rule: clause of the policy, article of law and title (both message ids)."""

    id: str
    clause: str
    article: str
    title: str


@dataclass(frozen=True)
class Profile:
    """The company, as far as it decides which rules apply; ``sales`` in won a year.

    ``sensitive`` covers sensitive information and unique identifiers.
    """

    sales: int = 0
    people: int = 0
    sensitive: bool = False
    marketing: bool = False


_RULES = (
    Rule("1", "S6.1", N_("PIPA 22-2(1)"), N_("Guardian’s consent below the age of 14")),
    Rule("2", "S6.1", "", N_("The policy’s own age gate")),
    Rule("3", "S6.1", N_("Guideline 14(3)"), N_("Guardian’s data goes when consent does not come")),
    Rule("4", "S1.1", N_("PIPA 15(2), 17(2)"), N_("Consent tells everything it has to tell")),
    Rule("5", "S1.1", N_("PIPA 22(1)"), N_("Consent is asked for separately")),
    Rule("6", "S1.1", N_("PIPA 22(3)"), N_("Items that need no consent are listed apart")),
    Rule("7", "S1.1", N_("PIPA 24-2"), N_("Resident numbers only under a statute")),
    Rule("8", "S1.1", N_("PIPA 15(2)"), N_("Changed items or purposes need new consent")),
    Rule("9", "S6.3", N_("PIPA 38(4); Decree 41(2)"), N_("Rights are as easy as collection")),
    Rule("10", "S6.2", N_("PIPA 37(3), 37(4)"), N_("Withdrawn consent is acted on")),
    Rule("11", "S6.2", N_("Network Act 50(8)"), N_("Marketing consent is confirmed again")),
    Rule("12", "S2.1", N_("PIPA 21(1); Guideline 11(1)"), N_("Destruction when the period ends")),
    Rule("13", "S2.1", N_("PIPA 21(3); Guideline 12"), N_("Kept by another law: apart and marked")),
    Rule("14", "S2.2", N_("Decree 16; Safeguards 13"), N_("The method fits the medium")),
    Rule("15", "S2.3", N_("Guideline 11(5)"), N_("Nobody witnesses their own work")),
    Rule("16", "S2.1", N_("PIPA 21(1)"), N_("Periods that other statutes command")),
    Rule("17", "S6.2", N_("Decree 41(4), 41(5)"), N_("Access is answered in time")),
    Rule("18", "S6.7", N_("Decree 42(2)"), N_("Refusals are told in time and on a legal ground")),
    Rule("19", "S6.2", N_("Decree 43(3)"), N_("Corrections and deletions are told in time")),
    Rule("20", "S6.2", N_("Decree 44(2)"), N_("Suspensions are told in time")),
    Rule("21", "S6.4", N_("Decree 46(1)"), N_("Nothing is done before the identity is checked")),
    Rule("22", "S6.4", N_("Decree 45(2)"), N_("An agent’s mandate is on file")),
    Rule("23", "S6.5", N_("PIPA 73(1)1"), N_("What is disputed is neither used nor given")),
    Rule("24", "S6.6", N_("PIPA 36; Decree 43(2)"), N_("Recipients hear of a correction")),
    Rule("25", "S6.2", N_("Decree 47"), N_("Fees stay within the actual cost")),
    Rule("26", "S6.2", N_("PIPA 20(1); Guideline 10"), N_("The source of data is told")),
    Rule("27", "S3.1", N_("PIPA 17, 18(2)"), N_("A provision stands on consent or on a law")),
    Rule("28", "S4.1", N_("PIPA 26(1); Decree 28(1)"), N_("Contracts have the seven clauses")),
    Rule("28-8", "S4.1", N_("PIPA 28-8(1)"), N_("Data goes abroad on a ground of its own")),
    Rule("29", "S4.1", N_("PIPA 26(2); Decree 28(2)"), N_("The list of processors is posted")),
    Rule("30", "S4.2", N_("PIPA 26(3); Decree 28(5)"), N_("Marketing by others is told to people")),
    Rule("31", "S4.1", N_("PIPA 26(6)"), N_("Sub-consignment only with consent")),
    Rule("32", "S4.1", N_("PIPA 26(4)"), N_("Processors are inspected and trained every year")),
    Rule("43", "S8.2③", N_("PIPA 28(1)"), N_("The pledge comes before the first access")),
    Rule("42", "S8.2②", N_("PIPA 28(2)"), N_("Whoever handles personal data is trained yearly")),
    Rule("44", "S8.2④", N_("Safeguards (access rights)"), N_("Access ends on leaving")),
    Rule("45", "S8.2①", N_("Safeguards (access rights)"), N_("The history of rights is kept")),
    Rule("46", "S8.2①", N_("Safeguards (access rights)"), N_("One account for one person")),
    Rule("48", "S8.1", "", N_("Passwords of the systems are strong enough")),
    Rule("47", "S8.1①", N_("Safeguards 5(6)"), N_("Accounts lock after wrong passwords")),
    Rule("49", "S8.1①", N_("Decree 30(1)4"), N_("Passwords are stored one-way")),
    Rule("50", "S8.1④", N_("Safeguards 6"), N_("Idle log-ins end; outside access is strong")),
    Rule("55", "S8.1", N_("Safeguards 4"), N_("The internal plan is reviewed every year")),
    Rule("57", "S5.2", N_("PIPA 20-2; Decree 15-3"), N_("Usage history is notified once a year")),
    Rule("59", "S6.2", N_("Decree 42-2, 42-6(11)"), N_("Transmission is answered and logged")),
    Rule("60", "S5.2", N_("Decree 51-2; PIPA 47(3)"), N_("Mediation is answered in time")),
    Rule("61", "S6.2", N_("Decree 44-3(5)"), N_("Automated decisions are explained in time")),
    Rule("S1.1", "S1.1", N_("PIPA 3(1), 16(1)"), N_("Only what a purpose needs is collected")),
    Rule("S1.2", "S1.2", N_("PIPA 30(1)"), N_("Only items that the policy names")),
    Rule("S1.3", "S1.3", N_("PIPA 15(1)"), N_("Each purpose stands on a legal basis")),
    Rule("S2.1", "S2.1", N_("PIPA 21(1), 30(1)2"), N_("Each purpose has a retention period")),
    Rule("S2.2", "S2.2", N_("PIPA 21(1)"), N_("Prints and exports are destroyed by their day")),
    Rule("S3.1", "S3.1", N_("PIPA 17(1)"), N_("Nothing goes out without a second approval")),
    Rule("S3.2", "S3.2", N_("PIPA 18(2)2"), N_("Demands of authorities are decided and answered")),
    Rule("S4.1", "S4.1", N_("PIPA 26(1), 21(1)"), N_("Ended contracts leave no data behind")),
    Rule("S4.3", "S4.3", N_("PIPA 3(1)"), N_("No processor gets more than its work needs")),
    Rule("S5.1", "S5.1", N_("PIPA 31(1)"), N_("A chief privacy officer is appointed")),
    Rule("S5.2", "S5.2", "", N_("Objections are answered quickly and sincerely")),
    Rule("S5.4", "S5.4", "", N_("Inquiries are answered within the office’s 24 hours")),
    Rule("S6.2", "S6.2", N_("PIPA 35(3), 36(2), 37(2)"), N_("Places do what a person asked for")),
    Rule("S6.4", "S6.4", "", N_("Answered cases are closed")),
    Rule("S9.1", "S9.1", "", N_("Infringement reports are answered")),
    Rule("S8.2①", "S8.2①", N_("PIPA 28(1)"), N_("Only the fewest people handle personal data")),
    Rule("S8.2③", "S8.2③", "", N_("The pledge is renewed where the office wishes it")),
    Rule("S8.2④", "S8.2④", N_("PIPA 59"), N_("Who leaves pledges to stay silent")),
    Rule("clock", "S8.1", N_("PIPA 29"), N_("Days follow the journal when a clock ran ahead")),
    Rule("restored", "S8.1", N_("PIPA 29"), N_("A restored vault is brought up to date")),
    Rule("S8.2②", "S8.2②", N_("PIPA 28(2)"), N_("Training is planned and followed up")),
    Rule("S8.1", "S8.1", N_("PIPA 29"), N_("Safeguards are checked by their day")),
    Rule("S8.1①", "S8.1①", N_("PIPA 29"), N_("Passwords, encryption and file locks hold")),
    Rule("S8.1②", "S8.1②", N_("PIPA 29"), N_("Antivirus is up to date, urgent updates at once")),
    Rule("S8.1③", "S8.1③", N_("PIPA 29"), N_("Personal data is sent encrypted")),
    Rule("S8.1④", "S8.1④", N_("PIPA 29"), N_("Intrusions and weaknesses are watched")),
    Rule("audit", "S8.2③", "", N_("Compliance is audited and findings are put right")),
    Rule("56", "S8.2⑥", N_("PIPA 29"), N_("Zones are entered only from the list, or escorted")),
    Rule("S8.2⑤", "S8.2⑤", N_("PIPA 29"), N_("Users’ data is kept apart from other data")),
    Rule("S8.2⑥", "S8.2⑥", N_("PIPA 29"), N_("Lists of protected zones are reviewed")),
    Rule(
        "51", "S8.1", N_("Safeguards 8(1)"), N_("The access log says who, when, where, whom, what")
    ),
    Rule("52", "S8.1", N_("Safeguards 8(1)"), N_("The access log is kept one year or two")),
    Rule("53", "S8.1", N_("Safeguards 8(2)"), N_("The access log is reviewed every month")),
    Rule("54", "S8.1", N_("Safeguards 8(3)"), N_("Nobody can change the access log unseen")),
    Rule("judged", "S8.1", N_("PIPA 29"), N_("Every record can be judged by the rules")),
    Rule("D6", "S2.3", "", N_("Two officers stand behind a destruction")),
)
RULES: Mapping[str, Rule] = {rule.id: rule for rule in _RULES}

# The texts in statutes.json; here, so that the catalogues find them.
STATUTE_TEXTS = (
    N_("Records of contracts and withdrawals from them"),
    N_("Records of payments and deliveries"),
    N_("Records of complaints and disputes of consumers"),
    N_("Records of labelling and advertising"),
    N_("Records of visits to the web site"),
    N_("from the end of the contract or the withdrawal from it"),
    N_("from the last payment or delivery"),
    N_("from the day the complaint or dispute is settled"),
    N_("from the end of the labelling or advertising"),
    N_("from the day of the visit"),
    N_("Enforcement Decree of the Electronic Commerce Act, art. 6(1)"),
    N_("Enforcement Decree of the Protection of Communications Secrets Act, art. 41"),
)


@cache
def rule_rows() -> tuple[RuleNumber, ...]:
    """Return every dated number, in the order of the file."""
    return tuple(
        RuleNumber(**{**row, "since": date.fromisoformat(row["since"])})
        for row in _rows("law.json")
    )


def rule_row(name: str, on: date) -> RuleNumber:
    """Return the number in force on a day, with its article."""
    found = [row for row in rule_rows() if row.name == name and row.since <= on]
    if not found:
        raise RuleNumberError(name=name, on=on)
    return max(found, key=lambda row: row.since)


@cache
def first_day(name: str) -> date:
    """Return the day on which a legal number came into force for the first time."""
    return min(row.since for row in rule_rows() if row.name == name)


@cache
def rule_number(name: str, on: date) -> int:
    """Return the legal number in force on a day: ``rule_number("destroy.days", today)``."""
    return rule_row(name, on).value


@cache
def term_number(name: str, begun: date) -> int:
    """Return the legal number of a term that begins on a day, such as that of an old contract.

    One begun before there was a number counts with the first there ever was.
    """
    return rule_number(name, max(begun, first_day(name)))


@cache
def statutes(on: date) -> Mapping[str, Statute]:
    """Return the statutes that keep records longer, in force on a day, by key."""
    rows = [
        Statute(
            key=row["key"],
            name=row["name"],
            article=row["article"],
            starts=row["starts"],
            at_once=row["at_once"],
            period=from_serial(row["period"]),
            since=date.fromisoformat(row["since"]),
            sure=row["sure"],
        )
        for row in _rows("statutes.json")
    ]
    in_force = sorted((row for row in rows if row.since <= on), key=lambda row: row.since)
    return {row.key: row for row in in_force}


def _rows(name: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(resource("rules", name).read_text(encoding="utf-8"))
    return rows


def _large(profile: Profile, on: date, name: str) -> bool:
    """Whether the company has the people of ``name``, or fewer but sensitive data."""
    if not _in_force(f"{name}.people", on):
        return False
    if profile.people >= rule_number(f"{name}.people", on):
        return True
    return profile.sensitive and profile.people >= rule_number(f"{name}.people_sensitive", on)


def _in_force(name: str, on: date) -> bool:
    """Whether the law that gives a number was there on a day, such as one of an old list."""
    return on >= min(row.since for row in rule_rows() if row.name == name)


def _files_its_cpo(profile: Profile, on: date) -> bool:
    if not _in_force("cpo_filing.sales", on):
        return False
    return profile.sales > rule_number("cpo_filing.sales", on) and _large(profile, on, "cpo_filing")


def _insured(profile: Profile, on: date) -> bool:
    if not _in_force("liability.sales", on):
        return False
    enough_sales = profile.sales >= rule_number("liability.sales", on)
    return enough_sales and profile.people >= rule_number("liability.people", on)


_CONDITIONS: Mapping[str, Callable[[Profile, date], bool]] = {
    "11": lambda profile, _on: profile.marketing,
    "30": lambda profile, _on: profile.marketing,
    "57": lambda profile, on: _large(profile, on, "usage_notice"),
    "58": _files_its_cpo,
    "59": lambda profile, on: _large(profile, on, "usage_notice"),
    "62": _insured,
}


def applies(rule: str, profile: Profile, on: date) -> bool:
    """Whether a company of this profile meets the rule; rules without a condition always."""
    condition = _CONDITIONS.get(rule)
    return condition is None or condition(profile, on)


def access_log_years(profile: Profile, on: date) -> int:
    """Return how many years access logs are kept (rule 52)."""
    large = profile.sensitive or profile.people >= rule_number("access_log.large_people", on)
    return rule_number("access_log.keep_years_large" if large else "access_log.keep_years", on)
