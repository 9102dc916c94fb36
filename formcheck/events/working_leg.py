"""Which leg does a test on one leg, seen from the side: by what it does, not by its name alone.

From the side the landmark model mixes up legs: for single pictures, for seconds, at worst for most
of a test. What the working leg does is plain, though, whatever its name: it stands while the other
foot is up, or it is the one in front. So the legs of one stretch are told apart by that, and the
stretch is named as a whole. Where the model's own names do not agree on it, nobody knows: the test
says so and asks (``Scene.ambiguous`` holds ``leg``).
"""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from formcheck.data import BoolArray, FloatArray, PoseSequence, Scene
from formcheck.events.lying import LYING
from formcheck.events.reps import foot_lift, settings_of
from formcheck.events.rhythm import body_scale
from formcheck.events.smooth import runs
from formcheck.events.walking import walking_mask
from formcheck.keypoints import N_KEYPOINTS, SIDES, Side, View, index_of
from formcheck.settings.events import EventSettings
from formcheck.settings.legrule import LegRuleSettings

CHAIN: Final = ("knee", "ankle", "heel", "foot_index")
ONE_LEGGED: Final = (
    "squat", "hop", "landing", "lift", "hold", "lunge", "running_man", "rise", "bridge",
)  # fmt: skip
"""Detectors of tests that may be done on one leg and filmed from the side."""
ALWAYS_ONE: Final = ("squat", "bridge")
"""Detectors of tests in which one leg works all the time: where none plainly does, one asks."""
NEAR_ASKED: Final = ("lunge", "rise", "bridge")
"""Detectors of tests that are filmed, as their instructions say, with the working leg nearer."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LegRuling:
    """What became of the names of the legs.

    Attributes
    ----------
    exchanged : ndarray of bool, shape (T,)
        Frames of the repaired landmarks in which the legs must change names.
    unsure : bool
        The names of some stretch do not agree: which leg works is a question for the user.
    """

    exchanged: BoolArray
    unsure: bool = False


def rule_legs(
    seen: PoseSequence,
    repaired: PoseSequence,
    scene: Scene,
    detector: str,
    settings: EventSettings | None = None,
    *,
    said: Side | None = None,
) -> LegRuling:
    """Decide which leg works in every stretch of a test on one leg, in side view.

    Parameters
    ----------
    seen : PoseSequence
        Landmarks as the model named them, one row per frame.
    repaired : PoseSequence
        The same frames repaired, some legs exchanged.
    scene : Scene
    detector : str
        As named by the protocol.
    settings : EventSettings, optional
    said : {"left", "right"}, optional
        The working leg, where the user has said it: it holds for the whole clip.

    Returns
    -------
    LegRuling
        Nothing is exchanged in other views, where the model keeps the legs apart.
    """
    none = LegRuling(exchanged=np.zeros(seen.time_s.size, dtype=np.bool_))
    if detector not in ONE_LEGGED or seen.time_s.size < 5:
        return none
    settings = settings or EventSettings()
    cut = settings.legs
    works = left_works(seen, scene, detector, settings)
    if detector not in LYING:
        works[walking_mask(repaired, settings.reps)] = 0
    ruled = stretches(works != 0, seen.time_s, cut)
    unsure = detector in ALWAYS_ONE and not said and not ruled
    if scene.view != View.SIDE:
        return replace(none, unsure=unsure)
    exchanged_before = _renamed(seen, repaired)
    out = none.exchanged.copy()
    for a, b in ruled:
        named, sure = (said, True) if said else _named(works[a:b], seen.time_s[a:b], cut)
        side: Side | None = named if sure else None  # else left as repaired, and asked about
        if not said and detector in NEAR_ASKED:  # two signs: the names, and how it is to be filmed
            side, sure = scene.near_side, sure and named == scene.near_side
        unsure = unsure or not sure
        if side is not None:
            wanted = 1 if side == "left" else -1
            against = (works[a:b] != wanted) != exchanged_before[a:b]
            out[a:b] = _as_nearest(against, works[a:b] != 0)
    return LegRuling(exchanged=out, unsure=unsure)


def left_works(
    seen: PoseSequence, scene: Scene, detector: str, settings: EventSettings
) -> FloatArray:
    """Return which leg works by its present name, shape (T,): +1 left, -1 right, 0 not plain."""
    cut = settings.legs
    if detector in ("lunge", "rise"):  # the front leg; sitting, the other one is out in front
        lead = (seen.joint("left", "ankle") - seen.joint("right", "ankle"))[:, 0]
        lead = lead * (scene.forward_sign or 1) / body_scale(seen, settings.reps.scale_s)
        value, least = lead if detector == "lunge" else -lead, cut.in_front
    else:
        value, least = -foot_lift(seen, settings.reps), settings_of(settings, scene).lifted
    value = np.nan_to_num(value)
    return np.where(value > least, 1.0, np.where(value < -least, -1.0, 0.0))


def stretches(plain: BoolArray, time_s: FloatArray, cut: LegRuleSettings) -> list[tuple[int, int]]:
    """Return index ranges in which one leg works, with short moments of doubt inside.

    Parameters
    ----------
    plain : ndarray of bool, shape (T,)
        Frames in which it is plain that one leg works.
    time_s : ndarray of float, shape (T,)
    cut : LegRuleSettings
    """
    joined: list[tuple[int, int]] = []
    for a, b in runs(plain):
        if joined and time_s[a] - time_s[joined[-1][1] - 1] < cut.gap_s:
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    step_s = float(np.median(np.diff(time_s)))
    return [(a, b) for a, b in joined if plain[a:b].sum() * step_s >= cut.shortest_s]


def _named(works: FloatArray, time_s: FloatArray, cut: LegRuleSettings) -> tuple[Side, bool]:
    """Return the side that most names of a stretch give, and whether that is sure."""
    known = works != 0
    left = float(np.mean(works[known] > 0))
    side: Side = "left" if left >= 0.5 else "right"
    against = known & ((works > 0) != (side == "left"))
    longest = max((time_s[b - 1] - time_s[a] for a, b in runs(against)), default=0.0)
    return side, bool(max(left, 1 - left) >= cut.agree and longest < cut.longest_against_s)


def _as_nearest(values: BoolArray, known: BoolArray) -> BoolArray:
    """Give moments in which nothing is plain what the nearest plain one has: names hold on."""
    at = np.flatnonzero(known)
    moments = np.arange(values.size)
    after = np.clip(np.searchsorted(at, moments), 0, at.size - 1)
    before = np.maximum(after - 1, 0)
    nearer = np.abs(at[before] - moments) <= np.abs(at[after] - moments)
    return np.asarray(values[np.where(nearer, at[before], at[after])])


def _renamed(seen: PoseSequence, repaired: PoseSequence) -> BoolArray:
    """Return the frames whose legs the repair has exchanged, shape (T,)."""
    rows = [index_of(s, j) for s in SIDES for j in CHAIN]
    moved = np.abs(repaired.xy_px[:, rows] - seen.xy_px[:, rows]).max(axis=2)
    return np.asarray(np.nan_to_num(moved).max(axis=1) > 1e-6)


def with_legs_exchanged(pose: PoseSequence, frames: BoolArray) -> PoseSequence:
    """Return the landmarks with the names of the legs exchanged in some frames.

    Parameters
    ----------
    pose : PoseSequence
    frames : ndarray of bool, shape (T,)
    """
    if not frames.any():
        return pose
    order = np.arange(N_KEYPOINTS)
    for joint in CHAIN:
        left, right = index_of("left", joint), index_of("right", joint)
        order[[left, right]] = right, left
    rows = np.flatnonzero(frames)[:, None]
    values = {}
    for name in ("xy_px", "confidence", "world_m"):
        new = np.array(getattr(pose, name))
        new[rows, np.arange(N_KEYPOINTS)] = new[rows, order]
        values[name] = new
    return pose.with_("legs named by what they do", **values)
