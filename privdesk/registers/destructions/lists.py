"""The lists of orders: by which numbers a place finds the people it has to destroy.

An order's list is sealed text, a number a line; where it names several files, each stands
under a head of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.register import Row
from privdesk.registers.desk import Desk
from privdesk.registers.destructions.service import LATER
from privdesk.vault.payloads import PEOPLE

SLOT_IDS = 2
HEAD = "= "  # before the reference of a file, where a list names several
_PEOPLE = "S"  # how references of people begin
PerFile = Mapping[int, set[int]]
"""People by file, as record numbers."""


def people_in(files: PerFile) -> int:
    """Return how many people there are in several files; who is in two counts once."""
    return len(set().union(*files.values()))


def listed(desk: Desk, files: PerFile, place: str, *, headed: bool) -> str:
    """Return the list of an order to a place, by reference; ``headed`` where it has more files."""
    lines: list[str] = []
    for file, subjects in files.items():
        lines += [f"{HEAD}{desk.ref('files', file)}"] if headed else []
        lines += _numbers(desk, subjects, place).values()
    return "\n".join(lines)


def ids_by_file(text: str, files: Iterable[str]) -> dict[str, list[str]]:
    """Return the numbers of an order's list by file, as ``listed`` wrote them."""
    found: dict[str, list[str]] = {ref: [] for ref in files}
    ref = next(iter(found), "")
    for line in text.splitlines():
        if line.startswith(HEAD) and line.removeprefix(HEAD) in found:
            ref = line.removeprefix(HEAD)
        else:
            found.setdefault(ref, []).append(line)
    return found


def is_ours(number: str) -> bool:
    """Whether a number on a list is the office's own, since the place gave the person none."""
    try:
        return references.parse(number)[0] == _PEOPLE
    except DomainError:
        return False


def known(desk: Desk, order: Row) -> str:
    """Return the list of an order as it stands; empty where it has none any more."""
    return desk.vault.payloads.read(PEOPLE, order.id).get(SLOT_IDS, "")


def to_destroy(desk: Desk, order: Row) -> dict[int, set[int]]:
    """Return who of an order not executed yet may be destroyed now, by file."""
    found = _chosen(desk, order, ("active", "law"))
    return {file: subjects for file, subjects in found.items() if subjects}


def held(desk: Desk, order: Row) -> int:
    """Return how many people on the list of an order not executed yet are on hold now.

    Who may not see people is told of those whom the order counts and who may not go.
    """
    on_hold = _chosen(desk, order, ("held",))
    if not any(on_hold.values()):
        return 0
    if not desk.vault.sees_people:
        return max(0, (order.values["expected"] or 0) - people_in(to_destroy(desk, order)))
    lines = ids_by_file(known(desk, order), order.values["files"])
    found: set[int] = set()
    for file, subjects in on_hold.items():
        on_list = set(lines[desk.ref("files", file)])
        numbers = _numbers(desk, subjects, str(order.values["place"]))
        found.update(subject for subject, told in numbers.items() if told in on_list)
    return len(found)


def kept(desk: Desk, order: Row) -> int:
    """Return how many people a paper of an executed order names who were kept after all."""
    sql = "SELECT 1 FROM documents WHERE about = ? LIMIT 1"
    if desk.vault.raw.execute(sql, (order.ref,)).fetchone() is None:
        return 0
    files = [references.number(ref) for ref in order.values["files"]]
    sql = (
        "SELECT count(DISTINCT c.subject) FROM destruction_holdings c"
        " JOIN holdings h ON h.id = c.holding"
        f" WHERE c.destruction = ? AND c.why LIKE ? AND h.file IN ({_marks(files)})"
    )
    of = references.number(order.values["destruction"])
    return int(desk.vault.raw.execute(sql, (of, LATER + "%", *files)).fetchone()[0])


def _chosen(desk: Desk, order: Row, states: Sequence[str]) -> dict[int, set[int]]:
    """Return whom the destruction of an order takes whose holdings are in these states."""
    files = [references.number(ref) for ref in order.values["files"]]
    found: dict[int, set[int]] = {file: set() for file in files}
    destruction = references.number(order.values["destruction"])
    sql = (
        "SELECT h.file, c.subject FROM destruction_holdings c JOIN holdings h ON h.id = c.holding"
        f" WHERE c.destruction = ? AND c.why = '' AND h.file IN ({_marks(files)})"
        f" AND +h.state IN ({_marks(states)})"
    )
    for file, subject in desk.vault.raw.execute(sql, (destruction, *files, *states)).fetchall():
        found[file].add(subject)
    return found


def _numbers(desk: Desk, subjects: Iterable[int], place: str) -> dict[int, str]:
    """Return the people's numbers at a place, or their references where it gave none."""
    wanted = sorted(subjects)
    sources = desk.service("subjects").sources_of(wanted)
    return {n: sources.get(n, {}).get(place) or references.make(_PEOPLE, n) for n in wanted}


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
