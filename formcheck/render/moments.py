"""Which moments of a clip are worth a picture: those of the median step or repetition."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.data import FloatArray, Rep, Step, Trial
from formcheck.keypoints import SIDES, Side, View
from formcheck.registry import PROTOCOLS
from formcheck.results import Measurement
from formcheck.signals.geometry import near_side


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One key moment.

    Attributes
    ----------
    name : str
        ``foot strike``, ``mid-stance``, ``peak hip drop``, ``toe-off``, ``start``,
        ``deepest point``, ``landing``.
    measure_ids : tuple of str
        Measures this moment is evidence for.
    start_s, end_s : float
        The step or repetition it belongs to, half-open.
    most : str
        ``largest of 12`` where this is the most extreme step instead of the median one; else empty.
    """

    side: Side
    name: str
    time_s: float
    start_s: float
    end_s: float
    measure_ids: tuple[str, ...] = ()
    most: str = ""

    @property
    def title(self) -> str:
        """Name, and what is special about it."""
        return f"{self.name}, {self.most}" if self.most else self.name


# evidence shown at each moment, most important first
_AT: Final[dict[tuple[str, str], tuple[str, ...]]] = {
    ("side", "foot strike"): ("knee_flexion_at_contact",),
    ("side", "mid-stance"): ("peak_knee_flexion_stance", "landing_softness"),
    ("side", "toe-off"): ("trunk_forward_lean",),
    ("frontal", "foot strike"): (),
    ("frontal", "mid-stance"): ("trunk_side_lean",),
    ("frontal", "peak hip drop"): ("pelvic_drop",),
    ("frontal", "toe-off"): ("trunk_rotation", "pelvis_rotation"),
    ("rep", "start"): (),
    ("rep", "deepest point"): ("squat_valgus", "squat_depth"),
    ("hop", "landing"): ("knee_flexion_at_contact",),
    ("hop", "deepest point"): ("peak_knee_flexion_stance", "landing_softness", "hop_height"),
}
# the measure whose most extreme step is offered too: which end, its word, the moment
_EXTREME: Final[dict[str, tuple[str, bool, str]]] = {
    "side": ("knee_flexion_at_contact", False, "foot strike"),
    "frontal": ("pelvic_drop", True, "peak hip drop"),
    "rep": ("squat_valgus", True, "deepest point"),
    "hop": ("landing_softness", False, "deepest point"),
}
_ENOUGH_FOR_EXTREME: Final = 3
# the measure whose median step is shown, first that has values
_LEADING: Final[dict[str, tuple[str, ...]]] = {
    "side": ("knee_flexion_at_contact", "peak_knee_flexion_stance", "contact_time"),
    "frontal": ("pelvic_drop", "trunk_side_lean", "contact_time"),
    "rep": ("squat_valgus", "squat_depth", "rep_time"),
    "hop": ("landing_softness", "peak_knee_flexion_stance", "hop_contact_time"),
}


def key_moments(trial: Trial, measurements: Iterable[Measurement]) -> tuple[Moment, ...]:
    """Return the moments to picture, left before right, in order of time within a side.

    Mid-stance and peak hip drop are one picture where they coincide on every side shown: a pair
    left against right needs the same moments of both.
    """
    moments = separate_moments(trial, measurements)
    sides = [[m for m in moments if m.side == side] for side in shown_sides(trial)]
    sides = [own for own in sides if own]
    if all(_coincide(own, trial) for own in sides):
        sides = [_merged(own) for own in sides]
    return tuple(m for own in sides for m in own)


def separate_moments(trial: Trial, measurements: Iterable[Measurement]) -> tuple[Moment, ...]:
    """Return every moment of its own, also those that coincide."""
    measured = tuple(measurements)
    out: list[Moment] = []
    for side in shown_sides(trial):
        if is_hop(trial) and trial.steps_of(side):
            out += _of_step(trial, side, measured, "hop")
        elif trial.reps:
            out += _of_rep(trial, side, measured, "hop" if is_hop(trial) else "rep")
        else:
            out += _of_step(trial, side, measured, _family(trial))
    return tuple(out)


