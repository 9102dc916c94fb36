"""When left and right differ clearly: by more than most people's sides do, per measure."""

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from formcheck.assess.placing import Verdict, camera_half_width
from formcheck.results import Measurement


@dataclass(frozen=True, slots=True, kw_only=True)
class SideRule:
    """How far the sides of most people are apart.

    Attributes
    ----------
    limit : float
        In the measure's unit, or % for ``symmetry``.
    kind : {"size", "symmetry"}
        ``symmetry``: of the symmetry angle, 0 % where both sides are alike (Girard 2019).
    source : str
    """

    limit: float
    source: str
    kind: Literal["size", "symmetry"] = "size"


_KNEE: Final = SideRule(limit=7.0, source="S 119: 1.96 x SD 3.6 degrees between the sides")
_HIP: Final = SideRule(limit=5.4, source="S 119: 1.96 x SD 2.7 degrees between the sides")
_FOOT: Final = SideRule(limit=4.4, source="S 119: 1.96 x SD 2.2 degrees between the sides")
_TRUNK: Final = SideRule(limit=3.0, source="S 2, S 118: smallest real change and usual difference")
_LINE: Final = SideRule(limit=8.9, source="S 120: smallest difference that can be told")
_TIME: Final = SideRule(limit=2.0, source="S 73: symmetry angle 0.6 to 0.7 %", kind="symmetry")
_DEPTH: Final = SideRule(limit=5.0, source="evidence.md 9: equal depth")

SIDE_RULES: Final[dict[str, SideRule]] = {
    "knee_flexion_at_contact": _KNEE,
    "peak_knee_flexion_stance": _KNEE,
    "knee_excursion": _KNEE,
    "knee_range": _KNEE,
    "hip_range": _HIP,
    "peak_hip_extension": _HIP,
    "foot_inclination_at_contact": _FOOT,
    "tibia_angle_at_contact": _FOOT,
    "pelvic_drop": _TRUNK,
    "pelvic_drop_excursion": _TRUNK,
    "trunk_side_lean": _TRUNK,
    "trunk_side_lean_peak": _TRUNK,
    "squat_valgus": _LINE,
    "knee_line": _LINE,
    "squat_depth": _DEPTH,
    "step_time": _TIME,
    "contact_time": _TIME,
}


def symmetry_angle_pct(left: float, right: float) -> float:
    """Return the symmetry angle of two positive values, %: 0 is alike, positive is right larger."""
    return 100.0 * (45.0 - float(np.degrees(np.arctan2(left, right)))) / 90.0


def difference_verdict(m: Measurement, other: Measurement) -> Verdict | None:
    """Place right minus left against what is usual for the measure.

    Parameters
    ----------
    m, other : Measurement
        Of the right and of the left side.

    Returns
    -------
    {"usual", "watch", "outside"} or None
        `outside` if the whole interval is beyond the limit; `watch` where the sides clearly differ
        and by more than the limit; None where the interval allows both, where the difference is
        uncertain, and for a measure without a rule.
    """
    d, rule = m.asymmetry, SIDE_RULES.get(m.id)
    limit = limit_of(m, other)
    if d is None or rule is None or limit is None or d.status != "ok":
        return None
    low, high = d.ci95
    if low > limit or high < -limit:
        return "outside"
    if low >= -limit and high <= limit:
        return "usual"
    apart = low > 0 or high < 0
    return "watch" if apart and abs(d.value) > limit else None


def limit_of(m: Measurement, other: Measurement) -> float | None:
    """Return how far the sides may be apart, in the measure's unit; None without a rule."""
    rule = SIDE_RULES.get(m.id)
    if rule is None or m.value is None or other.value is None:
        return None
    if rule.kind == "size":
        return rule.limit
    # the larger side over the smaller where the symmetry angle is at its limit
    ratio = 1.0 / np.tan(np.radians(45.0 - 0.9 * rule.limit))
    mean = (m.value + other.value) / 2
    return float(2 * mean * (ratio - 1) / (ratio + 1)) if mean > 0 else None


def camera_hides(m: Measurement, other: Measurement) -> bool:
    """Tell whether an unlevel or turned camera alone could make the sides differ beyond usual."""
    limit = limit_of(m, other)
    if m.asymmetry is None or limit is None:
        return False
    return camera_half_width(m.asymmetry.sd_parts) > limit


def difference_word(m: Measurement, other: Measurement) -> str:
    """Return what right minus left says, in the few words that stand beside it."""
    d = m.asymmetry
    if d is None:
        return ""
    if d.status != "ok":
        return "uncertain"
    if camera_hides(m, other):
        return "not told: a phone that is not level or not straight would look the same"
    if difference_verdict(m, other) in ("watch", "outside"):
        return "the sides differ"
    low, high = d.ci95
    return "no clear difference between sides" if low <= 0 <= high else "a small difference"
