"""Small files as Word, a scanner or a newspaper's site would make them."""

from __future__ import annotations

import io
import zipfile
import zlib
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Target="{main}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>'
)


def paragraph(text: str, style: str = "") -> str:
    """A Word paragraph."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def document(body: str) -> bytes:
    """The part with the text."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W}" '
        f'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>{body}</w:body></w:document>'
    ).encode()


def docx(body: str, *, main: str = "word/document.xml", **parts: bytes) -> bytes:
    """A .docx with that body; further parts by name with `__` for `/` and `_xml` for `.xml`."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("_rels/.rels", _RELS.format(main=main))
        archive.writestr(main, document(body))
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), data)
    return out.getvalue()


def core(title: str = "", created: str = "") -> bytes:
    """docProps/core.xml."""
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{escape(title)}</dc:title><dcterms:created>{created}</dcterms:created></cp:coreProperties>"
    ).encode()


def objects(parts: list[bytes], info: bytes = b"") -> bytes:
    """A PDF file of numbered objects, the first of which is the catalogue."""
    out = bytearray(b"%PDF-1.4\n")
    places = []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(parts) + 1)
    for place in places:
        out += b"%010d 00000 n \n" % place
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(parts) + 1, info, start)
    return bytes(out)


def stream(data: bytes, more: bytes = b"") -> bytes:
    """A packed stream object."""
    packed = zlib.compress(data, 9)
    return b"<< /Length %d /Filter /FlateDecode %s >>\nstream\n%s\nendstream" % (len(packed), more, packed)


def pdf(*pages: str, title: str = "", created: str = "", content: bytes | None = None, count: int = 0) -> bytes:
    """A PDF with one text line a line of each page; any character, by a ToUnicode map. `count` repeats the first page."""
    letters = sorted({character for page in pages for character in page} - {"\n"})
    codes = {character: index for index, character in enumerate(letters, 1)}
    chars = "".join(f"<{code:04x}> <{letter.encode('utf-16-be').hex()}>\n" for letter, code in codes.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(codes)} beginbfchar\n{chars}endbfchar endcmap end end"
    )
    font = b"<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 5 0 R >>"
    parts = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", font]
    parts.append(
        b"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 >>"
    )
    parts.append(stream(cmap.encode()))
    parts.append(f"<< /Title <feff{title.encode('utf-16-be').hex()}> /CreationDate (D:{created}) >>".encode())
    kids = []
    for page in pages:
        lines = []
        for line in page.split("\n"):
            shown = "".join(f"{codes[character]:04x}" for character in line)
            lines.append(f"<{shown}> Tj 0 -20 Td")
        data = content if content is not None else f"BT /F1 12 Tf 50 800 Td {' '.join(lines)} ET".encode()
        parts.append(stream(data))
        parts.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents %d 0 R >>"
            % len(parts)
        )
        kids.append(b"%d 0 R" % len(parts))
    kids = kids[:1] * count or kids
    parts[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return objects(parts, b"/Info 6 0 R")
