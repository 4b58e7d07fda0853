"""Collect the texts of privdesk, check their Korean translations and compile them.

``catalogues.py``                  merge ``resources/translations/ko/*.po`` into ``ko.mo``
``catalogues.py --check [AREA]``   say what is missing, doubtful or stale; exit code 1 then
``catalogues.py --missing [AREA]`` print the untranslated ids as .po entries, ready to be filled in
``catalogues.py --unused [AREA]``  print translated ids that no source file asks for

An area is a package or module directly below ``privdesk``, or a part of one as in
``registers/places``. A text is found where the source says, with a literal as first argument,

* ``_("…")``, ``N_("…")``, ``say("…")`` (also as an attribute: ``self.say("…")``),
* ``words(language)("…")``, or any name or attribute that the same file declares as ``Words``,
* ``ngettext("…", "…", n)`` and ``say.many("…", "…", n)``, the singular and the plural,

and in the docstring of every error class (a class with a base named ``…Error`` that is
not Python's own), normalised as ``privdesk.core.errors.message_id`` does it.
"""

from __future__ import annotations

import argparse
import ast
import builtins
import gettext
import inspect
import re
import string
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, normalize, read_po

ROOT = Path(__file__).resolve().parent.parent
LANGUAGE = "ko"

_ENTRY_LINE = re.compile(
    r'^(#.*|((msgctxt|msgid|msgid_plural|msgstr(\[0\])?)\s+)?"([^"\\]|\\.)*")?$'
)
_ONE = frozenset({"_", "N_", "say"})
_LANGUAGES = frozenset({"ko", "en"})


@dataclass(frozen=True)
class Message:
    """A text in the source: its id, the plural where it has one, and where it stands."""

    id: str
    plural: str
    path: Path
    line: int


@dataclass(frozen=True)
class Translation:
    """A translated text: the id, the plural, the Korean, and the file it comes from."""

    id: str
    plural: str
    text: str
    fuzzy: bool
    path: Path
    line: int


class Reader(ast.NodeVisitor):
    """Collects the messages of one source file."""

    def __init__(self, path: Path, tree: ast.Module) -> None:
        self._path = path
        self._words = _names_of_words(tree)
        self.messages: list[Message] = []
        self.problems: list[str] = []

    def visit_Call(self, node: ast.Call) -> None:
        """Take the literal arguments of a call that translates."""
        if self._is_many(node.func):
            texts = [_literal(argument) for argument in node.args[:2]]
            if len(texts) == 2 and texts[0] is not None and texts[1] is not None:
                self._found(texts[0], texts[1], node.lineno)
        elif self._is_one(node.func) and node.args:
            self._take(node.args[0], node.lineno)
        self.generic_visit(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        """Take the docstring of an error class."""
        if _is_error(node):
            sentence = " ".join(inspect.cleandoc(ast.get_docstring(node) or "").split())
            if sentence:
                self._found(sentence, "", node.lineno)
        self.generic_visit(node)

    def _take(self, argument: ast.expr, line: int) -> None:
        text = _literal(argument)
        if text is not None:
            if text and text not in _LANGUAGES:
                self._found(text, "", line)
        elif isinstance(argument, ast.JoinedStr | ast.BinOp) or _is_format(argument):
            self.problems.append(
                f"{self._path}:{line}: a text is put together before it is translated; "
                "translate a literal with {placeholders} and fill it in afterwards"
            )

    def _found(self, text: str, plural: str, line: int) -> None:
        self.messages.append(Message(text, plural, self._path, line))

    def _is_one(self, function: ast.expr) -> bool:
        if isinstance(function, ast.Name):
            return function.id in _ONE or function.id in self._words
        if isinstance(function, ast.Attribute):
            return function.attr in _ONE or function.attr in self._words
        return _makes_words(function)

    def _is_many(self, function: ast.expr) -> bool:
        if isinstance(function, ast.Attribute):
            return function.attr == "ngettext" or (
                function.attr == "many" and self._is_one(function.value)
            )
        return isinstance(function, ast.Name) and function.id == "ngettext"


def _names_of_words(tree: ast.Module) -> frozenset[str]:
    """Return the names and attributes that a file declares or fills as ``Words``."""
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.arg) and node.annotation and _says_words(node.annotation):
            names.add(node.arg)
        elif isinstance(node, ast.AnnAssign) and _says_words(node.annotation):
            names.update(_target(node.target))
        elif isinstance(node, ast.Assign) and _makes_words(node.value):
            names.update(name for target in node.targets for name in _target(target))
    return frozenset(names - {"words"})


def _target(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Name):
        yield node.id
    elif isinstance(node, ast.Attribute):
        yield node.attr


