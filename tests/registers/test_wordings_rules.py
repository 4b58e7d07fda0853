"""When a wording may be put in force: rules 4, 5, 6 and 8 and the numbers of D3, on both sides.

Important content in larger letters (9 pt or more, 20 % more than the rest), by hand:

rest  9 pt x 1.2 = 10.8   so 11 is enough, 10 is not
rest 10 pt x 1.2 = 12     so 12 is enough, 11 is not
rest  7 pt x 1.2 =  8.4   but less than 9 pt is never enough
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from privdesk.core.categories import Part, Separate
from privdesk.core.findings import Severity
from privdesk.registers.consenting import BundledConsentError
from privdesk.registers.wordings.canonical import canonical, digest
from privdesk.registers.wordings.rules import (
    ExemptMissingError,
    InForce,
    NeverRequiredError,
    NothingToldError,
    NotProminentError,
    PartsMissingError,
    WordingFacts,
    important,
    judge,
    require_free,
    require_ready,
    stands_out,
)

TODAY = date(2026, 11, 23)
FOUR: frozenset[Part] = frozenset({Part.PURPOSE, Part.ITEMS, Part.PERIOD, Part.REFUSAL})
READY = WordingFacts("W-1", Separate.USE, {"ko": FOUR}, ways=["bold"])


def ready(**more: object) -> None:
    require_ready(replace(READY, **more), TODAY)  # type: ignore[arg-type]


@pytest.mark.parametrize("missing", list(Part)[:4])
def test_all_four_parts_are_told(missing: Part) -> None:
    ready()
    with pytest.raises(PartsMissingError):
        ready(told={"ko": FOUR - {missing}})


def test_a_provision_tells_the_recipient_as_the_fifth() -> None:
    with pytest.raises(PartsMissingError, match="the recipient"):
        ready(box=Separate.PROVISION)
    ready(box=Separate.PROVISION, told={"ko": FOUR | {Part.RECIPIENT}})


def test_each_language_that_is_begun_is_complete_and_one_is_there() -> None:
    ready(told={"en": FOUR})
    ready(told={"ko": FOUR, "en": FOUR})
    with pytest.raises(PartsMissingError, match="the English text lacks"):
        ready(told={"ko": FOUR, "en": {Part.PURPOSE}})
    with pytest.raises(NothingToldError):
        ready(told={})


def test_a_box_that_would_also_stand_for_another_consent_is_refused() -> None:
    ready(alone=frozenset())
    ready(alone=frozenset({Separate.USE}))
    with pytest.raises(BundledConsentError):
        ready(alone=frozenset({Separate.MARKETING}))


def test_what_needs_no_consent_is_listed_apart_in_each_language() -> None:
    ready(exempt=["Contract"], apart=["ko"])
    ready(exempt=[], apart=[])
    ready(exempt=["Contract"], apart=[], box=Separate.SENSITIVE)
    with pytest.raises(ExemptMissingError, match="Contract"):
        ready(exempt=["Contract"], apart=[])
    with pytest.raises(ExemptMissingError):
        ready(exempt=["Contract"], apart=["ko"], told={"ko": FOUR, "en": FOUR})


@pytest.mark.parametrize(
    ("ways", "size", "rest", "enough"),
    [
        ((), 20, 9, False),
        (("larger",), 11, 9, True),
        (("larger",), 10, 9, False),
        (("larger",), 12, 10, True),
        (("larger",), 11, 10, False),
        (("larger",), 9, 7, True),
        (("larger",), 8, 6, False),
        (("larger",), None, 9, False),
        (("bold",), 9, 9, True),
        (("colour",), None, None, True),
        (("underline",), 5, 9, True),
    ],
)
def test_important_content_stands_out_by_its_numbers(
    ways: tuple[str, ...], size: int | None, rest: int | None, enough: bool
) -> None:
    assert stands_out(ways, size, rest, TODAY) is enough
    if not enough:
        with pytest.raises(NotProminentError, match="9 pt or more and 20 %"):
            ready(ways=ways, size=size, rest=rest)


def test_the_period_is_always_important_and_more_by_the_box() -> None:
    assert important(Separate.USE) == {Part.PERIOD}
    assert important(Separate.MARKETING) == {Part.PERIOD, Part.PURPOSE}
    assert important(Separate.UNIQUE_ID) == {Part.PERIOD, Part.ITEMS}
    assert Part.RECIPIENT in important(Separate.PROVISION)


def test_marketing_and_other_purposes_are_never_required() -> None:
    for box in Separate:
        require_free(box, required=False)
    require_free(Separate.USE, required=True)
    for box in (Separate.MARKETING, Separate.OTHER_PURPOSE):
        with pytest.raises(NeverRequiredError):
            require_free(box, required=True)


STANDING = InForce("W-1", "Newsletter v1", "Newsletter", since=date(2026, 3, 2))


@pytest.mark.parametrize(
    ("changed", "agreed", "count"),
    [
        (None, 5, None),
        (date(2026, 3, 1), 5, None),  # before the wording
        (date(2026, 3, 2), 5, None),  # on its first day: it tells the change already
        (date(2026, 3, 3), 5, 5),
        (date(2026, 3, 3), 0, 1),
    ],
)
def test_a_wording_from_before_a_change_is_asked_again(
    changed: date | None, agreed: int, count: int | None
) -> None:
    found = judge(replace(STANDING, changed=changed, agreed=agreed))

    assert [(one.rule, one.count) for one in found] == ([] if count is None else [("8", count)])


def test_a_wording_outlives_its_purpose_with_a_warning_only() -> None:
    (found,) = judge(replace(STANDING, purpose_in_use=False, changed=TODAY, agreed=3))

    assert (found.rule, found.severity) == ("S1.1", Severity.WARNING)


VALUES = {
    "box": "use",
    "version": 1,
    "required": True,
    "ways": ("bold", "larger"),
    "size": 11,
    "body_size": 9,
    "purpose_ko": " 소식지 발송 ",
    "items_ko": "전자우편\r\n이름",
}


def test_the_hash_is_over_what_was_seen_and_nothing_else() -> None:
    pinned = digest(VALUES)

    assert pinned == digest({**VALUES, "purpose_ko": "소식지 발송", "items_ko": "전자우편\n이름"})
    assert pinned == digest({**VALUES, "ways": ("larger", "bold"), "note": "x", "purpose": "P-1"})
    for name, other in (
        ("box", "marketing"),
        ("version", 2),
        ("required", False),
        ("ways", ("bold",)),
        ("size", 12),
        ("items_ko", "전자우편, 이름"),
        ("items_en", "E-mail"),
    ):
        assert pinned != digest({**VALUES, name: other}), name


def test_the_canonical_form_stays_as_it_was_published() -> None:
    assert canonical({**VALUES, "ways": ("bold",)}) == (
        '{"box":"use","format":"privdesk wording 1","required":true,"shown":{"ways":["bold"]},'
        '"texts":{"en":{},"ko":{"items":"전자우편\\n이름","purpose":"소식지 발송"}},"version":1}'
    )
