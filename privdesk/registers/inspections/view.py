"""The page of the inspections: the questions of one are answered all on one page."""

from __future__ import annotations

from privdesk.core.i18n import N_
from privdesk.core.register import Action
from privdesk.ui.questions.register import QuestionsPage

ANSWER = Action(
    "answer",
    N_("Answer the questions"),
    "",
    states=("planned",),
    where=(("kind", ("inspection", "again")),),
    help=N_("All questions on one page: Y, N or A, what is lacking, and the proof."),
)


class InspectionsPage(QuestionsPage):
    """The register's page; an inspection that is planned opens as a page of questions."""

    ANSWER = ANSWER
