"""True values of the rendered movement tests, by measure and side, from their truth files."""

import math
from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

SIDES = {"L": "left", "R": "right", "both": "both"}
SIGN = {"L": 1.0, "R": -1.0}
GRAVITY_MPS2 = 9.81
LONGEST_FLIGHT_S = 0.6
SWAY_TAIL = 0.025
BALANCE_RAMP_S = 0.45
"""The lifted foot rises and sinks for this long: it is off the floor from half way on."""
Values = dict[tuple[str, str], float]


def _whole(truth: dict[str, Any]) -> list[dict[str, Any]]:
    return [r for r in truth["reps"] if r.get("whole", True) and "deg" in r]


def thigh_deg(frame: dict[str, Any], side: str) -> float:
    """Thigh to the vertical, + = knee ahead of the hip."""
    hip, knee = frame["m"][f"hip_{side}"], frame["m"][f"knee_{side}"]
    return math.degrees(math.atan2(knee[0] - hip[0], hip[2] - knee[2]))


def drill_truth(truth: dict[str, Any]) -> Values:
    """Return the true values of a test on a schedule, by measure and side."""
    reps = _whole(truth)
    if not reps:
        return {}
    test = _Test.of(truth, reps)
    rules: dict[str, Callable[[_Test], Values]] = {
        "double_squat": _squat_truth,
        "hip_hinge": _squat_truth,
        "lunge": _squat_truth,
        "single_leg_squat": _squat_truth,
        "single_leg_running_man": _running_man_truth,
        "single_leg_bridge": lambda t: {("hip_rise", t.side): t.size()},
        "side_lying_abduction": lambda t: {("leg_raise", t.side): t.size()},
    }
    out = rules[test.protocol](test) if test.protocol in rules else {}
    if test.protocol == "single_leg_balance":
        return _hold_truth(test)
    if truth["view"] == "side" and test.protocol != "single_leg_bridge":
        leans = [max(f["deg"]["trunk_lean"] for f in part) for part in test.inside()]
        out["trunk_lean_peak", test.side] = sum(leans) / len(leans)
    lengths = [r["end"] - r["start"] for r in reps]
    out["rep_time", test.side] = sum(lengths) / len(lengths)
    return out


@dataclass(frozen=True)
class _Test:
    """The whole repetitions of one rendered test."""

    truth: dict[str, Any]
    reps: list[dict[str, Any]]
    protocol: str
    letter: str
    leg: str

    @classmethod
    def of(cls, truth: dict[str, Any], reps: list[dict[str, Any]]) -> "_Test":
        letter = reps[0]["side"]
        near = truth.get("near_side") or "L"
        return cls(truth, reps, truth["protocol"], letter, near if letter == "both" else letter)

    @property
    def side(self) -> str:
        return SIDES[self.letter]

    def mean(self, name: str) -> float:
        return sum(r["deg"][name] for r in self.reps) / len(self.reps)

    def inside(self) -> list[list[dict[str, Any]]]:
        frames = self.truth["frames"]
        return [[f for f in frames if r["start"] <= f["t"] <= r["end"]] for r in self.reps]

    def size(self) -> float:
        """Return the asked size of the movement, for tests that move a rigid part by it."""
        motion = self.truth["spec"]["motion"]
        full = motion["full"] if "full" in motion else motion["parts"][-1]["full"]
        return float(full * sum(r["share"] for r in self.reps) / len(self.reps))


def _hold_truth(test: _Test) -> Values:
    """Return time and sway of the longest hold; a touch of the floor lies between two holds."""
    longest = max(test.reps, key=lambda r: r["end"] - r["start"])
    a, b = longest["start"] + BALANCE_RAMP_S / 2, longest["end"] - BALANCE_RAMP_S / 2
    ankle = f"ankle_{test.letter}"
    offset_cm = sorted(
        100 * (f["m"]["midhip"][1] - f["m"][ankle][1])
        for f in test.truth["frames"]
        if a <= f["t"] <= b
    )
    cut = round(SWAY_TAIL * len(offset_cm))
    return {
        ("hold_time", test.side): b - a,
        ("touch_downs", test.side): float(len(test.reps) - 1),
        ("sway", test.side): offset_cm[-1 - cut] - offset_cm[cut],
    }


