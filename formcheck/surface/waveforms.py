"""Pelvis and thorax over the stride: drift-free curves per stance and per stride.

Sources: two stickers on the waistband or else the strips' motion and the model of
:mod:`formcheck.surface.model` in rear view; how far the shoulders come apart in side view.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from formcheck.data import FloatArray, SampleSide, Step, Trial, readonly
from formcheck.keypoints import SIDES, View
from formcheck.settings.calibration import load_calibration
from formcheck.settings.stickers import StickerSettings
from formcheck.settings.surface import Feature, SurfaceSettings
from formcheck.surface.features import (
    FeatureSet,
    collect,
    feature_steps,
    features_of,
    near_shoulder_ahead,
    shoulders_apart,
)
from formcheck.surface.model import (
    OBLIQUITY,
    PELVIS_YAW,
    THORAX_YAW,
    Drivers,
    solve,
    thigh_template,
)
from formcheck.surface.series import StrideClock, low_pass, remove_stride_mean, stride_clock
from formcheck.surface.sticker_motion import SOURCE as STICKERS
from formcheck.surface.sticker_motion import StickerMotion, sticker_motion

PhaseOf = Callable[[SampleSide], float]

NO_PELVIS_YAW = (
    "How far the pelvis turns about the vertical cannot be read from one camera: the cloth over it "
    "answers more to the legs. Film the shoulders' turn instead."
)
NOT_FROM_BEHIND = (
    "Film from behind: in front arms and the treadmill's console hide the trunk, and from the side "
    "the pelvis does not show its tilt."
)
N_PHASES = 41
_PEAK_HALF_WINDOW = 0.05  # of the curve: averages three to five frames at 60 frames/s


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Waveforms:
    """Curves of an angle over stances or strides, all on the same phases.

    Attributes
    ----------
    phase : ndarray of float, shape (P,)
        0 at the start (foot strike), 1 at the end (toe-off of the stance, or next strike of the
        same foot).
    curves_deg : ndarray of float, shape (N, P)
        One row per stance or stride; NaN where the trunk was not tracked.
    sides : tuple of {"left", "right", "both"}, length N
    start_s, end_s : ndarray of float, shape (N,)
    peak_between : tuple of float
        Phases between which the peak is looked for.
    reliability : float
        0..1: share of frames tracked, lowered by disagreement between cycles.
    cycle_sd_deg : float
        Mean over the phases of the SD between cycles.
    method_sd_deg : float
        One sigma of what averaging does not remove, from rendered people (docs/surface.md).
    reason : str
        Why there are no curves, if there are none.
    source : str
        ``stickers`` where the curves come from stickers, empty for surface and landmarks.
    """

    phase: FloatArray = field(default_factory=lambda: np.linspace(0.0, 1.0, N_PHASES))
    curves_deg: FloatArray = field(default_factory=lambda: np.empty((0, N_PHASES)))
    sides: tuple[SampleSide, ...] = ()
    start_s: FloatArray = field(default_factory=lambda: np.empty(0))
    end_s: FloatArray = field(default_factory=lambda: np.empty(0))
    peak_between: tuple[float, float] = (0.0, 1.0)
    reliability: float = 0.0
    cycle_sd_deg: float = float("nan")
    method_sd_deg: float = float("nan")
    reason: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        """Freeze the arrays."""
        for name in ("phase", "curves_deg", "start_s", "end_s"):
            object.__setattr__(self, name, readonly(getattr(self, name)))

    def mean_curve(self, side: SampleSide) -> FloatArray:
        """Return the median over the curves of a side, shape (P,); NaN without any."""
        rows = self._rows(side)
        return np.median(rows, axis=0) if len(rows) else np.full(self.phase.size, np.nan)

    def value_at(self, side: SampleSide, phase: float) -> FloatArray:
        """Return each curve of a side averaged around a phase; NaN elsewhere, shape (N,)."""
        near = np.abs(self.phase - phase) <= _PEAK_HALF_WINDOW + 1e-9
        own = np.array([s == side for s in self.sides], dtype=bool)
        values = self.curves_deg[:, near].mean(axis=1) if len(self.sides) else np.empty(0)
        return np.where(own, values, np.nan)

    def peak_phase(self, side: SampleSide) -> float:
        """Return the phase of the greatest value of the mean curve; NaN without curves."""
        curve = self.mean_curve(side)
        if not np.isfinite(curve).all():
            return float("nan")
        low, high = self.peak_between
        within = (self.phase >= low - 1e-9) & (self.phase <= high + 1e-9)
        return float(self.phase[within][int(np.argmax(curve[within]))])

    def peaks_deg(self) -> FloatArray:
        """Return each curve's value at its side's peak, shape (N,).

        The place of the peak is that of the mean curve: the greatest value of a noisy curve is
        too large on average.
        """
        return self._combine(self.peak_phase)

    def starts_deg(self) -> FloatArray:
        """Return each curve's value at its start, shape (N,): not averaged, it changes fast."""
        return np.asarray(self.curves_deg[:, 0]) if len(self.sides) else np.empty(0)

    def ranges_deg(self) -> FloatArray:
        """Return each curve's value where the mean is greatest minus where it is least."""

        def least(side: SampleSide) -> float:
            curve = self.mean_curve(side)
            return float(self.phase[int(np.argmin(curve))]) if np.isfinite(curve).all() else np.nan

        return self._combine(self.peak_phase) - self._combine(least)

    def peak_times_s(self) -> FloatArray:
        """Return the moment of each curve's peak, shape (N,)."""
        phase = np.array([self.peak_phase(s) for s in self.sides])
        return np.asarray(self.start_s + phase * (self.end_s - self.start_s))

    def _rows(self, side: SampleSide) -> FloatArray:
        own = np.array([s == side for s in self.sides], dtype=bool)
        rows = self.curves_deg[own] if own.size else self.curves_deg[:0]
        return np.asarray(rows[np.isfinite(rows).all(axis=1)])

    def _combine(self, phase_of: PhaseOf) -> FloatArray:
        out = np.full(len(self.sides), np.nan)
        for side in dict.fromkeys(self.sides):
            phase = phase_of(side)
            if np.isfinite(phase):
                own = self.value_at(side, phase)
                out = np.where(np.isfinite(own), own, out)
        return out


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class TrunkMotion:
    """Obliquity and yaw over the clip, estimated from strips and landmarks.

    Attributes
    ----------
    time_s : ndarray of float, shape (T,)
    obliquity_deg, pelvis_yaw_deg, thorax_yaw_deg : ndarray of float, shape (T,)
        Zero mean over a stride; + = left side higher, turned left; NaN where not tracked.
    clock : StrideClock
    tracked : float
        Share of the frames, 0..1.
    """

    time_s: FloatArray
    obliquity_deg: FloatArray
    pelvis_yaw_deg: FloatArray
    thorax_yaw_deg: FloatArray
    clock: StrideClock
    tracked: float


