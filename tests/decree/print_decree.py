#!/usr/bin/env python3
"""Prints a decree whose content is known (a gold file) as a PDF, and that as a scan: turned a little, noisy, pale.

usage: print_decree.py GOLD.json OUT.pdf [--look N] [--scan DPI] [--seed N]
Needs WeasyPrint, poppler-utils, python3-pil and python3-numpy. The looks differ in fonts, merged cells, the form of the marks,
the header on each page or only once, paper (F4, A4, upright, on its side), the order of the columns, lines, a lost page.
"""
import argparse
import copy
import html
import json
import pathlib
import random
import subprocess
import tempfile

LETTERS = "abcdefghijklmnopqrstuvwxyz"
COLUMNS = ["no", "area", "activity", "sub", "indicator", "months", "note"]
HEADINGS = {"no": "NO", "area": "AREA PERUBAHAN", "activity": "KEGIATAN", "sub": "SUB KEGIATAN", "indicator": "INDIKATOR KEBERHASILAN", "months": "PELAKSANAAN (BULAN)", "note": "KET"}
CHECK = '<svg width="9" height="9" viewBox="0 0 10 10"><path d="M1 5 L4 9 L9 1" fill="none" stroke="black" stroke-width="1.4"/></svg>'
CROSS = '<svg width="8" height="8" viewBox="0 0 10 10"><path d="M1 1 L9 9 M9 1 L1 9" fill="none" stroke="black" stroke-width="1.4"/></svg>'
DOT = '<svg width="7" height="7" viewBox="0 0 10 10"><circle cx="5" cy="5" r="4"/></svg>'
LOOKS = [
    {"font": "Liberation Serif", "size": 8, "mark": "√", "merge": True, "repeat": True, "rows": False, "numbers": True},
    {"font": "Liberation Sans", "size": 7.5, "mark": CHECK, "merge": True, "repeat": False, "rows": True, "numbers": False},
    {"font": "DejaVu Sans", "size": 7, "mark": CROSS, "merge": False, "repeat": True, "rows": False, "numbers": False},
    {"font": "Liberation Sans Narrow, Liberation Sans", "size": 8, "mark": DOT, "merge": True, "repeat": True, "rows": True, "numbers": True},
    {"font": "Liberation Serif", "size": 8, "mark": "V", "merge": False, "repeat": False, "rows": False, "numbers": True},
    {"font": "Liberation Sans", "size": 8, "mark": "shade", "merge": True, "repeat": True, "rows": False, "numbers": False},
    {"font": "Liberation Serif", "size": 8, "mark": CHECK, "merge": True, "repeat": True, "rows": False, "numbers": True, "turn": True},
    {"font": "DejaVu Serif", "size": 5.5, "mark": "v", "merge": False, "repeat": True, "rows": True, "numbers": False, "paper": "210mm 297mm"},
    {"font": "Liberation Sans", "size": 8, "mark": "x", "merge": True, "repeat": True, "rows": True, "numbers": True, "paper": "297mm 210mm",
     "order": ["no", "area", "activity", "sub", "indicator", "note", "months"]},
    {"font": "DejaVu Sans", "size": 7, "mark": "✓", "merge": False, "repeat": True, "rows": True, "numbers": False, "lines": False},
    {"font": "Liberation Serif", "size": 9, "mark": "X", "merge": True, "repeat": False, "rows": True, "numbers": False, "thin": True},
    {"font": "Liberation Sans", "size": 8, "mark": "V", "merge": True, "repeat": True, "rows": False, "numbers": True, "lose": 4},
]


def printable(gold):
    """What can be printed of it: rows with a text, and all printed months certain."""
    gold = copy.deepcopy(gold)
    for number, area in enumerate(gold["areas"], 1):
        area["no"] = area.get("no") or number
        area["name"] = area.get("name") or f"Area {area['no']}"
        for activity in area["activities"]:
            activity["subactivities"] = [s for s in activity["subactivities"] if s.get("text")]
            for position, sub in enumerate(activity["subactivities"]):
                sub["indicators"] = [i for i in sub.get("indicators") or [] if i.get("text")]
                sub["no"] = sub.get("no") or str(position + 1)
                sub["months_certain"] = bool(sub.get("months"))
        area["activities"] = [a for a in area["activities"] if a["subactivities"]]
    gold["areas"] = [a for a in gold["areas"] if a["activities"]]
    return gold


