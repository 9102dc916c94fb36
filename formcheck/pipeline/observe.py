"""First half of an analysis: from the file to the runner's landmarks and pixel channels.

Everything after this works on arrays, so that an edit is answered at once from what is stored.
"""

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from formcheck.data import Channels, Clip, FloatArray, PoseSequence
from formcheck.errors import FormcheckError
from formcheck.pipeline.progress import CancelCheck, OnProgress, silent
from formcheck.pixels import PassControl, PixelPass, run_pass
from formcheck.pixels.cache import load_pass, save_pass
from formcheck.pose.mediapipe_tasks import MediaPipeBackend
from formcheck.pose.persons import Runner, choose_runner
from formcheck.settings import AnalyzeOptions, Settings
from formcheck.surface import ChannelProbe, StripProbe
from formcheck.video import open_clip

PROBES: Final[tuple[ChannelProbe, ...]] = (StripProbe(),)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Observed:
    """What the pixels gave.

    Attributes
    ----------
    landmarks : PoseSequence
        The chosen person, as the model saw them: one row per frame, nothing repaired.
    edges_px : ndarray of float, shape (E, 5)
        Straight edges of the room, for the camera's roll.
    """

    clip: Clip
    landmarks: PoseSequence
    channels: Channels
    edges_px: FloatArray
    person: Runner
    model: str
    model_sha256: str


def observe(
    path: Path,
    options: AnalyzeOptions,
    settings: Settings,
    *,
    on_progress: OnProgress = silent,
    cancel: CancelCheck | None = None,
    cache_dir: Path | None = None,
) -> Observed:
    """Decode the clip once and return the runner's landmarks and channels.

    Parameters
    ----------
    cache_dir : Path, optional
        Where passes are kept by content, model and settings (validation runs only).

    Raises
    ------
    FormcheckError
        For files that cannot be read and clips without a person.
    """
    on_progress("Reading", 0, 1)
    clip = open_clip(path, capture_fps=options.capture_fps, mirrored=options.mirrored)
    on_progress("Reading", 1, 1)
    backend = MediaPipeBackend(model=options.model, settings=settings.pose.track)
    control = PassControl(
        workers=options.workers,
        on_progress=lambda _stage, done, total: on_progress("Finding you", done, total),
        is_cancelled=cancel or (lambda: False),
    )
    pixels = _pass(clip, backend, settings, control, cache_dir)
    person = choose_runner(pixels.seen, clip, settings.pose.person)
    if not (person.rows >= 0).any():
        what = f"nobody was found in {clip.path.name}"
        raise FormcheckError("NO_PERSON", what)
    return Observed(
        clip=clip,
        landmarks=person.raw,
        channels=pixels.channels_of(person.rows, clip.time_s),
        edges_px=pixels.edges_px,
        person=person,
        model=backend.model,
        model_sha256=backend.model_sha256,
    )


def _pass(
    clip: Clip,
    backend: MediaPipeBackend,
    settings: Settings,
    control: PassControl,
    cache_dir: Path | None,
) -> PixelPass:
    if cache_dir is None:
        return run_pass(clip, backend, PROBES, settings.pose.pixel_pass, control)
    signatures = (f"{probe.id}:{probe.signature}" for probe in PROBES)
    words = "|".join(
        (clip.sha256, backend.model_sha256, settings.pose.model_dump_json(), *signatures)
    )
    path = cache_dir / f"{hashlib.sha256(words.encode()).hexdigest()[:24]}.npz"
    if path.exists():
        return load_pass(path)
    done = run_pass(clip, backend, PROBES, settings.pose.pixel_pass, control)
    cache_dir.mkdir(parents=True, exist_ok=True)
    save_pass(done, path)
    return done
