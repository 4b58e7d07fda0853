"""The note that most registers keep of a record: free text, sealed, out of the table."""

from __future__ import annotations

from privdesk.core.fields import Audience, Field, Kind
from privdesk.core.i18n import N_


def note(slot: int, audience: Audience = Audience.OFFICE) -> Field:
    """Return the field of the note, sealed in ``slot``."""
    return Field(
        "note",
        N_("Note"),
        Kind.NOTE,
        audience,
        slot=slot,
        in_table=False,
        aliases=("remarks", "memo", "비고", "메모"),
    )
