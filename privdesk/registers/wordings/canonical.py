"""The form of a wording that is hashed: what a person saw, and nothing else.

JSON (RFC 8259) in UTF-8, keys sorted, no spaces: the box, the version, whether consent was
required, the texts by language and part with white space at their ends taken off and line ends
as LF in Unicode NFC, and how important content was shown. References of this vault are no part
of it, so that the same text has the same hash in another one.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Mapping
from typing import Any

from privdesk.registers.wordings.fields import LARGER, TEXTS

FORMAT = "privdesk wording 1"
LANGUAGES = ("ko", "en")


def texts(values: Mapping[str, Any], language: str) -> dict[str, str]:
    """Return the parts that are told in a language, by name; empty ones are left out."""
    found = {part: _plain(values.get(f"{part}_{language}")) for part in TEXTS}
    return {part: text for part, text in found.items() if text}


def canonical(values: Mapping[str, Any]) -> str:
    """Return the canonical form of a wording's values."""
    ways = sorted(values.get("ways") or ())
    sizes = {"size": values.get("size"), "rest": values.get("body_size")} if LARGER in ways else {}
    whole = {
        "format": FORMAT,
        "box": str(values["box"]),
        "version": int(values["version"]),
        "required": bool(values.get("required")),
        "texts": {language: texts(values, language) for language in LANGUAGES},
        "shown": {"ways": ways, **sizes},
    }
    return json.dumps(whole, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether two wordings tell and show the same, whatever their versions are."""
    return canonical({**one, "version": 0}) == canonical({**other, "version": 0})


def digest(values: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a wording's values, in hexadecimal."""
    return hashlib.sha256(canonical(values).encode()).hexdigest()


def _plain(text: object) -> str:
    lines = str(text or "").replace("\r\n", "\n").replace("\r", "\n").strip()
    return unicodedata.normalize("NFC", lines)
