"""Cadence: steps per minute."""

from collections.abc import Sequence

import numpy as np

from formcheck.data import Samples, Step, Trial
from formcheck.filming import ANY_RUN
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_STRIDES, both, stride_windows

MIN_STRIKES = 5


@measure(
    id="cadence",
    title="Cadence",
    short="Cadence",
    unit="steps/min",
    views=(View.SIDE, View.REAR, View.FRONT),
    sided=False,
    sign="a larger value is quicker steps",
    how_to_film=ANY_RUN,
    source="measures.md 2 (cadence)",
    needs=(),
    camera=no_camera_error("a time: no camera angle changes it"),
    plausible=(100.0, 260.0),  # 150 to 190; sprinters reach 260, a slower step is a walk
    useful_half_width=4.0,
    counted="step",
    retest_sem=None,
)
def cadence(trial: Trial) -> Samples:
    """Slope of the strike times over the count of steps; per stride for display.

    A straight line through all strike times (with an offset between the feet, which takes out a
    constant difference of the runner or the detector) uses the whole length of the clip: errors of
    single strikes hardly matter. A missed contact counts as a step.

    Parameters
    ----------
    trial : Trial
        ``timed_steps`` are used.

    Returns
    -------
    Samples
        Steps per minute, side ``both``, one value per stride; ``known_mean`` is the line's.
    """
    strides = stride_windows(trial, far=True)
    if not strides:
        return Samples.none(NO_STRIDES)
    length = np.array([w.end_s - w.start_s for w in strides])
    return Samples(
        sides=both(len(strides)),
        values=120.0 / length,
        times_s=np.array([w.start_s for w in strides]),
        known_mean=_line(trial.timed_steps),
    )


def _line(steps: Sequence[Step]) -> tuple[float, float] | None:
    """Return cadence and its standard error from a line through the strikes, if enough."""
    if len(steps) < MIN_STRIKES:
        return None
    strikes = np.array([s.strike_s for s in steps])
    foot = np.array([0.5 if s.side == "left" else -0.5 for s in steps])
    gaps = np.diff(strikes)
    typical = float(np.median(gaps))
    if typical <= 0:
        return None
    count = np.concatenate([[0.0], np.cumsum(np.maximum(np.round(gaps / typical), 1.0))])
    design = np.stack([np.ones_like(count), count, foot], axis=1)
    inverse = np.linalg.pinv(design.T @ design)
    fitted = inverse @ design.T @ strikes
    residual = strikes - design @ fitted
    spread = float(np.sqrt(np.sum(residual**2) / max(1, strikes.size - 3)))
    # a runner's own drift shows in the residuals, single detection errors in the strikes' SD
    error = max(spread, float(np.sqrt(np.mean([s.strike_sd_s**2 for s in steps]))))
    step_s, step_sd_s = float(fitted[1]), error * float(np.sqrt(inverse[1, 1]))
    return 60.0 / step_s, 60.0 * step_sd_s / step_s**2
