"""Curves of an angle over stances or strides, all on the same phases, and how far they agree."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from formcheck.data import BoolArray, FloatArray, SampleSide, Trial, readonly
from formcheck.settings.surface import SurfaceSettings

PhaseOf = Callable[[SampleSide], float]

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

    def as_read_deg(self) -> FloatArray:
        """Return the curves averaged around each phase, as values are read, shape (N, P)."""
        around = [self.curves_deg[:, self._near(p)].mean(axis=1) for p in self.phase]
        return np.stack(around, axis=1) if len(self.sides) else self.curves_deg

    def _near(self, phase: float) -> BoolArray:
        return np.asarray(np.abs(self.phase - phase) <= _PEAK_HALF_WINDOW + 1e-9)

    def value_at(self, side: SampleSide, phase: float) -> FloatArray:
        """Return each curve of a side averaged around a phase; NaN elsewhere, shape (N,)."""
        near = self._near(phase)
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


def curve_over(time_s: FloatArray, values: FloatArray, start_s: float, end_s: float) -> FloatArray:
    """Sample a signal over an interval; all NaN if any part of it is missing."""
    at = np.linspace(start_s, end_s, N_PHASES)
    within = (time_s >= start_s) & (time_s <= end_s)
    if within.sum() < 3 or not np.isfinite(values[within]).all():
        return np.full(N_PHASES, np.nan)
    finite = np.isfinite(values)
    outside = start_s < time_s[finite][0] - 0.05 or end_s > time_s[finite][-1] + 0.05
    return np.full(N_PHASES, np.nan) if outside else np.interp(at, time_s[finite], values[finite])


def between_cycles(curves: FloatArray, sides: tuple[SampleSide, ...]) -> float:
    """Return the SD between the curves of a side, mean over phases and sides; NaN below three."""
    spread = []
    for side in dict.fromkeys(sides):
        own = curves[np.array([s == side for s in sides])]
        own = own[np.isfinite(own).all(axis=1)]
        if len(own) >= 3:
            spread.append(float(own.std(axis=0, ddof=1).mean()))
    return float(np.mean(spread)) if spread else float("nan")


def reliability_of(tracked: float, cycle_sd: float, reference: float) -> float:
    """Return 0..1 from the share followed and how far cycles agree; `reference` halves it."""
    if not np.isfinite(cycle_sd):
        return 0.0
    return tracked / (1.0 + (cycle_sd / reference) ** 2)


def checked(waves: Waveforms, settings: SurfaceSettings) -> Waveforms:
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


def per_stride(
    trial: Trial, time_s: FloatArray, values: FloatArray, quality: tuple[float, float]
) -> Waveforms:
    """Curves from left strike to left strike; `quality` is the share tracked and method SD."""
    strides = [s for s in trial.steps_of("left") if s.stride_end_s is not None]
    start = np.array([s.strike_s for s in strides])
    end = np.array([s.stride_end_s for s in strides], dtype=np.float64)
    rows = [curve_over(time_s, values, a, b) for a, b in zip(start, end, strict=True)]
    curves = np.array(rows) if rows else np.empty((0, N_PHASES))
    sides: tuple[SampleSide, ...] = tuple("both" for _ in rows)
    spread = between_cycles(curves, sides)
    return Waveforms(
        curves_deg=curves,
        sides=sides,
        start_s=start,
        end_s=end,
        reliability=reliability_of(quality[0], spread, 2.0 * quality[1]),
        cycle_sd_deg=spread,
        method_sd_deg=quality[1],
    )