def trunk_motion(trial: Trial, settings: SurfaceSettings | None = None) -> TrunkMotion | str:
    """Estimate pelvis and thorax over time from a rear view of running.

    Returns
    -------
    TrunkMotion or str
        The reason where it cannot be done.
    """
    settings = settings or SurfaceSettings()
    if trial.scene.view not in settings.running_views:
        return NOT_FROM_BEHIND
    features = features_of(trial.scene.view, settings)
    clock = stride_clock(trial.steps)
    if clock is None or clock.anchor_phase[-1] - clock.anchor_phase[0] < settings.min_cycles + 1:
        return "Too few whole strides: film at least 10 seconds of steady running."
    signals = collect(trial, features, clock, settings)
    drivers, ok = _drivers(features, signals, clock, settings)
    values = np.where(ok[:, None], drivers.values, np.nan)
    shy = settings.with_pelvis_yaw_sd(settings.pelvis_yaw_prior_deg)
    pelvis, _ = _drivers(features, signals, clock, shy)
    return TrunkMotion(
        time_s=signals.time_s,
        obliquity_deg=values[:, OBLIQUITY],
        pelvis_yaw_deg=np.where(ok, pelvis.values[:, PELVIS_YAW], np.nan),
        thorax_yaw_deg=values[:, THORAX_YAW],
        clock=clock,
        tracked=_share(ok, signals.time_s, clock) * _measured(trial, features, clock),
    )


