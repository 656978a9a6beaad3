"""A policy written as a file of its own, and what it comes to at an instant."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rules_engine import MetadataMatch, Mode, Policy, Waiver, WaiverMatch, default_policy, load_policy, read_policy
from rules_engine.policy.write import effective_document, write_policy
from rules_engine.rules.limits import LIMITS
from tests.house.source import ROOT
from tests.policy.files import whole
from tests.profiles import scaled

ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(lambda text: bool(text.strip()))
INSTANTS = st.datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001  # the strategy wants them bare


def _stated(policy: Policy) -> tuple[object, ...]:
    """Return everything of a policy but where it comes from."""
    return (
        *(policy.id, policy.merchant, policy.effective_from, policy.effective_until),
        *(dict(policy.pipelines), dict(policy.modes), dict(policy.enforce_from), dict(policy.limits), policy.waivers),
    )


@pytest.mark.parametrize(
    "path",
    [*(ROOT / "policies").glob("*.toml"), *(ROOT / "policies" / "merchants").glob("*.toml")],
    ids=lambda path: path.stem,
)
def test_round_trip_of_what_is_shipped(path: object) -> None:
    """Every shipped policy, written whole and read again, states the same."""
    policy = load_policy(str(path))
    assert _stated(read_policy(write_policy(policy))) == _stated(policy)


def test_round_trip_of_everything() -> None:
    """So does a file that states everything."""
    assert _stated(read_policy(write_policy(whole()))) == _stated(whole())


@settings(max_examples=scaled(100))
@given(
    texts=st.lists(ANY_TEXT, min_size=6, max_size=6, unique=True),
    value=st.none() | st.text(st.characters(exclude_categories=["Cs"])),
    expires=INSTANTS,
)
def test_round_trip_of_any_text(texts: list[str], value: str | None, expires: datetime) -> None:
    """Quotes, backslashes, control characters and line breaks in texts are read as they were written."""
    name, merchant, waiver, matched, key, reason = texts
    match = WaiverMatch(matched, "session.create", MetadataMatch(key, value))
    policy = Policy(
        name,
        default_policy().pipelines,
        {"price_expired": Mode.WARN, "price_inactive": Mode.ENFORCE},
        default_policy().limits,
        enforce_from={"price_inactive": expires, "price_expired": expires},
        waivers=(Waiver(waiver, "price_sold_out", match, expires, reason),),
        merchant=merchant,
        effective_from=expires,
    )
    assert _stated(read_policy(write_policy(policy))) == _stated(policy)


def test_places() -> None:
    """Each value has the place it comes from beside it, through the whole chain; a line break cannot escape it."""
    lines = write_policy(load_policy(ROOT / "policies" / "merchants" / "pottery.toml")).splitlines()
    places = {line.partition("  # ")[0]: line.partition("  # ")[2].removeprefix(f"{ROOT}/") for line in lines}
    assert places["max_custom_fields = 1"] == "policies/merchants/pottery.toml:31:1"
    assert places["max_line_items = 50"] == "policies/strict.toml:15:1"
    assert places["max_discounts = 1"] == str(default_policy().origins["limits", "max_discounts"])
    evil = write_policy(read_policy(write_policy(default_policy()), source="a\nid = 1"))
    assert read_policy(evil).id == "default"


class TestEffective:
    """What a policy comes to at an instant."""

    def test_modes_follow_the_clock(self) -> None:
        """A delayed rule is shadowed before its instant and enforced from it on."""
        for instant, mode in (("2026-12-31T21:59:59.999999Z", "shadow"), ("2026-12-31T22:00:00Z", "enforce")):
            document = effective_document(whole(), datetime.fromisoformat(instant))
            (rule,) = (
                rule for rule in document["pipelines"]["session.create"] if rule["rule"] == "coupon_minimum_amount"
            )
            assert (rule["mode"], rule["enforce_from"]) == (mode, "2026-12-31T22:00:00Z")
            assert rule["mode_origin"] == {"source": "shop.toml", "line": 18, "column": 1}

    def test_window(self) -> None:
        """Whether it applies, and where its window is written."""
        document = effective_document(whole(), datetime(2027, 1, 6, tzinfo=UTC))
        assert document["effective"] is True
        assert document["effective_until"] == {
            "value": "2027-01-07T00:00:00Z",
            "origin": {"source": "shop.toml", "line": 6, "column": 1},
        }
        assert effective_document(whole(), datetime(2027, 1, 7, tzinfo=UTC))["effective"] is False

    def test_limits(self) -> None:
        """Every limit with value, unit, bounds and default, and the place of its value."""
        limits = effective_document(whole(), datetime(2027, 1, 6, tzinfo=UTC))["limits"]
        assert list(limits) == [limit.name for limit in LIMITS]
        assert limits["max_discounts"] == {
            "value": 2,
            "unit": "discounts",
            "minimum": 0,
            "maximum": 100,
            "members": [],
            "default": 1,
            "origin": {"source": "shop.toml", "line": 21, "column": 1},
        }
        assert limits["supported_currencies"]["value"] == sorted(limits["supported_currencies"]["members"])

    def test_waivers(self) -> None:
        """Every waiver with its match, and whether it has expired."""
        before, at = (
            effective_document(whole(), datetime.fromisoformat(instant))["waivers"][0]
            for instant in ("2027-01-31T23:59:59.999999Z", "2027-02-01T00:00:00Z")
        )
        assert (before["expired"], at["expired"]) == (False, True)
        assert before["match"] == {
            "merchant": "mer_1",
            "operation": "session.create",
            "metadata": {"key": "channel", "value": "till"},
        }

    def test_made_in_python(self) -> None:
        """A value that no file states has no place."""
        document = effective_document(Policy("made", {"session.expire": ("session_missing",)}), datetime.now(UTC))
        assert document["pipelines"]["session.expire"][0]["origin"] is None
        assert document["limits"]["max_discounts"]["origin"] is None
