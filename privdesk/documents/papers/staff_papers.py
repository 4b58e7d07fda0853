"""D17 업무 인계·인수서 and the check sheet of leaving."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from privdesk.core.i18n import N_, Words, words
from privdesk.documents.paper import (
    Block,
    Column,
    Entry,
    Form,
    Heading,
    Paper,
    Points,
    Signature,
    Signatures,
    Table,
    Text,
)
from privdesk.documents.papers.common import NO_APPROVALS, ApprovalLine, boxes, dashed, or_none
from privdesk.documents.phrases import day, short_day

CHECKERS = (N_("Personnel"), N_("Information technology"), N_("Privacy office"))
HANDOVER_BASIS = N_("Personal Information Protection Act art. 28(1) and 59")
SECRECY = N_(
    "What became known in this work is neither used nor told to anybody, also after the handover"
    " and after leaving. No copy of personal information was kept."
)


@dataclass(frozen=True)
class Party:
    """One of the three who sign a handover."""

    name: str
    department: str = ""
    position: str = ""

    @property
    def told(self) -> str:
        """The person with department and position."""
        return " ".join(filter(None, (self.department, self.position, self.name)))


@dataclass(frozen=True)
class OpenCase:
    """A case under way: number, kind, and the day on which it is due."""

    ref: str
    kind: str
    due: date | None


@dataclass(frozen=True)
class HandoverPaper:
    """A handover as it is signed."""

    number: str
    issued_on: date
    ref: str
    giver: Party
    taker: Party
    witness: Party
    basis_on: date
    done_on: date | None
    duties: str
    files: tuple[str, ...]
    records: str
    accounts: str
    pending: str
    cases: tuple[OpenCase, ...]
    approvals: ApprovalLine = NO_APPROVALS


@dataclass(frozen=True)
class RightLeft:
    """A right of somebody who leaves, and the day on which it ended."""

    system: str
    account: str
    right: str
    ended: date | None
    late: int = 0  # days after the last day of work


@dataclass(frozen=True)
class LeavingPaper:
    """A leaving as it stands: steps with their days, and the rights one by one."""

    number: str
    issued_on: date
    ref: str
    who: Party
    staff_no: str
    last_day: date
    steps: tuple[tuple[str, str], ...]  # step, how it stands
    rights: tuple[RightLeft, ...]
    devices: str
    sworn: str = ""  # what stands as returned on the leaver's pledge, where that is another
    closed_on: date | None = None
    approvals: ApprovalLine = NO_APPROVALS


def handover(data: HandoverPaper, language: str) -> Paper:
    """Return the handover of work (D17)."""
    say = words(language)
    body: list[Block] = [
        Form(
            (
                Entry(say("Hands over"), data.giver.told, strong=True),
                Entry(say("Takes over"), data.taker.told, strong=True),
                Entry(say("Witness"), dashed(data.witness.told)),
                Entry(say("Basis date"), day(say, data.basis_on)),
                Entry(say("Duties handed over"), data.duties, wide=True, room=40),
                Entry(say("Files"), or_none(say, ", ".join(data.files)), wide=True),
                Entry(say("Ledgers and papers"), or_none(say, data.records), wide=True),
                Entry(say("Accounts, keys and media"), or_none(say, data.accounts), wide=True),
                Entry(say("Other work under way"), or_none(say, data.pending), wide=True),
                Entry(
                    say("Entered as handed over on"),
                    day(say, data.done_on) or say("not done yet"),
                    wide=True,
                ),
            )
        ),
        Heading(say("Open cases and their due days")),
        _cases(say, data.cases),
        Points((say(SECRECY),)),
        Text(say("The work was handed over and taken over as written above.")),
        _signed(say, data),
    ]
    return Paper(
        code="d17",
        number=data.number,
        title=say("Handover of work"),
        language=language,
        issued_on=data.issued_on,
        body=tuple(body),
        basis=say(HANDOVER_BASIS),
        subtitle=data.ref,
        approvals=boxes(say, data.approvals),
    )


def _cases(say: Words, cases: tuple[OpenCase, ...]) -> Table:
    columns = (
        Column(say("Case no."), 1.4),
        Column(say("Kind"), 2.0),
        Column(say("Due on"), 1.2),
        Column(say("Taken over"), 1.0),
    )
    rows = [(one.ref, one.kind, dashed(short_day(one.due)), "□") for one in cases]
    return Table(columns, rows, empty=say("No case is under way."))


def _signed(say: Words, data: HandoverPaper) -> Signatures:
    parts = (
        (say("Hands over"), data.giver.name),
        (say("Takes over"), data.taker.name),
        (say("Witness"), data.witness.name),
    )
    return _by_hand(say, parts)


def _by_hand(say: Words, parts: Iterable[tuple[str, str]]) -> Signatures:
    """Return room for the hands of people, each by role and name."""
    return Signatures(
        tuple(Signature(role, name) for role, name in parts),
        (say("Role"), say("Name"), say("How it was signed"), say("Date")),
        say("(signature or seal)"),
    )


def leaving(data: LeavingPaper, language: str) -> Paper:
    """Return the check sheet of somebody's leaving."""
    say = words(language)
    right_columns = (
        Column(say("System"), 1.8),
        Column(say("Account"), 1.2),
        Column(say("Right"), 1.6),
        Column(say("Ended"), 1.0),
    )
    rights = [(one.system, dashed(one.account), one.right, _ended(say, one)) for one in data.rights]
    returned = [Entry(say("What was handed back"), data.devices, wide=True, room=34)]
    if data.sworn:
        returned.append(Entry(say("On the leaver’s pledge"), data.sworn, wide=True, strong=True))
    return Paper(
        code="leaving",
        number=data.number,
        title=say("Check sheet of leaving"),
        language=language,
        issued_on=data.issued_on,
        body=(
            Form(
                (
                    Entry(say("Name"), data.who.told, strong=True),
                    Entry(say("Staff number"), dashed(data.staff_no)),
                    Entry(say("Last day of work"), day(say, data.last_day)),
                    Entry(say("Closed on"), day(say, data.closed_on) or say("under way")),
                )
            ),
            Heading(say("Steps")),
            Table((Column(say("Step"), 2.0), Column(say("How it stands"), 2.4)), data.steps),
            Heading(say("Rights in the systems")),
            Table(right_columns, rights, empty=say("No right in any system.")),
            Form(tuple(returned)),
            Heading(say("Checked by")),
            _by_hand(
                say,
                [(say(role), "") for role in CHECKERS]
                + [(say("Person who leaves"), data.who.name)],
            ),
        ),
        basis=say(HANDOVER_BASIS),
        subtitle=data.ref,
        approvals=boxes(say, data.approvals),
    )


def _ended(say: Words, one: RightLeft) -> str:
    """Return the day on which a right ended, and how late that was (rule 44: the same day)."""
    told = short_day(one.ended) or "□"
    return f"{told}\n" + say.many("{n} day late", "{n} days late", one.late) if one.late else told
