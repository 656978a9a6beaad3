"""A directory of policies gives each merchant exactly one at any instant."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import attrs
import pytest

from rules_engine import RULES, Engine, Mode, PolicyError, PolicySet, default_policy
from rules_engine.policy import load
from tests.house.source import ROOT
from tests.policy.policy_set.conftest import NOW, Write, mine

YEAR = datetime(2027, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class TestForMerchant:
    """Which policy applies."""

    def test_own_and_default(self, write: Write, tmp_path: Path) -> None:
        """A merchant has the policy that names it; whoever is named by none has the default of the directory."""
        write("default.toml", called="everybody")
        write("merchants/pottery.toml", mine("mer_1"), base="../default.toml")
        write("merchants/books.toml", mine("mer_2"))
        policies = PolicySet.load(tmp_path)
        assert policies.for_merchant("mer_1", at=NOW).id == "pottery"
        assert policies.for_merchant("mer_2", at=NOW).id == "books"
        assert policies.for_merchant("mer_3", at=NOW).id == "everybody"
        assert [policy.id for policy in policies.policies] == ["everybody", "books", "pottery"]

    def test_an_empty_directory(self, tmp_path: Path) -> None:
        """Without any file, the policy of the library is for everybody."""
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
        """In a gap no policy applies: not the default either, which nobody wrote for this merchant."""
        write("merchants/a.toml", mine("mer_1"), "effective_until = 2027-01-01T00:00:00Z")
        write("merchants/b.toml", mine("mer_1"), "effective_from = 2027-02-01T00:00:00Z")
        with pytest.raises(PolicyError) as refusal:
            PolicySet.load(tmp_path).for_merchant("mer_1", at=YEAR)
        assert str(refusal.value).replace(f"{tmp_path}/", "") == (
            "no policy of mer_1 applies at 2027-01-01T00:00:00Z; there are: "
            "a (merchants/a.toml) until 2027-01-01T00:00:00Z; b (merchants/b.toml) from 2027-02-01T00:00:00Z"
        )

    def test_before_the_first_default(self, write: Write, tmp_path: Path) -> None:
        """A default that does not apply yet leaves merchants without a policy, and it is said whose fault it is."""
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

    def test_rules_of_the_host(self, write: Write, tmp_path: Path) -> None:
        """Files may name rules of the host's, once they are given, and still may when the directory is loaded again."""
        late = attrs.evolve(RULES[0], name="acme_rule")
        write("merchants/a.toml", mine("mer_1"), "[rules]", 'acme_rule = { mode = "warn" }')
        with pytest.raises(PolicyError, match="unknown rule acme_rule"):
            PolicySet.load(tmp_path)
        policies = PolicySet.load(tmp_path, rules=iter([late]))
        policies.reload()
        assert policies.for_merchant("mer_1", at=NOW).modes == {"acme_rule": Mode.WARN}

    def test_an_instant_without_an_offset(self, tmp_path: Path) -> None:
        """What an instant without an offset means would depend on the machine."""
        with pytest.raises(PolicyError, match=r"^no policy of mer_1 can be told at 2027-01-01T00:00:00, which has no"):
            PolicySet.load(tmp_path).for_merchant("mer_1", at=YEAR.replace(tzinfo=None))

    def test_the_projects_own(self) -> None:
        """The directory of this project is one, and each of its policies runs."""
        policies = PolicySet.load(ROOT / "policies")
        assert policies.for_merchant("mer_live_TeenElFayoum", at=NOW).id == "pottery"
        assert policies.for_merchant("mer_live_DanaDigital", at=NOW).id == "electronics"
        assert policies.for_merchant("mer_bookshop", at=NOW).id == "default"
        for policy in policies.policies:
            assert Engine(policy).policy.id == policy.id
