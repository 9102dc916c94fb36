"""Where on the mean stride the foot lands and leaves: the calibrated part of the event times.

Clues are read off a mean stride, and off the pixels, and joined by least squares:

* middle and length of the contact from how head and back rise and fall in the pixels (``pulse``):
  by far the best ones, where they are seen;

* mid-stance. Whatever the foot does, the trunk falls, is caught and is thrown up again: the middle
  of the contact lies a quarter of a step after the trunk's fastest fall (of its step-frequency
  part).
* how long the contact lasts, from the trunk's range: a body bounces less the longer the foot is
  down (:mod:`formcheck.events.force`). Front and rear view only; in side view the model's trunk
  moves too little.
* foot strike and toe-off themselves, where the foot's speeds look most like those at the contacts
  of rendered runners whose contacts are known exactly;
* how long contacts usually last at this step rate.

Where the clues disagree by more than their errors, the error of the result grows with it. The mean
curves, the offsets and the errors of the clues are learned (:mod:`formcheck.fitted.contact_times`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any, Literal

import numpy as np

from formcheck.data import FloatArray, Scene
from formcheck.events.force import force_waves
from formcheck.events.pulse import Pulse
from formcheck.events.strides import MeanStride
from formcheck.fitted.contact_times import ContactTimes
from formcheck.keypoints import View
from formcheck.settings.contact import ZeroSettings
from formcheck.settings.force import ForceSettings

Event = Literal["strike", "toe_off"]
EVENTS: tuple[Event, Event] = ("strike", "toe_off")
SIGN: dict[Event, int] = {"strike": -1, "toe_off": 1}
G_MPS2 = 9.81


@dataclass(frozen=True, slots=True, kw_only=True)
class Zero:
    """Foot strike and toe-off after the step's reference, with the error of the method."""

    strike_s: float
    toe_off_s: float
    strike_sd_s: float
    toe_off_sd_s: float
    grounded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Look:
    """What a mean stride shows before any calibration.

    Attributes
    ----------
    middle_s : float
        Mid-stance by the trunk, after the reference.
    bounce : float
        Trunk's range per step, torso lengths (of its step-frequency part).
    speeds : mapping of str to ndarray
        Slopes of the channels, forward speeds in units of the belt's.
    pulses : mapping of str to Pulse
        What ``head`` and ``back`` say, read in the pixels.
    """

    step_s: float
    middle_s: float
    bounce: float
    lag_s: FloatArray
    speeds: dict[str, FloatArray]
    pulses: Mapping[str, Pulse] = field(default_factory=dict)


def view_class(view: View) -> str:
    """Front and rear share one calibration."""
    return "side" if view == View.SIDE else "frontal"


def look_at(mean: MeanStride, step_s: float, pulses: Mapping[str, Pulse] | None = None) -> Look:
    """Read mid-stance, bounce and normalised speeds off a mean stride."""
    bounce, fall = _bounce(mean, step_s)
    middle = fall + 0.25 * step_s
    speeds = {k: v.copy() for k, v in mean.slope.items()}
    ground = _ground_speed(mean, middle)
    for name in speeds:
        if name.endswith("_x"):
            speeds[name] /= ground
    return Look(
        step_s=step_s,
        middle_s=middle,
        bounce=bounce,
        lag_s=mean.lag_s,
        speeds=speeds,
        pulses=pulses or {},
    )


def _ground_speed(mean: MeanStride, middle_s: float) -> float:
    """Return how fast the foot goes backward in mid-stance, torso lengths per second."""
    near = np.abs(mean.lag_s - middle_s) < 0.05
    rows = [mean.slope[c][near] for c in ("ankle_x", "toe_x") if c in mean.slope]
    seen = np.concatenate(rows) if rows else np.empty(0)
    seen = seen[np.isfinite(seen)]
    return max(-float(np.median(seen)), 1.0) if seen.size else 1.0


def _bounce(mean: MeanStride, step_s: float) -> tuple[float, float]:
    """Return the range of the trunk's step-frequency part and when it falls fastest."""
    stride = 2 * step_s
    lag, y = mean.lag_s, mean.value["trunk"]
    on = (lag >= -0.25 * stride) & (lag < 0.75 * stride) & np.isfinite(y)
    if on.sum() < 20:
        return float("nan"), 0.0
    angle = 2 * np.pi * np.outer(lag[on] / stride, np.arange(1, 5))
    basis = np.concatenate([np.ones((angle.shape[0], 1)), np.cos(angle), np.sin(angle)], axis=1)
    c, *_ = np.linalg.lstsq(basis, y[on], rcond=None)
    size, phase = float(np.hypot(c[2], c[6])), float(np.arctan2(c[6], c[2]))
    # cos(w t - phase) falls fastest a quarter of a cycle after its highest point
    fall = (phase + 0.5 * np.pi) / (2 * np.pi) * step_s
    return 2 * size, (fall + 0.5 * step_s) % step_s - 0.5 * step_s


