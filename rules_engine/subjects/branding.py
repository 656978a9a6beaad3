"""How a request wants the payment page to look."""

from rules_engine.models.branding import BrandingSettings
from rules_engine.models.unset import Unset
from rules_engine.path import Path
from rules_engine.subjects.scope import Axis, Scope, subject


@subject
class BrandingSubject:
    """Branding settings that state a font.

    Attributes:
        font_family: The name of the font.
    """

    font_family: str


def join_branding(settings: BrandingSettings | Unset | None) -> tuple[BrandingSubject, ...]:
    """Take the font of a request, where it states one."""
    if settings is None or isinstance(settings, Unset) or settings.font_family is None:
        return ()
    return (BrandingSubject(settings.font_family),)


def _place(_: BrandingSubject) -> Path:
    return ("request", "brandingSettings")


BRANDING = Scope("branding", BrandingSubject, Axis.ROOT, _place)
