"""What is told, and asked at a terminal, before a declared restore is approved."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from privdesk.core.errors import DomainError
from privdesk.core.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from privdesk.flows.declaring import Declaration


class NotApprovedError(DomainError):
    """What was typed is not the day of the backup. Nothing was approved; give the command again
    when you have the certificates issued since.
    """


def ask(found: Declaration, refs: Sequence[str], *, asks: bool, tells: bool) -> None:
    """Tell what an approval means; where it ``asks``, at a terminal have the day typed.

    Raises:
        NotApprovedError: another day was typed.
    """
    for line in told(found, refs) if tells else ():
        print(line)
    if not asks or not sys.stdin.isatty():
        return
    typed = str(typer.prompt(_("Day of the backup, to approve"), err=True)).strip()
    if typed != found.day.isoformat():
        raise NotApprovedError


def told(found: Declaration, refs: Sequence[str]) -> list[str]:
    """Return what an approval means, a sentence a line."""
    told = {"by": found.by, "day": found.day.isoformat(), "n": len(refs)}
    again = ngettext(
        "{n} person is destroyed again, named with --ref.",
        "{n} people are destroyed again, named with --ref.",
        len(refs),
    )
    return [
        text.format(**told)
        for text in (
            _(_WHAT),
            _(_LOST),
            _(_CERTIFICATES),
            again if refs else _(_NOBODY),
        )
    ]


_WHAT = N_("{by} restored this vault from a backup of {day}, without the living keys.")
_LOST = N_("What was entered after that is not in it and has to be entered again.")
_CERTIFICATES = N_(
    "Whom certificates of destruction issued after that name is in it again, and so is who was"
    " withdrawn or corrected."
)
_NOBODY = N_("Nobody is named with --ref, so nobody is destroyed again.")
