"""Sizes and colours of the desk. No Qt: the stylesheet and the tests read the same numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

BODY, CAPTION, SECTION, TITLE, CLOCK = 13, 12, 15, 20, 32
GRID, ROW, RADIUS = 8, 30, 4
RAIL, RAIL_FOLDED, TOPBAR, STATUSBAR = 208, 52, 44, 26
DETAIL, TASK_ROW = 420, 44
WIDTH, HEIGHT, LEAST_WIDTH, LEAST_HEIGHT = 1440, 900, 1100, 700


@dataclass(frozen=True)
class Tone:
    """How a state looks: ink for icon and word, tint behind it, name of the icon."""

    ink: str
    tint: str
    icon: str
    struck: bool = False


@dataclass(frozen=True)
class Shades:
    """All colours of one look."""

    name: str
    ground: str
    surface: str
    line: str
    edge: str  # outline of what can be typed into or pressed
    text: str
    muted: str
    accent: str
    on_accent: str
    accent_hover: str
    chosen: str  # behind a chosen row
    hover: str  # behind what the pointer is on
    danger: str
    on_danger: str
    danger_hover: str
    tones: Mapping[str, Tone]


def _tones(**inks: tuple[str, str]) -> Mapping[str, Tone]:
    return MappingProxyType(
        {
            name: Tone(ink, tint, name, struck=name == "destroyed")
            for name, (ink, tint) in inks.items()
        }
    )


LIGHT = Shades(
    name="light",
    ground="#F6F7F9",
    surface="#FFFFFF",
    line="#DCE0E6",
    edge="#8D97A5",
    text="#1B2430",
    muted="#5B6675",
    accent="#1F4E8C",
    on_accent="#FFFFFF",
    accent_hover="#183F73",
    chosen="#E6EEF8",
    hover="#EEF1F5",
    danger="#B3261E",
    on_danger="#FFFFFF",
    danger_hover="#8F1E18",
    tones=_tones(
        plain=("#47525F", "#EDF0F3"),
        overdue=("#B3261E", "#FCECEA"),
        soon=("#8A5200", "#FBF0DD"),
        held=("#6A3EA1", "#F2ECF9"),
        kept=("#1F7A4D", "#EDF8F2"),
        destroyed=("#5B6675", "#EDF0F3"),
        waiting=("#1F4E8C", "#E8EFF9"),
    ),
)

DARK = Shades(
    name="dark",
    ground="#14181E",
    surface="#1C222A",
    line="#333C47",
    edge="#6F7B8A",
    text="#E5E9EE",
    muted="#9AA5B3",
    accent="#8AB4F8",
    on_accent="#14181E",
    accent_hover="#A9C8FA",
    chosen="#26344A",
    hover="#252C36",
    danger="#F2958E",
    on_danger="#2A0906",
    danger_hover="#F6B1AC",
    tones=_tones(
        plain=("#B8C1CC", "#2A323C"),
        overdue=("#F2958E", "#3B2324"),
        soon=("#E8B765", "#372C1B"),
        held=("#C6A7EE", "#302640"),
        kept=("#7FCBA3", "#1B3328"),
        destroyed=("#9AA5B3", "#272E37"),
        waiting=("#8AB4F8", "#20304A"),
    ),
)

LOOKS = (LIGHT, DARK)


def tone(shades: Shades, name: str) -> Tone:
    """Return the tone of this name; an unknown one is plain."""
    return shades.tones.get(name, shades.tones["plain"])


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two ``#RRGGBB`` colours (WCAG 2.2, 1.4.3): 1 to 21."""
    bright, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[i : i + 2], 16) / 255) for i in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
