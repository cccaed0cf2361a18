"""The house's two styles as WordprocessingML: `brand` (商务体) for what is published, `official` (公文体, GB/T 9704) for what
binds. One table of styles each for Chinese and English; colours, fonts and measures live here and nowhere else."""

from __future__ import annotations

import io
import zipfile
from dataclasses import dataclass

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
ACCENT, INK, GREY, LINE, ALERT = "8A6A3D", "1F1D1B", "6F6A64", "D8D3CC", "9B2C1F"
THEME = {
    "dk1": INK, "lt1": "FFFFFF", "dk2": "3A3632", "lt2": "F5F2ED", "accent1": ACCENT, "accent2": "4A5560", "accent3": "C4AD86",
    "accent4": "8E3B2F", "accent5": "8C9A9E", "accent6": "B9B2A7", "hlink": "3B5B7A", "folHlink": "6B5B7A",
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """Sizes in points; `pitch` is the distance of two lines, exact in Chinese so that pages stay the same whatever font a
    machine has; fonts are (Latin, East Asian)."""

    lang: str
    official: bool
    size: float
    pitch: float
    body: tuple[str, str]
    head: tuple[str, str]
    title: tuple[str, str]
    soft: tuple[str, str]
    margins: tuple[int, int, int, int]  # top, right, bottom, left, in twips

    @property
    def zh(self) -> bool:
        return self.lang == "zh"

    @property
    def width(self) -> int:
        """Text width in twips."""
        return 11906 - self.margins[1] - self.margins[3]


_BRAND_MARGINS = (2381, 1758, 1701, 1758)
_PLAIN_MARGINS = (1928, 1588, 1588, 1588)  # the standard binds Chinese documents; English ones keep an even frame
_OFFICIAL_MARGINS = (2098, 1474, 1984, 1587)  # 37, 26, 35, 28 mm: a type area of 156 × 225 mm
LOOKS = {
    ("brand", "zh"): Look("zh", False, 11, 21, ("Times New Roman", "宋体"), ("Arial", "黑体"), ("Arial", "黑体"), ("Times New Roman", "楷体"), _BRAND_MARGINS),
    ("brand", "en"): Look("en", False, 11, 16.5, ("Times New Roman", "宋体"), ("Arial", "黑体"), ("Times New Roman", "宋体"), ("Times New Roman", "楷体"), _BRAND_MARGINS),
    ("official", "zh"): Look("zh", True, 16, 28.95, ("Times New Roman", "仿宋"), ("Times New Roman", "黑体"), ("Times New Roman", "方正小标宋简体"), ("Times New Roman", "楷体"), _OFFICIAL_MARGINS),
    ("official", "en"): Look("en", True, 11.5, 17, ("Times New Roman", "仿宋"), ("Times New Roman", "黑体"), ("Times New Roman", "宋体"), ("Times New Roman", "楷体"), _PLAIN_MARGINS),
}  # fmt: skip


def fonts(pair: tuple[str, str]) -> str:
    latin, asian = pair
    return f'<w:rFonts w:ascii="{latin}" w:hAnsi="{latin}" w:eastAsia="{asian}" w:cs="{latin}"/>'


def rpr(
    font: tuple[str, str] | None = None,
    size: float = 0,
    *,
    bold: bool = False,
    italic: bool = False,
    caps: bool = False,
    color: str = "",
    track: int = 0,
) -> str:
    """Run properties in the order the schema wants; `track` is letter spacing in twentieths of a point."""
    parts = [fonts(font) if font else ""]
    parts.append("<w:b/><w:bCs/>" if bold else "")
    parts.append("<w:i/><w:iCs/>" if italic else "")
    parts.append("<w:caps/>" if caps else "")
    theme = ' w:themeColor="accent1"' if color == ACCENT else ""
    parts.append(f'<w:color w:val="{color}"{theme}/>' if color else "")
    parts.append(f'<w:spacing w:val="{track}"/>' if track else "")
    parts.append(f'<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>' if size else "")
    return f"<w:rPr>{''.join(parts)}</w:rPr>"


def space(look: Look, before: float = 0, after: float = 0, pitch: float = 0) -> str:
    """Paragraph spacing in points; the pitch is exact in Chinese, at least that much in English."""
    line = f' w:line="{round((pitch or look.pitch) * 20)}" w:lineRule="{"exact" if look.zh else "atLeast"}"'
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{line}/>'


def border(side: str, color: str = ACCENT, size: int = 4, gap: int = 0) -> str:
    theme = ' w:themeColor="accent1"' if color == ACCENT else ""
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{gap}" w:color="{color}"{theme}/>'


def style(
    name: str,
    ppr: str = "",
    run: str = "",
    *,
    based: str = "Normal",
    follow: str = "",
    kind: str = "paragraph",
    table: str = "",
    builtin: bool = True,
) -> str:
    identity = name.replace(" ", "").replace("heading", "Heading").replace("toc", "TOC")
    identity = identity[0].upper() + identity[1:]
    default = ' w:default="1"' if name == "Normal" else ""
    custom = "" if builtin else ' w:customStyle="1"'
    return (
        f'<w:style w:type="{kind}"{default}{custom} w:styleId="{identity}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{based}"/>' if based and name != "Normal" else "")
        + (f'<w:next w:val="{follow}"/>' if follow else "")
        + "<w:qFormat/>"
        + (f"<w:pPr>{ppr}</w:pPr>" if ppr else "")
        + run
        + table
        + "</w:style>"
    )