def bounce_contact_s(look: Look, torso_m: float, force: ForceSettings) -> float:
    """Return the contact time at which the ground's force makes the trunk bounce this much.

    A force wave of size a (relative to its mean, the weight) lifts and drops the body over a range
    of ``2 a g (T / 2 pi)^2`` for step time T; it falls with the contact's length, contacts longer
    than a step included.
    """
    if not np.isfinite(look.bounce):
        return float("nan")
    duty, size = _first_wave(force)
    reach = 2 * size * G_MPS2 * (look.step_s / (2 * np.pi)) ** 2
    return float(np.interp(-look.bounce * torso_m, -reach, duty)) * look.step_s


@lru_cache(maxsize=8)
def _first_wave(force: ForceSettings) -> tuple[FloatArray, FloatArray]:
    """Return contacts over a step time, and the size of the force's first wave for each."""
    duty = np.linspace(0.35, 1.35, 201)
    return duty, np.abs(force_waves(duty, force)[0])


def match_event(
    look: Look, curves: dict[str, Any], around_s: float, settings: ZeroSettings
) -> float:
    """Return when, after the reference, the foot's speeds look most like those of an event.

    The mean over the posterior: Gaussian prior around `around_s`, squared departures in units of
    the spread between runners, cut off at three spreads.
    """
    lag = np.asarray(curves["lag_s"])
    tries = around_s + np.arange(-settings.search_s, settings.search_s + 1e-9, 0.001)
    at = tries[:, None] + lag
    cost = 0.5 * ((tries - around_s) / settings.prior_sd_s) ** 2
    for name, curve in curves["channels"].items():
        if name not in look.speeds:
            continue
        y = np.interp(at, look.lag_s, look.speeds[name])
        z2 = ((y - np.asarray(curve["mean"])) / np.asarray(curve["sd"])) ** 2
        seen = np.isfinite(z2)
        part = np.where(seen, np.minimum(z2, 9.0), 0.0).sum(axis=1) / np.maximum(
            seen.sum(axis=1), 1
        )
        cost = cost + settings.evidence * part
    p = np.exp(-(cost - cost.min()))
    return float(np.sum(p * tries) / np.sum(p))


DESIGN: dict[str, tuple[float, float]] = {
    "middle": (1.0, 0.0),
    "strike": (1.0, -0.5),
    "toe_off": (1.0, 0.5),
    "usual": (0.0, 1.0),
    "bounce": (0.0, 1.0),
    "head_middle": (1.0, 0.0),
    "head_contact": (0.0, 1.0),
    "back_middle": (1.0, 0.0),
    "back_contact": (0.0, 1.0),
}
"""What each clue measures: shares of mid-stance and of the contact time."""
SPRING = ("bounce", "head_contact", "back_contact")
"""Clues that take the force for one of a known shape."""


@dataclass(frozen=True, slots=True)
class Clue:
    """One clue of a clip.

    Attributes
    ----------
    value_s : float
        A time after the reference or a duration, uncorrected.
    sd_s : float
        Its error from the noise of this clip, beyond the error that the model knows.
    """

    value_s: float
    sd_s: float = 0.0


def read_clues(
    look: Look, model: dict[str, Any], settings: ZeroSettings, force: ForceSettings
) -> dict[str, Clue]:
    """Return every clue."""
    usual = model["duty"] * look.step_s
    middle = look.middle_s + model["middle_s"]
    out = {
        "middle": Clue(look.middle_s),
        "strike": Clue(match_event(look, model["strike"], middle - 0.5 * usual, settings)),
        "toe_off": Clue(match_event(look, model["toe_off"], middle + 0.5 * usual, settings)),
        "usual": Clue(usual),
        "bounce": Clue(bounce_contact_s(look, settings.torso_m, force)),
    }
    for name, pulse in look.pulses.items():
        out[f"{name}_middle"] = Clue(pulse.middle_s, pulse.middle_sd_s)
        out[f"{name}_contact"] = Clue(pulse.contact_s, pulse.contact_sd_s)
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """Mid-stance after the reference and contact time, with the clues' disagreement.

    Attributes
    ----------
    strike_sd_s, toe_off_sd_s : float
        From the clues' own errors.
    stretch : float
        How many times more than those the clues disagree, at least 1.
    spring : float
        How likely the runner's force has the known shape; 0 where no clue stands on that.
    """

    middle_s: float
    contact_s: float
    strike_sd_s: float
    toe_off_sd_s: float
    stretch: float
    spring: float = 0.0
    grounded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Solved:
    """Mid-stance and contact time, shape (2,), their covariance, and the misfit."""

    best_s: FloatArray
    cov_s2: FloatArray
    stretch: float


