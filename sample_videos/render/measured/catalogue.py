"""The measured movements by name: whose, what, where the file lies.

The folder is named by the environment variable FORMCHECK_MOTION (or ``--motion`` of the command
line). Its files are read, never copied. ``person`` keeps the splits apart: nobody's movements are
in both.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from pathlib import Path

import numpy as np

from sample_videos.render.measured import bvh, clusters, opensim
from sample_videos.render.measured.stances import levelled, unsloped, with_spans
from sample_videos.render.measured.take import Take, joined
from sample_videos.render.measured.upper import with_upper_body
from sample_videos.render.meshes import FloatArray

FOLDER_VARIABLE = "FORMCHECK_MOTION"
RATE_HZ, CUTOFF_HZ = 200.0, 20.0
LOW_SHARE = 20
"""The belt's speed is that of the soles in this lowest percentage of the frames."""
LONG_S = 14.0
"""Strides are put in a row until there is so much of them."""


class MotionMissingError(FileNotFoundError):
    """The folder with measured motion is not there."""


@dataclass(frozen=True)
class Source:
    """One movement.

    Parameters
    ----------
    person : str
        Who was measured.
    kind : {'run', 'walk', 'jump', 'test'}
        What the person does.
    place : {'belt', 'over', 'spot'}
        On a belt, over ground, or on the spot.
    files : tuple of str
        Inside the folder; more than one, or ``strides``: put in a row.
    strides : {'', 'L', 'R'}
        Cut whole strides from this side's landings out of the files.
    upper : str
        Whose upper body a run of the legs alone gets.
    knee_sign, floor_m : float
        Of the OpenSim files: how bending the knee counts, how high the belt lies.
    """

    person: str
    kind: str
    place: str
    files: tuple[str, ...]
    strides: str = ""
    upper: str = ""
    knee_sign: float = 1.0
    floor_m: float = 0.0


def _run(person: str, file: str, **more: object) -> Source:
    return Source(person, "run", "belt", (file,), **more)  # type: ignore[arg-type]


def _cmu(kind: str, place: str, *numbers: str, strides: str = "") -> Source:
    files = tuple(f"cmu/{n}.bvh" for n in numbers)
    return Source(f"cmu{numbers[0][:2]}", kind, place, files, strides=strides)


def _lab(kind: str, place: str, name: str) -> Source:
    return Source("opencap4", kind, place, (f"opencap_s4/{name}_ik.mot",))


_CLINIC = {"b": "20141003T073938", "c": "20160226T120637"}
_MULTI = {"knee_sign": -1.0, "floor_m": 0.035}
SOURCES: dict[str, Source] = {
    "run_s02": _run("hamner02", "hamner/s02_running_ik.mot", knee_sign=-1.0, floor_m=-0.0075),
    "run_2mps": _run("hamner_multi", "hamner/s_multi_run200_ik.mot", strides="R", **_MULTI),
    "run_3mps": _run("hamner_multi", "hamner/s_multi_run300_ik.mot", strides="R", **_MULTI),
    "run_2mps_whole": _run("hamner_multi", "hamner/s_multi_run200_ik.mot", **_MULTI),
    "run_3mps_whole": _run("hamner_multi", "hamner/s_multi_run300_ik.mot", **_MULTI),
    "run_clinic_b": _run("clinic_b", f"RIC_{_CLINIC['b']}_run.c3d", upper="run_3mps"),
    "run_clinic_c": _run("clinic_c", f"RIC_{_CLINIC['c']}_run.c3d", upper="run_s02"),
    "run_cmu09": _cmu("run", "over", "09_01", "09_05", "09_06", strides="R"),
    "walk_cmu05": _cmu("walk", "over", "05_01"),
    "walk_cmu06": _cmu("walk", "over", "06_01"),
    "walk_cmu07": _cmu("walk", "over", "07_01"),
    "walk_cmu12": _cmu("walk", "over", "12_01"),
    "belt_walk_cmu05": _cmu("walk", "over", "05_01", strides="L"),
    "belt_walk_cmu06": _cmu("walk", "over", "06_01", strides="L"),
    "jump_cmu02": _cmu("jump", "spot", "02_04"),
    "jump_cmu13_a": _cmu("jump", "spot", "13_39"),
    "jump_cmu13_b": _cmu("jump", "spot", "13_41"),
    "jump_cmu13_c": _cmu("jump", "spot", "13_42"),
    "mixed_cmu13": _cmu("test", "spot", "13_30"),
    "squat_lab": _lab("test", "spot", "squats1"),
    "squat_lab_uneven": _lab("test", "spot", "squatsAsym1"),
    "stand_lab": _lab("test", "spot", "STS1"),
    "stand_lab_uneven": _lab("test", "spot", "STSAsym1"),
}
KINDS: dict[str, str] = {name: source.kind for name, source in SOURCES.items()}


