"""The belt's speed: the scale that it gives, and whether it can be the speed of this clip."""

from dataclasses import replace
from typing import Final

import numpy as np

from formcheck.data import FloatArray, Scene, Trial
from formcheck.keypoints import View
from formcheck.quality.texts import finding
from formcheck.registry import MEASURES
from formcheck.results import Finding
from formcheck.settings import Settings
from formcheck.signals.scale import scale_from_height

_SCALE_SD_SHARE: Final = 0.045
"""Error of the belt's scale: SD on 18 rendered fit runs. The stance foot is nearer the camera than
the runner's middle by about 0.1 m at 3 m, and its landmarks jump where the other leg passes."""
_HEIGHT_CM: Final = (80.0, 230.0)
"""Heights that people have: the belt's scale gives the runner's."""
_OFF_SHARE: Final = 1.35
"""Height given and height implied differ by more: six of its SDs."""
_STEP_M: Final = (0.2, 2.0)
"""Steps that people take on a belt; where no scale can be read, they are all there is."""
_MIN_STANCES: Final = 3


def with_belt(trial: Trial, settings: Settings) -> tuple[Trial, tuple[Finding, ...]]:
    """Return the trial with the scale its belt speed gives, or without a speed that cannot be.

    A bare 9.72 meant as km/h makes the runner six metres tall, or the steps three metres long.

    Parameters
    ----------
    trial : Trial
    settings : Settings

    Returns
    -------
    Trial
    tuple of Finding
        What is wrong with the speed, if anything.
    """
    belt = trial.belt_speed_mps
    if belt is None:
        return trial, ()
    why = _impossible(trial, belt, settings)
    if why:
        doubt = finding("BELT_SPEED_DOUBTED", "watch", speed=belt, why=why, kmh=3.6 * belt)
        return replace(trial, belt_speed_mps=None), (doubt,)
    return replace(trial, scene=with_belt_scale(trial)), ()


def _impossible(trial: Trial, belt: float, settings: Settings) -> str:
    height = _implied_height_cm(trial, belt, settings)
    if height is not None:
        if not _HEIGHT_CM[0] <= height <= _HEIGHT_CM[1]:
            return f"you would be {height / 100:.1f} m tall"
        given = trial.height_cm
        if given is not None and max(height / given, given / height) > _OFF_SHARE:
            return f"you would be {height:.0f} cm tall, not {given:.0f} cm"
    step_m = _step_m(trial, belt)
    if step_m is not None and not _STEP_M[0] <= step_m <= _STEP_M[1]:
        return f"each step would be {step_m:.1f} m long"
    return ""


def _implied_height_cm(trial: Trial, belt: float, settings: Settings) -> float | None:
    speeds = _belt_px_per_s(trial)
    per_cm = scale_from_height(
        trial.pose, 1.0, settings.signals.scene, roll_deg=trial.scene.roll_deg, is_gait=True
    )
    if speeds.size < _MIN_STANCES or per_cm is None:
        return None
    return belt / float(np.median(speeds)) / per_cm[0]


def _step_m(trial: Trial, belt: float) -> float | None:
    strikes = np.sort([s.strike_s for s in (*trial.steps, *trial.far_steps)])
    return None if strikes.size < _MIN_STANCES else belt * float(np.median(np.diff(strikes)))


def _belt_px_per_s(trial: Trial) -> FloatArray:
    """Return the foot's speed in the picture at each stance, px/s; empty where it is not seen."""
    scene = trial.scene
    if scene.view != View.SIDE or scene.surface == "overground":
        return np.empty(0)
    in_pixels = replace(trial, belt_speed_mps=None, scene=replace(scene, m_per_px=1.0))
    speeds = MEASURES["speed"].compute(in_pixels).values
    return np.asarray(speeds[np.isfinite(speeds) & (speeds > 0)])


def with_belt_scale(trial: Trial) -> Scene:
    """Return the scene with the scale that the belt speed gives, where it can be read.

    In side view the stance foot moves with the belt: metres per pixel is the belt's speed over the
    foot's speed in the picture (measures.md 7d), with no body height needed. Where the height was
    given as well, both scales count, each by its precision.
    """
    scene = trial.scene
    belt = trial.belt_speed_mps
    speeds = _belt_px_per_s(trial) if belt is not None else np.empty(0)
    if belt is None or speeds.size < _MIN_STANCES:
        return scene
    m_per_px = belt / float(np.median(speeds))
    spread = float(np.std(speeds) / np.median(speeds) / np.sqrt(speeds.size))
    sd = m_per_px * float(np.hypot(spread, _SCALE_SD_SHARE))
    if scene.m_per_px and scene.m_per_px_sd:
        m_per_px, sd = _weighted((m_per_px, sd), (scene.m_per_px, scene.m_per_px_sd))
    return replace(scene, m_per_px=m_per_px, m_per_px_sd=sd)


def _weighted(*known: tuple[float, float]) -> tuple[float, float]:
    """Return the mean of values with known SDs, weighted by their relative precision."""
    weights = np.array([(value / sd) ** 2 for value, sd in known])
    value = float(np.exp(np.average(np.log([value for value, _ in known]), weights=weights)))
    return value, value / float(np.sqrt(weights.sum()))
