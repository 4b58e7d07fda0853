"""States that many registers share."""

from __future__ import annotations

from privdesk.core.i18n import N_
from privdesk.core.register import State

ACTIVE = State("active", N_("In use"), "kept")
VOID = State("void", N_("Void"))
