"""Edits of what the clip shows: another person, left and right swapped, another view or test."""

from dataclasses import replace
from typing import Final

import numpy as np

from formcheck.data import Channels, Clip, FloatArray, PoseSequence
from formcheck.edits.model import Relabel, refuse
from formcheck.pose.mirror import mirrored
from formcheck.settings.options import AnalyzeOptions

_FLIPPED_FACING: Final = {"left": "right", "right": "left"}


def swapped_pose(pose: PoseSequence, width_px: int) -> PoseSequence:
    """Return the landmarks of the mirrored picture, with the sides' names exchanged."""
    xy, world, confidence = mirrored(pose.xy_px, pose.world_m, pose.confidence, width_px)
    return pose.with_("sides swapped by hand", xy_px=xy, world_m=world, confidence=confidence)


def swapped_channels(channels: Channels) -> Channels:
    """Return the pixel channels of the mirrored picture: sideways and turning ones change sign."""
    turned = ("_roll_step_deg", "_shift_step_pct", "camera_shift_x_px")
    return replace(
        channels,
        values={k: -v if k.endswith(turned) else v for k, v in channels.values.items()},
    )


def swapped_edges(edges_px: FloatArray, width_px: int) -> FloatArray:
    """Return the room's edges in the mirrored picture."""
    out = np.array(edges_px, dtype=np.float64)
    out[:, [1, 3]] = width_px - out[:, [1, 3]]
    return out


def swapped_clip(clip: Clip) -> Clip:
    """Return the clip, to be read mirrored (or no longer so) from now on."""
    return clip.with_(mirrored=not clip.mirrored)


def relabelled(options: AnalyzeOptions, edit: Relabel) -> AnalyzeOptions:
    """Return the choices with what the edit says.

    Raises
    ------
    FormcheckError
        EDIT_INVALID for a view, leg or test that does not exist.
    """
    if edit.what == "sides":
        facing = _FLIPPED_FACING.get(options.facing, options.facing)
        changes = {"mirrored": not options.mirrored, "facing": facing}
    elif edit.what == "view":
        if edit.to not in ("side", "rear", "front", "auto"):
            refuse(f"there is no view {edit.to!r}")
        # facing belongs to the old view
        changes = {"view": edit.to, "facing": "auto"}
    elif edit.what == "leg":
        if edit.to not in ("left", "right", "auto"):
            refuse(f"there is no leg {edit.to!r}")
        changes = {"leg": edit.to}
    else:
        changes = {"protocol": edit.to}
    return options.model_copy(update=changes)
