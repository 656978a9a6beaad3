"""What rules read: views, built once a draft. Every view, the context and limits are public."""

from rules_engine.views.configuration import *  # noqa: F403  # a list would repeat the classes of a module
from rules_engine.views.context import *  # noqa: F403  # the same
from rules_engine.views.currency import *  # noqa: F403  # the same
from rules_engine.views.discount import *  # noqa: F403  # the same
from rules_engine.views.line_item import *  # noqa: F403  # the same
from rules_engine.views.payment_link import *  # noqa: F403  # the same
from rules_engine.views.payment_method import *  # noqa: F403  # the same
from rules_engine.views.refund import *  # noqa: F403  # the same
from rules_engine.views.request import *  # noqa: F403  # the same
from rules_engine.views.saved_discount import *  # noqa: F403  # the same
from rules_engine.views.saved_price import *  # noqa: F403  # the same
from rules_engine.views.scope import *  # noqa: F403  # the same
from rules_engine.views.session import *  # noqa: F403  # the same
from rules_engine.views.session_operations import *  # noqa: F403  # the same
from rules_engine.views.stored_session import *  # noqa: F403  # the same
