"""Where the recogniser is not sure, or errs: the one likely test whose repetitions are there."""

from typing import Final

from formcheck.data import Scene
from formcheck.events import LYING, Legs, detect_reps, lying_scene
from formcheck.recognition import Recognition
from formcheck.registry import PROTOCOLS
from formcheck.settings import Settings
from formcheck.signals.prepare import Prepared

LEGS: Final[dict[str, Legs]] = {"single_leg_squat": 1, "double_squat": 2}
"""On how many legs a named squat is done."""
_LEAST: Final = 2
_SAYS_NOTHING: Final = ("hold",)
"""Anybody who stands on one leg holds: that speaks neither for balance nor against a squat."""
_NOT_ENOUGH: Final = ("run", "hop", "landing", "bound")
"""Steps have a rhythm of their own, and who jumps may do jumping jacks: these are asked about."""


def has_witness(test: str, prepared: Prepared, scene: Scene, settings: Settings) -> bool:
    """Tell whether a test's own detector finds a repetition; True for tests without such."""
    if PROTOCOLS[test].detector in (*_SAYS_NOTHING, *_NOT_ENOUGH):
        return True
    return _whole_reps(test, prepared, scene, settings) > 0


def only_witness(
    seen: Recognition, prepared: Prepared, scene: Scene, settings: Settings
) -> str | None:
    """Return the only likely test whose own detector finds repetitions, or None.

    Parameters
    ----------
    seen : Recognition
        Two or three likely tests.
    prepared : Prepared
    scene : Scene
    settings : Settings

    Returns
    -------
    str or None
        A test of which two or more whole repetitions were found while none of any other likely
        one was. None also where a run or a jump is likely: it would need other witnesses.
    """
    detectors = {test: PROTOCOLS[test].detector for test, _ in seen.likely}
    if any(d in _NOT_ENOUGH for d in detectors.values()):
        return None
    counts = {
        test: _whole_reps(test, prepared, scene, settings)
        for test, detector in detectors.items()
        if detector not in _SAYS_NOTHING
    }
    found = [test for test, n in counts.items() if n]
    return found[0] if len(found) == 1 and counts[found[0]] >= _LEAST else None


def _whole_reps(test: str, prepared: Prepared, scene: Scene, settings: Settings) -> int:
    protocol = PROTOCOLS[test]
    if protocol.detector in LYING:
        scene = lying_scene(scene, prepared.raw, protocol.views[0])
    reps = detect_reps(
        prepared.pose,
        prepared.raw,
        scene,
        settings.events,
        detector=protocol.detector,
        legs=LEGS.get(test),
    )
    one_leg = LEGS.get(test) == 1
    return sum(r.counted and not (one_leg and r.side == "both") for r in reps)
