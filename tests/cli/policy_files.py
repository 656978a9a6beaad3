"""Policy files for the command line."""

from pathlib import Path
from typing import Final

HEAD: Final = 'schema_version = 1\nid = "{id}"\nextends = "{extends}"\n'
TODAY: Final = "2027-01-01T00:00:00Z"


def write(path: str, text: str = "[limits]\nmax_line_items = 20\n", *, extends: str = "default") -> str:
    """Write a policy file that is called after itself, and give its path.

    Args:
        path: The file, below the directory of the test.
        text: What it says after its first three lines.
        extends: What it extends.
    """
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(HEAD.format(id=file.stem, extends=extends) + text, encoding="utf-8")
    return path
