"""The catalogues: where one is missing or damaged, the English of the source is spoken."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest

from privdesk.core import i18n, resources
from privdesk.core.catalogue import Catalogue

WHOLE = resources.resource("translations", "ko.mo").read_bytes()


@pytest.mark.parametrize(
    "text",
    [None, b"", b"junk", b"\xde\x12\x04\x95" + b"\xff" * 40, WHOLE[:-40], WHOLE[:-9] + b"\xff" * 9],
)
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


def test_every_text_of_the_catalogue_is_read_as_gettext_reads_it() -> None:
    with resources.resource("translations", "ko.mo").open("rb") as stream:
        known = vars(gettext.GNUTranslations(stream))["_catalog"]
    catalogue = Catalogue(WHOLE)

    for message, text in known.items():
        one = message[0] if isinstance(message, tuple) else message
        assert catalogue.text(one) == text
    assert catalogue.text("Nobody has translated this.") is None
    assert len(known) > 3_000


def test_a_number_chooses_its_words() -> None:
    one, many = "{n} record", "{n} records"

    assert [i18n.words("en").many(one, many, n) for n in (1, 2_000)] == [
        "1 record",
        "2,000 records",
    ]
    assert i18n.words("ko").many(one, many, 1) == "1건"