def folder() -> Path:
    """Folder of the measured motion.

    Raises
    ------
    MotionMissingError
        It is not named, or not there.
    """
    named = os.environ.get(FOLDER_VARIABLE, "")
    if not named or not Path(named).is_dir():
        message = f"no folder with measured motion: set {FOLDER_VARIABLE} or --motion"
        raise MotionMissingError(message)
    return Path(named)


def _clinic(path: Path, _: Source) -> Take:
    return clusters.read_take(path, path.with_name(path.name.replace("_run", "_static")))


READERS: dict[str, Callable[[Path, Source], Take]] = {
    ".mot": lambda path, source: opensim.read_take(
        path, knee_sign=source.knee_sign, floor_m=source.floor_m
    ),
    ".bvh": lambda path, _: bvh.read_take(path),
    ".c3d": _clinic,
}


def belt_velocity(take: Take) -> FloatArray:
    """Velocity of whoever runs on a belt against it, horizontal, m/s."""
    seen = []
    for points in take.soles.values():
        z, k = points[..., 2].min(1), points[..., 2].argmin(1)
        v = np.gradient(points, take.step_s, axis=0)[np.arange(len(points)), k]
        seen.append(v[z < np.percentile(z, LOW_SHARE), :2])
    return np.append(-np.median(np.concatenate(seen), 0), 0.0)


def grounded(take: Take, place: str) -> Take:
    """Give back the take with the ground at rest, going or looking along X."""
    if place == "spot":
        facing = take.turns["pelvis"][:, :2, 0].mean(0)
        return take.turned(-float(np.arctan2(facing[1], facing[0])))
    if place == "belt":
        velocity = belt_velocity(take)
        take = take.travelling(velocity)
    else:
        velocity = (take.midhip[-1] - take.midhip[0]) / take.t_s[-1]
    speed = float(np.hypot(velocity[0], velocity[1]))
    return replace(take.turned(-float(np.arctan2(velocity[1], velocity[0]))), speed_mps=speed)


def read(source: Source, file: str) -> Take:
    """Read one file: its ground at rest, feet flat in stance, stances found."""
    path = folder() / file
    take = READERS[path.suffix](path, source)
    take = grounded(take, source.place).resampled(RATE_HZ, CUTOFF_HZ)
    return with_spans(levelled(unsloped(take) if source.place == "over" else take))


def strides(take: Take, side: str) -> list[Take]:
    """Cut the whole strides that begin with a landing of one side out of a take."""
    ics = [x.ic_s for x in take.spans if x.side == side and x.ic_s > 0.02]
    return [take.cut(a, b) for a, b in pairwise(ics)]


@cache
def load_take(name: str) -> Take:
    """Load a movement by its name.

    Parameters
    ----------
    name : str
        A key of ``SOURCES``.
    """
    source = SOURCES[name]
    takes = [read(source, file) for file in source.files]
    if not source.strides:
        take = takes[0]
        return with_upper_body(take, load_take(source.upper)) if source.upper else take
    pieces = [piece for take in takes for piece in strides(take, source.strides)]
    total = sum(float(p.t_s[-1]) for p in pieces)
    take = joined(pieces * int(np.ceil(LONG_S / total)))
    speed = float(take.midhip[-1, 0] - take.midhip[0, 0]) / float(take.t_s[-1])
    return replace(take, speed_mps=speed)
