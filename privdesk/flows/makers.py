"""What makes a paper, and what else its module has for it.

A document names its maker; beside that stand, where they are needed, ``printable_CODE`` (the
newest record of which it can be printed), ``letters_CODE`` (one letter to each of many people),
``issued_CODE`` (what issuing it brings about) and ``speaks`` (the language of a record's papers);
``specimen_CODE`` says that its maker draws one without a name for who may not see people.
"""

from __future__ import annotations

from dataclasses import replace
from importlib import import_module
from typing import Any

from privdesk.core.register import Document, Register
from privdesk.registers.desk import Desk


def maker(document: Document) -> Any:
    """Return the function that makes the paper of a record."""
    module, _colon, name = document.maker.partition(":")
    return getattr(import_module(module), name)


def hook(document: Document, what: str) -> Any:
    """Return what the maker's module has for this one paper (``printable_audit_report``)."""
    return shared(document, f"{what}_{document.code.replace('-', '_')}")


def shared(document: Document, name: str) -> Any:
    """Return what the maker's module has for all its papers, or None."""
    return getattr(import_module(document.maker.partition(":")[0]), name, None)


def as_seen(desk: Desk, document: Document) -> Document:
    """Return a paper as the person at the desk may see it: without names it is not personal."""
    if document.personal and not desk.vault.sees_people and hook(document, "specimen"):
        return replace(document, personal=False)
    return document


def follow_up(desk: Desk, register: Register, document: Document) -> Any:
    """Return what issuing a paper brings about; a copy that a reader prints brings about nothing.

    So a manager prints a pledge or a request as it stands, and no record moves.
    """
    service = desk.service(register.name)
    roles = (*getattr(service, "writers", ("officer",)), *getattr(service, "steppers", ()))
    return hook(document, "issued") if desk.vault.role in roles else None
