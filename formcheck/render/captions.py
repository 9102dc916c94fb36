"""Captions of a clip (WebVTT): each step or repetition in words, with its own value."""

from collections.abc import Iterable
from typing import Final

import numpy as np

from formcheck.data import Trial
from formcheck.keypoints import View
from formcheck.registry import MEASURES
from formcheck.render import wording
from formcheck.render.moments import value_within
from formcheck.results import Measurement
from formcheck.settings.render import RenderSettings

_TOLD: Final[dict[str, tuple[str, ...]]] = {
    "rep": ("squat_valgus", "squat_depth", "peak_knee_flexion_stance"),
    "side": ("knee_flexion_at_contact",),
    "frontal": ("pelvic_drop",),
}
_NO_END_S: Final = 0.5
_LETTERS: Final = {"left": "Left", "right": "Right", "both": "Both"}


def webvtt(
    trial: Trial, measurements: Iterable[Measurement], settings: RenderSettings | None = None
) -> str:
    """Return the captions of the whole clip, on its own clock starting at the first frame.

    Parameters
    ----------
    trial : Trial
    measurements : iterable of Measurement
        The value of each step is told where it was measured, with the give or take of the average.
    settings : RenderSettings, optional

    Returns
    -------
    str
        A WebVTT file.
    """
    settings = settings or RenderSettings()
    measured = tuple(measurements)
    start = float(trial.raw.time_s[0])
    cues = []
    for n, (a, b, side, what) in enumerate(_spans(trial), start=1):
        words = f"{_LETTERS[side]} {what}"
        told = _value(trial, measured, side, (a, b), settings)
        text = f"{words}: {told}" if told else words
        cues.append(f"{n}\n{stamp(a - start)} --> {stamp(b - start)}\n{text}\n")
    return "WEBVTT\n\n" + "\n".join(cues)


def _spans(trial: Trial) -> list[tuple[float, float, str, str]]:
    """Return start, end, side and name of every repetition, or of every stance."""
    if trial.reps:
        word = "leg repetition" if any(r.side != "both" for r in trial.reps) else "legs, repetition"
        return [(r.start_s, r.end_s, str(r.side), word) for r in trial.reps]
    steps = sorted(trial.steps, key=lambda s: s.strike_s)
    return [
        (s.strike_s, s.toe_off_s or s.end_s or s.strike_s + _NO_END_S, s.side, "foot down")
        for s in steps
    ]


def _value(
    trial: Trial,
    measured: tuple[Measurement, ...],
    side: str,
    span: tuple[float, float],
    settings: RenderSettings,
) -> str:
    family = "side" if trial.scene.view == View.SIDE else "frontal"
    family = "rep" if trial.reps else family
    for measure_id in _TOLD[family]:
        for m in measured:
            if m.id != measure_id or m.side not in (side, "both") or m.status != "ok":
                continue
            value = value_within(m, *span)
            if np.isfinite(value) and m.ci95 is not None:
                name = wording.lower_first(MEASURES[measure_id].title)
                one = wording.number(value, m.unit, settings) + wording.unit_text(m.unit)
                return f"{name} {one} (average {wording.value_text(m, settings)})"
    return ""


def stamp(seconds: float) -> str:
    """Write a time as WebVTT wants it, ``hh:mm:ss.mmm``."""
    ms = max(0, round(seconds * 1000))
    return f"{ms // 3_600_000:02d}:{ms // 60_000 % 60:02d}:{ms // 1000 % 60:02d}.{ms % 1000:03d}"