def extreme_moments(trial: Trial, measurements: Iterable[Measurement]) -> tuple[Moment, ...]:
    """Return the most extreme step or repetition of each side, where its value is sure.

    None where it is the median one, or where fewer than three were measured: then nothing is to be
    seen in it that the median one does not show.
    """
    measured = tuple(measurements)
    family = "hop" if is_hop(trial) else _family(trial)
    measure_id, largest, name = _EXTREME[family]
    out = []
    for side in shown_sides(trial):
        m = _find(measured, measure_id, side)
        spans = _spans_of(trial, side)
        if m is None or m.status != "ok" or not spans:
            continue
        values = np.array([value_within(m, a, b) for a, b in spans])
        seen = int(np.isfinite(values).sum())
        if seen < _ENOUGH_FOR_EXTREME:
            continue
        k = int(np.nanargmax(values) if largest else np.nanargmin(values))
        if k == _median_index(spans, side, measured, family):
            continue
        out.append(
            Moment(
                side=side,
                name=name,
                time_s=time_within(m, *spans[k]),
                start_s=spans[k][0],
                end_s=spans[k][1],
                measure_ids=(measure_id,),
                most=f"{'largest' if largest else 'smallest'} of {seen}",
            )
        )
    return tuple(out)


def _spans_of(trial: Trial, side: Side) -> list[tuple[float, float]]:
    if trial.reps and not (is_hop(trial) and trial.steps_of(side)):
        reps = [r for r in trial.reps if r.side in (side, "both") and r.counted]
        return [(r.start_s, r.end_s) for r in reps]
    steps = trial.steps_of(side)
    return [_span(s) for s in tuple(s for s in steps if s.toe_off_s is not None) or steps]


def is_hop(trial: Trial) -> bool:
    """Tell whether the clip shows hops or landings."""
    known = trial.protocol_id in PROTOCOLS
    return known and PROTOCOLS[trial.protocol_id].detector in {"hop", "landing"}


def shown_sides(trial: Trial) -> tuple[Side, ...]:
    """Return the sides to show: in side view only the leg nearer the camera."""
    near = near_side(trial.scene)
    return SIDES if near is None else (near,)


def typical_step(trial: Trial, side: Side, measurements: Iterable[Measurement]) -> Step | None:
    """Return the step of `side` whose value is nearest the median, whole steps first."""
    steps = trial.steps_of(side)
    whole = tuple(s for s in steps if s.toe_off_s is not None) or steps
    if not whole:
        return None
    family = "hop" if is_hop(trial) else _family(trial)
    return whole[_median_index([_span(s) for s in whole], side, measurements, family)]


def typical_rep(trial: Trial, side: Side, measurements: Iterable[Measurement]) -> Rep | None:
    """Return the counted repetition of `side` whose value is nearest the median."""
    reps = [r for r in trial.reps if r.side in (side, "both") and r.counted]
    if not reps:
        return None
    family = "hop" if is_hop(trial) else "rep"
    return reps[_median_index([(r.start_s, r.end_s) for r in reps], side, measurements, family)]


def _median_index(
    spans: list[tuple[float, float]], side: Side, measurements: Iterable[Measurement], family: str
) -> int:
    measured = tuple(measurements)
    for measure_id in _LEADING[family]:
        for m in measured:
            if m.id != measure_id or m.side not in (side, "both"):
                continue
            values = np.array([value_within(m, a, b) for a, b in spans])
            if np.isfinite(values).any():
                return int(np.nanargmin(np.abs(values - np.nanmedian(values))))
    return len(spans) // 2


def value_within(m: Measurement, start_s: float, end_s: float) -> float:
    """Return the single value of `m` taken in ``[start_s, end_s)``; NaN if there is none."""
    for value, t in zip(m.per_step, m.times_s, strict=False):
        if value is not None and start_s - 1e-6 <= t < end_s:
            return float(value)
    return float("nan")


