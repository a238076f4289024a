#!/usr/bin/env python3
"""Importing what was exported changes nothing: decree > plan > DOCX, XLSX, PDF > the same plan again.

usage: round_trip.py PROGRAM [--night] [--keep FOLDER] [--only WORD] [--list]
Each sample of definitions/samples (at night each real decree beside the project) is imported and fixed, exported twice in each form
(the bytes must be equal), read again and scored against the plan; then it becomes the plan of a second database, whose rows and
decree must be those of the first; of PDF, whose lines are joined by guess, 98 of 100 rows in all that they say. --night: the real ones, and the PDF printed as pictures of 200 dpi, noisy and turned by one degree.
"""
import argparse
import concurrent.futures
import difflib
import itertools
import json
import pathlib
import re
import sqlite3
import subprocess
import sys
import tempfile

sys.dont_write_bytecode = True
import check
import check_paper
import print_decree

ROOT = check.ROOT
WHOLE = {"subs": 1.0, "parents": 1.0, "indicators": 1.0, "months": 1.0}
LEAST = {"docx": WHOLE, "xlsx": WHOLE, "pdf": {key: 0.98 for key in (*WHOLE, "rows")}}
SCANNED = {"subs": 0.92, "months": 0.95}
CHILDREN = ("activities", "subactivities", "indicators")


def units():
    """Code of each office by its name."""
    lines = (ROOT / "definitions/units/units.yaml").read_text(encoding="utf-8")
    return {name: code for code, name in re.findall(r'code: "(\d+)", name: "([^"]+)"', lines)}


class Office:
    """A database with one office that holds the plan."""

    def __init__(self, program, folder, unit, year, owners):
        self.program, self.data, self.unit, self.year = program, folder, unit, str(year)
        self.run("user", "add", "--name", "Sekretaris Tim", "--unit", unit, "--employment", "ppnpn", "--role", "rb_secretary", "--user", "operator")
        with sqlite3.connect(folder / "kpuhub.db") as database:
            number = database.execute("SELECT id FROM unit WHERE code = ?", (unit,)).fetchone()[0]
            for place, owner in enumerate(owners):
                database.execute("INSERT INTO subdivision (unit_id, code, name, short_name, valid_from) VALUES (?, ?, ?, ?, '2020-01-01')",
                                 (number, f"s{place}", owner, owner))
        database.close()

    def run(self, *words):
        answer = subprocess.run([self.program, *map(str, words), "--data", str(self.data)], capture_output=True, text=True, timeout=600)
        if answer.returncode:
            raise RuntimeError(f"{' '.join(map(str, words[:2]))}: {answer.returncode} {answer.stderr[-300:]}")

    def take(self, file):
        self.run("import", file, "--unit", self.unit, "--year", self.year, "--settle", "--fix")

    def export(self, file):
        self.run("export", "--unit", self.unit, "--year", self.year, file)
        return file

    def plan(self, file):
        return json.loads(self.export(file).read_text(encoding="utf-8"))


def months_of(bits):
    return [month for month in range(1, 13) if bits & 1 << (month - 1)]


def gold_of(plan):
    """The plan in the shape of a gold file. What hangs at an activity without sub-activity has no place there and is compared elsewhere,
    as is a row whose text is left open ("…")."""
    def text_of(node):
        return None if node["body"] == "…" else node["body"]

    def sub(node):
        indicators = [{"no": i["number"], "text": text_of(i)} for i in node["children"]]
        return {"no": node["number"], "text": text_of(node), "indicators": indicators, "months": months_of(node["months"]), "months_certain": node["months"] != 0}

    def activity(node):
        return {"no": node["number"], "name": text_of(node), "subactivities": [sub(c) for c in node["children"] if c["level"] == "subactivity"]}

    return {"areas": [{"no": a["area_no"], "name": a["body"], "activities": [activity(c) for c in a["children"]]} for a in plan["areas"]]}


def rows_of(plan):
    """Every row of a plan with all it says, without what belongs to one database or one file. An indicator whose months are those
    of its row says nothing of its own: one mark beside both is how that is printed."""
    found = []

    def walk(node, depth, above=0):
        months = 0 if node["level"] == "indicator" and node["months"] == above else node["months"]
        row = {key: value for key, value in node.items() if key not in ("id", "children", "source", "months", "months_certain")}
        found.append({"depth": depth, **row, "months": months_of(months)})
        for child in node["children"]:
            walk(child, depth + 1, node["months"])

    for area in plan["areas"]:
        walk(area, 0)
    return found


def decree_of(plan, form):
    """What the paper says before its annex; a workbook is only the annex."""
    fields = {key: plan[key] for key in ("title", "number", "decided_on", "place", "signatory_name", "signatory_role")}
    if form != "xlsx":
        texts = json.loads(plan["decree"])
        fields |= {key: texts.get(key) or [] for key in ("considering", "legal_basis", "noting", "dicta")}
    return fields


