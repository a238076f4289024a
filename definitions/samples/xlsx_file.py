"""The annex as a spreadsheet: merged cells, marks "V", roman and lettered numbering, a column that other decrees do not have."""
import io
import zipfile
from xml.sax.saxutils import escape

from sample_parts import LETTERS, counts, gold_head, load, printed_date, subject_line

ROMAN = "I II III IV V VI VII VIII".split()
HEADS = ["NO", "PROGRAM KEGIATAN", "KEGIATAN", "SUB KEGIATAN", "INDIKATOR KEBERHASILAN", "PENANGGUNG JAWAB"]
LABELS = "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split()
FIRST_MONTH, NOTE = 6, 18
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def name_of(column, row):
    return f"{'ABCDEFGHIJKLMNOPQRSTUVWXYZ'[column]}{row}"


class XlsxFile:
    def __init__(self, source):
        self.source = source
        self.cells = {}
        self.merged = []
        self.row = 0

    def put(self, column, text, row=None, last_row=None, last_column=None):
        row = row or self.row
        self.cells[row, column] = text
        last_row, last_column = last_row or row, column if last_column is None else last_column
        if (last_row, last_column) != (row, column):
            self.merged.append(f"{name_of(column, row)}:{name_of(last_column, last_row)}")
        return name_of(column, row)

    def write(self):
        self.heading()
        owners = {item["key"]: item["short"] for item in load("../plan_shapes/subdivisions.yaml")["sets"][0]["subdivisions"]}
        names = [area["name"] for area in load("../plan_shapes/areas.yaml")["areas"]]
        model = load("../plan_shapes/model_plan.yaml")
        areas = [self.area(area["no"], names[area["no"] - 1], area, owners) for area in model["areas"]]
        self.closing()
        gold = gold_head(self.source, "kabupaten.xlsx")
        gold.update(opening=None, decides=None)
        gold["columns"] = HEADS + ["PELAKSANAAN (BULAN)", "KET"]
        gold["month_labels"] = LABELS
        gold.update(areas=areas, missing=[], damage=[], counts=counts(areas))
        return self.packed(), gold

    def heading(self):
        decree, unit = self.source["decree"], self.source["unit"]
        for text in ("LAMPIRAN", f"KEPUTUSAN KOMISI PEMILIHAN UMUM {unit['upper']}", f"NOMOR {decree['number']}", "TENTANG",
                     subject_line(self.source)):
            self.row += 1
            self.put(11, text, last_column=NOTE)
        self.row += 2
        self.put(0, subject_line(self.source), last_column=NOTE)
        self.row += 2
        for column, text in enumerate(HEADS):
            self.put(column, text, last_row=self.row + 1)
        self.put(FIRST_MONTH, "PELAKSANAAN (BULAN)", last_column=FIRST_MONTH + 11)
        self.put(NOTE, "KET", last_row=self.row + 1)
        self.row += 1
        for month, text in enumerate(LABELS):
            self.put(FIRST_MONTH + month, text)
        self.row += 1
        for column in range(NOTE + 1):
            self.put(column, column + 1)

    def area(self, number, name, area, owners):
        first, activities = self.row + 1, []
        for letter, activity in zip(LETTERS.upper(), area["activities"]):
            start, subs = self.row + 1, []
            for order, sub in enumerate(activity["subs"], 1):
                subs.append(self.sub(order, sub, owners[sub["owner"]]))
            cell = self.put(2, f"{letter}. {activity['name']}", start, self.row)
            activities.append({"no": letter, "name": activity["name"], "subactivities": subs, "cell": cell})
        self.put(0, ROMAN[number - 1], first, self.row)
        self.put(1, name, first, self.row)
        return {"no": number, "no_printed": ROMAN[number - 1], "name": name, "activities": activities}

    def sub(self, order, sub, owner):
        first = self.row + 1
        indicators = []
        for letter, indicator in zip(LETTERS, sub["indicators"]):
            self.row += 1
            no = letter if len(sub["indicators"]) > 1 else None
            cell = self.put(4, f"{no}. {indicator['text']}" if no else indicator["text"])
            indicators.append({"no": no, "text": indicator["text"], "cell": cell})
        note = self.source["notes"].get(sub.get("authority"), "")
        note = "Tentatif" if sub["key"] in self.source["tentative"] else note
        cell = self.put(3, f"{order}. {sub['text']}", first, self.row)
        self.put(5, f"Subbag {owner}", first, self.row)
        for month in range(1, 13):
            self.put(FIRST_MONTH + month - 1, "V" if month in sub["months"] else "", first, self.row)
        self.put(NOTE, note, first, self.row)
        return {"no": str(order), "text": sub["text"], "indicators": indicators, "months": sub["months"], "months_certain": True,
                "note": note, "responsible": f"Subbag {owner}", "cell": cell}

    def closing(self):
        decree, unit = self.source["decree"], self.source["unit"]
        self.row += 1
        for text in (f"Ditetapkan di {unit['place']}", f"pada tanggal {printed_date(decree['date'])}",
                     f"KETUA KOMISI PEMILIHAN UMUM {unit['upper']},", "ttd.", decree["signatory"]["name"]):
            self.row += 1
            self.put(11, text, last_column=NOTE)

    def packed(self):
        """The parts of the file, with a fixed time, so that the same source gives the same bytes."""
        strings = sorted({text for text in self.cells.values() if isinstance(text, str) and text})
        guide = ["Petunjuk", "Isi lembar RENCANA AKSI saja; jangan mengubah judul kolom."]
        index = {text: i for i, text in enumerate(strings + guide)}
        parts = {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                '<Default Extension="xml" ContentType="application/xml"/>'
                + "".join(f'<Override PartName="/xl/{part}.xml" ContentType="application/vnd.openxmlformats-officedocument.'
                          f'spreadsheetml.{kind}+xml"/>' for part, kind in (("workbook", "sheet.main"),
                          ("worksheets/sheet1", "worksheet"), ("worksheets/sheet2", "worksheet"), ("sharedStrings", "sharedStrings")))
                + "</Types>",
            "_rels/.rels": self.relations(("officeDocument", "xl/workbook.xml")),
            "xl/workbook.xml": f'<workbook xmlns="{SHEET}" xmlns:r="{OFFICE}"><sheets><sheet name="Petunjuk" sheetId="1" r:id="rId1"/>'
                '<sheet name="RENCANA AKSI" sheetId="2" r:id="rId2"/></sheets></workbook>',
            "xl/_rels/workbook.xml.rels": self.relations(("worksheet", "worksheets/sheet1.xml"),
                ("worksheet", "worksheets/sheet2.xml"), ("sharedStrings", "sharedStrings.xml")),
            "xl/worksheets/sheet1.xml": self.sheet({(1, 0): guide[0], (2, 0): guide[1]}, [], index),
            "xl/worksheets/sheet2.xml": self.sheet(self.cells, self.merged, index),
            "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">'
                + "".join(f'<si><t xml:space="preserve">{escape(text)}</t></si>' for text in strings + guide) + "</sst>",
        }
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, xml in parts.items():
                entry = zipfile.ZipInfo(name, (2026, 1, 28, 0, 0, 0))
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + xml)
        return out.getvalue()

    def relations(self, *targets):
        return f'<Relationships xmlns="{PACKAGE}/relationships">' + "".join(
            f'<Relationship Id="rId{i}" Type="{OFFICE}/{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(targets, 1)
        ) + "</Relationships>"

    def sheet(self, cells, merged, index):
        rows = {}
        for (row, column), value in sorted(cells.items()):
            name = name_of(column, row)
            if value == "":
                xml = ""
            elif isinstance(value, int):
                xml = f'<c r="{name}"><v>{value}</v></c>'
            else:
                xml = f'<c r="{name}" t="s"><v>{index[value]}</v></c>'
            rows[row] = rows.get(row, "") + xml
        body = "".join(f'<row r="{row}">{xml}</row>' for row, xml in rows.items())
        spans = "".join(f'<mergeCell ref="{ref}"/>' for ref in merged)
        spans = f'<mergeCells count="{len(merged)}">{spans}</mergeCells>' if merged else ""
        return f'<worksheet xmlns="{SHEET}"><sheetData>{body}</sheetData>{spans}</worksheet>'
