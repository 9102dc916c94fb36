"""How often the landmarks of one leg lie on the other, after repair."""

from typing import Final

import numpy as np

from formcheck.data import FloatArray, PoseSequence
from formcheck.keypoints import SIDES, Side
from formcheck.validation.truth import LETTER, Truth

APART_LEGS: Final = 0.25
"""Ankles nearer to each other than this share of a leg do not tell the legs apart."""
CLEARLY: Final = 0.5


def wrong_leg_frames(truth: Truth, pose: PoseSequence) -> tuple[int, int]:
    """Count the frames whose legs are exchanged, and those in which it can be told.

    Parameters
    ----------
    truth : Truth
    pose : PoseSequence
        One row per frame, repaired.

    Returns
    -------
    wrong, seen : int
        A frame is wrong if the ankles lie clearly nearer to the other leg's true ones.
    """
    n = min(truth.time_s.size, pose.time_s.size)
    true = {s: truth.points_px[f"ankle_{LETTER[s]}"][:n] for s in SIDES}
    hips = {s: truth.points_px[f"hip_{LETTER[s]}"][:n] for s in SIDES}
    leg = float(np.median([np.linalg.norm(true[s] - hips[s], axis=1).max() for s in SIDES]))
    found = {s: pose.joint(s, "ankle")[:n] for s in SIDES}

    def off(named: Side, truly: Side) -> FloatArray:
        gap: FloatArray = np.linalg.norm(found[named] - true[truly], axis=1)
        return gap

    as_named = off("left", "left") + off("right", "right")
    exchanged = off("left", "right") + off("right", "left")
    apart = np.linalg.norm(true["left"] - true["right"], axis=1) > APART_LEGS * leg
    seen = apart & np.isfinite(as_named)
    return int((seen & (exchanged < CLEARLY * as_named)).sum()), int(seen.sum())
