"""People of one name are told apart by the fewest characters that will do."""

from __future__ import annotations

from privdesk.core.apart import Told, Traits, told_apart


def person(year: str, digits: str, place: str = "Web shop", holdings: int = 1) -> Traits:
    return Traits("김*수", year, digits, place, holdings)


def test_of_somebody_alone_nothing_is_shown() -> None:
    assert told_apart([person("1985", "78")]) == (Told(),)


def test_the_place_alone_tells_two_people_apart() -> None:
    alike = [person("1985", "78"), person("1985", "78", "Archive")]

    assert told_apart(alike) == (Told(), Told())


def test_how_many_holdings_there_are_tells_nobody_apart_for_no_caller_can_say_it() -> None:
    alike = [person("1985", "78"), person("1985", "12", holdings=2)]

    assert told_apart(alike) == (Told(digits="78"), Told(digits="12"))


def test_two_digits_are_fewer_than_a_year() -> None:
    alike = [person("1985", "78"), person("1990", "12")]

    assert told_apart(alike) == (Told(digits="78"), Told(digits="12"))


def test_the_year_is_shown_where_the_digits_are_the_same() -> None:
    alike = [person("1985", "78"), person("1990", "78")]

    assert told_apart(alike) == (Told(year="1985"), Told(year="1990"))


def test_both_are_shown_where_neither_alone_is_enough() -> None:
    alike = [person("1985", "78"), person("1985", "12"), person("1990", "78")]

    assert told_apart(alike) == (
        Told("1985", "78"),
        Told("1985", "12"),
        Told("1990", "78"),
    )


def test_people_of_other_names_do_not_count() -> None:
    other = Traits("박*호", "1985", "78", "Web shop", 1)

    assert told_apart([person("1985", "78"), other]) == (Told(), Told())


def test_twins_in_everything_show_no_more_than_tells_the_others() -> None:
    alike = [person("1985", "78"), person("1985", "78"), person("1985", "12")]

    assert told_apart(alike) == (Told(digits="78"), Told(digits="78"), Told(digits="12"))


def test_of_people_alike_in_everything_nothing_is_shown() -> None:
    assert told_apart([person("1985", "78")] * 2) == (Told(), Told())


def test_thirty_of_one_name_are_all_told_apart() -> None:
    thirty = [person(str(1960 + n % 6), f"{n // 6:02d}") for n in range(30)]

    told = told_apart(thirty)

    assert len(set(told)) == 30
    assert all(one.year and one.digits for one in told)
