"""The name that the library is installed by, and the other distribution that has the same import name."""

import warnings
from pathlib import Path
from typing import Final

DISTRIBUTION: Final = "checkout-rules-engine"
"""The name of the distribution. Its import name, `rules_engine`, is also that of the distribution `rules-engine`."""


def warn_of_shared_import_name() -> None:
    """Warn where `rules-engine` is installed in the same folder: installing or removing either breaks the other."""
    try:
        names = [path.name for path in Path(__file__).parents[1].iterdir()]
    except OSError:  # the package is inside an archive, which nothing else can be installed into
        return
    for name in names:
        if name.startswith("rules_engine-") and name.endswith(".dist-info"):
            warnings.warn(
                f"{name.removesuffix('.dist-info')} is another project with the same import name, rules_engine: "
                f"uninstall both it and {DISTRIBUTION}, then install {DISTRIBUTION} again",
                RuntimeWarning,
                stacklevel=2,
            )
