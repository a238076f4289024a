"""The decree as scanned text: tab-separated table, marks, remnants of Markdown and HTML, page breaks, damaged rows."""
from sample_parts import LETTERS, MARK, counts, gold_head, months_of, plain, printed_date, subject_line

LABELS = "JAN FEB MAR APR MEI JUN JUL AGT SEPT OKT NOV DES".split()


def lettered(items, close):
    return [f"- {'Menimbang : ' if not i else ''}{LETTERS[i]}. {text}" for i, text in enumerate(items)] + close


class OcrText:
    def __init__(self, source):
        self.source = source
        self.lines = []
        self.cells = 12
        self.damage = []

    def add(self, *lines):
        self.lines += lines

    def write(self):
        self.preamble()
        areas = [self.area(number, area) for number, area in enumerate(self.source["areas"], 1)]
        self.closing()
        gold = gold_head(self.source, "kota.txt")
        gold["columns"] = ["NO", "AREA PERUBAHAN", "KEGIATAN", "SUB KEGIATAN", "INDIKATOR KEBERHASILAN", "PELAKSANAAN (BULAN)", "KET"]
        gold["month_labels"] = LABELS
        gold.update(areas=areas, missing=[], damage=self.damage, counts=counts(areas))
        return "\n".join(self.lines) + "\n", gold

    def preamble(self):
        decree, unit = self.source["decree"], self.source["unit"]
        self.add("", "", "**SALINAN**", "", "KOMISI PEMILIHAN UMUM  ", unit["upper"], "",
                 f"KEPUTUSAN KOMISI PEMILIHAN UMUM {unit['upper']}  ", f"NOMOR {decree['number']}  ", "TENTANG  ",
                 f"{decree['subject']}  ", f"DI LINGKUNGAN KOMISI PEMILIHAN UMUM {unit['upper']}  ", f"TAHUN {decree['year']}", "",
                 f"KETUA KOMISI PEMILIHAN UMUM {unit['upper']},", "")
        self.add(*lettered(decree["considering"], [""]))
        for number, law in enumerate(decree["legal_basis"], 1):
            self.add(f"{'- Mengingat : ' if number == 1 else ''}{number}. {law}")
        self.add("", "MEMUTUSKAN:", "", "- Menetapkan :",
                 f"- KEPUTUSAN KOMISI PEMILIHAN UMUM {unit['upper']} TENTANG {subject_line(self.source)}.", "")
        self.add(*[f"- {dictum['no']} : {dictum['text']}" for dictum in decree["dicta"]])
        self.add("")
        self.signed()
        self.add("LAMPIRAN  ", "KEPUTUSAN KOMISI PEMILIHAN UMUM  ", f"{unit['upper']}  ", f"NOMOR {decree['number']}  ", "TENTANG  ",
                 f"{decree['subject']}  ", f"DI LINGKUNGAN KOMISI PEMILIHAN UMUM {unit['upper']}  ", f"TAHUN {decree['year']}", "",
                 f"**{subject_line(self.source)}**", "")
        self.header(12)

    def signed(self):
        decree, unit = self.source["decree"], self.source["unit"]
        self.add(f"Ditetapkan di {unit['place']}  ", f"pada tanggal {printed_date(decree['date'])}", "",
                 "KETUA KOMISI PEMILIHAN UMUM  ", f"{unit['upper']},", "", "ttd.", "", decree["signatory"]["name"], "",
                 "Salinan sesuai dengan aslinya  ", "SEKRETARIAT KOMISI PEMILIHAN UMUM  ", f"{unit['upper']}  ",
                 decree["certifier"]["role"], "", decree["certifier"]["name"], "")

    def closing(self):
        self.add("")
        self.signed()

    def header(self, cells):
        self.cells = cells
        blank = [""] * (cells - 1)
        self.add("\t".join(["NO", "AREA PERUBAHAN", "KEGIATAN", "SUB KEGIATAN", "INDIKATOR KEBERHASILAN", "PELAKSANAAN (BULAN)",
                            *blank, "KET"]),
                 "\t".join([""] * 5 + LABELS + [""] * (cells - 12) + [""]),
                 "\t".join(["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", *blank, "(7)"]))
        if cells > 12:
            self.damage.append({"line": len(self.lines) - 2, "what": f"{cells} month cells under 12 labels"})

    def page_break(self, cells):
        self.add("")
        self.header(cells)

    def area(self, number, area):
        activities = []
        for order, activity in enumerate(area["activities"], 1):
            if "page" in activity:
                self.page_break(activity["page"])
            lead = [str(number), area["name"]] if order == 1 else ["", ""]
            activities.append(self.activity(lead, order, activity))
        return {"no": number, "no_printed": str(number), "name": area["name"], "activities": activities}

    def activity(self, lead, order, activity):
        subs, front = [], [*lead, f"{order}. {activity['name']};"]
        position = 0
        while position < len(activity["subs"]):
            sub = activity["subs"][position]
            if "page" in sub:
                self.page_break(sub["page"])
            if sub.get("shared"):
                group = [other for other in activity["subs"][position:] if other.get("shared")]
                subs += self.shared_row(front, position, group)
                position += len(group)
            else:
                subs.append(self.sub(front, LETTERS[position], sub))
                position += 1
            front = ["", "", ""]
        return {"no": str(order), "name": activity["name"] + ";", "subactivities": subs}

    def months_certain(self, months, sub):
        if "shift" in sub or sub.get("marks", 12) > 12:
            return False
        from_january = months == list(range(1, len(months) + 1))
        return self.cells == 12 or (from_january and len(months) < 12)

    def ticks(self, months, marks=None):
        cells = [""] * (self.cells + 1)
        if marks:
            months = range(1, marks + 1)
        for month in months:
            wide = (self.cells - 12) * max(0, month - 6) // 6 if not marks and len(months) < 12 else 0
            cells[month - 1 + wide] = MARK
        return cells

    def row(self, front, sub_text, indicator, cells, note="", shift=0):
        if note:
            cells[-1] = note
        row = [*front, *[""] * shift, sub_text, indicator, *cells]
        if shift:
            row = row[:len(row) - shift]
            self.damage.append({"line": len(self.lines) + 1, "what": "cells shifted right by one"})
        self.add("\t".join(row))
        line = len(self.lines)
        first = len(front) + 2
        return {"line": line, "cells": len(row), "ticks": [i for i, cell in enumerate(row) if cell == MARK and i >= first]}

    def numbered(self, indicators):
        several = len(indicators) > 1
        return [(f"{i})" if several else None, text + ";") for i, text in enumerate(indicators, 1)]

    def sub(self, front, letter, sub):
        text = sub["t"] + ";"
        if sub.get("rows"):
            return self.sub_in_rows(front, letter, text, sub)
        indicators = self.numbered(sub["i"])
        months = months_of(sub["m"])
        certain = self.months_certain(months, sub)
        cell = " ".join(f"{no} {words}" if no else words for no, words in indicators)
        words = text.split()
        head = " ".join(words[:sub["split"]]) if "split" in sub else text
        rows = [self.row(front, f"{letter}. {head}", cell, self.ticks(months, sub.get("marks")), sub.get("k", ""), sub.get("shift", 0))]
        if "split" in sub:
            self.page_break(self.cells)
            rows.append(self.row(["", "", ""], " ".join(words[sub["split"]:]), "", self.ticks([])))
            self.damage.append({"lines": [rows[0]["line"], rows[1]["line"]], "what": "one row broken over two pages"})
        if sub.get("marks", 12) > 12:
            self.damage.append({"line": rows[0]["line"], "what": f"{sub['marks']} marks for 12 months"})
        return {"no": letter, "text": plain(text),
                "indicators": [{"no": no and no.rstrip(")"), "text": plain(words), "line": rows[0]["line"]} for no, words in indicators],
                "months": months, "months_certain": certain, "note": sub.get("k", ""), "rows": rows}

    def sub_in_rows(self, front, letter, text, sub):
        rows, indicators, union, certain = [], [], set(), True
        for i, indicator in enumerate(sub["i"], 1):
            months = months_of(indicator["m"])
            sure = self.months_certain(months, indicator)
            sub_text = f"{letter}. {text}" if i == 1 else ""
            rows.append(self.row(front if i == 1 else ["", "", ""], sub_text, f"{i}) {indicator['t']};", self.ticks(months)))
            indicators.append({"no": str(i), "text": plain(indicator["t"]) + ";", "line": rows[-1]["line"], "months": months,
                               "months_certain": sure})
            union.update(months)
            certain = certain and sure
        return {"no": letter, "text": plain(text), "indicators": indicators, "months": sorted(union), "months_certain": certain,
                "note": "", "rows": rows}

    def shared_row(self, front, position, group):
        letters = LETTERS[position:position + len(group)]
        first = group[0]
        text = " ".join(f"{letter}. {sub['t']};" for letter, sub in zip(letters, group))
        indicators = self.numbered(first["i"])
        months = months_of(first["m"])
        row = self.row(front, text, " ".join(f"{no} {words}" for no, words in indicators), self.ticks(months, first.get("marks")))
        self.damage.append({"line": row["line"], "what": f"{first['marks']} marks for 12 months; {len(group)} subs in one cell"})
        gold = [{"no": no.rstrip(")"), "text": plain(words), "line": row["line"], "covers": list(letters)} for no, words in indicators]
        return [{"no": letter, "text": plain(sub["t"]) + ";", "indicators": gold if i == 0 else [], "months": months,
                 "months_certain": self.months_certain(months, first), "note": "", "rows": [row], "shared_row": True}
                for i, (letter, sub) in enumerate(zip(letters, group))]
