"""The style and the script of the page, as they stand beside this file, and what tells a browser to trust no others."""

import base64
import hashlib
from functools import cache
from importlib import resources


@cache
def asset(name: str) -> str:
    """Read `style.css` or `script.js`."""
    return (resources.files(__package__) / name).read_text(encoding="utf-8")


def content_security_policy() -> str:
    """Forbid a page everything but its own style and script: nothing is loaded, sent, or run beside them."""
    style, script = (_source(asset(name)) for name in ("style.css", "script.js"))
    own = f"style-src {style}; script-src {script}; img-src data:"
    return f"default-src 'none'; {own}; base-uri 'none'; form-action 'none'"


def _source(content: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"
