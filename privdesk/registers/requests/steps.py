"""The steps of a case, each inside the caller's transaction with its journal entry.

``flows.requests`` offers them to other flows; the actions of the register call them.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from privdesk.core import references
from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.registers.desk import Change, Desk
from privdesk.registers.requests import claims, enclosures, ending, reasons, rules
from privdesk.registers.requests.rules import Extended, State, Step

if TYPE_CHECKING:
    from privdesk.registers.requests.service import Requests

REGISTER = rules.REGISTER


class AnswerMissingError(DomainError):
    """An answer in part needs the ground and the reason for what is not granted. Nothing was
    changed; give both.
    """

    field = "code"


class NoColleagueError(DomainError):
    """{who} does not work here any more. Nothing was changed; choose somebody else."""


def identify(change: Change, number: int, method: str, *, by: str = "", note: str = "") -> None:
    """Record how it was made sure who asks, by whom and when (rule 21; Decree 46(1))."""
    desk = change.desk
    state = _step(change, number, Step.IDENTIFY)
    _service(change).put(
        change,
        number,
        state=state.value,
        identity_method=method,
        identified_at=desk.now(),
        identified_by=by or desk.vault.person.name,
        identity_note=note,
    )
    _note(change, "request.identified", number, "identity_method")


def start(change: Change, number: int) -> None:
    """Start the work on a case."""
    state = _step(change, number, Step.START)
    _service(change).put(change, number, state=state.value)
    _note(change, "request.started", number)


def extend(change: Change, number: int, until: date, reason: str) -> Extended:
    """Extend a term with the reason the person is told; return whether the due day moves.

    Raises what ``rules.extended`` raises where the law does not allow it.
    """
    desk, service = change.desk, _service(change)
    (row,) = service.rows([number])
    values = row.values
    state = _step(change, number, Step.EXTEND)
    times = values["extensions"] or 0
    made = rules.extended(
        rules.Running(row.ref, str(values["kind"]), values["due_on"], values["due_at"], times),
        until,
        desk.now(),
        desk.calendar,
    )
    moved: dict[str, Any] = {"due_on": until, "due_at": None} if made.moves else {}
    service.put(
        change,
        number,
        state=state.value,
        extended_until=until,
        extension_why=reason,
        extensions=times + 1,
        due_first=values["due_first"] or values["due_on"],
        **moved,
    )
    change.note(
        "request.extended",
        REGISTER,
        number,
        fields=("extended_until",),
        details={reasons.UNTIL: until.isoformat()},
    )
    if made.moves:
        desk.service("freezes").follow(change, number, values["due_on"], until)
    return made


def answer(
    change: Change, number: int, result: str, *, text: str = "", code: str = "", reason: str = ""
) -> None:
    """Record the answer: ``granted``, ``partial``, ``nothing`` or ``answered``.

    In part it needs the ground and the reason for what is not granted. What is held must not
    contradict it, see ``claims``.
    """
    service = _service(change)
    case = service.case(number)
    if result == "partial":
        if not (code and reason):
            raise AnswerMissingError
        rules.ground_for(case.kind, code)
    state = _step(change, number, Step.ANSWER)
    claims.require(change.desk, service.rows([number])[0], result)
    ground = {"refusal": code, "refusal_why": reason} if result == "partial" else {}
    service.put(
        change,
        number,
        state=state.value,
        result=result,
        answer=text,
        answered_at=change.desk.now(),
        **ground,
    )
    _note(change, "request.answered", number, "result", "answer")


def refuse(change: Change, number: int, code: str, reason: str, objection: str = "") -> None:
    """Refuse a case on a ground that its kind knows (rule 18; Decree 42(2)).

    Its orders and freezes end with it.

    ``objection`` is the way to object, empty for the office's usual one (PIPA 38(5)).
    """
    service = _service(change)
    rules.ground_for(service.case(number).kind, code)
    rules.require_ground_of_form(service.case(number), code)
    state = _step(change, number, Step.REFUSE, code)
    service.put(
        change,
        number,
        state=state.value,
        result="refused",
        refusal=code,
        refusal_why=reason,
        objection=objection,
        answered_at=change.desk.now(),
    )
    _note(change, "request.refused", number, "refusal", "refusal_why")
    ending.end(change, number, State.REFUSED)


def colleague(desk: Desk, ref: str) -> str:
    """Return a member of staff who can be given a case; refuse one who has left."""
    (person,) = desk.service("staff").rows([references.number(ref)])
    if person.state != "active":
        raise NoColleagueError(who=ref)
    return ref


def hand_over(change: Change, number: int, to: str, reason: str = "") -> None:
    """Give a case to a colleague, by the reference of the staff register."""
    colleague(change.desk, to)
    _service(change).put(change, number, handler=to, handed_why=reason)
    _note(change, "request.handed-over", number, "handler", "handed_why")


def withdraw(change: Change, number: int, reason: str) -> None:
    """Note that the person takes the request back; its orders and freezes end with it."""
    state = _step(change, number, Step.WITHDRAW)
    told = {"answered_at": change.desk.now(), "taken_back_why": reason}
    _service(change).put(change, number, state=state.value, **told)
    _note(change, "request.withdrawn", number, "taken_back_why")
    ending.end(change, number, State.WITHDRAWN, reason)


def close(change: Change, number: int) -> None:
    """Close a case; its file is kept from here for its own period.

    Refused while a place has not confirmed what was decided, see ``ending.close``.
    """
    service, now = _service(change), change.desk.now()
    state = _step(change, number, Step.CLOSE)
    ending.close(change, number, service.case(number).state)
    until = rules.keep_until(service.case(number).kind, office_date(now))
    service.put(change, number, state=state.value, closed_at=now, keep_until=until)
    _note(change, "request.closed", number, "keep_until")


def attach(change: Change, number: int, data: bytes, name: str, what: str = "other") -> int:
    """Seal a file with the keys of a case; return the attachment's number.

    A mandate counts as on file from then on (rule 22).
    """
    if what in enclosures.SIGNED:
        enclosures.require_scan(data, name)
    made: int = change.desk.service("enclosures").enter(change, number, data, name, what)
    if what == "mandate":
        _service(change).put(change, number, mandate=True)
    _note(change, "request.attached", number, "mandate" if what == "mandate" else "file")
    return made


def _service(change: Change) -> Requests:
    found: Requests = change.desk.service(REGISTER)
    return found


def _step(change: Change, number: int, step: Step, ground: str = "") -> State:
    return rules.next_state(_service(change).case(number), step, ground)


def _note(change: Change, action: str, number: int, *fields: str) -> None:
    """Journal a step; why is free text about a person, so it stands in the case alone."""
    change.note(action, REGISTER, number, fields=fields)
