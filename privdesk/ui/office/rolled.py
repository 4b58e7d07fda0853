"""What has to be done with the custody copies after the epoch secret changed, in words."""

from __future__ import annotations

from collections.abc import Sequence

from privdesk.core.i18n import _


def after_roll(
    custody: str, replaces: str, outdated: Sequence[tuple[str, str]], place: str = ""
) -> str:
    """Return where the new copy goes, which are to be destroyed, and which places have none now.

    ``outdated`` are numbers and places of all copies of before; one of them, ``replaces``, makes
    room for the new one.
    """
    told = []
    if replaces:
        text = _("Put {custody} where {replaces} lay ({place}).")
        text = text if place else _("Put {custody} where {replaces} lay.")
        told.append(text.format(custody=custody, replaces=replaces, place=place))
    if outdated:
        numbers = ", ".join(number for number, _place in outdated)
        told.append(_("Destroy {copies}, and confirm it.").format(copies=numbers))
    bare = [f"{number} ({where})" for number, where in outdated if where and number != replaces]
    if bare:
        text = _("No present copy takes the place of {copies}: issue further ones for there.")
        told.append(text.format(copies=", ".join(bare)))
    return " ".join(told)
