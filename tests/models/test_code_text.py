"""Code strings are folded as buyers mean them, and alike whatever Unicode version the interpreter has."""

import hashlib
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine.models import fold_code

TEXTS = st.text(max_size=40) | st.text(
    st.sampled_from(" \u00a8\u0345\u0301\u0323\u0130\u1e9e\u00df\u200b\u2067\ufe0f\uff21\u0663\u1100\u1161\u0378aAz"),
    max_size=40,
)


@pytest.mark.parametrize(
    "typed",
    [
        "RAMADAN20",
        " ramadan20\t",
        "\u200fRAMADAN20\u200b",
        "\u2067RAMADAN20\u2069",
        "\u202bRAMADAN20\u202c",
        "\ufeffRAMADAN20",
        "RAMA\u00adDAN20",
        "RAMADAN\u206020\ufe0f",
        "\u061cRAMADAN20\U000e0100",
        "\u200f RAMADAN20 \u200f",
        "\u00a0\u3000RAMADAN20\u2028",
        "RAMADAN\u0662\u0660",
        "RAMADAN\u06f2\u06f0",
        "RAMADAN\u0968\u0966",
        "RAMADAN\uff12\uff10",
        "\uff32\uff21\uff2d\uff21\uff24\uff21\uff2e20",
        "\U0001d411\U0001d400\U0001d40c\U0001d400\U0001d403\U0001d400\U0001d40d\U0001d7d0\U0001d7ce",
    ],
)
def test_one_code(typed: str) -> None:
    """White space around it, invisible characters, direction marks, widths, case and digits make no other code."""
    assert fold_code(typed) == "ramadan20"


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("DANKEF\u00dcR", "dankefu\u0308r"),
        ("STRASSE", "stra\u00dfe"),
        ("STRA\u1e9eE", "strasse"),
        ("\u0386\u03a3", "\u03ac\u03c2"),
        ("\ufb01n", "FIN"),
        ("\u1c90", "\u10d0"),
    ],
)
def test_one_code_in_other_letters(left: str, right: str) -> None:
    """Letters are compared without case, composed or not."""
    assert fold_code(left) == fold_code(right)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("CAFE", "CAF\u00c9"),
        ("INDIRIM", "\u0131nd\u0131r\u0131m"),
        ("INDIRIM", "\u0130ND\u0130R\u0130M"),
        ("SAVE 10", "SAVE10"),
        ("SAVE-10", "SAVE\u201310"),
        ("A", "\u0410"),
        ("\u0660", "O"),
    ],
)
def test_two_codes(left: str, right: str) -> None:
    """Accents, Turkish letters, white space within, other dashes and other alphabets make another code."""
    assert fold_code(left) != fold_code(right)


@pytest.mark.parametrize("blank", ["", " ", "\t\n", "\u200f\u200b", "\u00a0", " \u2066 \ufe0f", "\u3164"])
def test_blank(blank: str) -> None:
    """What shows nothing folds to the empty text."""
    assert fold_code(blank) == ""


@given(TEXTS)
def test_folded_text_folds_to_itself(text: str) -> None:
    """A code string that is folded already stays as it is."""
    assert fold_code(fold_code(text)) == fold_code(text)


@given(TEXTS, st.sampled_from("\u00ad\u061c\u200b\u200d\u200f\u2060\u2068\u2069\ufe0f\ufeff\U000e0020"), st.data())
def test_invisible_character_anywhere(text: str, mark: str, data: st.DataObject) -> None:
    """An invisible character makes no difference, wherever it is."""
    at = data.draw(st.integers(0, len(text)))
    assert fold_code(text[:at] + mark + text[at:]) == fold_code(text)


@given(TEXTS, st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_normal_form_of_the_text(text: str, form: str) -> None:
    """The normal form that a keyboard or a database writes makes no difference."""
    if all(unicodedata.category(character) != "Cn" for character in text):
        assert fold_code(unicodedata.normalize(form, text)) == fold_code(text)  # type: ignore[arg-type]  # a literal


def test_every_code_point_folds_alike_on_every_interpreter() -> None:
    """Each code point, after a letter and before an accent, folds as in Unicode 14.0, whatever the version here is."""
    digest = hashlib.sha256()
    for first in range(0, sys.maxunicode + 1, 256):
        text = "".join(f"a{chr(point)}\u0301" for point in range(first, first + 256))
        digest.update(fold_code(text).encode("utf-8", "surrogatepass"))
    assert digest.hexdigest() == "1a2719d31f5f8dea8c9b759246af096d3b1b870ba2d467c62199d9f37c69e234"


def test_long_text_is_only_trimmed() -> None:
    """A text beyond 1,000 characters, which NFKC might take minutes to normalise, is only trimmed."""
    accents = "E" + "\u0301\u0323" * 500
    assert len(accents) == 1_001
    assert fold_code(accents[:-1]) != accents[:-1]
    assert fold_code(f"\u200f{accents} ") == accents
