"""A text is a policy, or a list of everything that is wrong with it, in the order of the file."""

import pytest

from rules_engine import OPERATIONS
from tests.policy.files import HEAD, refusal_of

HEADS = [
    (
        'schema_version = 1\nid = "shop"\nextend = "default"\nextends = "default"\n',
        "3:1: unknown key extend; did you mean extends?",
    ),
    ('schema_version = 2\nid = "shop"\nextends = "default"\n', "1:18: schema_version must be 1"),
    ('schema_version = 1.0\nid = "shop"\nextends = "default"\n', "1:18: schema_version must be 1"),
    ('schema_version = true\nid = "shop"\nextends = "default"\n', "1:18: schema_version must be 1"),
    ('id = "shop"\nextends = "default"\n', "1:1: schema_version must be 1"),
    ('schema_version = 1\nextends = "default"\n', "1:1: id must be a text that names the policy"),
    ('schema_version = 1\nid = ""\nextends = "default"\n', "2:6: id must be a text that names the policy"),
    ('schema_version = 1\nid = 7\nextends = "default"\n', "2:6: id must be a text that names the policy"),
    (
        'schema_version = 1\nid = "shop"\nextends = "strict.toml"\n',
        '3:11: extends must be "default": a text has no folder that strict.toml could be in',
    ),
    ('schema_version = 1\nid = "shop"\npipelines = 1\n', "3:1: pipelines must be a table"),
]
BELOW = [
    ("\n[limit]\n", "5:2: unknown key limit; did you mean limits?"),
    ("pipelines = []\n", "4:1: pipelines must be a table"),
    ('rules = "off"\n', "4:1: rules must be a table"),
    ("[[limits]]\nmax_quantity = 1\n", "4:3: limits must be a table"),
    ('[pipelines]\n"session.creat" = []\n', "5:1: unknown operation session.creat; did you mean session.create?"),
    (
        "[pipelines]\nsession.create = []\n",
        '5:1: unknown operation session; the name of an operation stands in quotes, as in "session.create"',
    ),
    (
        '[pipelines]\n"session.create" = "price_expired"\n',
        "5:20: a pipeline is a list of names of rules, or a table of changes",
    ),
    (
        '[pipelines]\n"session.create" = [\n  "price_inactive",\n  "price_expird",\n]\n',
        "7:3: unknown rule price_expird in session.create; did you mean price_expired?",
    ),
    (
        '[pipelines]\n"session.expire" = ["session_missing", "price_expired"]\n',
        "5:40: price_expired does not apply to session.expire",
    ),
    (
        '[pipelines]\n"session.expire" = ["session_missing", "session_missing"]\n',
        "5:40: session_missing stands twice in the pipeline of session.expire",
    ),
    ('[pipelines]\n"session.expire" = [7]\n', "5:21: expected the name of a rule"),
    ('[pipelines]\n"session.expire" = [["session_missing"]]\n', "5:21: expected the name of a rule"),
    ('[rules]\nprice_expird = { mode = "warn" }\n', "5:1: unknown rule price_expird; did you mean price_expired?"),
    ('[rules]\nprice_expired = "warn"\n', '5:17: expected a table, such as { mode = "warn" }'),
    (
        '[rules.price_expired]\nmode = "wern"\n',
        "5:8: mode must be one of enforce, warn, shadow, off; did you mean warn?",
    ),
    ('[rules]\nprice_expired = { mode = ["warn"] }\n', "5:26: mode must be one of enforce, warn, shadow, off"),
    (
        '[rules]\nprice_expired = { mode = "warn", from = 2027-01-01 }\n',
        "5:34: unknown key from; known here: mode, enforce_from",
    ),
    ("[limits]\nmax_discount = 1\n", "5:1: unknown limit max_discount; did you mean max_discounts?"),
    ("[limits]\nmax_discounts = 101\n", "5:17: max_discounts must lie between 0 and 100 discounts"),
    ("[limits]\nmax_quantity = 0\n", "5:16: max_quantity must lie between 1 and 2147483647 units"),
    (f"[limits]\nmax_quantity = 0x{'f' * 5_000}\n", "5:16: max_quantity must lie between 1 and 2147483647 units"),
    ("[limits]\nmax_discounts = true\n", "5:17: max_discounts must be an integer, in discounts"),
    ("[limits]\nmax_line_items = 10.0\n", "5:18: max_line_items must be an integer, in lines"),
    ("[limits]\nsupported_currencies = 3\n", "5:24: supported_currencies must be a list of currency codes"),
    ('[limits]\nsupported_currencies = "EGP"\n', "5:24: supported_currencies must be a list of currency codes"),
    (
        '[limits]\nsupported_currencies = ["EGP", ["KWD"]]\n',
        "5:24: supported_currencies must be a list of currency codes",
    ),
    (
        '[limits]\nsupported_currencies = ["EGP", "EGPP"]\n',
        "5:24: supported_currencies: unknown member EGPP; did you mean EGP?",
    ),
    ('[rules]\n"a\\nb" = {}\n', "5:1: unknown rule a\\nb"),
    ("[limits\nmax_discounts = 1\n", "4:8: not TOML: "),
    ('name = "', "4:9: not TOML: "),
    ('id = "other"\n', "4:"),
]
REFUSED = [*HEADS, *((HEAD + text, said) for text, said in BELOW)]
"""Files with one thing wrong: in their first lines, and below them."""


@pytest.mark.parametrize(("text", "said"), REFUSED, ids=[said[:60] for _, said in REFUSED])
def test_refusals(text: str, said: str) -> None:
    """One thing wrong is one problem: file, line, column, what was expected, and the nearest right name."""
    found = refusal_of(text)
    assert len(found) == 1
    if said.endswith((":", ": ")):
        assert found[0].startswith(f"shop.toml:{said}")  # the parser's own words differ from Python to Python
    else:
        assert found[0] == f"shop.toml:{said}"


def test_all_problems_in_file_order() -> None:
    """Every problem of a file is listed at once, in the order of the file, whatever kind it is."""
    text = (
        "[limits]\nmax_discounts = 101\nmax_discount = 1\n"
        '[rules]\nprice_expird = {}\n[pipelines]\n"session.expire" = ["session_missing", "x"]\n[pipeline]\n'
    )
    found = refusal_of(text)
    assert [problem.partition(": ")[0] for problem in found] == [
        *["shop.toml:1:1"] * 2,
        "shop.toml:2:17",
        "shop.toml:3:1",
        "shop.toml:5:1",
        *["shop.toml:6:2"] * (len(OPERATIONS) - 1),
        "shop.toml:7:40",
        "shop.toml:8:2",
    ]


def test_lines_end_in_either_way() -> None:
    """A file with the line ends of Windows has the same lines and columns."""
    text = HEAD + "[limits]\nmax_discount = 1\n"
    assert refusal_of(text.replace("\n", "\r\n")) == refusal_of(text)


@pytest.mark.parametrize(
    "text",
    ["depth = " + "[" * 100_000, f"number = {'1' * 5_000}"],
    ids=["nested too deeply", "more digits than Python reads"],
)
def test_what_the_parser_gives_up_on(text: str) -> None:
    """What overwhelms the parser is refused as a file that cannot be read, not raised as the parser raises it."""
    (found,) = refusal_of(text)
    assert found.startswith("shop.toml: not TOML that can be read: ")
