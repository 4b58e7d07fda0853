"""``custody``, ``roll``, ``backup`` and ``restore``: copies of the vault and of its secret."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from privdesk.commands import output
from privdesk.commands.call import call_of
from privdesk.commands.records import Vault
from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from privdesk.flows.attached import Damaged
    from privdesk.flows.rolling import Rolled
    from privdesk.registers.desk import Desk
    from privdesk.vault.backup import Made

Copy = Annotated[str, typer.Argument(metavar="NUMBER", help=N_("The copy’s number, C-…."))]
Where = Annotated[str, typer.Option(metavar="TEXT", help=N_("Where the copy is kept."))]


class BackupInsideError(DomainError):
    """A backup must not lie in the vault’s own folder. Nothing was written; choose another
    folder.
    """


def issue(
    ctx: typer.Context,
    vault: Vault,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_(".pdf to print or .key."))],
    place: Where = "",
) -> None:
    """Write a further custody copy and read it back; prints its number."""
    from privdesk.commands.values import writable
    from privdesk.flows import custody

    call = call_of(ctx)
    target = writable(file)
    with call.desk(vault) as desk:
        number = custody.issue(desk, target, place)
    if call.as_json:
        output.one({"ref": number, "file": target})
    else:
        print(number)


def confirm(
    ctx: typer.Context,
    vault: Vault,
    number: Copy,
    file: Annotated[
        Path | None, typer.Option(help=N_("The copy itself: it is read and compared."))
    ] = None,
    place: Where = "",
) -> None:
    """Confirm that a copy lies where it should; of a former epoch, that it was destroyed."""
    from privdesk.flows import custody

    call = call_of(ctx)
    with call.desk(vault) as desk:
        number, state = custody.confirm(desk, number, file, place)
    if call.as_json:
        output.one({"ref": number, "state": state})
    else:
        print(_("{number}: {state}").format(number=number, state=_(_STATES[state])))


def receive(
    ctx: typer.Context,
    vault: Vault,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The custody copy."))],
) -> None:
    """Take the epoch secret into this account from a custody copy."""
    from privdesk.flows import custody
    from privdesk.flows.opening import open_desk
    from privdesk.vault import opening

    call = call_of(ctx)
    opening.look(vault)
    name = call.who()
    passphrase = call.passphrase(name)
    epoch = custody.receive(vault, file, lambda: open_desk(vault, name, passphrase))
    if call.as_json:
        output.one({"epoch": epoch})
    else:
        print(_("This account now holds the secret of epoch {epoch}.").format(epoch=epoch))


def lost(ctx: typer.Context, vault: Vault, number: Copy) -> None:
    """Declare a copy lost (--reason says how); it counts once a second officer does so too."""
    from privdesk.flows import custody

    call = call_of(ctx)
    with call.desk(vault) as desk:
        number, state = custody.lose(desk, number, call.reason.strip() or _("no reason was told"))
        found = next(c for c in custody.copies(desk) if c["ref"] == number)
    names = ("ref", "state", "declared_lost_by", "waits_for_second")
    if call.as_json:
        output.one({name: found[name] for name in names})
    elif state == custody.LOST:
        print(_("{number} is recorded as lost. Change the epoch secret: privdesk roll.").format(
            number=number))  # fmt: skip
    else:
        print(_("You declared {number} lost. It waits for a second officer, who gives the same"
                " command.").format(number=number))  # fmt: skip


def status(ctx: typer.Context, vault: Vault) -> None:
    """List the custody copies and the accounts that hold the secret."""
    from privdesk.flows import custody

    call = call_of(ctx)
    with call.desk(vault) as desk:
        copies, holders = custody.copies(desk), custody.holders(desk)
    if call.as_json:
        output.many(copies)
        return
    heads = (_("Copy"), _("Epoch"), _("Kind"), _("Place"), _("Issued"), _("State"))
    output.table(
        heads,
        (
            (c["ref"], c["epoch"], _(_KINDS[c["kind"]]), _place(c), _day(c["issued_at"]),
             _state(c))
            for c in copies
        ),
    )  # fmt: skip
    print()
    output.table(
        (_("Workstation"), _("Account"), _("Epoch"), _("Last seen")),
        ((h["workstation"], h["account"], h["epoch"], _moment(h["seen_at"])) for h in holders),
    )


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


def print_place(done: Rolled) -> None:
    """Say where the custody copy of a roll has to be put."""
    if done.replaces:
        print(_(_PUT_AT if done.place else _PUT).format(**asdict(done)))


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
    target = _backup_target(vault, file)
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


def _backup_target(vault: Path, file: Path) -> Path:
    """Return the file that a backup goes to; in a folder it gets a name of its own."""
    from privdesk.commands.values import writable

    if file.expanduser().is_dir():
        stem = vault.absolute().name.removesuffix(".privdesk")
        file = file / f"{stem}-{datetime.now(UTC):%Y%m%d-%H%M%S}.pdbackup"
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
) -> None:
    """Make a vault of a backup.

    A backup from before the last change of the epoch secret needs --live, so that whoever was
    destroyed since stays destroyed. Without any living keys, --custody declares the restore: a
    second officer approves it before anybody works in it.
    """
    from privdesk.flows import restoring
    from privdesk.flows.declaring import Then
    from privdesk.flows.opening import open_desk, ready
    from privdesk.vault import slots
    from privdesk.vault.header import Header
    from privdesk.vault.session import Unlocked

    if live is not None and custody is not None:
        raise typer.BadParameter(_("--live and --custody are two ways; choose one"))
    call = call_of(ctx)
    name = call.who()
    passphrase = call.passphrase(name)

    def opened(folder: Path) -> Desk:
        return open_desk(folder, name, passphrase)

    def unlock(head: Header) -> Unlocked:
        return slots.unlock(head, name, passphrase)

    living = restoring.Live(live, unlock) if live is not None else None
    then = (
        Then(custody, unlock, partial(ready, declared=True))
        if custody is not None and live is None
        else None
    )
    restoring.restore(file, vault, opened, living, then)
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
) -> None:
    """Approve a declared restore as second officer.

    Whom certificates issued after the backup name is destroyed again before anybody works in it.
    """
    from privdesk.flows import declaring
    from privdesk.flows.opening import open_desk

    call = call_of(ctx)
    name = call.who()
    desk = open_desk(vault, name, call.passphrase(name), declared=True)
    try:
        gone = declaring.approve(desk, refs or (), certificate, custody, lost=lost)
    finally:
        desk.vault.close()
    if call.as_json:
        output.one({"vault": vault, "destroyed_again": gone})
    else:
        told = ngettext(
            "The restore is approved; {n} person was destroyed again.",
            "The restore is approved; {n} people were destroyed again.",
            gone,
        )
        print(told.format(n=gone))


def _state(copy: Mapping[str, Any]) -> str:
    state = _(_STATES[copy["state"]])
    if not copy["declared_lost_by"]:
        return state
    names = ", ".join(copy["declared_lost_by"])
    if copy["waits_for_second"]:
        words = _("{state}; declared lost by {names}, waits for a second officer")
    else:
        words = _("{state}; declared by {names}")
    return words.format(state=state, names=names)


def _place(copy: Mapping[str, Any]) -> str:
    """Return where a copy lies; that of a roll without a place lies where the former one lay."""
    if copy["place"] or not copy["replaces"]:
        return str(copy["place"])
    return _("where {number} lay").format(number=copy["replaces"])


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told)


def _day(told: str) -> str:
    return output.text(_moment(told))[:10]


_PUT = N_("Put {custody} where {replaces} lay, and destroy {replaces}.")
_PUT_AT = N_("Put {custody} where {replaces} lay ({place}), and destroy {replaces}.")
_KINDS = {"sheet": N_("sheet"), "file": N_("file")}
_STATES = {
    "held": N_("held"),
    "replaced": N_("replaced"),
    "to-replace": N_("to be replaced"),
    "lost": N_("lost"),
}
