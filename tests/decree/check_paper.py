#!/usr/bin/env python3
"""Prints decrees whose content is known as PDF and as scans, reads them with `kpuhub import --dry-run` and asserts what is found.

usage: check_paper.py PROGRAM [--night] [--keep FOLDER] [--only WORD] [--list]
Short: one text PDF per form of marks and three scans. --night: every sample in every look, as text and as scan, with each fault of scanners, and the real decrees
where they are present beside the project.
"""
import argparse
import concurrent.futures
import json
import pathlib
import sys
import tempfile

sys.dont_write_bytecode = True
import check
import print_decree

ROOT = check.ROOT
DRAWN = {"subs": 0.98, "parents": 0.98, "indicators": 0.98, "months": 0.98}
SCANNED = {"subs": 0.92, "parents": 0.92, "months": 0.95}


def honest(gold, draft):
    """Rows whose months were read wrong and claimed certain."""
    wrong = []
    for (_, _, sub), best in check.pairs(gold, draft)[0]:
        if best is not None and best[2].get("months_certain") and sorted(best[2]["months"]) != sorted(sub["months"]):
            wrong.append(f"{check.plain(sub['text'])[:50]}: {sub['months']} read as {best[2]['months']}")
    return wrong


def differences(gold, draft):
    matched, free = check.pairs(gold, draft)
    for (area, activity, sub), best in matched:
        if best is None:
            yield f"  sub missing: {sub['text'][:90]}"
            continue
        if best[0].get("no") != area.get("no"):
            yield f"  area {area.get('no')} is {best[0].get('no')}: {sub['text'][:60]}"
        if activity.get("name") and not check.close(check.plain(activity["name"]), check.plain(best[1].get("name")), 0.85):
            yield f"  activity {activity['name'][:50]} is {str(best[1].get('name'))[:70]}"
        got = [check.plain(i.get("text")) for i in best[2].get("indicators") or []]
        for i in sub["indicators"]:
            if not any(check.close(check.plain(i["text"]), other) for other in got):
                yield f"  indicator missing: {i['text'][:70]} got {[g[:60] for g in got]}"
        if sorted(sub["months"]) != sorted(best[2]["months"]) or not best[2]["months_certain"]:
            yield f"  months {sub['months']} read {best[2]['months']} certain {best[2]['months_certain']}: {sub['text'][:50]}"
    for area, activity, sub in free:
        yield f"  spurious: {sub['text'][:90]}"


def one(program, gold_file, look, scan, folder, show):
    gold = print_decree.add_months(print_decree.printable(json.loads(gold_file.read_text(encoding="utf-8"))))
    kind = scan if scan in print_decree.FAULTS else f"scan{scan}" if scan else "text"
    name = f"{gold_file.name.split('.')[0]}-{look}-{kind}"
    path = folder / f"{name}.pdf"
    style = print_decree.LOOKS[look]
    if not path.exists():
        if scan:
            text = folder / f"{name}-text.pdf"
            print_decree.print_pdf(gold, style, text)
            if scan in print_decree.FAULTS:
                print_decree.print_spoilt(text, path, scan)
            else:
                print_decree.print_scan(text, path, scan, look, turn=style.get("turn", False))
        else:
            print_decree.print_pdf(gold, style, path)
    try:
        draft = check.read(program, path, 900)
    except (RuntimeError, ValueError, check.subprocess.TimeoutExpired) as error:
        return [f"{name}: {error}"]
    shares = check.figures(gold, draft)
    wrong = honest(gold, draft)
    least = {} if "lose" in style else SCANNED if scan else DRAWN      # what stood on a lost page is not there
    short = [f"{key} {shares[key]:.3f} < {value}" for key, value in least.items() if shares[key] < value]
    short += [f"wrong month claimed certain: {line}" for line in wrong]
    figures = " ".join(f"{k}={shares[k]:.3f}" for k in ("decree", "subs", "parents", "indicators", "months", "spurious"))
    print(f"{name}: {figures} wrong={len(wrong)}", flush=True)
    if show:
        print("\n".join(differences(gold, draft)), flush=True)
    return [f"{name}: " + "; ".join(short)] if short else []


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
    kota, kabupaten, provinsi = (samples / f"{name}.gold.json" for name in ("kota", "kabupaten", "provinsi"))
    looks = range(len(print_decree.LOOKS))
    if args.night:
        tasks = [(gold, look, scan) for gold in (kota, kabupaten, provinsi) for look in looks for scan in (0, 200)]
        tasks += [(kabupaten, 0, fault) for fault in print_decree.FAULTS]
        if args.decrees.is_dir():
            tasks += [(gold, look, scan) for gold in sorted((args.decrees / "gold").glob("*.json")) for look in (0, 1) for scan in (0, 200)]
    else:
        tasks = [(kota, 0, 0), (kabupaten, 1, 0), (provinsi, 3, 0), (kabupaten, 6, 200), (kabupaten, 0, "bent"), (kabupaten, 0, "border")]
    with tempfile.TemporaryDirectory() as own:
        folder = args.keep or pathlib.Path(own)
        folder.mkdir(exist_ok=True)
        tasks = [t for t in tasks if args.only in f"{t[0].name.split('.')[0]}-{t[1]}-{'scan' if t[2] else 'text'}"]
        with concurrent.futures.ThreadPoolExecutor(1 if args.list else 2) as pool:
            short = [line for lines in pool.map(lambda t: one(args.program, *t, folder, args.list), tasks) for line in lines]
    print("\n".join(short + [f"{len(tasks)} printed decrees, {len(short)} fall short"]))
    return 1 if short else 0


if __name__ == "__main__":
    sys.exit(main())
