"""The decree as a PDF gives it: one line after the other, no months, merged cells at the end of each page."""
import textwrap

from sample_parts import LETTERS, counts, gold_head, printed_date, subject_line

PAGE_WIDTH, CELL_WIDTH, NAME_WIDTH = 62, 36, 16
MONTHS_LINE = " Jan Feb Maret April Mei Juni Juli Agt Sept Okt Nov Des"


class LinearText:
    def __init__(self, source):
        self.source = source
        self.lines = []

    def write(self):
        self.decree()
        self.annex_heading()
        areas = [self.area(number, area) for number, area in enumerate(self.source["areas"], 1)]
        gold = gold_head(self.source, "provinsi.txt")
        gold["copy_label"] = None
        gold["columns"] = ["NO.", "AREA PERUBAHAN", "KEGIATAN", "SUB KEGIATAN", "INDIKATOR KEBERHASILAN", "PELAKSANAAN (BULAN)", "KET"]
        gold["month_labels"] = MONTHS_LINE.split()
        gold.update(areas=areas, damage=[], counts=counts(areas), missing=[
            {"what": "no months and no KET text; no closing place, date and signature"}])
        return "\n".join(self.lines) + "\n", gold

    def wrapped(self, text, width):
        """One cell or paragraph: each line followed by an empty one; all but the last end with a space."""
        lines = textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
        first = len(self.lines) + 1
        for i, line in enumerate(lines):
            self.lines += [line + (" " if i + 1 < len(lines) else ""), ""]
        return [first, len(self.lines) - 1]

    def decree(self):
        decree, unit = self.source["decree"], self.source["unit"]
        for line in ("KOMISI PEMILIHAN UMUM", unit["upper"], "", f"KEPUTUSAN KOMISI PEMILIHAN UMUM {unit['upper']}",
                     f"NOMOR {decree['number']}", "TENTANG", decree["subject"],
                     f"DI LINGKUNGAN KOMISI PEMILIHAN UMUM {unit['upper']}", f"TAHUN {decree['year']}", "",
                     f"KETUA KOMISI PEMILIHAN UMUM {unit['upper']},", ""):
            self.lines += [line + " ", ""]
        for i, text in enumerate(decree["considering"]):
            self.wrapped(f"{'Menimbang  :  ' if not i else '  '}{LETTERS[i]}. {text}", PAGE_WIDTH)
        for i, text in enumerate(decree["legal_basis"], 1):
            self.wrapped(f"{'Mengingat  :  ' if i == 1 else '  '}{i}. {text}", PAGE_WIDTH)
        self.lines += ["MEMUTUSKAN : ", ""]
        self.wrapped(f"Menetapkan : KEPUTUSAN KOMISI PEMILIHAN UMUM {unit['upper']} TENTANG {subject_line(self.source)}.", PAGE_WIDTH)
        for dictum in decree["dicta"]:
            self.wrapped(f"{dictum['no']}  :  {dictum['text']}", PAGE_WIDTH)
        for line in ("", f" Ditetapkan di {unit['place']} ", "", f"Pada Tanggal {printed_date(decree['date'])} ", "",
                     "KETUA KOMISI PEMILIHAN UMUM ", "", f"{unit['upper']}, ", "", "ttd. ", "", decree["signatory"]["name"] + " ", "",
                     " Salinan sesuai dengan aslinya ", "", "SEKRETARIAT KOMISI PEMILIHAN UMUM ", "", f"{unit['upper']} ", "",
                     f"{decree['certifier']['role']}, ", "", decree["certifier"]["name"] + " ", "", ""):
            self.lines.append(line)

    def annex_heading(self):
        decree, unit = self.source["decree"], self.source["unit"]
        self.lines += ["          LAMPIRAN ", "", "KEPUTUSAN KOMISI PEMILIHAN UMUM", "", f"{unit['upper']} ", "",
                       f"NOMOR {decree['number']}", "", f"TENTANG {decree['subject']}", "",
                       f"DI LINGKUNGAN KOMISI PEMILIHAN UMUM {unit['upper']}", "", f"TAHUN {decree['year']}", ""]

    def page_header(self, first):
        self.lines += [MONTHS_LINE[1:] if first else MONTHS_LINE, "1 2 3 5 7", "", "KETSUB KEGIATAN", "", "4 6", ""]
        if first:
            self.wrapped(subject_line(self.source), PAGE_WIDTH)
        self.lines += ["PELAKSANAAN (BULAN)", "NO.", "", "AREA ", "", "PERUBAHAN", "KEGIATAN INDIKATOR KEBERHASILAN", ""]

    def area(self, number, area):
        pages = [[]]
        for activity in area["activities"]:
            if activity.get("page") and pages[-1]:
                pages.append([])
            pages[-1].append(activity)
        gold = []
        for page in pages:
            self.page_header(first=number == 1 and page is pages[0])
            gold += self.page(number, area["name"], page)
        return {"no": number, "no_printed": str(number), "name": area["name"], "activities": gold}

    def page(self, number, area_name, activities):
        gold, merged = [], []
        for activity in activities:
            name_lines = self.wrapped(activity["name"], NAME_WIDTH)
            subs = []
            for letter, sub in zip(LETTERS, activity["subs"]):
                lines = self.wrapped(f"{letter}. {sub[0]};", CELL_WIDTH)
                own = []
                if len(sub) > 1:
                    own = [{"no": None, "text": sub[1], "lines": self.wrapped(sub[1], CELL_WIDTH)}]
                subs.append({"no": letter, "text": sub[0] + ";", "indicators": own, "months": [], "months_certain": False, "note": "",
                             "lines": lines})
            merged.append((subs, activity.get("shared", [])))
            gold.append({"no": None, "name": activity["name"], "subactivities": subs, "lines": name_lines})
        self.wrapped(f"{number} {area_name}".replace("/", "/ "), NAME_WIDTH)
        for subs, shared in merged:
            dash = "- " if len(shared) > 1 else ""
            for i, text in enumerate(shared):
                text = text.rstrip(".") + ("." if i + 1 == len(shared) else ";")
                subs[0]["indicators"].append({"no": "-" if dash else None, "text": text, "covers": [sub["no"] for sub in subs],
                                              "lines": self.wrapped(dash + text, CELL_WIDTH)})
        return gold
