"""Pelvis and thorax over the stride: drift-free curves per stance and per stride.

Sources: two stickers on the waistband or else the strips' motion and the model of
:mod:`formcheck.surface.model` in rear view; how far the shoulders come apart in side view.
"""

from dataclasses import replace

import numpy as np

from formcheck.data import FloatArray, SampleSide, Step, Trial
from formcheck.keypoints import SIDES, View
from formcheck.settings.surface import SurfaceSettings
from formcheck.surface.curves import (
    N_PHASES,
    Waveforms,
    between_cycles,
    checked,
    curve_over,
    per_stride,
    reliability_of,
)
from formcheck.surface.side_turn import side_view_turn
from formcheck.surface.sticker_motion import SOURCE as STICKERS
from formcheck.surface.sticker_motion import StickerMotion, sticker_motion
from formcheck.surface.trunk_motion import TrunkMotion, trunk_motion

__all__ = [
    "NO_PELVIS_YAW",
    "Waveforms",
    "pelvis_obliquity_waveform",
    "pelvis_rotation_per_stride",
    "shoulder_rotation_per_stride",
]

NO_PELVIS_YAW = (
    "How far the pelvis turns about the vertical cannot be read from one camera: the cloth over it "
    "answers more to the legs. Film the shoulders' turn instead."
)


def pelvis_obliquity_waveform(trial: Trial) -> Waveforms:
    """Return pelvic obliquity over each stance, + = swing side lower than the stance side.

    From two stickers on the waistband where the clip shows them, else from the clothes. Both give
    how the pelvis turns, not which way is level. Level is taken from the middles of the gaps
    between a toe-off and the next strike, both sides together: there the pelvis passes from one
    side's drop to the other's. A tilt of the camera drops out.

    Parameters
    ----------
    trial : Trial
        Rear view of running, with the channels of the strip and sticker probes.

    Returns
    -------
    Waveforms
        One curve per stance, from strike to toe-off.
    """
    settings = trial.given.surface
    stuck = sticker_motion(trial)
    if stuck is not None:
        waves = _over_stances(trial, stuck, settings)
        own = trial.given.stickers
        waves = replace(
            waves, source=STICKERS, peak_between=own.peak_between, method_sd_deg=own.clip_sd_deg
        )
        if not checked(waves, settings).reason:
            return waves
    motion = trunk_motion(trial)
    if isinstance(motion, str):
        return Waveforms(reason=motion)
    waves = _over_stances(trial, motion, settings)
    method_sd = _obliquity_sd(waves.curves_deg, settings)
    return checked(replace(waves, method_sd_deg=method_sd), settings)


def _over_stances(
    trial: Trial, motion: TrunkMotion | StickerMotion, settings: SurfaceSettings
) -> Waveforms:
    """Cut the obliquity into stances, from the level of mid-flight."""
    steps = tuple(s for s in trial.steps if s.toe_off_s is not None)
    level = _level(motion, steps)
    rows: list[FloatArray] = []
    sides: list[SampleSide] = []
    for step in steps:
        sign = 1.0 if step.side == "left" else -1.0
        curve = curve_over(motion.time_s, motion.obliquity_deg, step.strike_s, _end(step))
        rows.append(sign * (curve - level))
        sides.append(step.side)
    curves = np.array(rows) if rows else np.empty((0, N_PHASES))
    spread = between_cycles(curves, tuple(sides))
    return Waveforms(
        curves_deg=curves,
        sides=tuple(sides),
        start_s=np.array([s.strike_s for s in steps]),
        end_s=np.array([_end(s) for s in steps]),
        peak_between=settings.drop_peak_between,
        reliability=reliability_of(motion.tracked, spread, settings.reference_cycle_sd_deg),
        cycle_sd_deg=spread,
    )


def _obliquity_sd(curves: FloatArray, settings: SurfaceSettings) -> float:
    """Error of a peak: a part that is always there, the level's, and a part that grows with it."""
    whole = curves[np.isfinite(curves).all(axis=1)]
    size = float(np.median(np.abs(whole).max(axis=1))) if len(whole) else 0.0
    growing = settings.obliquity_gain_sd * size
    return float(np.hypot(np.hypot(settings.obliquity_sd_deg, settings.zero_sd_deg), growing))


def _end(step: Step) -> float:
    return step.strike_s if step.toe_off_s is None else step.toe_off_s


def _level(motion: TrunkMotion | StickerMotion, steps: tuple[Step, ...]) -> float:
    """Obliquity at mid-flight: mean of the medians after left and after right stances."""
    found: dict[str, list[float]] = {side: [] for side in SIDES}
    for step in steps:
        if step.end_s is None:
            continue
        at = 0.5 * (_end(step) + step.end_s)
        value = float(np.interp(at, motion.time_s, motion.obliquity_deg))
        if np.isfinite(value):
            found[step.side].append(value)
    medians = [float(np.median(v)) for v in found.values() if v]
    return float(np.mean(medians)) if len(medians) == len(SIDES) else 0.0


def shoulder_rotation_per_stride(trial: Trial) -> Waveforms:
    """Return the thorax's axial rotation over each stride, + = turned left, zero mean.

    Rear view: surface motion, shoulder midpoint and world landmarks together. Side view: the
    shoulders come apart in the picture by the sine of their turn, and the near one moves ahead of
    the ears; the mean of both.

    Returns
    -------
    Waveforms
        One curve per stride, left strike to left strike.
    """
    settings = trial.given.surface
    if trial.scene.view == View.SIDE:
        return checked(side_view_turn(trial, settings), settings)
    motion = trunk_motion(trial)
    if isinstance(motion, str):
        return Waveforms(reason=motion)
    quality = (motion.tracked, settings.thorax_yaw_sd_deg)
    return checked(per_stride(trial, motion.time_s, motion.thorax_yaw_deg, quality), settings)


def pelvis_rotation_per_stride(trial: Trial) -> Waveforms:
    """Return the pelvis's axial rotation over each stride, + = turned left, zero mean.

    Not reported unless ``report_pelvis_yaw`` is set: on held-out people the curve was as often
    against the truth as with it. The world landmarks' hip line does not follow the pelvis in any
    view either.

    Returns
    -------
    Waveforms
        One curve per stride, left strike to left strike.
    """
    settings = trial.given.surface
    if not settings.report_pelvis_yaw:
        return Waveforms(reason=NO_PELVIS_YAW)
    motion = trunk_motion(trial)
    if isinstance(motion, str):
        return Waveforms(reason=motion)
    quality = (motion.tracked, settings.pelvis_yaw_sd_deg)
    return checked(per_stride(trial, motion.time_s, motion.pelvis_yaw_deg, quality), settings)
