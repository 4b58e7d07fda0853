"""``custody``: copies of the epoch secret, and the accounts that hold it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from privdesk.commands import output
from privdesk.commands.call import Call, call_of
from privdesk.commands.records import Vault
from privdesk.core.i18n import N_, _

Copy = Annotated[str, typer.Argument(metavar="NUMBER", help=N_("The copy’s number, C-…."))]
Where = Annotated[str, typer.Option(metavar="TEXT", help=N_("Where the copy is kept."))]
Keeper = Annotated[str, typer.Option(metavar="NAME", help=N_("Who keeps the copy."))]


def issue(
    ctx: typer.Context,
    vault: Vault,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_(".pdf to print or .key."))],
    place: Where = "",
    keeper: Keeper = "",
) -> None:
    """Write a further custody copy and read it back; prints its number."""
    from privdesk.commands.values import writable
    from privdesk.flows import custody

    call = call_of(ctx)
    target = writable(file)
    with call.desk(vault) as desk:
        number = custody.issue(desk, target, place, keeper)
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
    keeper: Keeper = "",
    destroyed: Annotated[
        str | None,
        typer.Option(metavar="DATE", help=N_("An outdated copy was destroyed on this day.")),
    ] = None,
    by: Annotated[str, typer.Option(metavar="NAME", help=N_("Who destroyed it."))] = "",
) -> None:
    """Confirm that a copy lies where it should; with --destroyed, that an outdated one is gone."""
    from privdesk.commands.values import day
    from privdesk.flows import custody

    call = call_of(ctx)
    if (destroyed is None) != (not by) or (destroyed is not None and (file or place or keeper)):
        raise typer.BadParameter(_("--destroyed and --by go together, and without the others"))
    on = None if destroyed is None else day(destroyed, "--destroyed")
    with call.desk(vault) as desk:
        if on is not None:
            number, state = custody.destroyed(desk, number, by, on)
        else:
            number, state = custody.confirm(desk, number, file, place, keeper)
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
    from privdesk.flows import approvers, custody
    from privdesk.flows.opening import open_desk
    from privdesk.vault import opening, slots

    call = call_of(ctx)
    opening.look(vault)
    name = call.who()
    passphrase = call.passphrase(name)
    waiting = approvers.receive(
        vault, file, partial(slots.unlock, name=name, passphrase=passphrase)
    )
    if waiting is None:
        epoch = custody.receive(vault, file, lambda: open_desk(vault, name, passphrase))
    else:
        epoch = waiting.epoch
    if call.as_json:
        output.one({"epoch": epoch})
    elif waiting is not None:
        print(_("This account can open the restore now; approve it with restore-approve."))
    else:
        print(_("This account now holds the secret of epoch {epoch}.").format(epoch=epoch))


def lost(
    ctx: typer.Context,
    vault: Vault,
    number: Annotated[
        str,
        typer.Argument(
            metavar="NUMBER|ACCOUNT@WORKSTATION",
            help=N_("The copy’s number, C-…, or the account of a lost computer."),
        ),
    ],
) -> None:
    """Declare a copy or a computer lost (--reason says how); it counts once two officers did."""
    from privdesk.flows import custody

    call = call_of(ctx)
    if "@" in number:
        _account_lost(call, vault, number)
        return
    with call.desk(vault) as desk:
        number, state = custody.lose(desk, number, call.reason)
        found = next(c for c in custody.copies(desk) if c["ref"] == number)
        opens = found["epoch"] >= int(desk.vault.meta("epoch") or 1)
    names = ("ref", "state", "declared_lost_by", "waits_for_second")
    if call.as_json:
        output.one({name: found[name] for name in names})
    elif state == custody.LOST and not opens:
        print(_("{number} is recorded as lost.").format(number=number))
    elif state == custody.LOST:
        print(_("{number} is recorded as lost. Change the epoch secret: privdesk roll.").format(
            number=number))  # fmt: skip
    else:
        print(_("You declared {number} lost. It waits for a second officer, who gives the same"
                " command.").format(number=number))  # fmt: skip


def _account_lost(call: Call, vault: Path, told: str) -> None:
    from privdesk.flows import accounts

    with call.desk(vault) as desk:
        account, state = accounts.lose(desk, told, call.reason)
        found = next(h for h in accounts.holders(desk) if _name(h) == account)
    if call.as_json:
        names = ("state", "declared_lost_by", "waits_for_second")
        output.one({"account": account} | {name: found[name] for name in names})
    elif state == accounts.LOST:
        print(_("{account} is recorded as lost. Change the epoch secret: privdesk roll.").format(
            account=account))  # fmt: skip
    else:
        print(_("You declared {account} lost. It waits for a second officer, who gives the same"
                " command.").format(account=account))  # fmt: skip


def retire(ctx: typer.Context, vault: Vault) -> None:
    """Overwrite the epoch secret on this account, before the computer goes."""
    from privdesk.flows import accounts

    call = call_of(ctx)
    with call.desk(vault) as desk:
        account = accounts.retire(desk)
    if call.as_json:
        output.one({"account": account, "state": accounts.RETIRED})
    else:
        print(_("{account} no longer holds the epoch secret; it was overwritten.").format(
            account=account))  # fmt: skip


def status(ctx: typer.Context, vault: Vault) -> None:
    """List the custody copies and the accounts that hold the secret."""
    from privdesk.flows import accounts, custody

    call = call_of(ctx)
    with call.desk(vault) as desk:
        copies, holders = custody.copies(desk), accounts.holders(desk)
        epoch = int(desk.vault.meta("epoch") or 1)
    if call.as_json:
        output.many(copies)
        return
    heads = (_("Copy"), _("Epoch"), _("Kind"), _("Place"), _("Keeper"), _("Issued"), _("State"))
    output.table(
        heads,
        (
            (c["ref"], c["epoch"], _(_KINDS[c["kind"]]), _place(c), c["keeper"],
             _day(c["issued_at"]), _state(c))
            for c in copies
        ),
    )  # fmt: skip
    print()
    output.table(
        (_("Account"), _("Epoch"), _("Last seen"), _("State")),
        ((_name(h), h["epoch"], _moment(h["seen_at"]), _stand(h, epoch)) for h in holders),
    )


def _state(copy: Mapping[str, Any]) -> str:
    state = _(_STATES[copy["state"]])
    if copy.get("destroyed_on"):
        words = _("{state} ({day}, {name})")
        told = {"day": copy["destroyed_on"], "name": copy["destroyed_by"]}
        return words.format(state=state, **told)
    if not copy["declared_lost_by"]:
        return state
    names = ", ".join(copy["declared_lost_by"])
    if copy["waits_for_second"]:
        words = _("{state}; declared lost by {names}, waits for a second officer")
    else:
        words = _("{state}; declared by {names}")
    return words.format(state=state, names=names)


def _name(holder: Mapping[str, Any]) -> str:
    return f"{holder['account']}@{holder['workstation']}"


def _stand(holder: Mapping[str, Any], epoch: int) -> str:
    """Return in words whether an account opens the vault as it is now."""
    if holder["state"] == "held" and not holder["declared_lost_by"]:
        told = N_("holds the present secret") if holder["epoch"] >= epoch else N_("has an old one")
        return _(told)
    return _state(holder)


def _place(copy: Mapping[str, Any]) -> str:
    """Return where a copy lies; that of a roll without a place lies where the former one lay."""
    if not copy["place"] and not copy["replaces"]:
        return ""
    place = copy["place"] or _("where {number} lay").format(number=copy["replaces"])
    if copy["seen_on"] or copy["state"] != "held":
        return str(place)
    return _("{place} (not confirmed yet)").format(place=place)


def _moment(told: str) -> datetime:
    return datetime.fromisoformat(told)


def _day(told: str) -> str:
    return output.text(_moment(told))[:10]


_KINDS = {"sheet": N_("sheet"), "file": N_("file")}
_STATES = {
    "held": N_("held"),
    "making": N_("not finished"),
    "replaced": N_("confirmed destroyed"),
    "to-replace": N_("to be destroyed"),
    "lost": N_("lost"),
    "retired": N_("given up"),
}
