"""A sentence that a rule gives: message id and values, put into words only at the edge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from privdesk.core.i18n import Words, current, words


@dataclass(frozen=True)
class Reason:
    """Why something is as it is; ``values`` fill the named places of ``message``."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def text(self, in_words: Words | None = None) -> str:
        """Return the sentence in the screen's language or that of ``in_words``."""
        say = in_words or words(current())
        return say(self.message).format(**self.values)


def reason(message: str, **values: object) -> Reason:
    """Return a reason; ``message`` is marked with ``N_`` by the caller."""
    return Reason(message, values)
