"""Per-contact, per-repetition and per-clip truth, measured on a fine time grid."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from scipy.signal import find_peaks, peak_widths

from sample_videos.render.meshes import FloatArray
from sample_videos.render.motion import Chain, Contact, Drill, Motion
from sample_videos.render.motion.drill import FULL_SHARE
from sample_videos.render.motion.squat import SingleLegSquat
from sample_videos.render.skeleton import SIDES, SIGN, Skeleton
from sample_videos.render.truth import Sample, sample

RATE_HZ = 200
LANDING_WINDOW_S = 0.6
TOGETHER_S = 0.08
"""Feet that land within this time land together."""
DEEP_DEG = 35.0
"""A repetition of a measured person bends the knees by this much more than before and after."""
STANCE_KEYS = (
    "knee_ic", "knee_peak", "knee_to", "pelvic_drop_peak", "pelvic_drop_ic", "foot_pitch_ic",
    "fppa_peak", "fppa_mid", "ankle_ahead_ic", "shank_ic", "ankle_speed_mid",
)  # fmt: skip


def stats(values: Sequence[float] | FloatArray) -> dict[str, float] | None:
    """Mean, standard deviation and count; None when there is nothing."""
    x = np.asarray(values, float)
    if not len(x):
        return None
    return {"mean": round(float(x.mean()), 4), "sd": round(float(x.std()), 4), "n": len(x)}


def other(side: str) -> str:
    """Name the opposite side."""
    return "R" if side == "L" else "L"


def landing_truth(skeleton: Skeleton, motion: Motion, c: Contact, end_s: float) -> dict[str, float]:
    """Measure what happens between a landing and the deepest point."""
    grid = np.linspace(c.ic_s, min(c.ic_s + LANDING_WINDOW_S, c.to_s, end_s), 121)
    at = [sample(skeleton, motion, t) for t in grid]
    knee = [x.deg["knee_flexion_" + c.side] for x in at]
    i = int(np.argmax(knee))
    lowest_m = min(x.m["midhip"][2] for x in at)
    return {
        "knee_ic": knee[0],
        "knee_peak": knee[i],
        "time_to_peak_ms": 1000 * (grid[i] - grid[0]),
        "fppa_at_peak": at[i].deg["fppa_" + c.side],
        "trunk_lean_at_peak": at[i].deg["trunk_lean"],
        "midhip_drop_m": float(at[0].m["midhip"][2] - lowest_m),
        "pelvic_drop_at_peak": at[i].deg["pelvis_obliquity"] * SIGN[c.side],
    }


def stance_truth(skeleton: Skeleton, motion: Motion, c: Contact) -> dict[str, float]:
    """Measure one stance of running or walking."""
    s = c.side
    grid = np.linspace(c.ic_s, c.to_s, 41)
    at = [sample(skeleton, motion, t) for t in grid]
    knee = np.array([x.deg["knee_flexion_" + s] for x in at])
    drop = np.array([x.deg["pelvis_obliquity"] for x in at]) * SIGN[s]  # + other side lower
    ankle_x = [x.m["ankle_" + s][0] for x in at]
    return {
        "knee_ic": knee[0],
        # a walker's knee bends most at push-off: the peak is that of weight acceptance
        "knee_peak": knee[:21].max() if motion.kind == "walk" else knee.max(),
        "knee_to": knee[-1],
        "pelvic_drop_peak": drop.max(),
        "pelvic_drop_ic": drop[0],
        "pelvic_drop_peak_frac": float(np.argmax(drop) / 40),
        "foot_pitch_ic": at[0].deg["foot_pitch_" + s],
        "fppa_peak": max(x.deg["fppa_" + s] for x in at),
        "fppa_mid": at[20].deg["fppa_" + s],
        "ankle_ahead_ic": ankle_x[0] - at[0].m["midhip"][0],
        "ankle_y_mid": at[20].m["ankle_" + s][1],
        "heel_y_mid": at[20].m["heel_" + s][1],
        "shank_ic": at[0].deg["shank_" + s],
        "ankle_speed_mid": (ankle_x[16] - ankle_x[10]) / (grid[16] - grid[10]),
    }


def contact_rows(
    skeleton: Skeleton, motion: Motion, start_s: float, end_s: float
) -> list[dict[str, Any]]:
    """One row per contact, with measures where it lies inside the clip."""
    rows = []
    for c in motion.contacts(start_s, end_s):
        extra: dict[str, float] = {}
        began = c.ic_s in getattr(motion, "begins_s", ())  # standing there, not landing
        if motion.kind in ("jump", "hop") and start_s <= c.ic_s < end_s - 0.1 and not began:
            extra = landing_truth(skeleton, motion, c, end_s)
        if motion.kind in ("run", "walk") and start_s <= c.ic_s and c.to_s <= end_s:
            extra = stance_truth(skeleton, motion, c)
        row: dict[str, Any] = {"side": c.side, "ic": round(c.ic_s, 6), "to": round(c.to_s, 6)}
        rows.append(row | {k: round(float(v), 5) for k, v in extra.items()})
    return rows


def _per_stride(values: FloatArray, ts: FloatArray, lefts: list[float]) -> dict[str, float] | None:
    spans = pairwise(lefts)
    return stats([np.ptp(values[(ts >= a) & (ts < b)]) for a, b in spans])


def _steps(rows: list[dict[str, Any]], start_s: float) -> dict[str, Any]:
    """Measure timing and placement from step to step."""
    pairs = list(pairwise(rows))
    inside = [(a, b) for a, b in pairs if a["ic"] >= start_s]
    full = [r for r in rows if "knee_ic" in r]
    beside = list(pairwise(full))
    strikes = [r["ic"] for r in rows if r["ic"] >= start_s]
    span = strikes[-1] - strikes[0] if len(strikes) > 1 else float("nan")
    return {
        "cadence_spm": round(60 * (len(strikes) - 1) / span, 3) if len(strikes) > 1 else None,
        "flight_time_ms": {
            s: stats([1000 * (b["ic"] - a["to"]) for a, b in pairs if a["side"] == s])
            for s in SIDES
        },
        "step_time_ms_ending_on": {
            s: stats([1000 * (b["ic"] - a["ic"]) for a, b in inside if b["side"] == s])
            for s in SIDES
        },
        "step_width_ankle_m": stats([abs(a["ankle_y_mid"] - b["ankle_y_mid"]) for a, b in beside]),
        "step_width_heel_m": stats([abs(a["heel_y_mid"] - b["heel_y_mid"]) for a, b in beside]),
        "contact_time_ms": {
            s: stats([1000 * (r["to"] - r["ic"]) for r in full if r["side"] == s]) for s in SIDES
        },
        **{
            k: {s: stats([r[k] for r in full if r["side"] == s]) for s in SIDES}
            for k in STANCE_KEYS
        },
    }


def _squat_reps(motion: SingleLegSquat, ts: FloatArray, at: list[Sample]) -> list[dict[str, Any]]:
    p, s, rows = motion.spec, motion.spec.side, []
    for k in range(p.reps):
        a, b = p.start_s + k * p.rep_s, p.start_s + (k + 1) * p.rep_s
        inside = np.flatnonzero((ts >= a) & (ts < b))
        if b > ts[-1] + 1.5 / RATE_HZ or not len(inside):
            continue
        i = max(inside, key=lambda j: at[j].deg["knee_flexion_" + s])
        deg = at[i].deg
        row = {
            "start": a,
            "end": b,
            "t_deepest": ts[i],
            "knee_flexion": deg["knee_flexion_" + s],
            "fppa": deg["fppa_" + s],
            "fppa_peak": max(at[j].deg["fppa_" + s] for j in inside),
            "pelvic_drop": deg["pelvis_obliquity"] * SIGN[s],
            "trunk_lean": deg["trunk_lean"],
            "trunk_lateral": deg["trunk_lateral"] * SIGN[s],
        }
        rows.append({"side": s, **{key: round(float(v), 4) for key, v in row.items()}})
    return rows


def _drill_reps(
    motion: Drill, begin_s: float, ts: FloatArray, at: list[Sample]
) -> list[dict[str, Any]]:
    """Every repetition of a movement test, with the angles at its farthest moment."""
    rows = []
    for side, start, end, share in motion.spans():
        a, b = start + begin_s, end + begin_s
        if b > ts[-1] + 1.5 / RATE_HZ:
            continue
        i = int(np.argmin(np.abs(ts - 0.5 * (a + b))))
        row = {"start": a, "end": b, "t_deepest": 0.5 * (a + b), "share": share}
        deg = {k: round(v, 3) for k, v in at[i].deg.items()}
        rows.append(
            {"side": side, **{k: round(float(v), 4) for k, v in row.items()}}
            | {"whole": share >= FULL_SHARE, "deg": deg}
        )
    return rows


def _test_reps(
    motion: Motion, begin_s: float, ts: FloatArray, at: list[Sample]
) -> list[dict[str, Any]]:
    if isinstance(motion, Chain):
        pairs = zip(motion.motions, motion.begins_s, strict=True)
        return [r for part, t0 in pairs for r in _test_reps(part, t0, ts, at)]
    return _drill_reps(motion, begin_s, ts, at) if isinstance(motion, Drill) else []


def _measured_reps(ts: FloatArray, at: list[Sample]) -> list[dict[str, Any]]:
    """Repetitions of a measured squat or rise: where both knees are bent most."""
    knee = np.array([0.5 * (x.deg["knee_flexion_L"] + x.deg["knee_flexion_R"]) for x in at])
    peaks, found = find_peaks(knee, prominence=DEEP_DEG)
    left, right = peak_widths(knee, peaks, rel_height=0.9)[2:]
    rows = []
    for i, a, b, rise in zip(peaks, left, right, found["prominences"], strict=True):
        row = {"start": a / RATE_HZ, "end": b / RATE_HZ, "t_deepest": ts[i], "rise_deg": rise}
        row |= {"knee_flexion": knee[i], "trunk_lean": at[i].deg["trunk_lean"]}
        rows.append({"side": "both", **{k: round(float(v), 4) for k, v in row.items()}})
    return rows


def _hop_reps(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One repetition per landing: the mean of the feet that land together."""
    landings: dict[float, list[dict[str, Any]]] = {}
    for r in rows:
        if "knee_ic" in r:
            together = [ic for ic in landings if r["ic"] - ic < TOGETHER_S]
            landings.setdefault(together[0] if together else r["ic"], []).append(r)
    keys = ("knee_ic", "knee_peak", "time_to_peak_ms", "fppa_at_peak", "trunk_lean_at_peak")
    return [
        {"side": "both" if len(g) > 1 else g[0]["side"], "landing": ic}
        | {k: round(float(np.mean([r[k] for r in g])), 4) for k in keys}
        for ic, g in landings.items()
    ]