def add_months(gold, seed=7):
    """Months for a plan that was printed without."""
    rng = random.Random(seed)
    if any(s["months"] for a in gold["areas"] for b in a["activities"] for s in b["subactivities"]):
        return gold
    for area in gold["areas"]:
        for activity in area["activities"]:
            for sub in activity["subactivities"]:
                sub["months"] = sorted(rng.sample(range(1, 13), rng.choice([1, 2, 3, 4, 12])))
                sub["months_certain"] = True
    return gold


def esc(text):
    return html.escape(text or "")


def listing(parts):
    return "<br>".join(parts)


def head(gold):
    unit = gold["unit"].replace("KPU ", "").upper()
    lines = [f'<p class="c"><b>SALINAN</b></p><p class="c">KOMISI PEMILIHAN UMUM<br>{unit}</p>',
             f'<p class="c">KEPUTUSAN KOMISI PEMILIHAN UMUM {unit}<br>NOMOR {esc(gold["number"])}<br>TENTANG<br>{esc(gold["title"])}</p>',
             f'<p class="c">KETUA KOMISI PEMILIHAN UMUM {unit},</p>']

    def part(word, items, mark):
        return "<table class='plain'>" + "".join(
            f"<tr><td class='w'>{word if i == 0 else ''}</td><td>{':' if i == 0 else ''}</td><td>{mark(i)}</td><td>{esc(t)}</td></tr>"
            for i, t in enumerate(items)) + "</table>"

    lines.append(part("Menimbang", gold.get("considering") or [], lambda i: LETTERS[i] + "."))
    lines.append(part("Mengingat", gold.get("legal_basis") or [], lambda i: f"{i + 1}."))
    if gold.get("noting"):
        lines.append(part("Memperhatikan", gold["noting"], lambda i: f"{i + 1}."))
    lines.append(f"<p class='c'>MEMUTUSKAN:</p><table class='plain'><tr><td class='w'>Menetapkan</td><td>:</td><td>{esc(gold.get('decides') or '')}</td></tr>")
    for dictum in gold.get("dicta") or []:
        lines.append(f"<tr><td class='w'>{dictum['no']}</td><td>:</td><td>{esc(dictum['text'])}</td></tr>")
    lines.append(f"</table><div class='sign'>Ditetapkan di {gold['place']}<br>pada tanggal {gold['date_printed']}<br>"
                 f"{gold['signatory']['role']},<br><br>ttd.<br><br>{gold['signatory']['name']}</div>")
    if gold.get("certifier"):
        lines.append(f"<p>Salinan sesuai dengan aslinya<br>{gold['certifier'].get('office') or ''}<br>{gold['certifier']['role']},<br><br><br>"
                     f"{gold['certifier']['name']}</p>")
    return "\n".join(lines)


def marks(sub, look):
    cells = ""
    for month in range(1, 13):
        marked = month in sub["months"]
        if look["mark"] == "shade":
            cells += f"<td class='m{' s' if marked else ''}' ROWS></td>"
        else:
            cells += f"<td class='m' ROWS>{look['mark'] if marked else ''}</td>"
    return cells


def table_rows(gold, look):
    dot = lambda n: f"{n}. " if n else ""
    for area in gold["areas"]:
        groups = []
        for activity in area["activities"]:
            for sub in activity["subactivities"]:
                inds = [dot(i.get("no")) + esc(i["text"]) for i in sub["indicators"]] or [""]
                groups.append((activity, sub, [listing(inds)] if not look["rows"] else inds))
        rows_of_area = sum(len(g[2]) for g in groups)
        for k, (activity, sub, inds) in enumerate(groups):
            first_area, first_activity = k == 0, k == 0 or groups[k - 1][0] is not activity
            rows_of_activity = sum(len(g[2]) for g in groups if g[0] is activity)
            for j, ind in enumerate(inds):
                first = {"no": first_area and j == 0, "area": first_area and j == 0, "activity": first_activity and j == 0, "sub": j == 0, "months": j == 0, "note": j == 0}
                span = {"no": rows_of_area, "area": rows_of_area, "activity": rows_of_activity, "sub": len(inds), "months": len(inds), "note": len(inds)}
                text = {"no": str(area["no"]), "area": esc(area["name"]), "activity": dot(activity.get("no")) + esc(activity.get("name")), "sub": dot(sub["no"]) + esc(sub["text"]),
                        "note": esc(sub.get("note")), "indicator": ind}
                out = ""
                for column in look.get("order", COLUMNS):
                    if column == "months":
                        if first[column] or not look["merge"]:
                            out += marks(sub, look).replace("ROWS", f"rowspan={span[column]}" if look["merge"] else "")
                    elif column == "indicator" or not look["merge"]:
                        out += f"<td>{text[column] if first.get(column, True) else ''}</td>"
                    elif first[column]:
                        out += f"<td rowspan={span[column]}>{text[column]}</td>"
                yield f"<tr>{out}</tr>"


