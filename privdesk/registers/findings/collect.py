"""All findings of a day: those of every register, of the vault's safety, of the set-up.

Quick with a million people: the registers group in SQL over their indexed days.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from importlib import import_module

from privdesk.core import references
from privdesk.core.errors import DomainError, ForbiddenError
from privdesk.core.findings import Finding, Severity, finding, in_order
from privdesk.core.i18n import N_, _
from privdesk.registers.desk import Desk
from privdesk.registers.findings import safety, setup
from privdesk.registers.findings.asof import desk_on
from privdesk.registers.findings.marks import worded

Judge = Callable[[Desk], list[Finding]]


def desk_findings(desk: Desk, on: date | None = None) -> list[Finding]:
    """Return everything that waits or is wrong on a day (today), as it is worked off.

    What is not set up yet is among it, as ``Severity.SETUP``; a later day shows what will
    be due then.
    """
    then = desk_on(desk, on)
    with then.vault.reading():
        found, todo = gathered(then)
        everything = [*map(worded, found), *setup.findings(todo)]
        return in_order(everything, then.today())


def gathered(desk: Desk) -> tuple[list[Finding], setup.SetUpList]:
    """Return the findings of the registers and of the vault's safety, and the set-up list."""
    found = desk.once("judged", lambda: _every(desk), looks=True)
    todo = setup.steps(desk, found)
    kept = [one for one in found if not _said_by_step(one)]
    return [*kept, *safety.judge(desk)], todo


def _every(desk: Desk) -> tuple[Finding, ...]:
    """Return the findings of the registers: the page, the rail and the dashboard ask in turn."""
    found = (one for name, judge in _judges(desk) for one in _judged(desk, name, judge))
    return tuple(_softened(desk, one) for one in found)


def _judged(desk: Desk, register: str, judge: Judge) -> list[Finding]:
    """Return the findings of a register; a record that cannot be judged hides no other register."""
    try:
        return judge(desk)
    except ForbiddenError:
        raise
    except DomainError as refused:
        title = _(desk.register(register).title)
        return [
            finding(
                "judged", register, "",
                what=N_("The rules on “{register}” cannot be judged: {why}"),
                do=N_("Correct the record that it speaks of; until then nothing of it is watched."),
                values={"register": title, "why": str(refused)},
            )
        ]  # fmt: skip


def _judges(desk: Desk) -> Iterable[tuple[str, Judge]]:
    """Yield each register that declares a function for its findings, with that function."""
    for register in desk.registers.values():
        if register.rules:
            module, _, name = register.rules.partition(":")
            yield register.name, getattr(import_module(module), name)


def _softened(desk: Desk, one: Finding) -> Finding:
    """Return as set-up what an office has not come to yet, instead of as breach or warning.

    That is what is missing of a purpose that nothing is held for, and items that no
    purpose needs as long as nobody has entered any purpose.
    """
    if not one.ref or one.rule not in setup.INCOMPLETE:
        return one
    if one.register == "purposes":
        begun = _held_for(desk, references.number(one.ref))
    else:
        begun = one.register != "items" or setup.some(desk, "purposes")
    return one if begun else replace(one, severity=Severity.SETUP)


def _held_for(desk: Desk, purpose: int) -> bool:
    sql = (
        "SELECT EXISTS (SELECT 1 FROM holdings WHERE purpose = ?"
        " AND state IN ('active', 'held', 'law'))"
        " OR EXISTS (SELECT 1 FROM files WHERE purpose = ? AND holds = 'count'"
        " AND state = 'active' AND people > 0)"
    )
    return bool(desk.vault.raw.execute(sql, (purpose, purpose)).fetchone()[0])


def _said_by_step(one: Finding) -> bool:
    covered = one.rule in setup.SAID_BY_STEPS and not one.ref
    return covered and one.severity is Severity.SETUP
