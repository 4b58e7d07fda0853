"""The request that a record belongs to, for registers beside that of the requests."""

from __future__ import annotations

from importlib.util import find_spec

from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_

REQUESTS = "requests"


def request_link() -> Field:
    """Return the field of the request; a bare number where there is no such register."""
    linked = find_spec(f"privdesk.registers.{REQUESTS}") is not None
    return Field(
        "request",
        N_("Request"),
        Kind.LINK if linked else Kind.INTEGER,
        links_to=REQUESTS if linked else None,
        fixed=True,
        width=120,
        aliases=("요구", "요구 번호", "접수번호"),
        help=N_("The request by which the person asked for it."),
    )
