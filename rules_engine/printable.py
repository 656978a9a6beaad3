"""Text from drafts and files as it may be shown: without what would take effect at a terminal, or has no bytes."""


def printable(text: str) -> str:
    """Return a text with every character that does not print escaped, as in a Python literal."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode() for character in text
    )


def encodable(text: str) -> str:
    """Return a text with every half of a surrogate pair escaped: JSON can spell it, and UTF-8 has no bytes for it."""
    return text if text.isascii() else text.encode("utf-8", "backslashreplace").decode()
