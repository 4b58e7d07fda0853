"""Passphrases: long, not guessable, the same in every spelling of Hangul; wrong ones cost time."""

from __future__ import annotations

import json
import time
import unicodedata
from pathlib import Path

import pytest

from privdesk.core import system
from privdesk.vault import crypto, header, passphrases, slots
from privdesk.vault.crypto import FLOOR
from privdesk.vault.errors import BackOffError, WeakPassphraseError, WrongPassphraseError
from tests.desks import ALICE, BORA, PASSPHRASE, SECOND

KNOWN = ("Haneul Parcel", ALICE, "privdesk")


@pytest.mark.parametrize(
    ("passphrase", "cause"),
    [
        ("fourteen chars", "fewer than 15"),
        ("x" * 1025, "more than 1,024"),
        ("aaaaaaaaaaaaaaaaaaaa", "guessed quickly"),
        ("passwordpassword", "guessed quickly"),
        ("Haneul Parcel 2026", "names of the vault"),
        ("privdesk privdesk", "names of the vault"),
    ],
)
def test_what_would_be_guessed_is_refused_with_its_cause(passphrase: str, cause: str) -> None:
    with pytest.raises(WeakPassphraseError, match=cause):
        passphrases.check(passphrase, KNOWN)


@pytest.mark.parametrize("passphrase", [PASSPHRASE, SECOND, "강변 등불 아래 조용한 우체통 여섯"])
def test_a_long_phrase_needs_no_odd_characters(passphrase: str) -> None:
    passphrases.check(passphrase, KNOWN)


def test_a_passphrase_is_the_same_composed_and_decomposed() -> None:
    phrase = "강변 등불 아래 조용한 우체통"
    decomposed = unicodedata.normalize("NFD", phrase)
    assert decomposed != phrase

    assert crypto.stretch(phrase, b"s" * 16, FLOOR) == crypto.stretch(decomposed, b"s" * 16, FLOOR)


def test_the_length_is_counted_in_composed_characters() -> None:
    fourteen = unicodedata.normalize("NFD", "가나다라마바사아자차카타파하")
    assert len(fourteen) > passphrases.SHORTEST

    with pytest.raises(WeakPassphraseError, match="fewer than 15"):
        passphrases.check(fourteen)


def wrong(head: header.Header, times: int) -> None:
    for _ in range(times):
        with pytest.raises(WrongPassphraseError):
            slots.unlock(head, ALICE, "never this one")


def test_wrong_passphrases_cost_time_also_after_a_restart(vault: Path) -> None:
    """Nothing but the file in the account's folder is left between two tries."""
    head = header.read(vault)
    wrong(head, passphrases.FREE_TRIES + 1)

    with pytest.raises(BackOffError) as refused:
        slots.unlock(header.read(vault), ALICE, PASSPHRASE)
    assert refused.value.details["name"] == ALICE
    assert int(str(refused.value.details["seconds"])) >= 1


def test_somebody_else_does_not_wait_for_it(vault: Path) -> None:
    head = header.read(vault)
    wrong(head, passphrases.FREE_TRIES + 1)

    assert slots.unlock(head, BORA, SECOND).person.name == BORA


def tries(vault: str, person: int, failed: int, last: float) -> None:
    folder = system.account_folder() / "attempts"
    folder.mkdir(exist_ok=True)
    (folder / f"{vault}-{person}.json").write_text(json.dumps({"failed": failed, "last": last}))


def test_the_wait_grows_and_is_never_longer_than_a_quarter_of_an_hour(vault: Path) -> None:
    head = header.read(vault)
    waits = []
    for failed in (5, 6, 8, 40, 10**30):
        tries(head.vault, 1, failed, time.time())
        with pytest.raises(BackOffError) as refused:
            slots.unlock(head, ALICE, PASSPHRASE)
        waits.append(int(str(refused.value.details["seconds"])))

    assert waits == sorted(waits)
    assert waits[0] <= 3
    assert waits[-1] <= passphrases.LONGEST_WAIT


@pytest.mark.parametrize("text", ["[" * 100_000, '{"failed": 1e400, "last": 1}', "[]", ""])
def test_a_count_that_cannot_be_read_locks_nobody_out(vault: Path, text: str) -> None:
    head = header.read(vault)
    tries(head.vault, 1, 0, 0)
    (system.account_folder() / "attempts" / f"{head.vault}-1.json").write_text(text)

    assert slots.unlock(head, ALICE, PASSPHRASE).person.name == ALICE


def test_a_clock_set_back_does_not_lock_anybody_out_for_years(vault: Path) -> None:
    head = header.read(vault)
    tries(head.vault, 1, 40, time.time() + 10**9)

    with pytest.raises(BackOffError) as refused:
        slots.unlock(head, ALICE, PASSPHRASE)
    assert int(str(refused.value.details["seconds"])) <= passphrases.LONGEST_WAIT


def test_after_the_wait_the_right_passphrase_opens_and_starts_from_none(vault: Path) -> None:
    head = header.read(vault)
    tries(head.vault, 1, 5, time.time() - 60)

    slots.unlock(head, ALICE, PASSPHRASE)
    wrong(head, passphrases.FREE_TRIES)
    assert slots.unlock(head, ALICE, PASSPHRASE).person.name == ALICE


def test_a_spoiled_count_of_tries_locks_nobody_out(vault: Path) -> None:
    head = header.read(vault)
    tries(head.vault, 1, 5, 0)
    (system.account_folder() / "attempts" / f"{head.vault}-1.json").write_text("spoiled")

    assert slots.unlock(head, ALICE, PASSPHRASE).person.name == ALICE
