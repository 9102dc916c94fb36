"""Seeded validation set: clips to calibrate on (``fit``) and others to score on (``score``).

The two splits share no person and no seed. Some rooms of the first series occur in both; those of
the later ones do not.

Every measured quantity is spread over its plausible range by stratified sampling, independently of
the others, so that a method that follows only the average person is found out.
"""

from dataclasses import replace
from functools import cache

import numpy as np

from sample_videos.render.bodies import BODIES
from sample_videos.render.clip import ClipSpec
from sample_videos.render.meshes import FloatArray
from sample_videos.render.motion import RunSpec
from sample_videos.render.validation_clips import (
    HALLWAYS,
    cameras,
    darkened,
    passer_by,
    people,
    person_colours,
    random_look,
    timing,
)
from sample_videos.render.validation_more import FOURTH, SECOND, THIRD, clips_of
from sample_videos.render.validation_motions import MOTIONS, Spread

FIRST_ROOM = {"fit": 10, "score": 60}
SEEDS = {"fit": 1000, "score": 2000}
COUNTS = {
    "rear": 14,
    "side": 10,
    "squat": 7,
    "landing": 3,
    "hop": 1,
    "walk": 1,
    "hallway": 1,
    "toward": 1,
    "passed": 2,
}
SIZE_PX = (432, 768)
PROTOCOL = {
    "rear": "treadmill_run", "side": "treadmill_run", "squat": "single_leg_squat",
    "landing": "hop_landing", "hop": "hop_landing", "walk": "walk", "hallway": "hallway_run",
    "toward": "hallway_run", "passed": "treadmill_run",
}  # fmt: skip


def _clips(split: str, kind: str, offset: int) -> list[ClipSpec]:
    n, seed = COUNTS[kind], SEEDS[split] + offset
    rng = np.random.default_rng(seed)
    s = Spread(rng, n)
    cast = people(split, rng, n)
    motions = MOTIONS[kind](s, seed)
    placed = cameras(s, kind, [BODIES[p].height_m for p in cast])
    dark, uneven = s.chance(0.12), s.chance(0.12)
    out = []
    for i in range(n):
        on_belt = kind in ("rear", "side", "walk", "passed")
        room = "hallway" if kind in HALLWAYS else "treadmill" if on_belt else "floor"
        spec = ClipSpec(
            name=f"{split}_{kind}_{i + 1:02d}", protocol=PROTOCOL[kind], body=cast[i],
            motion=motions[i], camera=placed[i],
            look=random_look(
                rng, FIRST_ROOM[split] + offset // 10 + i, *person_colours(cast[i])
            ),
            room=room, split=split, width_px=SIZE_PX[0], height_px=SIZE_PX[1], crf=21,
            encoder_preset="veryfast", antialias=False,
            drop_share=0.08 if uneven[i] else 0.0, seed=seed + i,
            **timing(kind, i, n),
        )  # fmt: skip
        if kind == "passed":
            spec = replace(spec, passer=passer_by(split, cast[i], placed[i].view, rng))
        out.append(darkened(spec) if dark[i] else spec)
    return out


def _smoke() -> list[ClipSpec]:
    picks = (("fit", "rear"), ("fit", "side"), ("fit", "squat"))
    out = []
    for split, kind in picks:
        spec = next(s for s in split_named(split) if f"_{kind}_" in s.name)
        out.append(
            replace(spec, name=f"smoke_{kind}", split="smoke", width_px=360, height_px=640,
                    duration_s=3.1 if kind == "squat" else 2.0, drop_share=0.0)
        )  # fmt: skip
    return out


@cache
def split_named(split: str) -> tuple[ClipSpec, ...]:
    """All clips of a split: four series, each mixed so that every beginning covers the kinds.

    Parameters
    ----------
    split : {'fit', 'score', 'smoke'}
        Which one.
    """
    if split == "smoke":
        return tuple(_smoke())
    placed: list[tuple[float, ClipSpec]] = []
    for k, (kind, n) in enumerate(COUNTS.items()):
        clips = _clips(split, kind, 100 * k)
        placed += [((i + 0.3 + 0.05 * k) / n, clip) for i, clip in enumerate(clips)]
    first = tuple(clip for _, clip in sorted(placed, key=lambda x: x[0]))
    return first + tuple(c for series in (SECOND, THIRD, FOURTH) for c in clips_of(series, split))


def ranges(specs: tuple[ClipSpec, ...]) -> dict[str, FloatArray]:
    """Asked pelvic drop per side of the runs: a quick look at the coverage."""
    drops = [s.motion.pelvic_drop_deg for s in specs if isinstance(s.motion, RunSpec)]
    return {"pelvic_drop_deg": np.array(drops)}
