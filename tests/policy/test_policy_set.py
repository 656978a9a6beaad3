"""A directory of policies: which one applies to whom and when, what is refused, and loading it again."""

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from threading import Thread

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rules_engine import RULES, Mode, Policy, PolicyError, PolicySet, default_policy
from rules_engine.policy import load
from rules_engine.policy.policy_set import Versions

Write = Callable[..., Path]
NOW = datetime(2026, 11, 22, 10, tzinfo=UTC)
YEAR = datetime(2027, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a policy file: its id is its name unless another is given."""

    def call(name: str, *lines: str, base: str = "default", called: str | None = None) -> Path:
        file = tmp_path / name
        file.parent.mkdir(exist_ok=True)
        head = ["schema_version = 1", f'id = "{called or file.stem}"', f'extends = "{base}"']
        file.write_text("\n".join([*head, *lines, ""]), encoding="utf-8")
        return file

    return call


def mine(merchant: str) -> str:
    """State the merchant of a policy."""
    return f'merchant = "{merchant}"'


class TestForMerchant:
    """Which policy applies."""

    def test_own_and_default(self, write: Write, tmp_path: Path) -> None:
        """A merchant has the policy that names it; any other has the default of the directory."""
        write("default.toml", called="common")
        write("merchants/pottery.toml", mine("mer_1"), base="../default.toml")
        write("merchants/books.toml", mine("mer_2"))
        policies = PolicySet.load(tmp_path)
        assert policies.for_merchant("mer_1", at=NOW).id == "pottery"
        assert policies.for_merchant("mer_2", at=NOW).id == "books"
        assert policies.for_merchant("mer_3", at=NOW).id == "common"
        assert [policy.id for policy in policies.policies] == ["common", "books", "pottery"]

    def test_an_empty_directory(self, tmp_path: Path) -> None:
        """Without any file, the built-in policy applies to every merchant."""
        assert PolicySet.load(tmp_path).for_merchant("mer_1", at=NOW) is default_policy()

    def test_versions(self, write: Write, tmp_path: Path) -> None:
        """Of several versions the one applies in whose window the instant lies, to the microsecond, in any offset."""
        write("merchants/a.toml", mine("mer_1"), "effective_until = 2027-01-01T00:00:00Z")
        write("merchants/b.toml", mine("mer_1"), "effective_from = 2027-01-01T02:00:00+02:00")
        policies = PolicySet.load(tmp_path)
        assert policies.for_merchant("mer_1", at=YEAR - MICROSECOND).id == "a"
        assert policies.for_merchant("mer_1", at=YEAR).id == "b"
        assert policies.for_merchant("mer_1", at=YEAR.astimezone(timezone(timedelta(hours=-8)))).id == "b"

    def test_versions_of_the_default(self, write: Write, tmp_path: Path) -> None:
        """The default has versions as well: `default.toml` and every `default-*.toml`."""
        write("default.toml", "effective_until = 2027-01-01T00:00:00Z")
        write("default-2027.toml", "effective_from = 2027-01-01T00:00:00Z")
        policies = PolicySet.load(tmp_path)
        assert policies.for_merchant("mer_1", at=YEAR - MICROSECOND).id == "default"
        assert policies.for_merchant("mer_1", at=YEAR).id == "default-2027"

    def test_a_gap(self, write: Write, tmp_path: Path) -> None:
        """In a gap no policy applies: not the default either, which was not written for this merchant."""
        write("merchants/a.toml", mine("mer_1"), "effective_until = 2027-01-01T00:00:00Z")
        write("merchants/b.toml", mine("mer_1"), "effective_from = 2027-02-01T00:00:00Z")
        with pytest.raises(PolicyError) as refusal:
            PolicySet.load(tmp_path).for_merchant("mer_1", at=YEAR)
        assert str(refusal.value).replace(f"{tmp_path}/", "") == (
            "no policy of mer_1 applies at 2027-01-01T00:00:00Z; there are: "
            "a (merchants/a.toml) until 2027-01-01T00:00:00Z; b (merchants/b.toml) from 2027-02-01T00:00:00Z"
        )

    def test_before_the_first_default(self, write: Write, tmp_path: Path) -> None:
        """A default that does not apply yet leaves merchants without a policy, and the message says so."""
        write("default.toml", "effective_from = 2027-01-01T00:00:00Z")
        with pytest.raises(PolicyError, match=r"no policy of mer_1, which has no policy of its own, applies at 2026-"):
            PolicySet.load(tmp_path).for_merchant("mer_1", at=NOW)

    def test_each_file_is_read_once(self, write: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Loading takes as many reads as there are files, however many of them extend one."""
        read: list[str] = []
        reading = load.text_of  # what opens a file is not public, and is counted here

        def counted(path: Path, source: str) -> str:
            read.append(path.name)
            return reading(path, source)

        monkeypatch.setattr(load, "text_of", counted)
        write("strict.toml")
        for number in range(5):
            write(f"merchants/m{number}.toml", mine(f"mer_{number}"), base="../strict.toml")
        assert len(PolicySet.load(tmp_path).policies) == 6
        assert sorted(read) == ["m0.toml", "m1.toml", "m2.toml", "m3.toml", "m4.toml", "strict.toml"]

    def test_rules_of_an_application(self, write: Write, tmp_path: Path) -> None:
        """Files may name an application's rules once they are given, also when the directory is loaded again."""
        late = attrs.evolve(RULES[0], name="acme_rule")
        write("merchants/a.toml", mine("mer_1"), "[rules]", 'acme_rule = { mode = "warn" }')
        with pytest.raises(PolicyError, match="unknown rule acme_rule"):
            PolicySet.load(tmp_path)
        policies = PolicySet.load(tmp_path, rules=iter([late]))
        policies.reload()
        assert policies.for_merchant("mer_1", at=NOW).modes == {"acme_rule": Mode.WARN}

    def test_an_instant_without_an_offset(self, tmp_path: Path) -> None:
        """What an instant without an offset means would depend on the machine."""
        with pytest.raises(
            PolicyError, match=r"^no policy of mer_1 can be chosen at 2027-01-01T00:00:00, which has no"
        ):
            PolicySet.load(tmp_path).for_merchant("mer_1", at=YEAR.replace(tzinfo=None))


def refusal_of(directory: Path) -> list[str]:
    """Load a directory that is no policy set, and list what is wrong with it, with the directory left out."""
    with pytest.raises(PolicyError) as refusal:
        PolicySet.load(directory)
    return [str(problem).replace(f"{directory}/", "") for problem in refusal.value.problems]


AT_ONCE = "2:1: two policies apply at once: default always, and default-2027 always at default-2027.toml:2:1"
REFUSED = [
    (
        ("merchants/pottery-2027.toml", mine("mer_1"), "effective_from = 2027-01-01T00:00:00Z"),
        None,
        (
            "merchants/pottery-2027.toml:5:1: two policies apply at once: pottery-2027 from 2027-01-01T00:00:00Z, "
            "and pottery always at merchants/pottery.toml:2:1"
        ),
    ),
    (("default-2027.toml",), None, f"default.toml:{AT_ONCE}"),
    (("merchants/pottery.toml",), None, "merchants/pottery.toml:2:1: a policy of a merchant names its merchant"),
    (("strict.toml", mine("mer_1")), None, "strict.toml:4:1: a policy of a merchant stands in merchants/"),
    (
        ("merchants/books.toml", mine("mer_2")),
        "strict",
        "merchants/books.toml:2:1: the policy at strict.toml:2:1 is called strict already",
    ),
]
"""A file beside those of a valid directory, and what is wrong then."""


class TestRefusals:
    """What is no set of policies. Each starts from a directory that is one."""

    @pytest.fixture(autouse=True)
    def valid(self, write: Write, tmp_path: Path) -> None:
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

    @pytest.mark.parametrize(("file", "called", "problem"), REFUSED)
    def test_together(
        self, write: Write, tmp_path: Path, file: tuple[str, ...], called: str | None, problem: str
    ) -> None:
        """What does not fit the other files is refused where it is written."""
        write(*file, called=called)
        assert refusal_of(tmp_path) == [problem]

    def test_overlap_by_a_microsecond(self, write: Write, tmp_path: Path) -> None:
        """Windows that touch are fine; a microsecond more is not; a window across several is reported with each."""
        for name, start, end in (("a", "2026-01-01", "2026-03-01"), ("b", "2026-03-01", "2026-04-01")):
            window = (f"effective_from = {start}T00:00:00Z", f"effective_until = {end}T00:00:00Z")
            write(f"merchants/{name}.toml", mine("mer_2"), *window)
        assert PolicySet.load(tmp_path).for_merchant("mer_2", at=datetime(2026, 3, 1, tzinfo=UTC)).id == "b"
        window = ("effective_from = 2026-01-01T00:00:00Z", "effective_until = 2026-03-01T00:00:00.000001Z")
        write("merchants/a.toml", mine("mer_2"), *window)
        (problem,) = refusal_of(tmp_path)
        assert problem.startswith(
            "merchants/b.toml:5:1: two policies apply at once: b from 2026-03-01T00:00:00Z until "
        )
        write("merchants/a.toml", mine("mer_2"))
        write("merchants/c.toml", mine("mer_2"), "effective_from = 2026-05-01T00:00:00Z")
        assert [problem.partition(":")[0] for problem in refusal_of(tmp_path)] == [
            "merchants/b.toml",
            "merchants/c.toml",
        ]

    def test_every_file_at_once(self, write: Write, tmp_path: Path) -> None:
        """What is wrong with any file is listed, each once, though another one extends it."""
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
        (problem,) = refusal_of(tmp_path)
        assert problem.startswith("merchants/books.toml: cannot be read: ")
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


class TestReload:
    """Loading again."""

    def test_changes_all_at_once_or_not_at_all(self, write: Write, tmp_path: Path) -> None:
        """A directory that is right again replaces the one before; one that is wrong leaves it."""
        write("merchants/pottery.toml", mine("mer_1"), "[limits]", "max_discounts = 1")
        policies = PolicySet.load(tmp_path)
        before = policies.for_merchant("mer_1", at=NOW)
        write("merchants/books.toml", mine("mer_2"))
        broken = write("merchants/pottery.toml", mine("mer_1"), "[limits]", "max_discounts = -1")
        with pytest.raises(PolicyError, match=f"{broken}:6:17: max_discounts must lie between"):
            policies.reload()
        assert policies.for_merchant("mer_1", at=NOW) is before
        assert policies.for_merchant("mer_2", at=NOW) is default_policy()
        write("merchants/pottery.toml", mine("mer_1"), "[limits]", "max_discounts = 2")
        policies.reload()
        assert policies.for_merchant("mer_1", at=NOW).limits["max_discounts"] == 2
        assert policies.for_merchant("mer_2", at=NOW).id == "books"

    def test_threads(self, write: Write, tmp_path: Path) -> None:
        """A reader during a reload sees one directory or the other, never a part of each."""
        for name, merchant in (("a", "mer_1"), ("b", "mer_2")):
            write(f"merchants/{name}.toml", mine(merchant), called=f"{name}-0")
        policies = PolicySet.load(tmp_path)
        seen: list[tuple[str, str]] = []

        def look() -> None:
            for _ in range(200):
                loaded = policies.policies
                seen.append((loaded[0].id, loaded[1].id))
                assert policies.for_merchant("mer_1", at=NOW).id.startswith("a-")

        threads = [Thread(target=look), Thread(target=look), Thread(target=policies.reload)]
        for name, merchant in (("a", "mer_1"), ("b", "mer_2")):
            write(f"merchants/{name}.toml", mine(merchant), called=f"{name}-1")
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(seen) == 400
        assert set(seen) <= {("a-0", "b-0"), ("a-1", "b-1")}
        assert policies.policies[0].id == "a-1"


@given(st.lists(st.integers(0, 30), min_size=2, max_size=8, unique=True), st.integers(-1, 31), st.data())
def test_versions_by_hand(days: list[int], day: int, data: st.DataObject) -> None:
    """The version that applies is the only one whose window holds the instant, however many there are."""
    bounds = [YEAR + timedelta(days=day) for day in sorted(days)]
    windows = list(zip(bounds[::2], bounds[1::2], strict=False))
    policies = [
        Policy(f"p{n}", {}, effective_from=start, effective_until=end) for n, (start, end) in enumerate(windows)
    ]
    versions = Versions(data.draw(st.permutations(policies)))
    at = YEAR + timedelta(days=day)
    assert versions.overlaps() == []
    assert [policy for policy in policies if policy.effective_at(at)] == [
        policy for policy in (versions.at(at),) if policy is not None
    ]
