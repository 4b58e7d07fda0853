"""A destruction from request to certificate: two people, one digest, an order to each place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import insert, update

from privdesk.core import system
from privdesk.core.errors import DomainError, InvalidValueError
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _
from privdesk.flows import (
    choosing,
    confirming,
    destroying,
    issuing,
    orders,
    proofs,
    rolling,
    verifying,
)
from privdesk.flows.choosing import Set
from privdesk.flows.verifying import Traces
from privdesk.journal import ruleoftwo
from privdesk.registers.desk import Change, Desk
from privdesk.registers.destructions import rules, signatures
from privdesk.registers.destructions.commands import Part
from privdesk.registers.destructions.fields import SLOT_REASON, SLOT_WITNESS
from privdesk.registers.destructions.model import Chosen, Destruction
from privdesk.registers.destructions.rules import People, State, Step
from privdesk.ui.progress import Progress
from privdesk.vault import attachments, roll
from privdesk.vault.indexes import AMPLE_KIB, caches
from privdesk.vault.payloads import OFFICE
from privdesk.vault.schema import table

REQUESTER, APPROVER = signatures.REQUESTER, signatures.APPROVER
OPERATOR = signatures.OPERATOR
STAGE_CHECK = N_("Checking what was approved")
STAGE_DESTROY = N_("Destroying keys and values")
STAGE_ROLL = N_("Closing older copies")
STAGE_VERIFY = N_("Looking for what was destroyed")
STAGE_PAPER = N_("Writing the certificate")
ROLL_STAGES = {
    "secret": N_("New epoch secret"),
    "copy": N_("Encrypting anew"),
    "verify": N_("Opening all survivors"),
    "switch": N_("Replacing the files"),
    "record": N_("Replacing the files"),
    "register": N_("Replacing the role keys"),
    "backup": N_("Writing a fresh backup"),
    "custody": N_("Writing the custody copy"),
    "forget": N_("Overwriting the old secret"),
}
DONE = (State.EXECUTED, State.BACKUPS_CLOSED, State.COMPLETE)


class NotClosedError(DomainError):
    """The people of {ref} are destroyed in the vault, but older copies are not closed yet: {cause}
    Execute {ref} again once that is mended; nobody is destroyed twice.
    """


class ExecutedAlreadyError(DomainError):
    """{ref} was executed already. Nothing was changed; its certificate prints with “privdesk print
    VAULT d1 {ref} --out FILE.pdf”.
    """


@dataclass(frozen=True)
class Executed:
    """What an execution ended with."""

    ref: str
    state: str
    issued: issuing.Issued


def request(
    desk: Desk,
    *,
    due_on: date | None = None,
    refs: Sequence[str] = (),
    file: str | None = None,
    part: Part | None = None,
    reason: str,
) -> str:
    """Choose what is to be destroyed, sign the request; return the destruction's reference."""
    desk.require("officer")
    if not reason.strip():
        raise InvalidValueError(
            value="", field=_(N_("Reason")), cause=_(N_("it must not be empty."))
        )
    with desk.change() as change:
        chosen = choosing.choose(desk, due_on=due_on, refs=refs, file=file, part=part)
        number = desk.vault.new_ids()[0]
        _enter(change, number, chosen)
        desk.vault.payloads.put(OFFICE, number, {SLOT_REASON: reason.strip()})
        signatures.sign(change, number, REQUESTER, chosen.digest())
        orders.draw_up(change, number, chosen)
        change.note(
            "destruction.requested",
            "destructions",
            number,
            count=len(chosen.taken),
            rows_digest=chosen.digest(),
        )
    return desk.ref("destructions", number)


def approve(desk: Desk, ref: str) -> None:
    """Sign the same digest as somebody other than the requester."""
    desk.require("officer")
    service = desk.service("destructions")
    number = service.number(ref)
    two = two_officers(desk)
    with desk.change() as change:
        row = service.rows([number])[0]
        people = People(requester=_signer(desk, number, REQUESTER), approver=_self(desk))
        rules.require_approver(people, len(desk.vault.header.active("officer")), two_officers=two)
        signatures.require(desk, number, str(row.values["digest"]), (REQUESTER,), two=two)
        service.step(change, number, Step.APPROVE)
        signatures.sign(change, number, APPROVER, str(row.values["digest"]))
        _set(change, number, approved_on=desk.today(), two_officers=two)
        change.note("destruction.approved", "destructions", number)


