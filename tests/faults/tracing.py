"""What a process asks of the disk: ``strace`` records every write, rename and unlink of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
_CALLS = (
    *("openat", "write", "pwrite64", "sendfile", "ftruncate", "fsync", "fdatasync", "lseek"),
    *("rename", "unlink", "unlinkat", "mkdir", "rmdir"),
)
_FORBIDDEN = ("writev", "pwritev", "copy_file_range", "renameat2", "linkat", "truncate")  # not read
_LINE = re.compile(r"(\d+) +(\w+)\((.*)\) += (\d+)(?:<(.*)>)?")
_FD = re.compile(r"(\d+)<([^>]*)>")
_TEXT = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


@dataclass(frozen=True)
class Call:
    """One system call that succeeded: its name, its file, what was asked."""

    name: str
    path: str
    data: bytes = b""
    at: int = 0
    other: str = ""  # where a rename leads; what is copied from


def recorded(folder: Path, trace: Path, work: str, *args: str) -> list[Call]:
    """Let work of ``tests.faults.traced`` run; return what it asked of the disk below a folder."""
    asked = ",".join((*_CALLS, *_FORBIDDEN))
    options = ["-y", "-xx", "-s", "67108864", "-o", str(trace), "-e", f"trace={asked}"]
    assert _strace(options, "run", work, *args) == 0
    return list(_calls(trace, str(folder)))


def failing(error: str, calls: str, when: str, trace: Path, work: str, *args: str) -> int:
    """Let work run whose calls fail, in each of its threads; return what it ended with.

    ``when`` is the number of the first call that fails, with a plus if all after it do so too.
    """
    inject = f"inject={calls}:error={error}:when={when}"
    options = ["-o", str(trace), "-e", f"trace={calls}", "-e", inject]
    return _strace(options, "end", work, *args)


def _strace(options: list[str], how: str, *args: str) -> int:
    program = f"import sys; from tests.faults import traced; traced.{how}(*sys.argv[1:])"
    command = ["strace", "-f", *options, sys.executable, "-c", program, *args]
    return subprocess.run(command, cwd=ROOT, env=dict(os.environ, PYTHONPATH=str(ROOT))).returncode


def _calls(trace: Path, folder: str) -> Iterator[Call]:
    offsets: dict[tuple[str, str], int] = {}  # of files that are written from where they stand
    for name, args, result, opened in _lines(trace):
        files = [(number, _plain(path)) for number, path in _FD.findall(args)]
        texts = [bytes.fromhex(t.replace("\\x", "")) for t in _TEXT.findall(args)]
        if name == "openat":
            offsets.pop((str(result), _plain(opened)), None)
            yield from _opened(_plain(opened), args) if _plain(opened).startswith(folder) else ()
            continue
        path = files[0][1] if files else os.fsdecode(texts[0])
        if not path.startswith(folder):
            continue
        assert name not in _FORBIDDEN, f"{name} is not read"
        at = 0
        if name in ("write", "sendfile"):
            at = offsets.get(files[0], 0)
            offsets[files[0]] = at + result
        elif name == "lseek":
            offsets[files[0]] = result
        yield from _call(name, path, args, [path for _number, path in files], texts, at, result)


def _opened(path: str, flags: str) -> Iterator[Call]:
    if "O_CREAT" in flags:
        yield Call("create", path)
    if "O_TRUNC" in flags:
        yield Call("truncate", path)


def _call(
    name: str, path: str, args: str, files: list[str], texts: list[bytes], at: int, done: int
) -> Iterator[Call]:
    if name == "write":
        yield Call("write", path, texts[0], at)
    elif name == "sendfile":
        start = int(re.findall(r"\[(\d+)\]", args)[0])
        yield Call("copy", path, start.to_bytes(8) + done.to_bytes(8), at, files[1])
    elif name == "pwrite64":
        yield Call("write", path, texts[0], int(args.rpartition(", ")[2]))
    elif name == "ftruncate":
        yield Call("truncate", path, b"", int(args.rpartition(", ")[2]))
    elif name in ("fsync", "fdatasync"):
        yield Call("sync", path)
    elif name == "rename":
        yield Call("rename", path, b"", 0, os.fsdecode(texts[1]))
    elif name == "mkdir":
        yield Call("mkdir", path)
    elif name in ("unlink", "unlinkat", "rmdir"):
        yield Call("remove", f"{path}/{os.fsdecode(texts[0])}" if files else path)


def _lines(trace: Path) -> Iterator[tuple[str, str, int, str]]:
    """Yield name, arguments, result and opened file of each call that succeeded, as it ended."""
    begun: dict[str, str] = {}
    for line in trace.read_text("ascii").splitlines():
        process, _space, rest = line.partition(" ")
        rest = rest.strip()
        if rest.endswith("<unfinished ...>"):
            begun[process] = rest.removesuffix("<unfinished ...>")
            continue
        if rest.startswith("<... "):
            rest = begun.pop(process) + rest.partition("resumed>")[2]
        if found := _LINE.fullmatch(f"{process} {rest}"):
            _process, name, args, result, opened = found.groups()
            yield name, args, int(result), opened or ""


def _plain(path: str) -> str:
    return os.fsdecode(bytes.fromhex(path.replace("\\x", ""))) if "\\x" in path else path
