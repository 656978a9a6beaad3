"""Rows are checked in modules of their own; pytest explains a failure there as it does in a test."""

import pytest

pytest.register_assert_rewrite("tests.rules.table", "tests.rules.derived")
