"""What every order to a place has: its addressee, its lists of ids, the reply slip to tear off."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from privdesk.core.i18n import N_, Words
from privdesk.documents.paper import Block, Cut, Entry, Form, Heading, Ids, Together
from privdesk.documents.phrases import people

OWN, PROCESSOR = "own", "processor"
BASES: Mapping[str, Mapping[str, str]] = {
    "destruction": {
        OWN: N_("Personal Information Protection Act art. 21 and 29; internal management plan"),
        PROCESSOR: N_("Personal Information Protection Act art. 21 and 26; processing contract"),
    },
    "request": {
        OWN: N_(
            "Personal Information Protection Act art. 29 and 35 to 37; internal management plan"
        ),
        PROCESSOR: N_(
            "Personal Information Protection Act art. 26 and 35 to 37; processing contract"
        ),
    },
}
"""By what an order binds a place: the company's own plan, or the contract with a processor."""

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
