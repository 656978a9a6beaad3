"""`rules-engine policy show` and `diff`: what a policy states and where, and what another one does not."""

import json
from datetime import UTC, datetime

from rules_engine import PolicySet, read_policy
from rules_engine.policy.schema import policy_schema
from tests.cli.conftest import Run
from tests.cli.policy_files import TODAY, write
from tests.house.source import ROOT

SHIPPED = str(ROOT / "policies")
STRICT = str(ROOT / "policies" / "strict.toml")
POTTERY = str(ROOT / "policies" / "merchants" / "pottery.toml")
OF_POTTERY = ("--for", "mer_live_TeenElFayoum", "--at", "2026-11-25T00:00:00Z")
WAIVERS = """\
[[waivers]]
id = "till"
code = "price_sold_out"
match = {{ operation = "session.create", metadata = {{ key = "channel", value = "till" }} }}
expires = {expires}
reason = "Known."
"""


def _line(out: str, start: str) -> list[str]:
    """Return the words of the only line that begins so."""
    (line,) = (line for line in out.splitlines() if line.startswith(start))
    return line.split()


def test_text(run: Run) -> None:
    """Every rule with its mode, every limit with unit and bounds, each with the place it is written at."""
    ran = run("policy", "show", SHIPPED, *OF_POTTERY)
    assert (ran.code, ran.err) == (0, "")
    out = ran.out.replace(f"{ROOT}/", "")
    assert out.startswith("pottery at 2026-11-25T00:00:00Z\n  file policies/merchants/pottery.toml\n")
    assert _line(out, "  merchant") == ["merchant", "mer_live_TeenElFayoum", "policies/merchants/pottery.toml:9:1"]
    built_in = (ROOT / "policies" / "default.toml").read_text(encoding="utf-8").partition('"expires_too_late"')[0]
    assert _line(out, "expires_too_late") == [
        *("expires_too_late", "warn", "-"),
        *(f"policies/default.toml:{len(built_in.splitlines())}:3", "policies/merchants/pottery.toml:22:1"),
    ]
    assert [line.split()[1:3] for line in out.splitlines() if line.startswith("coupon_minimum_amount")] == [
        ["shadow", "2026-12-31T22:00:00Z"]
    ] * 3
    assert _line(out, "max_quantity") == [
        *("max_quantity", "999", "units", "1", "to", "2147483647", "policies/strict.toml:17:1")
    ]
    assert _line(out, "supported_currencies")[1:4] == ["[EGP,", "EUR,", "USD]"]
    assert "waiver bazaar  policies/merchants/pottery.toml:35:3\n" in out
    assert (
        "  price_sold_out in operation session.create, metadata channel = bazaar, until 2027-01-09T22:00:00Z\n" in out
    )


def test_the_order_is_the_pipeline(run: Run) -> None:
    """The rules of an operation are listed in the order of the report."""
    out = run("policy", "show", SHIPPED, *OF_POTTERY).out
    table = out[out.index("session.create ") : out.index("session.update ")]
    listed = [line.split()[0] for line in table.splitlines()[1:] if line]
    policy = PolicySet.load(SHIPPED).for_merchant("mer_live_TeenElFayoum", at=datetime(2026, 11, 25, tzinfo=UTC))
    assert tuple(listed) == policy.pipelines["session.create"]


def test_toml(run: Run) -> None:
    """The whole policy as one file, which reads as the policy that applies."""
    ran = run("policy", "show", SHIPPED, *OF_POTTERY, "--format", "toml")
    (policy,) = (policy for policy in PolicySet.load(SHIPPED).policies if policy.id == "pottery")
    read = read_policy(ran.out)
    assert (read.pipelines, read.limits, read.waivers) == (policy.pipelines, policy.limits, policy.waivers)
    assert (read.modes, read.enforce_from, read.merchant) == (policy.modes, policy.enforce_from, policy.merchant)


def test_json(run: Run) -> None:
    """The same as data."""
    document = json.loads(run("policy", "show", SHIPPED, *OF_POTTERY, "--format", "json").out)
    assert document["format_version"] == 1
    policy = document["policy"]
    assert (policy["id"], policy["at"], policy["effective"]) == ("pottery", "2026-11-25T00:00:00Z", True)
    assert policy["limits"]["max_custom_fields"]["origin"]["line"] == 31
    assert policy["waivers"][0]["expired"] is False


def test_default_directory(run: Run) -> None:
    """Without a path it is the directory `policies`, and a merchant without a policy has the default."""
    write("policies/default.toml")
    assert run("policy", "show", "--for", "mer_9", "--at", TODAY).out.startswith(f"default at {TODAY}\n")


