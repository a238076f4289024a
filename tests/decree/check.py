#!/usr/bin/env python3
"""Runs `kpuhub import --dry-run` on decrees whose content is known and asserts what must be found.

usage: check.py PROGRAM [--count N] [--decrees FOLDER]
Generated plans (generate.py), the samples of definitions/samples, and the real decrees of FOLDER where it is present
(a folder with *.txt, gold/NNN.json and, maybe, score.py). Prints what falls short; exit code 1 then.
"""
import argparse
import concurrent.futures
import difflib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

from office_forms import gold_form

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent.parent
LEAST = {"decree": 0.9, "subs": 0.97, "parents": 0.97, "indicators": 0.95, "months": 1.0, "honest": 1.0}
LEAST_LINEAR = LEAST | {"subs": 0.90, "indicators": 0.85}
MOST_SPURIOUS = 0.03


def plain(text):
    return re.sub(r"\s+", " ", re.sub(r"[^0-9a-z%&/ ]+", " ", re.sub(r"<[^>]+>", " ", (text or "").lower()))).strip()


def close(a, b, least=0.9):
    return a == b or (bool(a) and bool(b) and difflib.SequenceMatcher(None, a, b, autojunk=False).ratio() >= least)


def subs(plan):
    for area in plan.get("areas") or []:
        for activity in area["activities"]:
            for sub in activity["subactivities"]:
                if sub.get("text"):
                    yield area, activity, sub


def context(area, activity, sub):
    """All that stands around the text of a sub-activity: tells two of nearly one text apart."""
    return plain(" ".join([activity.get("name") or ""] + [i.get("text") or "" for i in sub.get("indicators") or []]))


def ratio(a, b):
    return 1.0 if a == b else difflib.SequenceMatcher(None, a, b, autojunk=False).ratio()


def pairs(gold, draft):
    """Each sub-activity of the gold with the one of the draft that it was read as, or none; the same sub is given once. A plan may have
    the same text twice ("a." and "b."): then what stands around it and its number tell which is which."""
    free = list(subs(draft))
    found = []
    for triple in subs(gold):
        text = plain(triple[2]["text"])
        candidates = [c for c in free if close(text, plain(c[2]["text"]))]
        if not candidates:
            found.append((triple, None))
            continue
        best = candidates[0]
        if len(candidates) > 1:
            around = context(*triple)
            likeness = lambda c: ratio(text, plain(c[2]["text"])) + 0.3 * ratio(around, context(*c)) + 0.05 * (c[0].get("no") == triple[0].get("no"))
            best = max(candidates, key=lambda c: likeness(c) + 0.15 * (c[2].get("no") == triple[2].get("no")))
        free.remove(best)
        found.append((triple, best))
    return found, free


def figures(gold, draft):
    found = {key: [0, 0] for key in ("subs", "parents", "indicators", "months", "honest")}

    def count(key, right):
        found[key][0] += bool(right)
        found[key][1] += 1

    matched, free = pairs(gold, draft)
    total = len(list(subs(draft)))
    for (area, activity, sub), best in matched:
        count("subs", best)
        wanted = [plain(i["text"]) for i in sub.get("indicators") or [] if i.get("text")]
        if best is None:
            for _ in wanted:
                count("indicators", False)
            continue
        name = plain(activity.get("name"))
        count("parents", area.get("no") in (None, best[0].get("no")) and (not name or close(name, plain(best[1].get("name")), 0.85)))
        got = [plain(i.get("text")) for i in best[2].get("indicators") or []]
        for text in wanted:
            count("indicators", any(close(text, other) for other in got))
        if sub.get("months_certain"):
            count("months", best[2].get("months_certain") and sorted(sub["months"]) == sorted(best[2]["months"]))
        else:
            count("honest", best[2].get("months_certain") is False)
    shares = {key: right / of if of else 1.0 for key, (right, of) in found.items()}
    shares["spurious"] = len(free) / max(1, total)
    fields = [plain(str(gold.get(k))) == plain(str(draft.get(k))) for k in ("number", "year", "unit", "title", "place", "date")]
    fields += [plain((gold.get(k) or {}).get("name")) == plain((draft.get(k) or {}).get("name")) for k in ("signatory", "certifier")]
    fields += [len(gold.get(k) or []) == len(draft.get(k) or []) for k in ("considering", "legal_basis", "dicta")]
    shares["decree"] = sum(fields) / len(fields)
    return shares


