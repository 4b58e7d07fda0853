"""The first step of a destruction that was requested: what was chosen, and why."""

from __future__ import annotations

from privdesk.core.i18n import _
from privdesk.registers.destructions.commands import Standing
from privdesk.registers.destructions.view.contents import ContentView
from privdesk.registers.destructions.view.step import StepFace
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import Card, PlainLabel


class SetSummary(StepFace):
    """Shows the set; nothing in it can be changed any more."""

    def __init__(self) -> None:
        super().__init__()
        self._standing: Standing | None = None
        self.scope = PlainLabel("", "strong", wrap=True)
        self.reason = PlainLabel("", wrap=True)
        card = Card(gap=6)
        card.body.addWidget(self.scope)
        card.body.addWidget(self.reason)
        self.content = ContentView()
        self.body.addWidget(card)
        self.body.addWidget(self.content)
        self.body.addStretch(1)
        on_language(self, self._speak)

    def tell(self, standing: Standing) -> None:
        """Show the set of a destruction."""
        self._standing = standing
        self.content.show_content(standing.content)
        self._speak()

    def _speak(self) -> None:
        self.heading.setText(_("What is to be destroyed"))
        self.lead.setText(_("The set was signed with the request; it cannot grow any more."))
        standing = self._standing
        if standing is None:
            return
        self.scope.setText(_scope(standing))
        self.reason.setText(_("Reason: {reason}").format(reason=standing.reason))


def _scope(standing: Standing) -> str:
    if standing.scope == "due" and standing.file:
        words = _("What was due by {day} in the file “{file}”")
        return words.format(day=standing.due_by, file=standing.file)
    if standing.scope == "due":
        return _("Everything that was due by {day}").format(day=standing.due_by)
    if standing.scope == "file":
        return _("The whole file “{file}”").format(file=standing.file)
    return _("Chosen people")
