"""What a person would name of a movement: lying, one foot lifted, which joint moves, flight.

Every feature is a number from landmarks in the picture (down is down) and from the model's own
guess of the body in space; times are in seconds, lengths in leg lengths, angles in units of 90
degrees, so that none depends on the frame rate or on the distance to the phone.
"""

from typing import Final

import numpy as np
from scipy.signal import savgol_filter

from formcheck.data import BoolArray, FloatArray
from formcheck.recognition.body import RATE_HZ, Body

_GRAVITY: Final = 11.5
"""Free fall in leg lengths per second squared: 9.81 m/s2 for legs of 0.85 m."""
_LIFTED: Final = 0.12
_LYING: Final = 55.0 / 90.0


def features_of(body: Body) -> dict[str, float]:
    """Return the features of a person's movement, by name."""
    return {
        **_posture(body),
        **_joints(body),
        **_feet(body),
        **_low_end(body),
        **_arms(body),
        **_whole_body(body),
    }


def _range(values: FloatArray, low: float = 0.05) -> float:
    a, b = np.quantile(values, [low, 1 - low])
    return float(b - a)


def _quantile(values: FloatArray, q: float) -> float:
    return float(np.quantile(values, q))


def tilt(body: Body) -> FloatArray:
    """Return the trunk's angle from upright, 0 = upright, 1 = lying, shape (T,)."""
    trunk = body.mid("shoulder") - body.mid("hip")
    return np.asarray(np.degrees(np.arctan2(np.abs(trunk[:, 0]), trunk[:, 1])) / 90.0)


def bend(a: FloatArray, b: FloatArray, c: FloatArray) -> FloatArray:
    """Return how far a joint is bent, 0 = straight, 1 = 90 degrees; any leading shape."""
    u, v = a - b, c - b
    norm = np.linalg.norm(u, axis=-1) * np.linalg.norm(v, axis=-1)
    cosine = np.clip((u * v).sum(axis=-1) / np.maximum(norm, 1e-9), -1, 1)
    return np.asarray(2.0 - np.degrees(np.arccos(cosine)) / 90.0)


def _feet_y(body: Body) -> FloatArray:
    """Return the lowest point of each foot, shape (T, 2)."""
    joints = [body.pair(j)[..., 1] for j in ("ankle", "heel", "foot_index")]
    return np.asarray(np.min(joints, axis=0))


def lift(body: Body) -> FloatArray:
    """Return the left ankle's height over the right one, shape (T,): toes may hang to the floor."""
    ankle = body.pair("ankle")[..., 1]
    return np.asarray(ankle[:, 0] - ankle[:, 1])


def _posture(body: Body) -> dict[str, float]:
    lean = tilt(body)
    hip, floor = body.mid("hip")[:, 1], _feet_y(body).min(axis=1)
    wrists = body.pair("wrist")[..., 1].min(axis=1)
    shoulder, knee = body.mid("shoulder")[:, 1], body.pair("knee")[..., 1].max(axis=1)
    return {
        "tilt": float(np.median(lean)),
        "tilt_range": _range(lean),
        "tilt_most": _quantile(lean, 0.9),
        "lying": float(np.mean(lean > _LYING)),
        "hip_height": float(np.median(hip - floor)),
        "hand_height": _quantile(wrists - floor, 0.2),
        "shoulder_over_hand": float(np.median(shoulder - wrists)),
        "knee_over_hip": float(np.median(knee - hip)),
        "hip_over_shoulder": float(np.median(hip - shoulder)),
    }


def knee_bend(body: Body) -> FloatArray:
    """Return the bend of both knees in the model's space, shape (T, 2)."""
    return bend(body.space("hip"), body.space("knee"), body.space("ankle"))


def hip_bend(body: Body) -> FloatArray:
    """Return the bend of both hips in the model's space, shape (T, 2)."""
    return bend(body.space("shoulder"), body.space("hip"), body.space("knee"))


def _joints(body: Body) -> dict[str, float]:
    knee, hip = knee_bend(body), hip_bend(body)
    flat = bend(body.pair("hip"), body.pair("knee"), body.pair("ankle"))
    out = {"knee_apart": float(np.std(knee[:, 0] - knee[:, 1]))}
    for name, joint in (("knee", knee), ("knee_flat", flat), ("hip", hip)):
        ranges = [_range(joint[:, k]) for k in (0, 1)]
        rest = [_quantile(joint[:, k], 0.1) for k in (0, 1)]
        most = [_quantile(joint[:, k], 0.95) for k in (0, 1)]
        out |= {
            f"{name}_range_less": min(ranges),
            f"{name}_range_more": max(ranges),
            f"{name}_rest_less": min(rest),
            f"{name}_rest_more": max(rest),
            f"{name}_most_less": min(most),
            f"{name}_most_more": max(most),
        }
    out["knees_together"] = _correlation(knee[:, 0], knee[:, 1])
    out["hips_together"] = _correlation(hip[:, 0], hip[:, 1])
    out["hip_not_knee"] = out["hip_range_less"] - out["knee_range_less"]
    return out


