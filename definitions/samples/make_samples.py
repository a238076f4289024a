#!/usr/bin/env python3
"""Writes the sample decrees and, from the same source, what a reader should find in them.

usage: make_samples.py [--check]
source/kota.yaml      -> kota.txt, kota.gold.json            scanned text with damage
source/provinsi.yaml  -> provinsi.txt, provinsi.gold.json    linear PDF text
source/kabupaten.yaml -> kabupaten.xlsx, kabupaten.gold.json spreadsheet with merged cells
--check writes nothing and ends with 1 when a file differs from its source. Needs python3-yaml; the rest is Python itself.
"""
import json
import os
import sys

sys.dont_write_bytecode = True

from linear_text import LinearText
from ocr_text import OcrText
from sample_parts import FOLDER, load
from xlsx_file import XlsxFile


def outputs():
    for name, writer, ending in (("kota", OcrText, "txt"), ("provinsi", LinearText, "txt"), ("kabupaten", XlsxFile, "xlsx")):
        document, gold = writer(load(f"source/{name}.yaml")).write()
        yield f"{name}.{ending}", document if isinstance(document, bytes) else document.encode()
        yield f"{name}.gold.json", (json.dumps(gold, ensure_ascii=False, indent=1) + "\n").encode()


def main():
    different = []
    for name, data in outputs():
        path = os.path.join(FOLDER, name)
        if "--check" not in sys.argv:
            with open(path, "wb") as file:
                file.write(data)
        elif not os.path.exists(path) or open(path, "rb").read() != data:
            different.append(name)
    if different:
        sys.exit("differs from its source: " + ", ".join(different))


if __name__ == "__main__":
    main()
