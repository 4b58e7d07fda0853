"""``new``, ``demo`` and ``officers``: an office begins, and who may open its vault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from privdesk.commands import output
from privdesk.commands.call import Call, call_of, read_passphrase
from privdesk.commands.keeping import print_place, rolled_told
from privdesk.commands.records import Vault
from privdesk.core.i18n import N_, _, current
from privdesk.journal.telling import ROLE_NAMES

if TYPE_CHECKING:
    from privdesk.vault.header import Header

Person = Annotated[str, typer.Argument(metavar="NAME", help=N_("The person’s name."))]
Role = Annotated[
    str,
    typer.Option(metavar="ROLE", help=N_("officer, manager, auditor or administrator.")),
]
NewPassphrase = Annotated[
    str,
    typer.Option(
        "--new-passphrase-file",
        metavar="FILE",
        help=N_("File with the person’s new passphrase; asked for otherwise."),
    ),
]

LANGUAGE_WORDS = {"ko": N_("Korean"), "en": N_("English")}
ROLL_SOON = N_("Change the epoch secret soon, for old copies of the folder: privdesk roll.")


def new(
    ctx: typer.Context,
    vault: Vault,
    company: Annotated[str, typer.Option(metavar="NAME", help=N_("The company’s name."))],
    kit: Annotated[Path, typer.Option(help=N_("Where the recovery kit is written, .pdf."))],
    custody: Annotated[
        Path, typer.Option(help=N_("Where the custody copy is written, .pdf or .key."))
    ],
    keeper: Annotated[
        str,
        typer.Option(
            metavar="NAME", help=N_("Who keeps the custody copy; the officer where left out.")
        ),
    ] = "",
    place: Annotated[
        str, typer.Option(metavar="TEXT", help=N_("Where the custody copy is kept."))
    ] = "",
    lang: Annotated[
        str,
        typer.Option(
            metavar="ko|en",
            help=N_("The office’s language, that of its papers; else that of the terminal."),
        ),
    ] = "",
) -> None:
    """Make a vault; the --officer becomes its first officer."""
    from privdesk.commands.values import writable, writable_pdf
    from privdesk.flows.setup import NewOffice, new_desk
    from privdesk.vault.errors import VaultExistsError

    call = call_of(ctx)
    if vault.exists():
        raise VaultExistsError(path=vault)
    kit, custody = writable_pdf(kit), writable(custody)
    name = call.who()
    passphrase = call.passphrase(name, twice=True)
    language = lang or call.lang or current()  # --lang is read before the command, and shown here
    office = NewOffice(company, name, passphrase, language, keeper=keeper, place=place)
    desk = new_desk(vault, office, kit, custody)
    try:
        told = {"vault": vault, "company": company, "officer": name, "kit": kit, "custody": custody}
        told |= {"keeper": keeper or name, "place": place, "language": language}
        told["epoch"] = desk.vault.header.epoch
    finally:
        desk.vault.close()
    if call.as_json:
        output.one(told)
    else:
        _tell_new(told)


def _tell_new(told: Mapping[str, Any]) -> None:
    print(_("{vault} was made for {company}.").format(**told))
    papers = _("Recovery kit: {kit} (test-opened). Custody copy: {custody} (read back).")
    print(papers.format(**told))
    print(_("Print both, keep them apart in sealed envelopes, and remove the files."))
    print(_("Keeper of the custody copy: {keeper}.").format(**told))
    spoken = _(
        "Its papers are in {language}: privdesk settings set VAULT language={other} changes it."
    )
    other = "en" if told["language"] == "ko" else "ko"
    print(spoken.format(language=_(LANGUAGE_WORDS[str(told["language"])]), other=other))
    print(_("A destruction can be approved once there is a second officer: privdesk officers add."))


def demo(
    ctx: typer.Context,
    vault: Vault,
    subjects: Annotated[int, typer.Option(min=0, help=N_("How many people it knows."))] = 300,
    seed: Annotated[int, typer.Option(help=N_("Another number, other people."))] = 1,
) -> None:
    """Make an invented office with every register filled; prints its people."""
    from privdesk.vault.errors import VaultExistsError

    call = call_of(ctx)
    if vault.exists():
        raise VaultExistsError(path=vault)
    from privdesk.flows import sample

    people = [_plain(person) for person in sample.make(vault, subjects, seed)]
    if call.as_json:
        output.one({"vault": vault, "people": people})
    else:
        print(_("{vault} holds an invented office. Its people:").format(vault=vault))
        heads = (_("Name"), _("Role"), _("Passphrase"))
        output.table(heads, ((p["name"], p["role"], p["passphrase"]) for p in people))


def _plain(person: Any) -> Mapping[str, Any]:
    if is_dataclass(person) and not isinstance(person, type):
        return asdict(person)
    return dict(person)


def officers_list(ctx: typer.Context, vault: Vault) -> None:
    """List who can open the vault; names are not secret, so no passphrase is needed."""
    from privdesk.vault import opening

    call = call_of(ctx)
    if call.officer:
        with call.desk(vault) as desk:
            _list(call, desk.vault.header)
    else:
        _list(call, opening.look(vault))


def _list(call: Call, head: Header) -> None:
    people = [p for p in head.people if p.active and p.role != "recovery"]
    if call.as_json:
        output.many({"ref": str(p.id), "name": p.name, "role": p.role} for p in people)
    else:
        output.table((_("Name"), _("Role")), ((p.name, _(ROLE_NAMES[p.role])) for p in people))


def officers_add(
    ctx: typer.Context,
    vault: Vault,
    name: Person,
    role: Role = "officer",
    new_passphrase_file: NewPassphrase = "",
) -> None:
    """Give a person access."""
    from privdesk.flows import people

    call = call_of(ctx)
    with call.desk(vault) as desk:
        passphrase = _new_passphrase(new_passphrase_file, name)
        person = people.add(desk, name, role, passphrase)
        _told(call, person.id, person.name, person.role, _("{name} can open the vault."))


def officers_change(
    ctx: typer.Context,
    vault: Vault,
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help=N_("Yourself where left out."))
    ] = "",
    role: Role = "",
    new_passphrase_file: NewPassphrase = "",
) -> None:
    """Give a person another role, a new passphrase, or both."""
    from privdesk.flows import people

    call = call_of(ctx)
    with call.desk(vault) as desk:
        name = name or desk.vault.person.name
        before = desk.vault.header.person(name)
        if role:
            people.change_role(desk, name, role)
        if new_passphrase_file or not role:
            people.reset_passphrase(desk, name, _new_passphrase(new_passphrase_file, name))
        person = desk.vault.header.person(name)
        assert person is not None
        _told(call, person.id, person.name, person.role, _changed(role, bool(new_passphrase_file)))
        if before is not None and before.role == "officer" != person.role and not call.as_json:
            print(_(ROLL_SOON))


def officers_remove(ctx: typer.Context, vault: Vault, name: Person) -> None:
    """Take a person's access away."""
    from privdesk.flows import people

    call = call_of(ctx)
    with call.desk(vault) as desk:
        person = desk.vault.header.person(name)
        people.remove(desk, name)
        assert person is not None
        _told(call, person.id, person.name, person.role, _("{name} can no longer open the vault."))
    if not call.as_json:
        print(_(ROLL_SOON))


