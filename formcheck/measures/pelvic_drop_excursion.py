"""Pelvic drop excursion: how far the pelvis sinks from landing to its lowest point."""

import numpy as np

from formcheck.data import FloatArray, Samples, Trial
from formcheck.filming import REAR_STICKERS
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_STEPS, clip_error_deg
from formcheck.surface.sticker_motion import SOURCE as STICKERS
from formcheck.surface.waveforms import Waveforms, pelvis_obliquity_waveform

NOT_AT_STRIKE = (
    "Clothes shake as the foot lands, so the pelvis' tilt at that moment cannot be read from them; "
    "it can from stickers."
)


@measure(
    id="pelvic_drop_excursion",
    title="Pelvic drop after landing",
    short="Drop after landing",
    unit="deg",
    views=(View.REAR,),
    sided=True,
    sign="positive when the side without the foot on the ground sinks after landing",
    how_to_film=REAR_STICKERS,
    source="measures.md 1.1; formcheck.surface",
    needs=("pelvis",),
    camera=no_camera_error("a difference within one stance: roll drops out; yaw not measured yet"),
    plausible=(-6.0, 25.0),  # a little more than the drop itself
    useful_half_width=5.0,
    counted="step",
    retest_sem=None,
    of_stance=True,
)
def pelvic_drop_excursion(trial: Trial) -> Samples:
    """Peak pelvic drop in stance minus the pelvic tilt at foot strike, from the pixels.

    Camera roll and the level of the pelvis cancel. Reported from stickers only, unless
    ``report_drop_excursion`` is set: read in the clothes of held-out people it does not follow the
    truth.

    Parameters
    ----------
    trial : Trial
        ``channels`` (surface motion of the pelvis), ``scene`` and ``steps`` are used.

    Returns
    -------
    Samples
        Degrees per stance side; ``event_sd`` from the strike's time error, ``clip_sd`` the signal's
        own error.
    """
    if not trial.steps:
        return Samples.none(NO_STEPS)
    waves = pelvis_obliquity_waveform(trial)
    if waves.source != STICKERS and not trial.given.surface.report_drop_excursion:
        return Samples.none(NOT_AT_STRIKE)
    if waves.reason:
        return Samples.none(waves.reason)
    strike_sd_s = {s.strike_s: s.strike_sd_s for s in trial.steps}
    error_s = np.array([strike_sd_s.get(float(t), 0.0) for t in waves.start_s])
    return Samples(
        sides=waves.sides,
        values=waves.peaks_deg() - waves.starts_deg(),
        times_s=waves.peak_times_s(),
        event_sd=np.abs(_start_slope(waves)) * error_s,
        clip_sd=clip_error_deg(trial, waves),
        source=waves.source,
    )


def _start_slope(waves: Waveforms) -> FloatArray:
    """Return the mean curve's slope just after strike for each stance, degrees per second."""
    rise = {s: waves.mean_curve(s) for s in dict.fromkeys(waves.sides)}
    step = float(waves.phase[2] - waves.phase[0])
    length_s = waves.end_s - waves.start_s
    slope = np.array([(rise[s][2] - rise[s][0]) / step for s in waves.sides])
    return np.asarray(np.nan_to_num(slope / length_s))
