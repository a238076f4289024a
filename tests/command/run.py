#!/usr/bin/env python3
"""The program as its operator meets it: commands, exit codes, messages. tests/command/run.py PROGRAM [-k WORD]
Runs on SQLite, and where KPUHUB_TEST_POSTGRES names a cluster (tests/support/postgres.sh) on PostgreSQL too."""
import os
import sys
import unittest
from pathlib import Path

if __name__ == "__main__":
    if len(sys.argv) > 1 and not sys.argv[1].startswith("-"):
        os.environ["KPUHUB_PROGRAM"] = str(Path(sys.argv.pop(1)).resolve())     # before the tests are read
    unittest.main(module=None, argv=[sys.argv[0], "discover", "-s", str(Path(__file__).parent), "-p", "*_test.py", *sys.argv[1:]], verbosity=1)
