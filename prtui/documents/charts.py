"""Native charts that Word can edit: a chart part with its workbook, made from text (0.6 ms; matplotlib takes 240 ms)."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from itertools import zip_longest
from typing import Any
from xml.sax.saxutils import escape

from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part

from prtui.documents.blocks import Cell, Chart
from prtui.documents.ooxml import tidy

_CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"
_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ACCENTS = 6
_DAY = "m/d"
_LABELLED = 12  # categories up to which every point carries its figure
_NAMED = 14  # categories whose names stand side by side
_DARK = (1, 2, 4)  # accents on which figures are set in white
_EPOCH = date(1899, 12, 30)


def serial(day: date) -> int:
    """The day as a spreadsheet counts it: what a `gantt` chart takes as its start."""
    return (day - _EPOCH).days


def _days(chart: Chart) -> bool:
    """Whether the categories are days."""
    return bool(chart.categories) and all(isinstance(one, date) for one in chart.categories)


def _names(chart: Chart) -> list[str | int]:
    """The categories as the sheet has them: names, or days as it counts them."""
    return [serial(one) if isinstance(one, date) else one for one in chart.categories]


def _text(value: object) -> str:
    return escape(tidy(value).replace("\n", " "), {'"': "&quot;"})


def _column(index: int) -> str:
    """A, B, …, Z, AA, …"""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(65 + rest) + name
    return name


def workbook(chart: Chart) -> bytes:
    """The .xlsx behind the chart: categories in A, a series in each further column."""

    def cell(at: str, value: Cell) -> str:
        if value is None:
            return ""
        if isinstance(value, str):
            return f'<c r="{at}" t="inlineStr"><is><t>{_text(value)}</t></is></c>'
        return f'<c r="{at}"><v>{value}</v></c>'

    table: list[list[Cell]] = [["", *(name for name, _values in chart.series)]]
    for index, category in enumerate(_names(chart)):
        table.append([category, *(values[index] if index < len(values) else None for _name, values in chart.series)])
    rows = "".join(
        f'<row r="{number}">' + "".join(cell(f"{_column(c)}{number}", value) for c, value in enumerate(row)) + "</row>"
        for number, row in enumerate(table, 1)
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{_WORKBOOK}.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets><sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{_SHEET}"><sheetData>{rows}</sheetData></worksheet>',
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), _HEAD + content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _look(lang: str, size: int = 900, color: str = "595959", bold: int = 0) -> str:
    face = "黑体" if lang == "zh" else "Arial"
    return f'<c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr lang="{"zh-CN" if lang == "zh" else "en-GB"}" altLang="zh-CN" sz="{size}" b="{bold}"><a:solidFill><a:srgbClr val="{color}"/></a:solidFill><a:latin typeface="Arial"/><a:ea typeface="{face}"/></a:defRPr></a:pPr><a:endParaRPr lang="zh-CN"/></a:p></c:txPr>'


def _labels(chart: Chart, lang: str, index: int, *, shown: bool = True) -> str:
    color = "FFFFFF" if chart.kind == "stacked" and _number(chart, index) in _DARK else "595959"
    percent = chart.kind == "pie"
    code = "0.0%" if percent else _text(chart.number_format)
    return f'<c:dLbls><c:numFmt formatCode="{code}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>{_look(lang, 800, color)}<c:showLegendKey val="0"/><c:showVal val="{int(shown and not percent)}"/><c:showCatName val="0"/><c:showSerName val="0"/><c:showPercent val="{int(shown and percent)}"/><c:showBubbleSize val="0"/></c:dLbls>'


def _number(chart: Chart, index: int) -> int:
    return chart.accents[index] if index < len(chart.accents) else index % _ACCENTS + 1


def _accent(chart: Chart, index: int) -> str:
    return f'<a:solidFill><a:schemeClr val="accent{_number(chart, index)}"/></a:solidFill>'


def _series(chart: Chart, index: int, lang: str) -> str:
    name, values = chart.series[index]
    count, column = len(chart.categories), _column(index + 1)
    kind, hidden = chart.kind, chart.kind == "gantt" and index == 0
    parts = [
        f'<c:ser><c:idx val="{index}"/><c:order val="{index}"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>{_text(name)}</c:v></c:pt></c:strCache></c:strRef></c:tx>'
    ]
    if kind == "pie":
        parts += [
            f'<c:dPt><c:idx val="{point}"/><c:bubble3D val="0"/><c:spPr>{_accent(chart, point)}<a:ln w="12700"><a:solidFill><a:srgbClr val="FFFFFF"/></a:solidFill></a:ln></c:spPr></c:dPt>'
            for point in range(count)
        ]
    elif kind == "line":
        parts.append(f'<c:spPr><a:ln w="22225" cap="rnd">{_accent(chart, index)}<a:round/></a:ln></c:spPr>')
        parts.append(
            f'<c:marker><c:symbol val="circle"/><c:size val="5"/><c:spPr>{_accent(chart, index)}</c:spPr></c:marker>'
        )
    else:
        fill = "<a:noFill/>" if hidden else _accent(chart, 0 if kind == "gantt" else index)
        parts.append(f'<c:spPr>{fill}</c:spPr><c:invertIfNegative val="0"/>')
    if kind != "gantt":
        parts.append(_labels(chart, lang, index, shown=kind in ("bar", "pie") or count <= _LABELLED))
    categories = "".join(f'<c:pt idx="{i}"><c:v>{_text(name)}</c:v></c:pt>' for i, name in enumerate(_names(chart)))
    of, code = ("num", f"<c:formatCode>{_DAY}</c:formatCode>") if _days(chart) else ("str", "")
    points = "".join(
        f'<c:pt idx="{i}"><c:v>{value}</c:v></c:pt>' for i, value in enumerate(values[:count]) if value is not None
    )
    parts.append(
        f'<c:cat><c:{of}Ref><c:f>Sheet1!$A$2:$A${count + 1}</c:f><c:{of}Cache>{code}<c:ptCount val="{count}"/>{categories}</c:{of}Cache></c:{of}Ref></c:cat>'
        f'<c:val><c:numRef><c:f>Sheet1!${column}$2:${column}${count + 1}</c:f><c:numCache><c:formatCode>General</c:formatCode><c:ptCount val="{count}"/>{points}</c:numCache></c:numRef></c:val>'
    )
    parts.append('<c:smooth val="0"/></c:ser>' if kind == "line" else "</c:ser>")
    return "".join(parts)


def _axes(chart: Chart, lang: str) -> str:
    sideways = chart.kind in ("bar", "gantt")
    numbers = [value for _name, values in chart.series for value in values if value is not None]
    if chart.kind == "gantt":
        starts = [value for value in chart.series[0][1] if value is not None]
        least = f'<c:min val="{min(starts)}"/>' if starts else ""
    else:
        least = '<c:min val="0"/>' if all(value >= 0 for value in numbers) else ""
    # Names that do not fit would be broken in two; counts up to six would be halved.
    names = len(chart.categories)
    skip = f'<c:tickLblSkip val="{-(-names // _NAMED)}"/>' if not sideways and names > _NAMED else ""
    whole = all(isinstance(value, int) for value in numbers) and _highest(chart) <= 6
    unit = '<c:majorUnit val="1"/>' if whole and chart.kind != "gantt" else ""
    order, at, value_at = ("maxMin", "l", "b") if sideways else ("minMax", "b", "l")
    line = '<c:spPr><a:ln w="9525"><a:solidFill><a:srgbClr val="BFBFBF"/></a:solidFill></a:ln></c:spPr>'
    # Days are an axis of time: LibreOffice cannot skip names, and would break each in two.
    timed = _days(chart)
    tag, code, auto = ("dateAx", _DAY, 0) if timed else ("catAx", "General", 1)
    if timed:
        every = -(-names // _NAMED)
        last = f'<c:lblOffset val="100"/><c:baseTimeUnit val="days"/><c:majorUnit val="{every}"/><c:majorTimeUnit val="days"/>'
    else:
        last = f'<c:lblAlgn val="ctr"/><c:lblOffset val="100"/>{skip}<c:noMultiLvlLbl val="0"/>'
    return (
        f'<c:{tag}><c:axId val="111"/><c:scaling><c:orientation val="{order}"/></c:scaling><c:delete val="0"/><c:axPos val="{at}"/><c:numFmt formatCode="{code}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="low"/>{line}{_look(lang)}<c:crossAx val="222"/><c:crosses val="autoZero"/><c:auto val="{auto}"/>{last}</c:{tag}>'
        f'<c:valAx><c:axId val="222"/><c:scaling><c:orientation val="minMax"/>{least}</c:scaling><c:delete val="0"/><c:axPos val="{value_at}"/><c:majorGridlines><c:spPr><a:ln w="6350"><a:solidFill><a:srgbClr val="E8E6E3"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:numFmt formatCode="{_text(chart.number_format)}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:spPr><a:ln><a:noFill/></a:ln></c:spPr>{_look(lang)}<c:crossAx val="111"/><c:crosses val="{"max" if sideways else "autoZero"}"/><c:crossBetween val="between"/>{unit}</c:valAx>'
    )


def _highest(chart: Chart) -> float:
    """The height of the tallest point or stack."""
    rows = [[float(value or 0) for value in values] for _name, values in chart.series]
    if chart.kind == "stacked":
        rows = [[sum(stack) for stack in zip_longest(*rows, fillvalue=0.0)]]
    return max((value for values in rows for value in values), default=0.0)


def chart_xml(chart: Chart, workbook_id: str, lang: str) -> bytes:
    """The chart part, in the theme's accent colours."""
    series = "".join(_series(chart, index, lang) for index in range(len(chart.series)))
    ends = '<c:axId val="111"/><c:axId val="222"/>'
    if chart.kind == "pie":
        plot = f'<c:pieChart><c:varyColors val="1"/>{series}<c:firstSliceAng val="0"/></c:pieChart>'
    elif chart.kind == "line":
        plot = f'<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>{series}<c:marker val="1"/>{ends}</c:lineChart>'
    else:
        stacked = chart.kind in ("stacked", "gantt")
        side = "bar" if chart.kind in ("bar", "gantt") else "col"
        plot = f'<c:barChart><c:barDir val="{side}"/><c:grouping val="{"stacked" if stacked else "clustered"}"/><c:varyColors val="0"/>{series}<c:gapWidth val="70"/><c:overlap val="{100 if stacked else -10}"/>{ends}</c:barChart>'
    axes = "" if chart.kind == "pie" else _axes(chart, lang)
    legend = ""
    if chart.kind == "pie" or (len(chart.series) > 1 and chart.kind != "gantt"):
        legend = f'<c:legend><c:legendPos val="b"/><c:overlay val="0"/>{_look(lang)}</c:legend>'
    face = "黑体" if lang == "zh" else "Arial"
    title = f'<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="1050" b="0"/></a:pPr><a:r><a:rPr lang="{"zh-CN" if lang == "zh" else "en-GB"}" altLang="zh-CN" sz="1050" b="0"><a:solidFill><a:srgbClr val="262626"/></a:solidFill><a:latin typeface="Arial"/><a:ea typeface="{face}"/></a:rPr><a:t>{_text(chart.title)}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val="0"/></c:title>'
    return (
        f'{_HEAD}<c:chartSpace xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{_OFFICE}"><c:date1904 val="0"/><c:roundedCorners val="0"/>'
        f'<c:chart>{title}<c:autoTitleDeleted val="0"/><c:plotArea><c:layout/>{plot}{axes}</c:plotArea>{legend}<c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>'
        f'<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr><c:externalData r:id="{workbook_id}"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>'
    ).encode()


def add_chart(part: Any, chart: Chart, lang: str) -> str:
    """Put the chart and its workbook into the package; the relationship id from `part`."""
    package = part.package
    number = sum(1 for other in package.iter_parts() if other.content_type == _CHART) + 1
    book = Part(PackURI(f"/word/embeddings/Microsoft_Excel_Sheet{number}.xlsx"), _WORKBOOK, workbook(chart), package)
    made = Part(PackURI(f"/word/charts/chart{number}.xml"), _CHART, b"", package)
    made._blob = chart_xml(chart, made.relate_to(book, f"{_OFFICE}/package"), lang)
    return str(part.relate_to(made, RT.CHART))
