"""First half of an analysis: from the file to the runner's landmarks and pixel channels.

Everything after this works on arrays, so that an edit is answered at once from what is stored.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from formcheck.data import Channels, Clip, FloatArray, PoseSequence, readonly
from formcheck.errors import FormcheckError
from formcheck.pixels import PassControl, PixelPass, run_pass
from formcheck.pixels.cache import load_pass, save_pass, with_change
from formcheck.pixels.parts import longest_part
from formcheck.pose.mediapipe_tasks import MediaPipeBackend
from formcheck.pose.persons import Runner, people
from formcheck.progress import CancelCheck, OnProgress, silent
from formcheck.settings import AnalyzeOptions, Settings
from formcheck.store.landmarks import Context, Landmarks, OtherPerson
from formcheck.surface import ChannelProbe, HeadProbe, StickerProbe, StripProbe
from formcheck.video import open_clip


def probes_of(settings: Settings) -> tuple[ChannelProbe, ...]:
    """Return what is read in the pixels beside the landmarks."""
    return (
        StripProbe(settings.surface),
        HeadProbe(settings.head, settings.surface),
        StickerProbe(settings.stickers),
    )


_PERSON_FACTS: Final = ("detection_rate", "other_person_share", "rejected_frames")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Observed:
    """What the pixels gave.

    Attributes
    ----------
    landmarks : PoseSequence
        The chosen person, as the model saw them: one row per frame, nothing repaired.
    edges_px : ndarray of float, shape (E, 5)
        Straight edges of the room, for the camera's roll.
    others : tuple of OtherPerson
        Who else was in the clip.
    second_look : PoseSequence or None
        The person, found again in chosen pictures (:mod:`formcheck.pipeline.look_again`).
    """

    clip: Clip
    landmarks: PoseSequence
    channels: Channels
    edges_px: FloatArray
    person: Runner
    model: str
    model_sha256: str
    others: tuple[OtherPerson, ...] = ()
    second_look: PoseSequence | None = None


def context_of(observed: Observed, options: AnalyzeOptions) -> Context:
    """Return what the landmarks file keeps beside the landmarks."""
    return Context(
        options_json=options.model_dump_json(),
        edges_px=observed.edges_px,
        model=observed.model,
        model_sha256=observed.model_sha256,
        person={name: getattr(observed.person, name) for name in _PERSON_FACTS},
        others=observed.others,
        second_look=observed.second_look,
    )


def observed_again(stored: Landmarks) -> Observed:
    """Return what :func:`observe` gave, from a landmarks file.

    Raises
    ------
    FormcheckError
        RESULT_UNREADABLE if the file holds too little to measure again.
    """
    context = stored.context
    if context is None:
        what = "this result was made by an older formcheck and cannot be edited"
        code = "RESULT_UNREADABLE"
        raise FormcheckError(code, what)
    facts = {**context.person, "rejected_frames": int(context.person["rejected_frames"])}
    seen = np.where(np.isfinite(stored.pose.xy_px).any(axis=(1, 2)), 0, -1)
    return Observed(
        clip=stored.clip,
        landmarks=stored.pose,
        channels=stored.channels,
        edges_px=context.edges_px,
        person=Runner(raw=stored.pose, rows=seen.astype(np.int64), **facts),  # type: ignore[arg-type]
        model=context.model,
        model_sha256=context.model_sha256,
        others=context.others,
        second_look=context.second_look,
    )


def observe(  # noqa: PLR0913 (how, and who is told)
    path: Path,
    options: AnalyzeOptions,
    settings: Settings,
    *,
    on_progress: OnProgress = silent,
    cancel: CancelCheck | None = None,
    cache_dir: Path | None = None,
    meanwhile: Callable[[], None] | None = None,
) -> Observed:
    """Decode the clip once and return the runner's landmarks and channels.

    Parameters
    ----------
    cache_dir : Path, optional
        Where passes are kept by content, model and settings (validation runs only).
    meanwhile : callable, optional
        Called beside the workers, in a thread of its own; over when this returns.

    Raises
    ------
    FormcheckError
        For files that cannot be read and clips without a person.
    """
    on_progress("Reading", 0, 1)
    clip = part_asked_for(
        open_clip(
            path,
            capture_fps=options.capture_fps,
            mirrored=options.mirrored,
            settings=settings.video,
        ),
        options,
    )
    on_progress("Reading", 1, 1)
    backend = MediaPipeBackend(model=options.model, settings=settings.pose.track)
    control = PassControl(
        workers=options.workers,
        on_progress=lambda _stage, done, total: on_progress("Finding you", done, total),
        is_cancelled=cancel or (lambda: False),
        meanwhile=meanwhile,
    )
    probes = probes_of(settings)
    chosen = (options.start_s, options.end_s)
    part = () if chosen == (None, None) else (repr(chosen),)
    pixels = _pass(clip, backend, settings, control, cache_dir, part)
    clip, pixels = longest_part(clip, pixels)
    person, *others = people(pixels.seen, clip, settings.pose.person)
    if not (person.rows >= 0).any():
        what = f"nobody was found in {clip.path.name}"
        raise FormcheckError("NO_PERSON", what)
    return Observed(
        clip=clip,
        landmarks=person.raw,
        channels=_channels(pixels, person, clip, probes),
        edges_px=pixels.edges_px,
        person=person,
        model=backend.model,
        model_sha256=backend.model_sha256,
        others=tuple(
            OtherPerson(pose=o.raw, channels=_channels(pixels, o, clip, probes)) for o in others
        ),
    )


def part_asked_for(clip: Clip, options: AnalyzeOptions) -> Clip:
    """Return the part of a clip that the user chose, the whole of it without a choice.

    Raises
    ------
    FormcheckError
        CLIP_TOO_SHORT if the clip has not two pictures there.
    """
    start_s = options.start_s or 0.0
    end_s = np.inf if options.end_s is None else options.end_s
    if start_s == 0.0 and end_s == np.inf:
        return clip
    rows = np.flatnonzero((clip.time_s >= start_s) & (clip.time_s <= end_s))
    if rows.size < 2:
        what = f"{clip.path.name} lasts {clip.duration_s:.1f} s: nothing lies in the part chosen"
        raise FormcheckError("CLIP_TOO_SHORT", what, "Choose another part with --start and --end.")
    return clip.only(rows)


def _channels(
    pixels: PixelPass, person: Runner, clip: Clip, probes: tuple[ChannelProbe, ...]
) -> Channels:
    """Return a person's channels, those of probes that skip frames made whole."""
    given = pixels.channels_of(person.rows, clip.time_s)
    values = dict(given.values)
    for probe in probes:
        whole = probe.whole(clip.time_s, {name: values[name] for name in probe.names})
        values |= {name: readonly(v) for name, v in whole.items()}
    return Channels(time_s=given.time_s, values=values)


def _pass(
    clip: Clip,
    backend: MediaPipeBackend,
    settings: Settings,
    control: PassControl,
    cache_dir: Path | None,
    part: tuple[str, ...],
) -> PixelPass:
    probes = probes_of(settings)
    if cache_dir is None:
        return run_pass(clip, backend, probes, settings.pose.pixel_pass, control)
    signatures = (f"{probe.id}:{probe.signature}" for probe in probes)
    words = "|".join(
        (clip.sha256, *part, backend.model_sha256, settings.pose.model_dump_json(), *signatures)
    )
    path = cache_dir / f"{hashlib.sha256(words.encode()).hexdigest()[:24]}.npz"
    if path.exists():
        return with_change(load_pass(path), clip, settings.pose.pixel_pass, path)
    done = run_pass(clip, backend, probes, settings.pose.pixel_pass, control)
    cache_dir.mkdir(parents=True, exist_ok=True)
    save_pass(done, path)
    return done
