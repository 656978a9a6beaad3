"""How many examples the properties draw: the profiles of Hypothesis, all of them here.

`dev` is the default, `ci` is what `.ci/run` uses, `thorough` for a night. `HYPOTHESIS_PROFILE=ci pytest` chooses one,
and so does `pytest --hypothesis-profile=ci`.
"""

import os
from typing import Final

from hypothesis import HealthCheck, settings

_NORMAL: Final = 100
"""The number of examples that a test means when it says nothing, and the measure of what it says."""

# No truth depends on how fast a machine is, nor on what else it does meanwhile.
_UNTIMED: Final = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile("dev", _UNTIMED, max_examples=5)
settings.register_profile("ci", _UNTIMED, max_examples=_NORMAL, derandomize=True, print_blob=True)
settings.register_profile("thorough", _UNTIMED, max_examples=10 * _NORMAL)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


def scaled(number: int) -> int:
    """Return how many examples the chosen profile draws where `ci` draws a number of them, one at least.

    Args:
        number: The `max_examples` that a test has in `ci`.
    """
    return max(1, number * settings().max_examples // _NORMAL)
