"""Builds the shipped Word templates beside this file, the same byte for byte everywhere.

python templates/docx/build.py            write them
python templates/docx/build.py --check    exit 1 if a file differs from what would be written
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).parent))

import house
from house import NS, XML, Look

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def p(style: str, text: str = "", extra: str = "") -> str:
    """A paragraph of that style; ⟨PAGE⟩ and ⟨NUMPAGES⟩ are fields."""
    runs = []
    for piece in re.split("(⟨[A-Z]+⟩)", text):
        if piece.startswith("⟨"):
            runs.append(_field(piece.strip("⟨⟩")))
        elif piece:
            runs.append(f'<w:r><w:t xml:space="preserve">{escape(piece)}</w:t></w:r>')
    return f'<w:p><w:pPr><w:pStyle w:val="{style.replace(" ", "")}"/>{extra}</w:pPr>{"".join(runs)}</w:p>'


def _field(code: str) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f'{marks[0]}<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>{marks[1]}<w:r><w:t>1</w:t></w:r>{marks[2]}'


# The words that differ per deliverable. Everything else is the house's.
BODIES: dict[tuple[str, str], list[str]] = {
    ("statement", "zh"): [
        p("Eyebrow", "{{doc.label}}　{{number}}"),
        p("Title", "{{title}}"),
        p("Subtitle", "{{subtitle?}}"),
        p("Meta Line", "{{city?}}　{{issued}}"),
        p("Short Rule"),
        p("Body Text", "{{body}}"),
        p("Body Text", "特此声明。"),
        p("Signature", "{{organisation}}"),
        p("Date", "{{date}}"),
        p("Table Note"),
        p("Body Text", "{{box}}"),
        p("Body Text", "{{approvals}}"),
    ],
    ("statement", "en"): [
        p("Eyebrow", "{{doc.label}}   {{number}}"),
        p("Title", "{{title}}"),
        p("Subtitle", "{{subtitle?}}"),
        p("Meta Line", "{{city?}}   {{issued}}"),
        p("Short Rule"),
        p("Body Text", "{{body}}"),
        p("Signature", "{{organisation}}"),
        p("Date", "{{date}}"),
        p("Table Note"),
        p("Body Text", "{{box}}"),
        p("Body Text", "{{approvals}}"),
    ],
    ("release", "zh"): [
        p("Eyebrow", "{{doc.label}}"),
        p("Release Line", "{{release_line}}"),
        p("Title", "{{title}}"),
        p("Subtitle", "{{subtitle?}}"),
        p("Short Rule"),
        p("Body Text", "{{body}}"),
        p("End Mark", "###"),
        p("Label", "{{about_heading}}"),
        p("Contact", "{{about}}"),
        p("Table Note", extra="<w:keepNext/>"),
        p("Body Text", "{{box}}"),
        p("Body Text", "{{approvals}}"),
    ],
    ("invitation", "zh"): [
        p("Eyebrow", "{{doc.label}}"),
        p("Title", "{{title}}"),
        p("Subtitle", "{{subtitle?}}"),
        p("Short Rule"),
        p("Salutation", "{{salutation}}"),
        p("Body Text", "{{greeting}}"),
        p("Signature", "{{organisation}}"),
        p("Date", "{{date}}"),
        p("Table Note"),
        p("Body Text", "{{box}}"),
        p("Contact", "{{notes}}"),
        p("Fine Print", "{{personal}}"),
    ],
    ("clip-book", "zh"): [
        p("Eyebrow", "{{doc.code}}"),
        p("Title", "{{title}}"),
        p("Meta Line", "编制：{{author}}　{{date}}"),
        p("Short Rule"),
        p("Body Text", "{{summary}}"),
        p("Body Text", "{{body}}"),
    ],
    ("clip-book", "en"): [
        p("Eyebrow", "{{doc.code}}"),
        p("Title", "{{title}}"),
        p("Meta Line", "Compiled by {{author}}, {{date}}"),
        p("Short Rule"),
        p("Body Text", "{{summary}}"),
        p("Body Text", "{{body}}"),
    ],
    ("minutes", "zh"): [
        p("Masthead", "会议纪要"),
        p("Masthead Line", "{{brand.legal_name}}　　{{number?}}　　{{date}}"),
        p("Title", "{{title}}"),
        p("Subtitle", "{{subtitle?}}"),
        p("Body Text", "{{meeting}}"),
        p("Body Text", "{{body}}"),
        p("Signature", "签发：{{approved_by}}"),
        p("Imprint", "抄送：{{copied_to?}}"),
    ],
    ("minutes", "en"): [
        p("Masthead", "Minutes"),
        p("Masthead Line", "{{brand.legal_name}}    {{number?}}    {{date}}"),
        p("Title", "{{title}}"),
        p("Subtitle", "{{subtitle?}}"),
        p("Body Text", "{{meeting}}"),
        p("Body Text", "{{body}}"),
        p("Signature", "Approved: {{approved_by}}"),
        p("Imprint", "Copied to: {{copied_to?}}"),
    ],
}  # fmt: skip
BODIES["crisis-review", "zh"] = [
    p("Eyebrow", "{{doc.code}}　{{doc.version}}"),
    p("Title", "{{title}}"),
    p("Meta Line", "编制：{{author}}　{{date}}"),
    p("Short Rule"),
    p("Body Text", "{{summary}}"),
    p("Body Text", "{{body}}"),
]
BODIES["crisis-review", "en"] = [
    p("Eyebrow", "{{doc.code}}   {{doc.version}}"),
    p("Title", "{{title}}"),
    p("Meta Line", "Compiled by {{author}}, {{date}}"),
    p("Short Rule"),
    p("Body Text", "{{summary}}"),
    p("Body Text", "{{body}}"),
]
for _lang in ("zh", "en"):
    BODIES["crisis-plan", _lang] = [
        p("Title", "{{title}}"),
        p("Subtitle", "{{edition}}"),
        p("Body Text", "{{body}}"),
        p("Signature", "{{organisation}}"),
        p("Date", "{{date}}"),
        p("Body Text", "{{annex}}"),
    ]
BODIES["release", "en"] = [part.replace("　", "   ") for part in BODIES["release", "zh"]]
BODIES["invitation", "en"] = BODIES["invitation", "zh"]
HOUSES = {
    "statement": ("brand", False), "release": ("brand", False), "minutes": ("official", True),
    "invitation": ("brand", False), "clip-book": ("brand", True),
    "crisis-review": ("brand", True), "crisis-plan": ("official", True),
}  # fmt: skip


def _stories(look: Look) -> dict[str, str]:
    """Headers and footers by the kind of page: the letterhead on the first, a quiet running head after it."""
    gap = "　" if look.zh else "   "
    running = p("Running Head", gap.join(("{{brand.name?}}", "{{doc.label}}", "{{doc.code?}}")))
    address = p("footer".capitalize(), gap.join(("{{brand.legal_name?}}", "{{brand.web?}}", "{{brand.phone?}}")))
    pages = p("Footer", "第 ⟨PAGE⟩ 页　共 ⟨NUMPAGES⟩ 页" if look.zh else "Page ⟨PAGE⟩ of ⟨NUMPAGES⟩")
    if not look.official:
        head = p("Letterhead", "{{letterhead}}") + p("Letterhead Line", "{{brand.other_name?}}") + p("Letterhead Rule")
        return {"first": (head, address + pages), "default": (running, pages)}
    odd = p("Page Number", "— ⟨PAGE⟩ —", '<w:ind w:right="280"/><w:jc w:val="right"/>')
    even = p("Page Number", "— ⟨PAGE⟩ —", '<w:ind w:left="280"/><w:jc w:val="left"/>')
    return {"first": (p("Header"), odd), "default": (running, odd), "even": (running, even)}


def build(kind: str, lang: str) -> bytes:
    """The template of that deliverable."""
    house_name, numbered = HOUSES[kind]
    look = house.LOOKS[house_name, lang]
    stories = _stories(look)
    overrides = {
        "document": "document.main",
        "styles": "styles",
        "numbering": "numbering",
        "settings": "settings",
        "fontTable": "fontTable",
    }
    relations = [
        ("styles", "styles.xml"),
        ("numbering", "numbering.xml"),
        ("settings", "settings.xml"),
        ("fontTable", "fontTable.xml"),
        ("theme", "theme/theme1.xml"),
    ]
    files, references = {}, ""
    for number, (page, (head, foot)) in enumerate(stories.items(), 1):
        for tag, root, content in (("header", "hdr", head), ("footer", "ftr", foot)):
            name = f"{tag}{number}"
            overrides[name] = tag
            relations.append((tag, f"{name}.xml"))
            references += f'<w:{tag}Reference w:type="{page}" r:id="rId{len(relations)}"/>'
            files[f"word/{name}.xml"] = f"{XML}<w:{root} {NS}>{content}</w:{root}>"
    top, right, bottom, left = look.margins
    header, footer = (1134, 1361) if look.official and look.zh else (907, 737)
    grid = (
        '<w:docGrid w:type="lines" w:linePitch="579"/>'
        if look.official and look.zh
        else '<w:docGrid w:linePitch="312"/>'
    )
    section = f'<w:sectPr>{references}<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="{top}" w:right="{right}" w:bottom="{bottom}" w:left="{left}" w:header="{header}" w:footer="{footer}" w:gutter="0"/><w:cols w:space="425"/><w:titlePg/>{grid}</w:sectPr>'
    types = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}{kind_of}+xml"/>'
        for name, kind_of in overrides.items()
    )
    related = "".join(
        f'<Relationship Id="rId{i}" Type="{_OFFICE}/{tag}" Target="{target}"/>'
        for i, (tag, target) in enumerate(relations, 1)
    )
    return house.package(
        {
            "[Content_Types].xml": f'{XML}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>{types}<Override PartName="/word/theme/theme1.xml" ContentType="application/vnd.openxmlformats-officedocument.theme+xml"/><Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/></Types>',
            "_rels/.rels": f'{XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="{_PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/></Relationships>',
            "docProps/core.xml": f'{XML}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{kind}.{lang}</dc:title><dcterms:created xsi:type="dcterms:W3CDTF">2026-01-01T00:00:00Z</dcterms:created></cp:coreProperties>',
            "word/document.xml": f"{XML}<w:document {NS}><w:body>{''.join(BODIES[kind, lang])}{section}</w:body></w:document>",
            "word/_rels/document.xml.rels": f'{XML}<Relationships xmlns="{_PACKAGE}/relationships">{related}</Relationships>',
            "word/styles.xml": house.styles(look),
            "word/numbering.xml": house.numbering(look, numbered),
            "word/settings.xml": house.settings(look),
            "word/fontTable.xml": house.font_table(),
            "word/theme/theme1.xml": house.theme(look),
            **files,
        }
    )


def main(arguments: list[str]) -> int:
    stale = []
    for kind, lang in BODIES:
        path, content = Path(__file__).parent / f"{kind}.{lang}.docx", build(kind, lang)
        if "--check" in arguments:
            if not path.exists() or path.read_bytes() != content:
                stale.append(path.name)
        else:
            path.write_bytes(content)
    if stale:
        print("differ from build.py:", *stale)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