def _says_words(annotation: ast.expr) -> bool:
    if isinstance(annotation, ast.BinOp):
        return _says_words(annotation.left) or _says_words(annotation.right)
    if isinstance(annotation, ast.Constant):
        return annotation.value == "Words"
    return _last_name(annotation) == "Words"


def _makes_words(value: ast.expr) -> bool:
    return isinstance(value, ast.Call) and _last_name(value.func) in {"words", "Words"}


def _last_name(node: ast.expr) -> str:
    if isinstance(node, ast.Name):
        return node.id
    return node.attr if isinstance(node, ast.Attribute) else ""


def _literal(node: ast.expr) -> str | None:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    return None


def _is_format(node: ast.expr) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "format"
        and _literal(node.func.value) is not None
    )


def _is_error(node: ast.ClassDef) -> bool:
    bases = {_last_name(base) for base in node.bases}
    own = {base for base in bases if base.endswith("Error") and not hasattr(builtins, base)}
    return bool(own) or node.name == "DomainError"


def read_source(path: Path, name: Path) -> Reader:
    """Return what a source file says; ``name`` is the path shown in reports."""
    tree = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    reader = Reader(name, tree)
    reader.visit(tree)
    return reader


def extract(
    fileobj: IO[bytes],
    _keywords: Mapping[str, Any],
    _comment_tags: Iterable[str],
    _options: Mapping[str, Any],
) -> Iterator[tuple[int, str, str | tuple[str, str], list[str]]]:
    """Give Babel the messages of a file (see ``babel.cfg``)."""
    tree = ast.parse(fileobj.read())
    reader = Reader(Path(getattr(fileobj, "name", "")), tree)
    reader.visit(tree)
    for found in reader.messages:
        if found.plural:
            yield found.line, "ngettext", (found.id, found.plural), []
        else:
            yield found.line, "gettext", found.id, []


def belongs(path: Path, area: str) -> bool:
    """Return whether a source file is of an area, such as ``ui`` or ``registers/places``."""
    wanted = Path(area).parts
    return path.with_suffix("").parts[1 : 1 + len(wanted)] == wanted


def translates(path: Path, area: str) -> bool:
    """Return whether a .po file holds the texts of an area."""
    return not area or path.stem == Path(area).parts[0]


class Catalogues:
    """The texts of a source tree beside their translations."""

    def __init__(self, root: Path = ROOT) -> None:
        self.root = root
        self.folder = root / "resources" / "translations" / LANGUAGE
        self.compiled = self.folder.with_suffix(".mo")
        self.problems: list[str] = []
        self.messages = list(self._messages())
        self.translations = list(self._translations())
        self.by_id = {t.id: t for t in self.translations if t.text}

    def _messages(self) -> Iterator[Message]:
        for path in sorted((self.root / "privdesk").rglob("*.py")):
            name = path.relative_to(self.root)
            try:
                reader = read_source(path, name)
            except SyntaxError as error:
                self.problems.append(f"{name}:{error.lineno}: {error.msg}")
                continue
            self.problems.extend(reader.problems)
            yield from reader.messages

    def _translations(self) -> Iterator[Translation]:
        for path in sorted(self.folder.glob("*.po")):
            name = path.relative_to(self.root)
            try:
                yield from read_translations(path, name)
            except PoFileError as error:
                self.problems.append(f"{name}:{error.lineno}: cannot be read: {error}")

    def missing(self, area: str = "") -> list[Message]:
        """Return the messages without a translation, each once, in source order."""
        seen: dict[str, Message] = {}
        for message in self.messages:
            if message.id not in self.by_id and belongs(message.path, area):
                seen.setdefault(message.id, message)
        return list(seen.values())

    def unused(self, area: str = "") -> list[Translation]:
        """Return the translations that no source file asks for."""
        wanted = {message.id for message in self.messages}
        return [t for t in self.translations if t.id not in wanted and translates(t.path, area)]

    def check(self, area: str = "") -> list[str]:
        """Return a sentence for everything that is wrong."""
        problems = list(self.problems)
        problems += [
            f"{m.path}:{m.line}: not translated into {LANGUAGE}: {m.id!r}"
            for m in self.missing(area)
        ]
        for translation in self.translations:
            if translates(translation.path, area):
                problems += _doubts(translation)
        problems += self._twice()
        problems += self._plurals()
        if not area and self.is_stale():
            problems.append(
                f"{self.compiled.relative_to(self.root)}: is stale; run `make catalogues`"
            )
        return problems

    def _twice(self) -> Iterator[str]:
        first: dict[str, Translation] = {}
        for translation in self.translations:
            other = first.setdefault(translation.id, translation)
            if other.text != translation.text:
                yield (
                    f"{translation.path}:{translation.line}: {translation.id!r} is "
                    f"{translation.text!r} here and {other.text!r} in {other.path}"
                )

    def _plurals(self) -> Iterator[str]:
        for message in self.messages:
            translation = self.by_id.get(message.id)
            if translation and message.plural and translation.plural != message.plural:
                yield (
                    f"{message.path}:{message.line}: the plural {message.plural!r} "
                    f"stands as {translation.plural!r} in {translation.path}"
                )

    def expected(self) -> dict[str, str]:
        """Return what the compiled catalogue must say, by id."""
        return {t.id: t.text for t in self.by_id.values()}

    def is_stale(self) -> bool:
        """Return whether the compiled catalogue says something else than the sources of it."""
        return _compiled(self.compiled) != self.expected()

    def compile(self) -> int:
        """Write the compiled catalogue and return how many texts it holds."""
        catalog = Catalog(locale=LANGUAGE, project="privdesk", charset="utf-8")
        for t in sorted(self.by_id.values(), key=lambda found: found.id):
            if t.plural:
                catalog.add((t.id, t.plural), (t.text,))
            else:
                catalog.add(t.id, t.text)
        temporary = self.compiled.with_suffix(".mo.new")
        with temporary.open("wb") as stream:
            write_mo(stream, catalog)
        temporary.replace(self.compiled)
        return len(self.by_id)


