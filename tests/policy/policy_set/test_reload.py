"""A directory that is loaded again changes all at once or not at all."""

from pathlib import Path
from threading import Thread

import pytest

from rules_engine import PolicyError, PolicySet, default_policy
from tests.policy.policy_set.conftest import NOW, Write, mine


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
        """Whoever looks while others reload sees one directory or the other, never a part of each."""
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
