"""Where people's data lies outside the vault, under which numbers, and the proof that comes back.

Orders to destroy and orders for a request both stand on this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from privdesk.core import references, system
from privdesk.registers.desk import Desk
from privdesk.vault import attachments

VAULT = "vault"
HEAD = "= "  # before the reference of a file, where a list of numbers names several
MOST = 50 * 1024 * 1024  # bytes of a file that is kept
PerFile = Mapping[int, set[int]]  # people by file
_KINDS = {
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".csv": "text/csv",
    ".txt": "text/plain",
    ".json": "application/json",
}


def outside(desk: Desk, per_file: PerFile) -> dict[int, dict[int, set[int]]]:
    """Return each place outside the vault with those of the files that it keeps, and their people.

    A file's place and those of its copies count alike.
    """
    found: dict[int, dict[int, set[int]]] = {}
    for file, subjects in sorted(per_file.items()):
        for place in desk.service("files").places_of(file):
            number = references.parse(place)[1]
            if not _is_vault(desk, number):
                found.setdefault(number, {})[file] = subjects
    return found


def people_in(files: PerFile) -> int:
    """Return how many people there are in several files; who is in two counts once."""
    return len(set().union(*files.values()))


def known_as(desk: Desk, subjects: Iterable[int], place: str) -> list[str]:
    """Return the people's numbers at a place, or their references where it gave none."""
    wanted = sorted(subjects)
    known = desk.service("subjects").sources_of(wanted)
    return [known.get(n, {}).get(place) or references.make("S", n) for n in wanted]


def listed(desk: Desk, files: PerFile, place: str) -> list[str]:
    """Return the lines of an order's list; several files stand apart, each under a head."""
    lines: list[str] = []
    for file, subjects in files.items():
        lines += [f"{HEAD}{desk.ref('files', file)}"] if len(files) > 1 else []
        lines += known_as(desk, subjects, place)
    return lines


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


def kept(desk: Desk, schema: str, owner: int, file: Path) -> str:
    """Keep a file that came back sealed with an order; return its name among the attachments."""
    data = system.read_bytes(file, MOST)
    kind = _KINDS.get(file.suffix.lower(), "application/octet-stream")
    return attachments.store(desk.vault, schema, owner, data, kind)


def _is_vault(desk: Desk, place: int) -> bool:
    return str(desk.service("places").rows([place])[0].values.get("kind") or "") == VAULT
