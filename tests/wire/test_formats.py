"""Each format admits what it should, refuses the rest, and keeps how a number was written."""

from decimal import Decimal
from typing import Annotated, Any

import pytest

from rules_engine.models.formats import DecimalText, Format, Number
from rules_engine.wire.converter import REQUESTS, InvalidValueError


@pytest.mark.parametrize(
    ("known", "admitted", "refused"),
    [
        (
            Format.URL,
            [
                *("https://a.example", "http://a", "https://a/%D8%B4?x={ID}#y"),
                *("HTTP://A/", "https://user:word@a.example:65535", "https://[::1]:8080?x"),
                *("https://a?b=[]",),
            ],
            [
                *("app:done", "app://done", "mailto:a@b.example", "javascript:alert(1)", "https:a", "https:///thanks"),
                *("ftp://a.example", "data:text/html,x", "file:///a", "https://"),
                *("", "a.example", "/a", "//a.example", "https:", "://a", "1a:b", "https://a b", "https://a\n"),
                *("https://a\t/", " https://a", "https://a|b", "https://a/\\", "https://[::1", "https://[::1]x/"),
                *("https://a]/", "https://a@b@c/", "https://:443", "https://a:65536", "https://a:x"),
                *("https://<a>", "https://a/`", "https://a/^", "https://a/\x7f"),
            ],
        ),
        (
            Format.HTTPS_URL,
            ["https://a.example/b.png", "HTTPS://a.example", "https://user@a.example:8443"],
            [
                *("http://a.example", "ftp://a.example", "https:a.example", "https://", "https:///b.png"),
                *("https://:443", "data:image/png;base64,AA==", "a.example"),
            ],
        ),
        (
            Format.EMAIL,
            ["mona@example.com", "m+o.n@sub.example.com", "x" * 64 + "@example.com", "منى@example.com"],
            [
                *("", "mona", "@example.com", "mona@", "mona@example", "mona@example.", "mona@.com"),
                *("mona@example..com", "mona@@example.com", "mo na@example.com", "mona@example.com\n"),
                *("x" * 65 + "@example.com",),
            ],
        ),
        (
            Format.HEX_COLOR,
            ["#abc", "#ABCD", "#a1b2c3", "#A1B2C3D4"],
            ["", "#", "abc", "#ab", "#abcde", "#abcdefa", "#abcdefabc", "#ggg", "#abc\n", "red", "#١٢٣"],
        ),
        (Format.LABEL, ["x", " "], [""]),
        (
            Format.SHA256,
            ["0f" * 32, "A9" * 32],
            ["", "0" * 63, "0" * 65, "g" * 64, "0" * 64 + "\n", " " + "0" * 63, "\u0660" * 64, "sk_test_4f1c", 0],
        ),
        (Format.METHOD_TYPE, ["card", "mada", ""], [0, None]),
        (Format.NOT_BLANK, ["x", " x", "\u200b"], ["", " ", "\n\t", "\u00a0\u2003", 0]),
        (Format.NON_NEGATIVE, [0, 1, 10**30], [-1, "1", True, Decimal("1.0")]),
        (Format.NUMBER, [0, -1, Decimal("1.5")], ["1", True]),
        (
            Format.DECIMAL_TEXT,
            ["1", "-1", "+1", "0.50", "007", 3, Decimal("0.5")],
            [
                *("", ".5", "1.", "1e3", "1,5", "NaN", "Infinity", "0x1", "\u0661", "1\n", " 1", "1" * 41),
                "0." + "1" * 41,
                True,
            ],
        ),
        (Format.RATE, ["49.1", 49, Decimal("0.02")], [0, -1, "0", "-1", "0.0", Decimal(0), "1e3", True]),
        (Format.METADATA, [{}, [], {"a": [None]}], ["", 1, None, True]),
        (Format.JSON_OBJECT, [{}, {"a": 1}], [[], "", 1, None, True]),
    ],
    ids=lambda value: value.name if isinstance(value, Format) else "",
)
def test_format(known: Format, admitted: list[Any], refused: list[Any]) -> None:
    """A format admits and refuses these, and reports of each refused one what it expects."""
    hook = REQUESTS.get_structure_hook(Annotated[Any, known])
    for value in admitted:
        hook(value, Any)
    for value in refused:
        with pytest.raises(InvalidValueError) as caught:
            hook(value, Any)
        assert caught.value.expected == known.value, value


@pytest.mark.parametrize(
    ("text", "number"),
    [("1", Decimal(1)), ("+0.50", Decimal("0.50")), ("-007.5", Decimal("-7.5"))],
)
def test_decimal_text_is_a_decimal(text: str, number: Decimal) -> None:
    """A decimal text becomes the Decimal it spells, with all its digits."""
    read = REQUESTS.get_structure_hook(DecimalText)(text, DecimalText)
    assert (type(read), str(read)) == (Decimal, str(number))


def test_number_keeps_how_it_was_written() -> None:
    """A number written without a fraction is an int, any other one a Decimal."""
    hook = REQUESTS.get_structure_hook(Number)
    assert [type(hook(value, Number)) for value in (30, Decimal("30.0"))] == [int, Decimal]
