"""Learns the leg angles anew, whole people left out (``fitted/leg_angles.json``)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Final

import numpy as np

from formcheck.data import FloatArray
from formcheck.fitted.header import Header
from formcheck.fitted.leg_angles import (
    LearnedReading,
    LegAngles,
    LegAnglesLeftOut,
    ReadingSpec,
    Weights,
)
from formcheck.keypoints import Side
from formcheck.kinematics.readings import apply, inputs, kind_of, typical
from formcheck.pipeline.measure import AnalysisRun
from formcheck.registry import MEASURES
from formcheck.sampling import contacts, near_sides
from formcheck.validation.truth import TrueContact, Truth

MATCH_S: Final = 0.06
"""A found contact further than this from every true one is not learned from."""
MIN_PEOPLE: Final = 6
MIN_FPS: Final = 50.0
"""At 30 frames a second the moments of a contact lie between frames: nothing is learned there."""
MARGIN: Final = 0.15
"""Inputs may leave the range of the fit clips by this share of it."""
UNIT_SCALE: Final = {"deg": 3.0, "pct": 5.0}
"""What counts as much in the penalty: 3 degrees of an angle and 5 percent of a length."""
Pair = tuple[Truth, AnalysisRun]
Target = Callable[[Truth, TrueContact], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """One clip's contacts: inputs and true values."""

    name: str
    person: str
    rows: FloatArray
    true: FloatArray


def _key(name: str) -> Target:
    return lambda _truth, c: c.values.get(name, np.nan)


def _overstride_pct(truth: Truth, c: TrueContact) -> float:
    return 100.0 * c.values.get("ankle_ahead_ic", np.nan) / truth.leg_m[c.side]


TARGETS: Final[Mapping[str, Target]] = {
    "knee_flexion_at_contact": _key("knee_ic"),
    "peak_knee_flexion_stance": _key("knee_peak"),
    "tibia_angle_at_contact": _key("shank_ic"),
    "foot_inclination_at_contact": _key("foot_pitch_ic"),
    "overstride_pct_leg": _overstride_pct,
}


_AROUND_S: Final = (-0.1, -0.05, 0.0, 0.05, 0.1)
_LENGTHS: Final = ("thigh_deg", "shank_deg", "thigh_over_shank_pct")
SPECS: Final[Mapping[str, ReadingSpec]] = {
    "run.knee_flexion_at_contact": ReadingSpec(
        kind="run",
        unit="deg",
        what="knee bend at contact, from thigh and shank around it",
        signals=_LENGTHS,
        lags_s=_AROUND_S,
        ridge=3.0,
    ),
    "run.peak_knee_flexion_stance": ReadingSpec(
        kind="run",
        unit="deg",
        what="deepest knee bend in stance, from thigh and shank through stance",
        signals=("thigh_deg", "shank_deg"),
        shares=(0.0, 0.25, 0.5, 0.75),
        ridge=1.0,
    ),
    "run.tibia_angle_at_contact": ReadingSpec(
        kind="run",
        unit="deg",
        what="shin angle at contact, from thigh and shank just before it and at it",
        signals=("thigh_deg", "shank_deg"),
        lags_s=(-0.03, 0.0),
        ridge=3.0,
    ),
    "run.foot_inclination_at_contact": ReadingSpec(
        kind="run",
        unit="deg",
        what="foot angle at contact, from leg and foot just around it",
        signals=("thigh_deg", "shank_deg", "foot_deg", "thigh_over_shank_pct"),
        lags_s=(-0.03, 0.0, 0.03, 0.06),
        ridge=1.0,
    ),
    "run.overstride_pct_leg": ReadingSpec(
        kind="run",
        unit="pct",
        what="ankle ahead of the hips at contact over leg length, from the leg through stance",
        signals=("thigh_deg", "shank_deg", "foot_deg", "thigh_over_shank_pct"),
        shares=(0.0, 0.15, 0.3, 0.45, 0.6, 0.75),
        ridge=1.0,
    ),
    "landing.knee_flexion_at_contact": ReadingSpec(
        kind="landing",
        unit="deg",
        what="knee bend as the feet land, from thigh and shank before it",
        signals=("thigh_deg", "shank_deg"),
        lags_s=(-0.1, -0.066, -0.033, 0.0),
        ridge=0.3,
    ),
    "landing.peak_knee_flexion_stance": ReadingSpec(
        kind="landing",
        unit="deg",
        what="deepest knee bend after landing, from trunk, thigh and shank around it",
        signals=("trunk_deg", *_LENGTHS),
        lags_s=(-0.05, 0.05, 0.1, 0.2, 0.3),
        ridge=1.0,
    ),
}
"""Chosen on `fit` people left out in turn; the accuracy page tells what else was tried."""


def clip_of(truth: Truth, run: AnalysisRun, spec: ReadingSpec, target: Target) -> Clip | None:
    """Return what one clip has to teach, None if it has no such contact."""
    if kind_of(run.trial) != spec.kind or truth.fps < MIN_FPS:
        return None
    found = list(contacts(run.trial, near_sides(run.trial)))
    pairs = [(c, t) for c in found if (t := _nearest(truth, c.side, c.strike_s)) is not None]
    if not pairs:
        return None
    config = run.trial.given.measures
    rows = typical(inputs(run.trial, [c for c, _ in pairs], spec), config.reading_unlike)
    true = np.array([target(truth, t) for _, t in pairs])
    good = np.isfinite(rows).all(axis=1) & np.isfinite(true)
    if good.mean() < config.reading_min_share:
        return None
    person = str(truth.spec["body"])
    return Clip(name=truth.name, person=person, rows=rows[good], true=true[good])


