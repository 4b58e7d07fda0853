"""The one stylesheet, made from the tokens.

Widgets choose a rule by a property: ``look`` of a label (title, section, caption,
muted, strong, clock, error), ``kind`` of a button (primary, quiet, danger, link, tool),
``plane`` of a frame (surface, card, bar, rail, line).
"""

from __future__ import annotations

from string import Template

from privdesk.core.resources import resource
from privdesk.ui import tokens
from privdesk.ui.tokens import Shades


def stylesheet(look: Shades) -> str:
    """Return the stylesheet of a look."""
    sheet = resource("style", "desk.qss").read_text(encoding="utf-8")
    values = {
        name: getattr(look, name)
        for name in look.__dataclass_fields__
        if name not in ("tones", "name")
    }
    return Template(sheet).substitute(
        values,
        radius=tokens.RADIUS,
        row=tokens.ROW,
        caption=tokens.CAPTION,
        section=tokens.SECTION,
        title=tokens.TITLE,
        clock=tokens.CLOCK,
        **{f"{name}_ink": tone.ink for name, tone in look.tones.items()},
        **{f"{name}_tint": tone.tint for name, tone in look.tones.items()},
        error=look.tones["overdue"].ink,
        error_tint=look.tones["overdue"].tint,
        controls=resource("icons", "controls", look.name).as_posix(),
    )
