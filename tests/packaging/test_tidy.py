"""What must not reach the repository is found."""

from __future__ import annotations

import pytest
from tidy import LARGEST, problems_in


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        ("spaces \n", "space at the end"),
        ("<" * 7 + " HEAD\n", "merge conflict"),
        ("no break", "does not end with a line break"),
        ("open(/" + "work/x)\n", "path or address"),
        ("see ../" + "shared/PLAN\n", "path or address"),
        ("pip --extra-index" + "-url x\n", "path or address"),
        ("x" * LARGEST + "x\n", "too large"),
    ],
)
def test_a_fault_is_found(content: str, problem: str) -> None:
    assert [p for p in problems_in("some.py", content.encode()) if problem in p]


@pytest.mark.parametrize("content", [b"fine\n", b"", b"\xff\xfe \n", "재택/work/time\n".encode()])
def test_what_is_fine_passes(content: bytes) -> None:
    assert list(problems_in("some.py", content)) == []
