"""Reading a personnel list as personnel writes it: a cover sheet, totals, columns of its own.

What cannot be read is never passed over: the columns that fill nothing and the lines with a
fault are told beside the comparison. Whoever stands on such a line is neither new nor gone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from privdesk.core.errors import DomainError
from privdesk.core.fields import Field
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_
from privdesk.core.normal import DateRules
from privdesk.exchange import mapping
from privdesk.exchange.reading import open_source, sheets
from privdesk.exchange.rows import TOTAL, Chunk, Options, Reject, read_chunks
from privdesk.registers.rosters import rules
from privdesk.registers.rosters.rules import Member

READ = ("name", "staff_no", "department", "position", "joined", "left")
STATUS = Field(
    "status",
    N_("Employment"),
    aliases=(
        "employment",
        "재직구분",
        "재직 상태",
        "재직상태",
        "재직여부",
        "재직 여부",
        "근무상태",
    ),
)
_GONE = frozenset(map(name_key, ("퇴직", "퇴사", "면직", "해임", "left", "resigned", "retired")))
_NEAR = 50  # years of two digits up to this one are of this century
_ELSEWHERE = (*("소속부서", "소속 부서", "근무부서", "근무 부서"), *("팀", "팀명", "본부"))


@dataclass(frozen=True)
class Unclear:
    """A line that could not be read: its number, who it is about, the cells that are wrong."""

    row: int
    name: str
    staff_no: str
    cells: tuple[str, ...]

    @property
    def key(self) -> str:
        """Return what makes two lines the same person, as ``Member.key`` does."""
        return name_key(self.staff_no) or name_key(self.name)


@dataclass(frozen=True)
class Listed:
    """What a list says: its people, the columns that were not read, the lines with a fault."""

    people: tuple[Member, ...]
    unread: tuple[str, ...] = ()
    unclear: tuple[Unclear, ...] = ()


def day_of(path: Path, staff: Sequence[Field]) -> date | None:
    """Return the day that a list says above its columns it is of, or None."""
    for sheet in sheets(path) or (None,):
        try:
            with open_source(path, sheet=sheet, known=mapping.recogniser([*staff])) as source:
                found = rules.day_told(source.layout.above)
        except DomainError:  # a cover; ``read`` says what is wrong with all of them
            continue
        if found is not None:
            return found
    return None


def read(path: Path, staff: Sequence[Field], as_of: date) -> Listed:
    """Return what a list says; the first sheet with names is the one that is read.

    Raises:
        NoNamesError: no sheet has a column of names.
    """
    names = sheets(path)
    if len(names) < 2:
        return _sheet(path, None, staff, as_of)
    for name in names:
        try:
            return _sheet(path, name, staff, as_of)
        except DomainError as why:
            cause = why
            if isinstance(why, (rules.SameNumberError, rules.SameNameError)):
                raise
    raise rules.NoNamesError(file=path.name) from cause


def _sheet(path: Path, sheet: str | None, staff: Sequence[Field], as_of: date) -> Listed:
    fields = [_known(f) for f in staff if f.name in READ] + [STATUS]
    with open_source(path, sheet=sheet, known=mapping.recogniser([*staff, STATUS])) as source:
        plan = mapping.plan(source, [*fields], answer=DateRules(pivot=_NEAR))
        if plan.column_of("name") is None:
            raise rules.NoNamesError(file=path.name)
        people: list[Member] = []
        unclear: list[Unclear] = []
        for chunk in read_chunks(source, plan, fields, Options(partial=True)):
            people += _people(chunk, as_of)
            unclear += (_unclear(plan, one) for one in chunk.rejects if not _is_total(one))
        return Listed(tuple(people), plan.left_out, tuple(unclear))


def _known(field: Field) -> Field:
    """Return a field of the staff as a personnel list may call it."""
    aliases = (*field.aliases, *_ELSEWHERE) if field.name == "department" else field.aliases
    return replace(field, required=False, default=None, aliases=aliases)


def _people(chunk: Chunk, as_of: date) -> list[Member]:
    found = []
    for row in chunk.rows:
        told: dict[str, Any] = {n: v for n, v in zip(chunk.names, row, strict=True) if v}
        status = name_key(str(told.pop("status", "")))
        if not told.get("name"):
            continue
        if status in _GONE and "left" not in told:
            told["left"] = as_of
        found.append(Member(**told))
    return found


def _unclear(plan: mapping.Mapping, one: Reject) -> Unclear:
    def cell(field: str) -> str:
        at = plan.column_of(field)
        return one.cells[at] if at is not None and at < len(one.cells) else ""

    told = tuple(f"{fault.column} “{fault.value}”" for fault in one.faults if fault.column)
    return Unclear(one.row, cell("name"), cell("staff_no"), told or (" ".join(one.cells),))


def _is_total(one: Reject) -> bool:
    return any(fault.cause == TOTAL for fault in one.faults)
