"""How a runner's ground force grows and fades, as far as runners are alike."""

from pydantic import Field

from formcheck.settings.base import SettingsModel


class ForceSettings(SettingsModel):
    """A small early bell, where foot and shank are stopped, and a large one (:mod:`events.force`).

    Two bells: Clark, Ryan and Weyand 2017 (J Exp Biol 220:247), R2 0.95 on 500 measured forces.
    """

    roundness: float = Field(
        0.775,
        ge=0,
        le=1,
        description="Large bell: 0 half a sine, 1 a raised cosine (Clark); two stances over a "
        "force plate lie at 0.75.",
    )
    peak_at: float = Field(
        0.46, gt=0.3, lt=0.7, description="Peak of the large bell, share of the contact (0.47)."
    )
    impact: float = Field(
        0.075,
        ge=0,
        lt=0.5,
        description="Share of the impulse in the small bell: 8 % of the body, stopped from 1.3 "
        "m/s.",
    )
    impact_share: float = Field(
        0.27, gt=0, lt=1, description="Length of the small bell, share of the contact (70 ms)."
    )
