"""Decrees as office programs write them: DOCX (python3-docx) and XLSX (openpyxl), with merged cells, ticks of many kinds,
months as quarters, semesters or words, and columns that other decrees do not have."""
import random

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill

MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
SHORT = ["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Ags", "Sep", "Okt", "Nop", "Des"]
ROMAN = "I II III IV V VI VII VIII".split()
OWNERS = ["Subbagian Keuangan, Umum, dan Logistik", "Kasubbag Hukum dan SDM", "Sekretaris", "Subbag Rendatin"]


class Grid:
    """Cells with spans, counted from 0; `text` may be a tuple (kind, text) for ticks."""

    def __init__(self):
        self.cells, self.rows, self.columns = [], 0, 0

    def put(self, row, column, text, down=1, across=1):
        self.cells.append((row, column, down, across, text))
        self.rows, self.columns = max(self.rows, row + down), max(self.columns, column + across)


def runs(months):
    parts = []
    for month in months:
        if parts and parts[-1][-1] == month - 1:
            parts[-1].append(month)
        else:
            parts.append([month])
    return parts


def worded(rng, months):
    """Months in the words of action plans."""
    if len(months) == 12:
        return rng.choice(["Januari s.d. Desember", "Jan - Des", "setiap bulan", "sepanjang tahun", "TW I - IV", "Semester I dan II"])
    if months == [3, 6, 9, 12]:
        return rng.choice(["Setiap Triwulan", "Maret, Juni, September, dan Desember", "B03, B06, B09, B12"])
    parts = []
    for run in runs(months):
        first, last = run[0], run[-1]
        if len(run) == 3 and last % 3 == 0 and rng.random() < 0.5:
            parts.append(rng.choice(["Triwulan ", "TW ", "TW."]) + ROMAN[last // 3 - 1])
        elif len(run) == 1:
            parts.append(rng.choice([MONTHS[first - 1], MONTHS[first - 1], f"Minggu ke-{rng.randint(1, 4)} {MONTHS[first - 1]}"]))
        else:
            parts.append(rng.choice([f"{MONTHS[first - 1]} s.d. {MONTHS[last - 1]}", f"{MONTHS[first - 1]} s/d {MONTHS[last - 1]}", f"{SHORT[first - 1]} - {SHORT[last - 1]}",
                                     f"{MONTHS[first - 1]} sampai dengan {MONTHS[last - 1]}", f"{MONTHS[first - 1]}–{MONTHS[last - 1]}"]))
    return parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + " dan " + parts[-1]


def header(rng, grid, when, lead, trail):
    """Two or three rows; gives the first column and the months of each column of the time part."""
    labels = {"months": [([m], t) for m, t in zip(range(1, 13), rng.choice([SHORT, [str(i) for i in range(1, 13)], [m.upper()[:3] for m in MONTHS]]))],
              "quarters": [([3 * q + 1, 3 * q + 2, 3 * q + 3], rng.choice(["TW ", "Triwulan "]) + ROMAN[q]) for q in range(4)],
              "semesters": [(list(range(6 * s + 1, 6 * s + 7)), "Semester " + ROMAN[s]) for s in range(2)],
              "words": [(None, "")]}[when]
    three = when == "months" and rng.random() < 0.3
    down = 1 if when == "words" else 3 if three else 2
    for column, text in enumerate(lead):
        grid.put(0, column, text, down)
    first = len(lead)
    title = {"months": "PELAKSANAAN (BULAN)", "quarters": "WAKTU PELAKSANAAN", "semesters": "JADWAL PELAKSANAAN", "words": "WAKTU PELAKSANAAN"}[when]
    grid.put(0, first, title, 1, len(labels))
    if three:
        for q in range(4):
            grid.put(1, first + 3 * q, "TW " + ROMAN[q], 1, 3)
    if when != "words":
        for i, (_, text) in enumerate(labels):
            grid.put(down - 1, first + i, text)
    for i, text in enumerate(trail):
        grid.put(0, first + len(labels) + i, text, down)
    return first, [months for months, _ in labels]


def plan_grid(rng, areas, tick, plain=False):
    """The table of a plan; changes `months` of the sub-activities to what the form can say. Gives the grid and the texts
    of its other columns."""
    when = "months" if plain else rng.choice(["months", "months", "quarters", "semesters", "words"])
    extras = [] if plain else [e for e in ("TARGET", "ANGGARAN", "BUKTI DUKUNG") if rng.random() < 0.4]
    owner = not plain and rng.random() < 0.5
    area_row = not plain and rng.random() < 0.3
    lead = ["NO"] + ([] if area_row else ["AREA PERUBAHAN"]) + ["KEGIATAN", "SUB KEGIATAN", "INDIKATOR KEBERHASILAN"]
    grid, kept = Grid(), []
    trail = extras + (["PENANGGUNG JAWAB"] if owner else []) + ["KET"]
    first, columns = header(rng, grid, when, lead, trail)
    row = grid.rows
    if not plain and rng.random() < 0.5:
        for column in range(grid.columns):
            grid.put(row, column, f"({column + 1})" if when == "words" else column + 1)
        row += 1
    base = 1 if area_row else 2
    for area in areas:
        start, number = row, ROMAN[area["no"] - 1] if area["no"] else ""
        if area_row:
            grid.put(row, 0, f"{number}. {area['name'].upper()}", 1, grid.columns)
            row += 1
        for activity in area["activities"]:
            activity_row = row
            for sub in activity["subactivities"]:
                indicators = sub["indicators"] or [{"no": None, "text": ""}]
                down = len(indicators)
                marked = [all(m in sub["months"] for m in months) if months else False for months in columns]
                if when != "words":
                    if when != "months":
                        marked = [any(m in sub["months"] for m in months) for months in columns]
                        sub["months"] = sorted({m for mark, months in zip(marked, columns) if mark for m in months})
                    for i, mark in enumerate(marked):
                        if mark:
                            grid.put(row, first + i, tick, down)
                else:
                    grid.put(row, first, worded(rng, sub["months"]), down)
                grid.put(row, base + 1, numbered(sub), down)
                for i, indicator in enumerate(indicators):
                    grid.put(row + i, base + 2, numbered(indicator))
                for i, name in enumerate(extras):
                    text = {"TARGET": f"{rng.randint(2, 90)} dokumen", "ANGGARAN": f"Rp{rng.randint(1, 900)}.000.000", "BUKTI DUKUNG": f"Berkas nomor {rng.randint(100, 999)}"}[name]
                    kept.append(text)
                    grid.put(row, first + len(columns) + i, text, down)
                if owner:
                    text = rng.choice(OWNERS)
                    kept.append(text)
                    grid.put(row, first + len(columns) + len(extras), text, down)
                if sub.get("note"):
                    grid.put(row, grid.columns - 1, sub["note"], down)
                row += down
            if row > activity_row:
                grid.put(activity_row, base, numbered(activity, "name"), row - activity_row)
        if not area_row and row > start:
            grid.put(start, 0, number, row - start)
            grid.put(start, 1, area["name"] or "", row - start)
    return grid, kept


def numbered(node, key="text"):
    text = node.get(key) or ""
    return ("num", f"{node['no']}. ", text) if node.get("no") else text


def plain_text(text):
    return "".join(text[1:]) if isinstance(text, tuple) and text[0] == "num" else text


def write_xlsx(path, before, grid, after):
    book = Workbook()
    sheet = book.active
    for line in before:
        sheet.append([line])
    top = len(before) + 1
    for row, column, down, across, text in sorted(grid.cells, key=lambda c: c[:2]):
        cell = sheet.cell(top + row + 1, column + 1)
        text = plain_text(text)
        if text == "fill":
            cell.fill = PatternFill("solid", fgColor="FF00B050")
            for more in range(1, down):
                sheet.cell(top + row + 1 + more, column + 1).fill = PatternFill("solid", fgColor="FF00B050")
        elif isinstance(text, tuple):
            cell.value, cell.font = text[1], Font(name=text[0])
        else:
            cell.value = text
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        if down > 1 or across > 1:
            sheet.merge_cells(start_row=top + row + 1, start_column=column + 1, end_row=top + row + down, end_column=column + across)
    for i, line in enumerate(after):
        sheet.cell(top + grid.rows + 3 + i, grid.columns - 1).value = line
    book.save(path)


class DocxFile:
    def __init__(self, automatic):
        self.document = Document()
        self.automatic = automatic      # numbers are counted by the program and not typed
        section = self.document.sections[0]
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = section.page_height, section.page_width

    def list_from(self, start, form):
        """A list of its own whose numbers begin at `start`."""
        numbering = self.document.part.numbering_part.element
        number = len(numbering.findall(qn("w:num"))) + 500
        numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}"><w:lvl w:ilvl="0"><w:start w:val="{start}"/>'
                                      f'<w:numFmt w:val="{form}"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'))
        numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="{number}"><w:abstractNumId w:val="{number}"/></w:num>'))
        return number

    def paragraph(self, paragraph, text):
        if isinstance(text, tuple) and text[0] == "num":
            printed = text[1].strip(". ")
            if self.automatic and printed.isdigit():
                number = self.list_from(int(printed), "decimal")
                paragraph._p.get_or_add_pPr().append(parse_xml(f'<w:numPr {nsdecls("w")}><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'))
                paragraph.add_run(text[2])
            else:
                paragraph.add_run(text[1] + text[2])
        elif isinstance(text, tuple) and text[0] == "sym":
            symbol = OxmlElement("w:sym")
            symbol.set(qn("w:font"), text[1])
            symbol.set(qn("w:char"), text[2])
            paragraph.add_run()._r.append(symbol)
        elif isinstance(text, tuple) and text[0] == "box":
            paragraph._p.append(parse_xml(f'<w:sdt {nsdecls("w")} xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"><w:sdtPr><w14:checkbox>'
                                          f'<w14:checked w14:val="{text[1]}"/></w14:checkbox></w:sdtPr><w:sdtContent><w:r><w:t>☒</w:t></w:r></w:sdtContent></w:sdt>'))
        elif isinstance(text, tuple):
            run = paragraph.add_run(text[1])
            run.font.name = text[0]
        else:
            words = str(text)
            paragraph.add_run(words)

    def table(self, grid):
        table = self.document.add_table(grid.rows, grid.columns)
        rows = [list(row.cells) for row in table.rows]
        for row, column, down, across, text in sorted(grid.cells, key=lambda c: c[:2]):
            cell = rows[row][column]
            if text == "fill":
                cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {nsdecls("w")} w:val="clear" w:fill="00B050"/>'))
            elif text != "":
                self.paragraph(cell.paragraphs[0], text)
            if across > 1:
                cell._tc.get_or_add_tcPr().insert(1, parse_xml(f'<w:gridSpan {nsdecls("w")} w:val="{across}"/>'))
                for more in rows[row][column + 1:column + across]:
                    more._tc.getparent().remove(more._tc)
            if down > 1:
                for i in range(down):
                    merge = OxmlElement("w:vMerge")
                    if i == 0:
                        merge.set(qn("w:val"), "restart")
                    rows[row + i][column]._tc.get_or_add_tcPr().append(merge)

    def save(self, path, before, grid, after):
        for line in before:
            self.document.add_paragraph(line)
        self.table(grid)
        for line in after:
            self.document.add_paragraph(line)
        self.document.save(path)


