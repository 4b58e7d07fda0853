"""The faces, and the check of every sign."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from privdesk.core import resources
from privdesk.documents import faces
from privdesk.documents.errors import FaceDamagedError, FaceMissingError


def test_the_text_faces_have_every_modern_syllable_and_the_ks_hanja() -> None:
    syllables = {chr(code) for code in range(0xAC00, 0xD7A4)}
    hanja = {
        sign
        for row in range(0xCA, 0xFE)
        for cell in range(0xA1, 0xFF)
        for sign in bytes((row, cell)).decode("euc_kr", "ignore")
    }
    latin = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA1, 0xAD))}
    others = set("①⑳㈜「」『』〈〉《》·…※§°℃₩€‘’“”–—→□■○●△▲▽▼◇◆☆★")

    for bold in (False, True):
        missing = (syllables | hanja | latin | others) - set(faces.text_face(bold).widths)
        assert not missing


def test_figures_have_one_width() -> None:
    for bold in (False, True):
        assert len({faces.text_face(bold).widths[figure] for figure in "0123456789"}) == 1


def test_a_sign_missing_from_the_text_face_comes_from_the_next() -> None:
    assert [f.name for f, _ in faces.runs(faces.clean("가赵⅓"))] == [
        "PrivdeskSerif-Regular",
        "PrivdeskHan-Regular",
        "PrivdeskSigns-Regular",
    ]


def test_a_sign_that_no_face_has_is_written_in_words() -> None:
    assert faces.clean("최😀웃음") == "최<U+1F600>웃음"


@pytest.mark.parametrize(
    "sign", ["\u202e", "\u200b", "\x00", "\ufeff", "\ue000", "\ud800", "\u00ad"]
)
def test_signs_that_could_deceive_are_written_in_words(sign: str) -> None:
    assert faces.clean(f"가{sign}나") == f"가<U+{ord(sign):04X}>나"


def test_decomposed_hangul_is_composed() -> None:
    assert faces.clean(unicodedata.normalize("NFD", "한글")) == "한글"


def test_everything_that_is_drawn_has_a_glyph() -> None:
    text = "".join(chr(code) for code in range(0x20, 0x3000))
    drawn = faces.runs(faces.clean(text))

    assert all(sign in face.widths for face, part in drawn for sign in part)


def test_the_width_of_mixed_faces_is_the_sum_of_their_widths() -> None:
    whole = faces.width("가赵", 10)

    assert whole == pytest.approx(faces.width("가", 10) + faces.width("赵", 10))


def test_a_missing_face_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resources, "RESOURCES", tmp_path)

    with pytest.raises(FaceMissingError) as refused:
        faces.Face(faces.REGULAR)

    assert "PrivdeskSerif-Regular.ttf" in str(refused.value)


@pytest.mark.parametrize("size", [0, 3, 5000])
def test_a_face_cut_off_is_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    whole = resources.resource("fonts", "paper", f"{faces.REGULAR}.ttf").read_bytes()
    cut = tmp_path / "fonts" / "paper" / f"{faces.REGULAR}.ttf"
    cut.parent.mkdir(parents=True)
    cut.write_bytes(whole[:size])
    monkeypatch.setattr(resources, "RESOURCES", tmp_path)

    with pytest.raises(FaceDamagedError, match=cut.name):
        faces.Face(faces.REGULAR)