def side_by_side(one, other):
    """Rows of both plans that are the same row, by level and text; None where one has it and the other has not."""
    keys = [[(row["level"], check.plain(row["body"])) for row in rows] for rows in (one, other)]
    for what, a, b, c, d in difflib.SequenceMatcher(None, *keys, autojunk=False).get_opcodes():
        yield from itertools.zip_longest(one[a:b], other[c:d]) if what == "replace" else zip(one[a:b], other[c:d]) if what == "equal" else (
            [(row, None) for row in one[a:b]] + [(None, row) for row in other[c:d]])


def different(first, second, form):
    """Lines that say what the second plan has otherwise, and the share of rows that are the same in all they say."""
    before, after = decree_of(first, form), decree_of(second, form)
    lines = [f"{key}: {before[key]!r:.300} is {after[key]!r:.300}" for key in before if before[key] != after[key]]
    one, other = rows_of(first), rows_of(second)
    same = 0
    for a, b in side_by_side(one, other):
        if a is None or b is None:
            row = a or b
            lines.append(f"{'lost' if b is None else 'new'}: {row['level']} {row['number']} {row['body'][:60]!r}")
            continue
        parts = [f"{key} {a[key]!r:.200} is {b.get(key)!r:.200}" for key in a if a[key] != b.get(key)]
        same += not parts
        if parts:
            lines.append(f"{a['level']} {a['number']} {a['body'][:40]!r}: " + "; ".join(parts))
    return lines, same / max(1, len(one), len(other))


def short_of(shares, least):
    return [f"{key} {shares[key]:.3f} < {value}" for key, value in least.items() if shares[key] < value]


def scanned(program, gold, pdf, show):
    scan = pdf.with_name(pdf.stem + "-scan.pdf")
    if not scan.exists():
        print_decree.print_scan(pdf, scan, 200, 1, 1.0)
    draft = check.read(program, scan, 900)
    shares = check.figures(gold, draft)
    wrong = check_paper.honest(gold, draft)
    print(f"{scan.stem}: " + " ".join(f"{key}={shares[key]:.3f}" for key in WHOLE) + f" wrong={len(wrong)}", flush=True)
    if show:
        print("\n".join(check_paper.differences(gold, draft)), flush=True)
    return short_of(shares, SCANNED) + [f"wrong month claimed certain: {line}" for line in wrong]


def one(*work):
    """A step that fails is a finding as well."""
    try:
        return there_and_back(*work)
    except (RuntimeError, ValueError, subprocess.TimeoutExpired) as error:
        return [f"{work[1].stem.split('_')[0]}: {error}"]


def there_and_back(program, source, gold_file, folder, night, show):
    about = json.loads(gold_file.read_text(encoding="utf-8"))
    unit, name = units()[about["unit"]], source.stem.split("_")[0]
    folder = folder / name
    folder.mkdir(exist_ok=True)
    draft = check.read(program, source)
    owners = sorted(set(re.findall(r'"owner": ?"([^"]+)"', json.dumps(draft, ensure_ascii=False))))
    office = Office(program, folder / "data", unit, about["year"], owners)
    office.take(source)
    first = office.plan(folder / "first.json")
    gold = gold_of(first)
    short = []
    for form, least in LEAST.items():
        file = office.export(folder / f"{name}.{form}")
        again = check.read(program, file, 300)
        shares = check.figures(gold, again)
        other = Office(program, folder / f"data-{form}", unit, about["year"], owners)
        other.take(file)
        lines, shares["rows"] = different(first, other.plan(folder / f"{form}.json"), form)
        print(f"{name}.{form}: " + " ".join(f"{key}={shares[key]:.3f}" for key in (*WHOLE, "spurious", "rows")) + f" different={len(lines)}", flush=True)
        if show:
            print("\n".join("  " + line for line in lines), flush=True)
        short += [f"{form}: {line}" for line in short_of(shares, least) + (lines[:5] if form != "pdf" else [])]
        if file.read_bytes() != office.export(folder / f"twice.{form}").read_bytes():      # seconds later
            short.append(f"{form}: written twice, other bytes")
    if night:
        short += [f"scan: {line}" for line in scanned(program, gold, folder / f"{name}.pdf", show)]
    return [f"{name}: {line}" for line in short]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--night", action="store_true")
    parser.add_argument("--keep", type=pathlib.Path)
    parser.add_argument("--only", default="")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--decrees", type=pathlib.Path, default=ROOT.parent / "shared/decrees")
    args = parser.parse_args()
    samples = ROOT / "definitions/samples"
    pairs = [(next(f for f in samples.glob(gold.name.split(".")[0] + ".*") if f.suffix != ".json"), gold) for gold in sorted(samples.glob("*.gold.json"))]
    if args.night and args.decrees.is_dir():
        pairs += [(f, args.decrees / "gold" / (f.name.split("_")[0] + ".json")) for f in sorted(args.decrees.glob("*.txt"))]
    pairs = [pair for pair in pairs if args.only in pair[0].name]
    with tempfile.TemporaryDirectory() as own:
        folder = args.keep or pathlib.Path(own)
        folder.mkdir(exist_ok=True)
        with concurrent.futures.ThreadPoolExecutor(1 if args.list else 2) as pool:
            short = [line for lines in pool.map(lambda pair: one(args.program, *pair, folder, args.night, args.list), pairs) for line in lines]
    print("\n".join(short + [f"{len(pairs)} decrees there and back, {len(short)} findings"]))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
