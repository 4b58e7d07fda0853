"""Where people's data lies outside the vault, and the proof that comes back.

Orders to destroy and orders for a request both stand on this.
"""

from __future__ import annotations

from pathlib import Path

from privdesk.core import references
from privdesk.registers import incoming
from privdesk.registers.desk import Desk
from privdesk.registers.destructions.lists import PerFile
from privdesk.vault import attachments

VAULT = "vault"


def outside(desk: Desk, per_file: PerFile) -> dict[int, dict[int, set[int]]]:
    """Return each place outside the vault with those of the files that it keeps, and their people.

    A file's place and those of its copies count alike.
    """
    found: dict[int, dict[int, set[int]]] = {}
    for file, subjects in sorted(per_file.items()):
        for place in desk.service("files").places_of(file):
            number = references.number(place)
            if not _is_vault(desk, number):
                found.setdefault(number, {})[file] = subjects
    return found


def kept(desk: Desk, schema: str, owner: int, file: Path) -> str:
    """Keep a file that came back sealed with an order; return its name among the attachments."""
    found = incoming.read(file)
    return attachments.store(desk.vault, schema, owner, found.data, found.media_type)


def _is_vault(desk: Desk, place: int) -> bool:
    return str(desk.service("places").rows([place])[0].values.get("kind") or "") == VAULT
