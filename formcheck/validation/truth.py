"""Reads ``*.truth.json`` and turns it into the values that the measures estimate.

Sides in the truth file are ``L`` and ``R``; angles are degrees, lengths metres, times seconds.
"""

import itertools
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from formcheck.data import FloatArray
from formcheck.errors import FormcheckError
from formcheck.keypoints import SIDES, Side

LETTER: Final[dict[Side, str]] = {"left": "L", "right": "R"}
RUNS: Final = ("treadmill_run", "hallway_run")
CADENCE: Final = "cadence"
CONTACT_TIME: Final = "contact_time"
TruthKey = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueContact:
    """One stance of the truth: strike and toe-off in seconds (None outside the clip)."""

    side: Side
    strike_s: float | None
    toe_off_s: float | None
    values: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Truth:
    """The truth of one rendered clip."""

    name: str
    protocol: str
    view: str
    fps: float
    split: str
    height_cm: float | None
    belt_speed_mps: float | None
    mirrored: bool
    contacts: tuple[TrueContact, ...]
    time_s: FloatArray
    deg: dict[str, FloatArray]
    midhip_z_m: FloatArray
    leg_m: dict[Side, float]
    reps: tuple[dict[str, Any], ...]
    summary: dict[str, Any]
    camera: dict[str, Any]
    spec: dict[str, Any]
    points_px: dict[str, FloatArray] = field(default_factory=dict)
    points_m: dict[str, FloatArray] = field(default_factory=dict)


def read_truth(path: Path) -> Truth:
    """Read one truth file.

    Raises
    ------
    FormcheckError
        RESULT_UNREADABLE if the file is not a truth file.
    """
    try:
        raw = json.loads(path.read_text(encoding="utf-8"))
        return _parse(raw)
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = f"{path.name} is not a truth file ({type(error).__name__}: {error})"
        msg = "RESULT_UNREADABLE"
        raise FormcheckError(msg, what) from error


def _parse(raw: dict[str, Any]) -> Truth:
    frames = raw["frames"]
    names = frames[0]["deg"].keys()
    return Truth(
        name=raw["name"],
        protocol=raw["protocol"],
        view=raw["view"],
        fps=float(raw["fps"]),
        split=raw.get("split", ""),
        height_cm=raw.get("height_cm"),
        belt_speed_mps=raw.get("belt_speed_mps"),
        mirrored=bool(raw.get("mirrored", False)),
        contacts=tuple(_contact(c) for c in raw["contacts"]),
        time_s=np.array([f["t"] for f in frames]),
        deg={k: np.array([f["deg"].get(k, np.nan) for f in frames], dtype=float) for k in names}
        | {f"thigh_{s}": _thigh_deg(frames, s) for s in ("L", "R")},
        midhip_z_m=np.array([f["m"]["midhip"][2] for f in frames]),
        leg_m={side: _leg_m(frames[0]["m"], letter) for side, letter in LETTER.items()},
        reps=tuple(raw.get("reps") or raw["summary"].get("reps", ())),
        summary=raw["summary"],
        camera=raw["camera"],
        spec=raw["spec"],
        points_px=_points(frames, "px"),
        points_m=_points(frames, "m"),
    )


def _points(frames: list[dict[str, Any]], kind: str) -> dict[str, FloatArray]:
    """Return the true points over time: pixels, shape (T, 2), or metres in the room, (T, 3)."""
    return {
        name: np.array([f[kind][name] for f in frames], dtype=float) for name in frames[0][kind]
    }


def _leg_m(points: dict[str, list[float]], letter: str) -> float:
    """Return thigh plus shank, metres."""
    hip, knee, ankle = (np.array(points[f"{j}_{letter}"]) for j in ("hip", "knee", "ankle"))
    return float(np.linalg.norm(knee - hip) + np.linalg.norm(ankle - knee))


def _thigh_deg(frames: list[dict[str, Any]], letter: str) -> FloatArray:
    """Return the thigh's angle to the vertical, + = knee in front of the hip, shape (T,)."""
    hip = np.array([f["m"][f"hip_{letter}"] for f in frames])
    knee = np.array([f["m"][f"knee_{letter}"] for f in frames])
    along = knee - hip
    return np.asarray(np.degrees(np.arctan2(along[:, 0], -along[:, 2])))


