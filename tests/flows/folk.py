"""An invented list of people: some are due, some stay, one stays for another purpose only."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from privdesk.core.register import Query, Row
from privdesk.exchange.mapping import plan, recogniser
from privdesk.exchange.reading import open_source
from privdesk.exchange.report import Report
from privdesk.flows import custody as copies
from privdesk.flows import destruction
from privdesk.flows.destruction import Executed
from privdesk.flows.importing.importers import importer_of
from privdesk.registers.desk import Desk
from privdesk.ui.progress import Progress
from tests.copies import switch_to
from tests.desks import BORA

TODAY = date(2026, 11, 23)
HEAD = "source_id,name,phone,email,purpose,collected_on,place"


@dataclass(frozen=True)
class Somebody:
    """One row of the list."""

    source_id: str
    name: str
    phone: str
    email: str
    purpose: str
    collected_on: str
    place: str = "Web shop"

    @property
    def values(self) -> tuple[str, ...]:
        """What must be gone once she is."""
        return (self.source_id, self.name, self.phone, self.email)

    @property
    def line(self) -> str:
        """Her row."""
        return ",".join((*self.values, self.purpose, self.collected_on, self.place))


def one(n: int, purpose: str, collected: str) -> Somebody:
    """Return somebody whose values stand nowhere else."""
    syllable = "가나다라마바사아자차"[n % 10]
    return Somebody(
        f"W-{771000 + n}",
        f"옥{syllable}뷁{n:02}",
        f"010-{4100 + n}-{7700 + n}",
        f"quill{n:02}@mailbox-{n:02}.example",
        purpose,
        collected,
    )


DUE = tuple(one(n, "Delivery", "2020-01-02") for n in range(4))
LIVING = tuple(one(n, "Delivery", "2026-11-02") for n in range(10, 14))
BOTH = one(20, "Delivery", "2020-01-02")  # her telephone number goes, the rest stays
BOTH_TOO = replace(BOTH, purpose="Newsletter", collected_on="2026-11-02")


def purposes(desk: Desk) -> None:
    """Enter two purposes: a year with a telephone number, ten years with name and e-mail only."""
    service = desk.service("purposes")
    common = {"basis": "consent", "refusal": "You may refuse; nothing else changes."}
    delivery = {"required_items": "name,phone", "retention": "1 year", **common}
    letter = {"required_items": "name,email", "retention": "10 years", **common}
    service.create({"name": "Delivery", **delivery})
    service.create({"name": "Newsletter", **letter})


def write(path: Path, *people: Somebody) -> Path:
    """Write a list."""
    path.write_text("\n".join([HEAD, *(p.line for p in people)]) + "\n", encoding="utf-8")
    return path


def take(
    desk: Desk,
    path: Path,
    *,
    dry: bool = False,
    rejects: Path | None = None,
    progress: Progress | None = None,
    **answers: object,
) -> Report:
    """Import a list, creating what it names."""
    importer = importer_of(desk, "subjects")
    fields = importer.fields()
    with open_source(path, known=recogniser(fields)) as source:
        mapping = plan(source, fields)
        told = {"create": True, **answers}
        if dry:
            return importer.dry_run(source, mapping, told, Progress(), rejects)
        return importer.run(source, mapping, told, progress or Progress(), rejects)


def fill(desk: Desk, *people: Somebody) -> Report:
    """Enter the purposes and these people, or all."""
    purposes(desk)
    path = desk.vault.folder.parent / "list.csv"
    return take(desk, write(path, *(people or (*DUE, *LIVING, BOTH, BOTH_TOO))))


def people(desk: Desk, *, reveal: bool = True) -> list[Row]:
    """Return everybody who has not been destroyed."""
    service = desk.service("subjects")
    view = service.open_view(Query(sort="ref"))
    found: list[Row] = service.rows([r.id for r in view.rows(0, view.count)], reveal=reveal)
    return found


def names(desk: Desk) -> set[str]:
    """Return what they are called."""
    return {str(row.values["name"]) for row in people(desk)}


def called(desk: Desk, somebody: Somebody) -> Row:
    """Return somebody's record."""
    return next(r for r in people(desk) if r.values["name"] == somebody.name)


def only_holding(desk: Desk, somebody: Somebody) -> int:
    """Return the number of the one holding that somebody has."""
    row = called(desk, somebody)
    (number,) = desk.service("holdings").of_subjects([row.id])[row.id]
    return int(number)


def request(desk: Desk) -> str:
    """Ask for the destruction of what is due."""
    return destruction.request(desk, due_on=TODAY, reason="retention ended")


def standing(desk: Desk, ref: str) -> dict[str, Any]:
    """Return where a destruction stands."""
    return dict(destruction.status(desk, ref)[0])


def answered(desk: Desk, ref: str) -> None:
    """Have every place confirm what it was ordered."""
    for order in destruction.status(desk, ref)[0]["places"]:
        how = {"by": "IT team", "on": TODAY, "count": order["expected"]}
        destruction.place(desk, ref, order["place"], **how)


def destroyed(alice: Desk, vault: Path, custody: Path, **chosen: object) -> tuple[Desk, Executed]:
    """Have one officer ask and the other approve and execute; return the second one's desk."""
    wanted = chosen or {"due_on": TODAY}
    ref = destruction.request(alice, reason="retention ended", **wanted)  # type: ignore[arg-type]
    bora = switch_to(alice, BORA)
    destruction.approve(bora, ref)
    assert bora.vault.folder == vault
    custody.parent.mkdir(exist_ok=True)
    done = destruction.execute(bora, ref, custody)
    copies.destroyed(bora, "C-1", BORA)  # it was shredded
    return bora, done
