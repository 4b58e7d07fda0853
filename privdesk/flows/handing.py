"""The composed answer as an encrypted file; for a copy or a transmission with a JSON inside.

The annex is issued as on paper (numbered, journalled, kept sealed), and its signed original
lies in the file. The passphrase is shown once, is stored nowhere, and goes another way.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome
from privdesk.flows import issuing
from privdesk.flows.annex import paper_of
from privdesk.flows.composing import Answer, compose
from privdesk.registers.desk import Desk
from privdesk.vault import attachments

AS_DATA = ("copy", "transmission")
CODE = "annex"
_RIGHTS = 0o600


class HandoutEndingError(DomainError):
    """The encrypted answer is written as .pdf, not as {name}. Nothing was written; choose a name
    that ends in .pdf.
    """


@dataclass(frozen=True)
class Handout:
    """An encrypted answer; ``passphrase`` is to be told by another way and is kept nowhere."""

    number: str
    data: bytes
    passphrase: str
    inside: tuple[str, ...]


def hand_out(desk: Desk, request: int, language: str = "") -> Handout:
    """Issue the answer to a request and return it as an encrypted file."""
    from privdesk.documents import handout

    with desk.change() as change:
        answer = compose(desk, request, language)
        issued = issuing.issue_paper(
            desk,
            CODE,
            lambda number: paper_of(desk, answer, number),
            register="requests",
            ref=answer.request,
            reason=answer.request,
            personal=True,
        )
        files = {f"{issued.number}.pdf": issued.data, **_files(desk, request, answer)}
        shown = issuing.unsigned(desk, paper_of(desk, answer, issued.number))
        change.note(
            "answer.encrypted",
            "requests",
            request,
            reason=answer.request,
            details={"number": issued.number, "inside": sorted(files)},
        )
    password = handout.passphrase()
    data = handout.encrypted(shown, files, password)
    return Handout(issued.number, data, password, tuple(files))


def _files(desk: Desk, request: int, answer: Answer) -> dict[str, bytes]:
    """Return what lies in the file beside the paper: the data for machines, what places sent."""
    found: dict[str, bytes] = {}
    if answer.kind in AS_DATA:
        told = answer.as_json(desk.vault.header.company, desk.now())
        found[f"{answer.request}.json"] = json.dumps(told, ensure_ascii=False, indent=1).encode()
    names = {one.order: one.file for one in answer.replies if one.file}
    for row in desk.service("retrievals").of_request(request):
        if row.ref in names:
            found[names[row.ref]] = attachments.read(desk.vault, str(row.values["data"]))
    return found


# -- action of the requests -----------------------------------------------------------------

WRITTEN = N_("{number} is written to {file}. Give the passphrase by another way than the file.")


def act(desk: Desk, refs: Sequence[str], *, file: str, language: str = "") -> Outcome:
    """Write the answer to one request as an encrypted file; the passphrase is shown once."""
    target = _target(Path(file))
    done = hand_out(desk, desk.service("requests").number(refs[0]), language or "")
    with system.explained(target):
        system.write_out(target, done.data, _RIGHTS)
    message = _(WRITTEN).format(number=done.number, file=target.name)
    return Outcome(message, tuple(refs[:1]), once=done.passphrase)


def _target(path: Path) -> Path:
    path = path.expanduser().absolute()
    if path.suffix.lower() != ".pdf":
        raise HandoutEndingError(name=path.name)
    system.refuse_inside_vault(path)
    system.refuse_taken(path)
    if not path.parent.is_dir():
        raise system.PathMissingError(path=path.parent)
    return path
