"""What a run reports: what is not as expected, and what is covered."""

from pathlib import Path

import pytest

from rules_engine import Mode, Verdict, default_policy, rule
from rules_engine.analysis.coverage import report_document, run_suites
from rules_engine.analysis.suites import OPTIONAL, STRICT, Suite, parts_of, read_suites
from rules_engine.codes import PRICE_EXPIRED
from rules_engine.views import SessionView
from tests.analysis.policies import CLEAN, LINES, mode_of, one, report, suite, waiver, write

SOLD_OUT = 'changes = { "/request/lineItems/0/quantity" = 5 }\n'
WARN, SHADOW = mode_of("warn"), mode_of("shadow")
UNKNOWN = 'remove = ["/facts/prices/price_mug"]\n'
GONE = UNKNOWN + 'changes = { "/facts/missing" = { prices = ["price_mug"] } }\n'


@pytest.mark.parametrize(
    ("policy", "stated", "change", "lines"),
    [
        ("", "codes = []", SOLD_OUT, ['codes: expected [], found ["price_sold_out"]']),
        ("", 'codes = ["price_sold_out"]', "", ['codes: expected ["price_sold_out"], found []']),
        ("", 'codes = ["price_sold_out"]', SOLD_OUT, []),
        (WARN, "codes = []", SOLD_OUT, ['warnings: expected [], found ["price_sold_out"]']),
        (WARN, 'codes = []\nwarnings = ["price_sold_out"]', SOLD_OUT, []),
        (SHADOW, "codes = []", SOLD_OUT, ['shadowed: expected [], found ["price_sold_out"]']),
        (SHADOW, 'codes = []\nshadowed = ["price_sold_out"]', SOLD_OUT, []),
        (waiver(), "codes = []", SOLD_OUT, ['waived: expected [], found ["till"]']),
        (waiver(), 'codes = []\nwaived = ["till"]', SOLD_OUT, []),
        ("", "codes = []", UNKNOWN, ['undecided: expected [], found ["prices[price_mug]"]']),
        ("", 'codes = []\nundecided = ["prices[price_mug]"]\naccepted = false', UNKNOWN, []),
        ("", "codes = []\naccepted = false", "", ["accepted: expected false, found true"]),
        (
            "",
            'codes = ["price_sold_out"]\nparams = ["lineItems[0]"]',
            SOLD_OUT,
            ['params: expected ["lineItems[0]"], found ["lineItems[0].price"]'],
        ),
        ("", 'codes = ["price_sold_out"]\nparams = ["lineItems[0].price"]', SOLD_OUT, []),
        ("", 'codes = ["resource_missing"]', GONE, []),
    ],
)
def test_expectations(tmp_path: Path, policy: str, stated: str, change: str, lines: list[str]) -> None:
    """A test that does not state warnings, shadows, waivers and facts expects none; what it missed is listed."""
    found = report(tmp_path, policy, f'[[tests]]\nname = "t"\ndraft = "clean.json"\n{stated}\n{change}')
    assert [str(mismatch) for result in found.failed for mismatch in result.mismatches] == lines


def test_skipped(tmp_path: Path) -> None:
    """Rules that are skipped are looked at where a test names them, in the order of the policy."""
    (result,) = report(tmp_path, "", one("t", '["resource_missing"]') + GONE).results
    skipped = result.parts["skipped"]
    assert isinstance(skipped, tuple)
    assert {"price_inactive", "price_sold_out"} <= set(skipped)
    stated = f"skipped = {list(skipped)}\n".replace("'", '"')
    assert report(tmp_path, "", one("t", '["resource_missing"]') + stated + GONE).failed == ()
    assert len(report(tmp_path, "", one("t", '["resource_missing"]') + "skipped = []\n" + GONE).failed) == 1


def test_every_part_of_a_verdict_has_a_name() -> None:
    """What a test may state is what a verdict is taken apart into."""
    assert set(parts_of(Verdict("session.create", "shop"))) == {*STRICT, *OPTIONAL}


def test_requests_that_do_not_parse(tmp_path: Path) -> None:
    """A code that the wire reports is expected like any other."""
    found = report(tmp_path, "", one("t", '["parameter_unknown"]') + 'changes = { "/request/x" = 1 }\n')
    assert found.failed == ()
    assert found.rules_covered[0] == 0


def test_coverage_of_rules(tmp_path: Path) -> None:
    """A rule is covered that finds something in one draft and is clear of an item in another, in the same operation."""
    clean = report(tmp_path)
    gone = report(tmp_path, "", one("gone", '["price_sold_out"]') + SOLD_OUT)
    both = report(tmp_path, "", CLEAN + one("gone", '["price_sold_out"]') + SOLD_OUT)
    total = sum(len(pipeline) for pipeline in default_policy().pipelines.values())
    assert (clean.rules_covered, gone.rules_covered, both.rules_covered) == ((0, total), (0, total), (1, total))
    (covered,) = [rule for rule in both.rules["session.create"] if rule.covered]
    assert covered.rule == "price_sold_out"
    (only,) = [rule for rule in clean.rules["session.create"] if rule.rule == "price_sold_out"]
    assert (only.violated, only.clear) == (False, True)


