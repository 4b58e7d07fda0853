"""The texts of the source and their translations are compared without gaps."""

from __future__ import annotations

import gettext
from pathlib import Path

import pytest
from catalogues import Catalogues, placeholders

SOURCE = '''
from privdesk.core.errors import DomainError
from privdesk.core.i18n import Words, _, N_, ngettext, words


class LockedError(DomainError):
    """The vault is locked.
    Nothing was changed."""


class BrokenError(ValueError):
    """Not for users."""


LABEL = N_("Name")


def show(paper: Words, n: int, label: str) -> str:
    return _("Open {place}") + _(label) + paper("Signed") + words("ko")("Approved")


def count(paper: Words, n: int) -> str:
    return ngettext("{n} record", "{n} records", n) + paper.many("{n} page", "{n} pages", n)
'''

TRANSLATED = {
    "The vault is locked. Nothing was changed.": "보관함이 잠겨 있습니다. 바뀐 것은 없습니다.",
    "Name": "이름",
    "Open {place}": "{place} 열기",
    "Signed": "서명함",
    "Approved": "승인함",
}
PLURALS = {
    ("{n} record", "{n} records"): "기록 {n}건",
    ("{n} page", "{n} pages"): "{n}쪽",
}


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """Return a source tree with one area, completely translated."""
    (tmp_path / "privdesk" / "desk").mkdir(parents=True)
    (tmp_path / "privdesk" / "desk" / "page.py").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "resources" / "translations" / "ko").mkdir(parents=True)
    write(tmp_path, "desk", TRANSLATED, PLURALS)
    Catalogues(tmp_path).compile()
    return tmp_path


def write(
    tree: Path,
    area: str,
    texts: dict[str, str],
    plurals: dict[tuple[str, str], str] | None = None,
) -> None:
    """Write the .po file of an area."""
    lines = [f'msgid "{one}"\nmsgstr "{text}"\n' for one, text in texts.items()]
    lines += [
        f'msgid "{one}"\nmsgid_plural "{many}"\nmsgstr[0] "{text}"\n'
        for (one, many), text in (plurals or {}).items()
    ]
    path = tree / "resources" / "translations" / "ko" / f"{area}.po"
    path.write_text("\n".join(lines), encoding="utf-8")


def test_a_complete_tree_has_no_problems(tree: Path) -> None:
    assert Catalogues(tree).check() == []


def test_every_way_of_marking_a_text_is_found(tree: Path) -> None:
    found = {message.id for message in Catalogues(tree).messages}

    assert found == {*TRANSLATED, *(one for one, _many in PLURALS)}


def test_the_compiled_catalogue_speaks_korean(tree: Path) -> None:
    with (tree / "resources" / "translations" / "ko.mo").open("rb") as stream:
        catalogue = gettext.GNUTranslations(stream)

    assert catalogue.gettext("Name") == "이름"
    assert catalogue.ngettext("{n} record", "{n} records", 5) == "기록 {n}건"


def test_a_text_without_translation_is_reported_and_offered_for_translation(tree: Path) -> None:
    write(tree, "desk", {k: v for k, v in TRANSLATED.items() if k != "Signed"}, PLURALS)
    catalogues = Catalogues(tree)

    assert [message.id for message in catalogues.missing("desk")] == ["Signed"]
    assert any("not translated into ko: 'Signed'" in p for p in catalogues.check())


def test_an_empty_translation_is_reported(tree: Path) -> None:
    write(tree, "desk", TRANSLATED | {"Name": ""}, PLURALS)

    assert any("has no translation: 'Name'" in p for p in Catalogues(tree).check("desk"))


def test_a_lost_placeholder_is_reported(tree: Path) -> None:
    write(tree, "desk", TRANSLATED | {"Open {place}": "열기"}, PLURALS)

    assert any("placeholders differ" in p for p in Catalogues(tree).check())


def test_two_translations_of_one_text_are_reported(tree: Path) -> None:
    write(tree, "other", {"Name": "성명"})

    assert any("'성명' here and '이름'" in p for p in Catalogues(tree).check())


def test_a_doubtful_translation_is_reported(tree: Path) -> None:
    path = tree / "resources" / "translations" / "ko" / "more.po"
    path.write_text('#, fuzzy\nmsgid "Maybe"\nmsgstr "아마"\n', encoding="utf-8")

    assert any("fuzzy" in p for p in Catalogues(tree).check())


def test_a_stale_compiled_catalogue_is_reported(tree: Path) -> None:
    write(tree, "desk", TRANSLATED | {"Name": "성명"}, PLURALS)

    assert any("is stale" in p for p in Catalogues(tree).check())


def test_a_text_put_together_before_translation_is_reported(tree: Path) -> None:
    path = tree / "privdesk" / "desk" / "late.py"
    path.write_text('from x import _\nplace = "here"\n_(f"Open {place}")\n', encoding="utf-8")

    assert any("put together" in p for p in Catalogues(tree).check())


def test_an_unreadable_translation_file_is_reported(tree: Path) -> None:
    path = tree / "resources" / "translations" / "ko" / "broken.po"
    path.write_text('msgid "A\nmsgstr B\n', encoding="utf-8")

    assert any("cannot be read" in p for p in Catalogues(tree).check())


def test_an_area_may_be_a_part_of_a_package(tree: Path) -> None:
    write(tree, "desk", {})
    catalogues = Catalogues(tree)

    assert len(catalogues.missing("desk/page")) == len(catalogues.missing("desk")) > 0
    assert catalogues.missing("desk/pag") == []


def test_placeholders_of_a_text_that_is_no_template_are_unknown() -> None:
    assert placeholders("{a} and {b:,}") == frozenset({"a", "b"})
    assert placeholders("an open { brace") is None
