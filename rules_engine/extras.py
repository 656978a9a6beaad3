"""Libraries that only some forms of a history or of a report need, imported when one does."""

from types import ModuleType
from typing import cast


class MissingExtraError(ImportError):
    """A library is not installed; the text names the extra that brings it."""


def load_pyarrow() -> ModuleType:
    """Return `pyarrow`, with `pyarrow.parquet` loaded.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import pyarrow.parquet  # noqa: PLC0415  # an extra, which only Parquet needs
    except ModuleNotFoundError:
        raise MissingExtraError("pyarrow is not installed: pip install 'rules-engine[parquet]'") from None
    return cast("ModuleType", pyarrow)


def load_zstandard() -> ModuleType:
    """Return `zstandard`.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import zstandard  # noqa: PLC0415  # an extra, which only zstd needs
    except ModuleNotFoundError:
        raise MissingExtraError("zstandard is not installed: pip install 'rules-engine[zstd]'") from None
    return zstandard


def load_jinja2() -> ModuleType:
    """Return `jinja2`.

    Raises:
        MissingExtraError: It is not installed.
    """
    try:
        import jinja2  # noqa: PLC0415  # an extra, which only pages need
    except ModuleNotFoundError:
        raise MissingExtraError("jinja2 is not installed: pip install 'rules-engine[html]'") from None
    return jinja2