@pytest.mark.parametrize(
    ("policy", "stated"),
    [
        (WARN, {"warnings": '["price_sold_out"]'}),
        (SHADOW, {"shadowed": '["price_sold_out"]'}),
        (waiver(), {"waived": '["till"]'}),
    ],
)
def test_rules_that_refuse_nothing_are_covered_too(tmp_path: Path, policy: str, stated: dict[str, str]) -> None:
    """A rule that warns, is shadowed or waived finds something like any other."""
    assert report(tmp_path, policy, CLEAN + one("gone", **stated) + SOLD_OUT).rules_covered[0] == 1


def test_skipped_rules_are_not_covered(tmp_path: Path) -> None:
    """A rule that is skipped has found nothing, whatever it would have found."""
    change = 'remove = ["/facts/prices/price_mug"]\nchanges = { "/facts/missing" = { prices = ["price_mug"] } }\n'
    found = report(tmp_path, "", one("gone", '["resource_missing"]') + change)
    assert [rule.rule for rule in found.rules["session.create"] if rule.violated] == ["price_missing"]


def test_rules_that_are_off_do_not_count(tmp_path: Path) -> None:
    """A rule that is off is no part of what there is to cover."""
    total = report(tmp_path).rules_covered[1]
    off = report(tmp_path, '[rules]\nsession_already_over = { mode = "off" }\n')
    assert off.rules_covered == (0, total - 1)


@pytest.mark.parametrize(
    ("sizes", "covered", "unnoticed"),
    [
        ((3, 4), 1, ()),
        ((3,), 0, ("max_line_items = 4 in place of 3",)),
        ((4,), 0, ("max_line_items = 2 in place of 3",)),
        ((2, 5), 0, ("max_line_items = 2 in place of 3", "max_line_items = 4 in place of 3")),
    ],
)
def test_coverage_of_limits(tmp_path: Path, sizes: tuple[int, ...], covered: int, unnoticed: tuple[str, ...]) -> None:
    """A limit is covered with a draft at the bound and one right beyond it."""
    tests = "".join(
        one(f"{size} lines", "[]" if size < 4 else '["parameter_out_of_range"]')
        + f'sizes = {{ "/request/lineItems" = {size} }}\nremove = ["/facts/prices/price_mug/stock"]\n'
        for size in sizes
    )
    found = report(tmp_path, LINES, tests, mutation="none")
    assert found.failed == ()
    assert found.limits_covered[0] == covered
    (lines,) = [limit for limit in found.limits if limit.limit == "max_line_items"]
    assert lines.unnoticed == unnoticed
    assert found.mutants == ()


def test_a_limit_is_covered_by_verdicts(tmp_path: Path) -> None:
    """A limit is covered where verdicts change, also where no test fails for it: here they all fail anyway."""
    tests = "".join(
        one(f"{size}", '["rate_limit"]') + f'sizes = {{ "/request/lineItems" = {size} }}\n' for size in (3, 4)
    )
    found = report(tmp_path, LINES, tests)
    assert len(found.failed) == 2
    assert found.limits_covered[0] == 1
    assert found.killed == (0, 2)


def test_limits_that_nothing_reads_do_not_count(tmp_path: Path) -> None:
    """A limit whose rules are off is no part of what there is to cover."""
    total = report(tmp_path).limits_covered[1]
    off = report(tmp_path, '[rules]\nfont_family_too_long = { mode = "off" }\n')
    assert off.limits_covered == (0, total - 1)


def test_several_policies(tmp_path: Path) -> None:
    """Each file has its report; one failing test fails all."""
    good = suite(tmp_path)
    (bad,) = read_suites([write(tmp_path, "", one("t", '["price_sold_out"]'))])
    found = run_suites([good, bad])
    assert [len(report.failed) for report in found] == [0, 1]
    assert [report_document(reports)["passed"] for reports in (found[:1], found, ())] == [True, False, True]


@rule(PRICE_EXPIRED, on=SessionView)
def acme_always(session: object, _: object) -> bool:
    """Always report."""
    return session is not None


def test_rules_of_an_application(tmp_path: Path) -> None:
    """A policy that names a rule of the application's is tested with it."""
    path = write(
        tmp_path,
        '[pipelines."session.create"]\ninsert_after = { price_sold_out = ["acme_always"] }\n',
        one("t", '["price_expired"]'),
    )
    own = (acme_always,)
    (found,) = run_suites(read_suites([path], rules=own), rules=own, mutation="stated")
    assert found.failed == ()
    assert (found.killed, found.survivors) == ((1, 1), ())


def test_policy_made_in_python(tmp_path: Path) -> None:
    """A policy that no file states has nothing stated, and everything to be tried."""
    read = suite(tmp_path)
    policy = default_policy().with_modes(Mode.WARN, "price_sold_out").with_limits(max_line_items=3)
    made = Suite("made", policy, read.tests)
    (stated,) = run_suites([made], mutation="stated")
    (everything,) = run_suites([made], mutation="all")
    assert all(mutant.origin is not None for mutant, _ in stated.mutants)
    assert "max_line_items = 4 in place of 3" in {mutant.what for mutant in everything.survivors}
