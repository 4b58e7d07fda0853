"""What a passphrase must be, and the back-off after wrong ones."""

from __future__ import annotations

import json
import time
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from privdesk.core import system
from privdesk.core.i18n import N_, _
from privdesk.vault.errors import BackOffError, WeakPassphraseError

SHORTEST = 15
LONGEST = 1024
FREE_TRIES = 4
LONGEST_WAIT = 900
CAUSE_SHORT = N_("it has fewer than 15 characters.")
CAUSE_LONG = N_("it has more than 1,024 characters.")
CAUSE_GUESSABLE = N_("it would be guessed quickly.")
CAUSE_NAMES = N_("it consists of the names of the vault.")


def check(passphrase: str, known_words: tuple[str, ...] = ()) -> None:
    """Raise WeakPassphraseError unless the passphrase is long and not guessable.

    Length, blocklist and strength only; no rules of composition (NIST SP 800-63B).
    """
    text = unicodedata.normalize("NFC", passphrase)
    if len(text) < SHORTEST:
        raise WeakPassphraseError(cause=_(CAUSE_SHORT))
    if len(text) > LONGEST:
        raise WeakPassphraseError(cause=_(CAUSE_LONG))
    bare = text.casefold()
    for word in sorted((w.casefold() for w in known_words if w), key=len, reverse=True):
        bare = bare.replace(word, "")
    if len(bare.strip(" -_.0123456789")) < 4:
        raise WeakPassphraseError(cause=_(CAUSE_NAMES))
    if strength(text) < 2:
        raise WeakPassphraseError(cause=_(CAUSE_GUESSABLE))


def strength(passphrase: str) -> int:
    """Return 0 (guessed at once) to 4 (very strong), by zxcvbn."""
    from zxcvbn import zxcvbn

    if not passphrase:
        return 0
    return int(zxcvbn(passphrase[:72])["score"])


@dataclass(frozen=True)
class _Tries:
    failed: int
    last: float


class BackOff:
    """Counts wrong passphrases for each vault and person in the account's data folder."""

    def __init__(self, vault: str, person: int) -> None:
        self._path = system.account_folder() / "attempts" / f"{vault}-{person}.json"

    def check(self, name: str) -> None:
        """Raise BackOffError while the person has to wait."""
        tries = self._read()
        wait = _wait(tries.failed) - (time.time() - tries.last)
        if tries.failed > FREE_TRIES and wait > 0:
            raise BackOffError(name=name, seconds=min(LONGEST_WAIT, int(wait) + 1))

    def failed(self) -> None:
        """Count a wrong passphrase."""
        tries = self._read()
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        text = json.dumps({"failed": tries.failed + 1, "last": time.time()})
        system.atomic_write(self._path, text.encode(), 0o600)

    @property
    def count(self) -> int:
        """How many passphrases were wrong since the last one that was right."""
        return self._read().failed

    def succeeded(self) -> None:
        """Start again from none."""
        Path(self._path).unlink(missing_ok=True)

    def _read(self) -> _Tries:
        try:
            raw = json.loads(self._path.read_bytes())
            return _Tries(int(raw["failed"]), min(float(raw["last"]), time.time()))
        except (OSError, ValueError, KeyError, TypeError, RecursionError, OverflowError):
            return _Tries(0, 0.0)


def _wait(failed: int) -> float:
    return float(min(LONGEST_WAIT, 2 ** min(max(0, failed - FREE_TRIES), 16)))
