#!/bin/sh
# tests/kill/run.sh [N]: kills and power cuts (run.py); bin/test calls it with 10, --night with 200.
exec python3 "$(dirname "$0")/run.py" --runs "${1:-10}"
