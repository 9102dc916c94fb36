"""Later series of the validation set: enough values to judge each interval.

The first series has few squats and landings, and clips of a few steps. The second adds squats of
three repetitions within 5 degrees of square, landings from stiff to soft, long runs, 120 frames a
second and postpartum kinematics, half of it with people whom nothing else shows. The third shows
only people, rooms and seeds of its own, in clips of eight steps a side and more. The fourth shows
people of the third with two stickers on the waistband.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from sample_videos.render.bodies import BODIES
from sample_videos.render.clip import ClipSpec
from sample_videos.render.motion import JumpSpec, RunSpec, SquatSpec
from sample_videos.render.scene.looks import Colour
from sample_videos.render.validation_clips import cameras, darkened, person_colours, random_look
from sample_videos.render.validation_motions import MOTIONS, Spread, postpartum

SIZE_PX = (432, 768)
MAX_AZIMUTH_DEG = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Clips of one kind, alike in length and frame rate.

    Attributes
    ----------
    name : str
        Part of the clips' names.
    kind : str
        Whose motions and cameras: a key of ``MOTIONS``.
    n : mapping of str to int
        Clips per split.
    views : tuple of str
        Taken in turn.
    fps : tuple of float
        Taken in turn.
    change : callable, optional
        Last changes of a motion: (motion, number of the clip) to motion.
    dark_share : float
        Share of the clips shot in a dim room.
    stickers : bool
        Two stickers on the waistband, in colours that stand out from the clothes.
    """

    name: str
    kind: str
    protocol: str
    n: dict[str, int]
    views: tuple[str, ...]
    fps: tuple[float, ...]
    duration_s: float
    room: str = "treadmill"
    change: Callable[..., object] | None = None
    dark_share: float = 0.1
    stickers: bool = False


def _longer_squat(motion: SquatSpec, _number: int) -> SquatSpec:
    return replace(motion, reps=3, rep_s=round(motion.rep_s * 0.9, 3))


def _two_landings(motion: JumpSpec, _number: int) -> JumpSpec:
    return replace(motion, period_s=2.0)


def _after_birth(motion: RunSpec, number: int) -> RunSpec:
    return replace(postpartum(motion, (0.6, 1.0)[number % 2]), end_s=12.0)


