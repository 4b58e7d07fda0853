"""Which text somebody agreed to: its version and hash, whether a text or a link says so."""

from __future__ import annotations

from dataclasses import dataclass

from privdesk.core.fields import Kind
from privdesk.core.register import Row
from privdesk.registers.desk import Desk


@dataclass(frozen=True)
class Wording:
    """The text a person saw; ``digest`` is empty where only its version is known."""

    version: str = ""
    digest: str = ""
    ref: str = ""


def wording_of(desk: Desk, consent: Row) -> Wording:
    """Return the wording of a consent.

    The field holds the version as text or links to the register of wordings, which then
    gives version and hash.
    """
    told = str(consent.values.get("wording") or "")
    field = desk.register("consents").field("wording")
    if not told or field is None or field.kind is not Kind.LINK:
        return Wording(told)
    values = desk.service(str(field.links_to)).get(told).values
    return Wording(str(values.get("version") or ""), str(values.get("digest") or ""), told)
