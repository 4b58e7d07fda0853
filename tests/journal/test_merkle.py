"""The frontier against RFC 6962 as it is written: recursive, over the whole list of leaves."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from privdesk.journal.merkle import EMPTY, Frontier, leaf_hash, node_hash

LEAVES = st.lists(st.binary(max_size=40), max_size=200)


def mth(data: list[bytes]) -> bytes:
    """Return the Merkle tree hash of section 2.1, word for word."""
    n = len(data)
    if n == 0:
        return sha256().digest()
    if n == 1:
        return sha256(b"\x00" + data[0]).digest()
    k = 1
    while k * 2 < n:
        k *= 2
    return sha256(b"\x01" + mth(data[:k]) + mth(data[k:])).digest()


def root_of(leaves: Iterable[bytes]) -> bytes:
    frontier = Frontier()
    for leaf in leaves:
        frontier.add(leaf)
    return frontier.root()


@given(LEAVES)
def test_the_root_is_that_of_the_standard(data: list[bytes]) -> None:
    assert root_of(leaf_hash(leaf) for leaf in data) == mth(data)


@given(LEAVES)
def test_every_root_on_the_way_is_that_of_the_standard(data: list[bytes]) -> None:
    frontier = Frontier()
    for size, leaf in enumerate(data[:40], 1):
        frontier.add(leaf_hash(leaf))
        assert frontier.root() == mth(data[:size])


@given(LEAVES, st.integers(0, 200))
def test_a_frontier_that_was_stored_grows_on_as_if_it_had_not(data: list[bytes], cut: int) -> None:
    frontier = Frontier()
    for leaf in data[:cut]:
        frontier.add(leaf_hash(leaf))
    frontier = Frontier.from_bytes(frontier.to_bytes())
    for leaf in data[cut:]:
        frontier.add(leaf_hash(leaf))

    assert frontier.root() == mth(data)
    assert frontier.size == len(data)
    assert len(frontier.to_bytes()) == 8 + 32 * len(data).bit_count()


def test_the_known_roots_of_small_trees() -> None:
    """The vectors of the certificate-transparency test suite."""
    leaves = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657"]
    data = [bytes.fromhex(leaf) for leaf in leaves]
    roots = {
        1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
        3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
        4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
        7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    }

    assert root_of([]) == EMPTY
    for size, root in roots.items():
        assert root_of(map(leaf_hash, data[:size])).hex() == root


def test_a_leaf_is_never_taken_for_an_inner_node() -> None:
    left, right = leaf_hash(b"a"), leaf_hash(b"b")

    assert node_hash(left, right) != leaf_hash(left + right)
    assert node_hash(left, right) != node_hash(right, left)


@pytest.mark.parametrize("data", [b"", b"\0" * 7, (3).to_bytes(8, "big") + b"x" * 32, b"\0" * 41])
def test_what_is_no_frontier_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="frontier"):
        Frontier.from_bytes(data)
