"""Office texts: versions put in force, places filled in as data, and the way back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from privdesk.core.register import Row
from privdesk.flows import issuing
from privdesk.registers.desk import Desk
from privdesk.registers.templates.service import (
    TextBeforeError,
    TextFixedError,
    TextLaterError,
    TextLongAgoError,
    TextMissingError,
)
from privdesk.registers.templating import (
    KINDS,
    Template,
    UnknownPlacesError,
    UnknownTextError,
    kind_of,
    require_known_places,
    shipped,
    text_of,
)
from tests.copies import copy_office, open_as
from tests.registers.fillings import TODAY

CODE = "pledge-joining"


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    """Return the open desk of a copy of one office."""
    made = open_as(copy_office(tmp_path))
    yield made
    made.vault.close()


def own(desk: Desk, text: str = "I keep secrets at {company}.", **values: object) -> Row:
    told = {"code": CODE, "language": "en", "heading": "Our pledge", "text": text, **values}
    found: Row = desk.service("templates").create(told)
    return found


def use(desk: Desk, row: Row, on: str = "") -> None:
    desk.service("templates").act("use", [row.ref], {"on": on})


def said(desk: Desk, on: date = TODAY) -> str:
    return text_of(desk, CODE, "en", on).text


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_text_ships_in_both_languages_with_places_that_are_known(
    kind: object, language: str
) -> None:
    code = kind.code  # type: ignore[attr-defined]
    text = shipped(code, language)

    require_known_places(code, text.heading, text.text)
    filled = text.filled({place.key: f"<{place.key}>" for place in kind_of(code).places})
    assert "<" in filled.text  # something is filled in, by the Korean names as well
    assert "{" not in filled.heading + filled.text


def test_the_shipped_text_counts_until_the_office_puts_its_own_in_force(desk: Desk) -> None:
    draft = own(desk)
    assert text_of(desk, CODE, "en", TODAY) == shipped(CODE, "en")

    use(desk, draft, "2026-11-20")

    assert said(desk) == "I keep secrets at {company}."
    assert text_of(desk, CODE, "en", date(2026, 11, 19)) == shipped(CODE, "en")
    assert text_of(desk, CODE, "ko", TODAY) == shipped(CODE, "ko")


def test_a_new_version_replaces_the_one_before_from_its_day(desk: Desk) -> None:
    first = own(desk)
    use(desk, first, "2026-11-20")
    service = desk.service("templates")
    (ref,) = service.act("new-version", [first.ref], {}).refs
    second = service.update(ref, {"text": "I keep more secrets."})
    use(desk, second, "2026-11-22")

    assert second.values["version"] == 2
    assert said(desk, date(2026, 11, 21)) == "I keep secrets at {company}."
    assert said(desk, date(2026, 11, 22)) == "I keep more secrets."
    assert service.get(first.ref).state == "replaced"
    assert text_of(desk, CODE, "en", TODAY).ref == second.ref


def test_the_way_back_leaves_the_version_and_its_days_on_record(desk: Desk) -> None:
    mine = own(desk)
    use(desk, mine, "2026-11-20")
    service = desk.service("templates")
    service.act("go-back", [mine.ref], {"on": "2026-11-22", "reason": "Ours was too short."})

    assert text_of(desk, CODE, "en", TODAY) == shipped(CODE, "en")
    assert text_of(desk, CODE, "en", date(2026, 11, 22)) == shipped(CODE, "en")
    assert said(desk, date(2026, 11, 21)) == mine.values["text"]
    assert service.history(mine.ref)[0].reason == "Ours was too short."


def test_a_new_text_left_empty_begins_with_the_one_that_counts(desk: Desk) -> None:
    service = desk.service("templates")
    first = service.create({"code": CODE, "language": "en"})
    assert first.values["text"] == shipped(CODE, "en").text

    use(desk, own(desk))
    assert service.create({"code": CODE, "language": "en"}).values["heading"] == "Our pledge"
    korean = service.create({"code": CODE})
    assert korean.values["heading"] == shipped(CODE, "ko").heading


def test_a_text_that_was_in_force_never_changes(desk: Desk) -> None:
    mine = own(desk)
    use(desk, mine)
    service = desk.service("templates")

    with pytest.raises(TextFixedError):
        service.update(mine.ref, {"text": "Something else."})
    with pytest.raises(TextFixedError):
        service.void([mine.ref], reason="a mistake")
    assert service.update(mine.ref, {"note": "Agreed by the union."}).values["note"]


def test_days_are_refused_that_no_paper_could_have_been_printed_on(desk: Desk) -> None:
    mine = own(desk)
    with pytest.raises(TextLaterError):
        use(desk, mine, "2026-11-24")
    use(desk, mine, "2026-11-20")
    with pytest.raises(TextBeforeError):
        use(desk, own(desk), "2026-11-19")
    empty = own(desk, heading="Our pledge", text=" . ")
    desk.service("templates").update(empty.ref, {"heading": ""})
    with pytest.raises(TextMissingError):
        use(desk, empty)


def test_braces_that_nothing_fills_are_refused(desk: Desk) -> None:
    with pytest.raises(UnknownPlacesError) as refused:
        own(desk, "My number is {resident_no}.")
    assert "{resident_no}" in str(refused.value)
    with pytest.raises(UnknownPlacesError):  # of outside staff only
        own(desk, "I belong to {organisation}.")
    with pytest.raises(UnknownTextError):
        text_of(desk, "pledge-dancing", "en", TODAY)


def test_values_are_data_and_particles_fit_them() -> None:
    text = Template(
        CODE, "ko", "{성명}", "{1} { company }을(를) {회사명}은(는) 지킨다. {0} {name.x}"
    )

    filled = text.filled({"company": "가람", "name": "{company} {0}"})

    assert filled.heading == "{company} {0}"
    assert filled.text == "{1} 가람을 가람은 지킨다. {0} {name.x}"


def test_the_preview_shows_the_places_by_name(desk: Desk) -> None:
    mine = own(desk, "1. I keep secrets at {company}.\n2. Also later.")
    drafted = issuing.draft(desk, "template", mine.ref, "en")

    from privdesk.documents.preview import page_texts

    text = " ".join(page_texts(drafted.data))
    assert "〔Company name〕" in text
    assert "Papers do not say this yet" in text


def test_a_text_counts_from_no_day_long_before_it_was_written(desk: Desk) -> None:
    draft = own(desk)
    for day in ("1900-01-01", "2026-10-22"):
        with pytest.raises(TextLongAgoError):
            use(desk, draft, day)
    assert said(desk, date(2026, 10, 24)) == shipped(CODE, "en").text
    use(desk, draft, "2026-10-23")
    assert said(desk, date(2026, 10, 23)) == draft.values["text"]
