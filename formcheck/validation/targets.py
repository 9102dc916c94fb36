"""What accuracy was aimed at, and what was reached: one line per target, judged from the rows."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING, Final

import numpy as np

from formcheck.fitted.method_errors import fps_class
from formcheck.registry import MEASURES
from formcheck.validation.score import ValueRow, score_values, summarise_events
from formcheck.validation.softness import ranking
from formcheck.validation.table import number
from formcheck.validation.truth import RUNS

if TYPE_CHECKING:
    from formcheck.validation.run import Validation

SQUARE_DEG: Final = 5.0
"""Targets hold for cameras this near to square."""
OF_RUNNING: Final = ("knee_flexion_at_contact", "peak_knee_flexion_stance")
"""Measures of running and of landings whose target is about running."""
CLEAR_DROP_DEG: Final = 3.0
RIGHT_ORDER_PCT: Final = 95.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """One target with what was reached; `met` is None where nothing was measured."""

    what: str
    target: str
    reached: str
    met: bool | None


Judge = Callable[["Validation"], Verdict]


def _rows(
    rows: Sequence[ValueRow],
    label: str,
    *,
    views: tuple[str, ...] = (),
    rates: tuple[str, ...] = ("60", "120"),
    running: bool = False,
) -> list[ValueRow]:
    """Return the rows a target is about: square cameras, given views and frame rates."""
    return [
        r
        for r in rows
        if r.label == label
        and r.estimate is not None
        and abs(r.azimuth_deg) <= SQUARE_DEG
        and (not views or r.view in views)
        and fps_class(r.fps) in rates
        and (not running or r.protocol in RUNS)
    ]


def _error(
    what: str,
    measure_id: str,
    most: float,
    *,
    views: tuple[str, ...] = (),
    rates: tuple[str, ...] = ("60", "120"),
    slope: tuple[float, float] | None = None,
) -> Judge:
    """Return a judge of an RMSE (and slope) of a measure, or of a part of landing softness.

    ``pelvic_drop (stickers)`` is the drop read from stickers; the plain name is without them.
    """

    def judge(found: "Validation") -> Verdict:
        source = found.rows if measure_id.partition(" ")[0] in MEASURES else found.parts
        running = measure_id in OF_RUNNING
        rows = _rows(source, measure_id, views=views, rates=rates, running=running)
        target = f"RMSE <= {most:g}" + (f", slope {slope[0]:g} to {slope[1]:g}" if slope else "")
        if not rows:
            return Verdict(what=what, target=target, reached="no value", met=None)
        s = score_values(rows)
        told = f"RMSE {number(s.rmse, 2)}, bias {number(s.bias, 2)}"
        if slope:
            told += f", slope {number(s.slope, 2)}"
        good = s.rmse <= most and (slope is None or slope[0] <= s.slope <= slope[1])
        return Verdict(what=what, target=target, reached=f"{told} (n {s.n})", met=bool(good))

    return judge


def _events(kind: str, rate: str, most_bias_ms: float, most_sd_ms: float) -> Judge:
    def judge(found: "Validation") -> Verdict:
        what = f"{kind.replace('_', ' ')}, {rate} fps"
        target = f"bias <= {most_bias_ms:g} ms, SD <= {most_sd_ms:g} ms, found and true >= 99 %"
        rows = [
            e
            for e in found.events
            if e.kind == kind and fps_class(e.fps) == rate and e.view in ("side", "rear")
        ]
        if not any(e.n_true for e in rows):
            return Verdict(what=what, target=target, reached="no value", met=None)
        s = summarise_events(rows)
        reached = (
            f"bias {number(s.bias_ms)} ms, SD {number(s.sd_ms)} ms, recall "
            f"{number(s.recall_pct)} %, precision {number(s.precision_pct)} % (n {s.n_true})"
        )
        good = (
            abs(s.bias_ms) <= most_bias_ms
            and s.sd_ms <= most_sd_ms
            and min(s.recall_pct, s.precision_pct) >= 99
        )
        return Verdict(what=what, target=target, reached=reached, met=bool(good))

    return judge


def _contact(view: str) -> Judge:
    def judge(found: "Validation") -> Verdict:
        what, target = f"contact time of a clip, {view}, 60 fps", "bias <= 8 ms, SD <= 6 ms"
        rows = _rows(found.rows, "contact_time", views=(view,), rates=("60",))
        if len(rows) < 2:
            return Verdict(what=what, target=target, reached="no value", met=None)
        s = score_values(rows)
        reached = f"bias {number(s.bias)} ms, SD {number(s.sd)} ms (n {s.n})"
        return Verdict(
            what=what, target=target, reached=reached, met=bool(abs(s.bias) <= 8 and s.sd <= 6)
        )

    return judge


def _drop_order(found: "Validation") -> Verdict:
    what = f"pelvic drop: the side that drops more, where sides differ by {CLEAR_DROP_DEG:g} deg"
    by_clip: dict[str, dict[str, ValueRow]] = {}
    for r in _rows(found.rows, "pelvic_drop", rates=("30", "60", "120")):
        by_clip.setdefault(r.clip, {})[r.side] = r
    right = []
    for pair in by_clip.values():
        if {"left", "right"} <= pair.keys():
            true = pair["right"].truth - pair["left"].truth
            got = (pair["right"].estimate or 0.0) - (pair["left"].estimate or 0.0)
            if abs(true) >= CLEAR_DROP_DEG:
                right.append(true * got > 0)
    return _share(what, right)


def _softness_order(found: "Validation") -> Verdict:
    rows = [r for r in found.rows if r.measure_id == "landing_softness"]
    pairs = [ranking([r for r in rows if (r.protocol in RUNS) == run]) for run in (True, False)]
    right = [
        ok
        for p in pairs
        if p.n_pairs
        for ok in [True] * round(p.n_pairs * p.right_pct / 100)
        + [False] * (p.n_pairs - round(p.n_pairs * p.right_pct / 100))
    ]
    return _share("landing softness: the softer clip of two (10 points apart)", right)


def _share(what: str, right: list[bool]) -> Verdict:
    target = f"right in >= {RIGHT_ORDER_PCT:g} %"
    if not right:
        return Verdict(what=what, target=target, reached="no value", met=None)
    share = 100 * float(np.mean(right))
    return Verdict(
        what=what,
        target=target,
        reached=f"{number(share, 0)} % (n {len(right)})",
        met=share >= RIGHT_ORDER_PCT,
    )


def _legs(found: "Validation") -> Verdict:
    what, target = "leg identity, side view: frames with the wrong leg after repair", "< 0.5 %"
    wrong, total = sum(w for _, w, _ in found.legs), sum(n for _, _, n in found.legs)
    if not total:
        return Verdict(what=what, target=target, reached="no value", met=None)
    share = 100 * wrong / total
    return Verdict(
        what=what, target=target, reached=f"{number(share, 2)} % of {total}", met=share < 0.5
    )


def _refused(measure_id: str, target: str) -> Judge:
    def judge(found: "Validation") -> Verdict:
        rows = [r for r in found.rows if r.measure_id == measure_id]
        n = sum(r.estimate is not None for r in rows)
        what = measure_id.replace("_", " ")
        if not rows:
            return Verdict(what=what, target=target, reached="no value", met=None)
        told = "refused in every clip" if n == 0 else f"{n} values"
        return Verdict(what=what, target=target, reached=told, met=n == 0)

    return judge


def _coverage(measure_id: str) -> Judge:
    def judge(found: "Validation") -> Verdict:
        rows = [r for r in found.rows if r.measure_id == measure_id and r.estimate is not None]
        what, target = f"95 % intervals of {measure_id.replace('_', ' ')}", "hold 90 to 99 %"
        if not rows:
            return Verdict(what=what, target=target, reached="no value", met=None)
        s = score_values(rows)
        reached = f"{number(s.coverage_pct, 0)} % (n {s.n})"
        return Verdict(
            what=what, target=target, reached=reached, met=bool(90 <= s.coverage_pct <= 99)
        )

    return judge


CORE: Final = (
    "pelvic_drop",
    "trunk_rotation",
    "knee_flexion_at_contact",
    "squat_valgus",
    "landing_softness",
)
ANY_RATE: Final = ("30", "60", "120")
JUDGES: Final[tuple[Judge, ...]] = (
    *(_coverage(m) for m in CORE),
    _events("foot_strike", "60", 5, 10),
    _events("toe_off", "60", 5, 10),
    _events("foot_strike", "120", 5, 6),
    _events("toe_off", "120", 5, 6),
    _contact("side"),
    _contact("rear"),
    _error("cadence, steps/min", "cadence", 0.3, rates=ANY_RATE),
    _error(
        "knee flexion at contact, running, 60 fps, deg",
        "knee_flexion_at_contact",
        2.5,
        rates=("60",),
        slope=(0.85, 1.15),
    ),
    _error(
        "knee flexion at contact, running, 120 fps, deg",
        "knee_flexion_at_contact",
        1.5,
        rates=("120",),
    ),
    _error("peak knee flexion in stance, running, deg", "peak_knee_flexion_stance", 2.5),
    _error(
        "pelvic drop, rear, deg",
        "pelvic_drop",
        1.5,
        views=("rear",),
        rates=ANY_RATE,
        slope=(0.8, 1.2),
    ),
    _error(
        "pelvic drop, rear, with two stickers on the waistband, deg",
        "pelvic_drop (stickers)",
        1.0,
        views=("rear",),
        rates=ANY_RATE,
    ),
    _drop_order,
    _error(
        "trunk rotation, rear, deg",
        "trunk_rotation",
        4.0,
        views=("rear",),
        rates=ANY_RATE,
        slope=(0.8, 1.2),
    ),
    _error(
        "trunk rotation, side, deg",
        "trunk_rotation",
        4.0,
        views=("side",),
        rates=ANY_RATE,
        slope=(0.8, 1.2),
    ),
    _refused("pelvis_rotation", "RMSE <= 4, or a refusal with its reason"),
    _error("squat valgus, front, deg", "squat_valgus", 3.0, rates=ANY_RATE),
    _error("landing softness: touchdown speed, m/s", "touchdown_speed_mps", 0.1),
    _error("landing softness: knee excursion, deg", "knee_bend_deg", 3.0),
    _softness_order,
    _error("trunk side lean, deg", "trunk_side_lean", 1.5, rates=ANY_RATE),
    _error("trunk forward lean, deg", "trunk_forward_lean", 1.5, rates=ANY_RATE),
    _error("tibia angle at contact, deg", "tibia_angle_at_contact", 2.5),
    _error("foot angle at contact, deg", "foot_inclination_at_contact", 3.0),
    _error("step width, cm", "step_width", 1.5, rates=ANY_RATE),
    _error("overstride, cm", "overstride", 2.0),
    _error("vertical oscillation, cm", "vertical_oscillation", 1.0, rates=ANY_RATE),
    _legs,
)


def verdicts(found: "Validation") -> list[Verdict]:
    """Judge every target.

    Parameters
    ----------
    found : Validation

    Returns
    -------
    list of Verdict
    """
    return [judge(found) for judge in JUDGES]


def target_table(found: "Validation") -> str:
    """Return one line per target: aimed at, reached, met."""
    lines = ["| what | target | reached | met |", "|---|---|---|---|"]
    word = {True: "yes", False: "**no**", None: "-"}
    lines += [f"| {v.what} | {v.target} | {v.reached} | {word[v.met]} |" for v in verdicts(found)]
    return "\n".join(lines)


def missed_list(found: "Validation") -> list[str]:
    """Return what stands in the way of each target that is missed, as the budget tells it."""
    text = files("formcheck.validation").joinpath("missed.json").read_text("utf-8")
    why = json.loads(text)
    return [
        f"- {v.what}: {why.get(v.what, 'not looked into yet.')}"
        for v in verdicts(found)
        if v.met is False
    ]
