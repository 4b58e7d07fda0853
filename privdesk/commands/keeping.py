"""``roll``, ``backup`` and ``restore``: a new epoch secret, copies of the vault."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from privdesk.commands import output
from privdesk.commands.call import Call, call_of
from privdesk.commands.records import Vault
from privdesk.core import system
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from privdesk.flows.attached import Damaged
    from privdesk.flows.rolling import Rolled
    from privdesk.registers.desk import Desk
    from privdesk.ui.progress import Progress
    from privdesk.vault.backup import Made
    from privdesk.vault.header import Header
    from privdesk.vault.session import Unlocked


class BackupInsideError(DomainError):
    """A backup must not lie in the vault’s own folder. Nothing was written; choose another
    folder.
    """


def roll(
    ctx: typer.Context,
    vault: Vault,
    custody: Annotated[
        Path, typer.Option(help=N_("Where the new custody copy is written, .pdf or .key."))
    ],
) -> None:
    """Change the epoch secret: what was destroyed is gone from older copies too."""
    from privdesk.commands.progress import shown
    from privdesk.commands.values import writable
    from privdesk.flows import destruction, rolling

    call = call_of(ctx)
    target = writable(custody)
    with call.desk(vault) as desk, shown() as progress:
        stages = destruction.ROLL_STAGES
        done = rolling.run(desk, target, lambda name: progress.stage(stages.get(name, name)))
    told = {**asdict(done), "file": target}
    if call.as_json:
        output.one(told)
        return
    print(_("Epoch {epoch}; backup {backup}; custody copy {custody} in {file}.").format(**told))
    print_place(done)


def rolled_told(done: Rolled) -> str:
    """Return in one line what a roll made on the way."""
    told = _("Epoch {epoch} now. Backup {backup} and custody copy {custody} are good.")
    return told.format(**asdict(done))


def print_place(done: Rolled) -> None:
    """Say where the custody copy of a roll has to be put, and what becomes of the older ones."""
    from privdesk.ui.office.rolled import after_roll

    told = after_roll(done.custody, done.replaces, done.outdated, done.place)
    if told:
        print(told)
    if done.behind:
        names = ", ".join(done.behind)
        print(_("These accounts need the new custody copy once: {names}.").format(names=names))


def backup(
    ctx: typer.Context,
    vault: Vault,
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help=N_("Where the backup is written; in a folder it names itself.")
        ),
    ],
    keep: Annotated[
        str,
        typer.Option(
            metavar="D,W,M",
            help=N_(
                "Remove older ones written with --keep there, but of so many days, weeks and"
                " months the newest."
            ),
        ),
    ] = "",
) -> None:
    """Write a backup, open it and check it.

    Where sealed files were damaged already, the backup is written all the same, and the exit
    code is 1, so that a script notices; then no older one is removed.
    """
    from privdesk.commands.progress import shown
    from privdesk.flows import backing, keeprule
    from privdesk.flows.attached import BackupLacksError

    call = call_of(ctx)
    rule = keeprule.read(keep) if keep.strip() else None
    target = _backup_target(vault, file, keep=rule is not None)
    with call.desk(vault) as desk, shown() as progress:
        try:
            done = backing.back_up(desk, progress, target, keep=rule)
        except BackupLacksError as lacks:
            if call.as_json:
                output.one(_made(lacks.made, lacks.damaged))
            raise
    told = _made(done.made, removed=done.removed)
    if call.as_json:
        output.one(told)
        return
    print(_("{file} was written and opened: {bytes} bytes, epoch {epoch}.").format(**told))
    for name in done.removed:
        print(_("{name} was removed by the keep-rule.").format(name=name))


def _backup_target(vault: Path, file: Path, *, keep: bool) -> Path:
    """Return the file that a backup goes to; in a folder it gets a name of its own.

    With a keep-rule it is a folder: one that is not there is never stood in for, as its drive may
    be missing.
    """
    from privdesk.commands.values import writable
    from privdesk.flows.rolling import stamp, stem_of

    if keep and file.suffix != ".pdbackup" and not file.expanduser().is_dir():
        raise system.PathMissingError(path=file)
    if file.expanduser().is_dir():
        file = file / f"{stem_of(vault.absolute())}-{stamp(datetime.now(UTC))}.pdbackup"
    target = writable(file)
    if vault.resolve() in target.resolve().parents:
        raise BackupInsideError
    return target


def _made(
    made: Made, damaged: Sequence[Damaged] = (), removed: Sequence[str] = ()
) -> dict[str, Any]:
    return {
        "file": made.path,
        "bytes": made.bytes,
        "sha256": made.digest,
        "epoch": made.epoch,
        "damaged_attachments": [output.damaged(one) for one in damaged],
        "removed": list(removed),
    }


def restore(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The backup."))],
    vault: Vault,
    live: Annotated[
        Path | None, typer.Option(metavar="VAULT|FILE", help=N_("The living vault."))
    ] = None,
    custody: Annotated[Path | None, typer.Option(help=N_("A custody copy of then."))] = None,
    kit: Annotated[
        Path | None, typer.Option(help=N_("The recovery kit, where no officer is left."))
    ] = None,
) -> None:
    """Make a vault of a backup.

    A backup from before the last change of the epoch secret needs --live, so that whoever was
    destroyed since stays destroyed. Without any living keys, --custody declares the restore: a
    second officer approves it before anybody works in it.
    """
    from privdesk.commands.progress import shown, stopped_by_key
    from privdesk.flows import restoring
    from privdesk.flows.declaring import Then
    from privdesk.flows.opening import ready

    if live is not None and custody is not None:
        raise typer.BadParameter(_("--live and --custody are two ways; choose one"))
    call = call_of(ctx)
    opened, unlock = _ways_in(call) if kit is None else _ways_in_by_kit(kit)
    living = restoring.Live(live, unlock) if live is not None else None
    with shown() as progress, stopped_by_key(progress):
        then = (
            Then(custody, unlock, partial(ready, declared=True, progress=progress))
            if custody is not None and live is None
            else None
        )
        open_it = partial(opened, progress=progress)
        restoring.restore(file, vault, open_it, living, then, progress)
    if call.as_json:
        output.one({"vault": vault, "file": file, "waits_for_second": then is not None})
    elif then is not None:
        told = _(
            "{vault} was restored from {file}. It opens once another officer has approved it with"
            " “privdesk restore-approve”."
        )
        print(told.format(vault=vault, file=file))
    else:
        print(_("{vault} was restored from {file} and opened.").format(vault=vault, file=file))


def _ways_in(call: Call) -> tuple[Callable[..., Desk], Callable[[Header], Unlocked]]:
    """Return how an officer opens a folder, saying how far it is, and her slot of a head."""
    from privdesk.flows.opening import open_desk
    from privdesk.vault import slots

    name = call.who()
    passphrase = call.passphrase(name)
    return (
        partial(open_desk, name=name, passphrase=passphrase),
        lambda head: slots.unlock(head, name, passphrase),
    )


def _ways_in_by_kit(kit: Path) -> tuple[Callable[..., Desk], Callable[[Header], Unlocked]]:
    """Return the same for the recovery kit, its file or its letters in a text file."""
    from privdesk.commands.values import kit_source
    from privdesk.flows.opening import open_desk_with_kit
    from privdesk.flows.setup import kit_of
    from privdesk.vault import opening, slots

    source = kit_source(kit)

    def opened(folder: Path, progress: Progress) -> Desk:
        secret = kit_of(opening.look(folder).vault, source)
        return open_desk_with_kit(folder, secret, progress=progress)

    return opened, lambda head: slots.unlock_kit(head, kit_of(head.vault, source))


def restore_approve(
    ctx: typer.Context,
    vault: Vault,
    refs: Annotated[
        list[str] | None,
        typer.Option("--ref", help=N_("Somebody whom a later certificate names; repeatable.")),
    ] = None,
    certificate: Annotated[str, typer.Option(help=N_("The number of that certificate."))] = "",
    custody: Annotated[
        Path | None, typer.Option(help=N_("The new custody copy, where people are destroyed."))
    ] = None,
    lost: Annotated[
        bool, typer.Option("--lost", help=N_("Nothing is left of the living vault."))
    ] = False,
    yes: Annotated[
        bool, typer.Option("--yes", help=N_("Do not ask for the day of the backup."))
    ] = False,
) -> None:
    """Approve a declared restore as second officer.

    It is told first what that means; at a terminal the day of the backup has to be typed. Whom
    certificates issued after the backup name is destroyed again before anybody works in it.
    """
    from privdesk.commands.approving import ask
    from privdesk.commands.progress import shown, stopped_by_key
    from privdesk.flows import declaring
    from privdesk.flows.opening import open_desk

    call = call_of(ctx)
    name = call.who()
    desk = open_desk(vault, name, call.passphrase(name), declared=True)
    try:
        found = declaring.waiting(desk.vault)
        if found is not None and declaring.may_approve(desk.vault):
            ask(found, refs or (), asks=not (yes or call.as_json), tells=not call.as_json)
        with shown() as progress, stopped_by_key(progress):
            gone = declaring.approve(
                desk, refs or (), certificate, custody, lost=lost, progress=progress
            )
    finally:
        desk.vault.close()
    if call.as_json:
        declared = {"declared_by": found.by, "backup_day": found.day} if found else {}
        output.one({"vault": vault, "destroyed_again": gone} | declared)
    else:
        told = ngettext(
            "The restore is approved; {n} person was destroyed again.",
            "The restore is approved; {n} people were destroyed again.",
            gone,
        )
        print(told.format(n=gone))
