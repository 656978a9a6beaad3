"""How a payment page looks."""

from typing import Literal

from attrs import frozen

from rules_engine.models.formats import HexColor


@frozen
class BrandingColors:
    """The twelve colours of a payment page, each of them optional."""

    primary: HexColor | None = None
    primary_foreground: HexColor | None = None
    background: HexColor | None = None
    foreground: HexColor | None = None
    border: HexColor | None = None
    input: HexColor | None = None
    ring: HexColor | None = None
    muted: HexColor | None = None
    muted_foreground: HexColor | None = None
    accent: HexColor | None = None
    accent_foreground: HexColor | None = None
    destructive: HexColor | None = None


@frozen
class BrandingSettings:
    """How a payment page looks; what is not stated is the merchant's own setting.

    Attributes:
        font_family: At most 512 characters.
    """

    color_mode: Literal["light", "dark", "system"] | None = None
    border_style: Literal["rounded", "sharp", "pill"] | None = None
    spacing: Literal["condensed", "normal", "spacious"] | None = None
    input_size: Literal["small", "medium", "large"] | None = None
    input_style: Literal["flat", "outlined", "filled"] | None = None
    form_layout: Literal["compact", "spacious"] | None = None
    colors: BrandingColors | None = None
    font_family: str | None = None
