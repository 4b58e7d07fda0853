"""The consent form of a point and the sheet of a wording: as the records say, in both languages."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from privdesk.core.register import Row
from privdesk.documents.preview import page_texts
from privdesk.flows import consent_forms, issuing
from privdesk.flows.consent_forms import NoBoxError, NotInLanguageError
from privdesk.registers.desk import Desk
from tests.copies import copy_office, open_as
from tests.registers.fillings import TEXTS, collects, point, purpose, wording

KOREAN = {
    "purpose_ko": "새 소식 안내",
    "items_ko": "전자우편",
    "retention_ko": "2년",
    "refusal_ko": "거부할 수 있으며 불이익이 없습니다.",
}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Row]]:
    """Return a desk and a point that asks two consents and collects for a contract too."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PRIVDESK_EPOCH_DIR", str(tmp_path_factory.mktemp("epochs")))
        desk = open_as(copy_office(tmp_path_factory.mktemp("office")))
        use, contract = purpose(desk, "Counselling"), purpose(desk, "Contract", basis="contract")
        ads = purpose(desk, "Offers", marketing=True, separate_consents="marketing")
        at = point(desk, "Sign-up", name_en="Sign-up", rights="web, phone")
        for of in (ads, use, contract):
            collects(desk, at, of)
        apart = {"exempt_en": "Contract: E-mail, 2 years", "exempt_ko": "계약: 전자우편, 2년"}
        both = {**KOREAN, "on": "2026-06-01"}
        wording(desk, ads, box="marketing", ways="larger, underline", size=13, **both)
        wording(desk, use, point=at.ref, required=True, **both, **apart)
        yield desk, at
        desk.vault.close()


Made = tuple[Desk, Row]


def words(issued: issuing.Issued) -> str:
    return " ".join(" ".join(page_texts(issued.data)).replace("\u00a0", " ").split())


def test_a_form_asks_each_consent_apart_and_marketing_last(made: Made) -> None:
    desk, at = made
    text = words(issuing.draft(desk, "d3", at.ref, "en"))

    first, second = (text.index(f"{n}. [") for n in (1, 2))
    assert "1. [Required] Consent to collection and use" in text
    assert "2. [Optional] Consent to marketing" in text
    assert text.count("□ I agree □ I do not agree") == 2
    assert text.index("served all the same") > second > first
    assert text.index("Contract: E-mail, 2 years") > text.index("Processed without consent")
    assert "Ways: Web site, By telephone" in text
    assert "Consent of the guardian" not in text


def test_the_same_form_is_printed_in_korean(made: Made) -> None:
    desk, at = made
    issued = issuing.issue(desk, "d3", None, "ko")
    text = words(issued)

    assert issued.number == "D3-2026-0001"
    for told in ("[필수] 개인정보 수집·이용 동의", "새 소식 안내", "계약: 전자우편, 2년", "귀중"):
        assert told in text
    assert "News of the shop" not in text
    assert desk.service("documents").get(issued.ref).values["about"] == at.ref


def test_important_content_is_drawn_as_the_wording_declares(made: Made) -> None:
    desk, at = made
    paper = consent_forms.form(desk, at.ref, "en", "D3-1")
    marks = {
        entry.label: entry.mark
        for block in paper.body
        for part in getattr(block, "blocks", ())
        for entry in getattr(part, "entries", ())
        if entry.mark
    }

    assert set(marks) == {"Purpose", "Retention period"}  # the purpose of the marketing box
    mark = marks["Purpose"]
    assert mark is not None
    assert (mark.size, mark.bold, mark.underlined) == (13.0, False, True)


def test_a_form_for_children_has_a_part_for_the_guardian(made: Made) -> None:
    desk, _at = made
    family = point(desk, "Family form", children=True, min_age=7)
    collects(desk, family, desk.service("purposes").rows(
        [desk.service("purposes").called("Offers")[0]]
    )[0])  # fmt: skip
    text = words(issuing.draft(desk, "d3", family.ref, "en"))

    assert "Consent of the guardian for a child under 14" in text
    assert "destroyed within 5 days" in text
    assert "□ Text message to the guardian’s telephone" in text