def summarise(skeleton: Skeleton, motion: Motion, start_s: float, end_s: float) -> dict[str, Any]:
    """Contacts, repetitions and summary of [start_s, end_s).

    Returns
    -------
    dict
        Keys ``contacts``, ``reps``, ``summary`` of the truth file.
    """
    ts = np.arange(start_s, end_s, 1 / RATE_HZ)
    at = [sample(skeleton, motion, t) for t in ts]
    rows = contact_rows(skeleton, motion, start_s, end_s)
    out: dict[str, Any] = {}
    if motion.kind in ("run", "walk"):
        out = _steps(rows, start_s)
        lefts = [r["ic"] for r in rows if r["side"] == "L" and r["ic"] >= start_s]
        for k in ("pelvis_rotation", "trunk_rotation", "shoulder_line_rotation"):
            out[k + "_range"] = _per_stride(np.array([x.deg[k] for x in at]), ts, lefts)
        for key, name in (("midhip", "midhip"), ("head", "head_top")):
            z = np.array([x.m[name][2] for x in at])
            out[f"vertical_oscillation_{key}_m"] = _per_stride(z, ts, lefts)
    reps = _test_reps(motion, 0.0, ts, at)
    if isinstance(motion, SingleLegSquat):
        reps = _squat_reps(motion, ts, at)
    elif motion.kind == "test":
        reps = _measured_reps(ts, at)
    elif motion.kind in ("jump", "hop"):
        reps = _hop_reps(rows)
    for k in ("trunk_lean", "trunk_lateral", "pelvis_tilt"):
        x = np.array([a.deg[k] for a in at])
        out[k] = {
            n: round(float(f(x)), 3)
            for n, f in (("mean", np.mean), ("min", np.min), ("max", np.max))
        }
    return {"contacts": rows, "reps": reps, "summary": out}
