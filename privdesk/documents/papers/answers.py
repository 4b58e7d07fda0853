"""Answers to the questions of a checklist, as papers say them: Yes, No, not applicable."""

from __future__ import annotations

from collections.abc import Mapping

from privdesk.core.i18n import N_, Words

RESULTS = {"yes": N_("Yes"), "no": N_("No"), "na": N_("N/A")}


def counted(say: Words, counts: Mapping[str, int]) -> str:
    """Return how often each answer was given; ``counts`` is by answer, empty for none."""
    told = [f"{say(word)} {counts.get(key, 0)}" for key, word in RESULTS.items()]
    if left := counts.get("", 0):
        told.append(f"{say('Not answered')} {left}")
    return " · ".join(told)


def answered(say: Words, answer: str) -> str:
    """Return an answer as the paper's language calls it; a dash for none."""
    return say(RESULTS[answer]) if answer else "–"


def to_tick(say: Words) -> str:
    """Return a box for each answer, to be ticked by hand."""
    return " ".join(f"□{say(word)}" for word in RESULTS.values())
