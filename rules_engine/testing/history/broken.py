"""Records that no reader can read."""

from rules_engine.testing.history.chance import Chance


def broken(record: bytes, chance: Chance) -> bytes:
    """Make a record that is no draft document out of one that is.

    What comes out is text all the same, so that every format of a log can hold it.
    """
    cut = record[: len(record) // 2].decode(errors="ignore").encode()
    return chance.pick(
        (
            cut,
            b"[" + record + b"]",
            record.replace(b'"version":1', b'"version":9', 1),
            record.replace(b'"operation":"', b'"operation":"old_', 1),
            record.replace(b'"now":"', b'"now":"on ', 1),
            b"null",
        )
    )
