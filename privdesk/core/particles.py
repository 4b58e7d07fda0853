"""Korean particles that depend on how the word before them ends.

A translation names both forms, as in ``{name}을(를)``; which one is right is known only
when the value stands there. ``Template.format`` chooses it, so that whoever fills in a
translation need not think of it. What the value itself says is never touched.
"""

from __future__ import annotations

import re
import string
import unicodedata
from enum import Enum

FORMS = {
    "을(를)": ("을", "를"),
    "은(는)": ("은", "는"),
    "이(가)": ("이", "가"),
    "과(와)": ("과", "와"),
    "(으)로": ("으로", "로"),
    "(이)나": ("이나", "나"),
    "(이)며": ("이며", "며"),
    "(이)고": ("이고", "고"),
    "(이)라": ("이라", "라"),
}
MARK = re.compile("|".join(map(re.escape, FORMS)))


class Ending(Enum):
    """How the last syllable of a word ends when it is read aloud."""

    VOWEL = "vowel"
    RIEUL = "ㄹ"
    CONSONANT = "consonant"


_DIGITS = dict(zip("0123456789", "CRVCVVCRRV", strict=True))  # 영 일 이 삼 사 오 육 칠 팔 구
_LETTERS = {"l": "R", "m": "C", "n": "C", "r": "R"}  # 엘 엠 엔 알; the other names end openly
_SHORT = {"V": Ending.VOWEL, "R": Ending.RIEUL, "C": Ending.CONSONANT}
_WORD = re.compile("[A-Za-z]+$")
_RIEUL_WORD = re.compile("(?:l|le)$")
_CLOSED_WORD = re.compile("(?:[mn]e?|ng|(?<![aeiou])[aeiou](?:ck|pp|tt|[pbtkc])|oo[kp]|oup)$")
_ASIDE = re.compile(r"(?<=\S)\s*\([^()]*\)[\s\"'”’)\]}〉》」』】>]*$")


def ending(text: str) -> Ending:
    """Return how ``text`` ends as Koreans read it.

    Closing quotes and brackets do not count, nor does a remark in brackets: a particle
    follows the word before it. Digits and Latin letters are read out.
    """
    tail = unicodedata.normalize("NFKC", text[-80:])
    while _ASIDE.search(tail):
        tail = _ASIDE.sub("", tail)
    while tail and not tail[-1].isalnum():
        tail = tail[:-1]
    if not tail:
        return Ending.VOWEL
    word = _WORD.search(tail)
    return _latin(word[0]) if word else _sign(tail[-1])


def _sign(last: str) -> Ending:
    if "가" <= last <= "힣":
        final = (ord(last) - 0xAC00) % 28
        return Ending.VOWEL if not final else Ending.RIEUL if final == 8 else Ending.CONSONANT
    return _SHORT[_DIGITS.get(last, "V")]


def _latin(word: str) -> Ending:
    """Return how an English word or an abbreviation ends: desk 데스크, shop 숍, PDF 피디에프."""
    lower = word.lower()
    if word.isupper() or not re.search("[aeiouy]", lower):
        return _SHORT[_LETTERS.get(lower[-1], "V")]
    if _RIEUL_WORD.search(lower):
        return Ending.RIEUL
    return Ending.CONSONANT if _CLOSED_WORD.search(lower) else Ending.VOWEL


def particle(mark: str, before: str) -> str:
    """Return the form of a particle such as ``을(를)`` that fits the text before it."""
    closed, opened = FORMS[mark]
    found = ending(before)
    takes_open = found is Ending.VOWEL or (mark == "(으)로" and found is Ending.RIEUL)
    return opened if takes_open else closed


class Template(str):
    """A translation whose particles are chosen when its places are filled in."""

    __slots__ = ()

    def format(self, *values: object, **named: object) -> str:
        """Fill the places in, as ``str.format`` does, and choose the particles after them."""
        told = ""
        for literal, field, spec, conversion in string.Formatter().parse(self):
            told += _chosen(told, literal)
            if field is not None:
                place = f"{{{field}{'!' + conversion if conversion else ''}"
                told += f"{place}{':' + spec if spec else ''}}}".format(*values, **named)
        return told


def _chosen(told: str, literal: str) -> str:
    """Return a literal part of a translation with its particles chosen, given what is before it."""
    return MARK.sub(lambda found: particle(found[0], told + literal[: found.start()]), literal)


def template(text: str) -> str:
    """Return ``text`` as a template where it has particles to choose, else as it is."""
    return Template(text) if MARK.search(text) else text