def page(gold, look):
    labels = gold.get("month_labels") or [str(i) for i in range(1, 13)]
    order = look.get("order", COLUMNS)
    header = "<tr>" + "".join(f"<th colspan=12>{HEADINGS[c]}</th>" if c == "months" else f"<th rowspan=2>{HEADINGS[c]}</th>" for c in order) + "</tr><tr>"
    header += "".join(f"<th class='m'>{label}</th>" for label in labels) + "</tr>"
    if look["numbers"]:
        header += "<tr>" + "".join(f"<th{' colspan=12' if c == 'months' else ''}>({i})</th>" for i, c in enumerate(order, 1)) + "</tr>"
    open_head, close_head = ("<thead>", "</thead>") if look["repeat"] else ("", "")
    size = look.get("paper", "330mm 215mm")
    line = "0" if not look.get("lines", True) else "0.25pt" if look.get("thin") else "0.6pt"
    return f"""<html><head><style>
@page {{ size: 215mm 330mm; margin: 20mm }} @page annex {{ size: {size}; margin: 14mm }}
body {{ font-family: {look['font']}; font-size: 11pt }} .c {{ text-align: center }} .sign {{ margin-left: 55%; text-align: center }}
.plain td {{ vertical-align: top; padding: 1pt 3pt }} .w {{ width: 28mm }}
.annex {{ page: annex; break-before: page; font-size: {look['size']}pt }}
.plan {{ border-collapse: collapse; width: 100% }} .plan td, .plan th {{ border: {line} solid black; padding: 1.5pt 2.5pt; vertical-align: top }}
.plan .m {{ text-align: center; width: 6.5mm; padding: 1pt 0 }} .s {{ background: #777 }}
</style></head><body>{head(gold)}<div class="annex"><div class="sign">LAMPIRAN<br>{esc(gold.get('annex_heading') or '')}</div><p class="c">{esc(gold['title'])}</p>
<table class="plan">{open_head}{header}{close_head}{''.join(table_rows(gold, look))}</table>
<div class="sign">Ditetapkan di {gold['place']}<br>pada tanggal {gold['date_printed']}<br>{gold['signatory']['role']},<br>ttd.<br>{gold['signatory']['name']}</div>
</div></body></html>"""


def print_pdf(gold, look, path):
    import weasyprint
    weasyprint.HTML(string=page(gold, look)).write_pdf(str(path))
    if "lose" in look:
        with tempfile.TemporaryDirectory() as folder:
            subprocess.run(["pdfseparate", str(path), f"{folder}/p-%03d.pdf"], check=True)
            parts = sorted(pathlib.Path(folder).glob("p-*.pdf"))
            subprocess.run(["pdfunite", *(str(part) for n, part in enumerate(parts, 1) if n != look["lose"]), str(path)], check=True)


def page_pictures(pdf, dpi):
    """The pages of a PDF in shades of grey."""
    from PIL import Image
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["pdftoppm", "-gray", "-r", str(dpi), str(pdf), f"{folder}/p"], check=True)
        return [Image.open(file).convert("L") for file in sorted(pathlib.Path(folder).glob("p*.pgm"))]


def turned(picture, degrees):
    from PIL import Image
    return picture.rotate(degrees, resample=Image.BICUBIC, fillcolor=255)


def noisy(picture, rng, black, white, strength):
    """The greys of a page as a scanner sees them: black and white less far apart, and unquiet."""
    import numpy
    ink = black + numpy.asarray(picture, dtype=numpy.float32) * ((white - black) / 255)
    ink += rng.normal(0, strength, ink.shape)
    return ink


def picture_of(ink):
    import numpy
    from PIL import Image
    return Image.fromarray(numpy.clip(ink, 0, 255).astype(numpy.uint8))


