"""Seeded validation set: clips to calibrate on (``fit``) and others to score on (``score``).

The two splits share no person, seed or room.

Every measured quantity is spread over its plausible range by stratified sampling, independently of
the others, so that a method that follows only the average person is found out.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from sample_videos.render.bodies import BODIES
from sample_videos.render.camera import CameraSpec
from sample_videos.render.clip import ClipSpec, PasserSpec
from sample_videos.render.meshes import FloatArray
from sample_videos.render.motion import (
    HopSpec,
    JumpSpec,
    MotionSpec,
    RunSpec,
    SquatSpec,
    WalkSpec,
)
from sample_videos.render.rotations import DEG
from sample_videos.render.scene.looks import Colour, Look

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
HIP_AIM_M = 0.86
HALLWAYS = ("hallway", "toward")
#: Standing height as a share of the picture's, where not 0.62 to 0.80.
FILL = {
    "side": (0.50, 0.64),
    "passed": (0.50, 0.64),
    "walk": (0.50, 0.64),
    "landing": (0.52, 0.66),
    "hop": (0.52, 0.66),
    "hallway": (0.40, 0.50),
}
STRIKES = ("heel", "heel", "mid", "heel", "fore")
SKINS: tuple[Colour, ...] = (
    (0.86, 0.70, 0.62), (0.80, 0.62, 0.52), (0.72, 0.53, 0.41), (0.60, 0.42, 0.32),
    (0.46, 0.31, 0.23), (0.34, 0.22, 0.16),
)  # fmt: skip
HAIR: tuple[Colour, ...] = (
    (0.46, 0.30, 0.16),
    (0.24, 0.16, 0.10),
    (0.08, 0.07, 0.07),
    (0.55, 0.5, 0.45),
)


class Spread:
    """Stratified random numbers: each list of n covers its range evenly, in random order."""

    def __init__(self, rng: np.random.Generator, n: int) -> None:
        self.rng, self.n = rng, n

    def __call__(self, low: float, high: float, digits: int = 2) -> list[float]:
        """Draw n values between ``low`` and ``high``."""
        u = (self.rng.permutation(self.n) + self.rng.random(self.n)) / self.n
        return [round(float(x), digits) for x in low + (high - low) * u]

    def pairs(self, low: float, high: float, digits: int = 2) -> list[tuple[float, float]]:
        """Draw n pairs (left, right), the sides independent."""
        return list(zip(self(low, high, digits), self(low, high, digits), strict=True))

    def chance(self, share: float) -> list[bool]:
        """Mark a share of the n clips, rounded, at random places."""
        marked = np.arange(self.n) < round(share * self.n)
        return [bool(x) for x in self.rng.permutation(marked)]


def _colour(rng: np.random.Generator, low: float = 0.1, high: float = 0.9) -> Colour:
    r, g, b = (round(float(x), 3) for x in rng.uniform(low, high, 3))
    return r, g, b


def random_look(rng: np.random.Generator, room: int, skin: Colour, hair: Colour) -> Look:
    """Clothes, room and light; skin and hair belong to the person."""
    shorts = _colour(rng, 0.05, 0.45)
    turn, height = rng.uniform(-np.pi, np.pi), rng.uniform(0.8, 1.4)
    light = (
        round(float(np.cos(turn)) * 0.6, 3),
        round(float(np.sin(turn)) * 0.6, 3),
        round(float(height), 3),
    )
    return Look(
        skin=skin,
        hair=hair,
        shirt=_colour(rng),
        shirt2=_colour(rng, 0.05, 0.95),
        shorts=shorts,
        shoe=_colour(rng),
        bottom="shorts" if rng.random() < 0.5 else "leggings",
        shirt_pattern=int(rng.choice([0, 0, 0, 1, 2, 3, 4, 5])),
        leg_pattern=int(rng.choice([0, 0, 0, 5, 4])),
        room=room,
        wall=_colour(rng, 0.6, 0.92),
        floor=_colour(rng, 0.6, 0.92),
        light=light,
        gain=round(float(rng.uniform(0.6, 0.88)), 3),
    )


def darkened(spec: ClipSpec) -> ClipSpec:
    """Move the clip into a dim room: darker, noisier, longer shutter."""
    look = replace(spec.look, gain=0.34)
    exposure_s = min(0.012, 0.8 / spec.fps)
    return replace(spec, look=look, noise=5.0, soft_px=0.8, exposure_s=exposure_s, subframes=2)


def postpartum(run: RunSpec, amount: float) -> RunSpec:
    """Move a run towards what was seen 6 weeks postpartum.

    Less trunk and pelvis rotation, lower cadence, longer stance, wider steps: the directions come
    from the literature, the sizes are our guess.

    Parameters
    ----------
    run : RunSpec
        The run to change.
    amount : float
        0 none to 1 strong.
    """
    contact = tuple(c + 0.03 * amount for c in run.contact_time_s)
    return replace(
        run,
        trunk_rot_deg=round(run.trunk_rot_deg * (1 - 0.4 * amount), 2),
        pelvis_rot_deg=round(run.pelvis_rot_deg * (1 - 0.4 * amount), 2),
        cadence_spm=round(run.cadence_spm * (1 - 0.04 * amount), 2),
        step_width_m=round(max(run.step_width_m, 0.04) + 0.05 * amount, 4),
        contact_time_s=(round(contact[0], 4), round(contact[1], 4)),
    )


def runs(s: Spread, seed: int) -> list[RunSpec]:
    """Stratified runs."""
    speed = s(2.1, 3.7)
    drop, knee, peak = s.pairs(1, 12), s.pairs(8, 28), s(36, 50)
    trunk, pelvis, lean = s(10, 40), s(4, 20), s(1, 15)
    width, sway, cadence = s(-0.01, 0.13, 3), s(0, 5), s(152, 186)
    knee_in, toe_out, duty = s.pairs(-3, 12), s.pairs(0, 13), s(0.66, 0.80)
    arms, elbow, asymmetry = s(30, 60), s(75, 105), s(-0.02, 0.02, 4)
    strike = [STRIKES[int(i)] for i in s.rng.permutation(np.arange(s.n) % len(STRIKES))]
    after_birth = s.chance(0.2)
    out = []
    for i in range(s.n):
        contact_s = min(0.31, duty[i] * 60 / cadence[i]) - 0.012 * (speed[i] - 2.8)
        both = (
            round(contact_s, 4),
            round(contact_s + float(s.rng.uniform(-0.01, 0.01)), 4),
        )
        high = round(82 + 11 * (speed[i] - 2.1), 1)
        run = RunSpec(
            seed=seed + i, cadence_spm=cadence[i], speed_mps=speed[i], contact_time_s=both,
            strike=(strike[i], strike[i]), knee_ic_deg=knee[i],
            knee_peak_deg=(peak[i], round(peak[i] + 1.5, 2)), knee_swing_deg=(high, high),
            pelvic_drop_deg=drop[i], pelvis_rot_deg=pelvis[i], trunk_rot_deg=trunk[i],
            trunk_lean_deg=lean[i], trunk_sway_deg=sway[i], step_width_m=width[i],
            toe_out_deg=toe_out[i], knee_in_deg=knee_in[i], arm_swing_deg=arms[i],
            elbow_deg=elbow[i], step_asymmetry=asymmetry[i], end_s=8.0,
        )  # fmt: skip
        out.append(postpartum(run, 1.0) if after_birth[i] else run)
    return out


def squats(s: Spread, seed: int) -> list[SquatSpec]:
    """Stratified single-leg squats."""
    depth, fppa, drop, side = s(45, 82), s(-5, 20), s(-2, 12), s(0, 12)
    lean, wobble, toe_out, rep = s(5, 28), s(0.4, 1.8), s(0, 14), s(2.2, 2.8)
    return [
        SquatSpec(
            seed=seed + i, side="LR"[i % 2], depth_deg=depth[i], fppa_deg=fppa[i],
            pelvic_drop_deg=drop[i], trunk_side_deg=side[i], trunk_lean_deg=lean[i],
            wobble=wobble[i], toe_out_deg=toe_out[i], rep_s=rep[i], reps=2, start_s=0.5,
        )
        for i in range(s.n)
    ]  # fmt: skip


def landings(s: Spread, seed: int) -> list[JumpSpec]:
    """Landings from stiff to soft."""
    soft, height, knee, valgus, width = (
        s(0, 1),
        s(0.14, 0.28),
        s(-4, 6),
        s(-3, 10),
        s(0.16, 0.32),
    )
    return [
        JumpSpec(
            seed=seed + i, height_m=height[i],
            knee_ic_deg=round(13 + 13 * soft[i] + knee[i] / 2, 2),
            knee_peak_deg=round(44 + 46 * soft[i] + knee[i], 2),
            descend_s=round(0.105 + 0.15 * soft[i], 3), valgus_deg=valgus[i], width_m=width[i],
            trunk_lean_deg=round(12 + 18 * soft[i], 2), recover_s=0.65, period_s=2.2, reps=2,
            crouch_deg=72.0, variation=1.0, start_s=0.15,
        )
        for i in range(s.n)
    ]  # fmt: skip


def hops(s: Spread, seed: int) -> list[HopSpec]:
    """Hops in place on one foot."""
    contact, flight, knee = s(0.20, 0.30, 3), s(0.20, 0.30, 3), s(14, 30)
    return [
        HopSpec(seed=seed + i, side="LR"[(seed + i) % 2], contact_s=contact[i], flight_s=flight[i],
                knee_ic_deg=knee[i])
        for i in range(s.n)
    ]  # fmt: skip


def walks(s: Spread, seed: int) -> list[WalkSpec]:
    """Make walks on the treadmill."""
    speed, drop, width = s(1.0, 1.5), s.pairs(1, 7), s(0.05, 0.15, 3)
    return [
        WalkSpec(seed=seed + i, speed_mps=speed[i], cadence_spm=round(85 + 21 * speed[i], 2),
                 contact_time_s=(round(39.6 / (85 + 21 * speed[i]) * 0.94 * 2, 4),) * 2,
                 pelvic_drop_deg=drop[i], step_width_m=width[i], end_s=8.0)
        for i in range(s.n)
    ]  # fmt: skip


def passer_by(split: str, person: str, view: str, rng: np.random.Generator) -> PasserSpec:
    """Choose somebody else who walks through the picture behind the runner."""
    others = [n for n in BODIES if n.startswith(split + "_") and n != person]
    name = others[int(rng.integers(len(others)))]
    walk = WalkSpec(seed=int(rng.integers(1000)), overground=True, speed_mps=1.3, end_s=8.0)
    return PasserSpec(
        name,
        random_look(rng, 0, *_person_colours(name)),
        walk,
        start_m=(1.9, -2.4) if view == "rear" else (-2.6, -1.5),
        heading_deg=90.0 if view == "rear" else 0.0,
    )


def runs_toward(s: Spread, seed: int) -> list[RunSpec]:
    """Make runs towards the camera that end three to four metres before it."""
    seconds = DURATION_S["toward"]
    return [replace(r, start_x_m=round(-seconds * r.speed_mps, 3)) for r in hallway_runs(s, seed)]


def hallway_runs(s: Spread, seed: int) -> list[RunSpec]:
    """Make runs away from the camera."""
    return [
        replace(r, overground=True, speed_mps=round(r.speed_mps * 0.85, 2), drift_m=0.01)
        for r in runs(s, seed)
    ]


MOTIONS: dict[str, Callable[[Spread, int], Sequence[MotionSpec]]] = {
    "rear": runs, "side": runs, "squat": squats, "landing": landings, "hop": hops,
    "walk": walks, "hallway": hallway_runs, "toward": runs_toward, "passed": runs,
}  # fmt: skip
PROTOCOL = {
    "rear": "treadmill_run", "side": "treadmill_run", "squat": "single_leg_squat",
    "landing": "hop_landing", "hop": "hop_landing", "walk": "walk", "hallway": "hallway_run",
    "toward": "hallway_run", "passed": "treadmill_run",
}  # fmt: skip
DURATION_S = {
    "rear": 4.6,
    "side": 4.4,
    "squat": 6.2,
    "landing": 4.5,
    "hop": 4.0,
    "walk": 5.0,
    "hallway": 4.5,
    "toward": 4.5,
    "passed": 4.4,
}


def _cameras(s: Spread, kind: str, heights_m: list[float]) -> list[CameraSpec]:
    views = {"rear": ["rear"], "side": ["left", "right"], "squat": ["front"],
             "landing": ["left", "right"], "hop": ["front"], "walk": ["left"],
        "hallway": ["rear"], "toward": ["front"], "passed": ["left", "rear"]}  # fmt: skip
    fill = s(*FILL.get(kind, (0.62, 0.80)))
    distance, height = s(2.3, 3.8), s(0.6, 1.3)
    azimuth, roll, aim = s(-8, 8), s(-3, 3), s(-1.2, 1.2)
    sway = s.chance(0.1)
    out = []
    for i in range(s.n):
        aim_m = HIP_AIM_M * heights_m[i] / 1.7
        pitch_deg = float(np.arctan((aim_m - height[i]) / distance[i]) / DEG) + aim[i]
        if kind in HALLWAYS:
            pitch_deg = -2.0 + aim[i]
        out.append(
            CameraSpec(
                views[kind][i % len(views[kind])], distance[i], height[i],
                round(36 * fill[i] * distance[i] / heights_m[i], 2),
                azimuth_deg=azimuth[i] if kind not in HALLWAYS else round(azimuth[i] / 4, 2),
                pitch_deg=round(pitch_deg, 2), roll_deg=roll[i], sway=1.0 if sway[i] else 0.0,
            )
        )  # fmt: skip
    return out


def _timing(kind: str, i: int, n: int) -> dict[str, Any]:
    """Frame rate, exposure and length: mostly 60 fps, some 30, one 120."""
    seconds = DURATION_S[kind]
    if kind == "squat":
        fast = i % 4 == 3
        return {
            "fps": 60.0 if fast else 30.0,
            "exposure_s": 0.006,
            "subframes": 1,
            "duration_s": seconds,
        }
    if kind in ("rear", "side") and n > 4 and i == n - 2:
        return {"fps": 120.0, "exposure_s": 0.003, "subframes": 1, "duration_s": 2.6}
    if kind in ("rear", "side") and i % 5 == 3:
        rate = 30.0 if i % 2 else 30000 / 1001
        return {"fps": rate, "exposure_s": 0.008, "subframes": 2, "duration_s": 6.0}
    return {"fps": 60.0, "exposure_s": 0.004, "subframes": 1, "duration_s": seconds}


def _people(split: str, rng: np.random.Generator, n: int) -> list[str]:
    """Deal the split's people round, in random order."""
    names = [name for name in BODIES if name.startswith(split + "_")]
    return [names[int(i)] for i in rng.permutation(np.arange(n) % len(names))]


