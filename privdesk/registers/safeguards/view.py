"""The page of the safeguards: the generic page, and the shipped list in one go."""

from __future__ import annotations

from collections.abc import Callable

from privdesk.core.i18n import _
from privdesk.core.register import Outcome, Service
from privdesk.registers.safeguards.commands import SafeguardCommands
from privdesk.ui.page.context import PageContext
from privdesk.ui.page.page import RegisterPage
from privdesk.ui.theme import on_language
from privdesk.ui.widgets import button


class SafeguardsPage(RegisterPage):
    """All safeguards; whoever has none takes the shipped list over."""

    def __init__(self, service: Service, context: PageContext, commands: SafeguardCommands) -> None:
        self._commands = commands
        super().__init__(service, context)
        self.take = button("", self.take_over, icon="sheet")
        self.take.setVisible(context.writes)
        self.list.nothing_yet.face.offer(self.take)
        on_language(self, self._name)

    def further(self) -> tuple[tuple[str, Callable[[], object]], ...]:
        """Return what the menu of the list offers besides."""
        return ((_("Take over the shipped list"), self.take_over),) if self.context.writes else ()

    def take_over(self) -> None:
        """Enter the shipped safeguards that are missing."""
        self.context.tasks.run(
            self, self._commands.take_over, done=self._taken, failed=self.flash.refuse
        )

    def _taken(self, outcome: Outcome) -> None:
        self.flash.tell(outcome.message)
        self.refresh()

    def _name(self) -> None:
        self.take.setText(_("Take over the shipped list"))
