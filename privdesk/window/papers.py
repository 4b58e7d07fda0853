"""Issuing papers from the desk: made on the database thread, shown in the preview."""

from __future__ import annotations

from typing import TYPE_CHECKING

from privdesk.core.i18n import N_, _, current
from privdesk.core.register import Document, Register
from privdesk.flows import issuing, rolling
from privdesk.ui.preview import Preview
from privdesk.ui.progress import Progress

if TYPE_CHECKING:
    from privdesk.window.desk import DeskWindow

ISSUING = N_("Issuing {paper}")
BACKING_UP = N_("Backing up")


class PaperDesk:
    """Prints papers and makes backups for the desk."""

    def __init__(self, window: DeskWindow) -> None:
        self._window = window

    def issue(self, register: Register, document: Document, ref: str | None) -> None:
        """Issue a paper and show it; it is numbered, kept and journalled."""
        window = self._window

        def work(progress: Progress) -> issuing.Issued:
            progress.stage(_(ISSUING).format(paper=_(document.label)))
            return issuing.issue(window.desk, document.code, ref, current())

        window.tasks.long(
            window.shell,
            work,
            title=_(document.label),
            done=self.show,
            failed=window.shell.refuse,
        )

    def show(self, issued: issuing.Issued) -> None:
        """Show an issued paper."""
        preview = Preview(
            issued.data, issued.title, f"{issued.number}.pdf", self._window.shell.window()
        )
        preview.open()

    def back_up(self) -> None:
        """Write a backup now."""
        window = self._window

        def work(progress: Progress) -> str:
            progress.stage(_(BACKING_UP))
            return rolling.backup_desk(window.desk).path.name

        def told(name: str) -> None:
            window.shell.tell(_(N_("Backup {name} was written and opened.")).format(name=name))
            window.shell.refresh_status()

        window.tasks.long(
            window.shell, work, title=_(BACKING_UP), done=told, failed=window.shell.refuse
        )
