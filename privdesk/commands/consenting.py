"""What ``act`` does with consents across registers, and ``receipts``: out and in as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from privdesk.commands import output
from privdesk.commands.call import call_of
from privdesk.core.i18n import N_, _

if TYPE_CHECKING:
    from privdesk.core.register import Outcome
    from privdesk.registers.desk import Desk

Vault = Annotated[Path, typer.Argument(metavar="VAULT", help=N_("The vault’s folder."))]
Receipts = Annotated[Path, typer.Argument(metavar="FILE.json", help=N_("The receipts."))]


def withdraw(desk: Desk, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
    """Withdraw consents as one procedure; with a file the confirmation is written there.

    It answers the person's open request of withdrawal, unless ``request=no``.
    """
    from privdesk.commands.values import writable_pdf, write
    from privdesk.flows import issuing, withdrawing

    if not refs:
        raise typer.BadParameter(_("name the record that the action is for"))
    asked = dict(values)
    file = asked.pop("file", "")
    answers = str(asked.pop("request", "yes")).casefold() not in ("no", "아니오")
    target = writable_pdf(Path(str(file))) if file else None
    service = desk.service("consents")
    told = service.checked_against(service.register.action("withdraw").asks, asked, whole=True)
    done = withdrawing.each(desk, refs, **told, answers=answers)
    if target is not None:
        ref = done[0].refs[0]
        issued = issuing.issue(
            desk, "withdrawal", ref, issuing.language_of(desk, "withdrawal", ref)
        )
        write(target, issued.data)
    made = withdrawing.outcome(desk, done)
    return replace(made, paper=None) if target is not None else made


def destroy(desk: Desk, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
    """Ask for the destruction of what was collected of children whose guardian did not agree."""
    from privdesk.flows import guardian

    if not refs or set(values) - {"reason"}:
        raise typer.BadParameter(_("name the consents, and reason=TEXT"))
    return guardian.destroy(desk, refs, str(values.get("reason") or ""))


def show_evidence(desk: Desk, refs: Sequence[str], values: Mapping[str, Any]) -> Outcome:
    """Write the evidence of a consent to a file; a look, journalled with its reason."""
    from privdesk.commands.values import writable, write
    from privdesk.core.register import Outcome

    if len(refs) != 1 or "file" not in values or set(values) - {"file", "reason"}:
        raise typer.BadParameter(_("name one consent, reason=TEXT, and with --file where it goes"))
    target = writable(Path(str(values["file"])))
    told = {"reason": values.get("reason", "")}
    outcome: Outcome = desk.service("consents").act("show-evidence", refs, told)
    assert outcome.shown is not None
    write(target, outcome.shown.data)
    return Outcome(f"{outcome.message}: {target}", outcome.refs)


def export(
    ctx: typer.Context,
    vault: Vault,
    file: Receipts,
    ref: Annotated[
        str, typer.Option(metavar="S-…", help=N_("Only of this person; of everybody otherwise."))
    ] = "",
) -> None:
    """Write consent receipts after ISO/IEC TS 27560 in the clear; needs --reason TEXT."""
    from privdesk.commands.values import writable
    from privdesk.flows import receipts

    call = call_of(ctx)
    reason = call.required_reason()
    target = writable(file)
    with call.desk(vault) as desk:
        outcome = receipts.export(desk, target, reason, ref)
    _print(call.as_json, file, outcome)


def import_(
    ctx: typer.Context,
    vault: Vault,
    file: Receipts,
    ref: Annotated[
        str, typer.Option(metavar="S-…", help=N_("Whose they all are, where they do not say it."))
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help=N_("Only say what would be."))] = False,
) -> None:
    """Take consent receipts in; checked by the schema first. Needs --reason TEXT."""
    from privdesk.flows import receiptsin

    call = call_of(ctx)
    reason = call.required_reason()
    with call.desk(vault) as desk:
        outcome = receiptsin.take(desk, file, reason, ref, dry_run=dry_run)
    _print(call.as_json, file, outcome)


def _print(as_json: bool, file: Path, outcome: Outcome) -> None:
    if as_json:
        output.one({"file": file, "refs": outcome.refs, "message": outcome.message})
    else:
        print(outcome.message)
