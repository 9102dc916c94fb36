"""How numbers are written for people: rounding, units, intervals, side words.

Shared by pictures, HTML, PDF and app, so that the same value never reads two ways.
"""

from typing import Final

from formcheck.registry import MEASURES
from formcheck.results import Interval, Measurement
from formcheck.settings.render import RenderSettings

SIDE_WORD: Final[dict[str, str]] = {"left": "left", "right": "right", "both": ""}
SIDE_LETTER: Final[dict[str, str]] = {"left": "L", "right": "R", "both": ""}
VIEW_WORD: Final[dict[str, str]] = {
    "side": "Side view",
    "rear": "Rear view",
    "front": "Front view",
}
# unit of the contract -> what is printed after the number
UNIT_TEXT: Final[dict[str, str]] = {
    "deg": "°",
    "steps/min": " steps/min",
    "index 0-100": " / 100",
    "index": " / 100",
    "%": " %",
    "count": "",
    "": "",
}
# measures whose value belongs to the stance leg, so that "right" means "standing on the right"
STANCE_MEASURES: Final[frozenset[str]] = frozenset(
    {"pelvic_drop", "pelvic_drop_excursion", "trunk_side_lean", "trunk_side_lean_peak"}
)


def unit_text(unit: str) -> str:
    """Return what is printed after a number of `unit`, with its leading space."""
    return UNIT_TEXT.get(unit, f" {unit}")


def step_of(unit: str, settings: RenderSettings) -> float:
    """Return the step to which values of `unit` are rounded."""
    return {
        "deg": settings.round_deg,
        "ms": settings.round_ms,
        "s": settings.round_s,
        "cm": settings.round_cm,
        "m/s": 0.1,
    }.get(unit, 1.0)


def number(value: float, unit: str, settings: RenderSettings) -> str:
    """Write `value` rounded for its unit, without the unit; a true minus sign, never "-0"."""
    step = step_of(unit, settings)
    rounded = round(value / step) * step
    digits = 0 if step >= 1 else len(f"{step:g}".split(".")[1])
    words = f"{abs(rounded):.{digits}f}"
    negative = rounded < 0 and float(words) != 0
    return f"\N{MINUS SIGN}{words}" if negative else words


def half_width(interval: Interval, unit: str, settings: RenderSettings) -> str:
    """Write half the width of a 95 % interval, never less than one rounding step."""
    step = step_of(unit, settings)
    return number(max((interval[1] - interval[0]) / 2, step), unit, settings)


def lopsided(m: Measurement, settings: RenderSettings) -> bool:
    """Tell whether the interval is so uneven about the value that "±" would mislead."""
    if m.value is None or m.ci95 is None:
        return False
    low, high = m.value - m.ci95[0], m.ci95[1] - m.value
    return abs(high - low) > max(2 * step_of(m.unit, settings), 0.5 * (high + low) / 2)


def value_text(m: Measurement, settings: RenderSettings) -> str:
    """Write value and 95 % interval: ``7° ± 3``, or ``7° (5 to 12)`` where it is lopsided."""
    if m.value is None or m.ci95 is None:
        return "not measured"
    unit = unit_text(m.unit)
    value = number(m.value, m.unit, settings)
    if m.unit == "count":  # counted, not measured: the count itself is what was seen
        return value
    if lopsided(m, settings):
        low, high = (number(v, m.unit, settings) for v in m.ci95)
        return f"{value}{unit} ({low} to {high})"
    half = half_width(m.ci95, m.unit, settings)
    if unit.startswith(" "):
        return f"{value} ± {half}{unit}"
    return f"{value}{unit} ± {half}"


def interval_text(m: Measurement, settings: RenderSettings) -> str:
    """Write the interval's ends: ``4 to 10°``."""
    if m.ci95 is None:
        return ""
    low, high = (number(v, m.unit, settings) for v in m.ci95)
    return f"{low} to {high}{unit_text(m.unit)}"


# for plates on pictures and table heads, where the full title is too long
SHORT_TITLE: Final[dict[str, str]] = {
    "peak_knee_flexion_stance": "Deepest knee bend",
    "squat_valgus": "Knee line",
    "squat_depth": "Squat depth",
    "trunk_side_lean": "Side lean",
    "trunk_forward_lean": "Forward lean",
    "trunk_rotation": "Shoulder turn",
    "pelvis_rotation": "Pelvis turn",
    "hop_height": "Hop height",
}


def title_of(measure_id: str) -> str:
    """Return the measure's title, from the registry where it is registered."""
    if measure_id in MEASURES:
        return MEASURES[measure_id].title
    return measure_id.replace("_", " ").capitalize()


def side_phrase(measure_id: str, side: str) -> str:
    """Return "right stance", "left", or nothing for a value of both sides."""
    word = SIDE_WORD[side]
    if word and measure_id in STANCE_MEASURES:
        return f"{word} stance"
    return word


def label_of(measure_id: str, side: str) -> str:
    """Return title and side: ``Pelvic drop, right stance``."""
    phrase = side_phrase(measure_id, side)
    title = title_of(measure_id)
    return f"{title}, {phrase}" if phrase else title


def short_label(measure_id: str, side: str) -> str:
    """Return a short title and side for a plate: ``Knee line, left``."""
    phrase = side_phrase(measure_id, side)
    title = SHORT_TITLE.get(measure_id) or title_of(measure_id)
    return f"{title}, {phrase}" if phrase else title


def clock(time_s: float) -> str:
    """Write a time as ``mm:ss.mmm``."""
    ms = max(0, round(time_s * 1000))
    return f"{ms // 60000:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"


def steps_word(n: int, unit_word: str = "step") -> str:
    """Write ``1 step`` or ``12 steps``."""
    return f"{n} {unit_word}" if n == 1 else f"{n} {unit_word}s"


# counted per stride, per repetition, or (all others) per step
_PER_STRIDE: Final[frozenset[str]] = frozenset(
    {
        "trunk_rotation",
        "pelvis_rotation",
        "trunk_pelvis_separation",
        "trunk_forward_lean",
        "hip_range",
        "knee_range",
        "duty_factor",
    }
)
_PER_REP: Final[frozenset[str]] = frozenset(
    {
        "squat_valgus",
        "squat_depth",
        "rep_time",
        "rep_count",
        "hold_time",
        "sway",
        "hop_height",
        "hop_contact_time",
        "heel_rise_height",
        "trunk_lean_peak",
        "trunk_to_shank",
        "trunk_lean_at_landing",
        "knee_line",
        "hip_shift",
        "thigh_swing",
        "hip_rise",
        "leg_raise",
        "rep_fade",
        "touch_downs",
        "feet_apart",
    }
)


def counted_as(measure_id: str, *, in_test: bool = False) -> str:
    """Return what one value of the measure is taken from: step, stride or repetition.

    Parameters
    ----------
    measure_id : str
    in_test : bool
        True for a movement test, where everything is counted per repetition.
    """
    if in_test or measure_id in _PER_REP:
        return "repetition"
    return "stride" if measure_id in _PER_STRIDE else "step"


def lower_first(words: str) -> str:
    """Return the words with a small first letter, for the middle of a sentence."""
    return words[:1].lower() + words[1:]