def _contact(c: dict[str, Any]) -> TrueContact:
    # -1000 and 1000 stand for "before the clip" and "after it"
    return TrueContact(
        side="left" if c["side"] == "L" else "right",
        strike_s=c["ic"] if c["ic"] > -100 else None,
        toe_off_s=c["to"] if c["to"] < 100 else None,
        values={k: float(v) for k, v in c.items() if k not in ("side", "ic", "to")},
    )


def true_values(truth: Truth) -> dict[TruthKey, float]:
    """Return the true value of every measure this clip carries, by (measure id, side).

    Parameters
    ----------
    truth : Truth

    Returns
    -------
    dict
        Keys ``(id, "left" | "right" | "both")``; units of the measures (cm, ms, deg).
    """
    out: dict[TruthKey, float] = {}
    if truth.protocol in RUNS:
        out |= _per_contact(truth) | _timing(truth) | _per_stride(truth) | _lengths(truth)
    if truth.protocol == "single_leg_squat":
        out |= _squat(truth)
    if truth.protocol == "hop_landing":
        out |= _landing(truth)
    return {k: v for k, v in out.items() if np.isfinite(v)}


def _whole(truth: Truth) -> list[TrueContact]:
    end = float(truth.time_s[-1])
    return [
        c
        for c in truth.contacts
        if c.strike_s is not None
        and c.toe_off_s is not None
        and c.strike_s >= 0
        and c.toe_off_s <= end
    ]


def _per_contact(truth: Truth) -> dict[TruthKey, float]:
    names = {
        "pelvic_drop": "pelvic_drop_peak",
        "knee_flexion_at_contact": "knee_ic",
        "peak_knee_flexion_stance": "knee_peak",
        "foot_inclination_at_contact": "foot_pitch_ic",
        "tibia_angle_at_contact": "shank_ic",
    }
    out: dict[TruthKey, float] = {}
    for side in SIDES:
        own = [c for c in _whole(truth) if c.side == side]
        for measure_id, key in names.items():
            values = [c.values[key] for c in own if key in c.values]
            if values:
                out[measure_id, side] = float(np.mean(values))
        excursion = [
            c.values["pelvic_drop_peak"] - c.values["pelvic_drop_ic"]
            for c in own
            if "pelvic_drop_ic" in c.values
        ]
        if excursion:
            out["pelvic_drop_excursion", side] = float(np.mean(excursion))
        sign = 1 if side == "left" else -1
        lean = [
            sign * float(np.mean(truth.deg["trunk_lateral"][_between(truth, c)]))
            for c in own
            if _between(truth, c).any()
        ]
        peak = [
            float(np.max(sign * truth.deg["trunk_lateral"][_between(truth, c)]))
            for c in own
            if _between(truth, c).any()
        ]
        if lean:
            out["trunk_side_lean", side] = float(np.mean(lean))
            out["trunk_side_lean_peak", side] = float(np.mean(peak))
        ends = [c.values["knee_peak"] - c.values["knee_ic"] for c in own if "knee_peak" in c.values]
        if ends:
            out["knee_excursion", side] = float(np.mean(ends))
    return out


def _between(truth: Truth, contact: TrueContact) -> np.ndarray:
    assert contact.strike_s is not None
    assert contact.toe_off_s is not None
    return (truth.time_s >= contact.strike_s) & (truth.time_s <= contact.toe_off_s)


def _timing(truth: Truth) -> dict[TruthKey, float]:
    out: dict[TruthKey, float] = {}
    strikes = sorted((c.strike_s, c.side) for c in truth.contacts if c.strike_s is not None)
    strikes = [s for s in strikes if 0 <= s[0] <= truth.time_s[-1]]
    times = np.array([s[0] for s in strikes])
    if times.size > 2:
        out["cadence", "both"] = 60 * (times.size - 1) / float(times[-1] - times[0])
    whole = _whole(truth)
    for side in SIDES:
        own = [c for c in whole if c.side == side]
        contact = [1000 * (c.toe_off_s - c.strike_s) for c in own]  # type: ignore[operator]
        if contact:
            out["contact_time", side] = float(np.mean(contact))
        flight = [
            1000 * (b.strike_s - a.toe_off_s)  # type: ignore[operator]
            for a, b in itertools.pairwise(whole)
            if a.side == side and b.side != side
        ]
        if flight:
            out["flight_time", side] = float(np.mean(flight))
        mine = times[[s[1] == side for s in strikes]] if strikes else np.empty(0)
        if mine.size > 1 and contact:
            stride_ms = 1000 * float(np.mean(np.diff(mine)))
            out["duty_factor", side] = 100 * out["contact_time", side] / stride_ms
        step = [
            1000 * (b[0] - a[0])
            for a, b in itertools.pairwise(strikes)
            if a[1] == side and b[1] != side
        ]
        if step:
            out["step_time", side] = float(np.mean(step))
    return out


