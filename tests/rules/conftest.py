"""The checks of the boundary tables stand in a module of their own; pytest explains their failures as it does a test's."""

import pytest

pytest.register_assert_rewrite("tests.rules.table")
