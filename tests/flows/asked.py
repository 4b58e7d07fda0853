"""A person whom two places hold, and requests of hers, taken as far as the work may begin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from privdesk.core import references
from privdesk.core.register import Query, Row
from privdesk.flows import answering, requests
from privdesk.registers.desk import Desk

TODAY = date(2026, 11, 23)  # a Monday
NAME, PHONE, EMAIL = "한가람", "010-2345-6789", "garam@example.com"
NEW_EMAIL = "hangaram@example.org"


@dataclass(frozen=True)
class Office:
    """Two purposes in two files: a shop with a copy at the call centre, and contracts."""

    desk: Desk
    person: Row
    shop: Row
    centre: Row
    letters: Row
    contracts: Row

    @property
    def number(self) -> int:
        """The person's number."""
        return self.person.id


def office(
    desk: Desk, *, contract: bool = True, language: str = "ko", called: str = "Newsletter"
) -> Office:
    """Enter the person with a consent, held for a newsletter and (by law) for a contract."""
    places, files = desk.service("places"), desk.service("files")
    system = {"kind": "system", "medium": "electronic"}
    known = places.called("Web shop")
    told = {"name": "Web shop", "owner": "IT team", **system}
    shop = places.rows(known)[0] if known else places.create(told)
    centre = places.create({"name": "Call centre", "owner": "Service team", **system})
    archive = places.create({"name": "Archive", **system})
    letter = purpose(desk, called, "name,email", "10 years", name_en=called)
    bought = purpose(
        desk, "Contracts", "name,phone", "3 years", basis="contract", statute="contract"
    )
    letters = files.create(
        {"name": "Readers", "purpose": letter.ref, "place": shop.ref, "copies": [centre.ref],
         "holds": "names"}
    )  # fmt: skip
    contracts = files.create(
        {"name": "Contracts", "purpose": bought.ref, "place": archive.ref, "holds": "names"}
    )
    person = desk.service("subjects").create(
        {"name": NAME, "phone": PHONE, "email": EMAIL, "language": language}
    )
    hold(desk, person, letters, letter, date(2026, 1, 5))
    if contract:
        hold(desk, person, contracts, bought, date(2026, 2, 3))
    desk.service("consents").create(
        {"subject": person.ref, "purpose": letter.ref, "kind": "given", "at": date(2026, 1, 5),
         "channel": "web"}
    )  # fmt: skip
    return Office(desk, person, shop, centre, letters, contracts)


def purpose(desk: Desk, name: str, items: str, retention: str, **more: object) -> Row:
    """Enter a purpose."""
    told = {"basis": "consent", "refusal": "You may refuse; nothing else changes.", **more}
    found: Row = desk.service("purposes").create(
        {"name": name, "required_items": items, "retention": retention, **told}
    )
    return found


def hold(desk: Desk, person: Row, file: Row, of: Row, on: date) -> Row:
    """Hold a person in a file."""
    found: Row = desk.service("holdings").create(
        {"subject": person.ref, "file": file.ref, "purpose": of.ref, "collected_on": on}
    )
    return found


def request(at: Office, kind: str, *, identified: bool = True, **more: object) -> int:
    """Take a request in; return its number."""
    told = {"kind": kind, "subject": at.person.ref, "channel": "phone", **more}
    with at.desk.change() as change:
        number = requests.receive(change, told)
        if identified:
            requests.identify(change, number, "callback")
    return number


def ref(at: Office, number: int) -> str:
    """Return a request's reference."""
    return at.desk.ref("requests", number)


def act(at: Office, number: int, action: str, **values: object) -> Any:
    """Do an action of the requests."""
    return at.desk.service("requests").act(action, [ref(at, number)], values)


def orders(at: Office, number: int, *kinds: str) -> dict[str, Row]:
    """Return the newest order of a request by the name of its place; the vault's own under ''."""
    rows = at.desk.service("retrievals").of_request(number, *kinds)
    return {row.titles["place"] if row.values["place"] else "": row for row in rows}


def reply(at: Office, order: Row, result: str = "done", **more: Any) -> str:
    """Enter a reply; return the order's state."""
    with at.desk.change() as change:
        told = {"by": "Team lead", "on": at.desk.today(), "result": result, **more}
        state = answering.reply(change, order.id, **told)
    return state.value


def now(at: Office) -> dict[str, str]:
    """Return the person's values as they stand."""
    (row,) = at.desk.service("subjects").rows([at.number], reveal=True)
    return {name: str(row.values[name]) for name in ("name", "phone", "email")}


def item(desk: Desk, key: str) -> int:
    """Return an item's number by its field name."""
    rows = desk.service("items").find(Query())
    return int(next(row.id for row in rows if row.values["key"] == key))


def written(path: Path, text: str) -> Path:
    """Write a file as a place would send it."""
    path.write_text(text, encoding="utf-8")
    return path


def number_of(text: str) -> int:
    """Return the number in a reference."""
    return references.parse(text)[1]
