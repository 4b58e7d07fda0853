"""The page of the audits: the questions of one are answered all on one page."""

from __future__ import annotations

from privdesk.core.i18n import N_
from privdesk.core.register import Action
from privdesk.registers.audits.found import AUDITING
from privdesk.ui.questions.register import QuestionsPage

ANSWER = Action(
    "answer",
    N_("Answer the questions"),
    "",
    states=("planned",),
    roles=AUDITING,
    help=N_("All questions on one page: Y, N or A, what was found, and the proof."),
)


class AuditsPage(QuestionsPage):
    """The register's page; an audit that is planned opens as a page of questions."""

    ANSWER = ANSWER