def _squat_truth(test: _Test) -> Values:
    out = {("squat_depth", test.side): test.mean(f"knee_flexion_{test.leg}")}
    side_view = test.truth["view"] == "side"
    if side_view and test.protocol in ("double_squat", "hip_hinge"):
        lean = test.mean("trunk_lean") + test.mean(f"shank_{test.leg}")
        out["trunk_to_shank", test.side] = lean
    if not side_view and test.protocol == "double_squat":
        out |= {("knee_line", SIDES[s]): test.mean(f"fppa_{s}") for s in "LR"}
    if test.protocol == "single_leg_squat":
        out["squat_valgus", test.side] = test.mean(f"fppa_{test.letter}")
        lean = SIGN[test.letter] * test.mean("trunk_lateral")
        out["trunk_side_lean", test.side] = lean
    return out


def _running_man_truth(test: _Test) -> Values:
    free = "R" if test.letter == "L" else "L"
    swings = [[thigh_deg(f, free) for f in part] for part in test.inside()]
    return {("thigh_swing", test.side): sum(max(s) - min(s) for s in swings) / len(swings)}


def hop_truth(truth: dict[str, Any]) -> Values:
    """Return the true values of hops and landings, by measure and side."""
    reps = [r for r in truth["reps"] if "landing" in r]
    out: Values = {}
    near = {"L": "left", "R": "right"}.get(truth.get("near_side") or "", "both")
    names = {"knee_flexion_at_contact": "knee_ic", "peak_knee_flexion_stance": "knee_peak"}
    for measure, key in names.items():
        for side in {SIDES[r["side"]] for r in reps}:
            mine = [r[key] for r in reps if SIDES[r["side"]] == side]
            out[measure, near if side == "both" else side] = sum(mine) / len(mine)
    if truth["view"] == "front":
        for side in ("left", "right"):
            mine = [r["fppa_at_peak"] for r in reps if SIDES[r["side"]] in (side, "both")]
            if mine:
                out["knee_line", side] = sum(mine) / len(mine)
    return out | (_flight_truth(truth) if truth["protocol"] == "hop_in_place" else {})


def _flight_truth(truth: dict[str, Any]) -> Values:
    """Contact time of the hops that another one follows, and height from the time in the air."""
    rows = [c for c in truth["contacts"] if "knee_ic" in c]
    hops = [(a, b) for a, b in pairwise(rows) if b["ic"] - a["to"] < LONGEST_FLIGHT_S]
    if not hops:
        return {}
    side = SIDES[hops[0][0]["side"]]
    contact_ms = [1000 * (a["to"] - a["ic"]) for a, _ in hops]
    height_cm = [100 * GRAVITY_MPS2 * (b["ic"] - a["to"]) ** 2 / 8 for a, b in hops]
    return {
        ("hop_contact_time", side): sum(contact_ms) / len(hops),
        ("hop_height", side): sum(height_cm) / len(hops),
    }


def bound_truth(truth: dict[str, Any]) -> Values:
    """Return the true bend of the nearer knee in bounds."""
    near = truth["near_side"]
    rows = [c for c in truth["contacts"] if c["side"] == near and "knee_ic" in c]
    names = {"knee_flexion_at_contact": "knee_ic", "peak_knee_flexion_stance": "knee_peak"}
    return {
        (measure, SIDES[near]): sum(c[key] for c in rows) / len(rows)
        for measure, key in names.items()
        if rows
    }


def step_truth(truth: dict[str, Any]) -> Values:
    """Return the true cadence."""
    cadence = truth["summary"].get("cadence_spm")
    return {("cadence", "both"): float(cadence)} if cadence else {}
