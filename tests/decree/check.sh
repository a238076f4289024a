#!/usr/bin/env bash
# Decrees with known content through the program; bin/test calls this after the build.
cd "$(dirname "$0")/../.." || exit 1
# Debian's Python: it holds python3-docx and python3-openpyxl.
exec /usr/bin/python3 tests/decree/check.py "${KPUHUB_PROGRAM:-build/test/bin/kpuhub}" "$@"
