"""Which text somebody agreed to: its version and hash."""

from __future__ import annotations

from dataclasses import dataclass

from privdesk.core.register import Row
from privdesk.registers.desk import Desk


@dataclass(frozen=True)
class Wording:
    """The text a person saw; empty where it is not known."""

    version: str = ""
    digest: str = ""
    ref: str = ""


def wording_of(desk: Desk, consent: Row) -> Wording:
    """Return the wording that a consent was given to, if it is known."""
    ref = str(consent.values.get("wording") or "")
    if not ref:
        return Wording()
    values = desk.service("wordings").get(ref).values
    return Wording(str(values.get("version") or ""), str(values.get("digest") or ""), ref)
