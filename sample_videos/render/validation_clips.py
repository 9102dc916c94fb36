"""People, looks, cameras and timing of the validation set."""

from dataclasses import replace
from typing import Any

import numpy as np

from sample_videos.render.bodies import BODIES
from sample_videos.render.camera import CameraSpec
from sample_videos.render.clip import ClipSpec, PasserSpec
from sample_videos.render.motion import WalkSpec
from sample_videos.render.rotations import DEG
from sample_videos.render.scene.looks import Colour, Look
from sample_videos.render.validation_motions import TOWARD_S, Spread

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


def passer_by(split: str, person: str, view: str, rng: np.random.Generator) -> PasserSpec:
    """Choose somebody else who walks through the picture behind the runner."""
    others = [n for n in BODIES if n.startswith(split + "_") and n != person]
    name = others[int(rng.integers(len(others)))]
    walk = WalkSpec(seed=int(rng.integers(1000)), overground=True, speed_mps=1.3, end_s=8.0)
    return PasserSpec(
        name,
        random_look(rng, 0, *person_colours(name)),
        walk,
        start_m=(1.9, -2.4) if view == "rear" else (-2.6, -1.5),
        heading_deg=90.0 if view == "rear" else 0.0,
    )


DURATION_S = {
    "rear": 4.6,
    "side": 4.4,
    "squat": 6.2,
    "landing": 4.5,
    "hop": 4.0,
    "walk": 5.0,
    "hallway": 4.5,
    "toward": TOWARD_S,
    "passed": 4.4,
}


def cameras(s: Spread, kind: str, heights_m: list[float]) -> list[CameraSpec]:
    """Place a camera for each clip of a kind: distance, height, azimuth, roll, aim, sway."""
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


def timing(kind: str, i: int, n: int) -> dict[str, Any]:
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


def people(split: str, rng: np.random.Generator, n: int) -> list[str]:
    """Deal the split's people round, in random order."""
    names = [name for name in BODIES if name.startswith(split + "_")]
    return [names[int(i)] for i in rng.permutation(np.arange(n) % len(names))]


def person_colours(name: str) -> tuple[Colour, Colour]:
    """Skin and hair of a person: the same in all clips."""
    body = BODIES[name]
    dark = min(0.95, 0.05 + 0.85 * body.african + 0.30 * body.asian)
    skin = SKINS[round(dark * (len(SKINS) - 1))]
    number = sum(map(ord, name))
    return skin, HAIR[2 if body.african + body.asian > 0.5 else number % len(HAIR)]
