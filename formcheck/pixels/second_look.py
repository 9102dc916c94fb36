"""Chosen pictures of a clip looked at again, with the larger model and in the mirror.

The workers of the pass do it too, each a part of the pictures.
"""

import itertools
from collections.abc import Sequence
from typing import Final

import numpy as np

from formcheck.data import Clip, FloatArray, PoseSequence
from formcheck.pixels.crew import run_crew
from formcheck.pixels.run import PassControl
from formcheck.pixels.segments import Segment
from formcheck.pixels.twice import LookPlan
from formcheck.pose.mediapipe_tasks import MediaPipeBackend
from formcheck.settings.pose import TrackSettings
from formcheck.workers import usable_cores

MODEL: Final = "heavy"


def look_twice(
    clip: Clip,
    pose: PoseSequence,
    times_s: Sequence[float],
    settings: TrackSettings,
    control: PassControl,
) -> PoseSequence:
    """Find one person again in chosen pictures, with the larger model.

    Parameters
    ----------
    clip : Clip
    pose : PoseSequence
        Where the person was found before: one row per frame of the clip.
    times_s : sequence of float
        The pictures nearest to these are looked at.
    settings : TrackSettings
    control : PassControl

    Returns
    -------
    PoseSequence
        One row per picture in which the person was found both ways, in order of time.

    Raises
    ------
    FormcheckError
        As `run_pass`.
    """
    frames = sorted({int(np.argmin(np.abs(clip.time_s - t))) for t in times_s})
    # the person asked for and one more: the tallest may be somebody else
    backend = MediaPipeBackend(model=MODEL, settings=settings.model_copy(update={"max_people": 2}))
    backend.check()
    plan = LookPlan(clip=clip, backend=backend, frames=tuple(frames), known_px=pose.xy_px[frames])
    n_workers = max(1, min(control.workers or usable_cores(), len(frames)))
    cuts = np.linspace(0, len(frames), n_workers + 1).round().astype(int).tolist()
    parts = [Segment(a, b, a, a) for a, b in itertools.pairwise(cuts) if b > a]
    done = 0

    def tick(n: int) -> None:
        nonlocal done
        done += n
        control.on_progress("pixels", done, len(frames))

    found = sorted(
        run_crew(plan, parts, n_workers, tick, control.is_cancelled), key=lambda r: r.start
    )

    def joined(name: str) -> FloatArray:
        return np.concatenate([getattr(r, name) for r in found]).astype(np.float64)

    rows = np.concatenate([r.frame for r in found])
    return PoseSequence(
        time_s=clip.time_s[rows],
        xy_px=joined("xy_px"),
        confidence=joined("visibility"),
        world_m=joined("world_m"),
        history=(f"{MODEL} on chosen pictures, mean with the mirrored picture",),
    )