def _correlation(a: FloatArray, b: FloatArray) -> float:
    """Return how far two signals go together, -1..1, small movements counting for little."""
    a, b = a - a.mean(), b - b.mean()
    noise = 0.05**2
    return float(np.mean(a * b) / np.sqrt((np.mean(a * a) + noise) * (np.mean(b * b) + noise)))


def _feet(body: Body) -> dict[str, float]:
    up = lift(body)
    lifted = np.abs(up) > _LIFTED
    ankle = body.pair("ankle")
    apart = ankle[:, 0] - ankle[:, 1]
    speed = _speed(ankle)
    still = speed < 0.35
    side = np.sign(up[lifted])
    toes_still = _speed(body.pair("foot_index")) < 0.35
    heel = body.pair("heel")[..., 1] - body.pair("foot_index")[..., 1]
    straight = knee_bend(body) < 0.4
    return {
        "one_lifted": float(np.mean(lifted)),
        "longest_lift_s": min(_longest(lifted) / RATE_HZ, 8.0),
        "same_side": _one_side(side) * min(1.0, 4 * float(lifted.mean())),
        "lift_most": _quantile(np.abs(up), 0.95),
        "changes_hz": _changes(up) / max(body.time_s.size / RATE_HZ, 1.0),
        "feet_apart_x": float(np.median(np.abs(apart[:, 0]))),
        "feet_apart_range": _range(apart[:, 0]),
        "feet_crossings_hz": _changes(apart[:, 0]) / max(body.time_s.size / RATE_HZ, 1.0),
        "both_still": float(np.mean(still.all(axis=1))),
        "none_still": float(np.mean(~still.any(axis=1))),
        "foot_speed": _quantile(speed.max(axis=1), 0.9),
        "split_down": float(np.mean((np.abs(apart[:, 0]) > 0.5) & ~lifted & still.all(axis=1))),
        "heel_range": max(
            _range(heel[toes_still[:, k] & straight[:, k], k])
            if (toes_still[:, k] & straight[:, k]).sum() > RATE_HZ
            else 0.0
            for k in (0, 1)
        ),
    }


def _one_side(signs: FloatArray) -> float:
    """Return how far signs agree, 0..1."""
    return abs(float(signs.mean())) if signs.size else 0.0


def _speed(at: FloatArray) -> FloatArray:
    """Return speeds in leg lengths per second, shape (T, 2)."""
    return np.asarray(np.linalg.norm(np.gradient(at, axis=0), axis=-1) * RATE_HZ)


def _longest(flags: BoolArray) -> int:
    """Return the length of the longest run, short breaks bridged."""
    padded = np.concatenate([[0], flags.astype(int), [0]])
    starts, ends = np.flatnonzero(np.diff(padded) > 0), np.flatnonzero(np.diff(padded) < 0)
    best = current = 0
    last_end = -100
    for a, b in zip(starts, ends, strict=True):
        current = int(current + b - last_end if a - last_end <= 4 else b - a)
        best, last_end = max(best, current), int(b)
    return best


def _changes(values: FloatArray, level: float = 0.08) -> int:
    """Count how often a signal goes from one side of zero to the other, beyond `level`."""
    signs = np.sign(values)[np.abs(values) > level]
    return int(np.sum(signs[1:] != signs[:-1]))


