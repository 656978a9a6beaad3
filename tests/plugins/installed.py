"""The sample package, installed as a wheel's files would lie: its module and the metadata beside it."""

import os
import subprocess
import sys
from pathlib import Path
from shutil import copytree

SAMPLE = Path(__file__).parent / "acme_rules" / "acme_rules"
_METADATA = "Metadata-Version: 2.1\nName: acme-rules\nVersion: 1.0.0\n"
_POINTS = "[rules_engine.rules]\nacme = acme_rules:RULES\n"


def install(target: Path, *, broken: str | None = None) -> Path:
    """Install the sample package into a folder.

    Args:
        target: The folder.
        broken: What its module holds instead; None for the sample itself.
    """
    package = target / "acme_rules"
    if broken is None:
        copytree(SAMPLE, package, ignore=lambda *_: ["__pycache__"])
    else:
        package.mkdir()
        (package / "__init__.py").write_text(broken, encoding="utf-8")
    metadata = target / "acme_rules-1.0.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text(_METADATA, encoding="utf-8")
    (metadata / "entry_points.txt").write_text(_POINTS, encoding="utf-8")
    return target


def run_with(target: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a process of its own that finds what is installed in a folder."""
    return subprocess.run(  # noqa: S603  # the project's own command line
        [sys.executable, "-m", "rules_engine", *argv],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(target), str(Path(__file__).parents[2])])},
        cwd=target,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
