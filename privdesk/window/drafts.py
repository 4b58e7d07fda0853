"""Unfinished forms outlive a lock: sealed in the vault, given back to the same person."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from privdesk.flows.ownthings import Kept

if TYPE_CHECKING:
    from privdesk.registers.desk import Desk
    from privdesk.ui.shell import Shell
    from privdesk.window.run import Session


def keep_drafts(session: Session) -> Callable[[Desk], None]:
    """Collect the drafts of all pages (UI thread); return what stores them (database thread).

    The page in view comes last: a form that asks before it is left can only be there, so
    that giving the others back does not meet it.
    """
    shell: Any = session.window.page
    pages = shell.pages() if hasattr(shell, "pages") else {}
    ordered = sorted(pages.items(), key=lambda one: one[0] == shell.current)
    drafts = {name: found for name, page in ordered if (found := _draft(page))}
    return lambda desk: Kept(desk, "drafts").write(drafts)


def give_back(shell: Shell, drafts: dict[str, Any]) -> None:
    """Put each draft back into the form of its page."""
    for name, draft in drafts.items():
        page: Any = shell.open(name)
        if page is not None and hasattr(page, "restore"):
            page.restore(draft)


def _draft(page: Any) -> Any:
    return page.draft() if hasattr(page, "draft") else None
