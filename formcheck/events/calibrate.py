"""Fits the calibration of the event times on rendered runners and says how well it does on others.

Only clips meant for fitting may be given: what is scored must never be seen here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from formcheck.data import Channels, FloatArray, PoseSequence, Scene
from formcheck.events.pulse import read_pulses
from formcheck.events.rhythm import find_rhythm
from formcheck.events.running import mean_strides
from formcheck.events.zero import (
    DESIGN,
    EVENTS,
    SIGN,
    Event,
    Look,
    join,
    look_at,
    read_clues,
    view_class,
)
from formcheck.keypoints import Side
from formcheck.settings.events import EventSettings

CHANNELS: dict[str, dict[Event, tuple[str, ...]]] = {
    "side": {
        # not the forward speeds: rendered feet slow down 40 ms earlier before contact than people's
        "strike": ("toe_y", "heel_y", "ankle_y", "knee"),
        "toe_off": ("toe_y", "heel_y", "ankle_y", "toe_x", "ankle_x"),
    },
    "frontal": {
        "strike": ("toe_y", "heel_y", "ankle_y", "trunk", "leg"),
        "toe_off": ("toe_y", "heel_y", "ankle_y", "trunk", "leg"),
    },
}
WINDOW_S: dict[Event, tuple[float, float]] = {"strike": (-0.08, 0.05), "toe_off": (-0.06, 0.07)}
REST = ("middle", "strike", "toe_off", "usual")
LAG_STEP_S = 0.005
MIN_PEOPLE = 6
"""Fewer say too little about how people differ."""
FLOOR = {"x": 0.03, "y": 0.15}
"""Smallest spread between runners per kind of channel (belt speeds; torso lengths per second)."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Example:
    """One foot of one clip with known contacts.

    Attributes
    ----------
    strike_s, toe_off_s : float
        True mean events after the step's reference.
    """

    clip: str
    runner: str
    side: Side
    view: str
    look: Look
    strike_s: float
    toe_off_s: float

    def event_s(self, event: Event) -> float:
        """Return the true lag of an event."""
        return self.strike_s if event == "strike" else self.toe_off_s


def examples_of(
    clip: str,
    raw: PoseSequence,
    scene: Scene,
    contacts: dict[Side, FloatArray],
    *,
    runner: str = "",
    channels: Channels | None = None,
) -> list[Example]:
    """Return the examples of one clip.

    Parameters
    ----------
    raw : PoseSequence
        Repaired, unfiltered landmarks.
    contacts : mapping of side to ndarray, shape (N, 2)
        True foot strikes and toe-offs, seconds.
    runner : str
        Whose body: each is left out in turn.
    channels : Channels, optional
        Motion of head and back in the pixels.
    """
    settings = EventSettings()
    rhythm = find_rhythm(raw, scene, settings.rhythm)
    pulses = read_pulses(raw, channels, rhythm, settings.pulse, settings.force)
    out = []
    for side, foot in mean_strides(raw, scene, rhythm, settings).items():
        strike = [_nearest(contacts[side][:, 0], r, -0.04) for r in foot.refs_s]
        off = [_nearest(contacts[side][:, 1], r, 0.20) for r in foot.refs_s]
        out.append(
            Example(
                clip=clip,
                runner=runner or clip,
                side=side,
                view=view_class(scene.view),
                look=look_at(foot.mean, 1 / rhythm.step_hz, pulses),
                strike_s=float(np.nanmedian(strike)),
                toe_off_s=float(np.nanmedian(off)),
            )
        )
    return out


def _nearest(times_s: FloatArray, ref_s: float, lag_s: float) -> float:
    k = int(np.argmin(np.abs(times_s - ref_s - lag_s)))
    found = float(times_s[k] - ref_s)
    return found if abs(found - lag_s) < 0.15 else float("nan")


def _curves(examples: Sequence[Example], view: str, event: Event) -> dict[str, Any]:
    lag = np.arange(WINDOW_S[event][0], WINDOW_S[event][1] + 1e-9, LAG_STEP_S)
    channels = {}
    for name in CHANNELS[view][event]:
        rows = np.array(
            [np.interp(lag + e.event_s(event), e.look.lag_s, e.look.speeds[name]) for e in examples]
        )
        middle = np.nanmedian(rows, axis=0)
        spread = 1.4826 * np.nanmedian(np.abs(rows - middle), axis=0)
        floor = FLOOR["x"] if name.endswith("_x") else FLOOR["y"]
        if name == "knee":
            floor = 2 * floor
        channels[name] = {
            "mean": np.round(middle, 4).tolist(),
            "sd": np.round(np.maximum(spread, floor), 4).tolist(),
        }
    return {"lag_s": np.round(lag, 4).tolist(), "channels": channels}