def save_pictures(pages, path, dpi):
    if str(path).endswith((".tif", ".tiff")):
        form = {"dpi": (dpi, dpi), "compression": "tiff_deflate"}
    else:
        form = {"resolution": dpi, **({} if pages[0].mode == "1" else {"quality": 70})}
    pages[0].save(path, save_all=True, append_images=pages[1:], **form)


def print_scan(pdf, path, dpi=200, seed=1, skew=1.0, turn=False):
    """The pages as pictures of a scanner: turned by up to `skew` degrees, pale, noisy; kept as a PDF of JPEG pictures."""
    import numpy
    from PIL import Image
    rng = numpy.random.default_rng(seed)
    pages = []
    for k, picture in enumerate(page_pictures(pdf, dpi)):
        picture = turned(picture, skew * (1 if k % 2 == 0 else -1))
        if turn and picture.width > picture.height:
            picture = picture.transpose(Image.ROTATE_90)
        ink = noisy(picture, rng, 70, 235, 9)
        ink[rng.random(ink.shape) < 0.0004] = 60
        pages.append(picture_of(ink - numpy.linspace(0, 18, ink.shape[1])[None, :]))
    save_pictures(pages, path, dpi)


def spoilt(picture, fault, rng):
    """A page as a scanner gives it that has this fault."""
    import numpy
    from PIL import Image, ImageDraw, ImageFilter

    def scanned(image, strength=6, light=1.0):
        return picture_of(noisy(image, rng, 40, 240, strength) * light)

    if fault == "bilevel":
        return turned(picture, 0.4).point(lambda value: 255 if value > 150 else 0).convert("1")
    if fault == "border":       # an open lid
        large = Image.new("L", (picture.width + 160, picture.height + 120), 25)
        large.paste(turned(picture, -0.7), (90, 50))
        return scanned(large)
    if fault == "stamp":
        page = scanned(turned(picture, 0.5)).convert("RGB")
        draw = ImageDraw.Draw(page, "RGBA")
        left, top = page.width * 0.62, page.height * 0.55
        for ring in range(6):
            draw.ellipse((left - ring, top - ring, left + 240 + ring, top + 240 + ring), outline=(60, 60, 200, 140))
        draw.line((page.width * 0.55, page.height * 0.7, page.width * 0.85, page.height * 0.62), fill=(40, 40, 60, 200), width=4)
        return page
    if fault == "bent":         # the fold of a book
        ink = numpy.asarray(picture)
        bent = numpy.full_like(ink, 255)
        for x in range(ink.shape[1]):
            bent[:, x] = numpy.roll(ink[:, x], int(round(14 * numpy.sin(numpy.pi * x / ink.shape[1]))))
        return scanned(Image.fromarray(bent))
    if fault == "photo":
        return scanned(picture.transform(picture.size, Image.PERSPECTIVE, (1.02, 0.01, -15, 0.006, 1.015, -10, 6e-6, 8e-6), resample=Image.BICUBIC, fillcolor=255))
    return {"skew": lambda: scanned(turned(picture, 3)), "upside": lambda: scanned(picture.rotate(180)), "coarse": lambda: scanned(turned(picture, 0.6), 5),
            "blurred": lambda: scanned(turned(picture, -0.5).filter(ImageFilter.GaussianBlur(1.3))), "dark": lambda: scanned(turned(picture, 0.3), 8, 0.55)}[fault]()


FAULTS = ["bilevel", "border", "stamp", "bent", "photo", "skew", "upside", "coarse", "blurred", "dark"]


def print_spoilt(pdf, path, fault, seed=5):
    """The pages as pictures with one of FAULTS, 200 dpi (coarse: 150)."""
    import numpy
    rng = numpy.random.default_rng(seed)
    dpi = 150 if fault == "coarse" else 200
    save_pictures([spoilt(picture, fault, rng) for picture in page_pictures(pdf, dpi)], path, dpi)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("out", type=pathlib.Path)
    parser.add_argument("--look", type=int, default=0)
    parser.add_argument("--scan", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    gold = add_months(printable(json.loads(args.gold.read_text(encoding="utf-8"))))
    look = LOOKS[args.look % len(LOOKS)]
    if args.scan:
        with tempfile.NamedTemporaryFile(suffix=".pdf") as pdf:
            print_pdf(gold, look, pdf.name)
            print_scan(pdf.name, args.out, args.scan, args.seed, turn=look.get("turn", False))
    else:
        print_pdf(gold, look, args.out)


if __name__ == "__main__":
    main()
