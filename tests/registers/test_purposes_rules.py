"""Each rule of a purpose, on both sides of its border."""

from dataclasses import replace
from datetime import date

import pytest

from privdesk.core.categories import Basis, Category, Part, Separate
from privdesk.core.findings import Severity
from privdesk.core.i18n import words
from privdesk.core.periods import Period, days, months, years
from privdesk.registers.purposes.rules import (
    Need,
    PurposeFacts,
    by_consent,
    judge,
    judge_set,
    missing_parts,
    new_consent_reasons,
    separate_needed,
    statutory_period,
)

TODAY = date(2026, 11, 23)
GOOD = PurposeFacts(
    "P-1",
    "Answer inquiries",
    needs=(Need("name"), Need("phone", required=False)),
    basis=Basis.CONSENT,
    retention=years(3),
    refusal="You may refuse; we can then not answer.",
)
SENSITIVE = replace(GOOD, needs=(Need("illness", category=Category.SENSITIVE),))
UNIQUE = replace(GOOD, needs=(Need("passport", category=Category.UNIQUE_ID),))
RESIDENT = replace(GOOD, needs=(Need("number", category=Category.RESIDENT_NUMBER),))
CONTRACT = replace(GOOD, basis=Basis.CONTRACT, refusal="")
TRADE = replace(CONTRACT, statute="contract")

BORDERS = [
    # rule, broken, kept
    ("S1.1", replace(GOOD, needs=()), GOOD),
    ("S1.3", replace(GOOD, basis=None), GOOD),
    ("S1.3", replace(CONTRACT, basis=Basis.LAW), replace(CONTRACT, basis=Basis.LAW, article="A 1")),
    ("S2.1", replace(GOOD, retention=None), GOOD),
    ("4", replace(GOOD, refusal=" "), GOOD),
    ("4", replace(GOOD, refusal=""), CONTRACT),
    (
        "4",
        replace(GOOD, provision=True, separate=frozenset({Separate.PROVISION})),
        replace(GOOD, provision=True, recipient="X", separate=frozenset({Separate.PROVISION})),
    ),
    ("5", SENSITIVE, replace(SENSITIVE, separate=frozenset({Separate.SENSITIVE}))),
    ("5", UNIQUE, replace(UNIQUE, separate=frozenset({Separate.UNIQUE_ID}))),
    ("5", SENSITIVE, replace(SENSITIVE, basis=Basis.LAW, article="A 1")),
    (
        "5",
        replace(GOOD, marketing=True),
        replace(GOOD, marketing=True, separate=frozenset({Separate.MARKETING})),
    ),
    (
        "5",
        replace(GOOD, marketing=True, separate=frozenset({Separate.USE})),
        replace(GOOD, marketing=True, separate=frozenset({Separate.MARKETING})),
    ),
    ("6", replace(CONTRACT, listed_apart=False), replace(CONTRACT, listed_apart=True)),
    ("6", replace(CONTRACT, listed_apart=False), CONTRACT),
    ("6", replace(CONTRACT, listed_apart=False), replace(GOOD, listed_apart=False)),
    ("7", RESIDENT, replace(RESIDENT, needs=(replace(RESIDENT.needs[0], statute="Tax 164"),))),
    ("13", replace(TRADE, separate_place=False), replace(TRADE, separate_place=True)),
    ("13", replace(TRADE, separate_place=False), replace(CONTRACT, separate_place=False)),
    (
        "16",
        replace(TRADE, statute_period=months(59)),
        replace(TRADE, statute_period=years(5)),
    ),
    (
        "16",
        replace(CONTRACT, statute="Medical Service Act"),
        replace(CONTRACT, statute="Medical Service Act", statute_period=years(10)),
    ),
]


@pytest.mark.parametrize(("rule", "broken", "kept"), BORDERS)
def test_a_rule_speaks_on_one_side_of_its_border_only(
    rule: str, broken: PurposeFacts, kept: PurposeFacts
) -> None:
    assert [found.rule for found in judge(broken, TODAY)] == [rule]
    assert judge(kept, TODAY) == ()


def test_every_finding_speaks_of_its_purpose() -> None:
    for _rule, broken, _kept in BORDERS:
        for found in judge(broken, TODAY):
            assert "Answer inquiries" in found.what_text(words("en"))
            assert found.do_text(words("en"))