def read(program, file, seconds=120):
    run = subprocess.run([program, "import", "--dry-run", "--format", "json", str(file)], capture_output=True, timeout=seconds)
    if run.returncode != 0:
        raise RuntimeError(f"exit code {run.returncode}: {run.stderr.decode(errors='replace')[:200]}")
    return json.loads(run.stdout)


def check(program, file, gold_file):
    gold = json.loads(gold_file.read_text(encoding="utf-8"))
    try:
        draft = read(program, file)
        shares = figures(gold, draft)
        written = json.dumps(draft, ensure_ascii=False)
    except (RuntimeError, ValueError, subprocess.TimeoutExpired) as error:
        return [f"{file.name}: {error}"]
    lost = [text for text in gold.get("kept", []) if json.dumps(text, ensure_ascii=False)[1:-1] not in written]
    marked = any(sub.get("months") for _, _, sub in subs(gold))
    least = dict(LEAST if marked else LEAST_LINEAR)
    if gold.get("exact"):
        del least["decree"]     # only the annex was written
    short = [f"{key} {shares[key]:.3f} < {value}" for key, value in least.items() if shares[key] < value]
    if shares["spurious"] > MOST_SPURIOUS:
        short.append(f"spurious {shares['spurious']:.3f}")
    if lost:
        short.append(f"{len(lost)} texts of other columns lost, such as {lost[0]!r}")
    if gold.get("exact"):
        short += [f"{key} {shares[key]:.3f} < 1" for key in ("subs", "parents", "indicators", "months") if shares[key] < 1]
    return [f"{file.name}: " + ", ".join(short)] if short else []


def official(program, folder):
    """The score that comes with the real decrees, when it is there."""
    score = folder / "score.py"
    for gold in sorted((folder / "gold").glob("*.json")) if score.exists() else []:
        for file in folder.glob(gold.stem + "_*.txt"):
            with tempfile.NamedTemporaryFile("w", suffix=".json") as draft:
                json.dump(read(program, file), draft)
                draft.flush()
                line = subprocess.run([sys.executable, str(score), str(gold), draft.name, "--source", str(file)], capture_output=True, text=True).stdout
            got = dict((k, float(v)) for k, v in re.findall(r"(\w+)=([\d.]+)", line))
            for key, value in {"accounted": 1.0, "named": 0.9, "used": 0.95}.items():
                if got.get(key, 0) < value:
                    yield f"{file.name}: {key} {got.get(key)} < {value}"


def as_office_files(folder, golds):
    """Each gold file written as DOCX and XLSX: what is read again must be all of it."""
    for gold_file in golds:
        for form in ("docx", "xlsx"):
            gold = json.loads(gold_file.read_text(encoding="utf-8"))
            name = gold_file.name.split(".")[0]
            file = folder / f"again-{name}.{form}"
            gold_form(gold, str(file))
            again = folder / f"again-{name}-{form}.json"
            again.write_text(json.dumps({"areas": gold["areas"], "exact": True}), encoding="utf-8")
            yield file, again


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--decrees", type=pathlib.Path, default=ROOT.parent / "shared/decrees")
    args = parser.parse_args()
    samples = ROOT / "definitions/samples"
    pairs = [(f, samples / (f.stem + ".gold.json")) for f in sorted(samples.glob("*.txt")) + sorted(samples.glob("*.xlsx"))]
    if args.decrees.is_dir():
        pairs += [(f, args.decrees / "gold" / (f.name.split("_")[0] + ".json")) for f in sorted(args.decrees.glob("*.txt"))]
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([sys.executable, str(HERE / "generate.py"), folder, str(args.count)], check=True)
        for gold in sorted(pathlib.Path(folder).glob("*.gold.json")):
            stem = gold.name[: -len(".gold.json")]
            pairs.append((next(f for f in pathlib.Path(folder).glob(stem + ".*") if f.suffix != ".json"), gold))
        pairs = [pair for pair in pairs if pair[1].exists()]
        pairs += list(as_office_files(pathlib.Path(folder), sorted(samples.glob("*.gold.json")) + sorted((args.decrees / "gold").glob("*.json"))))
        with concurrent.futures.ThreadPoolExecutor(2) as pool:
            short = [line for lines in pool.map(lambda pair: check(args.program, *pair), pairs) for line in lines]
    if args.decrees.is_dir():
        short += official(args.program, args.decrees)
    print("\n".join(short + [f"{len(pairs)} decrees, {len(short)} fall short"]))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
