"""A file written or read for a reason: the file is chosen, the reason asked, the work done."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from privdesk.core.i18n import _
from privdesk.core.register import Action, Outcome
from privdesk.ui.page.actiondialog import ActionDialog
from privdesk.ui.page.context import PageContext

Work = Callable[[Path, str], Outcome]


class FileDeed(QObject):
    """Asks for the reason and does the work beside the UI thread."""

    done = Signal(object)  # Outcome

    def __init__(self, context: PageContext, page: QWidget) -> None:
        super().__init__(page)
        self._context, self._page = context, page
        self.dialog: ActionDialog | None = None

    def write(self, action: Action, name: str, kinds: str, work: Work) -> None:
        """Let somebody choose where a file goes, and write it."""
        found, _kind = QFileDialog.getSaveFileName(self._page, _(action.label), name, _(kinds))
        if found:
            self.begin(action, Path(found), work)

    def read(self, action: Action, kinds: str, work: Work) -> None:
        """Let somebody choose a file, and read it."""
        found, _kind = QFileDialog.getOpenFileName(self._page, _(action.label), "", _(kinds))
        if found:
            self.begin(action, Path(found), work)

    def begin(self, action: Action, path: Path, work: Work) -> None:
        """Ask for the reason, then do it; a refusal stands in the dialog."""
        context = self._context
        dialog = ActionDialog(action, path.name, context.tasks, context.service_of, self._page)
        self.dialog = dialog

        def finished(outcome: Outcome) -> None:
            dialog.accept()
            self.done.emit(outcome)

        def submit(values: dict[str, object]) -> None:
            reason = str(values["reason"])
            context.tasks.run(
                self, lambda: work(path, reason), done=finished, failed=dialog.refused
            )

        dialog.on_submit(submit)
        dialog.finished.connect(self._closed)
        dialog.open()

    def _closed(self) -> None:
        self.dialog = None
