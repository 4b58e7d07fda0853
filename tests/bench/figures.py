"""A measured figure with its target and its yardstick from the same run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured; ``yardstick`` is the same without encryption (or without us)."""

    what: str
    value: float
    unit: str = "ms"
    yardstick: float | None = None
    target: float | None = None

    @property
    def met(self) -> bool:
        """Whether the figure is within its target."""
        return self.target is None or self.value <= self.target


def share(values: Sequence[float], part: float) -> float:
    """Return the value below which this part of the values lies (0.95: p95)."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


def show(figures: Iterable[Figure]) -> None:
    """Print figures as a table."""
    print(f"{'':52}{'measured':>12}{'yardstick':>12}{'ratio':>7}{'target':>10}")
    for figure in figures:
        beside = ratio = ""
        if figure.yardstick is not None:
            beside = f"{figure.yardstick:,.2f}"
            ratio = f"{figure.value / figure.yardstick:.2f}" if figure.yardstick else ""
        target = "" if figure.target is None else f"{figure.target:,g}"
        mark = "" if figure.met else "  MISSED"
        print(
            f"{figure.what:52}{figure.value:>9,.2f} {figure.unit:2}{beside:>12}{ratio:>7}"
            f"{target:>10}{mark}"
        )
