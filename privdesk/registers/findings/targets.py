"""Where a finding is dealt with: register, record and what to begin there.

The desk's ``go(register, ref, action)`` understands, for every register, ``open`` (a
record), ``list`` and ``new``, and beside these
``destructions``: ``request-due``, ``request-due:FILE:PURPOSE:FIRST:LAST`` (of a file and
purpose, due from the first day to the last), ``request-file:REF`` (of the file), ``approve``,
``execute``, ``finish``; ``orders``: ``send``, ``answer``; ``retrievals``: ``send``, ``reply``,
``accept``; ``purposes``: ``templates``;
``subjects``: ``import``; ``safety``: ``roll``, ``custody``, ``holder``, ``backup``,
``backup-folder``, ``epoch-folder``; ``officers``: ``new``, ``kit``; ``profile``
and ``office``: ``edit``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from privdesk.core.findings import Finding
from privdesk.core.i18n import N_


@dataclass(frozen=True)
class Target:
    """What a task's button says (a message id) and where it leads."""

    label: str
    register: str
    ref: str
    action: str


REQUEST = N_("Request destruction")
_STEPS: Mapping[str, str] = {
    "approve": N_("Look and approve"),
    "execute": N_("Execute"),
    "finish": N_("Finish"),
    "send": N_("Print the order"),
    "answer": N_("Enter the answer"),
    "reply": N_("Enter the reply"),
    "accept": N_("Ask or accept"),
    "roll": N_("Change the secret"),
    "custody": N_("Custody copies"),
    "holder": N_("Custody copies"),
    "backup": N_("Back up now"),
    "kit": N_("New recovery kit"),
    "usage-notice": N_("Record the notice"),
    "routes": N_("Look at the rules"),
}
OPEN, SHOW = N_("Open"), N_("Show")


def _part(one: Finding) -> list[str]:
    """Return which file, purpose and due days a finding on people speaks of."""
    names = ("file_ref", "purpose_ref", "first", "last")
    told = [str(one.values[name]) for name in names if name in one.values]
    return told if len(told) == len(names) else []


def target(one: Finding) -> Target:
    """Return where a finding leads."""
    if one.rule == "12" and one.register == "holdings":
        return Target(REQUEST, "destructions", "", ":".join(("request-due", *_part(one))))
    if one.rule == "12" and one.register == "files":
        return Target(REQUEST, "destructions", "", f"request-file:{one.ref}")
    step = str(one.values.get("step", ""))
    if step == "routes":
        return Target(_STEPS[step], "office", "", "edit")
    if step in _STEPS:
        return Target(_STEPS[step], one.register, one.ref, step)
    if one.ref:
        return Target(OPEN, one.register, one.ref, "open")
    return Target(SHOW, one.register, "", step or "list")


def look(one: Finding) -> Target:
    """Return where a finding can be looked at, without beginning anything.

    People's holdings are looked at as the file they stand in, which names nobody.
    """
    if one.register == "holdings" and one.values.get("file_ref"):
        return Target(OPEN, "files", str(one.values["file_ref"]), "open")
    if one.ref:
        return Target(OPEN, one.register, one.ref, "open")
    return Target(SHOW, one.register, "", "list")
