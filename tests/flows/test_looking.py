"""Looking for values in decrypted pages: every kind is found, in any part, by either way."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from privdesk.flows import looking
from privdesk.vault.pages import AT_ONCE, PAGE, RESERVED, blocks, count, pages

KEY = bytes(range(32))
BODY = PAGE - RESERVED
KINDS = [
    "010-4821-7701",
    "02-312-4455",
    "1588-1234",
    "+44 20 7946 0000",
    "quill@mailbox.example",
    "a.b+c@sub.mailbox.example",
    "옥가뷁",
]


def sealed(path: Path, bodies: list[bytes]) -> Path:
    """Write pages as SQLCipher does; the first begins with a salt."""
    data = b""
    for number, body in enumerate(bodies):
        iv = os.urandom(16)
        plain = body.ljust(BODY, b"\0")[:BODY]
        salt = os.urandom(16) if number == 0 else b""
        box = Cipher(algorithms.AES256(KEY), modes.CBC(iv)).encryptor()
        data += salt + box.update(plain[len(salt) :]) + iv + os.urandom(64)
    path.write_bytes(data)
    return path


def line_of(value: str) -> bytes:
    """Return a list line with the value between others, as search.db keeps it."""
    return b"living" + f"W-77\x1f{value}\x1fx".encode() + b"tail"


@pytest.mark.parametrize("size", [1, 2, AT_ONCE, AT_ONCE + 1, 3 * AT_ONCE])
def test_pages_are_read_as_they_were_written(tmp_path: Path, size: int) -> None:
    bodies = [bytes([n % 251]) * BODY for n in range(size)]
    path = sealed(tmp_path / "some.db", bodies)

    read = list(pages(path, KEY))

    assert [page[:1000] for page in read] == [body[:1000] for body in bodies]
    assert len(read) == count(path) == size


def test_a_part_of_the_pages_can_be_read(tmp_path: Path) -> None:
    path = sealed(tmp_path / "some.db", [bytes([n]) * BODY for n in range(200)])
    read = b"".join(blocks(path, KEY, 70, 140))

    assert bytes([70]) * BODY in read
    assert bytes([139]) * BODY in read
    assert bytes([69]) * BODY not in read
    assert bytes([140]) * BODY not in read


@pytest.mark.parametrize("exact", [True, False])
@pytest.mark.parametrize("value", KINDS)
def test_a_value_in_a_list_line_is_found_by_either_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str, exact: bool
) -> None:
    monkeypatch.setattr(looking, "EXACT", 1 << 40 if exact else 0)
    bodies = [os.urandom(BODY) for _ in range(70)]
    bodies[66] = line_of(value)
    path = sealed(tmp_path / "some.db", bodies)
    wanted = {value.encode(), b"someone@else.example", b"010-1111-2222"}

    assert looking.met([(path, KEY)], wanted) == {value.encode()}


@pytest.mark.parametrize("page", [0, 1, 600, 1199])
def test_two_processes_leave_no_page_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    monkeypatch.setattr(looking, "LARGE", 2)
    bodies = [b"\0"] * 1200
    bodies[page] = b" " * 20 + line_of(KINDS[0])
    path = sealed(tmp_path / "some.db", bodies)

    assert looking.met([(path, KEY)], {KINDS[0].encode()}) == {KINDS[0].encode()}