def read_translations(path: Path, name: Path) -> Iterator[Translation]:
    """Yield the entries of a .po file; ``name`` is the path shown in reports."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not _ENTRY_LINE.match(line.strip()):
            raise PoFileError("not a line of a .po file", Catalog(), line, number)
    with path.open("rb") as stream:
        catalog = read_po(stream, locale=LANGUAGE, abort_invalid=True)
    for entry in catalog:
        if not entry.id:
            continue
        one, plural = (entry.id, "") if isinstance(entry.id, str) else (entry.id[0], entry.id[1])
        text = entry.string or ""
        if not isinstance(text, str):
            text = text[0]
        yield Translation(one, plural, text, entry.fuzzy, name, entry.lineno or 0)


def _doubts(translation: Translation) -> Iterator[str]:
    where = f"{translation.path}:{translation.line}"
    if translation.fuzzy:
        yield f"{where}: is marked fuzzy: {translation.id!r}"
    if not translation.text:
        yield f"{where}: has no translation: {translation.id!r}"
        return
    wanted = placeholders(translation.plural or translation.id)
    if wanted is not None and placeholders(translation.text) != wanted:
        yield (
            f"{where}: placeholders differ between {translation.plural or translation.id!r} "
            f"and {translation.text!r}"
        )


def placeholders(text: str) -> frozenset[str] | None:
    """Return the names of the ``{placeholders}`` in a text, or None if it is no template."""
    try:
        return frozenset(
            name for _text, name, _spec, _conversion in string.Formatter().parse(text) if name
        )
    except ValueError:
        return None


def _compiled(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    with path.open("rb") as stream:
        entries: dict[Any, str] = vars(gettext.GNUTranslations(stream))["_catalog"]
    return {
        key if isinstance(key, str) else key[0]: text for key, text in entries.items() if key != ""
    }


def entry(message: Message) -> str:
    """Return an empty .po entry for a message."""
    lines = [f"#: {message.path}:{message.line}", f"msgid {normalize(message.id)}"]
    if message.plural:
        lines += [f"msgid_plural {normalize(message.plural)}", 'msgstr[0] ""']
    else:
        lines.append('msgstr ""')
    return "\n".join(lines) + "\n"


def _print_check(catalogues: Catalogues, area: str) -> int:
    problems = catalogues.check(area)
    for problem in problems:
        print(problem)
    count = len({message.id for message in catalogues.messages})
    print(f"{count} texts, {len(catalogues.by_id)} translated, {len(problems)} problems")
    return 1 if problems else 0


def _print_missing(catalogues: Catalogues, area: str) -> int:
    for message in catalogues.missing(area):
        print(entry(message))
    return 0


def _print_unused(catalogues: Catalogues, area: str) -> int:
    for translation in catalogues.unused(area):
        print(f"{translation.path}:{translation.line}: {translation.id!r}")
    return 0


def _compile(catalogues: Catalogues, _area: str) -> int:
    for problem in catalogues.problems:
        print(problem)
    print(f"{catalogues.compile()} texts in {catalogues.compiled.relative_to(catalogues.root)}")
    return 1 if catalogues.problems else 0


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument(
        "area", nargs="?", default="", help="only this package, as ui or registers/places"
    )
    how = parser.add_mutually_exclusive_group()
    options: dict[str, Callable[[Catalogues, str], int]] = {
        "check": _print_check,
        "missing": _print_missing,
        "unused": _print_unused,
    }
    for name in options:
        how.add_argument(f"--{name}", dest="how", action="store_const", const=name)
    chosen = parser.parse_args(arguments)
    return options.get(chosen.how or "", _compile)(Catalogues(), chosen.area)


if __name__ == "__main__":
    sys.exit(main())
