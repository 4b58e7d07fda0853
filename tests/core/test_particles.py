"""A particle agrees with the word before it, as Koreans read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

import pytest
from catalogues import Catalogues, Translation, placeholders

from privdesk.core.errors import NotFoundError, UnknownNameError
from privdesk.core.i18n import Words
from privdesk.core.particles import FORMS, MARK, particle, template
from tests.particles import both_forms


@cache
def translations() -> Sequence[Translation]:
    """Return every text of the catalogues in Korean."""
    return tuple(Catalogues().translations)


@pytest.mark.parametrize(
    ("word", "object_", "towards"),
    [
        ("홍길동", "을", "으로"),
        ("김서아", "를", "로"),
        ("교육실", "을", "로"),
        ("“물류 창고”", "를", "로"),
        ("「회원 명부.」", "를", "로"),
        ("고객센터(본점)", "를", "로"),
        ("예시상사(주)", "를", "로"),
        ("(본점)", "을", "으로"),
        ("예시 (가) (나)", "를", "로"),
        ("\u1112\u1169\u11bc", "을", "으로"),  # 홍, decomposed as some file systems keep it
        ("D-000021-0", "을", "으로"),
        ("S-000001-1", "을", "로"),
        ("S-000001-2", "를", "로"),
        ("S-000001-3", "을", "으로"),
        ("S-000001-4", "를", "로"),
        ("S-000001-5", "를", "로"),
        ("S-000001-6", "을", "으로"),
        ("S-000001-7", "을", "로"),
        ("S-000001-8", "을", "로"),
        ("S-000001-9", "를", "로"),
        ("C-1", "을", "로"),
        ("②", "를", "로"),
        ("1,000", "을", "으로"),
        ("PDF", "를", "로"),
        ("HTML", "을", "로"),
        ("ISMS", "를", "로"),
        ("VPN", "을", "으로"),
        ("HR", "을", "로"),
        ("list.csv", "를", "로"),
        ("list.json", "을", "으로"),
        ("/srv/office.privdesk", "를", "로"),
        ("Web shop", "을", "으로"),
        ("Customers", "를", "로"),
        ("Haneul Parcel", "을", "로"),
        ("Oracle", "을", "로"),
        ("Marketing", "을", "으로"),
        ("Backup", "을", "으로"),
        ("Data", "를", "로"),
        ("", "를", "로"),
        ("…", "를", "로"),
    ],
)
def test_a_particle_agrees_with_the_word_before_it(word: str, object_: str, towards: str) -> None:
    assert particle("을(를)", word) == object_
    assert particle("(으)로", word) == towards


def test_each_particle_has_its_two_forms() -> None:
    said = [template(f"{{name}}{mark}").format(name="길동") for mark in FORMS]
    other = [template(f"{{name}}{mark}").format(name="서아") for mark in FORMS]

    assert [text.removeprefix("길동") for text in said] == [closed for closed, _ in FORMS.values()]
    assert [text.removeprefix("서아") for text in other] == [opened for _, opened in FORMS.values()]
    assert all(both_forms(mark) for mark in FORMS)


def test_the_bracket_and_the_quote_of_the_sentence_itself_are_passed_over() -> None:
    text = template(
        "“{file}”은(는) {place}({kind})을(를) 벗어났고 {n:>3}{unit!s}(으)로 적었습니다."
    )

    told = text.format(file="명부.csv", place="서버", kind="디스크", n=3, unit="건")

    assert told == "“명부.csv”는 서버(디스크)를 벗어났고   3건으로 적었습니다."


def test_what_a_person_wrote_is_left_as_it_was() -> None:
    told = template("“{name}”을(를) 저장했습니다.").format(name="은(는) {name}")

    assert told == "“은(는) {name}”을 저장했습니다."


def test_braces_that_are_meant_stay() -> None:
    assert template("{{name}} {name}이(가)").format(name="표") == "{name} 표가"


def test_a_text_without_particles_is_no_template() -> None:
    assert type(template("{name} 저장")) is str
    assert not MARK.search("동의서(선택)")


def test_every_particle_of_the_catalogues_follows_a_place_that_is_filled_in() -> None:
    after_place = re.compile(r"\{\w+\}[”’\"')\]]*$")

    for translation in translations():
        rest = MARK.split(translation.text)
        assert not both_forms("".join(rest)), translation.text  # spelled as FORMS spell it
        assert all(after_place.search(before) for before in rest[:-1]), translation.text


def test_no_translation_takes_one_form_for_whatever_may_come() -> None:
    fixed = re.compile(r"\{\w+\}[”’\"'\]]*(?:[을를은는이가과와로나](?![가-힣])|으로|이라는|라는)")

    texts = [MARK.sub("¤", translation.text) for translation in translations()]
    assert [text for text in texts if fixed.search(text)] == []


@pytest.mark.parametrize("value", ["영업부", "물류팀", "D-000021-0", "Web shop"])
def test_no_text_of_the_catalogues_shows_both_forms_once_it_is_filled_in(value: str) -> None:
    say = Words("ko")
    filled = {}
    for found in translations():
        if places := placeholders(found.text):
            if found.plural:
                filled[found.id] = say.many(found.id, found.plural, 3)
            else:
                filled[found.id] = say(found.id).format(**dict.fromkeys(places, value))

    assert len(filled) > 300
    assert {text for text in filled.values() if both_forms(text)} == set()


def test_the_sentence_of_a_refusal_has_its_particles() -> None:
    error = NotFoundError(what="보관 장소", ref="L-000021-0")

    assert error.sentence(Words("ko")).startswith("번호가 L-000021-0인 보관 장소가 없습니다.")
    error = UnknownNameError(what="항목", name="shoe")
    assert error.sentence(Words("ko")).startswith("“shoe” 항목이 없습니다.")
