"""The metadata that a request attaches to an object."""

from collections.abc import Mapping
from typing import Any

from rules_engine.models import Unset
from rules_engine.path import Path
from rules_engine.views.scope import Axis, Scope, view


@view
class MetadataView:
    """Metadata.

    Attributes:
        count: How many keys, or items, it has.
    """

    count: int


def join_metadata(metadata: Mapping[str, Any] | list[Any] | Unset | None) -> tuple[MetadataView, ...]:
    """Count the metadata of a request, where it states any."""
    return () if metadata is None or isinstance(metadata, Unset) else (MetadataView(len(metadata)),)


def _place(_: MetadataView) -> Path:
    return ("request", "metadata")


METADATA = Scope("metadata", MetadataView, Axis.ROOT, _place, fields="metadata")
