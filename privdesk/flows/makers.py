"""What makes a paper, and what else its module has for it.

A document names its maker; beside that stand, where they are needed, ``printable_CODE`` (the
newest record of which it can be printed), ``letters_CODE`` (one letter to each of many people),
``issued_CODE`` (what issuing it brings about) and ``speaks`` (the language of a record's papers).
"""

from __future__ import annotations

from importlib import import_module
from typing import Any

from privdesk.core.register import Document


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
