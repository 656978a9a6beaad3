"""Pydantic: the bytes of a document into its models, which the straight-line Python then looks at."""

from collections.abc import Callable
from typing import Any

import attrs
import pydantic
from pydantic.alias_generators import to_camel

from benches.peers.typed import Fields, Peer, document_class
from benches.straight_line import check_session_create


def model_judge(most_lines: int) -> Callable[[bytes], list[str]]:
    """Decode into models, then check.

    Args:
        most_lines: How many lines are admitted.
    """
    decode = decoder()

    def judge(document: bytes) -> list[str]:
        return check_session_create(decode(document), most_lines)

    return judge


def decoder() -> Callable[[bytes], Any]:
    """Make the decoder of a draft document of `session.create`."""
    validator: pydantic.TypeAdapter[Any] = pydantic.TypeAdapter(document_class(Peer(_model, pydantic.AwareDatetime)))
    return validator.validate_json


def _model(name: str, fields: Fields, strict: bool) -> type:  # noqa: FBT001  # called by `document_class` only
    config = pydantic.ConfigDict(
        alias_generator=to_camel, extra="forbid" if strict else "ignore", strict=True, frozen=True
    )
    given: dict[str, Any] = {field: (kind, _given(default)) for field, (kind, default) in fields.items()}
    model: type = pydantic.create_model(name, __config__=config, **given)
    return model


def _given(default: Any) -> Any:
    if default is attrs.NOTHING:
        return ...
    if isinstance(default, attrs.Factory):  # type: ignore[arg-type]  # a class at run time, a function to mypy
        return pydantic.Field(default_factory=default.factory)
    return default
