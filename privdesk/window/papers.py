"""Issuing papers from the desk: made on the database thread, shown in the preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from privdesk.core.i18n import N_, _, current, words
from privdesk.core.register import Document, Query, Register, Row, Shown
from privdesk.flows import backing, issuing, lists
from privdesk.ui.page.context import ShownList
from privdesk.ui.preview import Drafted, Issued, Preview, Refused, Sheet, show_draft
from privdesk.ui.progress import Progress

if TYPE_CHECKING:
    from privdesk.core.figures import Span
    from privdesk.window.desk import DeskWindow

ISSUING = N_("Issuing {paper}")
DRAFTING = N_("Preparing {paper}")
SHOWN = 50  # papers of one record, the newest
BACKING_UP = N_("Backing up")


@dataclass(frozen=True)
class _Printing:
    """A paper to be printed: its draft and the paper itself, in a language."""

    title: str
    draft: Callable[[str], issuing.Issued]
    issue: Callable[[str], issuing.Issued]


class PaperDesk:
    """Prints papers and makes backups for the desk."""

    def __init__(self, window: DeskWindow) -> None:
        self._window = window

    def issue(self, register: Register, document: Document, ref: str | None) -> None:
        """Show a paper; when it goes out, it is numbered, kept and journalled.

        A letter to a person opens in the person's language, others in that of the screen.
        """
        window, desk, code = self._window, self._window.desk, document.code
        printing = _Printing(
            _(document.label),
            lambda language: issuing.draft(desk, code, ref, language),
            lambda language: issuing.issue(desk, code, ref, language),
        )
        if not document.personal:
            self._draft(printing)
            return
        window.tasks.run(
            window.shell,
            lambda: issuing.language_of(desk, code, ref),
            done=lambda language: self._draft(printing, language),
            failed=window.shell.refuse,
        )

    def list_out(self, shown: ShownList, reason: str) -> None:
        """Show a register's list as a paper, with a reason in the clear; it goes out the same."""
        desk = self._window.desk
        asked = lists.AskedList(
            shown.register.name, shown.query, shown.columns, shown.conditions, reason, shown.view
        )
        self._draft(
            _Printing(
                shown.view or lists.title(shown.register),
                lambda language: lists.draft(desk, asked, language),
                lambda language: lists.issue(desk, asked, language),
            )
        )

    def figures(self, span: Span) -> None:
        """Show the page of figures as a paper."""
        from privdesk.documents.papers import figures_page
        from privdesk.flows import figurespage

        desk = self._window.desk
        title = _(figures_page.TITLE).format(span=span.label(words(current())))
        self._draft(
            _Printing(
                title,
                lambda language: figurespage.draft(desk, span, language),
                lambda language: figurespage.issue(desk, span, language),
            )
        )

    def show(self, shown: Shown) -> None:
        """Show a sealed file that an action handed out."""
        from privdesk.documents.scans import as_pdf

        data = as_pdf(shown.data)
        window = self._window.shell.window()
        Preview(data, shown.title, f"{shown.title}.pdf", window).open()

    def _draft(self, printing: _Printing, language: str = "") -> None:
        """Show a paper, else in the language of the screen; the preview can ask for another."""
        issue = partial(self._work, printing, printing.issue, ISSUING)
        draft = partial(self._work, printing, printing.draft, DRAFTING)
        shell = self._window.shell
        show_draft(Drafted(language or current(), issue, draft), shell.window(), shell.refuse)

    def _work(
        self,
        printing: _Printing,
        make: Callable[[str], issuing.Issued],
        stage: str,
        language: str,
        done: Issued,
        failed: Refused,
    ) -> None:
        """Make a paper beside the screen."""
        window = self._window

        def work(progress: Progress) -> Sheet:
            progress.stage(_(stage).format(paper=printing.title))
            return sheet(make(language))

        def made(paper: Sheet) -> None:
            done(paper)
            if make is printing.issue:
                window.shell.refresh()

        window.tasks.long(window.shell, work, title=printing.title, done=made, failed=failed)

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
            done=self._show_again,
            failed=window.shell.refuse,
        )

    def _show_again(self, issued: issuing.Issued) -> None:
        paper = sheet(issued)
        Preview(paper.data, paper.title, paper.file_name, self._window.shell.window()).open()

    def back_up(self) -> None:
        """Write a backup now."""
        window = self._window

        def work(progress: Progress) -> str:
            return backing.back_up(window.desk, progress).made.path.name

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
