"""Vertical oscillation: how far the hips go up and down in each step."""

import numpy as np

from formcheck.data import FloatArray, Samples, Trial, sample_at
from formcheck.filming import SCALE, SIDE_RUN
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_SCALE, NO_STEPS, Window, both, step_windows
from formcheck.signals.geometry import mid_hip_level_px


@measure(
    id="vertical_oscillation",
    title="Up-and-down movement",
    short="Up-and-down movement",
    unit="cm",
    views=(View.SIDE, View.REAR, View.FRONT),
    sided=False,
    sign="a larger value is more up-and-down movement",
    how_to_film=f"{SIDE_RUN} {SCALE}",
    source="measures.md 2 (vertical oscillation)",
    needs=("still_camera", "scale"),
    camera=no_camera_error("roll changes it by its cosine only; yaw leaves heights alone"),
    plausible=(0.0, 25.0),  # 6 to 11; bounding is less than 25
    useful_half_width=3.0,
    counted="step",
    retest_sem=None,
)
def vertical_oscillation(trial: Trial) -> Samples:
    """Largest minus smallest height of mid-hip in each step, less the drift from strike to strike.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``steps`` and ``scene.m_per_px`` are used.

    Returns
    -------
    Samples
        Centimetres, side ``both``, one value per step; empty with a reason without a scale.
    """
    scale = trial.scene.m_per_px
    if scale is None:
        return Samples.none(NO_SCALE)
    windows = step_windows(trial)
    if not windows:
        return Samples.none(NO_STEPS)
    height_cm = -100.0 * scale * mid_hip_level_px(trial.pose, trial.scene)[:, 1]
    found = [_range_without_drift(trial, height_cm, w) for w in windows]
    return Samples(
        sides=both(len(windows)),
        values=np.array([v for v, _ in found]),
        times_s=np.array([t for _, t in found]),
    )


def _range_without_drift(
    trial: Trial, height_cm: FloatArray, window: Window
) -> tuple[float, float]:
    grid_s = trial.given.measures.window_grid_s
    n = max(3, round((window.end_s - window.start_s) / grid_s) + 1)
    t = np.linspace(window.start_s, window.end_s, n)
    h = sample_at(trial.pose.time_s, height_cm, t)
    if not np.isfinite(h).all():
        return float("nan"), window.start_s
    h = h - np.linspace(h[0], h[-1], n)
    return float(np.ptp(h)), float(t[np.argmin(h)])
