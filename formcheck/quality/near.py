"""Which steps were near enough: a runner who comes or goes is small for part of the clip."""

from collections.abc import Sequence

import numpy as np

from formcheck.data import Clip, PoseSequence, Step
from formcheck.quality.stats import body_heights_px
from formcheck.settings import QualitySettings

_MARGIN_S = 0.05
"""Frames this near count too: the last step of a clip may have no end."""


def near_steps(
    clip: Clip, raw: PoseSequence, steps: Sequence[Step], settings: QualitySettings | None = None
) -> tuple[Step, ...]:
    """Return the steps in which the body is tall enough in the picture for angles.

    With fewer than a few such steps all are returned: then the clip as a whole is what is wrong.

    Parameters
    ----------
    clip : Clip
    raw : PoseSequence
        One row per frame, NaN where nobody was found.
    steps : sequence of Step
    settings : QualitySettings, optional
    """
    settings = settings or QualitySettings()
    height = body_heights_px(raw.xy_px)
    least = settings.small_stop_share * clip.height_px
    kept = []
    for step in steps:
        end_s = step.stride_end_s or step.end_s or step.toe_off_s or step.strike_s
        during = (raw.time_s >= step.strike_s - _MARGIN_S) & (raw.time_s <= end_s + _MARGIN_S)
        during &= np.isfinite(height)
        if not during.any() or float(np.median(height[during])) >= least:
            kept.append(step)
    return tuple(kept) if len(kept) >= settings.min_near_steps else tuple(steps)


def body_px_in(raw: PoseSequence, steps: Sequence[Step]) -> float:
    """Return the median body height in the frames of these steps, pixels."""
    height = body_heights_px(raw.xy_px)
    during = np.zeros(height.size, dtype=bool)
    for step in steps:
        end_s = step.end_s or step.toe_off_s or step.strike_s
        during |= (raw.time_s >= step.strike_s) & (raw.time_s <= end_s)
    seen = height[during & np.isfinite(height)]
    return float(np.median(seen)) if seen.size else 0.0
