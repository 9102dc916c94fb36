"""One clip: its specification, its pictures and its truth file."""

import hashlib
import json
import logging
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sample_videos.render.camera import Camera, CameraSpec
from sample_videos.render.encode import write_mp4
from sample_videos.render.meshes import FloatArray
from sample_videos.render.motion import Measured, Motion, MotionSpec, RunSpec, make_motion
from sample_videos.render.rotations import DEG, about_z
from sample_videos.render.scene.looks import Look
from sample_videos.render.sensor import Sensor
from sample_videos.render.skeleton import SIDES, Skeleton
from sample_videos.render.summary import summarise
from sample_videos.render.truth import Sample, sample

logger = logging.getLogger(__name__)
SCHEMA = "formcheck-truth-1"
PROTOCOLS = (
    "treadmill_run", "hallway_run", "single_leg_squat", "hop_landing", "walk",
    "single_leg_balance", "double_squat", "hip_hinge", "lunge", "single_leg_running_man",
    "calf_raise", "single_leg_bridge", "single_leg_sit_to_stand", "side_lying_abduction",
    "jog_on_spot", "forward_bounds", "hop_in_place",
)  # fmt: skip
ROOMS = ("treadmill", "floor", "hallway")
PX_POINTS = ("hip", "knee", "ankle", "heel", "toe", "shoulder", "elbow", "wrist")
M_POINTS = ("hip", "knee", "ankle", "heel", "ball", "toe", "shoulder")
FRAME_ANGLES = (
    "pelvis_obliquity", "pelvis_rotation", "trunk_rotation",
    "shoulder_line_rotation", "trunk_lean", "trunk_lateral", "knee_flexion_L", "knee_flexion_R",
    "fppa_L", "fppa_R", "foot_pitch_L", "foot_pitch_R",
)  # fmt: skip


@dataclass(frozen=True)
class PasserSpec:
    """A second person who walks past; the truth is about the first one only.

    Parameters
    ----------
    body : str
        A key of ``bodies.BODIES``.
    look : Look
        Colours and clothes.
    motion : MotionSpec
        A walk over ground.
    start_m : tuple of float
        X and Y of the path at t = 0.
    heading_deg : float
        Direction of walking, anticlockwise from the world's X axis.
    """

    body: str
    look: Look
    motion: MotionSpec
    start_m: tuple[float, float] = (-3.0, -1.6)
    heading_deg: float = 0.0


@dataclass(frozen=True)
class ClipSpec:
    """Everything that makes a clip.

    Parameters
    ----------
    name : str
        File name without ending.
    protocol : str
        One of ``PROTOCOLS``.
    body : str
        A key of ``bodies.BODIES``.
    look : Look
        Colours, clothes, light.
    motion : MotionSpec
        What the person does.
    camera : CameraSpec
        Where the camera is.
    room : {'treadmill', 'floor', 'hallway'}
        Where the person is.
    split : {'sample', 'fit', 'score', 'smoke', 'tests'}
        What the clip is for.
    width_px, height_px : int
        Upright picture.
    fps : float
        Frames per second; 29.97 and the like become exact fractions.
    duration_s : float
        Length.
    exposure_s : float
        Shutter time.
    subframes : int
        Pictures averaged over the exposure.
    noise, soft_px : float
        Of the sensor.
    crf, encoder_preset : int, str
        Quality and effort of the encoder.
    antialias : bool
        Four samples per pixel: twice as slow.
    rotation_deg : {0, 90, 180, 270}
        Stored rotation.
    drop_share : float
        Share of frames left out, with true timestamps for the others (variable frame rate).
    seed : int
        Of the sensor and the dropped frames.
    passer : PasserSpec, optional
        A second person.
    """

    name: str
    protocol: str
    body: str
    motion: MotionSpec
    camera: CameraSpec
    look: Look = field(default_factory=Look)
    room: str = "treadmill"
    split: str = "sample"
    width_px: int = 540
    height_px: int = 960
    fps: float = 60.0
    duration_s: float = 8.0
    exposure_s: float = 0.005
    subframes: int = 1
    noise: float = 2.2
    soft_px: float = 0.55
    crf: int = 24
    encoder_preset: str = "medium"
    antialias: bool = True
    rotation_deg: int = 0
    drop_share: float = 0.0
    seed: int = 7
    passer: PasserSpec | None = None

    @property
    def rate(self) -> Fraction:
        """Frames per second as an exact fraction."""
        return Fraction(self.fps).limit_denominator(1001)

    def times_s(self) -> FloatArray:
        """Presentation times, which are also the middles of the exposures."""
        n = round(self.duration_s * self.fps)
        i = np.arange(n)
        if self.drop_share:
            keep = np.random.default_rng(self.seed).random(n) >= self.drop_share
            keep[0] = True
            i = i[keep]
        return i / float(self.rate)

    def as_dict(self) -> dict[str, Any]:
        """Plain values for the truth file."""
        out = asdict(self) | {"motion": {"kind": self.motion.kind, **asdict(self.motion)}}
        if out["passer"] is None:
            del out["passer"]
        for look in [out["look"], *([out["passer"]["look"]] if "passer" in out else [])]:
            if look["stickers"] is None:  # recipes without stickers keep their hash
                del look["stickers"]
        if out["motion"].get("force", 0) is None:  # nor do those whose force is half a sine
            del out["motion"]["force"]
        return out

    def sha256(self) -> str:
        """Hash of the recipe."""
        text = json.dumps({"schema": SCHEMA, **self.as_dict()}, sort_keys=True)
        return hashlib.sha256(text.encode()).hexdigest()


