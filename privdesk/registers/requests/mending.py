"""An answer that turns out to be wrong: taken back before its letter, put right after it.

Until the person was written to, nobody relies on an answer, and it can go. Afterwards she
does: then only a new answer is recorded in its place, with the reason, and a corrected letter is
printed (PIPA 38(5); Decree 42(2), 43(3)).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from privdesk.core.clock import office_date
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _
from privdesk.core.register import Outcome, Row
from privdesk.registers.desk import Change, Desk
from privdesk.registers.requests import rules
from privdesk.registers.requests.rules import State
from privdesk.registers.requests.steps import AnswerMissingError

TAKEN_BACK = N_(
    "The answer is taken back; the case is open again. Orders and freezes that ended with a refusal"
    " stay ended: order and freeze anew."
)
PUT_RIGHT = N_("Answer put right; print the corrected letter now.")
_REFUSED, _PARTIAL = ("d6", "reply"), ("d5", "d6", "reply")
_GRANTED = ("d5", "reply")


class NotAnsweredYetError(DomainError):
    """{ref} has no answer that could be changed. Nothing was changed; record the answer first."""


class LetterOutError(DomainError):
    """The letter {number} tells the person this answer already, so it cannot be taken back. Nothing
    was changed; put the answer right with the reason and print a corrected letter.
    """


class NoLetterYetError(DomainError):
    """No letter has told the person the answer of {ref} yet. Nothing was changed; take the answer
    back and record another.
    """


def letter_of(desk: Desk, row: Row) -> str:
    """Return the number of the newest letter that tells the answer of a case, or nothing.

    A notice of postponement that went out before is none.
    """
    result, at = row.values["result"], row.values["answered_at"]
    if not isinstance(at, datetime):
        return ""
    codes = _REFUSED if result == "refused" else _PARTIAL if result == "partial" else _GRANTED
    marks = ", ".join("?" * len(codes))
    sql = (
        f"SELECT number FROM documents WHERE about = ? AND code IN ({marks})"
        " AND state <> 'void' AND issued_on >= ? ORDER BY id DESC LIMIT 1"
    )
    told = (row.ref, *codes, office_date(at).isoformat())
    found = desk.vault.raw.execute(sql, told).fetchone()
    return str(found[0]) if found else ""


def take_back(change: Change, number: int, reason: str) -> State:
    """Take an answer or a refusal back while no letter has told it; return the state then.

    Raises:
        NotAnsweredYetError: there is none.
        LetterOutError: the person was told.
    """
    row = _answered(change, number)
    letter = letter_of(change.desk, row)
    if letter:
        raise LetterOutError(number=letter)
    state = State.EXTENDED if row.values["extensions"] else State.WORKING
    change.desk.service(rules.REGISTER).put(
        change,
        number,
        state=state.value,
        result=None,
        refusal=None,
        answered_at=None,
        answer="",
        refusal_why="",
        objection="",
    )
    fields = ("result", "answer", "refusal", "refusal_why")
    change.note("request.taken-back", rules.REGISTER, number, fields=fields, reason=reason)
    return state


def put_right(
    change: Change,
    number: int,
    because: str,
    result: str,
    *,
    text: str = "",
    code: str = "",
    reason: str = "",
) -> None:
    """Record another answer in place of one that a letter has told; the next letter says why.

    Raises:
        NotAnsweredYetError: there is no answer.
        NoLetterYetError: nobody was told, so the answer is taken back instead.
        AnswerMissingError: in part, or refused, without ground or reason.
    """
    desk, row = change.desk, _answered(change, number)
    letter = letter_of(desk, row)
    if not letter:
        raise NoLetterYetError(ref=row.ref)
    limited = result in ("partial", "refused")
    if limited and not (code and reason):
        raise AnswerMissingError
    if limited:
        rules.ground_for(str(row.values["kind"]), code)
    desk.service(rules.REGISTER).put(
        change,
        number,
        state=(State.REFUSED if result == "refused" else State.ANSWERED).value,
        result=result,
        answer=text,
        refusal=code if limited else None,
        refusal_why=reason if limited else "",
        put_right=f"{letter}: {because.strip()}",
    )
    fields = ("result", "answer", "refusal", "refusal_why")
    change.note("request.put-right", rules.REGISTER, number, fields=fields, reason=because)


def _answered(change: Change, number: int) -> Row:
    (row,) = change.desk.service(rules.REGISTER).rows([number])
    if row.state not in (State.ANSWERED.value, State.REFUSED.value):
        raise NotAnsweredYetError(ref=row.ref)
    found: Row = row
    return found


# -- actions


def act_take_back(desk: Desk, refs: Sequence[str], *, reason: str) -> Outcome:
    """Take answers back that no letter has told yet."""
    with desk.change() as change:
        for ref in refs:
            take_back(change, desk.service(rules.REGISTER).number(ref), reason)
    return Outcome(_(TAKEN_BACK), tuple(refs))


def act_put_right(
    desk: Desk,
    refs: Sequence[str],
    *,
    because: str,
    result: str,
    text: str = "",
    code: str = "",
    reason: str = "",
) -> Outcome:
    """Record other answers in place of those that letters have told."""
    with desk.change() as change:
        for ref in refs:
            number = desk.service(rules.REGISTER).number(ref)
            put_right(change, number, because, result, text=text, code=code, reason=reason)
    return Outcome(_(PUT_RIGHT), tuple(refs))
