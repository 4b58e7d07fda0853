"""What a purpose already says of a wording: its texts to begin with, in either language."""

from __future__ import annotations

from privdesk.core.categories import Basis, Separate
from privdesk.core.i18n import N_, current, speaking, words
from privdesk.core.periods import Period, format_period
from privdesk.core.register import Row
from privdesk.registers.desk import Desk
from privdesk.registers.wordings.canonical import LANGUAGES

UNTIL = N_("Until the purpose ends ({event})")
OPTIONAL = N_("{required} (optional: {optional})")
ONLY_OPTIONAL = N_("Optional: {optional}")
EXEMPT = N_("{purpose}: {items}, {period} ({basis})")
BASES = {
    Basis.LAW: N_("law or legal duty"),
    Basis.PUBLIC_DUTY: N_("duty of a public body"),
    Basis.CONTRACT: N_("contract with the person"),
    Basis.VITAL: N_("life, body or property at risk"),
    Basis.LEGITIMATE: N_("legitimate interest"),
    Basis.PUBLIC_SAFETY: N_("public safety"),
}


def texts(desk: Desk, wording: Row) -> dict[str, str]:
    """Return the texts of a wording by field, as far as its purpose and point say them.

    What the office entered once only (the right to refuse, the recipient, an event) is in
    the office's own language; the other language begins where the purpose has an English
    name.
    """
    purposes = desk.service("purposes")
    number = purposes.number(wording.values["purpose"])
    (purpose,) = purposes.rows([number])
    own = own_language(desk)
    found: dict[str, str] = {}
    for language in LANGUAGES:
        if language != own and not purpose.values["name_en"]:
            continue
        with speaking(language):
            told = {
                "purpose": purposes.titles([number])[number],
                "items": items_told(desk, purpose, wording),
                "retention": period_told(purpose, language, own),
            }
            if wording.values["box"] == Separate.USE.value and wording.values["point"]:
                told["exempt"] = exempt_told(desk, str(wording.values["point"]), language)
        if language == own:
            told["refusal"] = str(purpose.values["refusal"] or "")
            if wording.values["box"] == Separate.PROVISION.value:
                told["recipient"] = str(purpose.values["recipient"] or "")
        found |= {f"{part}_{language}": text for part, text in told.items()}
    return found


def own_language(desk: Desk) -> str:
    """Return the language in which the office enters its texts."""
    return str(desk.setting("language", current()))


def items_told(desk: Desk, purpose: Row, wording: Row | None = None) -> str:
    """Return the items in the language spoken: those of the point, else those of the purpose."""
    required, optional = purpose.values["required_items"], purpose.values["optional_items"]
    if wording is not None and wording.values["point"]:
        points = desk.service("collection-points")
        for line in points.collected(points.number(wording.values["point"])):
            if line.values["purpose"] == purpose.ref:
                required, optional = line.values["required_items"], line.values["optional_items"]
    items, say = desk.service("items"), words(current())
    needed, free = (", ".join(items.called_by(refs)) for refs in (required, optional))
    if needed and free:
        return say(OPTIONAL).format(required=needed, optional=free)
    return needed or (say(ONLY_OPTIONAL).format(optional=free) if free else "")


def period_told(purpose: Row, language: str, own: str) -> str:
    """Return how long a purpose keeps its data, in words; its event in the office's own."""
    period, say = purpose.values["retention"], words(language)
    if not isinstance(period, Period):
        return ""
    if period.until_event and purpose.values["event"] and language == own:
        return say(UNTIL).format(event=purpose.values["event"])
    return format_period(period, say)


def exempt_told(desk: Desk, point: str, language: str) -> str:
    """Return what a point collects without consent, a line for each purpose (rule 6)."""
    points, purposes = desk.service("collection-points"), desk.service("purposes")
    say, own = words(language), own_language(desk)
    lines = []
    for line in points.exempt(points.number(point)):
        number = purposes.number(line.values["purpose"])
        (purpose,) = purposes.rows([number])
        basis = purpose.values["basis"]
        lines.append(
            say(EXEMPT).format(
                purpose=purposes.titles([number])[number],
                items=_of_line(desk, line),
                period=period_told(purpose, language, own),
                basis=say(BASES[Basis(basis)]) if basis else "–",
            )
        )
    return "\n".join(lines)


def _of_line(desk: Desk, line: Row) -> str:
    refs = (*line.values["required_items"], *line.values["optional_items"])
    return ", ".join(desk.service("items").called_by(refs))
