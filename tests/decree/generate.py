#!/usr/bin/env python3
"""Writes random action plans (seeded) as a reader may meet them, each with what it should find.

usage: generate.py FOLDER [COUNT] [FIRST_SEED]
Forms in turn: ocr (tab-separated text with Markdown and HTML remnants), csv, linear (text of a PDF without columns), docx, xlsx.
plan-N.txt, .csv, .docx or .xlsx and plan-N.gold.json ("kept": texts of other columns that must not get lost); months_certain is false where the damage leaves no certainty.
"""
import csv
import io
import json
import os
import random
import sys

from office_forms import office_form

AREAS = ["Manajemen Perubahan", "Penataan Peraturan Perundang-undangan/Deregulasi Kebijakan", "Penataan Organisasi/Kelembagaan",
         "Penataan Tata Laksana", "Penguatan Sistem Manajemen SDM ASN", "Penguatan Akuntabilitas Kinerja", "Penguatan Pengawasan",
         "Peningkatan Kualitas Pelayanan Publik"]
VERBS = ["Menyusun", "Menetapkan", "Mengevaluasi", "Melaporkan", "Mengelola", "Memutakhirkan", "Menyelaraskan", "Memantau"]
THINGS = ["rencana kerja tahunan", "daftar risiko satuan kerja", "peta proses bisnis", "standar pelayanan informasi", "daftar arsip aktif",
          "laporan kinerja pegawai", "data kepegawaian", "naskah kerja sama", "jadwal sosialisasi", "instrumen penilaian mandiri",
          "maklumat pelayanan", "hasil survei kepuasan", "unit pengendalian gratifikasi", "laman informasi publik"]
TAILS = ["di lingkungan satuan kerja", "bersama seluruh bagian", "secara berkala dan terdokumentasi", "sesuai pedoman yang berlaku",
         "untuk seluruh pegawai", "pada setiap subbagian"]
PROOFS = ["Tersedianya dokumen", "Jumlah", "Persentase penyelesaian", "Adanya laporan", "Terlaksananya penyusunan", "Indeks mutu"]
LABELS = [["JAN", "FEB", "MAR", "APR", "MEI", "JUN", "JUL", "AGT", "SEPT", "OKT", "NOV", "DES"], [str(i) for i in range(1, 13)],
          ["Jan", "Feb", "Maret", "April", "Mei", "Juni", "Juli", "Agt", "Sept", "Okt", "Nov", "Des"]]


def sentence(rng, seen):
    while True:
        text = f"{rng.choice(VERBS)} {rng.choice(THINGS)} {rng.choice(TAILS)}"
        if text not in seen:
            seen.add(text)
            return text


def months(rng):
    pick = rng.randrange(5)
    if pick == 0:
        return list(range(1, 13))
    if pick == 1:
        start = rng.randint(1, 10)
        return list(range(start, start + rng.randint(1, 3)))
    if pick == 2:
        return [3, 6, 9, 12]
    return sorted(rng.sample(range(1, 13), rng.randint(1, 4)))


def plan(rng):
    seen, areas = set(), []
    for number in sorted(rng.sample(range(1, 9), rng.randint(3, 8))):
        activities = []
        for a in range(rng.randint(1, 4)):
            subs = []
            for s in range(rng.randint(1, 5)):
                thing = sentence(rng, seen)
                inds = [f"{rng.choice(PROOFS)} {thing.split(' ', 1)[1]} tahap {i + 1}" for i in range(rng.randint(1, 3))]
                subs.append({"no": str(s + 1), "text": thing + ";", "months": months(rng), "months_certain": True, "note": "",
                             "indicators": [{"no": str(i + 1) if len(inds) > 1 else None, "text": t + ";"} for i, t in enumerate(inds)]})
            activities.append({"no": str(a + 1), "name": sentence(rng, seen) + ";", "subactivities": subs})
        areas.append({"no": number, "name": AREAS[number - 1], "activities": activities})
    return areas


