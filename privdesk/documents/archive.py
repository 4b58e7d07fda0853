"""What makes a file PDF/A-2b (ISO 19005-2) and lets a machine read what it is.

XMP metadata with the number and the checkpoint in a namespace of our own, an sRGB output
intent, and an information dictionary that says the same as the XMP.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import cache
from io import BytesIO
from xml.sax.saxutils import escape
from zlib import compress

import pikepdf

from privdesk import __version__
from privdesk.core.resources import resource

NAMESPACE = "urn:privdesk:paper:1"
PREFIX = "pd"
PROPERTIES = {
    "Code": "Kind of the document",
    "Number": "Number the document was issued under",
    "Checkpoint": "Newest checkpoint of the journal when the document was made",
    "Digest": "SHA-256 of the printed content",
}
_TOOL = f"privdesk {__version__}"


@dataclass(frozen=True)
class Card:
    """What the metadata says of a file."""

    title: str
    language: str
    company: str
    issued_on: date
    code: str
    number: str
    checkpoint: str
    digest: str


def seal(data: bytes, card: Card) -> bytes:
    """Return reportlab's file as PDF/A-2b.

    qpdf, through pikepdf, writes it anew: reportlab's own streams do not end as the
    standard asks.
    """
    moment = f"D:{card.issued_on:%Y%m%d}000000Z"
    target = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        _steady_ends(pdf)
        metadata = pdf.make_stream(xmp(card), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML)
        pdf.Root.Metadata = metadata
        profile = pdf.make_stream(_profile(), N=3, Filter=pikepdf.Name.FlateDecode)
        intent = pikepdf.Dictionary(
            Type=pikepdf.Name.OutputIntent,
            S=pikepdf.Name.GTS_PDFA1,
            OutputConditionIdentifier="sRGB IEC61966-2.1",
            Info="sRGB IEC61966-2.1",
            DestOutputProfile=profile,
        )
        pdf.Root.OutputIntents = pikepdf.Array([pdf.make_indirect(intent)])
        pdf.Root.Lang = pikepdf.String("ko-KR" if card.language == "ko" else "en-GB")
        pdf.trailer.Info = pdf.make_indirect(
            pikepdf.Dictionary(
                Title=card.title,
                Author=card.company,
                Creator=_TOOL,
                Producer=_TOOL,
                CreationDate=moment,
                ModDate=moment,
            )
        )
        pdf.save(
            target,
            deterministic_id=True,
            force_version="1.7",
            fix_metadata_version=False,
            compress_streams=False,  # they are; qpdf would do it again
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
    return target.getvalue()


def _steady_ends(pdf: pikepdf.Pdf) -> None:
    """Let no stream end in a carriage return.

    With the line feed that follows it would look like one line end, and validators that
    measure streams would count one byte too few.
    """
    for thing in pdf.objects:
        if isinstance(thing, pikepdf.Stream) and thing.read_raw_bytes()[-1:] == b"\r":
            _lengthen(thing)


def _lengthen(stream: pikepdf.Stream) -> None:
    content = stream.read_bytes()
    packed = b"\r"
    while packed[-1:] == b"\r":
        content += b"\0\0\0\1" if "/Length1" in stream else b" "
        packed = compress(content)
    if "/Length1" in stream:  # a face: its tables say where they are, more may follow
        stream.Length1 = len(content)
    stream.write(packed, filter=pikepdf.Name.FlateDecode)


@cache
def _profile() -> bytes:
    return compress(resource("icc", "srgb.icc").read_bytes())


def xmp(card: Card) -> bytes:
    """Return the XMP packet of a file."""
    moment = datetime.combine(card.issued_on, time(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    own = {
        "Code": card.code,
        "Number": card.number,
        "Checkpoint": card.checkpoint,
        "Digest": card.digest,
    }
    values = "".join(f"<{PREFIX}:{k}>{_plain(v)}</{PREFIX}:{k}>" for k, v in own.items())
    return (
        _HEAD
        + f"""<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:{PREFIX}="{NAMESPACE}">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{_plain(card.title)}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>{_plain(card.company)}</rdf:li></rdf:Seq></dc:creator>
<xmp:CreatorTool>{_TOOL}</xmp:CreatorTool>
<xmp:CreateDate>{moment}</xmp:CreateDate>
<xmp:ModifyDate>{moment}</xmp:ModifyDate>
<pdf:Producer>{_TOOL}</pdf:Producer>
<pdfaid:part>2</pdfaid:part>
<pdfaid:conformance>B</pdfaid:conformance>
{values}
</rdf:Description>
"""
        + _schema()
        + "</rdf:RDF>\n</x:xmpmeta>\n"
        + '<?xpacket end="w"?>'
    ).encode()


def _plain(text: str) -> str:
    """Escape a text and drop what XML 1.0 cannot hold."""
    kept = (c for c in text if c in "\t\n\r" or " " <= c <= "\ud7ff" or c >= "\ue000")
    return escape("".join(kept).replace("\ufffe", "").replace("\uffff", ""))


@cache
def _schema() -> str:
    """Describe our own namespace, as PDF/A asks of any that it does not know."""
    properties = "".join(
        f"""<rdf:li rdf:parseType="Resource"><pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>{meaning}</pdfaProperty:description></rdf:li>
"""
        for name, meaning in PROPERTIES.items()
    )
    return f"""<rdf:Description rdf:about=""
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>privdesk papers</pdfaSchema:schema>
<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>{PREFIX}</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>
{properties}</rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""


_HEAD = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
"""