def write_docx(path, before, grid, after, automatic):
    DocxFile(automatic).save(path, before, grid, after)


XLSX_TICKS = ["√", "v", "V", "x", "✓", "fill", 1, ("Wingdings", "ü")]
DOCX_TICKS = ["√", "v", "V", "x", "fill", ("sym", "Wingdings", "F0FC"), ("sym", "Wingdings 2", "F052"), ("box", 1), ("Wingdings", "ü")]


def office_form(rng, areas, lines, path):
    """Writes one generated decree; gives the texts of its other columns."""
    word = path.endswith(".docx")
    grid, kept = plan_grid(rng, areas, rng.choice(DOCX_TICKS if word else XLSX_TICKS))
    head = lines
    if word:
        write_docx(path, head, grid, [], rng.random() < 0.5)
    else:
        write_xlsx(path, head, grid, [])
    return kept


def gold_form(gold, path):
    """A whole gold file as a paper with twelve month columns; where it has months at all they become certain."""
    marked = any(sub["months"] for area in gold["areas"] for activity in area["activities"] for sub in activity["subactivities"])
    for area in gold["areas"]:
        for activity in area["activities"]:
            for sub in activity["subactivities"]:
                sub["months_certain"] = marked
    rng = random.Random(1)
    before = ["LAMPIRAN", f"NOMOR {gold.get('number')}", "TENTANG", gold.get("title") or "RENCANA AKSI"]
    grid, _ = plan_grid(rng, gold["areas"], "√", plain=True)
    if path.endswith(".docx"):
        write_docx(path, before, grid, [], False)
    else:
        write_xlsx(path, before, grid, [])
