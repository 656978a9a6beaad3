"""Boundary tables check their rows in a module of its own; pytest explains a failure there as it does in a test."""

import pytest

pytest.register_assert_rewrite("tests.rules.table")
