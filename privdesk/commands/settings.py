"""``settings``: the office's own rules, as the window's page of them has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from privdesk.commands import output, pairs
from privdesk.commands.call import call_of
from privdesk.commands.records import Vault
from privdesk.core.fields import Field
from privdesk.core.i18n import N_, _

if TYPE_CHECKING:
    from privdesk.registers.desk import Desk


def list_(ctx: typer.Context, vault: Vault) -> None:
    """List the office's settings with what each is and may be."""
    call = call_of(ctx)
    with call.desk(vault) as desk:
        _print(desk, as_json=call.as_json)


def set_(
    ctx: typer.Context,
    vault: Vault,
    given: Annotated[
        list[str], typer.Argument(metavar="NAME=VALUE...", help=N_("Empty for the usual one."))
    ],
) -> None:
    """Change settings of the office, all or none; journalled, privacy officers only."""
    from privdesk.flows import officesettings

    call = call_of(ctx)
    told, values = pairs.split(given)
    if told or not values:
        raise typer.BadParameter(_("give at least one NAME=VALUE"))
    with call.desk(vault) as desk:
        officesettings.put(desk, values)
        _print(desk, as_json=call.as_json)


def _print(desk: Desk, *, as_json: bool) -> None:
    from privdesk.commands.declaring import form
    from privdesk.flows import officesettings

    now = officesettings.values(desk)
    if as_json:
        output.one(now)
        return
    heads = (_("Setting"), _("Called"), _("Is"), _("Values"))
    output.table(
        heads,
        (
            (field.name, _(field.label), _shown(field, now[field.name]), form(desk, field))
            for field in officesettings.fields(desk)
        ),
    )


def _shown(field: Field, value: Any) -> Any:
    """Return a setting as it is read: choices by their labels."""
    keys = value if isinstance(value, (list, tuple)) else [value]
    labels = [_(c.label) if (c := field.choice(str(key))) else key for key in keys]
    return labels if isinstance(value, (list, tuple)) else labels[0]
