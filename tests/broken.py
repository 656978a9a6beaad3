"""A session that is clean, what can be wrong with its prices, and the session with all of that."""

from rules_engine.examples import changed, examples

CREATE = examples()["create"]
EXPIRE = examples()["expire"]
SOLD_OUT = {"/facts/prices/price_mug/stock": 1}
ARCHIVED = {"/facts/prices/price_bowl/active": False}
BROKEN = changed(CREATE, {**SOLD_OUT, **ARCHIVED})
