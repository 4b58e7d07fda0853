"""Loads every model, so that the tables of register.db are all known."""

from __future__ import annotations

from importlib import import_module

from privdesk.journal import schema as _journal  # noqa: F401  (declares its tables)
from privdesk.registers import REGISTERS

BESIDE = ("privdesk.registers.findings.model",)  # tables that belong to no register


def load() -> None:
    """Import the model of every register, and those beside them."""
    for register in REGISTERS:
        if register.model:
            import_module(register.model.partition(":")[0])
    for module in BESIDE:
        import_module(module)
