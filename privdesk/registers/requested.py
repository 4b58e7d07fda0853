"""The request that a record belongs to, for registers beside that of the requests."""

from __future__ import annotations

from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import N_


def request_link() -> Field:
    """Return the field of the request."""
    return Field(
        "request",
        N_("Request"),
        Kind.LINK,
        links_to="requests",
        fixed=True,
        width=120,
        aliases=("요구", "요구 번호", "접수번호"),
        help=N_("The request by which the person asked for it."),
    )