def test_a_file(run: Run) -> None:
    """A file is shown as it is, for any merchant, with a note where it does not apply at the instant."""
    path = write("shop.toml", "effective_from = 2027-01-01T00:00:00Z\n")
    assert "  file shop.toml\n" in run("policy", "show", path, "--at", TODAY).out
    early = run("policy", "show", path, "--at", "2026-12-31T23:59:59Z")
    assert early.code == 0
    assert "  file shop.toml (does not apply at this instant)\n" in early.out
    assert "  effective_from 2027-01-01T00:00:00Z  shop.toml:4:1\n" in early.out


def test_expired_waiver(run: Run) -> None:
    """A waiver that has expired is marked."""
    write("shop.toml", WAIVERS.format(expires="2027-01-01T00:00:00Z"))
    assert ", expired at 2027-01-01T00:00:00Z\n" in run("policy", "show", "shop.toml", "--at", TODAY).out
    write("shop.toml", WAIVERS.format(expires="2027-01-01T00:00:00.000001Z"))
    assert ", until 2027-01-01T00:00:00.000001Z\n" in run("policy", "show", "shop.toml", "--at", TODAY).out


def test_refusals(run: Run) -> None:
    """A directory without a merchant is wrong usage; a policy that is wrong, or not there, is unusable."""
    write("policies/merchants/a.toml", 'merchant = "mer_1"\neffective_until = 2027-01-01T00:00:00Z\n')
    ran = run("policy", "show", "--at", TODAY)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "rules-engine: --for is missing: policies is a directory, whose policies are for merchants\n"
    ran = run("policy", "show", "--for", "mer_1", "--at", TODAY)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("no policy of mer_1 applies at 2027-01-01T00:00:00Z")
    assert run("policy", "show", "nowhere", "--for", "mer_1").code == 2


def test_schema(run: Run) -> None:
    """The schema of the library is printed, always the same."""
    ran = run("policy", "schema")
    assert (ran.code, ran.err) == (0, "")
    assert json.loads(ran.out) == policy_schema()
    assert run("policy", "schema").out == ran.out


def test_diff_as_text(run: Run) -> None:
    """Every value that differs is a line, which ends with what the change does by itself."""
    ran = run("policy", "diff", STRICT, POTTERY)
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines() == [
        "strict to pottery",
        "  merchant: none to mer_live_TeenElFayoum (different)",
        (
            "  session.create: price_sold_out moved from behind custom_price_unavailable to behind price_missing "
            "(refuses the same)"
        ),
        "  expires_too_late: mode enforce to warn (looser)",
        "  coupon_minimum_amount: enforce_from none to 2026-12-31T22:00:00Z (looser)",
        "  max_custom_fields: 3 to 1 fields (stricter)",
        "  supported_currencies: without AED, AUD, BHD, CAD, CNY, GBP, JOD, KWD, LYD, OMR, QAR, SAR (stricter)",
        (
            "  waiver bazaar of price_sold_out added, until 2027-01-09T22:00:00Z: Pieces sold at the winter bazaar "
            "leave the shelf there, and the stock is corrected in the evening. (looser)"
        ),
    ]


def test_diff_as_json(run: Run) -> None:
    """The same as data: the keys, the two values, and the effect."""
    ran = run("policy", "diff", "default", STRICT, "--format", "json")
    document = json.loads(ran.out)
    assert ran.code == 1
    assert (document["format_version"], document["first"], document["second"]) == (1, "default", "strict")
    assert document["changes"][0] == {
        "path": ["limits", "max_line_items"],
        "sentence": "max_line_items: 100 to 50 lines",
        "before": 100,
        "after": 50,
        "effect": "stricter",
    }
    assert {change["effect"] for change in document["changes"]} == {"stricter"}


def test_diff_of_a_set(run: Run) -> None:
    """The members of a set are a list, in alphabetical order."""
    path = write("shop.toml", '[limits]\nsupported_currencies = ["USD", "EGP"]\n')
    (change,) = json.loads(run("policy", "diff", "default", path, "--format", "json").out)["changes"]
    assert change["after"] == ["EGP", "USD"]
    assert len(change["before"]) == 15


def test_diff_of_nothing(run: Run) -> None:
    """Policies that state the same end with 0, whatever they are called."""
    one, other = write("one.toml"), write("other.toml")
    ran = run("policy", "diff", one, other)
    assert (ran.code, ran.out) == (0, "one to other\n  nothing differs\n")
    ran = run("policy", "diff", one, other, "--format", "json")
    assert (ran.code, json.loads(ran.out)["changes"]) == (0, [])


def test_diff_of_a_wrong_file(run: Run) -> None:
    """A file that is wrong is unusable, and reported as by the loader."""
    ran = run("policy", "diff", "default", write("shop.toml", "[limits]\nmax_line_itmes = 1\n"))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "shop.toml:5:1: unknown limit max_line_itmes; did you mean max_line_items?\n"
