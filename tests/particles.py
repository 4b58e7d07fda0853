"""What looks like a particle in both its forms: nobody may meet it on a screen or a paper."""

from __future__ import annotations

import re

_BOTH = re.compile(r"[을를은는이가과와]\([을를은는이가과와]\)|\((?:으|이|여)\)[가-힣]")


def both_forms(text: str) -> list[str]:
    """Return every place of a text where both forms of a particle are left standing."""
    return _BOTH.findall(text)
