"""Reading time series at events and over windows: from one value per frame to one per step.

Used by every measure. Values come with the moment that shows them and with the error that the
event's own time error causes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

import numpy as np

from formcheck.data import FloatArray, PoseSequence, Samples, SampleSide, Step, Trial, sample_at
from formcheck.keypoints import SIDES, Side
from formcheck.signals.geometry import near_side
from formcheck.surface.waveforms import Waveforms

CLOSE_S = 0.15
"""Pictures of a second look that belong to one deepest point."""
Reduce = Literal["max", "min", "mean", "range"]
Series = Mapping[SampleSide, FloatArray]

NO_STEPS = "No complete steps were found: film at least 10 seconds of steady running."
NO_STRIDES = "No complete strides were found: film at least 10 seconds of steady running."
NO_REPS = "No complete repetition was found: film from standing to standing."
NO_SCALE = (
    "Lengths need a scale: give the belt speed (side view on a treadmill) or your standing height."
)


@dataclass(frozen=True, slots=True)
class Window:
    """A half-open span of time ``[start_s, end_s)`` that belongs to a side (or to both)."""

    side: SampleSide
    start_s: float
    end_s: float
    sd_s: float = 0.0


def both(n: int) -> tuple[SampleSide, ...]:
    """Return `n` times ``both``, for whole-body measures."""
    side: SampleSide = "both"
    return (side,) * n


def leg_of(side: SampleSide) -> Side:
    """Return the side as that of one leg.

    Raises
    ------
    ValueError
        For ``both``, which is no single leg.
    """
    if side == "both":
        msg = "side must be left or right here, got both"
        raise ValueError(msg)
    return side


def by_side(
    sides: Iterable[Side], of: Callable[[Side], FloatArray]
) -> dict[SampleSide, FloatArray]:
    """Return ``{side: of(side)}``."""
    return {side: of(side) for side in sides}


def near_sides(trial: Trial) -> tuple[Side, ...]:
    """Return the sides whose leg can be read: both in frontal views, the near one in side view."""
    near = near_side(trial.scene)
    return SIDES if near is None else (near,)


@dataclass(frozen=True, slots=True)
class Contact:
    """One foot's time on the ground: a running stance, a hop's contact or a landing.

    ``bend_end_s`` closes the time in which the knee bends under load.
    """

    side: Side
    strike_s: float
    sd_s: float
    end_s: float | None
    bend_end_s: float | None


def contacts(trial: Trial, sides: Sequence[Side] = SIDES) -> tuple[Contact, ...]:
    """Return the contacts of `sides`: the steps, or the repetitions of a hop or landing test.

    A repetition of both legs counts for each leg of `sides`.
    """
    config = trial.given.measures
    if trial.steps:
        until = config.stance_peak_until
        return tuple(_from_step(s, until) for s in trial.steps if s.side in sides)
    sd_s = config.rep_event_sd_frames / max(trial.clip.fps, 1.0)
    return tuple(
        Contact(side, r.start_s, sd_s, r.end_s, min(r.end_s, r.start_s + config.landing_window_s))
        for r in trial.reps
        if r.counted
        for side in sides
        if r.side in (side, "both")
    )


def _from_step(step: Step, bend_until: float) -> Contact:
    end = step.toe_off_s if step.toe_off_s is not None else step.end_s
    bend = None if end is None else step.strike_s + bend_until * (end - step.strike_s)
    return Contact(step.side, step.strike_s, step.strike_sd_s, end, bend)


def stance_windows(trial: Trial, sides: Sequence[Side] = SIDES) -> tuple[Window, ...]:
    """Return the contacts of `sides` whose end is known, as windows."""
    return tuple(
        Window(c.side, c.strike_s, c.end_s, c.sd_s)
        for c in contacts(trial, sides)
        if c.end_s is not None and c.end_s > c.strike_s
    )


def bend_windows(trial: Trial, sides: Sequence[Side] = SIDES) -> tuple[Window, ...]:
    """Return the part of each contact in which the knee bends under load.

    In running it ends at 70 % of stance, because the knee bends again for the swing after that.
    """
    return tuple(
        Window(c.side, c.strike_s, c.bend_end_s or c.strike_s, c.sd_s)
        for c in bending(trial, sides)
    )


def bending(trial: Trial, sides: Sequence[Side] = SIDES) -> tuple[Contact, ...]:
    """Return the contacts whose bend under load has a known end."""
    return tuple(
        c for c in contacts(trial, sides) if c.bend_end_s is not None and c.bend_end_s > c.strike_s
    )


def stride_windows(
    trial: Trial, sides: Sequence[Side] = SIDES, *, far: bool = False
) -> tuple[Window, ...]:
    """Return every stride (strike to next strike of the same foot), without missed contacts.

    `far`: those too far from the camera for angles, too.
    """
    found = [
        Window(s.side, s.strike_s, s.stride_end_s, s.strike_sd_s)
        for s in (trial.timed_steps if far else trial.steps)
        if s.side in sides and s.stride_end_s is not None
    ]
    return without_long(found, trial.given.measures.max_step_ratio)


def step_windows(trial: Trial, *, far: bool = False) -> tuple[Window, ...]:
    """Return every step (strike to next strike of any foot), without missed contacts.

    `far`: those too far from the camera for angles, too.
    """
    steps = trial.timed_steps if far else trial.steps
    found = [
        Window(s.side, s.strike_s, s.end_s, s.strike_sd_s) for s in steps if s.end_s is not None
    ]
    return without_long(found, trial.given.measures.max_step_ratio)


def without_long(windows: Sequence[Window], max_ratio: float) -> tuple[Window, ...]:
    """Drop windows that are much longer than the median: they hold a missed contact."""
    if not windows:
        return ()
    median = float(np.median([w.end_s - w.start_s for w in windows]))
    return tuple(w for w in windows if w.end_s - w.start_s <= max_ratio * median)


def body_strides(trial: Trial) -> tuple[Window, ...]:
    """Return strides of the side that has more of them: no overlap, for whole-body measures."""
    found = [stride_windows(trial, (side,)) for side in SIDES]
    best = max(found, key=len)
    return tuple(Window("both", w.start_s, w.end_s, w.sd_s) for w in best)


def rep_windows(trial: Trial) -> tuple[Window, ...]:
    """Return the counted repetitions as windows."""
    return tuple(Window(r.side, r.start_s, r.end_s) for r in trial.reps if r.counted)


def slope_per_s(
    time_s: FloatArray, series: FloatArray, t_s: FloatArray, half_s: float
) -> FloatArray:
    """Return the rate of change of `series` at `t_s` by a central difference, per second."""
    h = half_s
    later, earlier = sample_at(time_s, series, t_s + h), sample_at(time_s, series, t_s - h)
    return np.asarray((later - earlier) / (2 * h))


def at_strikes(
    trial: Trial, series: Series, components: Mapping[str, Series], *, lead_s: float = 0.0
) -> Samples:
    """Read `series` of the stance leg at each foot strike (or landing).

    Parameters
    ----------
    trial : Trial
    series : mapping of side to ndarray, shape (T,)
        On ``trial.pose.time_s``. Contacts of sides that are missing here are left out.
    components : mapping of str to such a mapping
        Read at the strikes.
    lead_s : float
        `series` is read this long before each strike.

    Returns
    -------
    Samples
        ``event_sd`` is |d value / dt| times the strike's time error.
    """
    found = [c for c in contacts(trial) if c.side in series]
    if not found:
        return Samples.none(NO_STEPS)
    time_s = trial.pose.time_s

    def read(
        source: Series, reader: Callable[..., FloatArray], before_s: float = 0.0
    ) -> FloatArray:
        rows = [reader(time_s, source[c.side], np.array([c.strike_s - before_s])) for c in found]
        return np.array([row[0] for row in rows])

    values = read(series, sample_at, lead_s)
    slope_at = partial(slope_per_s, half_s=trial.given.measures.slope_half_s)
    slope = np.abs(read(series, slope_at, lead_s))
    event_sd = np.nan_to_num(slope) * np.array([c.sd_s for c in found])
    return Samples(
        sides=tuple(c.side for c in found),
        values=values,
        times_s=np.array([c.strike_s for c in found]),
        event_sd=np.where(np.isfinite(values), event_sd, 0.0),
        components={name: read(part, sample_at) for name, part in components.items()},
    )


def contact_knee_lead(trial: Trial) -> tuple[float, float]:
    """Return how long before contact the knee is read, s, and what it bends until contact, degrees.

    As a foot lands the knee has just stopped straightening and bends again fast: read at the
    strike, its angle hangs on the strike's last 5 ms. Read a little earlier, where it hardly
    changes, with the usual rest of a runner added, it does not. Landings of hops and jumps are
    found 8 ms late on average (rendered fit people), which takes the place of the rest.
    """
    given = trial.given
    rise = given.fitted.corrections.contact_knee_rise.value if trial.steps else 0.0
    return given.measures.contact_lead_s, rise


def reduce_window(
    trial: Trial, series: FloatArray, window: Window, how: Reduce
) -> tuple[float, float]:
    """Reduce a series over one window.

    Parameters
    ----------
    trial : Trial
    series : ndarray of float, shape (T,)
        On ``trial.pose.time_s``.
    window : Window
    how : {"max", "min", "mean", "range"}

    Returns
    -------
    value, time_s : float
        The value and the moment that shows it (the middle for a mean, the maximum for a range);
        NaN where too little of the window was seen.
    """
    config = trial.given.measures
    n = max(3, round((window.end_s - window.start_s) / config.window_grid_s) + 1)
    t = np.linspace(window.start_s, window.end_s, n)
    v = sample_at(trial.pose.time_s, series, t)
    seen = np.isfinite(v)
    middle = 0.5 * (window.start_s + window.end_s)
    if seen.mean() < config.min_window_coverage:
        return float("nan"), middle
    if how == "mean":
        return float(np.mean(v[seen])), middle
    if how == "min":
        i = int(np.nanargmin(v))
        return float(v[i]), float(t[i])
    i = int(np.nanargmax(v))
    value = v[i] - (np.nanmin(v) if how == "range" else 0.0)
    return float(value), float(t[i])


def over_windows(trial: Trial, series: Series, windows: Sequence[Window], how: Reduce) -> Samples:
    """Reduce the side's series over each window.

    Parameters
    ----------
    trial : Trial
    series : mapping of side to ndarray, shape (T,)
        On ``trial.pose.time_s``; windows of other sides are left out.
    windows : sequence of Window
    how : {"max", "min", "mean", "range"}

    Returns
    -------
    Samples
    """
    used = [w for w in windows if w.side in series]
    if not used:
        return Samples.none(NO_STEPS)
    pairs = [reduce_window(trial, series[w.side], w, how) for w in used]
    return Samples(
        sides=tuple(w.side for w in used),
        values=np.array([p[0] for p in pairs]),
        times_s=np.array([p[1] for p in pairs]),
    )


def hop_contacts(trial: Trial) -> tuple[tuple[Window, Window | None], ...]:
    """Return each contact of a hop test with the contact that its flight leads to, or None.

    A pause longer than ``max_hop_flight_s`` is no flight.
    """
    config = trial.given.measures
    if trial.steps:
        found = [
            Window(s.side, s.strike_s, s.toe_off_s, s.strike_sd_s)
            for s in trial.steps
            if s.toe_off_s is not None and s.toe_off_s > s.strike_s
        ]
    else:
        sd_s = config.rep_event_sd_frames / max(trial.clip.fps, 1.0)
        found = [Window(r.side, r.start_s, r.end_s, sd_s) for r in trial.reps]
    out: list[tuple[Window, Window | None]] = []
    for here in found:
        later = [w for w in found if w.side == here.side and w.start_s > here.start_s]
        after = min(later, key=lambda w: w.start_s, default=None)
        if after is not None and not 0 < after.start_s - here.end_s <= config.max_hop_flight_s:
            after = None
        out.append((here, after))
    return tuple(out)


def clip_error_deg(trial: Trial, waves: Waveforms) -> float:
    """Return the error that averaging over strides does not remove, degrees.

    The method's error on rendered people, larger where this clip's cycles agree less: reliability
    1 leaves it as it is, one half makes it 1.4 times as large.
    """
    if not np.isfinite(waves.method_sd_deg):
        return 0.0
    least = trial.given.measures.min_reliability
    return float(waves.method_sd_deg / np.sqrt(max(waves.reliability, least)))


def flat_foot_deg(trial: Trial, pitch_deg: FloatArray, side: Side) -> float:
    """Return the foot's pitch while it is flat on the ground: median of mid-stance, NaN if unseen.

    Subtracting it takes out how heel and toe landmarks sit on the shoe, the slope of the ground and
    the camera's roll.
    """
    config, found = trial.given.measures, []
    for w in stance_windows(trial, (side,)):
        length = w.end_s - w.start_s
        flat = Window(
            side,
            w.start_s + config.flat_foot_from * length,
            w.start_s + config.flat_foot_to * length,
        )
        found.append(reduce_window(trial, pitch_deg, flat, "mean")[0])
    seen = np.array([v for v in found if np.isfinite(v)])
    return float(np.median(seen)) if seen.size else float("nan")


def at_deepest(trial: Trial, series: Series) -> Samples:
    """Read the side's series at the deepest point of each counted repetition."""
    reps = [r for r in trial.reps if r.counted and r.side in series]
    if not reps:
        return Samples.none(NO_REPS)
    times = np.array([r.deepest_s for r in reps])
    values = [
        float(sample_at(trial.pose.time_s, series[r.side], t))
        for r, t in zip(reps, times, strict=True)
    ]
    return Samples(sides=tuple(r.side for r in reps), values=np.array(values), times_s=times)


def at_deepest_closely(trial: Trial, series_of: Callable[[PoseSequence], Series]) -> Samples:
    """Read a series at the deepest points, from the second look where there was one.

    Parameters
    ----------
    trial : Trial
    series_of : callable
        Landmarks to the series of each side: given those of the whole clip, or of a second look.
    """
    found = at_deepest(trial, series_of(trial.pose))
    closer = trial.second_look
    if closer is None or not found.sides:
        return found
    series = series_of(closer)
    values = found.values.copy()
    for i, (side, t) in enumerate(zip(found.sides, found.times_s, strict=True)):
        near = series[side][np.abs(closer.time_s - t) <= CLOSE_S]
        if np.isfinite(near).any():
            values[i] = float(np.nanmean(near))
    return replace(found, values=values)
