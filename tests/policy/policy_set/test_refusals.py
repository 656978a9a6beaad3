"""What is no set of policies is refused, and it is said which file is the matter."""

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from rules_engine import PolicyError, PolicySet
from tests.policy.policy_set.conftest import NOW, Write, mine


def refusal_of(directory: Path) -> list[str]:
    """Load a directory that is no policy set, and give what is said of it, with the directory left out."""
    with pytest.raises(PolicyError) as refusal:
        PolicySet.load(directory)
    return [str(problem).replace(f"{directory}/", "") for problem in refusal.value.problems]


class TestRefusals:
    """What is no set of policies. Each starts from a directory that is one."""

    @pytest.fixture(autouse=True)
    def lawful(self, write: Write, tmp_path: Path) -> None:
        """Make a directory with a default, a file to be extended and a merchant."""
        write("default.toml")
        write("strict.toml")
        write("merchants/pottery.toml", mine("mer_1"), base="../strict.toml")
        assert len(PolicySet.load(tmp_path).policies) == 3

    def test_nothing_there(self, tmp_path: Path) -> None:
        """A directory that is not there cannot be read."""
        assert refusal_of(tmp_path / "policys") == [f"{tmp_path}/policys: cannot be read: No such file or directory"]

    def test_a_file(self, tmp_path: Path) -> None:
        """A file is no directory."""
        assert refusal_of(tmp_path / "strict.toml") == [f"{tmp_path}/strict.toml: cannot be read: Not a directory"]

    def test_merchants_that_are_a_file(self, tmp_path: Path) -> None:
        """`merchants` is a directory."""
        (tmp_path / "merchants" / "pottery.toml").unlink()
        (tmp_path / "merchants").rmdir()
        (tmp_path / "merchants").write_text("")
        assert refusal_of(tmp_path) == ["merchants: cannot be read: Not a directory"]

    def test_overlap(self, write: Write, tmp_path: Path) -> None:
        """Two versions that apply at once are refused at the window of the later, naming that of the earlier."""
        write("merchants/pottery-2027.toml", mine("mer_1"), "effective_from = 2027-01-01T00:00:00Z")
        assert refusal_of(tmp_path) == [
            (
                "merchants/pottery-2027.toml:5:1: two policies apply at once: pottery-2027 from 2027-01-01T00:00:00Z, "
                "and pottery always at merchants/pottery.toml:2:1"
            )
        ]

    def test_overlap_by_a_microsecond(self, write: Write, tmp_path: Path) -> None:
        """Windows that touch are fine; a microsecond more is not; a window across several is told with each."""
        for name, start, end in (("a", "2026-01-01", "2026-03-01"), ("b", "2026-03-01", "2026-04-01")):
            window = (f"effective_from = {start}T00:00:00Z", f"effective_until = {end}T00:00:00Z")
            write(f"merchants/{name}.toml", mine("mer_2"), *window)
        assert PolicySet.load(tmp_path).for_merchant("mer_2", at=datetime(2026, 3, 1, tzinfo=UTC)).id == "b"
        window = ("effective_from = 2026-01-01T00:00:00Z", "effective_until = 2026-03-01T00:00:00.000001Z")
        write("merchants/a.toml", mine("mer_2"), *window)
        (said,) = refusal_of(tmp_path)
        assert said.startswith("merchants/b.toml:5:1: two policies apply at once: b from 2026-03-01T00:00:00Z until ")
        write("merchants/a.toml", mine("mer_2"))
        write("merchants/c.toml", mine("mer_2"), "effective_from = 2026-05-01T00:00:00Z")
        assert [said.partition(":")[0] for said in refusal_of(tmp_path)] == ["merchants/b.toml", "merchants/c.toml"]

    def test_two_defaults(self, write: Write, tmp_path: Path) -> None:
        """Two policies for everybody at one instant are refused like any two."""
        write("default-2027.toml")
        assert refusal_of(tmp_path) == [
            (
                "default.toml:2:1: two policies apply at once: default always, and default-2027 always at "
                "default-2027.toml:2:1"
            )
        ]

    def test_no_merchant(self, write: Write, tmp_path: Path) -> None:
        """A policy among those of the merchants names one."""
        write("merchants/pottery.toml")
        assert refusal_of(tmp_path) == ["merchants/pottery.toml:2:1: a policy of a merchant names its merchant"]

    def test_a_merchant_elsewhere(self, write: Write, tmp_path: Path) -> None:
        """A policy that names a merchant stands among those of the merchants: elsewhere nobody would find it."""
        write("strict.toml", mine("mer_1"))
        assert refusal_of(tmp_path) == ["strict.toml:4:1: a policy of a merchant stands in merchants/"]

    def test_one_id_twice(self, write: Write, tmp_path: Path) -> None:
        """Verdicts name policies by id, so each has its own, the versions of one merchant too."""
        write("merchants/books.toml", mine("mer_2"), called="strict")
        assert refusal_of(tmp_path) == [
            "merchants/books.toml:2:1: the policy at strict.toml:2:1 is called strict already"
        ]

    def test_every_file_at_once(self, write: Write, tmp_path: Path) -> None:
        """What is wrong with any file is told, each once, though another one extends it."""
        write("strict.toml", "[limits]", "max_discount = 1")
        write("merchants/books.toml", "merchant = 1", base="../strict.toml")
        assert refusal_of(tmp_path) == [
            "strict.toml:5:1: unknown limit max_discount; did you mean max_discounts?",
            "merchants/books.toml:4:12: merchant must be a text that is the id of an account",
        ]

    def test_a_symbolic_link(self, tmp_path: Path) -> None:
        """A link is the file it leads to; one that leads nowhere or in a circle cannot be read."""
        link = tmp_path / "merchants" / "books.toml"
        link.symlink_to("nowhere.toml")
        assert refusal_of(tmp_path) == ["merchants/books.toml: cannot be read: No such file or directory"]
        link.unlink()
        link.symlink_to("books.toml")
        (said,) = refusal_of(tmp_path)
        assert said.startswith("merchants/books.toml: cannot be read: ")
        link.unlink()
        link.symlink_to("pottery.toml")
        assert refusal_of(tmp_path) == ["merchants/pottery.toml: the same file as merchants/books.toml"]

    def test_mounted_files(self, write: Write, tmp_path: Path) -> None:
        """Files may be links into a hidden directory, as clusters mount them."""
        hidden = write("..data/books.toml", mine("mer_2"))
        (tmp_path / "merchants" / "books.toml").symlink_to(hidden)
        assert PolicySet.load(tmp_path).for_merchant("mer_2", at=NOW).id == "books"

    def test_no_file(self, tmp_path: Path) -> None:
        """A directory and a pipe are no files, whatever their name; reading a pipe would wait for ever."""
        (tmp_path / "merchants" / "books.toml").mkdir()
        os.mkfifo(tmp_path / "merchants" / "cups.toml")
        assert refusal_of(tmp_path) == [
            "merchants/books.toml: cannot be read: no file",
            "merchants/cups.toml: cannot be read: no file",
        ]

    @pytest.mark.parametrize("name", ["pottery.toml~", "pottery.tml", "README.md", "old"])
    def test_among_the_merchants(self, tmp_path: Path, name: str) -> None:
        """Whatever is no policy file is refused there: its merchant would have the default without a word."""
        (tmp_path / "merchants" / name).write_text("")
        assert refusal_of(tmp_path) == [f"merchants/{name}: merchants/ holds policy files, *.toml, and nothing else"]

    @pytest.mark.parametrize(("name", "meant"), [("merchant", "merchants"), ("default.tml", "default.toml")])
    def test_misspelt(self, tmp_path: Path, name: str, meant: str) -> None:
        """What is nearly a name that is read is refused."""
        (tmp_path / name).mkdir()
        assert refusal_of(tmp_path) == [f"{name}: nothing reads this; did you mean {meant}?"]

    @pytest.mark.parametrize("name", ["README.md", "drafts", ".git", "merchants/.gitkeep"])
    def test_unrelated(self, tmp_path: Path, name: str) -> None:
        """What has another name altogether, and what is hidden, is passed over."""
        (tmp_path / name).mkdir()
        assert len(PolicySet.load(tmp_path).policies) == 3
