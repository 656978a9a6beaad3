"""A session that is clean, what can be wrong with its prices, and the session with all of that."""

from rules_engine.examples.documents import changed
from rules_engine.examples.worlds import valid_examples

CREATE = valid_examples()["create"]
EXPIRE = valid_examples()["expire"]
SOLD_OUT = {"/facts/prices/price_mug/stock": 1}
ARCHIVED = {"/facts/prices/price_bowl/active": False}
SPOILT = changed(CREATE, {**SOLD_OUT, **ARCHIVED})
