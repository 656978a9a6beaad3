"""How a request wants the payment page to look."""

from rules_engine.models import BrandingSettings, Unset
from rules_engine.path import Path
from rules_engine.views.scope import Axis, Scope, view


@view
class BrandingView:
    """Branding settings that state a font.

    Attributes:
        font_family: The name of the font.
    """

    font_family: str


def join_branding(settings: BrandingSettings | Unset | None) -> tuple[BrandingView, ...]:
    """Take the font of a request, where it states one."""
    if settings is None or isinstance(settings, Unset) or settings.font_family is None:
        return ()
    return (BrandingView(settings.font_family),)


def _place(_: BrandingView) -> Path:
    return ("request", "brandingSettings")


BRANDING = Scope("branding", BrandingView, Axis.ROOT, _place, fields="brandingSettings")