def head(rng, number, unit, year):
    lines = ["KOMISI PEMILIHAN UMUM", unit.upper(), "", f"KEPUTUSAN KOMISI PEMILIHAN UMUM {unit.upper()}", f"NOMOR {number} TAHUN {year}", "TENTANG",
             "RENCANA AKSI REFORMASI BIROKRASI", f"DI LINGKUNGAN KOMISI PEMILIHAN UMUM {unit.upper()}", f"TAHUN {year}", "",
             f"KETUA KOMISI PEMILIHAN UMUM {unit.upper()},", "",
             "Menimbang : a. bahwa reformasi birokrasi perlu direncanakan;", "b. bahwa rencana itu perlu ditetapkan dengan Keputusan;",
             "Mengingat : 1. Undang-Undang Nomor 7 Tahun 2017 tentang Pemilihan Umum;", "2. Peraturan Presiden Nomor 81 Tahun 2010;", "",
             "MEMUTUSKAN :", f"Menetapkan : KEPUTUSAN KOMISI PEMILIHAN UMUM {unit.upper()} TENTANG RENCANA AKSI.",
             "KESATU : Menetapkan rencana aksi dalam Lampiran.", "KEDUA : Keputusan ini mulai berlaku pada tanggal ditetapkan.", "",
             f"Ditetapkan di {unit.split()[-1]}", f"pada tanggal 5 Februari {year}", f"KETUA KOMISI PEMILIHAN UMUM {unit.upper()},", "ttd.", "", "SITI RAHAYU", "",
             "Salinan sesuai dengan aslinya", "SEKRETARIAT KOMISI PEMILIHAN UMUM", unit.upper(), "Sekretaris,", "", "Budi Hartono", ""]
    gold = {"unit": f"KPU {unit}", "number": f"{number} TAHUN {year}", "year": year,
            "title": f"RENCANA AKSI REFORMASI BIROKRASI DI LINGKUNGAN KOMISI PEMILIHAN UMUM {unit.upper()} TAHUN {year}", "place": unit.split()[-1],
            "date": f"{year}-02-05", "signatory": {"name": "SITI RAHAYU"}, "certifier": {"name": "Budi Hartono"},
            "considering": ["a", "b"], "legal_basis": ["1", "2"], "dicta": ["KESATU", "KEDUA"]}
    return lines, gold


def rows_of(areas, dot, roman, joined):
    """Table rows as (number, area, activity, sub, indicators, months, sub)."""
    romans = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII"]
    for area in areas:
        first_area = True
        for activity in area["activities"]:
            first_activity = True
            for sub in activity["subactivities"]:
                inds = [(i["no"] + dot if i["no"] else "") + i["text"] for i in sub["indicators"]]
                cells = [romans[area["no"] - 1] if roman else str(area["no"]), area["name"]] if first_area else ["", ""]
                cells += [activity["no"] + dot + activity["name"] if first_activity else "", sub["no"] + dot + sub["text"]]
                yield cells + [" ".join(inds) if joined else inds[0]], sub
                for more in [] if joined else inds[1:]:
                    yield ["", "", "", "", more], None
                first_area = first_activity = False


def ocr(rng, areas, lines):
    dot, roman, joined, note = rng.choice([". ", " "]), rng.random() < 0.3, rng.random() < 0.6, rng.random() < 0.5
    labels, area_head = rng.choice(LABELS), rng.choice(["AREA PERUBAHAN", "PROGRAM KEGIATAN"])
    left, extra = 0, 0
    for cells, sub in rows_of(areas, dot, roman, joined):
        if left == 0:
            left, extra = rng.randint(6, 14), 0 if note else rng.choice([0, 0, 3, 4, 6])
            lines += ["", "\t".join(["NO", area_head, "KEGIATAN", "SUB KEGIATAN", "INDIKATOR KEBERHASILAN", "PELAKSANAAN (BULAN)"] + [""] * (11 + extra) + (["KET"] if note else [])),
                      "\t".join([""] * 5 + labels + [""] * extra + ([""] if note else []))]
            if rng.random() < 0.5:
                lines.append("\t".join([f"({i})" for i in range(1, 7)] + [""] * (11 + extra) + ([""] if note else [])))
        left -= 1
        marks = sub["months"] if sub else []
        if sub and extra:
            if len(marks) == 12:
                marks = list(range(1, 13 + extra))
                sub["months_certain"] = False
            else:
                sub["months_certain"] = len(marks) <= 3 and marks == list(range(1, len(marks) + 1))
        text = [c.replace("pegawai", "<i>pegawai</i>") if rng.random() < 0.1 else c.replace("hasil", "*hasil*") if rng.random() < 0.1 else c for c in cells]
        lines.append("\t".join(text + ["√" if i + 1 in marks else "" for i in range(12 + extra)] + ([""] if note else [])))
    return "\n".join(lines + ["", "Ditetapkan di " + "x", ""]).replace("Ditetapkan di x\n", "")


