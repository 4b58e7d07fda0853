"""What every order to a place has: its addressee, its lists of ids, the reply slip to tear off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from privdesk.core.i18n import Words
from privdesk.documents.paper import Block, Cut, Entry, Form, Heading, Ids, Together
from privdesk.documents.phrases import people

Listed = tuple[str, int, Iterable[str]]
"""A file by name, the number of its people on the list, and their ids at the place."""


def addressee(place: str, who: str) -> str:
    """Return a place with whoever answers for it, a line each."""
    return "\n".join(filter(None, (place, who)))


def id_lists(say: Words, files: Sequence[Listed]) -> list[Block]:
    """Return the list of ids of each file; a place must not mix them up."""
    empty, body = say("The list is empty."), list[Block]()
    for name, count, ids in files:
        several = f"{name} · {people(say, count)}"
        note = several if len(files) > 1 else people(say, count)
        body += [Heading(say("List of ids"), note), Ids(ids, empty=empty)]
    return body


def reply_slip(say: Words, number: str, place: str, entries: Sequence[Entry]) -> Together:
    """Return the slip below the order: what it asks, then name and signature."""
    return Together(
        (
            Cut(say("cut here · reply slip")),
            Heading(say("Reply to order {number}").format(number=number), place),
            Form(
                (
                    *entries,
                    Entry(say("Name and position"), room=30),
                    Entry(say("Signature"), say("(signature or seal)"), room=30),
                )
            ),
        )
    )
