import pytest

from privdesk.core.resources import resource
from privdesk.ui.tokens import LOOKS, Shades, contrast, tone

READABLE = 4.5
VISIBLE = 3.0

looks = pytest.mark.parametrize("look", LOOKS, ids=lambda look: look.name)


def test_contrast_of_black_on_white_is_21() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)


def test_contrast_does_not_depend_on_the_order() -> None:
    assert contrast("#5B6675", "#FFFFFF") == contrast("#FFFFFF", "#5B6675")


@looks
@pytest.mark.parametrize("ink", ["text", "muted", "accent"])
@pytest.mark.parametrize("behind", ["ground", "surface", "hover", "chosen"])
def test_words_can_be_read_on_every_plane(look: Shades, ink: str, behind: str) -> None:
    assert contrast(getattr(look, ink), getattr(look, behind)) >= READABLE


@looks
@pytest.mark.parametrize(
    ("ink", "behind"),
    [
        ("on_accent", "accent"),
        ("on_accent", "accent_hover"),
        ("on_danger", "danger"),
        ("on_danger", "danger_hover"),
    ],
)
def test_words_on_filled_buttons_can_be_read(look: Shades, ink: str, behind: str) -> None:
    assert contrast(getattr(look, ink), getattr(look, behind)) >= READABLE


@looks
def test_states_can_be_read_on_their_tint_and_on_every_plane(look: Shades) -> None:
    for name, one in look.tones.items():
        for behind in (one.tint, look.surface, look.ground, look.chosen):
            assert contrast(one.ink, behind) >= READABLE, name


@looks
def test_outlines_of_controls_can_be_seen(look: Shades) -> None:
    assert contrast(look.edge, look.surface) >= VISIBLE * 0.97


@looks
def test_every_state_has_its_own_icon(look: Shades) -> None:
    icons = [one.icon for one in look.tones.values()]
    assert len(set(icons)) == len(icons)
    assert all(resource("icons", f"{icon}.svg").is_file() for icon in icons)


@looks
def test_the_drawn_controls_have_the_colours_of_the_look(look: Shades) -> None:
    folder = resource("icons", "controls", look.name)
    for name, colour in {
        "check": look.on_accent,
        "dot": look.on_accent,
        "down": look.muted,
    }.items():
        assert colour in (folder / f"{name}.svg").read_text(encoding="utf-8")


def test_an_unknown_tone_is_plain() -> None:
    assert tone(LOOKS[0], "never heard of") is LOOKS[0].tones["plain"]
