"""Texts of strangers, so that they can be read and nothing else: no character hides, moves or breaks what is around."""

import unicodedata
from typing import Final

LONGEST_TEXT: Final = 200
"""How many characters of a text are shown, where it stands in a table or a sentence."""
_HIDDEN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Control and format characters, halves of surrogate pairs, and separators of lines and paragraphs."""


def is_hidden(character: str) -> bool:
    """Tell whether a character is not seen, or changes how others are seen; line feeds and tabs count as seen."""
    return unicodedata.category(character) in _HIDDEN and character not in "\n\t"


def plain(content: str) -> str:
    """Write each hidden character as its number, `⟨U+202E⟩`."""
    if content.isprintable():
        return content
    return "".join(f"⟨U+{ord(each):04X}⟩" if is_hidden(each) else each for each in content)


def shortened(content: str, longest: int = LONGEST_TEXT) -> str:
    """Cut a long text, and say how long it was; the whole of it is in the report as JSON."""
    if len(content) <= longest:
        return content
    return f"{content[:longest]}… ({len(content):,} characters)"
