"""Places are named as the API and RFC 6901 name them, and no name that is a secret is repeated."""

import pytest

from rules_engine.path import HIDDEN, param_of, pointer_of, shown


def test_names() -> None:
    """A place in a request has the API's name, a place in a document a pointer; the whole has neither."""
    assert param_of(("lineItems", 0, "priceData", "currency")) == "lineItems[0].priceData.currency"
    assert pointer_of(("request", "lineItems", 0, "a/b~c")) == "/request/lineItems/0/a~1b~0c"
    assert (param_of(()), pointer_of(())) == (None, "")


@pytest.mark.parametrize(
    "secret",
    [
        "sk_live_4f1c",
        "RK_TEST_4f1c",
        "pk_test_4f1c",
        "Bearer sk_test_4f1c",
        "bearer 4f1c",
        "x-sk_test_4f1c",
        "whsec_4f1c",
        "cs_1_secret_4f1c",
        "0a" * 32,
        f"t=1,v1={'0A' * 32}",
    ],
)
def test_secrets(secret: str) -> None:
    """A name that has the form of a secret is hidden, and what stands around it is shown."""
    assert shown(secret) == HIDDEN
    assert param_of(("lineItems", 1, secret, "price")) == f"lineItems[1].{HIDDEN}.price"
    assert param_of((secret,)) == HIDDEN
    assert pointer_of(("facts", secret, 0)) == f"/facts/{HIDDEN}/0"


@pytest.mark.parametrize(
    "name",
    [
        *("", "clientSecret", "client_secret", "secret_key", "secret", "bearer", "bearerToken", "task_live_now"),
        *("sk_production", "whsec", "price_live_OliveMug", "0a" * 31, "[red]\x1b", "x" * 500),
    ],
)
def test_other_names(name: str) -> None:
    """A name that is none is shown as it is written, however odd."""
    assert shown(name) == name