def officers_hand_over(
    ctx: typer.Context,
    vault: Vault,
    name: Person,
    to: Annotated[str, typer.Option(metavar="NAME", help=N_("Who comes in their place."))],
    new_passphrase_file: NewPassphrase = "",
    custody: Annotated[
        Path | None,
        typer.Option(help=N_("Change the epoch secret at once; the new custody copy.")),
    ] = None,
) -> None:
    """Put a successor in a person’s place: role, open requests, tasks, custody copies.

    The person’s access is taken away, and the keys they held change with the epoch secret.
    """
    from privdesk.commands.values import writable
    from privdesk.flows import rolling, succession

    call = call_of(ctx)
    target = writable(custody) if custody is not None else None
    with call.desk(vault) as desk:
        if target is not None:
            rolling.check_target(desk, target)
        known = desk.vault.header.person(to)
        passphrase = "" if known else _new_passphrase(new_passphrase_file, to)
        done = succession.hand_over(desk, name, to, passphrase)
        rolled = rolling.run(desk, target) if target is not None else None
    if call.as_json:
        output.one({"name": name, "to": to, **asdict(done), "rolled": rolled is not None})
        return
    told = _("{to} has taken over from {name}: {n} open requests, {tasks} tasks, {copies} copies.")
    values = {"n": len(done.requests), "tasks": done.tasks, "copies": len(done.copies)}
    print(told.format(to=to, name=name, **values))
    if done.record:
        paper = _("Print the handover {ref} (D17), for both and a witness to sign.")
        print(paper.format(ref=done.record))
    print(_(ROLL_SOON) if rolled is None else rolled_told(rolled))
    if rolled is not None:
        print_place(rolled)


def officers_recover(
    ctx: typer.Context,
    vault: Vault,
    kit: Annotated[Path, typer.Argument(metavar="KIT", help=N_("The recovery kit, .pdf or text."))],
    name: Annotated[str, typer.Argument(metavar="NAME", help=N_("The new officer’s name."))],
    new_passphrase_file: NewPassphrase = "",
) -> None:
    """Enrol an officer with the recovery kit, where nobody else can any more."""
    from privdesk.commands.values import kit_source
    from privdesk.flows import people
    from privdesk.flows.opening import open_desk_with_kit
    from privdesk.flows.setup import kit_secret

    call = call_of(ctx)
    secret = kit_secret(vault, kit_source(kit))
    passphrase = _new_passphrase(new_passphrase_file, name)
    desk = open_desk_with_kit(vault, secret)
    try:
        person = people.add(desk, name, "officer", passphrase)
    finally:
        desk.vault.close()
    _told(call, person.id, person.name, person.role, _("{name} can open the vault."))


def officers_kit(
    ctx: typer.Context,
    vault: Vault,
    file: Annotated[Path, typer.Argument(metavar="FILE", help=N_("The new kit, a .pdf."))],
) -> None:
    """Put a new recovery kit in the place of the one there is."""
    from privdesk.commands.values import writable
    from privdesk.flows import kits

    call = call_of(ctx)
    target = writable(file)
    with call.desk(vault) as desk:
        number = kits.renew(desk, target, current())
    if call.as_json:
        output.one({"ref": number, "file": str(target)})
        return
    print(
        _("Recovery kit {number} was written and opened. Shred the old one.").format(number=number)
    )
    print(_(ROLL_SOON))


def _told(call: Call, number: int, name: str, role: str, sentence: str) -> None:
    if call.as_json:
        output.one({"ref": str(number), "name": name, "role": role})
    else:
        print(sentence.format(name=name))


def _changed(role: str, passphrase: bool) -> str:
    """Return what was changed about a person, with a place for the name."""
    if role and passphrase:
        told = _("{name} is {role} now, with a new passphrase.")
    elif role:
        told = _("{name} is {role} now.")
    else:
        return _("{name} has a new passphrase.")
    return told.replace("{role}", _(ROLE_NAMES[role]))


def _new_passphrase(file: str, name: str) -> str:
    label = _("New passphrase of {name}").format(name=name)
    return read_passphrase(file, label, twice=True, option="--new-passphrase-file")
