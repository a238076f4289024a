#!/usr/bin/env bash
# The few tasks that matter, in Debian's Chromium: tests/browser/run.sh [file ...]
set -uo pipefail
cd "$(dirname "$0")"
files=("$@"); [ ${#files[@]} -gt 0 ] || files=(*_test.mjs)
timeout 900 node --test --test-concurrency=2 --test-reporter=spec "${files[@]}"
