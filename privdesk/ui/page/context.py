"""What a register's page is given by whoever wires the desk: everything it does not own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from privdesk.core.register import Document, Query, Register, Row, Service, Shown
from privdesk.ui.importing.ports import Exporter, Importer
from privdesk.ui.page.conditions import Condition
from privdesk.ui.page.plan import ShownPlan
from privdesk.ui.page.saved import Preferences
from privdesk.ui.tasks import Tasks


@dataclass(frozen=True)
class ShownList:
    """What a list shows: its register, what was asked for, the columns in sight, the chips.

    ``view`` names the saved view that is shown, where nothing was changed since.
    """

    register: Register
    query: Query
    columns: tuple[str, ...]
    conditions: tuple[Condition, ...]
    view: str = ""


def _nowhere(_register: str, _ref: str) -> None:
    """Go nowhere: a page on its own."""


@dataclass(frozen=True)
class PageContext:
    """The surroundings of a page.

    ``service_of`` gives the service of another register, or None where this person may
    not see it. ``open_case`` gives the reference of the case at hand, or nothing; it is
    the reason of a reveal; ``case_person`` is whom it is about, where that is known, and
    ``on_case`` has something called whenever another case is at hand. ``new_request``
    begins the case of a person, ``connect_case`` says that the caller is a person,
    ``explain`` tells why a record of a register is due on its day. ``go`` shows a record of
    another register. ``importer`` and ``exporter`` make the hands of the import and export
    pages; ``issue`` prints a paper of one record or, with None, of the list; ``list_out``
    prints the list itself as it is shown, in the clear where a reason is given. ``kept``
    returns the papers issued about a record (on the database thread), ``reprint`` shows one
    of them again. ``plan`` returns what an action would do to records (on the database
    thread), of all its choices or of those that are ticked. ``show`` shows a file that an
    action handed out. ``writes`` is whether the role may change anything; the services refuse
    all the same.
    """

    tasks: Tasks
    today: Callable[[], date]
    service_of: Callable[[str], Service | None]
    preferences: Preferences
    role: str = "officer"
    writes: bool = True
    open_case: Callable[[], str] = lambda: ""
    case_person: Callable[[], str] = lambda: ""
    on_case: Callable[[Callable[[], object]], object] = lambda _then: None
    new_request: Callable[[str], object] | None = None
    connect_case: Callable[[str], object] | None = None
    withdraw: Callable[[str], object] | None = None
    explain: Callable[[str, str], object] | None = None
    go: Callable[[str, str], None] = _nowhere
    importer: Callable[[Service], Importer] | None = None
    exporter: Callable[[Service], Exporter] | None = None
    issue: Callable[[Register, Document, str | None], None] | None = None
    list_out: Callable[[ShownList, str], None] | None = None
    kept: Callable[[str], Sequence[Row]] | None = None
    reprint: Callable[[str], object] | None = None
    show: Callable[[Shown], object] | None = None
    plan: Callable[[str, Sequence[str], Sequence[str] | None], ShownPlan] | None = None
