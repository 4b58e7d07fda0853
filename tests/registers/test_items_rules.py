import pytest

from privdesk.core.categories import Category
from privdesk.core.findings import Severity
from privdesk.registers.items.rules import (
    ItemFacts,
    ResidentNumberError,
    UnmappedItemError,
    judge,
    require_mapped,
    require_statute,
)


def test_a_resident_number_needs_a_statute() -> None:
    require_statute("주민등록번호", Category.RESIDENT_NUMBER, "소득세법 제164조")
    for statute in ("", "   "):
        with pytest.raises(ResidentNumberError, match="주민등록번호"):
            require_statute("주민등록번호", Category.RESIDENT_NUMBER, statute)


@pytest.mark.parametrize("category", [c for c in Category if c is not Category.RESIDENT_NUMBER])
def test_other_items_need_none(category: Category) -> None:
    require_statute("item", category, "")


def test_an_item_that_no_purpose_needs_is_not_collected() -> None:
    require_mapped(["name"], {"name", "phone"})
    with pytest.raises(UnmappedItemError, match="hobby"):
        require_mapped(["name", "hobby"], {"name", "phone"})


def test_a_needed_item_of_the_policy_is_fine() -> None:
    assert judge(ItemFacts("I-1", "name"), purposes=1) == ()


def test_an_item_nobody_needs_is_a_breach_once_it_is_kept() -> None:
    (warned,) = judge(ItemFacts("I-1", "hobby"), purposes=0)
    (broken,) = judge(ItemFacts("I-1", "hobby"), purposes=0, values=12)

    assert (warned.severity, warned.rule) == (Severity.WARNING, "S1.1")
    assert (broken.severity, broken.count) == (Severity.BREACH, 12)


def test_an_item_outside_the_policy_is_named_unless_it_checks_the_age() -> None:
    (found,) = judge(ItemFacts("I-1", "birth", in_policy=False), purposes=1)

    assert found.rule == "S1.2"
    assert judge(ItemFacts("I-1", "birth", in_policy=False, for_age_check=True), purposes=1) == ()
