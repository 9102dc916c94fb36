"""True landing softness: the same index, from true parts; and the order of soft and stiff clips."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from formcheck.data import FloatArray
from formcheck.keypoints import SIDES, Side
from formcheck.measures.landing_softness import softness_index
from formcheck.settings import MeasureSettings
from formcheck.validation.score import ValueRow
from formcheck.validation.truth import RUNS, TrueContact, Truth

BEFORE_S: Final = 0.06
"""Span of free fall before a landing over which its true speed is read."""
CONFIG: Final = MeasureSettings()
"""The truth is told by the definition that ships."""
APART: Final = 10.0
"""Clips whose true indices differ by at least this (one spread of published runners) are ranked."""
Parts = dict[str, FloatArray]


@dataclass(frozen=True, slots=True, kw_only=True)
class TrueSoftness:
    """True index of one side's landings, and the mean of each true part."""

    index: float
    parts: dict[str, float]


def true_softness(truth: Truth) -> dict[Side, TrueSoftness]:
    """Return the true landing softness of each side.

    Parameters
    ----------
    truth : Truth
        Of a run, a hop or a landing test.

    Returns
    -------
    dict
        Sides without a whole landing are left out. Running parts are those of the definition
        (touchdown speed is g times half the flight before); of a landing, touchdown speed is that
        of the true mid-hip.
    """
    running = truth.protocol in RUNS
    if not running and truth.protocol != "hop_landing":
        return {}
    out: dict[Side, TrueSoftness] = {}
    for side in SIDES:
        parts = _running(truth, side) if running else _landing(truth, side)
        if not parts or not next(iter(parts.values())).size:
            continue
        scale = CONFIG.softness.running if running else CONFIG.softness.landing
        index = softness_index(parts, scale, CONFIG.softness)
        if np.isfinite(index).any():
            means = {k: float(np.nanmean(v)) for k, v in parts.items() if np.isfinite(v).any()}
            out[side] = TrueSoftness(index=float(np.nanmean(index)), parts=means)
    return out


def _columns(rows: Sequence[dict[str, float]]) -> Parts:
    return {k: np.array([r[k] for r in rows]) for k in rows[0]} if rows else {}


def _running(truth: Truth, side: Side) -> Parts:
    rows = []
    whole = [c for c in truth.contacts if c.strike_s is not None and c.toe_off_s is not None]
    for before, here in itertools.pairwise(whole):
        if here.side != side or before.side == side or "knee_ic" not in here.values:
            continue
        assert before.toe_off_s is not None
        assert here.strike_s is not None
        assert here.toe_off_s is not None
        flight_s = here.strike_s - before.toe_off_s
        contact_s = here.toe_off_s - here.strike_s
        rows.append(
            {
                "contact_time_ms": 1000 * contact_s,
                "flight_time_ms": 1000 * flight_s,
                "flight_to_contact_ratio": flight_s / contact_s,
                "touchdown_speed_mps": 0.5 * CONFIG.gravity_mps2 * max(flight_s, 0.0),
                "foot_inclination_deg": here.values["foot_pitch_ic"],
                "overstride_pct_leg": 100 * here.values["ankle_ahead_ic"] / truth.leg_m[side],
                "knee_flexion_at_contact_deg": here.values["knee_ic"],
            }
        )
    return _columns(rows)


def _landing(truth: Truth, side: Side) -> Parts:
    rows = [
        {
            "knee_bend_deg": c.values["knee_peak"] - c.values["knee_ic"],
            "time_to_peak_ms": c.values["time_to_peak_ms"],
            "hip_drop_pct_leg": 100 * c.values["midhip_drop_m"] / truth.leg_m[side],
            "knee_flexion_at_contact_deg": c.values["knee_ic"],
            "touchdown_speed_mps": _fall_mps(truth, c),
        }
        for c in truth.contacts
        if c.side == side and "midhip_drop_m" in c.values and c.strike_s is not None
    ]
    return _columns(rows)


def _fall_mps(truth: Truth, contact: TrueContact) -> float:
    """Return the mid-hip's downward speed at contact: free fall through the frames before it."""
    assert contact.strike_s is not None
    t = truth.time_s - contact.strike_s
    inside = (t >= -BEFORE_S) & (t <= 0)
    if inside.sum() < 2:
        return float("nan")
    fallen = truth.midhip_z_m[inside] + 0.5 * CONFIG.gravity_mps2 * t[inside] ** 2
    return float(-np.polyfit(t[inside], fallen, 1)[0])


@dataclass(frozen=True, slots=True)
class Ranking:
    """How often the softer of two clips was found softer."""

    n_pairs: int
    right_pct: float


def ranking(rows: Sequence[ValueRow], apart: float = APART) -> Ranking:
    """Compare all pairs of rows whose truths differ clearly.

    Parameters
    ----------
    rows : sequence of ValueRow
        Of one measure and one protocol; rows without a value are left out.
    apart : float
        Least difference of the truths.

    Returns
    -------
    Ranking
    """
    got = [(r.truth, r.estimate) for r in rows if r.estimate is not None]
    pairs = [(a, b) for a, b in itertools.combinations(got, 2) if abs(a[0] - b[0]) >= apart]
    right = [(a[0] - b[0]) * (a[1] - b[1]) > 0 for a, b in pairs]
    return Ranking(len(pairs), 100 * float(np.mean(right)) if right else float("nan"))


def part_names(truth: Truth) -> tuple[str, ...]:
    """Return the scored parts of this test's index, and knee bend at contact."""
    running = truth.protocol in RUNS
    scale = CONFIG.softness.running if running else CONFIG.softness.landing
    return tuple(dict.fromkeys((*scale, "knee_flexion_at_contact_deg")))
