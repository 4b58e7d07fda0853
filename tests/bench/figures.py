"""A measured figure with its target and its yardstick from the same run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured; ``yardstick`` is the same without encryption (or without us).

    ``note`` says what was counted in or left out, where that is not plain.
    """

    what: str
    value: float
    unit: str = "ms"
    yardstick: float | None = None
    target: float | None = None
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the figure is within its target."""
        return self.target is None or self.value <= self.target

    @property
    def verdict(self) -> str:
        """Say whether the target was met, or by how much it was missed."""
        if self.target is None:
            return ""
        return "met" if self.met else f"missed by {self.value / self.target - 1:.0%}"


def share(values: Sequence[float], part: float) -> float:
    """Return the value below which this part of the values lies (0.95: p95)."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


def show(figures: Iterable[Figure]) -> None:
    """Print figures as a table."""
    print(f"{'':56}{'measured':>14}{'yardstick':>12}{'ratio':>7}{'target':>10}")
    for figure in figures:
        print(line(figure))


def line(figure: Figure) -> str:
    """Return a figure as a line of the table."""
    beside = ratio = ""
    if figure.yardstick is not None:
        beside = f"{figure.yardstick:,.2f}"
        ratio = f"{figure.value / figure.yardstick:.2f}" if figure.yardstick else ""
    target = "" if figure.target is None else f"{figure.target:,.4g}"
    told = f"  {figure.verdict}" + (f"  ({figure.note})" if figure.note else "")
    return (
        f"{figure.what:56}{figure.value:>10,.2f} {figure.unit:3}{beside:>12}{ratio:>7}"
        f"{target:>10}{told}"
    )
