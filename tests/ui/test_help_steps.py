"""What the help tells to press or to type is there, by the same words, in both languages."""

from __future__ import annotations

import gettext
import re
from functools import cache

import pytest
import typer.main

from privdesk.cli import application
from privdesk.core.resources import resource

PLAYED = ("two-workstations", "usb-stick", "lost-laptop", "forgotten-passphrase", "burnt-office",
          "new-computer", "custody", "roles", "backup")  # fmt: skip
pages = pytest.mark.parametrize("page", PLAYED)
languages = pytest.mark.parametrize("language", ["ko", "en"])
_CODE, _STRONG = re.compile(r"`([^`]*)`"), re.compile(r"\*\*.+?\*\*", re.DOTALL)
_PRESSED = re.compile(r"\*([^*\n]+)\*")


@cache
def words(language: str) -> frozenset[str]:
    """Return every text of the screen in a language."""
    with resource("translations", "ko.mo").open("rb") as stream:
        told = gettext.GNUTranslations(stream)._catalog  # type: ignore[attr-defined]
    texts = told.values() if language == "ko" else (k if isinstance(k, str) else k[0] for k in told)
    return frozenset(text.casefold() for text in texts)


def unknown(text: str, language: str) -> list[str]:
    """Return what a page calls by words that the screen does not have.

    What stands between asterisks is a text of the screen, or part of one of its sentences; an
    arrow stands between what is pressed one after the other.
    """
    bare = _STRONG.sub("", _CODE.sub("", text))
    parts = [p.strip().casefold() for told in _PRESSED.findall(bare) for p in told.split("→")]
    known = words(language)

    def there(part: str) -> bool:
        return part in known or (len(part) > 15 and any(part in one for one in known))

    return [part for part in parts if part and not there(part)]


def wrong(text: str) -> list[str]:
    """Return the commands of a page that the command line does not have."""
    return [told for told in _CODE.findall(text) if told.startswith("privdesk ") and not _is(told)]


def _is(told: str) -> bool:
    command = typer.main.get_command(application())
    options = {name for one in command.params for name in one.opts}
    rest, before = told.split()[1:], ""
    while rest:
        word = rest.pop(0)
        members = getattr(command, "commands", None)
        if members is None:
            rest.insert(0, word)
            break
        if word.startswith("--") or before.startswith("--"):
            before = "" if before.startswith("--") else word
            continue
        if word not in members:
            return False
        command = members[word]
        options |= {name for one in command.params for name in one.opts}
    return all(word in options for word in rest if word.startswith("--"))


@languages
@pages
def test_what_a_page_tells_to_press_is_on_the_screen(page: str, language: str) -> None:
    assert unknown(resource("help", language, f"{page}.md").read_text("utf-8"), language) == []


@languages
@pages
def test_what_a_page_tells_to_type_is_a_command(page: str, language: str) -> None:
    assert wrong(resource("help", language, f"{page}.md").read_text("utf-8")) == []


def test_the_check_itself_finds_what_is_not_there() -> None:
    assert unknown("Press *Safety → Lose everything…*.", "en") == ["lose everything…"]
    assert wrong("`privdesk custody burn VAULT` `privdesk roll VAULT --key FILE`") == [
        "privdesk custody burn VAULT",
        "privdesk roll VAULT --key FILE",
    ]
