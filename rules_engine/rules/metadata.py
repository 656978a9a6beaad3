"""How much metadata an object may carry. XPay states no number; Stripe's is followed."""

from rules_engine import codes
from rules_engine.rules.declaration import rule
from rules_engine.rules.limits import MAX_METADATA_KEYS
from rules_engine.views.context import Context
from rules_engine.views.metadata import METADATA, MetadataView


@rule(
    codes.PARAMETER_OUT_OF_RANGE,
    on=METADATA,
    limits=(MAX_METADATA_KEYS,),
    evidence=lambda metadata, ctx: {"keys": metadata.count, "maximum": ctx.limits[MAX_METADATA_KEYS]},
)
def metadata_too_large(metadata: MetadataView, ctx: Context) -> bool:
    """The metadata has more keys than it may.

    As many as the limit are enough; a list counts its items. XPay states no number; Stripe's is followed.
    """
    return metadata.count > ctx.limits[MAX_METADATA_KEYS]
