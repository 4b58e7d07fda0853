"""Figures in words: the same on the dashboard, in reports, in workbooks and on the command line."""

from __future__ import annotations

from privdesk.core.board import Pair
from privdesk.core.figures import Figure
from privdesk.core.i18n import N_, Words

NOTHING = "–"
BETTER, WORSE = N_("better"), N_("worse")


def value(figure: Figure | None, say: Words) -> str:
    """Return “1,204”, “20건” or “11 of 12 (92 %)”; a dash where there is nothing to tell."""
    if figure is None:
        return NOTHING
    if figure.of is None:
        unit = say(figure.unit) if figure.unit and say.language == "ko" else ""
        return f"{figure.value:,}{unit}"
    if not figure.of:
        return NOTHING
    return part(figure.value, figure.of, say)


def part(number: int, of: int, say: Words) -> str:
    """Return “11 of 12 (92 %)”; a percentage is never rounded up to all or down to none."""
    told = say(N_("{n} of {of} ({percent} %)"))
    return told.format(n=f"{number:,}", of=f"{of:,}", percent=percent(number, of))


def share(number: int, of: int, say: Words) -> str:
    """Return “92 %”, in Korean “92%”; rounded as in ``part``."""
    return say(N_("{percent} %")).format(percent=percent(number, of))


def percent(number: int, of: int) -> int:
    """Return a percentage, 0 and 100 only where it is exactly that."""
    if not of or number <= 0:
        return 0
    if number >= of:
        return round(100 * number / of)
    return min(max(round(100 * number / of), 1), 99)


def change(pair: Pair, say: Words) -> str:
    """Return “+3”, “−8 pp” or “±0”; nothing where that cannot be said."""
    now, before = pair.now, pair.before
    if before is None:
        return ""
    if now.of is None or before.of is None:
        return _signed(now.value - before.value, "")
    if not now.of or not before.of:
        return ""
    moved = percent(now.value, now.of) - percent(before.value, before.of)
    return _signed(moved, say(N_(" pp")))


def direction(pair: Pair, say: Words) -> str:
    """Return whether that is better or worse; nothing where neither."""
    if pair.better is None:
        return ""
    return say(BETTER if pair.better else WORSE)


def _signed(number: int, unit: str) -> str:
    if not number:
        return f"±0{unit}"
    return f"{'+' if number > 0 else '−'}{abs(number):,}{unit}"
