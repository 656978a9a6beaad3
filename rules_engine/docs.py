"""Generate the committed files that derive from the code: the default policy, a schema, and parts of pages.

`python -m rules_engine.docs` writes it below the current directory, the root of the project; with `--check` it writes
nothing and exits 1 where a file holds something else. A part of a page stands between two comments,
`<!-- generated: NAME -->` and `<!-- end -->`, within a line or on lines of its own.
"""

import argparse
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Final

from rules_engine.codes import CATALOGUE
from rules_engine.dryrun.document import report_schema
from rules_engine.policy.builtin import default_policy_file
from rules_engine.wire.json_text import write_json

COMMAND: Final = "python -m rules_engine.docs"
_DRAWN_FILES: Final = {"api", "operations", "violation", "codes"}
"""Rooms of one file that the picture of the rooms has, beside every folder."""
_PART: Final = re.compile(
    r"(?P<start><!-- generated: (?P<name>\S+) -->)(?P<content>.*?)(?P<end><!-- end -->)", re.DOTALL
)


def _rooms() -> str:
    """Draw which rooms see which, from the imports; an arrow that follows from others is left out."""
    root = Path(__file__).parent
    sees: dict[str, set[str]] = {}
    for path in root.rglob("*.py"):
        room = path.relative_to(root).with_suffix("").parts[0]
        found = re.findall(r"^ *from rules_engine\.(\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
        sees.setdefault(room, set()).update(set(found) - {room})

    def below(room: str) -> set[str]:
        return sees[room].union(*map(below, sees[room]))

    drawn = sorted({path.parent.name for path in root.glob("*/__init__.py")} | _DRAWN_FILES)
    arrows = {room: below(room).intersection(drawn) for room in drawn}
    lines = (
        f"  {room} --> {seen}"
        for room in drawn
        for seen in sorted(arrows[room] - set().union(*(arrows[other] for other in arrows[room])))
    )
    return "\n".join(("```mermaid", "flowchart TD", *lines, "```"))


PAGES: Mapping[str, Callable[[], str]] = MappingProxyType(
    {
        "policies/default.toml": default_policy_file,
        "docs/dry-run-report.schema.json": lambda: write_json(report_schema(), indent=2) + "\n",
    }
)
"""What renders each file that is generated whole, by its path below the root of the project."""
PARTS: Mapping[str, Mapping[str, Callable[[], str]]] = MappingProxyType(
    {
        "README.md": {"number-of-codes": lambda: str(len(CATALOGUE))},
        "docs/architecture.md": {"rooms": _rooms},
    }
)
"""What renders the parts of other pages, by the path of the page and the name of the part."""


def documents(root: Path) -> dict[str, str]:
    """Render every generated file, and every page that has generated parts with the rest of it as it stands.

    Args:
        root: The root of the project.

    Returns:
        The texts, by their paths below the root.

    Raises:
        ValueError: A page lacks a part that is generated for it, has it twice, or has a part that nothing generates.
        OSError: A page cannot be read.
    """
    rendered = {path: page() for path, page in PAGES.items()}
    for path, parts in PARTS.items():
        rendered[path] = _with_parts((root / path).read_text(encoding="utf-8"), path, parts)
    return rendered


def _with_parts(text: str, path: str, parts: Mapping[str, Callable[[], str]]) -> str:
    names = [found["name"] for found in _PART.finditer(text)]
    if sorted(names) != sorted(parts):
        raise ValueError(f"{path} has the generated parts {', '.join(names) or 'none'}, not {', '.join(parts)}")

    def filled(found: re.Match[str]) -> str:
        content = parts[found["name"]]()
        # A blank line on either side, or Markdown would read a table as text.
        around = "\n\n" if found["content"].startswith("\n") else ""
        return f"{found['start']}{around}{content}{around}{found['end']}"

    return _PART.sub(filled, text)


def main(argv: Sequence[str] | None = None) -> int:
    """Write what is generated, or compare it with what the files hold.

    Args:
        argv: The arguments; those of the process where none are given.

    Returns:
        0; 1 where `--check` finds another text or no file.
    """
    parser = argparse.ArgumentParser(prog=COMMAND, description="Generate the documentation that follows from the code.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 where a file is stale")
    check = parser.parse_args(argv).check
    stale = [(Path(path), text) for path, text in documents(Path()).items() if _held(path) != text]
    for path, text in stale:
        if check:
            sys.stderr.write(f"{path} is stale; write it again with: {COMMAND}\n")
        else:
            path.write_bytes(text.encode())
    return 1 if check and stale else 0


def _held(path: str) -> str | None:
    return Path(path).read_bytes().decode() if Path(path).is_file() else None


if __name__ == "__main__":
    sys.exit(main())
