"""Problems of policies for people, for programs and for the annotations of GitHub."""

import json

from rules_engine import PolicyError, PolicyProblem
from rules_engine.policy.problems import annotation, problem_document
from tests.policy.files import broken

FULL = PolicyProblem("unknown mode wern", "a,b:c.toml", 5, 8, ("rules", "x", 0), "a mode", "warn")
BARE = PolicyProblem("100 % wrong\r\n::error::no")


class TestText:
    """One line a problem."""

    def test_full(self) -> None:
        """A place, what is wrong, and the nearest right name."""
        assert str(FULL) == "a,b:c.toml:5:8: unknown mode wern; did you mean warn?"

    def test_bare(self) -> None:
        """What is not there is left out, and a line stays one line."""
        assert str(BARE) == "100 % wrong\\r\\n::error::no"

    def test_without_a_position(self) -> None:
        """A file that cannot be read has a name and no position."""
        assert str(PolicyProblem("cannot be read", "a.toml")) == "a.toml: cannot be read"

    def test_an_error_is_its_problems(self) -> None:
        """An error reads as one problem a line; a text is a problem without a place."""
        error = PolicyError([FULL, "no policy"])
        assert error.problems == (FULL, PolicyProblem("no policy"))
        assert str(error) == f"{FULL}\nno policy"


class TestJson:
    """Plain values."""

    def test_full(self) -> None:
        """Every attribute by name, and the line that people read."""
        assert problem_document(FULL) == {
            "source": "a,b:c.toml",
            "line": 5,
            "column": 8,
            "path": ["rules", "x", 0],
            "message": "unknown mode wern",
            "expected": "a mode",
            "suggestion": "warn",
            "text": str(FULL),
        }

    def test_what_a_reader_gives(self) -> None:
        """What is wrong with a file can be written as JSON."""
        (found,) = broken("2027-01-07T00:00:00Z", "2027-01-07")
        document = problem_document(found)
        assert json.loads(json.dumps(document)) == document
        assert (document["path"], document["suggestion"]) == (["effective_until"], None)
        assert problem_document(BARE)["expected"] is None


class TestGithub:
    """Workflow commands."""

    def test_full(self) -> None:
        """File, line and column are properties; a comma and a colon in the name of a file end none of them."""
        assert annotation(FULL) == ("::error file=a%2Cb%3Ac.toml,line=5,col=8::unknown mode wern; did you mean warn?")

    def test_bare(self) -> None:
        """No text of a file makes a command of its own."""
        assert annotation(BARE) == "::error::100 %25 wrong%0D%0A::error::no"
        assert annotation(PolicyProblem("unknown key \x1b[2J")) == "::error::unknown key \\x1b[2J"
