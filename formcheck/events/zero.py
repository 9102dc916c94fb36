"""Where on the mean stride the foot lands and leaves: the calibrated part of the event times."""

from dataclasses import dataclass

from formcheck.data import Scene
from formcheck.events.strides import MeanStride
from formcheck.keypoints import Side
from formcheck.settings.events import EventSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Zero:
    """Foot strike and toe-off after the step's reference, with the error of the method."""

    strike_s: float
    toe_off_s: float
    strike_sd_s: float
    toe_off_sd_s: float


def zero_of(
    mean: MeanStride, scene: Scene, side: Side, stride_s: float, settings: EventSettings
) -> Zero:
    """Locate foot strike and toe-off on a mean stride."""
    cal = settings.zero
    strike = cal.strike_s
    return Zero(
        strike_s=strike,
        toe_off_s=strike + 0.5 * stride_s / 2 - 2 * strike,
        strike_sd_s=cal.strike_sd_s,
        toe_off_sd_s=cal.toe_off_sd_s,
    )
