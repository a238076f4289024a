#!/usr/bin/env bash
# Decrees with known content through the program; bin/test calls this after the build (--night: every sample in every look).
cd "$(dirname "$0")/../.." || exit 1
# Debian's own Python: it holds WeasyPrint, python3-docx and python3-openpyxl.
program="${KPUHUB_PROGRAM:-build/test/bin/kpuhub}"
night=(); [ "${KPUHUB_NIGHT:-0}" = 1 ] && night=(--night)
/usr/bin/python3 tests/decree/times.py "$program" "${night[@]}" || failed=1
/usr/bin/python3 tests/decree/check_paper.py "$program" "${night[@]}" || failed=1
/usr/bin/python3 tests/decree/round_trip.py "$program" "${night[@]}" || failed=1
/usr/bin/python3 tests/decree/check.py "$program" "$@" || failed=1
exit "${failed:-0}"
