"""The gates: each looks at one thing and returns a finding or nothing."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from formcheck.data import Clip, Scene, Step
from formcheck.keypoints import SIDES, View, other
from formcheck.quality.stats import ClipStats
from formcheck.quality.texts import finding
from formcheck.registry import MEASURES, Protocol
from formcheck.results import Finding
from formcheck.settings import QualitySettings
from formcheck.signals.geometry import near_side

GREYING: Final = frozenset({"HIPS_HIDDEN", "MOTION_BLUR", "TOO_DARK", "PERSON_SMALL"})
"""Findings of severity `watch` that make their measures uncertain: no colour, no verdict."""


def check_clip(
    clip: Clip, scene: Scene, stats: ClipStats, settings: QualitySettings | None = None
) -> tuple[Finding, ...]:
    """Judge what the clip can carry.

    Parameters
    ----------
    clip : Clip
    scene : Scene
    stats : ClipStats
        From :func:`formcheck.quality.stats.clip_stats`.
    settings : QualitySettings, optional

    Returns
    -------
    tuple of Finding
        Gravest first. A finding of severity `stop` withholds its ``measure_ids``.
    """
    settings = settings or QualitySettings()
    found = [
        *_length(clip, settings),
        *_file(clip, settings),
        *_scene(scene, settings),
        *_framing(stats, settings),
        *_light(stats, settings),
        *_person(clip, stats, settings),
        *_legs(scene, stats, settings),
    ]
    rank = {"stop": 0, "outside": 1, "watch": 2, "info": 3}
    return tuple(sorted(found, key=lambda f: rank[f.severity]))


def relevant(findings: Iterable[Finding], measure_ids: Sequence[str]) -> tuple[Finding, ...]:
    """Leave out findings that touch none of a test's measures.

    Parameters
    ----------
    findings : iterable of Finding
    measure_ids : sequence of str
        Of the protocol.

    Returns
    -------
    tuple of Finding
        Findings without measures are about the whole clip and stay.
    """
    wanted = set(measure_ids)
    return tuple(f for f in findings if not f.measure_ids or wanted & set(f.measure_ids))


def check_view(scene: Scene, protocol: Protocol) -> tuple[Finding, ...]:
    """Tell where a test was filmed from a view that it is not read from.

    Parameters
    ----------
    scene : Scene
    protocol : Protocol
        The test that was chosen or recognised.

    Returns
    -------
    tuple of Finding
        None where the view is one of the test's, or is not sure.
    """
    if scene.view in protocol.views or "view" in scene.ambiguous:
        return ()
    wanted = " or ".join(_STANDS[View(v)] for v in protocol.views)
    return (finding("VIEW_WRONG", "watch", seen=_SEEN_FROM[scene.view], wanted=wanted),)


_SEEN_FROM: Final = {View.SIDE: "the side", View.REAR: "behind", View.FRONT: "the front"}
_STANDS: Final = {View.SIDE: "at the side", View.REAR: "behind you", View.FRONT: "in front of you"}


def check_steps(
    steps: Sequence[Step], settings: QualitySettings | None = None
) -> tuple[Finding, ...]:
    """Tell where a running clip holds few steps of a side.

    Parameters
    ----------
    steps : sequence of Step
    settings : QualitySettings, optional

    Returns
    -------
    tuple of Finding
    """
    settings = settings or QualitySettings()
    wanted = settings.steps_per_side
    counts = {side: sum(s.side == side for s in steps) for side in SIDES}
    return tuple(
        finding("FEW_STEPS", "watch", n=n, side=side, wanted=wanted)
        for side, n in counts.items()
        if 0 < n < wanted
    )


def check_distance(n_near: int, n_steps: int) -> tuple[Finding, ...]:
    """Tell how many steps were left out because the runner was far away."""
    if n_near == n_steps:
        return ()
    return (finding("FAR_STEPS", "info", far=n_steps - n_near, all=n_steps),)


def _length(clip: Clip, settings: QualitySettings) -> Iterator[Finding]:
    file_s = float(clip.file_time_s[-1]) if clip.n_frames else 0.0
    if file_s > settings.long_s:  # what has to be read, slow motion included
        yield finding("CLIP_LONG", "watch", minutes=file_s / 60.0)
    if 0 < clip.duration_s < settings.short_s:
        yield finding("CLIP_SHORT", "watch", seconds=clip.duration_s)


def _file(clip: Clip, settings: QualitySettings) -> Iterator[Finding]:
    if 0 < clip.fps < settings.low_fps:
        yield finding("FPS_TOO_LOW", "stop", MEASURES.needing("contact"), fps=clip.fps)
    elif 0 < clip.fps < settings.warn_fps:
        frame_ms = 1000.0 / clip.fps
        yield finding(
            "FPS_LOW", "watch", MEASURES.needing("contact"), fps=clip.fps, frame_ms=frame_ms
        )
    if clip.vfr:
        yield finding("VARIABLE_FRAME_RATE", "info")
    yield from _breaks(clip)
    if clip.rotation_deg:
        yield finding("VIDEO_ROTATED", "info", rotation=clip.rotation_deg)
    if clip.slow_motion_factor != 1.0:
        yield finding("SLOW_MOTION", "info", factor=clip.slow_motion_factor)
    if clip.mirrored:
        yield finding("MIRRORED", "info")


_BREAKS: Final = {
    "cut": "a cut",
    "frozen": "the picture stands still",
    "hole": "no pictures for a while",
}


def _breaks(clip: Clip) -> Iterator[Finding]:
    measured = [p for p in clip.parts if p.measured]
    if measured:
        why = ", ".join(dict.fromkeys(_BREAKS[p.reason] for p in clip.parts[1:]))
        part = measured[0]
        rest = sum(p.end_s - p.start_s for p in clip.parts if not p.measured)
        yield finding(
            "CLIP_BREAKS", "watch", why=why, start=part.start_s, end=part.end_s, rest=rest
        )
    if clip.n_repeated:
        yield finding("REPEATED_PICTURES", "watch", n=clip.n_repeated, fps=clip.fps)


def _scene(scene: Scene, settings: QualitySettings) -> Iterator[Finding]:
    yaw = abs(scene.yaw_deg) if scene.yaw_deg is not None else 0.0
    if yaw > settings.oblique_stop_deg:
        yield finding("VIEW_TOO_OBLIQUE", "stop", MEASURES.needing("square_on"), yaw=yaw)
    elif yaw > settings.oblique_watch_deg:
        yield finding("VIEW_OBLIQUE", "watch", MEASURES.needing("square_on"), yaw=yaw)
    if scene.view == View.FRONT and settings.turned_stop_deg < yaw <= settings.oblique_stop_deg:
        yield finding("TURNED_AWAY", "stop", MEASURES.needing("facing_camera"), yaw=yaw)
    if "view" in scene.ambiguous:
        yield finding("VIEW_UNSURE", "watch", what=", ".join(scene.ambiguous))
    elif "facing" in scene.ambiguous:
        yield finding("FACING_UNSURE", "watch")
    if "leg" in scene.ambiguous:
        yield finding("LEG_UNSURE", "watch")
    if abs(scene.roll_deg) > settings.tilt_info_deg:
        yield finding("CAMERA_TILTED", "info", roll=abs(scene.roll_deg), sd=scene.roll_sd_deg)


def _framing(stats: ClipStats, settings: QualitySettings) -> Iterator[Finding]:
    if stats.feet_cut_share > settings.cut_off_share:
        share = 100 * stats.feet_cut_share
        yield finding("FEET_CUT_OFF", "stop", MEASURES.needing("feet"), share=share)
    if stats.head_cut_share > settings.cut_off_share:
        yield finding("HEAD_CUT_OFF", "watch", share=100 * stats.head_cut_share)
    size = {"share": 100 * stats.body_share, "px": stats.body_px}
    if stats.body_share < settings.small_stop_share:
        yield finding("PERSON_TOO_SMALL", "stop", MEASURES.needing("body"), **size)
    elif stats.body_share < settings.small_watch_share:
        yield finding("PERSON_SMALL", "watch", MEASURES.needing("body"), **size)
    if stats.trunk_angle_deg > settings.upright_limit_deg:
        yield finding(
            "LYING_PICTURE", "stop", MEASURES.needing("body"), angle=stats.trunk_angle_deg
        )


def _light(stats: ClipStats, settings: QualitySettings) -> Iterator[Finding]:
    if stats.luma is not None and stats.luma < settings.dark_luma:
        yield finding("TOO_DARK", "watch", MEASURES.needing("contact"), luma=stats.luma)
    if stats.luma is not None and stats.luma > settings.bright_luma:
        yield finding("TOO_BRIGHT", "watch", luma=stats.luma)
    if stats.sharpness is not None and stats.sharpness < settings.blur_sharpness:
        yield finding("MOTION_BLUR", "watch", MEASURES.needing("contact"))
    if stats.shake_share is not None and stats.shake_share > settings.camera_moves_share:
        share = 100 * stats.shake_share
        yield finding("CAMERA_MOVES", "stop", MEASURES.needing("still_camera"), share=share)


def _legs(scene: Scene, stats: ClipStats, settings: QualitySettings) -> Iterator[Finding]:
    """Tell of something that stands before one leg; the far leg of a side view always is hidden."""
    hidden = {"left": stats.left_leg_hidden_share, "right": stats.right_leg_hidden_share}
    near = near_side(scene)
    for side in SIDES:
        if near not in (None, side) or hidden[side] <= settings.leg_hidden_share:
            continue
        if near is not None or hidden[other(side)] < settings.leg_seen_share:
            yield finding("LEG_HIDDEN", "watch", side=side, share=100 * hidden[side])


def _person(clip: Clip, stats: ClipStats, settings: QualitySettings) -> Iterator[Finding]:
    if stats.detection_rate < settings.detection_stop:
        share = 100 * stats.detection_rate
        yield finding("PERSON_LOST", "stop", MEASURES.needing("body"), share=share)
    elif stats.detection_rate < settings.detection_watch:
        yield finding("PERSON_LOST", "watch", share=100 * stats.detection_rate)
    if stats.two_people_share is not None and stats.two_people_share > settings.two_people_share:
        yield finding("TWO_PEOPLE", "watch", share=100 * stats.two_people_share)
    elif (stats.two_people_share or 0.0) > settings.passer_by_share:
        share = stats.two_people_share or 0.0
        yield finding("PASSER_BY", "info", share=100 * share, seconds=share * clip.duration_s)
    if stats.hips_hidden_share > settings.hidden_hips_share:
        share = 100 * stats.hips_hidden_share
        yield finding("HIPS_HIDDEN", "watch", MEASURES.needing("pelvis"), share=share)
    if stats.swap_share > settings.swap_share:
        share = 100 * stats.swap_share
        yield finding("LEGS_SWAPPED", "info", n=stats.n_swaps, share=share)
