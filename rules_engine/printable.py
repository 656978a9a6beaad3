"""Text of others as it may be shown to people: nothing in it does anything but show."""


def printable(text: str) -> str:
    """Escape what would not show, or would do something else than show, as Python escapes it in a literal."""
    if text.isprintable():
        return text
    return "".join(
        character if character.isprintable() else character.encode("unicode_escape").decode() for character in text
    )