def _low_end(body: Body) -> dict[str, float]:
    """Describe the moments at which the hips are lowest: squat, lunge and seat differ there."""
    height = body.mid("hip")[:, 1] - _feet_y(body).min(axis=1)
    low, high = np.quantile(height, [0.03, 0.97])
    share = (height - low) / max(float(high - low), 0.05)
    at = share <= max(0.25, float(np.quantile(share, 0.05)))
    ankle, knee = body.pair("ankle"), knee_bend(body)
    thigh = bend(_above(body.pair("hip")), body.pair("hip"), body.pair("knee"))
    lean = tilt(body)
    behind = np.abs(body.mid("hip")[:, 0] - body.mid("ankle")[:, 0])
    ahead = np.abs(body.pair("knee")[..., 0] - ankle[..., 0])
    hip_speed = np.abs(np.gradient(body.mid("hip")[:, 1])) * RATE_HZ
    return {
        "drop": float(high - low),
        "low_share": float(np.mean(share < 0.25)),
        "high_share": float(np.mean(share > 0.75)),
        "low_still": float(np.mean(hip_speed[at] < 0.1)),
        "low_feet_apart": float(np.median(np.abs(ankle[at, 0, 0] - ankle[at, 1, 0]))),
        "low_lift": float(np.median(np.abs(lift(body)[at]))),
        "low_knees_differ": float(np.median(np.abs(knee[at, 0] - knee[at, 1]))),
        "low_knee_less": float(np.median(knee[at].min(axis=1))),
        "low_knee_more": float(np.median(knee[at].max(axis=1))),
        "low_hip_bend": float(np.median(hip_bend(body)[at].mean(axis=1))),
        "low_thigh": float(np.median(thigh[at].max(axis=1))),
        "low_thighs_differ": float(np.median(np.abs(thigh[at, 0] - thigh[at, 1]))),
        "low_tilt": float(np.median(lean[at])),
        "leans_beyond_low": _quantile(lean, 0.95) - float(np.median(lean[at])),
        "low_hip_behind": float(np.median(behind[at])),
        "low_knee_ahead": float(np.median(ahead[at].max(axis=1))),
    }


def _above(at: FloatArray) -> FloatArray:
    """Return points straight above others."""
    return np.asarray(at + np.array([0.0, 1.0]))


def _arms(body: Body) -> dict[str, float]:
    shoulder, wrist = body.pair("shoulder"), body.pair("wrist")
    elbow = bend(body.space("shoulder"), body.space("elbow"), body.space("wrist"))
    path = (wrist - shoulder).reshape(-1, 4)
    spread = np.abs(wrist[:, 0, 0] - wrist[:, 1, 0])
    return {
        "elbow_range": max(_range(elbow[:, k]) for k in (0, 1)),
        "wrist_range": max(
            float(np.hypot(_range(path[:, 2 * k]), _range(path[:, 2 * k + 1]))) for k in (0, 1)
        ),
        "wrist_over_shoulder": _quantile((wrist - shoulder)[..., 1].max(axis=1), 0.9),
        "wrist_spread_range": _range(spread),
        "wrists_opposed": _correlation(path[:, 0], path[:, 2]),
    }


def _whole_body(body: Body) -> dict[str, float]:
    hip, up = body.mid("hip"), lift(body)
    seconds = body.time_s.size / RATE_HZ
    trunk = 0.5 * (hip + body.mid("shoulder"))[:, 1]
    shoulders = np.linalg.norm(np.diff(body.pair("shoulder"), axis=1)[:, 0], axis=1)
    fall = -savgol_filter(trunk, 5, 2, deriv=2) * RATE_HZ**2 / _GRAVITY
    falling = fall > 0.5
    knee = knee_bend(body)
    out = {
        "travel": float(np.ptp(_smooth(hip[:, 0]))) / max(np.sqrt(seconds), 1.0),
        "growth": float(np.ptp(np.log(_smooth(body.unit_px)))),
        "fall_share": float(np.mean(falling)),
        "fall_longest_s": min(_longest(falling) / RATE_HZ, 0.6),
        "fall_most": _quantile(fall, 0.97),
        "bounce_speed": _quantile(np.abs(np.gradient(trunk)) * RATE_HZ, 0.9),
        "from_side": 1.0 - min(float(np.median(shoulders)) / 0.4, 1.5),
        "seen_s": min(seconds, 10.0),
    }
    for name, signal in (("lift", up), ("hip", trunk), ("knees", knee[:, 0] - knee[:, 1])):
        out[f"{name}_hz"], out[f"{name}_pure"] = _dominant(signal)
    return out


def _smooth(values: FloatArray) -> FloatArray:
    width = min(values.size // 2 * 2 - 1, 25)
    return np.asarray(savgol_filter(values, width, 1))


def _dominant(values: FloatArray) -> tuple[float, float]:
    """Return the strongest rate (Hz, at most 4) and the share of the movement that it explains."""
    n = values.size
    flat = values - np.polyval(np.polyfit(np.arange(n), values, 1), np.arange(n))
    power = np.abs(np.fft.rfft(flat * np.hanning(n), 1024)) ** 2
    rate = np.fft.rfftfreq(1024, 1 / RATE_HZ)
    band = (rate > 0.15) & (rate < 5.0)
    power, rate = power[band], rate[band]
    k = int(np.argmax(power))
    near = np.abs(rate - rate[k]) < 0.25
    noise = 1e-4 * n * n
    return min(float(rate[k]), 4.0), float(power[near].sum() / (power.sum() + noise))
