"""A quick look at a clip, before the long work: what is seen, and what it can carry."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from formcheck.data import Channels, Clip, IntArray, PoseSequence, Scene
from formcheck.errors import FormcheckError
from formcheck.keypoints import BONES, INDEX, N_KEYPOINTS, View
from formcheck.pipeline.observe import part_asked_for
from formcheck.pose.mediapipe_tasks import MediaPipeBackend
from formcheck.quality import check_clip, check_view, clip_stats
from formcheck.registry import MEASURES, PROTOCOLS
from formcheck.render.draw import line
from formcheck.results import Finding
from formcheck.settings import AnalyzeOptions, Settings, UncertaintySettings
from formcheck.signals.prepare import Prepared
from formcheck.signals.repair import RepairLog
from formcheck.signals.scene import detect_scene
from formcheck.uncertainty import Blocks, reasons
from formcheck.video import open_clip, read_indices

Level = Literal["ok", "info", "warn", "stop"]
_LEVELS: Final[dict[str, Level]] = {"stop": "stop", "watch": "warn", "outside": "warn"}
N_LOOKS: Final = 12
"""Pictures looked at: with the light model about a second and a half of work."""
_BOX_RGB: Final = (77, 184, 255)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing that was looked at."""

    code: str
    level: Level
    text: str


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClipCheck:
    """What a quick look found.

    Attributes
    ----------
    poster_rgb : ndarray of uint8, shape (H, W, 3)
        A picture of the clip with a box around the person found.
    scene : Scene or None
        None where nobody was found.
    protocol_id : str or None
        The test it looks like, None where that takes the whole clip to tell.
    measurable : tuple of (id, title, can be measured, reason)
        Why not; or, of what can be measured, why it will be uncertain, if it will.
    """

    poster_rgb: NDArray[np.uint8]
    clip: Clip
    scene: Scene | None
    checks: tuple[Check, ...]
    protocol_id: str | None
    measurable: tuple[tuple[str, str, bool, str], ...]


def quick_check(
    path: Path, options: AnalyzeOptions, *, settings: Settings | None = None
) -> ClipCheck:
    """Look at a few pictures of a clip.

    Parameters
    ----------
    path : Path
    options : AnalyzeOptions
        What the user has said so far wins over what is detected.

    Raises
    ------
    FormcheckError
        If the file cannot be read at all.
    """
    settings = settings if settings is not None else Settings()
    clip = part_asked_for(
        open_clip(path, capture_fps=options.capture_fps, mirrored=options.mirrored), options
    )
    indices = np.unique(np.linspace(0, clip.n_frames - 1, N_LOOKS).round().astype(np.int64))
    pose, light, poster, n_people = _look(clip, indices, settings)
    seen = np.isfinite(pose.xy_px[:, 0, 0])
    if not seen.any():
        nobody = FormcheckError("NO_PERSON", "nobody was found in the pictures looked at")
        check = Check(code=nobody.code, level="stop", text=f"N{nobody.what[1:]}. {nobody.hint}")
        return ClipCheck(
            poster_rgb=poster,
            clip=clip,
            scene=None,
            checks=(check,),
            protocol_id=None,
            measurable=(),
        )
    nothing = RepairLog(swaps_repaired=0, collapsed_frames=0, frames_dropped=0, entries=())
    prepared = Prepared(raw=pose, pose=pose, log=nothing)
    scene = detect_scene(clip, prepared, np.empty((0, 5)), options, settings.signals)
    stats = clip_stats(clip, scene, pose, light, settings.quality)
    stats = replace(stats, two_people_share=float(np.mean(n_people[seen] > 1)))
    findings = check_clip(clip, scene, stats, settings.quality)
    if options.protocol != "auto":
        findings = (*check_view(scene, PROTOCOLS[options.protocol]), *findings)
    return ClipCheck(
        poster_rgb=poster,
        clip=clip,
        scene=scene,
        checks=_checks(clip, scene, findings),
        protocol_id=options.protocol if options.protocol != "auto" else None,
        measurable=_measurable(options, (clip, scene), findings, settings.uncertainty),
    )