def test_a_wholly_empty_purpose_says_everything_at_once() -> None:
    assert [f.rule for f in judge(PurposeFacts("P-1", "x"), TODAY)] == ["S1.1", "S1.3", "S2.1"]


def test_consents_to_an_older_wording_are_counted() -> None:
    (found,) = judge(GOOD, TODAY, old_consents=7)

    assert (found.rule, found.count) == ("8", 7)
    assert judge(CONTRACT, TODAY, old_consents=7) == ()


def test_no_separate_place_is_a_breach_once_something_is_kept_apart() -> None:
    here = replace(TRADE, separate_place=False)

    assert judge(here, TODAY)[0].severity is Severity.WARNING
    (found,) = judge(here, TODAY, kept_apart=3)
    assert (found.severity, found.count) == (Severity.BREACH, 3)


def test_consent_tells_four_parts_and_five_for_a_provision() -> None:
    nothing = PurposeFacts("P-1", "")

    assert missing_parts(nothing) == (Part.PURPOSE, Part.ITEMS, Part.PERIOD, Part.REFUSAL)
    assert missing_parts(replace(nothing, provision=True))[-1] is Part.RECIPIENT
    assert missing_parts(GOOD) == ()


def test_several_separate_consents_are_found_together() -> None:
    both = replace(SENSITIVE, marketing=True, provision=True, other_purpose=True)

    assert separate_needed(both) == frozenset(Separate) - {Separate.USE, Separate.UNIQUE_ID}


def test_purposes_with_and_without_consent_make_two_lists() -> None:
    undecided = replace(GOOD, basis=None)

    assert by_consent([GOOD, CONTRACT, undecided]) == ((GOOD,), (CONTRACT,))


CHANGES = [
    (replace(GOOD, needs=(*GOOD.needs, Need("address"))), ["The item “address” is new."]),
    (
        replace(GOOD, needs=(Need("name"), Need("phone"))),
        ["The item “phone” was optional and is now required."],
    ),
    (replace(GOOD, name="Advertise"), ["The purpose itself has changed."]),
    (replace(GOOD, retention=months(37)), ["The retention period is longer."]),
    (replace(GOOD, provision=True, recipient="X"), ["The recipient is new."]),
    (replace(GOOD, needs=(Need("name"),)), []),
    (replace(GOOD, needs=(Need("name", required=False), Need("phone", required=False))), []),
    (replace(GOOD, name="Answer  inquiries "), []),
    (replace(GOOD, retention=months(36)), []),
    (replace(GOOD, retention=days(30)), []),
    (replace(GOOD, basis=Basis.LAW, name="Other"), []),
]


@pytest.mark.parametrize(("new", "said"), CHANGES)
def test_asking_for_more_needs_new_consent_and_asking_for_less_does_not(
    new: PurposeFacts, said: list[str]
) -> None:
    assert [why.text(words("en")) for why in new_consent_reasons(GOOD, new)] == said


def test_a_purpose_that_turns_to_consent_has_to_ask() -> None:
    (why,) = new_consent_reasons(CONTRACT, GOOD)
    assert "did not rest on consent" in why.message


@pytest.mark.parametrize(
    ("statute", "recorded", "kept"),
    [
        ("", None, None),
        ("", years(9), None),
        ("contract", None, years(5)),
        ("contract", years(3), years(5)),
        ("contract", years(7), years(7)),
        ("advertising", None, months(6)),
        ("Medical Service Act", years(10), years(10)),
        ("Medical Service Act", None, None),
    ],
)
def test_the_statute_never_keeps_less_than_it_commands(
    statute: str, recorded: Period | None, kept: Period | None
) -> None:
    purpose = replace(CONTRACT, statute=statute, statute_period=recorded)
    assert statutory_period(purpose, TODAY) == kept


def test_the_policys_own_purposes_are_a_set_up_task() -> None:
    assert judge_set({"S1.3", "S1.4", "S1.5"}) == ()
    (found,) = judge_set({"S1.3", "S1.5"})
    assert found.severity is Severity.SETUP
    assert found.values["clause"] == "S1.4"
