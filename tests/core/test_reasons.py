from datetime import date

from privdesk.core.i18n import words
from privdesk.core.periods import years
from privdesk.core.reasons import name, pack, reason, unpack


def test_values_are_put_into_words() -> None:
    why = reason("{n} are kept for {period} under {law}.", n=12_345, period=years(3), law=name("X"))

    assert why.text(words("en")) == "12,345 are kept for 3 years under X."


def test_a_name_with_braces_stays_as_it_is() -> None:
    assert reason("{law}!", law=name("Act {1}")).text(words("en")) == "Act {1}!"
    assert name("Act {1}").text(words("en")) == "Act {1}"


def test_equal_reasons_are_one_in_a_set() -> None:
    assert len({reason("a", n=1), reason("a", n=1)}) == 1


def test_packed_values_come_back_as_they_were() -> None:
    values = {
        "n": 3,
        "day": date(2026, 3, 10),
        "period": years(3),
        "law": reason("{n} §", n=5),
        "item": "이름",
        "none": None,
    }
    assert unpack(pack(values)) == values