def _look(
    clip: Clip, indices: IntArray, settings: Settings
) -> tuple[PoseSequence, Channels, NDArray[np.uint8], IntArray]:
    """Return landmarks and light of single pictures, a boxed one, and how many people in each."""
    n = int(indices.size)
    xy = np.full((n, N_KEYPOINTS, 2), np.nan)
    seen = np.zeros((n, N_KEYPOINTS))
    world = np.full((n, N_KEYPOINTS, 3), np.nan)
    luma = np.full(n, np.nan)
    n_people = np.zeros(n, np.int64)
    poster: NDArray[np.uint8] = np.zeros((clip.height_px, clip.width_px, 3), np.uint8)
    backend = MediaPipeBackend(model="lite", settings=settings.pose.track)
    backend.check()
    with backend.open(clip.fps) as session:
        for row, (_, rgb) in enumerate(read_indices(clip, [int(i) for i in indices])):
            luma[row] = float(rgb[::8, ::8].mean())
            people = session.look(rgb)
            n_people[row] = len(people)
            if people:
                person = max(people, key=lambda p: (p.box[2] - p.box[0]) * (p.box[3] - p.box[1]))
                xy[row], seen[row], world[row] = person.xy_px, person.visibility, person.world_m
            if row == n // 2 or (people and not poster.any()):
                poster = _poster(rgb, xy[row])
    times = clip.time_s[indices]
    pose = PoseSequence(time_s=times, xy_px=xy, confidence=seen, world_m=world)
    return pose, Channels(time_s=times, values={"luma_mean": luma}), poster, n_people


def _poster(rgb: NDArray[np.uint8], xy_px: NDArray[Any]) -> NDArray[np.uint8]:
    picture = np.ascontiguousarray(rgb)
    if np.isfinite(xy_px).any():
        margin = 0.03 * rgb.shape[0]
        x0, y0 = (np.nanmin(xy_px, axis=0) - margin).astype(int).tolist()
        x1, y1 = (np.nanmax(xy_px, axis=0) + margin).astype(int).tolist()
        width = max(2, rgb.shape[0] // 300)
        picture = picture.copy()
        for a, b in BONES:
            line(picture, xy_px[INDEX[a]], xy_px[INDEX[b]], max(2.0, rgb.shape[0] / 360))
        cv2.rectangle(picture, (x0, y0), (x1, y1), (0, 0, 0), 2 * width)
        cv2.rectangle(picture, (x0, y0), (x1, y1), _BOX_RGB, width)
    return picture


def _checks(clip: Clip, scene: Scene, findings: Sequence[Finding]) -> tuple[Check, ...]:
    facts = [
        Check(code="PERSON_FOUND", level="ok", text="We found somebody to follow."),
        Check(code="VIEW_SEEN", level="ok", text=f"Seen from: {_VIEW_WORDS[scene.view]}."),
        Check(
            code="FRAME_RATE",
            level="ok",
            text=f"{clip.fps:.0f} pictures a second, {clip.duration_s:.0f} seconds.",
        ),
    ]
    told = {f.code for f in findings}
    if told & {"FPS_TOO_LOW", "FPS_LOW"}:
        facts.pop()
    noticed = [
        Check(
            code=f.code,
            level=_LEVELS.get(f.severity, "info"),
            text=f"{f.message} {f.suggestion}".strip(),
        )
        for f in findings
    ]
    return (*noticed, *facts)


_VIEW_WORDS: Final = {View.SIDE: "the side", View.REAR: "behind", View.FRONT: "the front"}


def _measurable(
    options: AnalyzeOptions,
    filmed: tuple[Clip, Scene],
    findings: Sequence[Finding],
    settings: UncertaintySettings,
) -> tuple[tuple[str, str, bool, str], ...]:
    """Tell for each main measure of the test whether this clip can carry it, as a result would."""
    if options.protocol != "auto":
        wanted = PROTOCOLS[options.protocol].measures
        specs = [MEASURES[i] for i in wanted if MEASURES[i].core]
    else:
        specs = [m for m in MEASURES.values() if m.core]
    blocks, seen = Blocks.of(findings), reasons.Filmed(clip=filmed[0], scene=filmed[1])
    out = []
    for spec in specs:
        refused = reasons.refusal(spec, seen, settings, blocks.unavailable)
        grey = blocks.uncertain.get(spec.id, "")
        doubts = [*reasons.doubts(spec, seen, settings), *([grey] if grey else [])]
        out.append((spec.id, spec.title, not refused, refused or " ".join(doubts)))
    return tuple(out)
