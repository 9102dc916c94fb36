"""Tests that are done lying down: the picture's long side is the body's, and views are the test's.

What follows the landmarks was made for people who stand; here a lying body is turned to stand.
"""

from dataclasses import replace
from typing import Final

import numpy as np

from formcheck.data import Clip, PoseSequence, Scene
from formcheck.keypoints import Side, View

LYING: Final = ("bridge", "abduct")
"""Detectors of tests that are done lying down."""


def lying_scene(scene: Scene, raw: PoseSequence, view: View) -> Scene:
    """Return the scene of a test that is done lying down, for which views are guessed wrongly.

    The test says from where it is filmed; where the head lies says which side is nearer: somebody
    on the back with the head to the right of the picture shows the left side.

    Parameters
    ----------
    scene : Scene
        As it was detected, for people who stand.
    raw : PoseSequence
    view : View
        The only view of the test.
    """
    known = replace(scene, view=view, roll_deg=0.0, m_per_px=None, m_per_px_sd=None, ambiguous=())
    if view != View.SIDE:
        return replace(known, facing="toward", near_side=None)
    side: Side = "left" if head_to_right(raw) else "right"
    return replace(known, facing=side, near_side=side)


def head_to_right(raw: PoseSequence) -> bool:
    """Tell whether the head of somebody who lies is toward the right of the picture."""
    head = raw.mid("shoulder")[:, 0] - raw.mid("hip")[:, 0]
    head = head[np.isfinite(head)]
    return bool(head.size and float(np.median(head)) > 0)


def stood_up(clip: Clip, raw: PoseSequence) -> tuple[Clip, PoseSequence]:
    """Return clip and landmarks turned by a quarter, head up, for checks made for people who stand.

    Parameters
    ----------
    clip : Clip
    raw : PoseSequence
    """
    x, y = raw.xy_px[..., 0], raw.xy_px[..., 1]
    turned = (y, clip.width_px - x) if head_to_right(raw) else (clip.height_px - y, x)
    return (
        clip.with_(width_px=clip.height_px, height_px=clip.width_px),
        raw.with_("turned by a quarter", xy_px=np.stack(turned, axis=-1)),
    )
