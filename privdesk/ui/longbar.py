"""The bar at the bottom of the page that shows long work, with Cancel."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QProgressBar, QWidget

from privdesk.core.i18n import _
from privdesk.ui import fonts, tokens
from privdesk.ui.tasks import LongWork, Tasks
from privdesk.ui.widgets import PlainLabel, Plane, button, column, row

_EVERY = 100  # milliseconds


class WorkLine(QWidget):
    """One piece of long work: what it is, which stage, how far, Cancel."""

    def __init__(self, work: LongWork) -> None:
        super().__init__()
        self.work = work
        self.title = PlainLabel(work.title, "strong")
        self.stage = PlainLabel("", "muted")
        self.share = PlainLabel("")
        self.share.setFont(fonts.font(tokens.BODY, tabular=True))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.cancel = button("", work.progress.stop)
        words = row(None, self.title, self.stage, None, self.share, gap=10)
        row(self, column(None, words, self.bar, gap=6), 16, self.cancel, margin=(20, 8))
        self.refresh()

    def refresh(self) -> None:
        """Show where the work stands now."""
        progress = self.work.progress
        stand = progress.stand
        fraction = stand.fraction
        stage = _(stand.stage)
        self.stage.setText("" if stage == self.title.text() else stage)
        self.bar.setRange(0, 0 if fraction is None else 1000)
        if fraction is not None:
            self.bar.setValue(round(fraction * 1000))
        self.share.setText("" if fraction is None else f"{fraction:.0%}")
        self.cancel.setEnabled(stand.stoppable and not progress.stopping)
        if progress.stopping:
            self.cancel.setText(_("Stopping…"))
        elif stand.stoppable:
            self.cancel.setText(_("Cancel"))
        else:
            self.cancel.setText(_("Cannot be stopped now"))
        self.setAccessibleName(f"{self.title.text()} {self.stage.text()} {self.share.text()}")


class LongBar(Plane):
    """Shows all long work of a task runner; hidden when there is none."""

    def __init__(self, tasks: Tasks) -> None:
        super().__init__("foot")
        self.lines: list[WorkLine] = []
        self._column = column(self, gap=0)
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY)
        self._timer.timeout.connect(self.refresh)
        tasks.long_started.connect(self._begin)
        tasks.long_ended.connect(self._end)
        self.hide()

    def refresh(self) -> None:
        """Show where everything stands now."""
        for line in self.lines:
            line.refresh()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.refresh()

    def _begin(self, work: LongWork) -> None:
        line = WorkLine(work)
        self.lines.append(line)
        self._column.addWidget(line)
        self._timer.start()
        self.show()

    def _end(self, work: LongWork) -> None:
        for line in [line for line in self.lines if line.work is work]:
            self.lines.remove(line)
            self._column.removeWidget(line)
            line.deleteLater()
        if not self.lines:
            self._timer.stop()
            self.hide()
