"""Replay a history under two policies: the same program as `rules-engine dry-run`.

python policies/dry_run.py policies/history --baseline default --candidate policies/strict.toml
"""

import sys

from rules_engine.__main__ import main

if __name__ == "__main__":
    sys.exit(main(["dry-run", *sys.argv[1:]]))