def execute(
    desk: Desk,
    ref: str,
    custody: Path,
    *,
    witness: str | None = None,
    progress: Progress | None = None,
) -> Executed:
    """Destroy what was approved, close older copies, verify, and issue the certificate.

    Until the keys are dropped it can be cancelled; from then on it runs to its end, also
    after a crash, when the vault is next opened.
    """
    from privdesk.documents import faces  # draws papers, so it is not loaded with the desk

    progress = progress or Progress()
    desk.require("officer")
    rolling.check_target(desk, custody)
    _require_writable(custody)
    rolling.require_backup_folder(desk)
    faces.require()
    service = desk.service("destructions")
    number = service.number(ref)
    state = State(service.rows([number])[0].state)
    traces = Traces()
    if state is State.APPROVED:
        traces = _destroy(desk, number, _witness(desk, number, witness), custody, progress)
    elif state in DONE:
        raise ExecutedAlreadyError(ref=ref)
    elif state is not State.EXECUTING:
        rules.next_state(state, Step.EXECUTE)
    return finish(desk, number, custody, progress, traces)


def finish(desk: Desk, number: int, custody: Path, progress: Progress, traces: Traces) -> Executed:
    """Do what follows the destruction itself: roll, verification, certificate."""
    proofs.require(desk, number)

    def stage(name: str) -> None:
        progress.stage(ROLL_STAGES.get(name, name))

    progress.stage(STAGE_ROLL)
    try:
        rolling.run(desk, custody, stage)
    except DomainError as why:
        raise NotClosedError(ref=desk.ref("destructions", number), cause=why.sentence()) from why
    return conclude(desk, number, traces, progress)


def conclude(desk: Desk, number: int, traces: Traces, progress: Progress) -> Executed:
    """Verify a destruction whose roll is done, move it on and issue its certificate."""
    proofs.require(desk, number)
    progress.stage(STAGE_VERIFY)
    told = verifying.verify(desk, number, traces)
    service = desk.service("destructions")
    closed = rolling.closed_by(desk)
    with desk.change() as change:
        values = {"epoch": closed.epoch, "backup": closed.backup, "custody": closed.custody}
        _set(change, number, **values, verified=told.text())
        service.step(change, number, Step.FINISH)
        service.step(change, number, Step.CLOSE_BACKUPS)
        change.note("destruction.verified", "destructions", number, count=told.values)
        complete(change, number)
    progress.stage(STAGE_PAPER)
    ref = desk.ref("destructions", number)
    issued = issuing.issue(desk, "d1", ref, desk.setting("language", "ko"))
    return Executed(ref, service.rows([number])[0].state, issued)


def place(
    desk: Desk,
    ref: str,
    place_ref: str,
    *,
    by: str,
    on: date,
    count: int,
    method: str = "",
    evidence: Path | None = None,
) -> None:
    """Enter a place's answer to its order; the certificate moves on by itself."""
    desk.require("officer")
    number = desk.service("destructions").number(ref)
    with desk.change() as change:
        files = orders.answer(change, number, place_ref, by, on, count, method, evidence)
        complete(change, number)
    attachments.unlink(desk.vault, files)


def complete(change: Change, number: int) -> None:
    """Move an executed destruction to *complete* once everybody has confirmed."""
    if confirming.everybody_confirmed(change.desk, number):
        change.desk.service("destructions").step(change, number, Step.COMPLETE)
        change.note("destruction.state", "destructions", number, details={"state": "complete"})


def move_on(change: Change) -> None:
    """Let destructions that waited for a copy or an account alone become complete."""
    service = change.desk.service("destructions")
    for number in service.every():
        complete(change, number)


def status(desk: Desk, ref: str | None = None) -> list[Mapping[str, Any]]:
    """Return where one destruction, or each, stands: its facts and its orders to places."""
    service = desk.service("destructions")
    numbers = [service.number(ref)] if ref else list(service.every())
    return [_status(desk, number) for number in numbers]


def two_officers(desk: Desk) -> bool:
    """Whether the two-officer rule is on (the default)."""
    return ruleoftwo.applies(desk.vault)


# -- inside


def _status(desk: Desk, number: int) -> Mapping[str, Any]:
    row = desk.service("destructions").rows([number])[0]
    names = [
        *("scope", "people", "holdings", "skipped", "destroyed", "tombstones", "digest"),
        *("digest_executed", "requested_on", "approved_on", "executed_at", "epoch"),
        *("backup", "custody", "verified", "reason"),
    ]
    return {
        "ref": row.ref,
        "state": row.state,
        **{name: row.values.get(name) for name in names},
        "witness": row.values.get("witness"),
        "signed": {s["part"]: name_of(desk, s["person"]) for s in signed(desk, number)},
        "places": orders.told(desk, number),
    }


def signed(desk: Desk, number: int) -> list[Mapping[str, Any]]:
    """Return the signatures of a destruction that officers made, oldest first."""
    return signatures.counting(desk, number)


