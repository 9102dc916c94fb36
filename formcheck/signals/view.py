"""From where the camera looks, and which way the runner faces: two independent signs each.

Nothing here needs a foot that stands still, so a treadmill cannot deceive it; and the visibility of
the face is no sign (MediaPipe gives 1.0 to a face it infers from behind).
"""

from dataclasses import dataclass

import numpy as np

from formcheck.data import Facing, FloatArray, PoseSequence
from formcheck.keypoints import SIDES, View, index_of
from formcheck.settings.signals import SceneSettings
from formcheck.signals.body import frontal_width, median_of, torso_px


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewSigns:
    """What was measured; lengths in torso lengths, medians over the clip.

    Attributes
    ----------
    width : float
        Mean of shoulder and hip width.
    nose_ahead : float
        Nose minus shoulder midpoint, + to the right.
    foot_ahead : float
        Toe minus heel, + to the right, both feet.
    left_of_right : float
        Left minus right shoulder and hip, + = the runner's left is on the picture's right.
    toe_below : float
        Toe minus heel, + down, both feet.
    nose_far : float
        Nose minus ears along the line of sight in the model's metres, + = away from the camera.
    """

    width: float
    nose_ahead: float
    foot_ahead: float
    left_of_right: float
    toe_below: float
    nose_far: float


def view_signs(pose: PoseSequence) -> ViewSigns:
    """Measure the signs of view and facing."""
    torso = torso_px(pose)[:, None]
    feet = np.stack([pose.joint(side, "foot_index") - pose.joint(side, "heel") for side in SIDES])
    nose = pose.xy_px[:, 0] - pose.mid("shoulder")
    across = np.stack(
        [pose.joint("left", joint) - pose.joint("right", joint) for joint in ("shoulder", "hip")]
    )
    ears = [index_of(side, "ear") for side in SIDES]
    with np.errstate(invalid="ignore", divide="ignore"):
        foot_share, nose_share = feet / torso, nose / torso
        across_share = across / torso
    return ViewSigns(
        width=frontal_width(pose),
        nose_ahead=median_of(nose_share[:, 0]),
        foot_ahead=median_of(foot_share[..., 0].ravel()),
        left_of_right=median_of(across_share[..., 0].mean(axis=0)),
        toe_below=median_of(foot_share[..., 1].ravel()),
        nose_far=median_of(pose.world_m[:, 0, 2] - pose.world_m[:, ears, 2].mean(axis=1)),
    )


def judge_view(signs: ViewSigns, settings: SceneSettings) -> tuple[View, bool]:
    """Return the view, and whether its signs disagree."""
    is_narrow = signs.width < settings.side_width_max
    n_sideways = sum(
        (
            abs(signs.nose_ahead) > settings.side_nose_min,
            abs(signs.foot_ahead) > settings.side_foot_min,
        )
    )
    if is_narrow:
        return View.SIDE, n_sideways == 0
    front, unsure = _front_or_rear(signs, settings)
    view = View.FRONT if front else View.REAR
    is_oblique = signs.width < settings.front_width_min and n_sideways == 2
    return view, unsure or is_oblique


def _front_or_rear(signs: ViewSigns, settings: SceneSettings) -> tuple[bool, bool]:
    """Return whether it is the front, and whether that is unsure.

    A foot seen from the front points down in the picture, from behind it is foreshortened:
    geometry. Which shoulder is on the right is what the model believes; its depth of the nose
    decides where the feet do not.
    """
    believes_front = signs.left_of_right > 0
    if signs.toe_below > settings.front_toe_min:
        feet_front = True
    elif signs.toe_below < settings.rear_toe_max:
        feet_front = False
    else:
        return believes_front, believes_front != (signs.nose_far < 0)
    return believes_front, believes_front != feet_front


def judge_facing(signs: ViewSigns, view: View) -> tuple[Facing, bool]:
    """Return which way the runner faces, and whether nose and feet disagree."""
    if view == View.FRONT:
        return "toward", False
    if view == View.REAR:
        return "away", False
    head, feet = np.sign(np.nan_to_num([signs.nose_ahead, signs.foot_ahead]))
    facing: Facing = "right" if head + 0.5 * feet > 0 else "left"
    return facing, bool(head != feet)


def yaw_off_square_deg(pose: PoseSequence, view: View, facing: Facing) -> float | None:
    """Return how far the runner is turned from square to the camera, + = to their own left.

    From the model's metric shoulder line, averaged over the clip (turning of the trunk to and fro
    cancels over strides). On clips filmed square it read within 6 degrees; None if never seen.
    """
    line: FloatArray = (
        pose.world_m[:, index_of("left", "shoulder")]
        - pose.world_m[:, index_of("right", "shoulder")]
    )
    line = line[np.isfinite(line).all(axis=1)]
    if line.shape[0] == 0:
        return None
    x, _, z = line.mean(axis=0)
    square = {View.FRONT: 0.0, View.REAR: 180.0, View.SIDE: 90.0 if facing == "right" else -90.0}
    turned = float(np.rad2deg(np.arctan2(z, x))) - square[view]
    return (turned + 180.0) % 360.0 - 180.0
