"""Angles along the clip's own time, for the player: the curve under the picture."""

from functools import partial
from typing import Any, Final

import numpy as np

from formcheck.data import FloatArray, Trial
from formcheck.keypoints import SIDES, Side, View
from formcheck.render.curves import Reader, drop_waveform, frontal_knee_deg, knee_flexion_deg
from formcheck.render.through import led_through, numbers_of, times_with
from formcheck.signals.geometry import near_side
from formcheck.uncertainty.corrected import Corrected

_FEWEST: Final = 3


def timeline_curves(trial: Trial) -> list[dict[str, Any]]:
    """Return the curves of a clip over its time, each in pieces without gaps.

    Returns
    -------
    list of dict
        ``key``, ``title``, ``unit`` and ``lines``: each with ``side``, ``t`` (true seconds) and
        ``y``. Empty where nothing is worth a curve.
    """
    if trial.reps:
        return [_repetitions(trial)] if _of_test(trial)[0] else []
    if not trial.steps:
        return []
    if trial.scene.view == View.SIDE:
        title = "Knee bend, degrees"
        sides = [s for s in SIDES if near_side(trial.scene) in (None, s)]
        t = trial.pose.time_s
        numbers = numbers_of(trial, "knee_flexion")
        lines = [p for s in sides for p in _led(trial, numbers, s, t, knee_flexion_deg)]
        return _curve("knee_flexion", title, lines)
    waves = drop_waveform(trial)
    lines = []
    for side, start, end, curve in zip(
        waves.sides, waves.start_s, waves.end_s, waves.curves_deg, strict=True
    ):
        lines += _pieces(str(side), start + waves.phase * (end - start), curve)
    title = "Pelvic drop while a foot is down, degrees (up = other side lower)"
    return _curve("pelvic_drop", title, lines)


def _of_test(trial: Trial) -> tuple[str, str]:
    if trial.scene.view == View.SIDE:
        return "knee_flexion", "Knee bend, degrees"
    if any(r.side in SIDES for r in trial.reps):
        return "knee_line", "Knee line, degrees (up = knee inward)"
    return "", ""


def _repetitions(trial: Trial) -> dict[str, Any]:
    key, title = _of_test(trial)
    read = knee_flexion_deg if key == "knee_flexion" else frontal_knee_deg
    near, numbers = near_side(trial.scene), numbers_of(trial, key)
    lines: list[dict[str, Any]] = []
    for rep in trial.reps:
        own: tuple[Side, ...] = (rep.side,) if rep.side != "both" else (near or "left",)
        t = trial.pose.time_s
        t = t[(t >= rep.start_s) & (t <= rep.end_s)]
        for side in own:
            lines += _led(trial, numbers, side, t, read)
    return {"key": key, "title": title, "unit": "deg", "lines": lines}


def _led(
    trial: Trial, numbers: tuple[Corrected, ...], side: Side, t_s: FloatArray, read: Reader
) -> list[dict[str, Any]]:
    """Return an angle through its numbers, in pieces."""
    t = times_with(numbers, side, t_s)
    return _pieces(side, t, led_through(numbers, side, partial(read, trial, side))(t))


def _curve(key: str, title: str, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"key": key, "title": title, "unit": "deg", "lines": lines}] if lines else []


def _pieces(side: str, t_s: FloatArray, values: FloatArray) -> list[dict[str, Any]]:
    """Cut a curve at its gaps; pieces of fewer than three points are left out."""
    good = np.flatnonzero(np.isfinite(values))
    if good.size == 0:
        return []
    runs = np.split(good, np.flatnonzero(np.diff(good) > 1) + 1)
    return [
        {
            "side": side,
            "t": [round(float(v), 3) for v in t_s[run]],
            "y": [round(float(v), 1) for v in values[run]],
        }
        for run in runs
        if run.size >= _FEWEST
    ]