def fit_view(examples: Sequence[Example], view: str, settings: EventSettings) -> dict[str, Any]:
    """Fit one view's calibration.

    Offsets and errors of the clues are those on runners that the curves have not seen (each runner
    left out in turn).
    """
    model = _curves_and_usual(examples, view)
    bias, sd = {}, {}
    errors = _clue_errors(examples, view, settings)
    for name, rows in errors.items():
        if name == "bounce" and view == "side":
            continue
        mean_s, sd_s = _bias_and_sd(rows, settings.zero.clue_floor_s[name])
        bias[name], sd[name] = round(mean_s, 4), round(sd_s, 4)
    rest_sd_s = round(_rest_sd(errors, bias, sd), 4)
    return {**model, "bias_s": bias, "sd_s": sd, "rest_sd_s": rest_sd_s}


def _bias_and_sd(rows: FloatArray, floor_s: float) -> tuple[float, float]:
    """Return a clue's bias, and its error beyond what it knows of itself.

    Parameters
    ----------
    rows : ndarray of float, shape (N, 2)
        Error and the clue's own SD.
    """
    error, own = rows[np.isfinite(rows).all(axis=1)].T
    weight = 1 / (floor_s**2 + own**2)
    mean = float(np.average(error, weights=weight))
    excess = float(np.average((error - mean) ** 2 - own**2, weights=weight))
    return mean, float(np.sqrt(max(excess, floor_s**2)))


def _rest_sd(
    errors: dict[str, FloatArray], bias_s: dict[str, float], sd_s: dict[str, float]
) -> float:
    """Return the error of the contact time by the clues that know nothing of the force.

    Larger than their own errors say: a foot is looked for around its usual time, so that all of
    them are drawn to what is usual.
    """
    names = [n for n in REST if n in sd_s]
    sd = np.array([sd_s[n] for n in names])
    x = np.array([DESIGN[n] for n in names]) / sd[:, None]
    to_best = np.linalg.inv(x.T @ x) @ x.T
    away = np.stack([(errors[n][:, 0] - bias_s[n]) / sd_s[n] for n in names])
    contact = (to_best @ away)[1]
    return float(np.sqrt(np.nanmean(contact**2)))


def _curves_and_usual(examples: Sequence[Example], view: str) -> dict[str, Any]:
    middle = [0.5 * (e.strike_s + e.toe_off_s) - e.look.middle_s for e in examples]
    duty = [(e.toe_off_s - e.strike_s) / e.look.step_s for e in examples]
    return {
        "middle_s": round(float(np.median(middle)), 4),
        "duty": round(float(np.mean(duty)), 4),
        "strike": _curves(examples, view, "strike"),
        "toe_off": _curves(examples, view, "toe_off"),
    }


def _clue_errors(
    examples: Sequence[Example], view: str, settings: EventSettings
) -> dict[str, FloatArray]:
    rows: dict[str, list[tuple[float, float]]] = {}
    for runner in sorted({e.runner for e in examples}):
        model = _curves_and_usual([e for e in examples if e.runner != runner], view)
        for e in (x for x in examples if x.runner == runner):
            true = np.array([0.5 * (e.strike_s + e.toe_off_s), e.toe_off_s - e.strike_s])
            for name, clue in read_clues(e.look, model, settings.zero, settings.force).items():
                error = clue.value_s - float(np.dot(DESIGN[name], true))
                rows.setdefault(name, []).append((error, clue.sd_s))
    return {name: np.array(v) for name, v in rows.items()}


def left_out_errors(
    examples: Sequence[Example], view: str, settings: EventSettings
) -> dict[Event, FloatArray]:
    """Return the event errors of runners that took no part in the fit, seconds."""
    out: dict[Event, list[float]] = {e: [] for e in EVENTS}
    for runner in sorted({e.runner for e in examples}):
        model = fit_view([e for e in examples if e.runner != runner], view, settings)
        for e in (x for x in examples if x.runner == runner):
            found = join(
                read_clues(e.look, model, settings.zero, settings.force), model, settings.zero
            )
            for event in EVENTS:
                at = found.middle_s + 0.5 * SIGN[event] * found.contact_s
                out[event].append(at - e.event_s(event))
    return {k: np.array(v) for k, v in out.items()}


def fit(examples: Sequence[Example], settings: EventSettings | None = None) -> dict[str, Any]:
    """Fit the whole calibration and record where it comes from.

    Returns
    -------
    dict
        ``ContactTimes.views``, without views that show fewer than `MIN_PEOPLE` people.
    """
    settings = settings or EventSettings()
    out: dict[str, Any] = {}
    for view in CHANNELS:
        mine = [e for e in examples if e.view == view]
        if len({e.runner for e in mine}) < MIN_PEOPLE:
            continue
        model = fit_view(mine, view, settings)
        errors = left_out_errors(mine, view, settings)
        model["left_out"] = {
            k: {
                "n": int(v.size),
                "bias_ms": round(1000 * float(v.mean()), 1),
                "sd_ms": round(1000 * float(v.std()), 1),
                "max_ms": round(1000 * float(np.abs(v).max()), 1),
            }
            for k, v in errors.items()
        }
        model["people"] = len({e.runner for e in mine})
        model["clips"] = sorted({e.clip for e in mine})
        out[view] = model
    return out
