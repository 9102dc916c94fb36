"""Error budget: each stage of the analysis is replaced by the truth, one after the other.

A measure is computed on a ladder of trials: true joints in the picture at true events; the model's
landmarks at true events; repaired; filtered; at our own events; and as reported, corrected. What a
value moves from one rung to the next is that stage's share of the error.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from formcheck.data import FloatArray, PoseSequence, Rep, Step, Trial
from formcheck.keypoints import INDEX, N_KEYPOINTS, SIDES, View, other
from formcheck.pipeline.measure import AnalysisRun
from formcheck.registry import MEASURES
from formcheck.validation.fit.leg_angles import SPECS
from formcheck.validation.truth import LETTER, RUNS, Truth, TruthKey

RUNGS: Final = ("picture", "landmarks", "repair", "filter", "events", "correction")
MEANING: Final = {
    "picture": "true joints as the camera sees them, at true events: perspective, yaw, definition",
    "landmarks": "the model's landmarks instead of true joints",
    "repair": "legs renamed, wild points dropped",
    "filter": "zero-lag low-pass",
    "events": "our foot strikes, toe-offs or deepest points instead of true ones",
    "correction": "learned readings of the leg, bias and gain of the method",
}
SURFACE: Final = ("pelvic_drop", "pelvic_drop_excursion", "pelvis_rotation")
"""Read in the pixels: no landmark has a part in them."""
JOINTS: Final = ("hip", "knee", "ankle", "heel", "foot_index", "shoulder", "elbow", "wrist")


@dataclass(frozen=True, slots=True, kw_only=True)
class Climb:
    """Errors of one value on each rung, estimate minus truth; NaN where a rung has no value."""

    clip: str
    measure_id: str
    side: str
    view: str
    fps: float
    errors: FloatArray


def climbs(truth: Truth, run: AnalysisRun, asked: Mapping[TruthKey, float]) -> list[Climb]:
    """Return the ladder of every value that this clip reports.

    Parameters
    ----------
    truth : Truth
    run : AnalysisRun
        The analysis of the clip.
    asked : mapping of (measure id, side) to float
        True values.

    Returns
    -------
    list of Climb
    """
    rungs = _trials(truth, run)
    out = []
    for measure_id in dict.fromkeys(m.id for m in run.analysis.measurements):
        found = [_values(measure_id, _plain(measure_id, trial)) for trial in rungs]
        for side in (*SIDES, "both"):
            reported = run.analysis.find(measure_id, side)
            key: TruthKey = (measure_id, side)
            if reported is None or reported.value is None or key not in asked:
                continue
            if reported.source:
                continue  # its errors come from elsewhere than those of the usual way
            climbed = [f.get(side, np.nan) for f in found]
            if _by_pixels(measure_id, run):
                climbed[:3] = [np.nan] * 3
            out.append(
                Climb(
                    clip=truth.name,
                    measure_id=measure_id,
                    side=side,
                    view=truth.view,
                    fps=truth.fps,
                    errors=np.array([*climbed, reported.value]) - asked[key],
                )
            )
    return out


def _by_pixels(measure_id: str, run: AnalysisRun) -> bool:
    turning = measure_id == "trunk_rotation" and run.trial.scene.view != View.SIDE
    return turning or measure_id in SURFACE


def _plain(measure_id: str, trial: Trial) -> Trial:
    """Return the trial in which a measure with a learned reading reads the plain angle."""
    read = {name.split(".", 1)[1].removesuffix("_pct_leg") for name in SPECS}
    return replace(trial, given=trial.given.plain()) if measure_id in read else trial


def _values(measure_id: str, trial: Trial) -> Mapping[str, float]:
    samples = MEASURES[measure_id].compute(trial)
    seen = np.isfinite(samples.values)
    sides = np.array(samples.sides)
    if samples.known_mean is not None:
        return {"both": samples.known_mean[0]}
    return {s: float(np.mean(samples.values[seen & (sides == s)])) for s in set(sides[seen])}


def _trials(truth: Truth, run: AnalysisRun) -> list[Trial]:
    own = run.trial
    known = replace(own, steps=_true_steps(truth), reps=_true_reps(truth, own))
    joints = true_pose(truth)
    model = run.landmarks
    return [
        replace(known, pose=joints, raw=joints),
        replace(known, pose=model, raw=model),
        replace(known, pose=own.raw),
        known,
        own,
    ]


def true_pose(truth: Truth) -> PoseSequence:
    """Return the true joint centres in the picture as landmarks; others are unseen."""
    n = truth.time_s.size
    xy = np.full((n, N_KEYPOINTS, 2), np.nan)
    world = np.full((n, N_KEYPOINTS, 3), np.nan)
    turn = np.array(truth.camera["R"]) if not truth.camera.get("moving") else None
    for side in SIDES:
        for joint in JOINTS:
            name = f"{joint.replace('foot_index', 'toe')}_{LETTER[side]}"
            row = INDEX[f"{side}_{joint}"]
            if name in truth.points_px:
                xy[:, row] = truth.points_px[name]
            if name in truth.points_m and turn is not None:
                world[:, row] = (truth.points_m[name] - truth.points_m["midhip"]) @ turn.T
    seen = np.isfinite(xy).all(axis=2).astype(float)
    return PoseSequence(
        time_s=truth.time_s, xy_px=xy, confidence=seen, world_m=world, history=("truth",)
    )


def _true_steps(truth: Truth) -> tuple[Step, ...]:
    seen = [c for c in truth.contacts if c.strike_s is not None and c.strike_s >= 0]
    if truth.protocol not in RUNS:
        return ()
    out = []
    for n, c in enumerate(seen):
        assert c.strike_s is not None
        later = [x for x in seen[n + 1 :] if x.strike_s is not None]
        end = next((x.strike_s for x in later if x.side == other(c.side)), None)
        stride = next((x.strike_s for x in later if x.side == c.side), None)
        inside = c.toe_off_s is not None and c.toe_off_s <= truth.time_s[-1]
        out.append(
            Step(
                side=c.side,
                strike_s=c.strike_s,
                toe_off_s=c.toe_off_s if inside else None,
                end_s=end,
                stride_end_s=stride,
                strike_sd_s=0.0,
                toe_off_sd_s=0.0,
            )
        )
    return tuple(out)


def _true_reps(truth: Truth, own: Trial) -> tuple[Rep, ...]:
    """Return the true repetitions: of a squat from the truth, of a landing from its contacts."""
    if truth.protocol == "single_leg_squat":
        return tuple(
            Rep(
                side="left" if r["side"] == "L" else "right",
                start_s=r["start"],
                deepest_s=r["t_deepest"],
                end_s=r["end"],
            )
            for r in truth.reps
        )
    if not own.reps:
        return ()
    end_s = float(truth.time_s[-1])
    return tuple(
        Rep(
            side=c.side,
            start_s=c.strike_s,
            deepest_s=c.strike_s + c.values.get("time_to_peak_ms", 200.0) / 1000,
            end_s=min(c.toe_off_s or end_s, end_s),
        )
        for c in truth.contacts
        if c.strike_s is not None and c.values
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """Error budget of one measure in one view.

    Attributes
    ----------
    bias, rms : ndarray of float, shape (6,)
        What each stage adds: mean, and root mean square over values.
    total_rmse : ndarray of float, shape (6,)
        Error after each stage.
    """

    measure_id: str
    view: str
    n: int
    bias: FloatArray
    rms: FloatArray
    total_rmse: FloatArray


def budgets(found: Sequence[Climb]) -> list[Budget]:
    """Sum ladders up per measure and view."""
    groups: dict[tuple[str, str], list[FloatArray]] = {}
    for c in found:
        groups.setdefault((c.measure_id, c.view), []).append(c.errors)
    out = []
    for (measure_id, view), rows in groups.items():
        errors = np.array(rows)
        first = int(np.argmax(np.isfinite(errors).any(axis=0)))
        step = np.diff(errors, axis=1, prepend=0.0)
        step[:, first] = errors[:, first]
        out.append(
            Budget(
                measure_id=measure_id,
                view=view,
                n=len(rows),
                bias=_mean(step),
                rms=np.sqrt(_mean(step**2)),
                total_rmse=np.sqrt(_mean(errors**2)),
            )
        )
    return out


def _mean(values: FloatArray) -> FloatArray:
    seen = np.isfinite(values)
    count = np.maximum(seen.sum(axis=0), 1)
    mean = np.where(seen, values, 0.0).sum(axis=0) / count
    return np.where(seen.any(axis=0), mean, np.nan)