def _long(motion: RunSpec, _number: int) -> RunSpec:
    return replace(motion, end_s=12.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Batches that share their people, rooms and seeds.

    Attributes
    ----------
    batches : tuple of Batch
    fresh : str
        Names of people whom no other series shows begin with the split and this.
    known : bool
        Whether people of the first series are dealt in between.
    first_room, seed : dict of str to int
        Per split.
    """

    batches: tuple[Batch, ...]
    fresh: str
    known: bool
    first_room: dict[str, int]
    seed: dict[str, int]


_SECOND = (
    Batch(
        name="squat3", kind="squat", protocol="single_leg_squat", n={"fit": 8, "score": 14},
        views=("front",), fps=(30.0, 30.0, 30.0, 30.0, 60.0), duration_s=8.1, room="floor",
        change=_longer_squat,
    ),
    Batch(
        name="land2", kind="landing", protocol="hop_landing", n={"fit": 4, "score": 7},
        views=("left", "right"), fps=(60.0,), duration_s=4.2, room="floor", change=_two_landings,
    ),
    Batch(
        name="long_side", kind="side", protocol="treadmill_run", n={"fit": 2, "score": 4},
        views=("left", "right"), fps=(60.0,), duration_s=6.5, change=_long,
    ),
    Batch(
        name="long_rear", kind="rear", protocol="treadmill_run", n={"fit": 2, "score": 3},
        views=("rear",), fps=(60.0,), duration_s=6.5, change=_long,
    ),
    Batch(
        name="fast", kind="side", protocol="treadmill_run", n={"fit": 1, "score": 2},
        views=("left", "right"), fps=(120.0,), duration_s=2.6, change=_long,
    ),
    Batch(
        name="postpartum", kind="rear", protocol="treadmill_run", n={"fit": 1, "score": 3},
        views=("left", "rear", "right"), fps=(60.0,), duration_s=6.5, change=_after_birth,
    ),
)  # fmt: skip


_THIRD = (
    Batch(
        name="rear3", kind="rear", protocol="treadmill_run", n={"fit": 15, "score": 13},
        views=("rear",), fps=(60.0, 60.0, 60.0, 60.0, 30.0), duration_s=6.2, change=_long,
    ),
    Batch(
        name="side3", kind="side", protocol="treadmill_run", n={"fit": 14, "score": 12},
        views=("left", "right"), fps=(60.0,), duration_s=5.2, change=_long,
    ),
    Batch(
        name="fast3", kind="side", protocol="treadmill_run", n={"fit": 6, "score": 5},
        views=("left", "right"), fps=(120.0,), duration_s=3.0, change=_long,
    ),
    Batch(
        name="squat4", kind="squat", protocol="single_leg_squat", n={"fit": 10, "score": 8},
        views=("front",), fps=(30.0, 30.0, 30.0, 30.0, 60.0), duration_s=8.1, room="floor",
        change=_longer_squat,
    ),
    Batch(
        name="land3", kind="landing", protocol="hop_landing", n={"fit": 9, "score": 7},
        views=("left", "right"), fps=(60.0,), duration_s=4.2, room="floor", change=_two_landings,
    ),
)  # fmt: skip

_FOURTH = (
    Batch(
        name="sticker", kind="rear", protocol="treadmill_run", n={"fit": 5, "score": 8},
        views=("rear",), fps=(60.0,), duration_s=5.0, change=_long, dark_share=0.15, stickers=True,
    ),
    Batch(
        name="sticker30", kind="rear", protocol="treadmill_run", n={"fit": 2, "score": 2},
        views=("rear",), fps=(30.0,), duration_s=5.0, change=_long, stickers=True,
    ),
)  # fmt: skip
#: Of office stickers and tape.
STICKERS: tuple[Colour, ...] = (
    (0.95, 0.95, 0.93), (0.95, 0.85, 0.10), (0.25, 0.85, 0.25), (0.95, 0.30, 0.60),
    (0.10, 0.75, 0.90),
)  # fmt: skip

SECOND = Series(
    batches=_SECOND, fresh="2_", known=True,
    first_room={"fit": 200, "score": 400}, seed={"fit": 11000, "score": 12000},
)  # fmt: skip
THIRD = Series(
    batches=_THIRD, fresh="3_", known=False,
    first_room={"fit": 1000, "score": 2000}, seed={"fit": 21000, "score": 22000},
)  # fmt: skip
FOURTH = Series(
    batches=_FOURTH, fresh="4_", known=False,
    first_room={"fit": 3000, "score": 4000}, seed={"fit": 31000, "score": 32000},
)  # fmt: skip


def _cast(split: str, series: Series, rng: np.random.Generator, n: int) -> list[str]:
    """Deal new and known people out in turn, new ones first."""
    fresh = [name for name in BODIES if name.startswith(split + series.fresh)]
    known = [name for name in BODIES if name.startswith(split + "_")]
    dealt = [list(rng.permutation(fresh))]
    if series.known:
        dealt.append(list(rng.permutation(known)))
    k = len(dealt)
    return [str(dealt[i % k][(i // k) % len(dealt[i % k])]) for i in range(n)]


def _timing(fps: float) -> dict[str, float | int]:
    exposure_s = {30.0: 0.008, 60.0: 0.004}.get(fps, 0.003)
    return {"fps": fps, "exposure_s": exposure_s, "subframes": 2 if fps < 45 else 1}


def _clips(split: str, series: Series, batch: Batch, offset: int) -> list[ClipSpec]:
    n, seed = batch.n[split], series.seed[split] + offset
    rng = np.random.default_rng(seed)
    s = Spread(rng, n)
    cast = _cast(split, series, rng, n)
    motions = MOTIONS[batch.kind](s, seed)
    placed = cameras(s, batch.kind, [BODIES[p].height_m for p in cast])
    azimuth, dark = s(-MAX_AZIMUTH_DEG, MAX_AZIMUTH_DEG), s.chance(batch.dark_share)
    out = []
    for i in range(n):
        camera = replace(placed[i], view=batch.views[i % len(batch.views)], azimuth_deg=azimuth[i])
        room = series.first_room[split] + offset + i
        spec = ClipSpec(
            name=f"{split}_{batch.name}_{i + 1:02d}", protocol=batch.protocol, body=cast[i],
            motion=batch.change(motions[i], i) if batch.change else motions[i],  # type: ignore[arg-type]
            camera=camera, look=random_look(rng, room, *person_colours(cast[i])),
            room=batch.room, split=split, width_px=SIZE_PX[0], height_px=SIZE_PX[1], crf=21,
            encoder_preset="veryfast", antialias=False, seed=seed + i,
            duration_s=batch.duration_s, **_timing(batch.fps[i % len(batch.fps)]),  # type: ignore[arg-type]
        )  # fmt: skip
        if batch.stickers:
            colour = STICKERS[i % len(STICKERS)]
            spec = replace(spec, look=replace(spec.look, stickers=colour))
        out.append(darkened(spec) if dark[i] else spec)
    return out


def clips_of(series: Series, split: str) -> tuple[ClipSpec, ...]:
    """Return the clips of a series, mixed so that every beginning covers the kinds.

    Parameters
    ----------
    series : Series
        ``SECOND``, ``THIRD`` or ``FOURTH``.
    split : {'fit', 'score'}
        Which one.
    """
    placed: list[tuple[float, ClipSpec]] = []
    for k, batch in enumerate(series.batches):
        n = batch.n[split]
        clips = _clips(split, series, batch, 20 * k)
        placed += [((i + 0.3 + 0.05 * k) / n, clip) for i, clip in enumerate(clips)]
    return tuple(clip for _, clip in sorted(placed, key=lambda x: x[0]))
