"""Breaking text into lines the Korean way (금칙).

Between words where there are spaces; between syllables only in a run that is longer than
the line; between Chinese characters anywhere. No line starts with a closing sign or ends
with an opening one, also where a space stands before or after it. Latin words and numbers
stay whole unless they are longer than the line.
"""

from __future__ import annotations

import re
from collections.abc import Callable

Measure = Callable[[str], float]

NOT_FIRST = frozenset(
    "!%),.:;?]}¢°’”†‡‰′″℃、。〃々〉》」』】〕〗〙〛〞〟︰！％），．：；？］｝｠｡｣､･ﾞﾟ～〜…‥·・ㆍ"
    "ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ"
)
NOT_LAST = frozenset("([{£¥₩‘“〈《「『【〔〖〘〚〝（［｛｟｢￡￥￦＄§№#")

_ATOM = re.compile(
    r"[^\s\u1100-\u11ff\u2e80-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef]+|\S"
)
_HAN = re.compile(r"[\u2e80-\u30ff\u31f0-\u9fff\uf900-\ufaff]")
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\ua960-\ua97f\uac00-\ud7ff]")
_HANGS = re.compile(r" {2,}· (?=\S)")  # a line of a break-down


def wrap(text: str, room: float, measure: Measure) -> list[str]:
    """Return the lines of ``text``, each no wider than ``room``.

    Line ends in the text are kept. A single sign wider than ``room`` gets a line of its own.
    What follows of a line that begins with spaces and a dot stands as far in as its words.
    """
    lines: list[str] = []
    for paragraph in text.split("\n"):
        if measure(paragraph) <= room:
            lines.append(paragraph)
        elif (hung := _HANGS.match(paragraph)) and measure(hung.group()) * 2 <= room:
            lines.extend(_hang(hung.group(), paragraph[hung.end() :], room, measure))
        else:
            lines.extend(_fill(_words(paragraph), room, measure))
    return lines


def _hang(lead: str, text: str, room: float, measure: Measure) -> list[str]:
    """Return the lines of a text behind its lead, the further ones as far in."""
    first, *others = _fill(_words(text), room - measure(lead), measure)
    beneath = " " * int(measure(lead) / measure(" "))
    return [lead + first, *(beneath + line for line in others)]


def _words(paragraph: str) -> list[str]:
    """Split at spaces, but not where the break would be forbidden."""
    words: list[str] = []
    for word in paragraph.split(" "):
        if words and _bound(words[-1], word):
            words[-1] += " " + word
        else:
            words.append(word)
    return words


def _bound(before: str, after: str) -> bool:
    """Whether no line may end between two pieces."""
    return bool(before and after) and (before[-1] in NOT_LAST or after[0] in NOT_FIRST)


def _fill(words: list[str], room: float, measure: Measure) -> list[str]:
    space = measure(" ")
    lines: list[str] = []
    line, used = "", 0.0
    for word in words:
        needed = measure(word)
        lead = space if line else 0.0
        if used + lead + needed <= room:
            line, used = (f"{line} {word}" if line else word), used + lead + needed
            continue
        if needed <= room and not _splits_freely(word):
            lines.append(line)
            line, used = word, needed
            continue
        *full, line = _split(word, line, room, measure)
        lines.extend(full)
        used = measure(line)
    return [*lines, line]


def _splits_freely(word: str) -> bool:
    """Whether a word is Chinese or Japanese, which has no spaces to break at."""
    return bool(_HAN.search(word)) and not _HANGUL.search(word)


def _split(word: str, line: str, room: float, measure: Measure) -> list[str]:
    """Set a word that may or must break, beginning on the current line."""
    lines: list[str] = []
    glue = " " if line else ""
    for atom in _atoms(word):
        if measure(line + glue + atom) <= room:
            line += glue + atom
        else:
            if line:
                lines.append(line)
            *full, line = _chop(atom, room, measure)
            lines.extend(full)
        glue = ""
    return [*lines, line]


def _atoms(word: str) -> list[str]:
    """Return the smallest pieces of a word that keep the rules at their ends."""
    atoms: list[str] = []
    for piece in _ATOM.findall(word):
        if atoms and _bound(atoms[-1], piece):
            atoms[-1] += piece
        else:
            atoms.append(piece)
    return atoms


def _chop(atom: str, room: float, measure: Measure) -> list[str]:
    """Break what is longer than a line: after a hyphen or the like, else where the line ends."""
    lines = [""]
    for sign in atom:
        if lines[-1] and measure(lines[-1] + sign) > room:
            line = lines[-1]
            cut = max(map(line.rfind, "-/@._")) + 1 or len(line)
            lines[-1:] = [line[:cut], line[cut:] + sign]
        else:
            lines[-1] += sign
    return lines