def _strides(truth: Truth, side: Side) -> list[np.ndarray]:
    strikes = [
        c.strike_s
        for c in truth.contacts
        if c.side == side and c.strike_s is not None and c.strike_s >= 0
    ]
    return [
        (truth.time_s >= a) & (truth.time_s < b)
        for a, b in itertools.pairwise(strikes)
        if b <= truth.time_s[-1]
    ]


def _range(values: FloatArray, strides: list[np.ndarray]) -> float:
    ranges = [float(np.ptp(values[m])) for m in strides if m.sum() > 4]
    return float(np.mean(ranges)) if ranges else float("nan")


def _per_stride(truth: Truth) -> dict[TruthKey, float]:
    strides = _strides(truth, "left")
    deg = truth.deg
    out: dict[TruthKey, float] = {
        ("trunk_rotation", "both"): _range(deg["shoulder_line_rotation"], strides),
        ("pelvis_rotation", "both"): _range(deg["pelvis_rotation"], strides),
        ("trunk_pelvis_separation", "both"): _range(
            deg["shoulder_line_rotation"] - deg["pelvis_rotation"], strides
        ),
    }
    if strides:
        inside = np.any(strides, axis=0)
        out["trunk_forward_lean", "both"] = float(np.mean(deg["trunk_lean"][inside]))
    stances = [_between(truth, c) for c in _whole(truth)]
    peaks = [float(np.max(deg["trunk_lean"][m])) for m in stances if m.any()]
    if peaks:
        out["trunk_forward_lean_peak", "both"] = float(np.mean(peaks))
    for side in SIDES:
        s = LETTER[side]
        own = _strides(truth, side)
        out["hip_range", side] = _range(deg[f"thigh_{s}"], own)
        out["knee_range", side] = _range(deg[f"knee_flexion_{s}"], own)
        back = [float(np.max(-deg[f"thigh_{s}"][m])) for m in own if m.any()]
        if back:
            out["peak_hip_extension", side] = float(np.mean(back))
    return out


def _lengths(truth: Truth) -> dict[TruthKey, float]:
    out: dict[TruthKey, float] = {}
    width = truth.summary.get("step_width_heel_m")
    if width:
        out["step_width", "both"] = 100 * width["mean"]
        leg_m = float(np.mean(list(truth.leg_m.values())))
        out["step_width_pct_leg", "both"] = 100 * width["mean"] / leg_m
    for side in SIDES:
        ahead = [
            c.values["ankle_ahead_ic"]
            for c in _whole(truth)
            if c.side == side and "ankle_ahead_ic" in c.values
        ]
        if ahead:
            out["overstride", side] = 100 * float(np.mean(ahead))
    strikes = sorted(
        c.strike_s for c in truth.contacts if c.strike_s is not None and c.strike_s >= 0
    )
    steps = [(truth.time_s >= a) & (truth.time_s < b) for a, b in itertools.pairwise(strikes)]
    out["vertical_oscillation", "both"] = 100 * _range(truth.midhip_z_m, steps)
    if truth.belt_speed_mps:
        out["speed", "both"] = truth.belt_speed_mps
    return out


def _squat(truth: Truth) -> dict[TruthKey, float]:
    reps = truth.reps
    side = "left" if truth.spec["motion"].get("side", "L") == "L" else "right"
    if not reps:
        return {}
    names = ("fppa", "knee_flexion", "pelvic_drop", "trunk_lateral")
    mean = {k: float(np.mean([r[k] for r in reps])) for k in names}
    return {
        ("squat_valgus", side): mean["fppa"],
        ("squat_depth", side): mean["knee_flexion"],
        ("pelvic_drop", side): mean["pelvic_drop"],
        ("trunk_side_lean", side): mean["trunk_lateral"],
        ("rep_count", side): float(len(reps)),
    }


def _landing(truth: Truth) -> dict[TruthKey, float]:
    out: dict[TruthKey, float] = {}
    for side in SIDES:
        own = [c for c in truth.contacts if c.side == side and c.values]
        for name, key in (
            ("knee_flexion_at_contact", "knee_ic"),
            ("peak_knee_flexion_stance", "knee_peak"),
        ):
            values = [c.values[key] for c in own if key in c.values]
            if values:
                out[name, side] = float(np.mean(values))
    return out