def _first_line(look: Look) -> str:
    return f'<w:ind w:firstLineChars="200" w:firstLine="{round(look.size * 40)}"/>' if look.zh else ""


def _numbered(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


def _headings(look: Look) -> list[str]:
    made = []
    for level in range(3):
        if look.official and look.zh:
            faces = (look.head, look.soft, look.body)
            look_of = rpr(faces[level], look.size, bold=level == 2)
            shape = space(look, 0, 0) + _first_line(look)
        else:
            sizes = (14, 12, 11) if look.zh else (14, 12, 10)
            label = not look.zh and level == 2
            look_of = rpr(
                look.head if look.zh or label else look.title,
                sizes[level],
                bold=not look.zh,
                color=ACCENT if label else INK,
                track=10 if label else 0,
            )
            shape = space(look, (20, 14, 12)[level], (8, 5, 3)[level], sizes[level] * 1.6)
        made.append(
            style(
                f"heading {level + 1}",
                f'<w:keepNext/><w:keepLines/>{_numbered(level)}{shape}<w:outlineLvl w:val="{level}"/>',
                look_of,
                follow="BodyText",
            )
        )
    return made


def styles(look: Look) -> str:
    small = 9 if look.zh else 9.5
    body_after = 0 if look.official and look.zh else 6 if look.zh else 8
    centre, right = '<w:jc w:val="center"/>', '<w:jc w:val="right"/>'
    grid, row = (10.5, 16) if look.official and look.zh else (9.5, 14.25)
    # The official page sets its text on a grid of lines; a table on it would take twice the room.
    free = '<w:snapToGrid w:val="0"/>'
    title = (22, 34) if look.official and look.zh else (20, 31) if look.zh else (18.5, 27)
    aside = look.body if look.zh else look.head
    facts = space(look, 5, 5, 15) if not look.official else "" if look.zh else space(look, 1, 2, 16)
    made = [
        style("Normal", space(look)),
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>',
        style("Body Text", f'<w:widowControl/>{space(look, 0, body_after)}{_first_line(look)}<w:jc w:val="{"both" if look.zh else "left"}"/>'),
        style("Title", f"<w:keepNext/><w:keepLines/>{space(look, 6, 10, title[1])}{centre}", rpr(look.title, title[0], color=INK, track=0 if look.official else 10), follow="BodyText"),
        style("Subtitle", f"{space(look, 0, 10, 22 if look.zh else 18)}{centre}", rpr(look.soft, 13, italic=not look.zh, color=GREY), follow="BodyText"),
        *_headings(look),
        style("List Bullet", f'<w:numPr><w:numId w:val="2"/></w:numPr>{space(look, 0, body_after)}<w:contextualSpacing/>'),
        style("List Number", f'<w:numPr><w:numId w:val="3"/></w:numPr>{space(look, 0, body_after)}' + (_first_line(look) if look.official and look.zh else "") + "<w:contextualSpacing/>"),
        style("Intense Quote", f'<w:keepLines/><w:pBdr>{border("left", size=12, gap=12)}</w:pBdr>{space(look, 8, 10)}<w:ind w:left="480" w:right="240"/>', rpr(look.soft, look.size, italic=not look.zh, color=INK)),
        style("caption", f"{space(look, 6, 4, 16)}{centre}", rpr(look.head, 9, color=GREY)),
        style("Date", f"{space(look, 0, 0)}{right}"),
        style("Salutation", f"<w:keepNext/>{space(look, 8, 6)}", rpr(look.head if look.zh else look.body, look.size + 1, color=INK)),
        style("Signature", f"<w:keepNext/>{space(look, 16, 0)}{right}"),
        style("header", f"{space(look, 0, 0, 13)}{right}", rpr(look.head, 8, color=GREY, track=10)),
        style("footer", f"{space(look, 0, 0, 13)}{centre}", rpr(look.head, 8, color=GREY, track=6)),
        style("TOC Heading", f"<w:keepNext/>{space(look, 12, 8, 22)}", rpr(look.head, 12, color=ACCENT, track=20)),
        *(style(f"toc {level}", f'{space(look, 0, 2, look.size * 1.7)}<w:ind w:left="{(level - 1) * 420}"/>') for level in (1, 2, 3)),
        f'<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/><w:rPr><w:color w:val="{THEME["hlink"]}" w:themeColor="hyperlink"/><w:u w:val="single" w:color="C9C2B8"/></w:rPr></w:style>',
        style("Letterhead", f"<w:keepNext/>{space(look, 0, 0, 24) if look.zh else space(look, 0, 0, 20)}{centre}".replace("exact", "atLeast"), rpr(look.head if look.zh else look.title, 16 if look.zh else 17, color=INK, track=120 if look.zh else 90), builtin=False),
        style("Letterhead Line", f"{space(look, 0, 0, 14)}{centre}", rpr(look.head, 7.5, color=GREY, track=60), builtin=False),
        style("Letterhead Rule", f'<w:pBdr>{border("bottom")}</w:pBdr>{space(look, 0, 0, 9)}', builtin=False),
        style("Running Head", f'<w:pBdr>{border("bottom", LINE, gap=6)}</w:pBdr>{space(look, 0, 0, 13)}{right}', rpr(look.head, 8, color=GREY, track=10), builtin=False),
        style("Page Mark", f"{space(look, 0, 7, 13)}{centre}", rpr(look.head, 8.5, color=ALERT, track=10), builtin=False),
        style("Page Number", f"{space(look, 0, 0, 18)}{centre}", rpr(("Times New Roman", "宋体"), 14 if look.zh else 10.5), builtin=False),
        style("Eyebrow", f"<w:keepNext/>{space(look, 10, 8, 16)}{centre}", rpr(look.head, 9 if look.zh else 8, color=ACCENT, track=50 if look.zh else 30, caps=not look.zh), builtin=False),
        style("Short Rule", f'<w:keepNext/><w:pBdr>{border("bottom")}</w:pBdr>{space(look, 0, 16, 6)}<w:ind w:left="{look.width // 2 - 360}" w:right="{look.width // 2 - 360}"/>', builtin=False),
        style("Release Line", f"<w:keepNext/>{space(look, 0, 6, 16)}{centre}", rpr(look.head, 9.5 if look.zh else 9, color=INK, track=6), builtin=False),
        style("Meta Line", f"<w:keepNext/>{space(look, 0, 6, 16)}{centre}", rpr(aside, small, color=GREY), builtin=False),
        style("Masthead", f"<w:keepNext/>{space(look, 24, 14, 44 if look.zh else 36)}{centre}", rpr(look.title, 30 if look.zh else 26, color=ACCENT, track=60 if look.zh else 10), builtin=False),
        style("Masthead Line", f'<w:keepNext/><w:pBdr>{border("bottom", size=12, gap=8)}</w:pBdr>{space(look, 0, 22)}{centre}', rpr(look.body, look.size), builtin=False),
        style("Imprint", f'<w:keepLines/><w:pBdr>{border("top", INK, 6, 6)}{border("bottom", INK, 6, 6)}</w:pBdr>{space(look, 12, 0, 26 if look.zh else 17)}', rpr(look.body, 14 if look.zh else 10.5), builtin=False),
        style("Label", f'<w:keepNext/>{space(look, 18, 5, 18)}', rpr(look.head, 9.5 if look.zh else 8.5, color=ACCENT, track=20), builtin=False),
        style("Contact", f"<w:keepNext/><w:keepLines/>{space(look, 0, 2, 17 if look.zh else 14)}" + ('<w:jc w:val="both"/>' if look.zh else ""), rpr(look.body, 9.5 if look.zh else 10, color=INK), builtin=False),
        style("Closing", f"<w:keepNext/>{space(look, 10, 4)}{centre}", rpr(look.head, 9, color=GREY, track=60), builtin=False),
        style("Fine Print", f"{space(look, 18, 0, 14)}{centre}", rpr(look.head, 8, color=GREY, track=10), builtin=False),
        style("End Mark", f"<w:keepLines/>{space(look, 18, 0, 18)}{centre}", rpr(look.head, 10, color=ACCENT, track=60), builtin=False),
        style("Table Text", free + space(look, 3, 3, row), rpr(look.body, grid), builtin=False),
        style("Table Head", f"<w:keepNext/>{free}{space(look, 4, 4, row)}", rpr(look.head, grid - (0 if look.zh else 1), bold=not look.zh, color=INK), based="TableText", builtin=False),
        style("Table Total", "", rpr(look.head, grid, bold=not look.zh), based="TableText", builtin=False),
        style("Table Note", free + space(look, 0, 4, 9), rpr(look.body, 8.5, color=GREY), builtin=False),
        style("Fact Label", facts, rpr(look.head, look.size if look.official and look.zh else 10.5 if look.official else 9, color=INK if look.official else ACCENT, bold=look.official and not look.zh), builtin=False),
        style("Fact Value", facts, rpr(look.body, look.size if look.official else 10, color=INK), builtin=False),
        style("Figure", "<w:keepNext/>" + space(look, 6, 0).replace("exact", "atLeast") + centre, builtin=False),
        _table_style("PR Table", border("top", INK, 8) + border("bottom", INK, 8) + border("insideH", LINE), head=border("bottom", INK, 6), total=border("top", INK, 6)),
        _table_style("PR Facts", border("top") + border("bottom", LINE) + border("insideH", LINE)),
        _table_style("PR Bare", ""),
        _table_style("Table Grid", "".join(border(side, "auto") for side in ("top", "left", "bottom", "right", "insideH", "insideV"))),
    ]  # fmt: skip
    language = '<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
    defaults = f'<w:docDefaults><w:rPrDefault><w:rPr>{fonts(look.body)}<w:color w:val="{INK}"/><w:kern w:val="2"/><w:sz w:val="{round(look.size * 2)}"/><w:szCs w:val="{round(look.size * 2)}"/>{language}</w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>'
    return f"{XML}<w:styles {NS}>{defaults}{''.join(made)}</w:styles>"


def _table_style(name: str, borders: str, head: str = "", total: str = "") -> str:
    properties = f'<w:tblPr><w:tblBorders>{borders}</w:tblBorders><w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>' if borders else '<w:tblPr><w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'  # fmt: skip
    for place, edge in (("firstRow", head), ("lastRow", total)):
        if edge:
            properties += (
                f'<w:tblStylePr w:type="{place}"><w:tcPr><w:tcBorders>{edge}</w:tcBorders></w:tcPr></w:tblStylePr>'
            )
    return style(name, kind="table", based="TableNormal", table=properties, builtin=name == "Table Grid")


def numbering(look: Look, numbered: bool) -> str:
    def level(
        index: int,
        shape: str,
        text: str,
        *,
        bound: str = "",
        suffix: str = "",
        left: int = 0,
        hanging: int = 0,
        first: int = 0,
        run: str = "",
    ) -> str:
        indent = f'<w:pPr><w:ind w:left="{left}" w:hanging="{hanging}"/></w:pPr>' if left else ""
        if first:
            indent = f'<w:pPr><w:ind w:left="0" w:firstLineChars="200" w:firstLine="{first}"/></w:pPr>'
        return (
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="{shape}"/>'
            + (f'<w:pStyle w:val="{bound}"/>' if bound else "")
            + (f'<w:suff w:val="{suffix}"/>' if suffix else "")
            + f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>{indent}{run}</w:lvl>'
        )

    if not numbered:
        shapes = [("none", "")] * 3
    elif look.zh:
        shapes = [("chineseCountingThousand", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3. ")]
    else:
        shapes = [("decimal", "%1  "), ("decimal", "%1.%2  "), ("decimal", "%1.%2.%3  ")]
    heads = "".join(
        level(i, shape, text, bound=f"Heading{i + 1}", suffix="nothing") for i, (shape, text) in enumerate(shapes)
    )
    dot = rpr(("Arial", "宋体"), color=ACCENT)
    indent = 440 if look.zh else 0
    bullets = level(0, "bullet", "·" if look.zh else "•", bound="ListBullet", left=indent + 300, hanging=300, run=dot)
    if look.official and look.zh:
        numbers = level(0, "decimal", "%1. ", bound="ListNumber", suffix="nothing", first=round(look.size * 40))
    else:
        numbers = level(0, "decimal", "%1.", bound="ListNumber", left=indent + 340, hanging=340)
    lists = [heads, bullets, numbers]
    made = "".join(
        f'<w:abstractNum w:abstractNumId="{i}"><w:nsid w:val="5A0E10{i:02d}"/><w:multiLevelType w:val="{"multilevel" if i == 0 else "hybridMultilevel"}"/><w:tmpl w:val="5A0E20{i:02d}"/>{levels}</w:abstractNum>'
        for i, levels in enumerate(lists)
    )
    made += "".join(f'<w:num w:numId="{i + 1}"><w:abstractNumId w:val="{i}"/></w:num>' for i in range(3))
    return f"{XML}<w:numbering {NS}>{made}</w:numbering>"


def settings(look: Look) -> str:
    parity = "<w:evenAndOddHeaders/>" if look.official else ""
    return f'{XML}<w:settings {NS}><w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/><w:defaultTabStop w:val="420"/>{parity}<w:drawingGridVerticalSpacing w:val="156"/><w:displayHorizontalDrawingGridEvery w:val="0"/><w:displayVerticalDrawingGridEvery w:val="2"/><w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/><w:doNotExpandShiftReturn/><w:adjustLineHeightInTable/><w:useFELayout/><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-GB" w:eastAsia="zh-CN"/><w:clrSchemeMapping w:bg1="light1" w:t1="dark1" w:bg2="light2" w:t2="dark2" w:accent1="accent1" w:accent2="accent2" w:accent3="accent3" w:accent4="accent4" w:accent5="accent5" w:accent6="accent6" w:hyperlink="hyperlink" w:followedHyperlink="followedHyperlink"/><w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'


# Name, what to use where it is missing, panose, character set, family: 仿宋 → FangSong, 小标宋 → 华文中宋.
_FACES = (
    ("宋体", "SimSun", "02010600030101010101", "86", "auto"),
    ("黑体", "SimHei", "02010609060101010101", "86", "modern"),
    ("楷体", "KaiTi", "02010609060101010101", "86", "modern"),
    ("仿宋", "FangSong", "02010609060101010101", "86", "modern"),
    ("方正小标宋简体", "华文中宋", "02010600040101010101", "86", "auto"),
    ("Times New Roman", "Times", "02020603050405020304", "00", "roman"),
    ("Arial", "Helvetica", "020B0604020202020204", "00", "swiss"),
)


def font_table() -> str:
    made = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:panose1 w:val="{panose}"/><w:charset w:val="{charset}"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'
        for name, other, panose, charset, family in _FACES
    )
    return f"{XML}<w:fonts {NS}>{made}</w:fonts>"


def theme(look: Look) -> str:
    colors = "".join(f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>' for name, value in THEME.items())

    def face(tag: str, pair: tuple[str, str]) -> str:
        return f'<a:{tag}><a:latin typeface="{pair[0]}"/><a:ea typeface="{pair[1]}"/><a:cs typeface=""/></a:{tag}>'

    fill = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
    line = f'<a:ln w="6350" cap="flat" cmpd="sng" algn="ctr">{fill}<a:prstDash val="solid"/></a:ln>'
    effect = "<a:effectStyle><a:effectLst/></a:effectStyle>"
    formats = f'<a:fmtScheme name="prtui"><a:fillStyleLst>{fill * 3}</a:fillStyleLst><a:lnStyleLst>{line * 3}</a:lnStyleLst><a:effectStyleLst>{effect * 3}</a:effectStyleLst><a:bgFillStyleLst>{fill * 3}</a:bgFillStyleLst></a:fmtScheme>'
    return f'{XML}<a:theme xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" name="prtui"><a:themeElements><a:clrScheme name="prtui">{colors}</a:clrScheme><a:fontScheme name="prtui">{face("majorFont", look.head)}{face("minorFont", look.body)}</a:fontScheme>{formats}</a:themeElements></a:theme>'


def package(parts: dict[str, str]) -> bytes:
    """The parts as a .docx, stored and dated alike on every machine, so that it is the same byte for byte."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.external_attr, entry.create_system = 0o644 << 16, 3
            archive.writestr(entry, content.encode())
    return out.getvalue()