def name_of(desk: Desk, person: int) -> str:
    """Return what a person of the vault is called."""
    found = desk.vault.header.by_id(person)
    return found.name if found else str(person)


def _enter(change: Change, number: int, chosen: Set) -> None:
    desk = change.desk
    change.sql.execute(
        insert(table(Destruction)).values(
            id=number,
            state=State.REQUESTED.value,
            scope=chosen.scope,
            file=chosen.file,
            due_by=chosen.due_on,
            method=rules.Method.CRYPTO_ERASE.value,
            people=chosen.people,
            holdings=len(chosen.taken),
            items=len(destroying.items_of(desk, {line.purpose for line in chosen.taken})),
            skipped=len(chosen.left_out),
            requested_on=desk.today(),
            digest=chosen.digest(),
            two_officers=two_officers(desk),
        )
    )
    rows = [
        {
            "destruction": number,
            "holding": line.holding,
            "subject": line.subject,
            "why": line.why,
            "done": False,
        }
        for line in chosen.lines
    ]
    if rows:
        change.sql.execute(insert(table(Chosen)), rows)


def _set(change: Change, number: int, **values: Any) -> None:
    t = table(Destruction)
    change.sql.execute(update(t).where(t.c.id == number).values(**values))


def _destroy(desk: Desk, number: int, witness: str, custody: Path, progress: Progress) -> Traces:
    """The one transaction after which nothing brings the people back."""
    progress.stage(STAGE_CHECK)
    service = desk.service("destructions")
    ref = desk.ref("destructions", number)
    values = service.rows([number])[0].values
    file = _file(desk, values.get("file"))
    counted = orders.counted(desk, number)
    two = values.get("two_officers") is not False or two_officers(desk)
    asked = choosing.digest_of((chosen[0] for chosen in service.chosen(number)), file, counted)
    signatures.require(desk, number, asked, (REQUESTER, APPROVER), two=two)
    with desk.change() as change:
        service.step(change, number, Step.EXECUTE)
        lines = destroying.recheck(change, number, progress)
        if not lines and not counted:
            raise choosing.NothingToDestroyError
        files = orders.narrow(change, number, lines)
        progress.stage(STAGE_DESTROY)
        progress.no_return()
        with caches(desk.vault.raw, AMPLE_KIB):
            result = destroying.destroy(change, number, lines)
        digest = choosing.digest_of((line.holding for line in lines), file, counted)
        if file is not None and counted:
            _set(change, number, file_due_on=_due_on(desk, file))
            desk.service("files").mark_destroyed(change, file, ref)
        told = {"destroyed": len(lines), "tombstones": result.people, "digest_executed": digest}
        _set(change, number, executed_at=desk.now().isoformat(), **told)
        desk.vault.payloads.put(OFFICE, number, {SLOT_WITNESS: witness})
        signatures.sign(change, number, OPERATOR, digest)
        proofs.keep(change, number, digest)
        roll.mark_pending(desk.vault, desk.now().isoformat())
        desk.vault.set_meta("roll_custody", str(custody.absolute()))
        counted_in = {"count": len(lines), "rows_digest": digest}
        change.note("destruction.executed", "destructions", number, **counted_in)
    attachments.unlink(desk.vault, [*files, *result.files])
    return result.traces


def _file(desk: Desk, ref: Any) -> int | None:
    return desk.service("files").number(ref) if ref else None


def _due_on(desk: Desk, file: int) -> date | None:
    """Return the day of a counted file, which it has no more once it is destroyed."""
    due: date | None = desk.service("files").rows([file])[0].values["due_on"]
    return due


def _witness(desk: Desk, number: int, named: str | None) -> str:
    """Return the witness: who was named, else the approver or, if she runs it, the requester.

    Operator and witness differ while the two-officer rule is on (rule 15).
    """
    operator = _self(desk)
    usual = (_signer(desk, number, APPROVER), _signer(desk, number, REQUESTER))
    name = named.strip() if named else next((n for n in usual if n != operator), usual[0])
    told = operator if name_key(name) == name_key(operator) else name
    rules.require_witness(People(operator=operator, witness=told), two_officers=two_officers(desk))
    return name


def _signer(desk: Desk, number: int, part: str) -> str:
    return next((name_of(desk, s["person"]) for s in signed(desk, number) if s["part"] == part), "")


def _self(desk: Desk) -> str:
    return desk.vault.person.name


def _require_writable(custody: Path) -> None:
    """Refuse before anything is destroyed when the custody copy could not be written."""
    probe = custody.with_name(f".{custody.name}.probe")
    with system.explained(custody):
        probe.touch()
        probe.unlink()
