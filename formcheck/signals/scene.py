"""How the camera looks at the runner: view, facing, surface, roll, yaw, near side, scale."""

import logging
from typing import Final

from formcheck.data import Clip, Facing, FloatArray, PoseSequence, Scene, Surface
from formcheck.keypoints import Side, View
from formcheck.settings.options import AnalyzeOptions
from formcheck.settings.signals import SceneSettings, SignalSettings
from formcheck.signals.prepare import Prepared
from formcheck.signals.roll import Roll, camera_roll
from formcheck.signals.scale import scale_from_height
from formcheck.signals.travel import Travel, judge_surface, travel_of
from formcheck.signals.view import (
    ViewSigns,
    judge_facing,
    judge_view,
    view_signs,
    yaw_off_square_deg,
)

_LOG = logging.getLogger(__name__)
_AUTO: Final = "auto"


def detect_scene(
    clip: Clip,
    prepared: Prepared,
    edges_px: FloatArray,
    options: AnalyzeOptions,
    settings: SignalSettings | None = None,
) -> Scene:
    """Find out how the clip was filmed; what the user has said wins.

    Parameters
    ----------
    clip : Clip
    prepared : Prepared
        ``raw`` is read; a few frames picked from all over the clip are enough.
    edges_px : ndarray of float, shape (E, 5)
        Straight edges of the room (:class:`formcheck.pixels.PixelPass`).
    options : AnalyzeOptions
    settings : SignalSettings, optional

    Returns
    -------
    Scene
        ``ambiguous`` names what two independent signs disagree on and the user has not said.
    """
    scene_settings = (settings if settings is not None else SignalSettings()).scene
    pose = prepared.raw
    signs = view_signs(pose)
    view, facing, doubts = _view_and_facing(signs, options, scene_settings)
    travel = travel_of(pose, view, scene_settings)
    surface, surface_doubt = _surface(travel, options, scene_settings)
    roll = _roll(clip, edges_px, options, scene_settings)
    scale = _scale(pose, travel, roll, options, scene_settings)
    doubts += ("surface",) if surface_doubt else ()
    _LOG.debug("signs of the scene: %s, %s, %s", signs, travel, roll)
    return Scene(
        view=view,
        facing=facing,
        surface=surface,
        roll_deg=roll.roll_deg,
        roll_sd_deg=roll.sd_deg,
        yaw_deg=yaw_off_square_deg(pose, view, facing),
        m_per_px=None if scale is None else scale[0],
        m_per_px_sd=None if scale is None else scale[1],
        ambiguous=doubts,
        near_side=_near_side(view, facing),
    )


def _view_and_facing(
    signs: ViewSigns, options: AnalyzeOptions, settings: SceneSettings
) -> tuple[View, Facing, tuple[str, ...]]:
    doubts: tuple[str, ...] = ()
    if options.view == _AUTO:
        view, doubt = judge_view(signs, settings)
        doubts += ("view",) if doubt else ()
    else:
        view = View(options.view)
    facing, doubt = judge_facing(signs, view)
    if view == View.SIDE and options.facing in ("left", "right"):
        facing, doubt = options.facing, False
    return view, facing, doubts + (("facing",) if doubt else ())


def _surface(
    travel: Travel, options: AnalyzeOptions, settings: SceneSettings
) -> tuple[Surface, bool]:
    if options.surface != _AUTO:
        return options.surface, False
    return judge_surface(travel, settings)


def _roll(
    clip: Clip, edges_px: FloatArray, options: AnalyzeOptions, settings: SceneSettings
) -> Roll:
    if options.roll_deg is not None:
        return Roll(options.roll_deg, settings.roll_given_sd_deg)
    return camera_roll(edges_px, clip.width_px, clip.height_px, settings)


def _scale(
    pose: PoseSequence,
    travel: Travel,
    roll: Roll,
    options: AnalyzeOptions,
    settings: SceneSettings,
) -> tuple[float, float] | None:
    # somebody who comes nearer or goes away has no single scale
    if options.height_cm is None or abs(travel.growth) > settings.growth_min:
        return None
    return scale_from_height(
        pose, options.height_cm, settings, roll_deg=roll.roll_deg, is_gait=travel.is_gait
    )


def _near_side(view: View, facing: Facing) -> Side | None:
    """Return the leg nearer the camera: who faces left shows the left side."""
    if view != View.SIDE:
        return None
    return "left" if facing == "left" else "right"
