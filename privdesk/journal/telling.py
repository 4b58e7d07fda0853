"""What an entry says beside its reason: who, which copy, what became of it, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from privdesk.core.i18n import N_, _
from privdesk.vault.header import Person

ROLE_NAMES: Final[Mapping[str, str]] = {
    "officer": N_("Privacy officer"),
    "administrator": N_("Administrator"),
    "manager": N_("Manager"),
    "auditor": N_("Auditor"),
}
KIT: Final = N_("Recovery kit")
_NAMED_SO = "Recovery kit"  # how a header names its kits, whatever the language
_STATES: Final[Mapping[str, str]] = {
    "held": N_("in custody"),
    "replaced": N_("confirmed destroyed"),
    "making": N_("begun"),
    "not made": N_("nothing was written"),
    "declared lost": N_("called lost, a second officer has to agree"),
    "lost": N_("lost"),
    "back": N_("was called lost, and opened the vault"),
    "retired": N_("given up"),
    "received": N_("secret received"),
    "begun": N_("begun"),
    "complete": N_("complete"),
    "on": N_("on"),
    "off": N_("off"),
}
PIECES: Final[Mapping[str, str]] = {"attendance": N_("Attendance")}
"""Parts of records that entries name as changed and that are no fields of them."""
_AS_IS: Final = ("name", "account", "number", "place", "keeper", "folder", "file", "files")
_MARK = 16  # how many digits of a digest are shown


def told(details: Mapping[str, object]) -> str:
    """Return the sealed details of an entry but its reason as a line; empty where it has none."""
    parts = [str(details[name]) for name in _AS_IS if details.get(name)]
    if details.get("role"):
        parts.append(_roles(str(details.get("before", "")), str(details["role"])))
    if details.get("epoch"):
        parts.append(_("epoch {epoch}").format(epoch=details["epoch"]))
    if details.get("state"):
        state = str(details["state"])
        parts.append(_(_STATES.get(state, state)))
    if details.get("by") and details.get("on"):
        parts.append(_("on {day} by {name}").format(day=details["on"], name=details["by"]))
    if details.get("sha256"):
        parts.append(f"SHA-256 {str(details['sha256'])[:_MARK]}…")
    return " · ".join(parts)


def reason(text: str) -> str:
    """Return the reason of an entry; what the program itself gave as one is put into words."""
    return _(text) if text else ""


def name_of(person: Person) -> str:
    """Return whose hand it was; a kit in the language of the screen."""
    if person.role == "recovery":
        return person.name.replace(_NAMED_SO, _(KIT))
    return person.name


def _roles(before: str, now: str) -> str:
    words = [_(ROLE_NAMES.get(role, role)) for role in (before, now) if role]
    return " → ".join(words)
