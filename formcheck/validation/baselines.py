"""What the field does, on the same landmarks: raw frame values, and a 6 Hz lowest-ankle pipeline.

Both exist to be beaten: the raw value is read from the single frame nearest to a true event (a gift
that no user has); the pipeline finds foot strikes as the lowest ankle and filters the angle at 6
Hz.
"""

from typing import Final

import numpy as np
from scipy.signal import butter, filtfilt, find_peaks

from formcheck.data import FloatArray, PoseSequence, Scene, sample_at
from formcheck.keypoints import INDEX, SIDES, Side, View, other
from formcheck.validation.truth import Truth, TruthKey

CUTOFF_HZ: Final = 6.0
STANCE_S: Final = 0.26


def raw_values(pose: PoseSequence, scene: Scene, truth: Truth) -> dict[TruthKey, float]:
    """Return single-frame landmark values at the true moments, mean over the clip."""
    events = {
        side: np.array([c.strike_s for c in truth.contacts if c.side == side and c.strike_s])
        for side in SIDES
    }
    return _values(pose, scene, truth, events, smooth=False)


def lowest_ankle_values(pose: PoseSequence, scene: Scene, truth: Truth) -> dict[TruthKey, float]:
    """Return the values of the 6 Hz, lowest-ankle pipeline."""
    events = {side: lowest_ankle_strikes(pose, side) for side in SIDES}
    return _values(pose, scene, truth, events, smooth=True)


def lowest_ankle_strikes(pose: PoseSequence, side: Side) -> FloatArray:
    """Return the times at which the ankle is lowest in the picture, 6 Hz low-pass."""
    height = _low_pass(pose, pose.joint(side, "ankle")[:, 1] - pose.mid("hip")[:, 1])
    prominence = 0.25 * float(np.ptp(height)) if height.size else 0.0
    peaks, _ = find_peaks(height, prominence=prominence, distance=max(1, int(0.4 * pose.rate_hz)))
    return np.asarray(pose.time_s[peaks])


def _low_pass(pose: PoseSequence, values: FloatArray) -> FloatArray:
    ok = np.isfinite(values)
    if ok.sum() < 20 or pose.rate_hz <= 2.2 * CUTOFF_HZ:
        return values
    filled = np.interp(pose.time_s, pose.time_s[ok], values[ok])
    b, a = butter(2, CUTOFF_HZ / (pose.rate_hz / 2))
    return np.asarray(filtfilt(b, a, filled))


def _values(
    pose: PoseSequence,
    scene: Scene,
    truth: Truth,
    strikes: dict[Side, FloatArray],
    *,
    smooth: bool,
) -> dict[TruthKey, float]:
    def curve(values: FloatArray) -> FloatArray:
        return _low_pass(pose, values) if smooth else values

    out: dict[TruthKey, float] = {}
    running = truth.protocol in ("treadmill_run", "hallway_run")
    for side in SIDES:
        if running and scene.view == View.SIDE:
            knee = curve(_flexion(pose, side))
            out["knee_flexion_at_contact", side] = _at(pose, knee, strikes[side])
            out["peak_knee_flexion_stance", side] = _peak(pose, knee, strikes[side])
        if running and scene.view != View.SIDE:
            tilt = curve(_hip_tilt(pose, side))
            out["pelvic_drop", side] = _peak(pose, tilt, strikes[side])
        if truth.protocol == "single_leg_squat":
            deepest = np.array([r["t_deepest"] for r in truth.reps])
            out["squat_valgus", side] = _at(pose, curve(_valgus(pose, scene, side)), deepest)
    if running:
        yaw = curve(_shoulder_yaw(pose))
        ranges = [
            float(np.ptp(yaw[(pose.time_s >= a) & (pose.time_s < b)]))
            for a, b in zip(strikes["left"], strikes["left"][1:], strict=False)
            if ((pose.time_s >= a) & (pose.time_s < b)).any()
        ]
        out["trunk_rotation", "both"] = float(np.nanmean(ranges)) if ranges else float("nan")
    return {k: v for k, v in out.items() if np.isfinite(v)}


def _at(pose: PoseSequence, values: FloatArray, times_s: FloatArray) -> float:
    got = sample_at(pose.time_s, values, times_s)
    got = got[np.isfinite(got)]
    return float(np.mean(got)) if got.size else float("nan")


def _peak(pose: PoseSequence, values: FloatArray, strikes_s: FloatArray) -> float:
    peaks = [
        float(np.nanmax(values[inside]))
        for t in strikes_s
        if np.isfinite(values[inside := (pose.time_s >= t) & (pose.time_s <= t + STANCE_S)]).any()
    ]
    return float(np.mean(peaks)) if peaks else float("nan")


def _flexion(pose: PoseSequence, side: Side) -> FloatArray:
    hip, knee, ankle = (pose.joint(side, j) for j in ("hip", "knee", "ankle"))
    u, v = knee - hip, ankle - knee
    cross = u[:, 0] * v[:, 1] - u[:, 1] * v[:, 0]
    return np.asarray(np.degrees(np.arctan2(np.abs(cross), (u * v).sum(axis=1))))


def _hip_tilt(pose: PoseSequence, stance: Side) -> FloatArray:
    swing_hip, stance_hip = pose.joint(other(stance), "hip"), pose.joint(stance, "hip")
    d = swing_hip - stance_hip
    return np.asarray(np.degrees(np.arctan2(d[:, 1], np.abs(d[:, 0]))))


def _valgus(pose: PoseSequence, scene: Scene, side: Side) -> FloatArray:
    hip, knee, ankle = (pose.joint(side, j) for j in ("hip", "knee", "ankle"))
    medial = -scene.lateral_sign(side)
    thigh = np.arctan2((knee - hip)[:, 0] * medial, (knee - hip)[:, 1])
    shank = np.arctan2((ankle - knee)[:, 0] * medial, (ankle - knee)[:, 1])
    return np.asarray(np.degrees(thigh - shank))


def _shoulder_yaw(pose: PoseSequence) -> FloatArray:
    d = pose.world_m[:, INDEX["left_shoulder"]] - pose.world_m[:, INDEX["right_shoulder"]]
    turn = np.arctan2(d[:, 2], d[:, 0])
    seen = np.isfinite(turn)
    if not seen.any():
        return np.asarray(turn)
    # about the clip's own direction: behind the runner the angle itself jumps at 180 degrees
    middle = np.angle(np.mean(np.exp(1j * turn[seen])))
    off = np.degrees(np.angle(np.exp(1j * (turn[seen] - middle))))
    return np.asarray(np.interp(pose.time_s, pose.time_s[seen], off))