def _solve(names: list[str], clues: dict[str, Clue], model: dict[str, Any]) -> _Solved:
    """Join clues, each weighed by its errors in the model and in the clip, by least squares."""
    sd = np.array([np.hypot(model["sd_s"][n], clues[n].sd_s) for n in names])
    y = np.array([clues[n].value_s - model["bias_s"][n] for n in names]) / sd
    x = np.array([DESIGN[n] for n in names]) / sd[:, None]
    cov = np.linalg.inv(x.T @ x)
    best = cov @ x.T @ y
    chi2 = float(np.sum((y - x @ best) ** 2)) / max(len(names) - 2, 1)
    return _Solved(best_s=best, cov_s2=cov, stretch=float(np.sqrt(max(chi2, 1.0))))


def join(clues: dict[str, Clue], model: dict[str, Any], settings: ZeroSettings) -> Joined:
    """Join the clues.

    Some clues to the contact time stand on a model of the force that does not hold for everybody:
    slow joggers' feet linger with little force on them. Either it holds, and those clues are as
    exact as on rendered runners, or it does not, and they say nothing; which of the two is told by
    how well they agree with the others, and the two answers are mixed by their likelihoods.
    """
    names = [n for n, c in clues.items() if n in model["sd_s"] and np.isfinite(c.value_s)]
    pulses = [n for n in names if n in SPRING]
    rest = _solve([n for n in names if n not in pulses], clues, model)
    if not pulses:
        return _joined(rest.best_s, rest.cov_s2, rest.stretch)
    every = _solve(names, clues, model)
    away, spring = _spring(pulses, clues, model, rest, settings)
    apart = every.best_s - rest.best_s
    joined = _joined(
        spring * every.best_s + (1 - spring) * rest.best_s,
        spring * every.cov_s2
        + (1 - spring) * rest.cov_s2
        + spring * (1 - spring) * np.outer(apart, apart),
        spring * every.stretch + (1 - spring) * rest.stretch,
    )
    # no spring: the foot stays down with little force on it, and how long is hard to see
    linger = 0.5 * (1 - spring) * abs(away)
    return replace(joined, spring=spring, toe_off_sd_s=float(np.hypot(joined.toe_off_sd_s, linger)))


def _joined(best_s: FloatArray, cov_s2: FloatArray, stretch: float) -> Joined:
    ends = {e: np.array([1.0, 0.5 * SIGN[e]]) for e in EVENTS}
    return Joined(
        middle_s=float(best_s[0]),
        contact_s=float(best_s[1]),
        strike_sd_s=float(np.sqrt(ends["strike"] @ cov_s2 @ ends["strike"])),
        toe_off_sd_s=float(np.sqrt(ends["toe_off"] @ cov_s2 @ ends["toe_off"])),
        stretch=stretch,
    )


def _spring(
    pulses: list[str],
    clues: dict[str, Clue],
    model: dict[str, Any],
    rest: _Solved,
    settings: ZeroSettings,
) -> tuple[float, float]:
    """Return the pulses' contact minus that of the other clues, and whether to believe it, 0..1."""
    var = np.array([model["sd_s"][n] ** 2 + clues[n].sd_s ** 2 for n in pulses])
    value = np.array([clues[n].value_s - model["bias_s"][n] for n in pulses])
    away = float(np.sum(value / var) / np.sum(1 / var)) - float(rest.best_s[1])
    others = max(rest.cov_s2[1, 1] * rest.stretch**2, model.get("rest_sd_s", 0.0) ** 2)
    narrow = float(np.sqrt(others + 1 / np.sum(1 / var)))
    wide = float(np.sqrt(others + settings.no_spring_sd_s**2))
    holds = settings.spring_share * float(np.exp(-0.5 * (away / narrow) ** 2)) / narrow
    fails = (1 - settings.spring_share) * float(np.exp(-0.5 * (away / wide) ** 2)) / wide
    return away, holds / (holds + fails)


def zero_of(
    look: Look, scene: Scene, times: ContactTimes, settings: ZeroSettings, force: ForceSettings
) -> Joined:
    """Locate the contact on a mean stride.

    Parameters
    ----------
    look : Look
        What the mean stride shows.

    Notes
    -----
    A run without flight (front and rear view) is told by its small bounce. Its foot curves look
    like no run's, so mid-stance and bounce alone decide there.
    """
    model = times.views[view_class(scene.view)]
    clues = read_clues(look, model, settings, force)
    joined = join(clues, model, settings)
    bounce = clues["bounce"].value_s
    if scene.view == View.SIDE or not bounce > settings.grounded_duty * look.step_s:
        return joined
    middle = clues["middle"].value_s - model["bias_s"]["middle"]
    return replace(joined, middle_s=middle, contact_s=bounce, grounded=True)
