"""Look for what must not reach the repository: stray space, conflicts, bulk, machine names."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LARGEST = 512 * 1024
BULKY = (
    "resources/fonts/",
    "packaging/requirements",
    "resources/translations/ko.mo",
    "tests/formats/fixtures/",  # a vault of each format; their own test measures them
)
FOREIGN = ("LICENSE", "resources/fonts/")  # kept as their authors wrote them

_TRAILING = re.compile(r"[ \t]+$")
_CONFLICT = re.compile(r"^(<{7}|>{7}|\|{7}) |^={7}$")
_MACHINE = re.compile(
    r"(?<![\w.])/(?:wor[k]|tm[p])/\w"
    r"|\.\./share[d]\b"
    r"|--(?:extra-)?index-ur[l]|--find-link[s]"
    r"|https?://[\w.:-]*(?:pyp[i]|pythonhoste[d]|npmj[s])"
)


def tracked(root: Path) -> list[str]:
    """Return the files git keeps or would keep, relative to ``root``."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        check=True,
        capture_output=True,
        text=True,
    )
    return sorted({name for name in listed.stdout.split("\0") if (root / name).is_file()})


def problems_in(name: str, content: bytes) -> Iterator[str]:
    """Yield a sentence for each thing that is wrong with a file."""
    if len(content) > LARGEST and not name.startswith(BULKY):
        yield f"{name}: {len(content) // 1024} KiB is too large for the repository"
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return
    if "\0" in text or name.startswith(FOREIGN):
        return
    for number, line in enumerate(text.split("\n"), 1):
        if _TRAILING.search(line):
            yield f"{name}:{number}: space at the end of the line"
        if _CONFLICT.search(line):
            yield f"{name}:{number}: marker of a merge conflict"
        if _MACHINE.search(line):
            yield f"{name}:{number}: names a path or address of one machine: {line.strip()[:80]}"
    if text and not text.endswith("\n"):
        yield f"{name}: does not end with a line break"


def main() -> int:
    """Check every file and return the exit code."""
    names = tracked(ROOT)
    found = [p for name in names for p in problems_in(name, (ROOT / name).read_bytes())]
    for problem in found:
        print(problem)
    print(f"{len(names)} files, {len(found)} problems")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
