"""When things happen: foot strikes, toe-offs, repetitions, hops, and whether it is a run at all."""

from formcheck.data import PoseSequence, Rep, Scene
from formcheck.events.activity import Activity, ActivityKind, classify_activity
from formcheck.events.drills import MOVEMENTS, detect_drill
from formcheck.events.hops import HopEvents, detect_hops
from formcheck.events.lying import LYING, lying_scene, stood_up
from formcheck.events.reps import (
    Legs,
    detect_holds,
    detect_lifts,
    detect_squats,
    stance_side,
)
from formcheck.events.rhythm import Rhythm, find_rhythm
from formcheck.events.running import RunEvents, detect_running
from formcheck.events.working_leg import LegRuling, rule_legs, with_legs_exchanged
from formcheck.registry import EventDetector
from formcheck.settings.events import EventSettings

__all__ = [
    "LYING",
    "Activity",
    "ActivityKind",
    "HopEvents",
    "LegRuling",
    "Legs",
    "Rhythm",
    "RunEvents",
    "classify_activity",
    "detect_drill",
    "detect_holds",
    "detect_hops",
    "detect_lifts",
    "detect_reps",
    "detect_running",
    "detect_squats",
    "find_rhythm",
    "lying_scene",
    "rule_legs",
    "stance_side",
    "stood_up",
    "with_legs_exchanged",
]


def detect_reps(
    pose: PoseSequence,
    raw: PoseSequence,
    scene: Scene,
    settings: EventSettings | None = None,
    *,
    detector: EventDetector = "squat",
    legs: Legs = None,
) -> tuple[Rep, ...]:
    """Find the repetitions of a movement test.

    Parameters
    ----------
    pose : PoseSequence
        Filtered landmarks.
    raw : PoseSequence
        Repaired, unfiltered landmarks.
    scene : Scene
    detector : {"squat", "hop", "landing", "bound", "lift", "hold"} or a key of ``drills.MOVEMENTS``
        As named by the protocol.
    legs : {1, 2}, optional
        On how many legs a squat is done, where the test says so.

    Returns
    -------
    tuple of Rep
        See `detect_squats`, `detect_lifts`, `detect_holds`, `detect_hops` and `detect_drill`.

    Raises
    ------
    ValueError
        For ``run``, which has steps instead.
    """
    if detector in ("hop", "landing", "bound"):
        return detect_hops(pose, raw, scene, settings, bounds=detector == "bound").reps
    if detector in MOVEMENTS:
        return detect_drill(pose, raw, scene, settings, detector=detector)
    if detector == "squat":
        return detect_squats(pose, raw, scene, settings, legs=legs)
    finders = {"lift": detect_lifts, "hold": detect_holds}
    if detector not in finders:
        known = ", ".join(("squat", "hop", "landing", "bound", "lift", "hold", *MOVEMENTS))
        msg = f"detector must be one of {known}, got {detector!r}"
        raise ValueError(msg)
    return finders[detector](pose, raw, scene, settings)
