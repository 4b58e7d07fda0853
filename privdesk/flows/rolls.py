"""Attendance out of a list: a file, or lines copied from a spreadsheet.

A line says who (staff number, else name), and may say whether the person was there and the
points of the test. Whoever is not on the sheet yet is put on it: people come uninvited.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from privdesk.core.errors import DomainError
from privdesk.core.hangul import name_key
from privdesk.core.i18n import N_, _, ngettext
from privdesk.core.reasons import Reason, reason
from privdesk.core.register import Outcome
from privdesk.exchange.heads import column_letter
from privdesk.exchange.reading import open_source
from privdesk.exchange.source import Source
from privdesk.registers.attendances.fields import ABSENT, ATTENDED, EXCUSED
from privdesk.registers.attendances.service import Mark
from privdesk.registers.desk import Desk
from privdesk.ui.importing.pasted import open_pasted
from privdesk.vault.payloads import OFFICE

WHO, RESULT, SCORE = "who", "result", "score"
_HEADS = {
    "staff number": "no", "staff no": "no", "employee number": "no", "employee no": "no",
    "사번": "no", "사원번호": "no", "직원번호": "no",
    "name": WHO, "full name": WHO, "member of staff": WHO, "employee": WHO,
    "성명": WHO, "이름": WHO, "직원명": WHO, "직원": WHO,
    "attendance": RESULT, "attended": RESULT, "result": RESULT,
    "참석": RESULT, "참석 여부": RESULT, "출석": RESULT, "출석 여부": RESULT, "비고": "",
    "points": SCORE, "score": SCORE, "점수": SCORE, "평가": SCORE, "평가 점수": SCORE,
}  # fmt: skip
_WORDS = {
    ATTENDED: ("y", "yes", "o", "ㅇ", "○", "●", "◯", "v", "✓", "✔", "1", "true", "attended",
               "present", "was there", "late", "completed", "참석", "출석", "예", "지각", "수료",
               "이수", "조퇴"),
    ABSENT: ("n", "no", "x", "×", "✗", "0", "false", "absent", "was absent", "불참", "결석",
             "미참석", "미이수", "아니요", "무단"),
    EXCUSED: ("excused", "was excused", "공가", "면제", "사유", "휴가", "출장",
              "연차", "병가", "반차", "휴직", "사유 불참"),
}  # fmt: skip
_MEANS = {name_key(word): result for result, words in _WORDS.items() for word in words}
_KEYS = {name_key(head): what for head, what in _HEADS.items()}
_UNITS = re.compile(r"(\.0+)?\s*(점|points?|pts?|/\s*100(점)?)?\s*$", re.IGNORECASE)
_MARKS = re.compile("[,;，；]")
_TYPED = re.compile(r"\s*(\S.*?)\s+(\S+?)(?:\s+(\d+\S*))?\s*")
SHOWN, _MOST_ROWS = 5, 100
NOBODY = N_("nobody of the staff is called “{who}”, or has this number")
SEVERAL = N_("several of the staff are called “{who}”; give the staff number")
TWICE = N_("“{who}” stands in the list twice")
WORD = N_("“{text}” says neither that somebody was there nor that not")
POINTS = N_("“{text}” is no number of points from 0 to 100")


class NothingToTakeError(DomainError):
    """No list was given. Nothing was changed; choose a file, or paste the lines of the list."""


class TwoListsError(DomainError):
    """Both a file and pasted lines were given. Nothing was changed; leave out one of them."""


class NothingRecognisedError(DomainError):
    """No line of the list could be used: {why}. Nothing was changed; correct the list."""


@dataclass(frozen=True)
class Line:
    """What one line of a list says; ``result`` is empty where it says nothing of attendance."""

    row: int
    staff: int
    result: str
    score: int | None = None


@dataclass(frozen=True)
class Fault:
    """A line that cannot be used, and why."""

    row: int
    why: Reason


@dataclass(frozen=True)
class Roll:
    """A list as it was understood."""

    lines: tuple[Line, ...]
    faults: tuple[Fault, ...]


def take(desk: Desk, refs: Sequence[str], *, file: str = "", text: str = "") -> Outcome:
    """Record attendance at one session out of a file or pasted lines."""
    from privdesk.registers.sessions.service import OneSessionError

    desk.require("officer")
    if len(refs) != 1:
        raise OneSessionError
    if file and text:
        raise TwoListsError
    session = desk.service("sessions").number(refs[0])
    with desk.vault.reading():
        if file:
            with open_source(Path(file).expanduser(), known=_is_head) as source:
                roll = read(desk, source)
        elif text.strip():
            roll = pasted(desk, text)
        else:
            raise NothingToTakeError
    return record(desk, session, roll)


def pasted(desk: Desk, text: str) -> Roll:
    """Return what pasted lines say; nothing is changed."""
    return read(desk, open_pasted(_in_columns(text), _is_head))


def _in_columns(text: str) -> str:
    """Return typed lines with tabs between their cells, as a spreadsheet copies them.

    Who types has commas or semicolons instead, or blanks before a mark and the points: “N0292 O
    77”. Blanks inside a name stay.
    """
    if "\t" in text:
        return text
    lines = []
    for line in text.splitlines():
        if _MARKS.search(line):
            lines.append("\t".join(part.strip() for part in _MARKS.split(line)))
            continue
        found = _TYPED.fullmatch(line)
        said = found is not None and name_key(found[2]) in _MEANS
        lines.append("\t".join(filter(None, found.groups())) if found and said else line)
    return "\n".join(lines)


def read(desk: Desk, source: Source) -> Roll:
    """Return what a list says; nothing is changed."""
    columns = _columns(source)
    people = _People(desk)
    lines: dict[int, Line] = {}
    faults: list[Fault] = []
    for row, cells in source.rows():
        said = {what: _text(cells[at]) for what, at in columns.items() if at < len(cells)}
        if not (said.get("no") or said.get(WHO)):
            continue
        found = _line(people, row, said, listed=RESULT not in columns)
        if isinstance(found, Line) and found.staff in lines:
            found = Fault(row, reason(TWICE, who=said.get("no") or said[WHO]))
        if isinstance(found, Fault):
            faults.append(found)
        else:
            lines[found.staff] = found
    return Roll(tuple(lines.values()), tuple(faults))


def record(desk: Desk, session: int, roll: Roll) -> Outcome:
    """Put people on the sheet who are not on it, and record what the list says of each."""
    if not roll.lines:
        raise NothingRecognisedError(why=told(roll.faults) or "–")
    service = desk.service("attendances")
    with desk.change() as change:
        added = service.invite(change, session, [line.staff for line in roll.lines])
        known = service.of(session)
        marks = [Mark(known[x.staff], x.result, x.score) for x in roll.lines if x.result]
        service.mark(change, session, marks)
        ref = desk.ref("sessions", session)
        details = {"marked": len(marks), "added": added, "left_out": len(roll.faults)}
        change.note("record.changed", "sessions", session, fields=("attendance",), details=details)
    parts = [ngettext("{n} attendance recorded", "{n} attendances recorded", len(marks))]
    if added:
        parts.append(ngettext("{n} person added", "{n} people added", added))
    if roll.faults:
        left = ngettext("{n} line left out", "{n} lines left out", len(roll.faults))
        parts.append(f"{left} ({told(roll.faults)})")
    return Outcome("; ".join(parts), (ref,))


@dataclass(frozen=True)
class Called:
    """What a sheet shows of somebody."""

    name: str
    number: str
    department: str


def called(desk: Desk, staff: Sequence[int]) -> dict[int, Called]:
    """Return name, staff number and department of these people; nothing else of them is read."""
    sealed = desk.vault.payloads.read_many(OFFICE, staff)
    rows = desk.vault.raw.execute("SELECT id, department FROM staff").fetchall()
    departments = dict(rows)
    return {
        who: Called(told.get(1, ""), told.get(2, ""), departments.get(who) or "")
        for who, told in sealed.items()
    }


class _People:
    """The staff by number and by name, read once; who left is known too."""

    def __init__(self, desk: Desk) -> None:
        sql = "SELECT id FROM staff WHERE state <> 'void' ORDER BY id"
        numbers = [row[0] for row in desk.vault.raw.execute(sql).fetchall()]
        sealed = desk.vault.payloads.read_many(OFFICE, numbers)
        self.by_ref = {name_key(desk.ref("staff", n)): n for n in numbers}
        self.by_number = {name_key(told[2]): n for n, told in sealed.items() if told.get(2)}
        names = {n: name_key(told.get(1, "")) for n, told in sealed.items()}
        self._counts = Counter(names.values())
        self._by_name = {name: n for n, name in names.items()}

    def find(self, number: str, name: str) -> int | Reason:
        """Return who is meant, or why nobody is."""
        if number:
            key = name_key(number)
            found = self.by_number.get(key) or self.by_ref.get(key)
            return reason(NOBODY, who=number) if found is None else found
        key = name_key(name)
        known = self.by_number.get(key) or self.by_ref.get(key)
        if known is not None:
            return known
        if self._counts[key] > 1:
            return reason(SEVERAL, who=name)
        return self._by_name.get(key) or reason(NOBODY, who=name)


def _line(people: _People, row: int, said: dict[str, str], *, listed: bool) -> Line | Fault:
    found = people.find(said.get("no", ""), said.get(WHO, ""))
    if isinstance(found, Reason):
        return Fault(row, found)
    text, points = said.get(RESULT, ""), said.get(SCORE, "")
    result = ATTENDED if listed or (points and not text) else ""
    if text:
        result = _MEANS.get(name_key(text), "")
        if not result:
            return Fault(row, reason(WORD, text=text))
    if not points or result != ATTENDED:
        return Line(row, found, result)
    score = _points(points)
    if score is None:
        return Fault(row, reason(POINTS, text=points))
    return Line(row, found, result, score)


def _points(text: str) -> int | None:
    """Return the points of a cell such as ``77``, ``77점``, ``77.0`` or ``77/100``, or None."""
    told = _UNITS.sub("", text.strip()).strip()
    if not told.isdecimal() or int(told) > 100:
        return None
    return int(told)


def _columns(source: Source) -> dict[str, int]:
    heads = list(source.header)
    if heads == [column_letter(at) for at in range(len(heads))]:  # a range without a head
        return dict(zip((WHO, RESULT, SCORE), range(len(heads)), strict=False))
    found: dict[str, int] = {}
    for at, head in enumerate(heads):
        what = _KEYS.get(name_key(head))
        if what:
            found.setdefault(what, at)
    return found or {WHO: 0}


def _is_head(text: str) -> bool:
    """Whether a text is a head; a word that also tells of somebody's attendance may be none."""
    return name_key(text) in _KEYS.keys() - _MEANS.keys()


def _text(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return str(cell).strip()


def told(faults: Iterable[Fault]) -> str:
    """Return the first few faults in words, and the numbers of the other lines."""
    several = list(faults)
    words = [
        _(N_("line {row}: {why}")).format(row=one.row, why=one.why.text())
        for one in several[:SHOWN]
    ]
    rest = [str(one.row) for one in several[SHOWN:]]
    if rest:
        more = ", …" if len(rest) > _MOST_ROWS else ""
        words.append(_(N_("also lines {rows}")).format(rows=", ".join(rest[:_MOST_ROWS]) + more))
    return ", ".join(words)
