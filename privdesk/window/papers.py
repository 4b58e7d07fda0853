"""Issuing papers from the desk: made on the database thread, shown in the preview."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from privdesk.core.i18n import N_, _, current
from privdesk.core.register import Document, Query, Register, Row
from privdesk.flows import issuing, rolling
from privdesk.ui.preview import Issue, Issued, Preview, Refused, Sheet
from privdesk.ui.progress import Progress

if TYPE_CHECKING:
    from privdesk.window.desk import DeskWindow

ISSUING = N_("Issuing {paper}")
DRAFTING = N_("Preparing {paper}")
SHOWN = 50  # papers of one record, the newest
BACKING_UP = N_("Backing up")


class PaperDesk:
    """Prints papers and makes backups for the desk."""

    def __init__(self, window: DeskWindow) -> None:
        self._window = window

    def issue(self, register: Register, document: Document, ref: str | None) -> None:
        """Show a paper; when it goes out, it is numbered, kept and journalled."""
        window, language = self._window, current()

        def work(progress: Progress) -> issuing.Issued:
            progress.stage(_(DRAFTING).format(paper=_(document.label)))
            return issuing.draft(window.desk, document.code, ref, language)

        window.tasks.long(
            window.shell,
            work,
            title=_(document.label),
            done=lambda drafted: self._show(drafted, partial(self._issue, document, ref, language)),
            failed=window.shell.refuse,
        )

    def _issue(
        self, document: Document, ref: str | None, language: str, done: Issued, failed: Refused
    ) -> None:
        window = self._window

        def work(progress: Progress) -> Sheet:
            progress.stage(_(ISSUING).format(paper=_(document.label)))
            return sheet(issuing.issue(window.desk, document.code, ref, language))

        def issued(paper: Sheet) -> None:
            done(paper)
            window.shell.refresh()

        window.tasks.long(window.shell, work, title=_(document.label), done=issued, failed=failed)

    def kept(self, ref: str) -> Sequence[Row]:
        """Return the papers that were issued about a record, newest first."""
        query = Query(where={"about": ref}, sort="id", descending=True)
        found: list[Row] = self._window.desk.service("documents").find(query, SHOWN)
        return found

    def reprint(self, ref: str) -> None:
        """Show an issued paper again, exactly as it was."""
        window = self._window
        window.tasks.run(
            window.shell,
            lambda: issuing.reprint(window.desk, ref),
            done=self._show,
            failed=window.shell.refuse,
        )

    def _show(self, paper: issuing.Issued, issue: Issue | None = None) -> None:
        shown, window = sheet(paper), self._window.shell.window()
        Preview(shown.data, shown.title, shown.file_name, window, issue=issue).open()

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


def sheet(issued: issuing.Issued) -> Sheet:
    """Return a paper as the preview takes it; a draft has no number for its file's name."""
    name = issued.number if issued.ref else issued.title
    return Sheet(issued.data, issued.title, f"{name}.pdf")
