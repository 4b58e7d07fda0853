"""Where a figure leads: the list behind it, narrowed to what was counted as far as it can be.

A figure that says so itself (``Figure.where``) needs no line here; one that is not here at all
leads to the whole list of its register.
"""

from __future__ import annotations

from collections.abc import Mapping

from privdesk.core.figures import Figure, Span
from privdesk.ui.page.conditions import Condition

Wanted = tuple[str, tuple[str, ...]]

IN_SPAN = "in-span"
_REGISTERS = {"training": "attendances", "access": "access-rights", "findings": "today"}
"""Pages of figures whose key does not begin with the name of their register."""
_HOURS = ("inquiry", "infringement")
_HANDLERS = ("cpo", "privacy_staff", "handler", "manager")
_UNANSWERED = ("received", "identified", "working", "extended")


def _in(day: str) -> Wanted:
    """Return the condition that a day lies in the span."""
    return day, (IN_SPAN,)


_LEADS: Mapping[str, tuple[str, tuple[Wanted, ...]]] = {
    "holdings.people": ("subjects", (("state", ("living", "held")),)),
    "holdings.kept": ("holdings", (("state", ("active", "held", "law")),)),
    "holdings.late": ("holdings", (("state", ("due",)),)),
    "files.used": ("files", (("state", ("active", "due")),)),
    "files.people": ("files", (("holds", ("count",)), ("state", ("active", "due")))),
    "files.due": ("files", (("state", ("due",)),)),
    "consents.given": ("consents", (("kind", ("given", "changed")), _in("at"))),
    "consents.refused": ("consents", (("kind", ("refused",)), _in("at"))),
    "consents.withdrawn": ("consents", (("kind", ("withdrawn",)), _in("at"))),
    "consents.confirmed": ("consents", (("kind", ("confirmed",)), _in("at"))),
    "requests.received": ("requests", (_in("received_at"),)),
    "requests.answered": ("requests", (_in("answered_at"),)),
    "requests.refused": ("requests", (_in("answered_at"), ("result", ("refused", "partial")))),
    "requests.in-time": ("requests", (_in("due_on"),)),
    "requests.24h": ("requests", (("kind", _HOURS), _in("due_on"))),
    "requests.open": ("requests", (("state", _UNANSWERED),)),
    "requests.late": ("requests", (("state", _UNANSWERED), ("due_on", ("past",)))),
    "freezes.set": ("freezes", (_in("since"),)),
    "freezes.released": ("freezes", (_in("released_on"),)),
    "freezes.standing": ("freezes", (("state", ("frozen",)),)),
    "corrections.in-time": ("corrections", (_in("tell_by"),)),
    "destructions.done": ("destructions", (_in("executed_at"),)),
    "destructions.people": ("destructions", (_in("executed_at"),)),
    "destructions.holdings": ("destructions", (_in("executed_at"),)),
    "destructions.backups": ("destructions", (_in("executed_at"),)),
    "destructions.complete": ("destructions", (_in("executed_at"),)),
    "destructions.orders": ("orders", (("state", ("open", "sent", "differs")),)),
    "processors.subs": ("processors", (("state", ("active", "ending")),)),
    "processors.inspected": ("processors", (("state", ("active", "ending")),)),
    "processors.trained": ("processors", (("state", ("active", "ending")),)),
    "consignments.begun": ("consignments", (_in("since"),)),
    "consignments.ended": ("consignments", (_in("ended_on"),)),
    "consignments.standing": ("consignments", (("state", ("active",)),)),
    "consignments.contracts": ("consignments", (("state", ("active",)),)),
    "consignments.notified": (
        "consignments",
        (("state", ("active",)), ("marketing", ("yes",))),
    ),
    "inspections.held": ("inspections", (("kind", ("inspection", "again")), _in("held_on"))),
    "inspections.again": ("inspections", (("kind", ("again",)), _in("held_on"))),
    "inspections.trained": ("inspections", (("kind", ("training",)), _in("held_on"))),
    "inspections.found": ("inspections", (_in("held_on"),)),
    "inspections.lacking": ("inspections", (("state", ("findings",)),)),
    "inspections.late": ("inspections", (("state", ("findings",)),)),
    "publications.posted": ("publications", (_in("posted_on"),)),
    "publications.proved": ("publications", (("state", ("posted",)),)),
    "provisions.given": ("provisions", (_in("provided_on"),)),
    "provisions.people": ("provisions", (_in("provided_on"),)),
    "provisions.recalled": ("provisions", (("state", ("recalled",)), _in("provided_on"))),
    "demands.received": ("demands", (_in("received_on"),)),
    "demands.in-time": ("demands", (_in("answer_by"),)),
    "training.sessions": ("sessions", (("state", ("held", "closed")), _in("on"))),
    "training.people": ("attendances", (("state", ("done",)), _in("on"))),
    "training.completed": ("attendances", (("state", ("done",)), _in("on"))),
    "staff.handlers": ("staff", (("state", ("active",)), ("duty", _HANDLERS))),
    "staff.joined": ("staff", (_in("joined"),)),
    "staff.left": ("staff", (_in("left"),)),
    "pledges.signed": ("pledges", (_in("signed_on"),)),
    "pledges.in-time": ("pledges", (("kind", ("joining", "outside")), _in("signed_on"))),
    "pledges.missing": ("staff", (("pledge", ("missing",)),)),
    "pledges.gone": ("staff", (("state", ("left",)),)),
    "departures.gone": ("departures", (_in("last_day"),)),
    "departures.done": ("departures", (_in("done_on"),)),
    "departures.waiting": ("departures", (("state", ("open", "late")),)),
    "handovers.done": ("handovers", (_in("done_on"),)),
    "handovers.cases": ("handovers", (_in("done_on"),)),
    "safeguards.checked": ("safeguard-checks", (_in("on"),)),
    "safeguards.alerts": ("virus-alerts", (_in("received_at"),)),
    "safeguards.good": ("safeguards", (("state", ("new", "good", "weak", "failed")),)),
    "audits.held": ("audits", (("state", ("findings", "closed")), _in("held_until"))),
    "audits.found": ("audit-findings", (_in("found_on"),)),
    "audits.in-time": ("audit-findings", (_in("done_on"),)),
    "audits.waiting": ("audit-findings", (("state", ("open", "done")),)),
    "log-reviews.signed": ("log-reviews", (_in("concluded_on"),)),
    "log-reviews.unusual": ("log-reviews", (_in("concluded_on"),)),
    "access.granted": ("access-rights", (_in("granted_on"),)),
    "access.changed": ("access-rights", (("state", ("changed",)), _in("revoked_on"))),
    "access.revoked": ("access-rights", (("state", ("revoked",)), _in("revoked_on"))),
    "access.reviewed": ("access-rights", (_in("reviewed_on"),)),
    "access.current": ("access-rights", (("state", ("granted",)),)),
    "access.gone": ("access-rights", (("state", ("granted",)),)),
}


def page_of(key: str) -> str:
    """Return the page that a figure leads to."""
    register = key.partition(".")[0]
    return _LEADS[key][0] if key in _LEADS else _REGISTERS.get(register, register)


def conditions(figure: Figure, span: Span) -> tuple[Condition, ...]:
    """Return what the list is narrowed by; days of the span to its very end."""
    wanted = figure.where or _LEADS.get(figure.key, ("", ()))[1]
    days = ("from", span.whole.first.isoformat(), span.whole.last.isoformat())
    return tuple(
        Condition(name, days if values == (IN_SPAN,) else values) for name, values in wanted
    )
