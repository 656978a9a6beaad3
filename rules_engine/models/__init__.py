"""Requests and facts as frozen attrs classes: what drafts are made of. Every class of these modules is public."""

from rules_engine.models.code_text import *  # noqa: F403  # a list would repeat the classes of a module
from rules_engine.models.coupon import *  # noqa: F403  # the same
from rules_engine.models.currency import *  # noqa: F403  # the same
from rules_engine.models.customer import *  # noqa: F403  # the same
from rules_engine.models.draft import *  # noqa: F403  # the same
from rules_engine.models.formats import *  # noqa: F403  # the same
from rules_engine.models.merchant import *  # noqa: F403  # the same
from rules_engine.models.payment import *  # noqa: F403  # the same
from rules_engine.models.price import *  # noqa: F403  # the same
from rules_engine.models.request import *  # noqa: F403  # the same
from rules_engine.models.session import *  # noqa: F403  # the same