def _nearest(truth: Truth, side: Side, strike_s: float) -> TrueContact | None:
    near = [
        (abs(c.strike_s - strike_s), c)
        for c in truth.contacts
        if c.side == side and c.strike_s is not None and c.values
    ]
    away, best = min(near, key=lambda pair: pair[0], default=(np.inf, None))
    return best if away <= MATCH_S else None


def fitted(clips: Sequence[Clip], spec: ReadingSpec) -> LearnedReading:
    """Return the ridge fit on clips, each clip counting once.

    Parameters
    ----------
    clips : sequence of Clip
    spec : ReadingSpec
    """
    rows = np.vstack([c.rows for c in clips])
    true = np.concatenate([c.true for c in clips])
    weight = np.concatenate([np.full(c.true.size, 1.0 / c.true.size) for c in clips])
    low, high = rows.min(axis=0), rows.max(axis=0)
    centre, middle = np.average(rows, axis=0, weights=weight), np.average(true, weights=weight)
    moments = len(spec.lags_s) + len(spec.shares)
    scale = np.array([UNIT_SCALE[name.rsplit("_", 1)[-1]] for name in spec.signals] * moments)
    a = (rows - centre) / scale * np.sqrt(weight)[:, None]
    b = (true - middle) * np.sqrt(weight)
    weights = np.linalg.solve(a.T @ a + spec.ridge * np.eye(scale.size), a.T @ b) / scale
    margin = MARGIN * (high - low)
    return LearnedReading(
        spec=spec,
        intercept=float(middle - centre @ weights),
        weights=tuple(weights),
        low=tuple(low - margin),
        high=tuple(high + margin),
        n_clips=len(clips),
        n_people=len({c.person for c in clips}),
        left_out_rmse=0.0,
        left_out_slope=0.0,
        plain_rmse=0.0,
    )


def left_out(clips: Sequence[Clip], spec: ReadingSpec) -> FloatArray:
    """Return clip means of people who took no part in the fit: (read, true), shape (N, 2)."""
    out = []
    for clip in clips:
        others = [c for c in clips if c.person != clip.person]
        read = apply(fitted(others, spec), clip.rows)
        out.append((float(np.mean(read)), float(np.mean(clip.true))))
    return np.array(out)


def _plain_rmse(clips: Sequence[Clip], pairs: Sequence[Pair], name: str) -> float:
    """Return the error of clip means read without learning, in the reading's unit."""
    true = {c.name: float(np.mean(c.true)) for c in clips}
    errors = []
    for truth, run in pairs:
        if truth.name not in true:
            continue
        plain = replace(run.trial, given=run.trial.given.plain())
        if name == "overstride_pct_leg":
            (side,) = near_sides(plain)
            values = MEASURES["overstride"].compute(plain).values / truth.leg_m[side]
        else:
            values = MEASURES[name].compute(plain).values
        if np.isfinite(values).any():
            errors.append(float(np.nanmean(values)) - true[truth.name])
    return float(np.sqrt(np.mean(np.square(errors)))) if errors else 0.0


def fit_leg_angles(
    pairs: Sequence[Pair], old: tuple[LegAngles, LegAnglesLeftOut], header: Header
) -> tuple[LegAngles, LegAnglesLeftOut]:
    """Return the readings learned anew on analysed clips, and per person those without them.

    Parameters
    ----------
    pairs : sequence of (Truth, AnalysisRun)
        Of the fit split.
    old : tuple of LegAngles and LegAnglesLeftOut
        Kept where there are fewer than six people.
    header : Header
    """
    table = dict(old[0].readings)
    without = {person: dict(own) for person, own in old[1].people.items()}
    for name, spec in SPECS.items():
        target = name.split(".", 1)[1]
        clips = [c for t, run in pairs if (c := clip_of(t, run, spec, TARGETS[target])) is not None]
        if len({c.person for c in clips}) < MIN_PEOPLE:
            continue
        judged = _judged(clips, spec) | {"plain_rmse": _plain_rmse(clips, pairs, target)}
        table[name] = _rounded(fitted(clips, spec).model_copy(update=judged))
        for own in without.values():
            own.pop(name, None)
        for person in dict.fromkeys(str(t.spec["body"]) for t, _ in pairs):
            others = [c for c in clips if c.person != person]
            found = _rounded(fitted(others, spec))
            own = without.setdefault(person, {})
            own[name] = Weights(intercept=found.intercept, weights=found.weights)
    return (
        LegAngles(header=header, readings=table),
        LegAnglesLeftOut(header=header, people={p: own for p, own in without.items() if own}),
    )


def _judged(clips: Sequence[Clip], spec: ReadingSpec) -> dict[str, float | str]:
    seen = left_out(clips, spec)
    return {
        "left_out_rmse": float(np.sqrt(np.mean((seen[:, 0] - seen[:, 1]) ** 2))),
        "left_out_slope": float(np.polyfit(seen[:, 1], seen[:, 0], 1)[0]),
        "date": datetime.now(tz=UTC).date().isoformat(),
    }


def _rounded(learned: LearnedReading) -> LearnedReading:
    def short(values: Sequence[float]) -> tuple[float, ...]:
        return tuple(float(f"{v:.5g}") for v in values)

    return learned.model_copy(
        update={
            "intercept": round(learned.intercept, 4),
            "weights": short(learned.weights),
            "low": short(learned.low),
            "high": short(learned.high),
            "left_out_rmse": round(learned.left_out_rmse, 2),
            "left_out_slope": round(learned.left_out_slope, 2),
            "plain_rmse": round(learned.plain_rmse, 2),
        }
    )