def _drivers(
    features: tuple[Feature, ...],
    signals: FeatureSet,
    clock: StrideClock,
    settings: SurfaceSettings,
) -> tuple[Drivers, FloatArray]:
    """Drivers per frame, and where enough of the lower strips was tracked."""
    phase = clock.phase(signals.time_s)
    known = np.isfinite(phase)
    extra = np.array(
        [_cycle_sd(c, k, phase) for c, k in zip(signals.seen.T, signals.covered.T, strict=True)]
    )
    template = thigh_template(np.nan_to_num(phase), settings)
    drivers = solve(features, signals.seen, extra, template, settings)
    rolls = np.array([f.kind == "roll" for f in features]) & np.isfinite(extra)
    ok = known & (signals.covered[:, rolls].sum(axis=1) >= max(2, 0.5 * rolls.sum()))
    return drivers, ok


def _cycle_sd(values: FloatArray, cover: FloatArray, phase: FloatArray) -> float:
    """SD between cycles of a feature, averaged over the phases; infinite if mostly unseen."""
    use = (cover > 0) & np.isfinite(phase)
    if use.sum() < 0.5 * np.isfinite(phase).sum():
        return float("inf")
    bins = np.floor((phase[use] % 1.0) * 20).astype(int)
    spread = [np.std(values[use][bins == b]) for b in range(20) if (bins == b).sum() >= 3]
    return float(np.mean(spread)) if spread else float("inf")


def _measured(trial: Trial, features: tuple[Feature, ...], clock: StrideClock) -> float:
    """Share of the steps of the strips' rotations that were measured, not bridged."""
    inside = np.isfinite(clock.phase(trial.channels.time_s))
    rolls = [feature_steps(trial, f)[inside] for f in features if f.kind == "roll"]
    return float(np.mean([np.isfinite(r).mean() for r in rolls])) if inside.any() else 0.0


def _share(ok: FloatArray, time_s: FloatArray, clock: StrideClock) -> float:
    inside = np.isfinite(clock.phase(time_s))
    half = 0.5 * clock.stride_s
    inside &= (time_s > time_s[0] + half) & (time_s < time_s[-1] - half)
    return float(ok[inside].mean()) if inside.any() else 0.0


def _curve(time_s: FloatArray, values: FloatArray, start_s: float, end_s: float) -> FloatArray:
    """Sample a signal over an interval; all NaN if any part of it is missing."""
    at = np.linspace(start_s, end_s, N_PHASES)
    within = (time_s >= start_s) & (time_s <= end_s)
    if within.sum() < 3 or not np.isfinite(values[within]).all():
        return np.full(N_PHASES, np.nan)
    finite = np.isfinite(values)
    outside = start_s < time_s[finite][0] - 0.05 or end_s > time_s[finite][-1] + 0.05
    return np.full(N_PHASES, np.nan) if outside else np.interp(at, time_s[finite], values[finite])


def _between_cycles(curves: FloatArray, sides: tuple[SampleSide, ...]) -> float:
    spread = []
    for side in dict.fromkeys(sides):
        own = curves[np.array([s == side for s in sides])]
        own = own[np.isfinite(own).all(axis=1)]
        if len(own) >= 3:
            spread.append(float(own.std(axis=0, ddof=1).mean()))
    return float(np.mean(spread)) if spread else float("nan")


def _reliability(tracked: float, cycle_sd: float, reference: float) -> float:
    if not np.isfinite(cycle_sd):
        return 0.0
    return tracked / (1.0 + (cycle_sd / reference) ** 2)


