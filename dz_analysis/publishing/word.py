"""A table as a Word file: three lines, a caption that counts itself, the head on every page.

In: a `PaperTable`. Out: the bytes of a `.docx`. Widths are left to Word; a wide table stands on a
page turned sideways.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any, Final
from xml.sax.saxutils import escape

from dz_analysis.harmless import drop_controls
from dz_analysis.language import SOURCE, language, say
from dz_analysis.publishing.paper import PaperTable
from dz_analysis.publishing.zipped import NO_DAY, forget_days

LATIN, HAN = "Times New Roman", "SimSun"
SIZE, SMALL = 9.0, 8.0  # points, of cells and of the words below
THICK, THIN = 12, 6  # eighths of a point: 1.5 and 0.75, as three-line tables have
SIDEWAYS = 8  # a table of more columns stands on a page turned sideways
_SPACE: Final = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_THUMBNAIL = "metadata/thumbnail"


def as_docx(table: PaperTable) -> bytes:
    """Return a table as a Word file."""
    import docx  # a notebook that writes none does without
    from docx.enum.section import WD_ORIENT
    from docx.oxml import parse_xml

    document = docx.Document()
    section = document.sections[0]
    if len(table.heads) > SIDEWAYS:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width
    _set_fonts(document)
    _describe(document, table)
    if table.caption:
        _add_caption(document, table.caption)
    body = document.element.body
    body.insert_element_before(parse_xml(_spell_table(table)), "w:sectPr")
    for line in table.words():
        _add_line(document, line)
    buffer = io.BytesIO()
    document.save(buffer)
    return forget_days(buffer.getvalue())


def _set_fonts(document: Any) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    style = document.styles["Normal"]
    style.font.name, style.font.size = LATIN, Pt(SIZE)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), HAN)


def _describe(document: Any, table: PaperTable) -> None:
    """Say in the file's properties what it holds; whoever is at the machine is not told."""
    told = document.core_properties
    told.title, told.author, told.comments = table.caption[:255], "", ""
    told.language = "en-GB" if language() == SOURCE else "zh-CN"
    told.created = told.modified = NO_DAY
    relations = document.part.package.rels
    for name in [name for name, one in relations.items() if one.reltype.endswith(_THUMBNAIL)]:
        del relations[name]


def _add_caption(document: Any, caption: str) -> None:
    """Add the caption above: its number is a field, which Word counts with the others."""
    from docx.oxml import parse_xml
    from docx.shared import RGBColor

    line = document.add_paragraph(style="Caption")
    line.paragraph_format.keep_with_next = True
    line.add_run(say("Table "))
    name = say("Table ").strip()
    field = f'<w:fldSimple {_SPACE} w:instr=" SEQ {name} \\* ARABIC "><w:r><w:t>1</w:t></w:r>'
    line._p.append(parse_xml(field + "</w:fldSimple>"))
    line.add_run(f"  {drop_controls(caption)}")
    for run in line.runs:
        run.font.color.rgb = RGBColor(0, 0, 0)


def _add_line(document: Any, text: str) -> None:
    from docx.shared import Pt

    line = document.add_paragraph()
    line.paragraph_format.space_after = Pt(0)
    line.add_run(drop_controls(text)).font.size = Pt(SMALL)


def _spell_table(table: PaperTable) -> str:
    """Spell the table itself; put together as text, since hundreds of rows would take seconds."""
    sides = ["right" if is_number else "left" for is_number in table.is_number]
    head = "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>"
    plain = "<w:trPr><w:cantSplit/></w:trPr>"
    line = f'<w:tcBorders><w:bottom w:val="single" w:sz="{THIN}" w:color="000000"/></w:tcBorders>'
    rows = [_spell_row(table.heads, sides, head, f"<w:tcPr>{line}</w:tcPr>")]
    rows += [_spell_row(cells, sides, plain, "<w:tcPr/>") for cells in table.cells()]
    edges = "".join(
        f'<w:{edge} w:val="single" w:sz="{THICK}" w:color="000000"/>' for edge in ("top", "bottom")
    )
    grid = "<w:gridCol/>" * len(table.heads)
    return (
        f'<w:tbl {_SPACE}><w:tblPr><w:tblW w:type="pct" w:w="5000"/><w:jc w:val="center"/>'
        f"<w:tblBorders>{edges}</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        f"{''.join(rows)}</w:tbl>"
    )


def _spell_row(cells: Iterable[str], sides: Iterable[str], row: str, cell: str) -> str:
    spelt = (
        f"<w:tc>{cell}<w:p><w:pPr><w:spacing w:before='0' w:after='0'/><w:jc w:val='{side}'/>"
        f'</w:pPr><w:r><w:t xml:space="preserve">{escape(drop_controls(text))}</w:t></w:r></w:p>'
        "</w:tc>"
        for text, side in zip(cells, sides, strict=True)
    )
    return f"<w:tr>{row}{''.join(spelt)}</w:tr>"
