"""Which pages stand in which group of the rail, and which need the keys of people."""

from __future__ import annotations

from collections.abc import Iterable

from privdesk.core.i18n import N_
from privdesk.core.register import Register

GROUPS = (
    (
        "people",
        N_("Subjects"),
        "people",
        (
            "subjects",
            "requests",
            "enclosures",
            "consents",
            "freezes",
            "collection-points",
            "point-items",
            "wordings",
        ),
    ),
    (
        "life-cycle",
        N_("Life cycle"),
        "life-cycle",
        ("holdings", "files", "places", "destructions", "orders", "retrievals", "imports"),
    ),
    (
        "partners",
        N_("Partners"),
        "partners",
        (
            "processors",
            "consignments",
            "inspections",
            "inspection-answers",
            "checklists",
            "publications",
            "partner-papers",
            "provisions",
            "demands",
            "corrections",
        ),
    ),
    (
        "staff",
        N_("Staff"),
        "staff",
        (
            *("staff", "pledges", "courses", "sessions", "attendances"),
            *("rosters", "access-rights", "rights-reviews", "reviewed-rights"),
            *("departures", "handovers"),
        ),
    ),
    (
        "safety",
        N_("Safety"),
        "safety",
        (
            "safety",
            *("audits", "audit-answers", "audit-findings", "audit-questions"),
            *("safeguards", "safeguard-checks", "virus-alerts", "safety-papers"),
            *("zones", "visits", "zone-permits", "zone-reviews", "zone-logs"),
            *("place-inspections", "reentries"),
        ),
    ),
    ("policy", N_("Policy"), "policy", ("purposes", "items")),
    ("documents", N_("Documents"), "documents", ("documents", "reports", "templates")),
    ("journal", N_("Journal"), "journal", ("journal", "log-reviews", "log-marks")),
)
PEOPLE_ONLY = (
    *("subjects", "holdings", "consents", "requests", "enclosures", "imports", "orders"),
    *("retrievals", "demands", "freezes", "corrections"),
)


def rooms(registers: Iterable[Register]) -> list[tuple[str, str, str, tuple[str, ...]]]:
    """Return key, label, icon and pages of each group; a register not named here ends its own."""
    named = {name for *_group, names in GROUPS for name in names}
    others = [each for each in registers if each.name not in named]
    return [
        (key, label, icon, (*names, *(other.name for other in others if other.group == key)))
        for key, label, icon, names in GROUPS
    ]
