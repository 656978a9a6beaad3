"""HTML that is well-formed and escaped by the way it is made: whatever is not `Html` already is text."""

import html
from collections.abc import Iterable

from rules_engine.dryrun.reports.html.plain import plain

_VOID = frozenset({"input", "link", "meta"})


class Html(str):
    """Markup that `element` and `views` have made; any other string is text and gets escaped."""

    __slots__ = ()


NOTHING = Html()


def text(content: str) -> Html:
    """Turn text into markup that shows it, with what could hide or reorder it made visible."""
    return content if isinstance(content, Html) else Html(html.escape(plain(content), quote=False))


def views(parts: Iterable[str]) -> Html:
    """Put markup and texts one after the other."""
    return Html("".join(map(text, parts)))


def element(name: str, /, *children: str, **attributes: str | int | bool | None) -> Html:
    """Make an element.

    Args:
        name: Its name.
        children: Markup, or texts.
        attributes: By name, with `_` for `-`; an `_` at the end keeps a name from being a keyword. True stands for an
            attribute without a value; False and None leave it out.
    """
    opening = "".join(_attribute(key, value) for key, value in attributes.items() if value is not None)
    if name in _VOID:
        return Html(f"<{name}{opening}>")
    return Html(f"<{name}{opening}>{views(children)}</{name}>")


def raw(name: str, content: str) -> Html:
    """Make an element whose content is no markup: a style or a script of ours, in which nothing of a report stands."""
    return Html(f"<{name}>{content}</{name}>")


def _attribute(key: str, value: str | int | bool) -> str:  # noqa: FBT001  # an attribute may be there or not
    name = key.rstrip("_").replace("_", "-")
    if isinstance(value, bool):
        return f" {name}" if value else ""
    return f' {name}="{html.escape(plain(str(value)))}"'
