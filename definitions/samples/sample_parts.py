"""What the three writers share: the source, the decree's fields, the shape of the gold files."""
import html
import os
import re

import yaml

FOLDER = os.path.dirname(os.path.abspath(__file__))
MONTHS = "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember".split()
LETTERS = "abcdefghijklmnopqrstuvwxyz"
MARK = "\u221a"


class Loader(yaml.SafeLoader):
    """YAML 1.2 in one point: "no" is a word and not a false value."""


Loader.yaml_implicit_resolvers = {first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:bool" or first in "tTfF"]
                                  for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()}


def load(path):
    with open(os.path.join(FOLDER, path), encoding="utf-8") as file:
        return yaml.load(file, Loader)


def plain(text):
    """The text without markup, as a reader should give it."""
    return html.unescape(re.sub(r"<[^>]+>", "", text))


def printed_date(date):
    return f"{date.day} {MONTHS[date.month - 1]} {date.year}"


def months_of(text):
    """"all", "3 6", "2-4" as a list of months."""
    if text == "all":
        return list(range(1, 13))
    months = []
    for part in str(text).split():
        first, _, last = part.partition("-")
        months += range(int(first), int(last or first) + 1)
    return months


def subject_line(source):
    return (f"{source['decree']['subject']} DI LINGKUNGAN KOMISI PEMILIHAN UMUM {source['unit']['upper']} "
            f"TAHUN {source['decree']['year']}")


def gold_head(source, name):
    """The decree's fields in the shape that `kpuhub import --format json` prints."""
    decree, unit = source["decree"], source["unit"]
    subject = subject_line(source)
    return {
        "source": name, "unit": unit["name"], "number": decree["number"], "year": decree["year"], "title": subject,
        "plan_title": subject, "copy_label": "SALINAN" if decree.get("certifier") else None, "place": unit["place"],
        "date": decree["date"].isoformat(), "date_printed": printed_date(decree["date"]), "signatory": decree["signatory"],
        "certifier": decree.get("certifier"), "opening": f"KETUA KOMISI PEMILIHAN UMUM {unit['upper']},",
        "considering": decree.get("considering", []), "legal_basis": decree.get("legal_basis", []), "noting": [],
        "decides": f"KEPUTUSAN KOMISI PEMILIHAN UMUM {unit['upper']} TENTANG {subject}.",
        "dicta": decree.get("dicta", []),
        "annex_heading": f"LAMPIRAN KEPUTUSAN KOMISI PEMILIHAN UMUM {unit['upper']} NOMOR {decree['number']} TENTANG {subject}",
    }


def counts(areas):
    activities = [activity for area in areas for activity in area["activities"]]
    subs = [sub for activity in activities for sub in activity["subactivities"]]
    return {
        "areas": len(areas), "activities": len(activities), "subactivities": len(subs),
        "indicators": sum(len(sub["indicators"]) for sub in subs),
        "sub_with_months": sum(bool(sub["months"]) for sub in subs),
        "sub_months_certain": sum(sub["months_certain"] for sub in subs),
        "notes": sum(bool(sub["note"]) for sub in subs),
    }
