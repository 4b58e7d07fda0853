"""Which file and purpose a row belongs to; missing ones are made where the officer said so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from privdesk.core.faults import fault
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_
from privdesk.core.periods import Period
from privdesk.core.reasons import reason
from privdesk.core.register import Query, Row
from privdesk.flows.importing.targets import Asked, Target
from privdesk.registers.desk import Desk
from privdesk.registers.holdings.rules import Terms

if TYPE_CHECKING:
    from privdesk.flows.importing.storing import Store
    from privdesk.flows.importing.tally import Tally

NO_PURPOSE = N_(
    "There is no purpose “{name}”; create it first, or have missing purposes and places created."
)
NO_PLACE = N_(
    "There is no place “{name}”; create it first, or have missing purposes and places created."
)
CREATABLE = (NO_PURPOSE, NO_PLACE)
NO_FILE = N_("There is no file “{name}” for this purpose; create it first, or leave it empty.")
PURPOSE_MADE = N_("The purpose “{name}” was created; set its legal basis and retention period.")
PURPOSE_MADE_WITH = N_("The purpose “{name}” was created; set its legal basis.")
PLACE_MADE = N_("The place “{name}” was created.")
FILE_MADE = N_("The personal information file “{name}” was created.")
WOULD = {
    PURPOSE_MADE: N_("The purpose “{name}” would be created; it needs legal basis and period."),
    PURPOSE_MADE_WITH: N_("The purpose “{name}” would be created; it needs its legal basis."),
    PLACE_MADE: N_("The place “{name}” would be created."),
    FILE_MADE: N_("The personal information file “{name}” would be created."),
}
"""What a rehearsal says instead."""


class Targets:
    """Finds, remembers and where allowed creates purposes, places and files.

    In a rehearsal nothing is created; records that would be get negative numbers.
    """

    def __init__(
        self,
        desk: Desk,
        store: Store | None,
        tally: Tally,
        may_create: Callable[[str, str], bool],
        mapped: set[str],
    ) -> None:
        self._desk = desk
        self._store = store
        self._tally = tally
        self._may_create = may_create
        self._mapped = mapped
        self.found: list[Target] = []
        self._made: dict[tuple[str, str], int] = {}
        self._new_files: dict[str, int] = {}  # by the key of the name
        places = desk.service("places").find(Query(where={"kind": "vault"}))
        self._vault = places[0].id if places else 0

    def resolve(self, asked: list[Asked]) -> list[Target]:
        """Return where rows with these names go; ``found`` has all in the order of asking."""
        told = [self._look(*own.names, own.retention) for own in asked]
        self.found += told
        return told

    def _look(self, purpose: str, place: str, file: str, retention: Period | None) -> Target:
        place_number = self._number("places", place) if place else self._vault
        if place_number is None:
            return Target(fault=fault(NO_PLACE, name=place), column="place")
        if not purpose:
            return Target(place=place_number, place_ref=self._place_ref(place_number))
        number = self._number("purposes", purpose, retention)
        if number is None:
            return Target(fault=fault(NO_PURPOSE, name=purpose), column="purpose")
        file_number = self._file(number, purpose, place_number, file)
        if file_number is None:
            return Target(fault=fault(NO_FILE, name=file), column="file")
        terms = Terms(retention)
        if number > 0 and file_number > 0:
            terms = self._desk.service("holdings").terms(number, file_number)
        ref = self._place_ref(place_number)
        return Target(number, file_number, place_number, ref, terms)

    def _place_ref(self, place: int) -> str:
        return str(self._desk.ref("places", place)) if place > 0 else ""

    def _number(self, register: str, name: str, retention: Period | None = None) -> int | None:
        service = self._desk.service(register)
        found = service.called(name)
        if found:
            return int(found[0])
        if not self._may_create(register, name):
            return None
        key = (register, name_key(name))
        if key not in self._made:
            values: dict[str, object] = {"name": name, "kind": "system"}
            if register == "purposes":
                items = tuple(self._item_refs())
                values = {"name": name, "required_items": items, "retention": retention}
            message = PURPOSE_MADE_WITH if retention else PURPOSE_MADE
            message = PLACE_MADE if register == "places" else message
            self._made[key] = self._make(register, values, message)
        return self._made[key]

    def _file(self, purpose: int, purpose_name: str, place: int, name: str) -> int | None:
        ref = self._desk.ref("purposes", purpose) if purpose > 0 else ""
        known = self._known_file(ref, place, name) if purpose > 0 else None
        if known is not None:
            return int(known.id)
        if name and self._files_called(name):
            return self._files_called(name)[0]
        title = name or purpose_name
        key = ("files", f"{purpose}|{place}|{name_key(title)}")
        if key not in self._made:
            values: dict[str, object] = {
                "name": self._free(title),
                "purpose": ref,
                "holds": "names",
            }
            if place > 0:
                values["place"] = self._desk.ref("places", place)
            self._made[key] = self._make("files", values, FILE_MADE)
            self._new_files[name_key(str(values["name"]))] = self._made[key]
        return self._made[key]

    def _known_file(self, purpose: str, place: int, name: str) -> Row | None:
        """Return the purpose's file of this name, or the one that lies at the place.

        A list that names no place belongs to the purpose's only file, wherever that lies:
        an office imports first and enters later where its files are kept.
        """
        files = self._files_of(purpose)
        if name:
            return next(
                (f for f in files if name_key(str(f.values["name"])) == name_key(name)), None
            )
        here = ("", self._place_ref(place))
        found = next((f for f in files if f.values.get("place") in here), None)
        only = len(files) == 1 and place == self._vault
        return files[0] if found is None and only else found

    def _files_called(self, name: str) -> list[int]:
        """Return the files of this name, also those that this list brings."""
        new = self._new_files.get(name_key(name))
        return [new] if new is not None else self._desk.service("files").called(name)

    def _files_of(self, purpose: str) -> list[Row]:
        where = {"purpose": purpose}
        rows = self._desk.service("files").find(Query(where=where))
        return [r for r in rows if r.state not in ("void", "destroyed")]

    def _free(self, title: str) -> str:
        name, n = title, 2
        while self._files_called(name):
            name, n = f"{title} {n}", n + 1
        return name

    def _make(self, register: str, values: dict[str, object], message: str) -> int:
        told = message if self._store is not None else WOULD[message]
        self._tally.notes.append(reason(told, name=values["name"]))
        if self._store is None:
            return -1 - len(self._made)
        return self._store.create(register, values)

    def _item_refs(self) -> list[str]:
        items = self._desk.service("items")
        return [self._desk.ref("items", items.by_key(key)) for key in sorted(self._mapped)]
