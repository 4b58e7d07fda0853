"""A file that is attached is kept whole, or refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from privdesk.flows import pledgescans, reaching
from privdesk.registers import incoming
from privdesk.registers.desk import Desk
from privdesk.registers.incoming import EmptyFileError, FileTooLargeError
from privdesk.vault.payloads import OFFICE


def sized(path: Path, size: int) -> Path:
    """Make a file of so many bytes that takes no room."""
    with path.open("wb") as stream:
        stream.write(b"%PDF-1.7\n"[:size])
        stream.truncate(size)
    return path


def test_the_longest_file_is_read_to_its_end(tmp_path: Path) -> None:
    assert len(incoming.read(sized(tmp_path / "a.pdf", incoming.MOST)).data) == incoming.MOST


def _with_an_order(desk: Desk, path: Path) -> None:
    with desk.change():
        reaching.kept(desk, OFFICE, desk.vault.new_ids()[0], path)


WAYS: dict[str, Callable[[Desk, Path], object]] = {
    "evidence of an order": _with_an_order,
    "reply to a correction": lambda desk, path: desk.service("corrections").reply(
        [], by="x", result="done", file=str(path)
    ),
    "signed pledge": lambda desk, path: desk.service("pledges")._read(str(path), 1),
    "attendance sheet": lambda desk, path: desk.service("sessions").file_sheet(
        [desk.ref("sessions", 1)], file=str(path)
    ),
    "papers of partners": lambda desk, path: desk.service("partner-papers").attach(
        None, "processors", 1, str(path), "contract"
    ),
    "a stack of scans": lambda desk, path: pledgescans.read(desk, [path]),
}


@pytest.mark.parametrize("way", WAYS)
def test_an_empty_file_is_never_kept(desk: Desk, tmp_path: Path, way: str) -> None:
    with pytest.raises(EmptyFileError):
        WAYS[way](desk, sized(tmp_path / "a.pdf", 0))


@pytest.mark.parametrize("way", WAYS)
def test_a_file_that_is_too_long_is_never_cut(
    desk: Desk, tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pledgescans, "MOST_BYTES", incoming.MOST)
    with pytest.raises(FileTooLargeError):
        WAYS[way](desk, sized(tmp_path / "a.pdf", incoming.MOST + 1))
