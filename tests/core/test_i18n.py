"""The catalogues: where one is missing or damaged, the English of the source is spoken."""

from __future__ import annotations

from pathlib import Path

import pytest

from privdesk.core import i18n, resources


@pytest.mark.parametrize("text", [None, b"", b"junk", b"\xde\x12\x04\x95" + b"\xff" * 40])
def test_a_missing_or_damaged_catalogue_leaves_english(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: bytes | None
) -> None:
    (tmp_path / "translations").mkdir()
    if text is not None:
        (tmp_path / "translations" / "ko.mo").write_bytes(text)
    monkeypatch.setattr(resources, "RESOURCES", tmp_path)
    i18n._catalogue.cache_clear()
    try:
        assert i18n.Words("ko")("Name") == "Name"
    finally:
        i18n._catalogue.cache_clear()
