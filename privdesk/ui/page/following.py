"""What a page says after something was done: the sentence, and the paper that comes next."""

from __future__ import annotations

from privdesk.core.i18n import _
from privdesk.core.register import Outcome
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.flash import PageFlash


def tell(flash: PageFlash, outcome: Outcome, context: PageContext) -> None:
    """Say what was done; where a paper belongs to it, offer to print it."""
    if outcome.go is not None:
        context.go(*outcome.go)
    issue = context.issue
    service = context.service_of(outcome.paper[0]) if outcome.paper is not None else None
    if outcome.paper is None or service is None or issue is None:
        flash.tell(outcome.message)
        return
    _register, code, ref = outcome.paper
    register = service.register
    paper = next((one for one in register.documents if one.code == code), None)
    if paper is None:
        flash.tell(outcome.message)
        return
    words = _("Print: {paper}…").format(paper=_(paper.label))
    flash.offer_next(outcome.message, words, lambda: issue(register, paper, ref))