def as_csv(rng, areas, lines):
    out = io.StringIO()
    writer = csv.writer(out, delimiter=rng.choice([",", ";"]), lineterminator="\r\n")
    for line in lines:
        if line:
            writer.writerow([line])
    writer.writerow(["No", rng.choice(["Area Perubahan", "Program"]), "Kegiatan", "Sub Kegiatan", "Indikator Keberhasilan"] + rng.choice(LABELS) + ["Keterangan"])
    mark = rng.choice(["v", "x", "√", "V"])
    for cells, sub in rows_of(areas, rng.choice([". ", " "]), False, rng.random() < 0.5):
        marks = sub["months"] if sub else []
        writer.writerow(cells + [mark if i in marks else "" for i in range(1, 13)] + [""])
    return out.getvalue()


def wrap(text, width):
    lines, line = [], ""
    for word in text.split():
        if line and len(line) + 1 + len(word) > width:
            lines.append(line + " ")
            line = ""
        line += (" " if line else "") + word
    return lines + [line]


def linear(rng, areas, lines):
    month_line = " ".join(LABELS[2])
    page = 0
    for area in areas:
        for activity in area["activities"]:
            activity["name"] = " ".join(activity["name"].strip(";").split()[1:4]).title()
            activity["no"] = None
            if page % 3 == 0 or activity is area["activities"][0]:
                lines += [" " + month_line, "1 2 3 5 7", "", "KETSUB KEGIATAN", "", "4 6", "", "PELAKSANAAN (BULAN)", "NO.", "", "AREA ", "", "PERUBAHAN", "KEGIATAN INDIKATOR KEBERHASILAN", ""]
            page += 1
            cells = []
            if activity is area["activities"][0]:
                cells.append(wrap(f"{area['no']} {area['name']}", 15))
            cells.append(wrap(activity["name"], 16))
            for i, sub in enumerate(activity["subactivities"]):
                sub.update(no="abcdefgh"[i], months=[], months_certain=False, indicators=sub["indicators"][:1])
                sub["indicators"][0]["no"] = None
                cells.append(wrap(f"{sub['no']}. {sub['text']}", 36))
                cells.append(wrap(sub["indicators"][0]["text"], 36))
            for cell in cells:
                for line in cell:
                    lines += [line, ""]
    return "\n".join(lines)


def main():
    folder, count, first = sys.argv[1], int((sys.argv + ["", "", "200"])[2] or 200) if len(sys.argv) > 2 else 200, int(sys.argv[3]) if len(sys.argv) > 3 else 1
    os.makedirs(folder, exist_ok=True)
    for seed in range(first, first + count):
        rng = random.Random(seed)
        areas = plan(rng)
        lines, gold = head(rng, seed, rng.choice(["Kabupaten Contoh", "Kota Umpama", "Provinsi Misal"]), rng.randint(2021, 2027))
        form = ("ocr", "csv", "linear", "docx", "xlsx")[seed % 5]
        if form in ("docx", "xlsx"):
            gold["kept"] = office_form(rng, areas, lines, os.path.join(folder, f"plan-{seed}.{form}"))
        else:
            text = {"ocr": ocr, "csv": as_csv, "linear": linear}[form](rng, areas, lines)
            with open(os.path.join(folder, f"plan-{seed}.{'csv' if form == 'csv' else 'txt'}"), "w", encoding="utf-8", newline="") as file:
                file.write(text)
        gold["areas"] = areas
        with open(os.path.join(folder, f"plan-{seed}.gold.json"), "w", encoding="utf-8") as file:
            json.dump(gold, file, ensure_ascii=False, indent=1)


if __name__ == "__main__":
    main()
