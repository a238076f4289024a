#!/usr/bin/env python3
"""Writes units.yaml: the 553 offices of the election commission.

usage: make_units.py PACKAGE_FOLDER > units.yaml
PACKAGE_FOLDER is the unpacked npm package idn-area-data 3.1.2 (`npm pack idn-area-data@3.1.2`).
Its table of areas is under ODbL 1.0 (docs/licences/ODbL-1.0.md), and so is the file written here.
Stops when a province has another number of areas than the official count below.
"""
import csv
import sys

# Keppres 41/1987; the provinces split off since then keep the zone of their parent province.
ZONES = {
    "WIB": "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62",
    "WITA": "51 52 53 63 64 65 71 72 73 74 75 76",
    "WIT": "81 82 91 92 93 94 95 96",
}
# Kabupaten and kota per province: 514 in all.
COUNTS = dict(pair.split(":") for pair in (
    "11:23 12:33 13:19 14:12 15:11 16:17 17:10 18:15 19:7 21:7 31:6 32:27 33:35 34:5 35:38 36:8 51:9 52:10 53:22 "
    "61:14 62:14 63:13 64:10 65:5 71:15 72:13 73:24 74:17 75:6 76:6 81:11 82:10 91:9 92:7 93:4 94:8 95:8 96:6").split())
# Spelling of the areas' founding laws where the table writes them apart.
SPELLED = {
    "Tanjung Balai": "Tanjungbalai", "Padang Sidempuan": "Padangsidimpuan", "Muko Muko": "Mukomuko",
    "Pangkal Pinang": "Pangkalpinang", "Tanjung Pinang": "Tanjungpinang", "Palangkaraya": "Palangka Raya",
    "Toli Toli": "Tolitoli", "Tojo Una Una": "Tojo Una-Una", "Bau Bau": "Baubau", "Fak Fak": "Fakfak",
    "Pangkajene Dan Kepulauan": "Pangkajene dan Kepulauan", "Lubuk Linggau": "Lubuklinggau", "Dki Jakarta": "DKI Jakarta",
}
HEAD = """\
# The 553 offices: KPU RI (00), 38 provinces, 514 kabupaten/kota.
# code    Kemendagri area code without the dot, as in the numbers of KPU papers (15 Jambi, 1571 Kota Jambi); not the BPS code
# name    as the office writes itself; in Aceh the commission is Komisi Independen Pemilihan (UU 11/2006)
# area    name of the area alone; also: other spellings met in papers, for recognition only
# level   national | province | regency | city
# zone    WIB | WITA | WIT
# The tree as read on read_on is used for all years from holds_from on (first plans to be imported: road map 2020-2024);
# provinces 93 to 96 were split off during 2022.
# Written by make_units.py; a change of the table is a new version with its own date, never an edit of an old one.
id: units
version: 1
valid_from: 2022-01-01
holds_from: 2020-01-01
title: {id: Satuan kerja KPU, en: Offices of the election commission}
source: "Kode wilayah Kemendagri menurut npm idn-area-data 3.1.2; zona waktu Keppres 41/1987 (provinsi baru di Papua: dari ingatan)"
read_on: 2026-11-20
licence: ODbL-1.0
attribution: "Contains information from idn-area-data (github.com/fityannugroho/idn-area-data), made available under the Open Database License (ODbL) 1.0"
units:
"""


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def spelled(name):
    name = name.title()
    for found, right in SPELLED.items():
        if name == found or name.endswith(" " + found):
            name = name[:-len(found)] + right
    return name


def line(code, name, area, level, parent, zone, also=()):
    also = [text for text in also if text != name]
    more = ", also: [" + ", ".join(f'"{text}"' for text in also) + "]" if also else ""
    parent = f', parent: "{parent}"' if parent else ""
    return f'  - {{code: "{code}", name: "{name}", area: "{area}", level: {level}{parent}, zone: {zone}{more}}}\n'


def province(row, zone):
    area = spelled(row["name"])
    if row["code"] == "11":
        return line("11", "KIP Aceh", area, "province", "00", zone, ["KIP Provinsi Aceh", "KPU Provinsi Aceh", "KPU Aceh"])
    if row["code"] == "34":
        return line("34", "KPU Daerah Istimewa Yogyakarta", area, "province", "00", zone,
                    ["KPU Provinsi Daerah Istimewa Yogyakarta", "KPU DIY"])
    also = ["KPU Provinsi Daerah Khusus Ibukota Jakarta", "KPU Provinsi Daerah Khusus Jakarta"] if row["code"] == "31" else []
    return line(row["code"], f"KPU Provinsi {area}", area, "province", "00", zone, also)


def regency(row, zone):
    code = row["code"].replace(".", "")
    area = spelled(row["name"])
    level = "city" if area.startswith("Kota ") else "regency"
    body = "KIP" if code.startswith("11") else "KPU"
    also = [f"KPU {area}"]
    for word in ("Kota", "Kabupaten"):
        also.append(f"{body} " + area.replace(f"{word} Administrasi ", f"{word} "))
    printed = row["name"].title()
    if printed.lower() != area.lower():
        also.append(f"{body} {printed}")
    return line(code, f"{body} {area}", area, level, code[:2], zone, dict.fromkeys(also))


def main():
    folder = sys.argv[1] + "/data/"
    zone_of = {code: zone for zone, codes in ZONES.items() for code in codes.split()}
    provinces = sorted(rows(folder + "provinces.csv"), key=lambda row: row["code"])
    regencies = sorted(rows(folder + "regencies.csv"), key=lambda row: row["code"])
    for code, count in COUNTS.items():
        found = sum(row["province_code"] == code for row in regencies)
        if found != int(count):
            sys.exit(f"province {code}: {found} areas, {count} expected")
    if {row["code"] for row in provinces} != set(COUNTS) or len(regencies) != 514:
        sys.exit("not 38 provinces and 514 areas")
    out = HEAD + line("00", "KPU RI", "Republik Indonesia", "national", "", "WIB",
                      ["KPU Republik Indonesia", "Komisi Pemilihan Umum Republik Indonesia"])
    out += "".join(province(row, zone_of[row["code"]]) for row in provinces)
    out += "".join(regency(row, zone_of[row["province_code"]]) for row in regencies)
    sys.stdout.write(out)


if __name__ == "__main__":
    main()
