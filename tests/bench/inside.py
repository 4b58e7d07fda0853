"""What is measured in a process of its own: ``python -m tests.bench.inside WHAT FOLDER``.

The last line of the output is a JSON object. Like the program itself this module loads nothing
when it is imported: helping processes import the main module again.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path


def main() -> None:
    """Measure one thing."""
    what, folder = sys.argv[1], Path(sys.argv[2])
    if what in ("start", "desk"):
        from tests.bench import screen

        print(json.dumps(screen.WHAT[what](folder)))
        return
    if what.startswith("rights"):
        from tests.bench import rights

        print(json.dumps(rights.WHAT[what](folder)))
        return
    if what == "spans":
        from tests.bench import spans

        print(json.dumps(spans.WHAT[what](folder)))
        return
    from tests.bench import measures

    print(json.dumps(measures.WHAT[what](folder)))


if __name__ == "__main__":
    main()
