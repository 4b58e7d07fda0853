"""Names as people look for them: keys of Hangul however it was typed."""

from __future__ import annotations

import re
import unicodedata

_SYLLABLES = re.compile("[가-힣]+").fullmatch
_PLAIN = re.compile("[!-~가-힣]+").fullmatch  # stays what it is but for its small letters
_SPACES = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u3164\u115f\u1160]+")
_JAMO = re.compile("[\u1100-\u11ff\u3131-\u318e\uffa1-\uffdc]")

LEADS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_TAILS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
_LEAD = {jamo: number for number, jamo in enumerate(LEADS)}
_VOWEL = {jamo: number for number, jamo in enumerate(_VOWELS)}
_TAIL = {jamo: number for number, jamo in enumerate(_TAILS) if number}
_PAIRED_VOWELS = dict(
    zip(("ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅡㅣ"), "ㅘㅙㅚㅝㅞㅟㅢ", strict=True)
)
_PAIRED_TAILS = dict(
    zip(
        ("ㄱㅅ", "ㄴㅈ", "ㄴㅎ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅂㅅ"),
        "ㄳㄵㄶㄺㄻㄼㄽㄾㄿㅀㅄ",
        strict=True,
    )
)

_COMPATIBLE = (
    {chr(0x1100 + number): jamo for number, jamo in enumerate(LEADS)}
    | {chr(0x1161 + number): jamo for number, jamo in enumerate(_VOWELS)}
    | {chr(0x11A7 + number): jamo for number, jamo in enumerate(_TAILS) if number}
)


def name_key(text: str) -> str:
    """Return the form by which a name is found.

    Composed (also from decomposed or single jamo), in small letters, without spaces;
    consonants alone stay consonants, so that ``ㅎㄱㄷ`` can be looked up as initials.
    """
    if _SYLLABLES(text):
        return text
    if text.isascii():
        return "".join(text.split()).lower()
    key = _SPACES.sub("", text)
    if _PLAIN(key):
        return key.lower()
    key = unicodedata.normalize("NFC", key)
    if _JAMO.search(key):
        key = _compose("".join(_single(letter) for letter in key))
    key = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", key).casefold())
    return "".join(_COMPATIBLE.get(letter, letter) for letter in key)


def initials(text: str) -> str:
    """Return the initial consonants: ``홍길동`` gives ``ㅎㄱㄷ``; other letters stay."""
    return "".join(
        LEADS[(ord(letter) - 0xAC00) // 588] if "가" <= letter <= "힣" else letter
        for letter in name_key(text)
    )


def _single(letter: str) -> str:
    """Return a conjoining or half-width jamo as the one that stands alone."""
    if "\uffa1" <= letter <= "\uffdc":
        letter = unicodedata.normalize("NFKC", letter)
    return _COMPATIBLE.get(letter, letter)


def _compose(letters: str) -> str:
    """Join single jamo to syllables as a keyboard would."""
    out: list[str] = []
    at = 0
    while at < len(letters):
        syllable, at = _syllable(letters, at)
        out.append(syllable)
    return "".join(out)


def _syllable(letters: str, at: int) -> tuple[str, int]:
    """Return the syllable (or other letter) that starts at ``at`` and where the next one starts."""
    first = letters[at]
    if first not in _LEAD or at + 1 >= len(letters) or letters[at + 1] not in _VOWEL:
        if "가" <= first <= "힣" and (ord(first) - 0xAC00) % 28 == 0:
            tail, end = _tail(letters, at + 1)
            return chr(ord(first) + tail), end
        return first, at + 1
    vowel, end = letters[at + 1], at + 2
    pair = _PAIRED_VOWELS.get(letters[at + 1 : at + 3])
    if pair:
        vowel, end = pair, at + 3
    tail, end = _tail(letters, end)
    return chr(0xAC00 + (_LEAD[first] * 21 + _VOWEL[vowel]) * 28 + tail), end


def _tail(letters: str, at: int) -> tuple[int, int]:
    """Return the number of the final consonant at ``at`` (0 for none) and where it ends."""
    pair = _PAIRED_TAILS.get(letters[at : at + 2])
    if pair and not _vowel_at(letters, at + 2):
        return _TAIL[pair], at + 2
    if at < len(letters) and letters[at] in _TAIL and not _vowel_at(letters, at + 1):
        return _TAIL[letters[at]], at + 1
    return 0, at


def _vowel_at(letters: str, at: int) -> bool:
    return at < len(letters) and letters[at] in _VOWEL


def is_called(told: str, name: str) -> bool:
    """Whether a text names somebody, with or without a title before or behind the name."""
    whole, key = name_key(told), name_key(name)
    words = {name_key(word.strip("().,·/")) for word in told.split()}
    return bool(key) and (whole.startswith(key) or whole.endswith(key) or key in words)


def says_why(reason: str) -> bool:
    """Whether a reason says anything: five letters at least, and no lone consonants."""
    return sum(c.isalnum() and c not in LEADS for c in reason) >= 5
