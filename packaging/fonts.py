"""Build what papers embed: their faces (resources/fonts/paper) and sRGB (resources/icc).

Run with ``python packaging/fonts.py`` on a machine that has Debian's ``fonts-noto-cjk``
and ``fonts-nanum``; needs fontTools. The result is committed, so that nobody else has to.

Noto Serif CJK KR has CFF outlines, which reportlab cannot embed. They become quadratic
TrueType outlines here, cut down to what a Korean office writes, with figures of one width
for tables, under a name of our own (its licence, the OFL, asks for that). Rarer Chinese
characters, for people's names, go to a face that is loaded only when one is met.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont, newTable

SOURCE = Path("/usr/share/fonts")
RESOURCES = Path(__file__).resolve().parent.parent / "resources"
TARGET = RESOURCES / "fonts" / "paper"
PROFILE = RESOURCES / "icc" / "srgb.icc"
FAMILY = "Privdesk Serif"
TOLERANCE = 2.0  # thousandths of the em; finer than a printer's dot at 20 pt
SPANS = (
    (0x20, 0x7E), (0xA0, 0x17F), (0x2C6, 0x2DD), (0x391, 0x3C9), (0x401, 0x451),
    (0x2010, 0x2027), (0x202F, 0x205E), (0x2070, 0x208E), (0x20A0, 0x20BF),
    (0x2100, 0x2199), (0x2200, 0x22FF), (0x2312, 0x2312), (0x2460, 0x24FF),
    (0x2500, 0x266F), (0x2776, 0x277F), (0x3000, 0x303F), (0x3041, 0x30FF),
    (0x3131, 0x318E), (0x1100, 0x11FF), (0x3200, 0x33FF), (0xAC00, 0xD7A3),
    (0xF900, 0xFA0B), (0xFF01, 0xFFEE),
)  # fmt: skip


def wanted() -> set[int]:
    """Return the code points of the text faces: the spans above and all of KS X 1001."""
    points = {point for first, last in SPANS for point in range(first, last + 1)}
    for row in range(0xA1, 0xFF):
        for cell in range(0xA1, 0xFF):
            points.update(map(ord, bytes((row, cell)).decode("euc_kr", "ignore")))
    return points


def cut(font: TTFont, points: Iterable[int]) -> None:
    """Reduce ``font`` to ``points`` and drop what a printed page has no use for."""
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.drop_tables += [
        "BASE", "VORG", "vhea", "vmtx", "GSUB", "GPOS", "GDEF", "GlyphOrder",
        "TSI0", "TSI1", "TSI2", "TSI3", "TSI5", "gasp", "DSIG", "kern",
    ]  # fmt: skip
    options.name_IDs = ["*"]
    options.notdef_outline = True
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=points)
    subsetter.subset(font)


def figure_shifts(font: TTFont) -> dict[str, tuple[int, int]]:
    """Return, for each figure, its shift and the one width that all get."""
    cmap = font.getBestCmap()
    names = [cmap[ord(figure)] for figure in "0123456789" if ord(figure) in cmap]
    width = max((font["hmtx"][name][0] for name in names), default=0)
    return {name: ((width - font["hmtx"][name][0]) // 2, width) for name in names}


def to_truetype(font: TTFont) -> None:
    """Turn cubic CFF outlines into quadratic ones, in place."""
    order = font.getGlyphOrder()
    glyphs = font.getGlyphSet()
    shifts = figure_shifts(font)
    outlines, metrics = {}, {}
    for name in order:
        shift, width = shifts.get(name, (0, font["hmtx"][name][0]))
        pen = TTGlyphPen(None)
        quadratic = Cu2QuPen(pen, TOLERANCE, reverse_direction=True)
        glyphs[name].draw(TransformPen(quadratic, (1, 0, 0, 1, shift, 0)))
        outlines[name] = pen.glyph()
        metrics[name] = (width, 0)
    font["loca"] = newTable("loca")
    font["glyf"] = glyf = newTable("glyf")
    glyf.glyphOrder = order
    glyf.glyphs = outlines
    for name, outline in outlines.items():
        outline.recalcBounds(glyf)
        font["hmtx"][name] = (metrics[name][0], getattr(outline, "xMin", 0))
    del font["CFF "]
    describe(font)


def describe(font: TTFont) -> None:
    """Write the tables that say: this is TrueType, without hints and glyph names."""
    maxp = font["maxp"]
    maxp.tableVersion = 0x00010000
    for name in (
        "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
        "maxStackElements", "maxSizeOfInstructions", "maxPoints", "maxContours",
        "maxCompositePoints", "maxCompositeContours", "maxComponentElements", "maxComponentDepth",
    ):  # fmt: skip
        setattr(maxp, name, 0)
    maxp.maxZones = 1
    font["post"].formatType = 3.0
    font["head"].glyphDataFormat = 0
    font["OS/2"].fsType = 0
    font.sfntVersion = "\x00\x01\x00\x00"


def rename(font: TTFont, family: str, style: str, origin: str) -> None:
    """Give the face a name of its own, as the OFL asks of a changed font."""
    names = font["name"]
    names.names = [r for r in names.names if r.nameID in (0, 13, 14) and r.langID in (0, 0x409)]
    plain = family.replace(" ", "")
    said = {
        1: family,
        2: style,
        3: f"{plain}-{style};privdesk",
        4: f"{family} {style}",
        5: "Version 1.000",
        6: f"{plain}-{style}",
        10: f"Converted from {origin} for privdesk.",
    }
    for number, text in said.items():
        names.setName(text, number, 3, 1, 0x409)
    names.names = [record for record in names.names if record.platformID == 3]


def save(font: TTFont, name: str) -> None:
    """Write a face and say how large it became."""
    target = TARGET / name
    font.save(target)
    sys.stdout.write(f"{name}: {target.stat().st_size / 1e6:.1f} MB\n")


def serif(family: str, style: str, points: Iterable[int]) -> None:
    """Build one face out of Noto Serif CJK KR."""
    path = SOURCE / "opentype" / "noto" / f"NotoSerifCJK-{style}.ttc"
    with TTCollection(path) as collection:
        font = next(f for f in collection.fonts if "CJK KR" in (f["name"].getDebugName(4) or ""))
        cut(font, points)
        to_truetype(font)
        rename(font, family, style, "Noto Serif CJK KR")
        save(font, f"{family.replace(' ', '')}-{style}.ttf")


def signs() -> None:
    """Build the face for signs that the serif lacks: whatever NanumGothic has besides."""
    font = TTFont(SOURCE / "truetype" / "nanum" / "NanumGothic.ttf")
    text = TTFont(TARGET / "PrivdeskSerif-Regular.ttf").getBestCmap()
    cut(font, {point for point in font.getBestCmap() if point >= 0x20 and point not in text})
    rename(font, "Privdesk Signs", "Regular", "NanumGothic")
    save(font, "PrivdeskSigns-Regular.ttf")


def light(value: float) -> float:
    """Return the linear light of an sRGB value (IEC 61966-2-1)."""
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def xyz(*values: float) -> bytes:
    """Return an XYZType element."""
    return struct.pack(">4s4x3i", b"XYZ ", *(round(value * 65536) for value in values))


def profile() -> None:
    """Build the sRGB profile, ICC version 2, that PDF/A asks for as output intent."""
    name = b"sRGB IEC61966-2-1\0"
    levels = (round(light(i / 255) * 65535) for i in range(256))
    curve = struct.pack(">4s4xI256H", b"curv", 256, *levels)
    tags = {
        b"desc": struct.pack(">4s4xI", b"desc", len(name)) + name + bytes(78),
        b"cprt": struct.pack(">4s4x", b"text") + b"No copyright, use freely\0",
        b"wtpt": xyz(0.95045, 1.0, 1.08905),
        b"rXYZ": xyz(0.43607, 0.22249, 0.01392),
        b"gXYZ": xyz(0.38515, 0.71687, 0.09708),
        b"bXYZ": xyz(0.14307, 0.06061, 0.71410),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
    }
    table, body, start = [], b"", 128 + 4 + 12 * len(tags)
    placed: dict[bytes, int] = {}
    for tag, data in tags.items():
        if data not in placed:
            placed[data] = start + len(body)
            body += data + bytes(-len(data) % 4)
        table.append(struct.pack(">4sII", tag, placed[data], len(data)))
    size = start + len(body)
    header = struct.pack(
        ">I4xI4s4s4s6H4s4s", size, 0x02100000, b"mntr", b"RGB ", b"XYZ ",
        2026, 1, 1, 0, 0, 0, b"acsp", bytes(4),
    )  # fmt: skip
    header = header.ljust(68, b"\0") + struct.pack(">3i", 63190, 65536, 54061)
    PROFILE.parent.mkdir(parents=True, exist_ok=True)
    head = header.ljust(128, b"\0") + struct.pack(">I", len(tags))
    PROFILE.write_bytes(head + b"".join(table) + body)


def main() -> None:
    """Build the profile and all faces."""
    profile()
    TARGET.mkdir(parents=True, exist_ok=True)
    for style in ("Regular", "Bold"):
        serif(FAMILY, style, wanted())
    serif("Privdesk Han", "Regular", set(range(0x4E00, 0xA000)) - wanted())
    signs()


if __name__ == "__main__":
    main()