def _person_colours(name: str) -> tuple[Colour, Colour]:
    """Skin and hair of a person: the same in all clips."""
    body = BODIES[name]
    dark = min(0.95, 0.05 + 0.85 * body.african + 0.30 * body.asian)
    skin = SKINS[round(dark * (len(SKINS) - 1))]
    number = sum(map(ord, name))
    return skin, HAIR[2 if body.african + body.asian > 0.5 else number % len(HAIR)]


def _clips(split: str, kind: str, offset: int) -> list[ClipSpec]:
    n, seed = COUNTS[kind], SEEDS[split] + offset
    rng = np.random.default_rng(seed)
    s = Spread(rng, n)
    people = _people(split, rng, n)
    motions = MOTIONS[kind](s, seed)
    cameras = _cameras(s, kind, [BODIES[p].height_m for p in people])
    dark, uneven = s.chance(0.12), s.chance(0.12)
    out = []
    for i in range(n):
        on_belt = kind in ("rear", "side", "walk", "passed")
        room = "hallway" if kind in HALLWAYS else "treadmill" if on_belt else "floor"
        spec = ClipSpec(
            name=f"{split}_{kind}_{i + 1:02d}", protocol=PROTOCOL[kind], body=people[i],
            motion=motions[i], camera=cameras[i],
            look=random_look(
                rng, FIRST_ROOM[split] + offset // 10 + i, *_person_colours(people[i])
            ),
            room=room, split=split, width_px=SIZE_PX[0], height_px=SIZE_PX[1], crf=21,
            encoder_preset="veryfast", antialias=False,
            drop_share=0.08 if uneven[i] else 0.0, seed=seed + i,
            **_timing(kind, i, n),
        )  # fmt: skip
        if kind == "passed":
            spec = replace(spec, passer=passer_by(split, people[i], cameras[i].view, rng))
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
    """All clips of a split, mixed so that every beginning of the list covers the kinds.

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
    return tuple(clip for _, clip in sorted(placed, key=lambda x: x[0]))


def ranges(specs: tuple[ClipSpec, ...]) -> dict[str, FloatArray]:
    """Asked pelvic drop per side of the runs: a quick look at the coverage."""
    drops = [s.motion.pelvic_drop_deg for s in specs if isinstance(s.motion, RunSpec)]
    return {"pelvic_drop_deg": np.array(drops)}
