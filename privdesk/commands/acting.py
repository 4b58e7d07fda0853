"""``act``: which of the words is the action, and doing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from privdesk.commands import flowacts, naming, pairs
from privdesk.core import references
from privdesk.core.errors import DomainError
from privdesk.core.fields import Field, Kind
from privdesk.core.i18n import _

if TYPE_CHECKING:
    from privdesk.core.register import Outcome
    from privdesk.registers.desk import Desk


class UnknownActionError(DomainError):
    """The register “{name}” has no action “{action}”. Nothing was changed; choose one of:
    {known}. What each asks: privdesk act VAULT {name} --fields.
    """


class ActionTakesNoFileError(DomainError):
    """The action “{action}” takes no file. Nothing was changed; leave out --file."""


def known(desk: Desk, register: str) -> list[str]:
    """Return the names of everything that can be done in a register."""
    names = [action.name for action in desk.register(register).actions]
    names += [name for name in flowacts.of(register) if name not in names]
    return [*names, flowacts.VOID]


def require_known(desk: Desk, register: str, action: str) -> None:
    """Raise unless a register has this action."""
    names = known(desk, register)
    if action not in names:
        raise UnknownActionError(name=register, action=action, known=", ".join(names))


def sorted_out(desk: Desk, register: str, told: Sequence[str]) -> tuple[str, list[str]]:
    """Return the action and the references of the records named; the action may come first.

    Raises:
        UnknownActionError: none of the words at the ends is an action of the register.
    """
    names = known(desk, register)
    first = told[-1] not in names and told[0] in names
    action, words = (told[0], told[1:]) if first else (told[-1], told[:-1])
    if len(told) == 1 and references.is_reference(action):
        raise typer.BadParameter(_("name the action"))
    require_known(desk, register, action)
    return action, [naming.ref(desk, register, word) for word in words]


def do(
    desk: Desk,
    register: str,
    refs: Sequence[str],
    action: str,
    values: Mapping[str, str],
    file: Path | None,
    language: str = "",
) -> Outcome:
    """Do an action; a paper it writes is in ``language`` where the action names none itself."""
    special = flowacts.of(register).get(action)
    declared = desk.register(register).action(action)
    asks = declared.asks if declared is not None else special.asks if special else ()
    if special is None and declared is None and action == flowacts.VOID:
        return _void(desk, register, refs, values, file)
    whole: dict[str, Any] = dict(pairs.gathered(values))
    whole |= {f.name: [c.key for c in f.choices] for f in asks if _is_all(f, whole)}
    if language and any(field.name == "language" for field in asks):
        whole.setdefault("language", language)
    if file is not None:
        if not any(field.name == "file" for field in asks) and not (special and special.writes):
            raise ActionTakesNoFileError(action=action)
        whole["file"] = str(file)
    if special is not None:
        return special.do(desk, refs, whole)
    if not refs:
        raise typer.BadParameter(_("name the record that the action is for"))
    outcome: Outcome = desk.service(register).act(action, refs, whole)
    return outcome


def _void(
    desk: Desk, register: str, refs: Sequence[str], values: Mapping[str, str], file: Path | None
) -> Outcome:
    if file is not None:
        raise ActionTakesNoFileError(action=flowacts.VOID)
    if not refs:
        raise typer.BadParameter(_("name the record that the action is for"))
    if set(values) - {"reason"}:
        raise typer.BadParameter(_("void takes a reason and nothing else: reason=TEXT"))
    voided: Outcome = desk.service(register).void(refs, reason=values.get("reason", ""))
    return voided


def _is_all(field: Field, values: Mapping[str, Any]) -> bool:
    """Whether “all” was said where several of a choice may be named."""
    said = values.get(field.name) == "all" and field.kind is Kind.CHOICES
    return said and field.choice("all") is None
