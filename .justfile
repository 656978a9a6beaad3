# What is run every day; `just` lists it.

_default:
    @just --list --unsorted

# lint, format, types and generated files
check:
    ruff check .
    ruff format --check .
    mypy
    python -m rules_engine.docs --check

# the quick tests, on every core
test *arguments:
    pytest {{ arguments }}

# everything that has to hold before a change is taken
all:
    .ci/run

# the generated files, then the site
docs:
    python -m rules_engine.docs
    python docs/write_reference.py
    zensical build --strict --config-file docs/zensical.toml

# the small benches
bench:
    python -m benches --small
    python -m benches.policies --small
    python -m benches.dry_run --small
