"""Text from drafts and files as it may be shown to people: without control characters that would take effect."""


def printable(text: str) -> str:
    """Return a text with every character that does not print escaped, as in a Python literal."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode() for character in text
    )
