"""The annex to a result notice: the composed answer on paper."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome
from privdesk.documents.paper import Paper
from privdesk.documents.papers import access_annex
from privdesk.documents.papers.access_annex import AccessAnnex
from privdesk.flows.composing import Answer, compose
from privdesk.flows.letters import speaks
from privdesk.flows.told import require_letter
from privdesk.registers.desk import Desk

__all__ = ["annex", "paper_of", "printable_annex", "rehearse", "speaks"]

TOLD = N_(
    "The answer to {ref} is composed: items {items}, purposes {purposes}, replies {replies},"
    " waiting {waiting}. Print it with “privdesk print VAULT annex {ref}”."
)


def annex(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """The annex of a request; who prints it has looked at the person for that request."""
    request = desk.service("requests").number(str(ref))
    require_letter(desk, desk.service("requests").rows([request])[0], "annex")
    return paper_of(desk, compose(desk, request, language), number)


def printable_annex(desk: Desk) -> int | None:
    """Return the newest request that asks for data of somebody who is there."""
    sql = (
        "SELECT max(r.id) FROM requests r JOIN subjects s ON s.id = r.subject"
        " WHERE s.state <> 'destroyed' AND r.kind IN"
        " ('access', 'copy', 'source', 'transmission', 'automated')"
    )
    found = desk.vault.raw.execute(sql).fetchone()[0]
    return None if found is None else int(found)


def paper_of(desk: Desk, answer: Answer, number: str) -> Paper:
    """Return an answer as a paper in its own language."""
    data = AccessAnnex(
        number=number,
        issued_on=desk.today(),
        request=answer.request,
        received_on=answer.received_on,
        person=answer.person,
        name=answer.name,
        values=answer.held,
        uses=answer.purposes,
        given=answer.consents,
        provided=answer.passed,
        sources=answer.sources,
        replies=answer.replies,
        asked=answer.asked,
    )
    return access_annex.build(data, answer.language)


def rehearse(desk: Desk, refs: Sequence[str]) -> Outcome:
    """Compose answers and tell how much they hold, without a value; each is a look."""
    told = []
    for ref in refs:
        answer = compose(desk, desk.service("requests").number(ref))
        told.append(
            _(TOLD).format(
                ref=ref,
                items=len(answer.held),
                purposes=len(answer.purposes),
                replies=len(answer.replies) - len(answer.waiting),
                waiting=len(answer.waiting),
            )
        )
    return Outcome(" ".join(told), tuple(refs))