def pelvis_obliquity_waveform(trial: Trial, settings: SurfaceSettings | None = None) -> Waveforms:
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
    settings = settings or SurfaceSettings()
    stuck = sticker_motion(trial)
    if stuck is not None:
        waves = _over_stances(trial, stuck, settings)
        own = StickerSettings()
        waves = replace(
            waves, source=STICKERS, peak_between=own.peak_between, method_sd_deg=own.clip_sd_deg
        )
        if not _checked(waves, settings).reason:
            return waves
    motion = trunk_motion(trial, settings)
    if isinstance(motion, str):
        return Waveforms(reason=motion)
    waves = _over_stances(trial, motion, settings)
    method_sd = _obliquity_sd(waves.curves_deg, settings)
    return _checked(replace(waves, method_sd_deg=method_sd), settings)


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
        curve = _curve(motion.time_s, motion.obliquity_deg, step.strike_s, _end(step))
        rows.append(sign * (curve - level))
        sides.append(step.side)
    curves = np.array(rows) if rows else np.empty((0, N_PHASES))
    spread = _between_cycles(curves, tuple(sides))
    return Waveforms(
        curves_deg=curves,
        sides=tuple(sides),
        start_s=np.array([s.strike_s for s in steps]),
        end_s=np.array([_end(s) for s in steps]),
        peak_between=settings.drop_peak_between,
        reliability=_reliability(motion.tracked, spread, settings.reference_cycle_sd_deg),
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


def _checked(waves: Waveforms, settings: SurfaceSettings) -> Waveforms:
    """Give the waveforms, or the reason where the cycles do not agree."""
    if np.isfinite(waves.curves_deg).all(axis=1).sum() < settings.min_cycles:
        return Waveforms(reason="The trunk could not be followed through enough strides.")
    if waves.reliability < settings.min_reliability:
        return Waveforms(
            reliability=waves.reliability,
            cycle_sd_deg=waves.cycle_sd_deg,
            reason="The clothes show too little to follow, or hang too loose: film with fitted "
            "clothes that have a pattern, or with two stickers on the waistband.",
        )
    return waves


def _per_stride(
    trial: Trial, time_s: FloatArray, values: FloatArray, quality: tuple[float, float]
) -> Waveforms:
    """Curves from left strike to left strike; `quality` is the share tracked and method SD."""
    strides = [s for s in trial.steps_of("left") if s.stride_end_s is not None]
    start = np.array([s.strike_s for s in strides])
    end = np.array([s.stride_end_s for s in strides], dtype=np.float64)
    rows = [_curve(time_s, values, a, b) for a, b in zip(start, end, strict=True)]
    curves = np.array(rows) if rows else np.empty((0, N_PHASES))
    sides: tuple[SampleSide, ...] = tuple("both" for _ in rows)
    spread = _between_cycles(curves, sides)
    return Waveforms(
        curves_deg=curves,
        sides=sides,
        start_s=start,
        end_s=end,
        reliability=_reliability(quality[0], spread, 2.0 * quality[1]),
        cycle_sd_deg=spread,
        method_sd_deg=quality[1],
    )


def shoulder_rotation_per_stride(
    trial: Trial, settings: SurfaceSettings | None = None
) -> Waveforms:
    """Return the thorax's axial rotation over each stride, + = turned left, zero mean.

    Rear view: surface motion, shoulder midpoint and world landmarks together. Side view: the
    shoulders come apart in the picture by the sine of their turn, and the near one moves ahead of
    the ears; the mean of both.

    Returns
    -------
    Waveforms
        One curve per stride, left strike to left strike.
    """
    settings = settings or SurfaceSettings()
    if trial.scene.view == View.SIDE:
        return _checked(_side_view_yaw(trial, settings), settings)
    motion = trunk_motion(trial, settings)
    if isinstance(motion, str):
        return Waveforms(reason=motion)
    quality = (motion.tracked, settings.thorax_yaw_sd_deg)
    return _checked(_per_stride(trial, motion.time_s, motion.thorax_yaw_deg, quality), settings)


def _side_view_yaw(trial: Trial, settings: SurfaceSettings) -> Waveforms:
    """Turn of the shoulders in side view: mean of two readings, whose errors differ."""
    clock = stride_clock(trial.steps)
    forward, near = trial.scene.forward_sign, trial.scene.near_side
    if clock is None or forward == 0:
        return Waveforms(reason="Too few whole strides: film at least 10 seconds.")
    width = load_calibration().shoulder_width.value
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
    return _per_stride(trial, time_s, np.mean(yaws, axis=0), quality)


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


def pelvis_rotation_per_stride(trial: Trial, settings: SurfaceSettings | None = None) -> Waveforms:
    """Return the pelvis's axial rotation over each stride, + = turned left, zero mean.

    Not reported unless ``report_pelvis_yaw`` is set: on held-out people the curve was as often
    against the truth as with it. The world landmarks' hip line does not follow the pelvis in any
    view either.

    Returns
    -------
    Waveforms
        One curve per stride, left strike to left strike.
    """
    settings = settings or SurfaceSettings()
    if not settings.report_pelvis_yaw:
        return Waveforms(reason=NO_PELVIS_YAW)
    motion = trunk_motion(trial, settings)
    if isinstance(motion, str):
        return Waveforms(reason=motion)
    quality = (motion.tracked, settings.pelvis_yaw_sd_deg)
    return _checked(_per_stride(trial, motion.time_s, motion.pelvis_yaw_deg, quality), settings)
