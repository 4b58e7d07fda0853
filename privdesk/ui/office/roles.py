"""What each role may do, in the order of what it opens."""

from __future__ import annotations

from privdesk.core.i18n import N_

DUTIES = {
    "officer": N_("Sees data subjects, requests and approves destructions, signs papers."),
    "administrator": N_("Manages who may open the vault, but for officers. Sees no data subject."),
    "manager": N_("Prints reports. Holds no key to data subjects."),
    "auditor": N_("Reads registers and checks the journal. Sees no data subject."),
}
ICONS = {"officer": "user", "administrator": "settings", "manager": "sheet", "auditor": "check"}