class Passer:
    """The second person, posed in the room."""

    def __init__(self, spec: PasserSpec, floor_z_m: float) -> None:
        self.spec, self.skeleton = spec, Skeleton(spec.body)
        self.motion = make_motion(self.skeleton, spec.motion)
        self._turn = about_z(spec.heading_deg * DEG)
        self._start = np.array([*spec.start_m, floor_z_m])

    def bones(self, t_s: float) -> FloatArray:
        """Skinning matrices at a moment."""
        _, bones = self.skeleton.fk(self.motion.pose(t_s))
        out = self._turn @ bones
        out[:, :, 3] += self._start
        return out


@dataclass
class Stage:
    """A clip ready to be shot: body, motion and camera."""

    spec: ClipSpec
    skeleton: Skeleton
    motion: Motion

    @classmethod
    def of(cls, spec: ClipSpec) -> "Stage":
        """Load the body and solve the motion."""
        skeleton = Skeleton(spec.body)
        return cls(spec, skeleton, make_motion(skeleton, spec.motion))

    def camera(self, t_s: float = 0.0) -> Camera:
        """Camera at a moment."""
        return Camera(self.spec.camera, self.spec.width_px, self.spec.height_px, t_s)

    def shoot(self, times_s: FloatArray) -> Iterator[npt.NDArray[np.uint8]]:
        """Pictures at the given moments, through the sensor."""
        from sample_videos.render.scene.renderer import Renderer

        spec = self.spec
        renderer = Renderer(
            self.skeleton,
            self.camera(),
            spec.look,
            spec.room,
            antialias=spec.antialias,
            passer=(Skeleton(spec.passer.body), spec.passer.look) if spec.passer else None,
        )
        passer = Passer(spec.passer, renderer.deck_m) if spec.passer else None
        sensor = Sensor(spec.width_px, spec.height_px, spec.noise, spec.soft_px, spec.seed)
        share = (np.arange(spec.subframes) + 0.5) / spec.subframes - 0.5
        for t in times_s:
            total = np.zeros((spec.height_px, spec.width_px, 3), "f4")
            for moment in t + share * spec.exposure_s:
                _, bones = self.skeleton.fk(self.motion.pose(moment))
                camera = self.camera(moment) if spec.camera.sway else None
                total += renderer.render(
                    bones,
                    self.motion.ground_x_m(moment),
                    camera,
                    passer.bones(moment) if passer else None,
                )
            yield sensor(total / np.float32(spec.subframes))
        renderer.ctx.release()

    def frame_row(self, i: int, t_s: float, x: Sample) -> dict[str, Any]:
        """One entry of ``frames``."""
        camera = self.camera(t_s)
        names = [f"{n}_{s}" for n in PX_POINTS for s in SIDES] + ["head_top"]
        uv, _ = camera.project(np.array([x.m[n] for n in names]))
        contacts = self.motion.contacts(t_s, t_s + 1e-9)
        row: dict[str, Any] = {
            "i": i,
            "t": round(float(t_s), 6),
            "contact": {
                s: any(c.side == s and c.ic_s <= t_s < c.to_s for c in contacts) for s in SIDES
            },
            "px": {n: [round(float(a), 1) for a in p] for n, p in zip(names, uv, strict=True)},
            "m": {f"{n}_{s}": _rounded(x.m[f"{n}_{s}"], 3) for n in M_POINTS for s in SIDES},
            "deg": {n: round(x.deg[n], 2) for n in FRAME_ANGLES},
        }
        row["m"]["midhip"] = _rounded(x.m["midhip"], 5)
        if self.spec.camera.sway:
            row["cam"] = {
                "C": _rounded(camera.C, 5),
                "R": np.round(camera.R, 7).tolist(),
            }
        return row

    def truth(self) -> dict[str, Any]:
        """Contents of the truth file."""
        spec, sk = self.spec, self.skeleton
        times = spec.times_s()
        samples = [sample(sk, self.motion, t) for t in times]
        camera = self.camera()
        middle = samples[len(samples) // 2].m["midhip"]
        depth_m = float(camera.project(middle)[1])
        return {
            "schema": SCHEMA,
            "name": spec.name,
            "split": spec.split,
            "protocol": spec.protocol,
            **orientation(spec.camera.view),
            **speeds(spec.motion, self.motion),
            "height_cm": round(100 * sk.height_m, 1),
            "fps": round(float(spec.rate), 6),
            "recipe_sha256": spec.sha256(),
            "spec": spec.as_dict(),
            "body": {
                "name": spec.body,
                "height_m": sk.height_m,
                "thigh_m": round(sk.legs["L"].thigh_m, 4),
                "shank_m": round(sk.legs["L"].shank_m, 4),
                "hip_width_m": round(2 * sk.hip_half_m, 4),
            },
            "camera": camera.dump(),
            "height_px": round(camera.f_px * sk.height_m / depth_m, 1),
            "stored_rotation": spec.rotation_deg,
            **summarise(sk, self.motion, 0.0, spec.duration_s),
            "frames": [
                self.frame_row(i, t, x) for i, (t, x) in enumerate(zip(times, samples, strict=True))
            ],
        }


def _rounded(v: FloatArray, digits: int) -> list[float]:
    return [round(float(a), digits) + 0.0 for a in v]


def orientation(view: str) -> dict[str, Any]:
    """View, facing and near side as the app names them."""
    if view in ("left", "right"):
        return {"view": "side", "facing": view, "near_side": view[0].upper()}
    return {
        "view": view,
        "facing": "away" if view == "rear" else "toward",
        "near_side": None,
    }


def speeds(motion: MotionSpec, built: Motion) -> dict[str, float | None]:
    """Belt speed, and the person's speed through the room."""
    if isinstance(built, Measured):
        return {"belt_speed_mps": built.belt_mps or None, "speed_mps": built.speed_mps}
    if not isinstance(motion, RunSpec):
        return {"belt_speed_mps": None, "speed_mps": None}
    belt = None if motion.overground else motion.speed_mps
    return {"belt_speed_mps": belt, "speed_mps": motion.speed_mps}


def up_to_date(spec: ClipSpec, out: Path) -> bool:
    """Whether ``out`` already holds the clip of this recipe."""
    path = out / f"{spec.name}.truth.json"
    if not path.exists() or not (out / f"{spec.name}.mp4").exists():
        return False
    stored = json.loads(path.read_text(encoding="utf-8"))
    return bool(stored.get("recipe_sha256") == spec.sha256())


def write_truth(stage: Stage, out: Path) -> Path:
    """Write the truth file of a clip."""
    path = out / f"{stage.spec.name}.truth.json"
    text = json.dumps(stage.truth(), separators=(",", ":"))
    part = path.with_suffix(".part")
    part.write_text(text + "\n", encoding="utf-8")
    part.replace(path)
    return path


def render_clip(spec: ClipSpec, out: Path, *, truth_only: bool = False) -> float:
    """Render a clip and its truth file; returns seconds per frame.

    Parameters
    ----------
    spec : ClipSpec
        The recipe.
    out : Path
        Folder for NAME.mp4 and NAME.truth.json.
    truth_only : bool
        Keep the video, write the truth again.
    """
    out.mkdir(parents=True, exist_ok=True)
    stage, start = Stage.of(spec), time.perf_counter()
    times = spec.times_s()
    if not truth_only:
        write_mp4(
            out / f"{spec.name}.mp4",
            stage.shoot(times),
            times,
            spec.rate,
            crf=spec.crf,
            preset=spec.encoder_preset,
            rotation_deg=spec.rotation_deg,
        )
    per_frame = (time.perf_counter() - start) / len(times)
    write_truth(stage, out)
    logger.info("%s: %d frames, %.3f s/frame", spec.name, len(times), per_frame)
    return per_frame
