"""The preview of an office text: as papers print it, its places filled in with their names."""

from __future__ import annotations

from privdesk.core.i18n import words
from privdesk.documents.paper import Paper
from privdesk.documents.papers import office_text
from privdesk.registers.desk import Desk
from privdesk.registers.templating import kind_of

_SHOWN = ("used", "draft", "replaced")  # the state whose newest version is shown first


def preview(desk: Desk, ref: str | None, language: str, number: str) -> Paper:
    """Print one version of a text; the text keeps its own language."""
    service, say = desk.service("templates"), words(language)
    row = service.get(str(ref))
    own = service.as_template(row.id)
    kind, inside = kind_of(own.code), words(own.language)
    filled = own.filled({place.key: f"〔{inside(place.label)}〕" for place in kind.places})
    state = service.register.state(row.state)
    data = office_text.TextPreview(
        number=number,
        issued_on=desk.today(),
        ref=row.ref,
        called=f"{say(kind.label)} · {say('Korean') if own.language == 'ko' else say('English')}",
        state=row.state,
        state_label=say(state.label) if state else "",
        version=own.version,
        heading=filled.heading,
        text=filled.text,
        effective=row.values["effective"],
        ended=row.values["ended"],
        digest=str(row.values["digest"] or ""),
    )
    return office_text.build(data, language)


def printable_template(desk: Desk) -> int | None:
    """Return the newest version in force, else the newest draft, else what there is."""
    for state in _SHOWN:
        sql = "SELECT max(id) FROM templates WHERE state = ?"
        found = desk.vault.raw.execute(sql, (state,)).fetchone()[0]
        if found is not None:
            return int(found)
    return None
