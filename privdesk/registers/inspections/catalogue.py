"""Checklists: the questions of the supervision of processors, in versions."""

from __future__ import annotations

from privdesk.core.i18n import N_
from privdesk.registers.questionnaires import Catalogue

SHIPPED = "processor"


class Checklists(Catalogue):
    """Service of the checklists."""

    NAME = N_("Supervision of processors")
    SHIPPED = SHIPPED
