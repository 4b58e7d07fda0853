"""Each rule on staff, partners and safety, judged one step before its border and one after."""

from __future__ import annotations

import pytest

from privdesk.core.errors import DomainError
from privdesk.core.rulebook import RULES
from tests.registers.borders import BORDERS, Border, Told

HERE = sorted({border.rule for border in BORDERS})


def told(border: Border, case: object) -> set[Told]:
    """Return how the rule speaks of a case: severities, or the error that refuses it."""
    try:
        found = [one for one in border.found(case) if one.rule == border.rule]
    except DomainError as refused:
        return {border.after if refused.__class__ is border.after else refused.__class__}
    for one in found:
        rule = RULES[one.rule]
        assert (one.clause, one.article) == (rule.clause, rule.article)
        for text in (one.what_text(), one.do_text()):
            assert text
            assert "{" not in text
    return {one.severity for one in found}


@pytest.mark.parametrize("rule", HERE)
def test_a_rule_speaks_from_its_border_on_and_not_before(rule: str) -> None:
    mine = [border for border in BORDERS if border.rule == rule]

    sides = {one.of: (told(one, one.within), told(one, one.beyond)) for one in mine}

    assert sides == {one.of: ({one.before} - {None}, {one.after}) for one in mine}
