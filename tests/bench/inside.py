"""What is measured in a process of its own: ``python -m tests.bench.inside WHAT FOLDER``.

The last line of the output is a JSON object. Like the program itself this module loads nothing
when it is imported: helping processes import the main module again.
"""

from __future__ import annotations

import json
import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Measure one thing."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    module = import_module(f"tests.bench.{_home(what)}")
    print(json.dumps(module.WHAT[what](folder)))


def _home(what: str) -> str:
    """Return the module that measures something."""
    if what in ("start", "desk"):
        return "screen"
    own = ("rights", "staff", "partners", "spans", "binders")
    return next((name for name in own if what.startswith(name)), "measures")


if __name__ == "__main__":
    main()