def test_a_point_without_wording_and_a_missing_language_are_refused(made: Made) -> None:
    desk, _at = made
    other, of = point(desk, "Call script"), purpose(desk, "Prize draw")
    collects(desk, other, of)
    with pytest.raises(NoBoxError, match="Call script"):
        issuing.draft(desk, "d3", other.ref, "en")

    told = wording(desk, of, on="2026-06-01")
    assert "Prize draw" in words(issuing.draft(desk, "d3", other.ref, "en"))
    with pytest.raises(NotInLanguageError, match=told.ref):
        issuing.draft(desk, "d3", other.ref, "ko")
    desk.service("purposes").act("end", [of.ref], {})  # nobody is asked for it any more
    with pytest.raises(NoBoxError):
        issuing.draft(desk, "d3", other.ref, "en")


def test_the_sheet_of_a_wording_pins_both_texts_down_by_their_hash(made: Made) -> None:
    desk, _at = made
    told = wording(desk, purpose(desk, "Club"), on="2026-11-20", **KOREAN)
    text = words(issuing.issue(desk, "wording", None, "en"))

    for shown in (told.ref, "20 November 2026", "News of the shop", "새 소식 안내"):
        assert shown in text
    assert str(told.values["digest"])[:4].upper() in text
    assert "The text still has this hash." in text

    desk.vault.raw.execute("UPDATE wordings SET size = 30, ways = '[\"larger\"]' WHERE id = ?",
                           (told.id,))  # fmt: skip
    assert "does NOT have this hash" in words(issuing.draft(desk, "wording", told.ref, "en"))


def test_a_draft_is_marked_as_such(made: Made) -> None:
    desk, _at = made
    draft = wording(desk, purpose(desk, "Survey"))
    text = words(issuing.draft(desk, "wording", draft.ref, "en"))

    assert "Nobody may be asked with this text" in text
    assert "What pins it down" not in text


@pytest.mark.parametrize("language", ["ko", "en"])
def test_an_ordinary_form_with_the_guardians_part_is_one_page(made: Made, language: str) -> None:
    desk, _at = made
    child = point(desk, f"Club {language}", children=True, age_asked="birth", rights="web, phone")
    (ads,) = desk.service("purposes").called("Offers")
    (row,) = desk.service("purposes").rows([ads])
    collects(desk, child, row)

    issued = issuing.draft(desk, "d3", child.ref, language)

    assert len(page_texts(issued.data)) == 1
    (shown,) = desk.service("wordings").shown_at(child.id, desk.today())
    assert len(page_texts(issuing.draft(desk, "wording", shown.ref, language).data)) == 1


def test_a_receipt_tells_what_was_seen_in_its_own_language(made: Made) -> None:
    desk, _at = made
    person = desk.service("subjects").create({"name": "김가나"})
    (ads,) = desk.service("purposes").called("Offers")
    (shown,) = desk.service("wordings").meant("v1", ads)
    told = {"subject": person.ref, "purpose": desk.ref("purposes", ads), "at": "2026-06-02"}
    desk.service("consents").create({**told, "wording": desk.ref("wordings", shown)})
    of = purpose(desk, "Counsel by post", refusal="거부할 수 있습니다.")
    desk.set_setting("language", "ko")
    desk.service("consents").create({**told, "purpose": of.ref})

    english = words(issuing.draft(desk, "receipt", person.ref, "en"))
    korean = words(issuing.draft(desk, "receipt", person.ref, "ko"))

    assert KOREAN["refusal_ko"] in korean
    assert KOREAN["refusal_ko"] not in english
    assert TEXTS["refusal_en"] in english
    assert "거부할 수 있습니다. (in Korean only)" in english
    assert "only)" not in korean
