"""Series of the validation set with measured movements: real strides on rendered bodies.

The splits share no body, no room, no seed, and nobody who was measured. It is a series of its own
because its files lie outside the project: without the folder its clips are skipped.
"""

from dataclasses import dataclass, replace

import numpy as np

from sample_videos.render.bodies import BODIES
from sample_videos.render.clip import ClipSpec
from sample_videos.render.measured.catalogue import SOURCES
from sample_videos.render.motion import MeasuredSpec
from sample_videos.render.validation_clips import cameras, darkened, person_colours, random_look
from sample_videos.render.validation_motions import Spread

SIZE_PX = (432, 768)
FIRST_ROOM, SEED = {"fit": 5000, "score": 6000}, {"fit": 41000, "score": 42000}
LEG_PER_HEIGHT, LEG_SPREAD = 0.479, 0.08
"""A movement is shown on bodies whose legs are at most so much longer or shorter."""
#: Hip to ankle of whom was measured, metres.
LEG_M = {"hamner02": 0.87, "hamner_multi": 0.89, "clinic_b": 0.905, "clinic_c": 0.85,
         "opencap4": 0.85}  # fmt: skip
CMU_LEG_M = 0.82
MAX_AZIMUTH_DEG = 6.0


@dataclass(frozen=True, slots=True)
class Part:
    """Part of a measured movement: its name, where it begins, how long a clip it gives."""

    take: str
    start_s: float
    seconds: float = 8.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Clips of one kind.

    Attributes
    ----------
    name, protocol, room : str
    kind : str
        Whose cameras, as in ``validation_clips.cameras``.
    parts : dict of str to tuple of Part
        Per split, taken in turn; at every second turn left and right are exchanged.
    n : dict of str to int
        Clips per split.
    views : tuple of str
        Taken in turn.
    fps : tuple of float
        Taken in turn.
    """

    name: str
    protocol: str
    kind: str
    parts: dict[str, tuple[Part, ...]]
    n: dict[str, int]
    views: tuple[str, ...]
    fps: tuple[float, ...] = (60.0, 60.0, 60.0, 30.0, 60.0, 60.0)
    room: str = "treadmill"


_BELT_RUNS = {
    "fit": (Part("run_s02", 0.7), Part("run_clinic_c", 0.7), Part("run_clinic_c", 8.6),
            Part("run_clinic_c", 15.8)),
    "score": (Part("run_clinic_b", 0.7), Part("run_2mps", 0.7), Part("run_clinic_b", 8.6),
              Part("run_3mps", 0.9), Part("run_clinic_b", 15.8), Part("run_cmu09", 0.6)),
}  # fmt: skip
_FAST = {
    "fit": (Part("run_s02", 3.0, 3.0), Part("run_clinic_c", 12.0, 3.0)),
    "score": (Part("run_3mps", 4.0, 3.0), Part("run_clinic_b", 12.0, 3.0)),
}
_AWAY = {
    "fit": (Part("run_clinic_c", 4.0, 5.0), Part("run_s02", 1.5, 5.0)),
    "score": (Part("run_2mps", 2.0, 5.0), Part("run_cmu09", 1.0, 5.0)),
}
_WALKS = {
    "fit": (Part("walk_cmu05", 0.2, 4.5),
            Part("walk_cmu07", 0.1, 2.4)),
    "score": (Part("walk_cmu06", 0.1, 3.8), Part("walk_cmu12", 0.1, 4.0)),
}  # fmt: skip
_BELT_WALKS = {
    "fit": (Part("belt_walk_cmu05", 0.7),),
    "score": (Part("belt_walk_cmu06", 0.7),),
}
_SQUATS = {
    "fit": (Part("mixed_cmu13", 12.2, 4.4),),
    "score": (Part("squat_lab", 0.1), Part("squat_lab_uneven", 0.1), Part("stand_lab", 0.1),
              Part("stand_lab_uneven", 0.1)),
}  # fmt: skip
_JUMPS = {
    "fit": (Part("jump_cmu13_a", 0.1, 2.7), Part("jump_cmu13_b", 0.1, 2.8),
            Part("jump_cmu13_c", 0.1, 3.0)),
    "score": (Part("jump_cmu02", 0.1, 3.7),),
}  # fmt: skip

BATCHES = (
    Batch(
        name="run_side", protocol="treadmill_run", kind="side", parts=_BELT_RUNS,
        n={"fit": 11, "score": 12}, views=("left", "right"),
    ),
    Batch(
        name="run_rear", protocol="treadmill_run", kind="rear", parts=_BELT_RUNS,
        n={"fit": 8, "score": 9}, views=("rear",),
    ),
    Batch(
        name="run_front", protocol="treadmill_run", kind="rear", parts=_BELT_RUNS,
        n={"fit": 3, "score": 3}, views=("front",),
    ),
    Batch(
        name="run_fast", protocol="treadmill_run", kind="side", parts=_FAST,
        n={"fit": 2, "score": 2}, views=("left", "right"), fps=(120.0,),
    ),
    Batch(
        name="run_away", protocol="hallway_run", kind="hallway", parts=_AWAY,
        n={"fit": 3, "score": 3}, views=("rear",), room="hallway",
    ),
    Batch(
        name="walk_away", protocol="walk", kind="hallway", parts=_WALKS,
        n={"fit": 3, "score": 2}, views=("rear",), room="hallway",
    ),
    Batch(
        name="walk_belt", protocol="walk", kind="walk", parts=_BELT_WALKS,
        n={"fit": 2, "score": 2}, views=("left", "right"),
    ),
    Batch(
        name="squat", protocol="double_squat", kind="squat", parts=_SQUATS,
        n={"fit": 2, "score": 6}, views=("front", "left", "right"), fps=(30.0, 30.0, 60.0),
        room="floor",
    ),
    Batch(
        name="jump", protocol="hop_landing", kind="landing", parts=_JUMPS,
        n={"fit": 6, "score": 2}, views=("left", "front", "right"), fps=(60.0,), room="floor",
    ),
)  # fmt: skip


def leg_m(take: str) -> float:
    """Length of the legs behind a movement."""
    return LEG_M.get(SOURCES[take].person, CMU_LEG_M)


def _cast(split: str, take: str, rng: np.random.Generator, used: dict[str, int]) -> str:
    """Choose a body with legs like the measured ones, of those shown least so far."""
    people = ("_", "2_", "3_")  # not those in clothes for stickers, who are others' twins
    fitting = [
        name
        for name, body in BODIES.items()
        if name.startswith(tuple(split + x for x in people))
        and abs(LEG_PER_HEIGHT * body.height_m / leg_m(take) - 1) < LEG_SPREAD
    ]
    least = min(used.get(name, 0) for name in fitting)
    fresh = [name for name in fitting if used.get(name, 0) == least]
    name = fresh[int(rng.integers(len(fresh)))]
    used[name] = least + 1
    return name


def _timing(fps: float) -> dict[str, float | int]:
    exposure_s = {30.0: 0.008, 60.0: 0.004}.get(fps, 0.003)
    return {"fps": fps, "exposure_s": exposure_s, "subframes": 2 if fps < 45 else 1}


def _clips(split: str, batch: Batch, offset: int, used: dict[str, int]) -> list[ClipSpec]:
    n, seed, parts = batch.n[split], SEED[split] + offset, batch.parts[split]
    rng = np.random.default_rng(seed)
    s = Spread(rng, n)
    dealt = [parts[i % len(parts)] for i in range(n)]
    cast = [_cast(split, part.take, rng, used) for part in dealt]
    placed = cameras(s, batch.kind, [BODIES[p].height_m for p in cast])
    azimuth, dark = s(-MAX_AZIMUTH_DEG, MAX_AZIMUTH_DEG), s.chance(0.1)
    out = []
    for i, part in enumerate(dealt):
        turn = i // len(parts)
        camera = replace(placed[i], view=batch.views[(i + turn) % len(batch.views)])
        if batch.room != "hallway":
            camera = replace(camera, azimuth_deg=azimuth[i])
        motion = MeasuredSpec(
            seed=seed + i, take=part.take, start_s=part.start_s, length_s=part.seconds,
            mirror=turn % 2 == 1, on_belt=batch.room == "treadmill",
            fist=0.6 if SOURCES[part.take].kind == "run" else 0.35,
        )  # fmt: skip
        spec = ClipSpec(
            name=f"{split}_measured_{batch.name}_{i + 1:02d}", protocol=batch.protocol,
            body=cast[i], motion=motion, camera=camera,
            look=random_look(rng, FIRST_ROOM[split] + offset + i, *person_colours(cast[i])),
            room=batch.room, split=split, width_px=SIZE_PX[0], height_px=SIZE_PX[1], crf=21,
            encoder_preset="veryfast", antialias=False, seed=seed + i, duration_s=part.seconds,
            **_timing(batch.fps[i % len(batch.fps)]),  # type: ignore[arg-type]
        )  # fmt: skip
        out.append(darkened(spec) if dark[i] else spec)
    return out


def measured_split(split: str) -> tuple[ClipSpec, ...]:
    """Return the clips of a split, mixed so that every beginning covers the kinds.

    Parameters
    ----------
    split : {'fit', 'score'}
        Which one.
    """
    used: dict[str, int] = {}
    placed: list[tuple[float, ClipSpec]] = []
    for k, batch in enumerate(BATCHES):
        clips = _clips(split, batch, 20 * k, used)
        placed += [((i + 0.3 + 0.05 * k) / len(clips), clip) for i, clip in enumerate(clips)]
    return tuple(clip for _, clip in sorted(placed, key=lambda x: x[0]))
