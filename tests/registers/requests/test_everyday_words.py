"""Lists of other systems say kinds and channels in everyday words."""

from __future__ import annotations

import pytest

from privdesk.core.faults import Fault
from privdesk.core.i18n import speaking
from privdesk.exchange.convert import convert_value
from privdesk.registers.requests.fields import REGISTER

WORDS = {
    ("channel", "이메일"): "email",
    ("channel", "콜센터"): "phone",
    ("channel", "방문"): "visit",
    ("kind", "철회"): "withdrawal",
    ("kind", "열람"): "access",
}


@pytest.mark.parametrize(("said", "meant"), WORDS.items(), ids=lambda one: str(one))
def test_an_everyday_word_is_understood(said: tuple[str, str], meant: str) -> None:
    name, word = said
    field = REGISTER.field(name)
    assert field is not None
    assert convert_value(field, word) == meant


def test_an_unknown_word_is_answered_with_the_choices_in_the_language_of_the_screen() -> None:
    field = REGISTER.field("channel")
    assert field is not None
    with speaking("ko"):
        found = convert_value(field, "비둘기")
        assert isinstance(found, Fault)
        assert "방문 (visit)" in found.text()
