"""Turn of the shoulders in side view, read from the landmarks in the picture."""

import numpy as np

from formcheck.data import FloatArray, Trial
from formcheck.settings.surface import SurfaceSettings
from formcheck.surface.curves import Waveforms, per_stride
from formcheck.surface.features import near_shoulder_ahead, shoulders_apart
from formcheck.surface.series import StrideClock, low_pass, remove_stride_mean, stride_clock


def side_view_turn(trial: Trial, settings: SurfaceSettings) -> Waveforms:
    """Turn of the shoulders in side view: mean of two readings, whose errors differ."""
    clock = stride_clock(trial.steps)
    forward, near = trial.scene.forward_sign, trial.scene.near_side
    if clock is None or forward == 0:
        return Waveforms(reason="Too few whole strides: film at least 10 seconds.")
    width = trial.given.fitted.corrections.shoulder_width.value
    apart = shoulders_apart(trial.raw, forward)
    readings = [(apart, width)]
    if near is not None:
        own = near_shoulder_ahead(trial.raw, forward, near)
        readings.append((own, settings.near_shoulder_share * width))
    time_s = trial.raw.time_s
    yaws = [
        _turn_deg(time_s, ahead, reach, clock, settings)
        for ahead, reach in readings
        if np.isfinite(ahead).sum() >= 0.5 * ahead.size
    ]
    if not yaws:
        return Waveforms(reason="The shoulders were not seen.")
    quality = (float(np.isfinite(apart).mean()), settings.side_yaw_sd_deg)
    return per_stride(trial, time_s, np.mean(yaws, axis=0), quality)


def _turn_deg(
    time_s: FloatArray,
    ahead: FloatArray,
    reach: float,
    clock: StrideClock,
    settings: SurfaceSettings,
) -> FloatArray:
    """Angle whose sine takes a shoulder that reaches so far out this much ahead; + = left."""
    seen = np.isfinite(ahead)
    smooth = low_pass(time_s, np.interp(time_s, time_s[seen], ahead[seen]), settings.low_pass_hz)
    swing = remove_stride_mean(time_s, smooth, clock.stride_s)
    return np.asarray(-np.degrees(np.arcsin(np.clip(swing / reach, -1.0, 1.0))))