def time_within(m: Measurement, start_s: float, end_s: float) -> float:
    """Return the moment of the single value of `m` taken in ``[start_s, end_s)``; NaN if none."""
    for value, t in zip(m.per_step, m.times_s, strict=False):
        if value is not None and start_s - 1e-6 <= t < end_s:
            return float(t)
    return float("nan")


def _family(trial: Trial) -> str:
    if trial.reps:
        return "rep"
    return "side" if trial.scene.view == View.SIDE else "frontal"


def _span(step: Step) -> tuple[float, float]:
    """Return the step's time up to the next strike of the same foot, or what is known of it."""
    end = step.stride_end_s or step.end_s or step.toe_off_s
    return step.strike_s, end if end is not None else step.strike_s + 0.5


def _of_step(
    trial: Trial, side: Side, measured: tuple[Measurement, ...], family: str
) -> list[Moment]:
    step = typical_step(trial, side, measured)
    if step is None:
        return []
    start, end = _span(step)
    lowest = _lowest_s(trial, step)
    times: dict[str, float] = {}
    if family == "hop":
        times = {"landing": step.strike_s, "deepest point": lowest}
    else:
        times = {"foot strike": step.strike_s, "mid-stance": lowest}
        drop = _find(measured, "pelvic_drop", side) if family == "frontal" else None
        if drop is not None:
            times["peak hip drop"] = time_within(drop, start, end)
        if step.toe_off_s is not None:
            times["toe-off"] = step.toe_off_s
    moments = [
        Moment(
            side=side,
            name=name,
            time_s=t,
            start_s=start,
            end_s=end,
            measure_ids=_AT[family, name],
        )
        for name, t in times.items()
        if np.isfinite(t)
    ]
    return sorted(moments, key=lambda m: m.time_s)


def _coincide(moments: list[Moment], trial: Trial) -> bool:
    """Tell whether mid-stance and peak drop of one side are one frame apart or less."""
    at = {m.name: m.time_s for m in moments}
    if trial.clip.fps <= 0 or not {"mid-stance", "peak hip drop"} <= at.keys():
        return False
    return abs(at["mid-stance"] - at["peak hip drop"]) <= 1.5 / trial.clip.fps


def _merged(moments: list[Moment]) -> list[Moment]:
    """Return mid-stance and peak drop of one side as one moment."""
    by_name = {m.name: m for m in moments}
    mid, drop = by_name["mid-stance"], by_name["peak hip drop"]
    both = Moment(
        side=drop.side,
        name="mid-stance",
        time_s=drop.time_s,
        start_s=drop.start_s,
        end_s=drop.end_s,
        measure_ids=(*drop.measure_ids, *mid.measure_ids),
    )
    rest = [m for m in moments if m not in (mid, drop)]
    return sorted([*rest, both], key=lambda m: m.time_s)


def _of_rep(
    trial: Trial, side: Side, measured: tuple[Measurement, ...], family: str
) -> list[Moment]:
    rep = typical_rep(trial, side, measured)
    if rep is None:
        return []
    return [
        Moment(
            side=side,
            name=name,
            time_s=t,
            start_s=rep.start_s,
            end_s=rep.end_s,
            measure_ids=_AT[family, name],
        )
        for name, t in (
            ("landing" if family == "hop" else "start", rep.start_s),
            ("deepest point", rep.deepest_s),
        )
    ]


def _find(measured: Iterable[Measurement], measure_id: str, side: Side) -> Measurement | None:
    for m in measured:
        if m.id == measure_id and m.side == side and m.status != "unavailable":
            return m
    return None


def _lowest_s(trial: Trial, step: Step) -> float:
    """Return when the mid-hip is lowest in stance; the middle of stance where it was not seen."""
    end = step.toe_off_s or step.end_s or step.strike_s + 0.25
    t = np.linspace(step.strike_s, end, 41)
    height: FloatArray = np.asarray(trial.pose.mid_at(t, "hip")[:, 1])
    if not np.isfinite(height).any():
        return 0.5 * (step.strike_s + end)
    k = int(np.nanargmax(height))
    return float(t[k]) if 0 < k < t.size - 1 else 0.5 * (step.strike_s + end)
