"""Runs with four markers on each segment of the legs, and one standing trial with the joints.

Axes: x right, y up, z back. Nothing above the pelvis was measured: see ``upper``.
"""

from pathlib import Path

import numpy as np
from scipy.spatial.transform import Rotation, Slerp

from sample_videos.render.measured.bvh import limb
from sample_videos.render.measured.c3d import Markers, read_markers
from sample_videos.render.measured.opensim import HEEL, SHANK_M, SOLE
from sample_videos.render.measured.opensim import TO_WORLD as FROM_OPENSIM
from sample_videos.render.measured.take import Take
from sample_videos.render.meshes import FloatArray

TO_WORLD = np.array([[0.0, 0, -1], [-1, 0, 0], [0, 1, 0]])
N_MARKERS, LOOSE_M = 4, 0.004
HIP_SHARE = 0.25
"""The hip's centre lies this share of the way from one trochanter to the other."""


def _cluster(markers: Markers, name: str) -> FloatArray:
    rows = np.stack([markers.at_m[f"{name}_{k + 1}"] for k in range(N_MARKERS)], 1) @ TO_WORLD.T
    return _filled(rows)


def _filled(rows: FloatArray) -> FloatArray:
    """Bridge gaps in the markers by straight lines."""
    flat = rows.reshape(len(rows), -1)
    k = np.arange(len(flat))
    for column in flat.T:
        bad = ~np.isfinite(column)
        if bad.any():
            column[bad] = np.interp(k[bad], k[~bad], column[~bad])
    return rows


def rigid(rest: FloatArray, now: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Rotation (N, 3, 3) and centre (N, 3) of markers (N, K, 3) against their rest (K, 3).

    Frames whose markers have left their places on the segment are bridged.
    """
    centre = now.mean(1)
    h = np.einsum("ki,nkj->nij", rest - rest.mean(0), now - centre[:, None])
    u, _, vt = np.linalg.svd(h)
    d = np.sign(np.linalg.det(u @ vt))
    fix = np.zeros_like(h)
    fix[:, 0, 0] = fix[:, 1, 1] = 1
    fix[:, 2, 2] = d
    turn = np.swapaxes(vt, 1, 2) @ fix @ np.swapaxes(u, 1, 2)
    off = now - centre[:, None] - np.einsum("nij,kj->nki", turn, rest - rest.mean(0))
    good = np.linalg.norm(off, axis=2).max(1) < LOOSE_M
    k = np.arange(len(now))
    turn = Slerp(k[good], Rotation.from_matrix(turn[good]))(
        np.clip(k, k[good][0], k[good][-1])
    ).as_matrix()
    for column in centre.T:
        column[~good] = np.interp(k[~good], k[good], column[good])
    return turn, centre


def read_take(path: Path, static: Path) -> Take:
    """Read a run and the standing trial that belongs to it, as on the belt."""
    run, still = read_markers(path), read_markers(static)
    joint = {k: TO_WORLD @ x[0] for k, x in still.at_m.items()}
    across = joint["R_hip"] - joint["L_hip"]
    hip = {"L": joint["L_hip"] + HIP_SHARE * across, "R": joint["R_hip"] - HIP_SHARE * across}
    turns: dict[str, FloatArray] = {}
    soles = {}

    def moved(name: str, point: FloatArray) -> tuple[FloatArray, FloatArray]:
        rest = _cluster(still, name)[0]
        turn, centre = rigid(rest, _cluster(run, name))
        return turn, centre + turn @ (point - rest.mean(0))

    turns["pelvis"], midhip = moved("pelvis", (hip["L"] + hip["R"]) / 2)
    leg_m = 0.0
    for s in "LR":
        knee = (joint[f"{s}_lat_knee"] + joint[f"{s}_med_knee"]) / 2
        ankle = (joint[f"{s}_lat_ankle"] + joint[f"{s}_med_ankle"]) / 2
        left = (joint[f"{s}_lat_knee"] - joint[f"{s}_med_knee"]) * (1 if s == "L" else -1)
        for name, a, b in (("thigh", hip[s], knee), ("shank", knee, ankle)):
            turn, _ = moved(f"{s}_{name}", a)
            turns[name + s] = turn @ limb((b - a)[None], left[None])
            leg_m += float(np.linalg.norm(b - a)) / 2
        turns["foot" + s], at = moved(f"{s}_foot", ankle)
        sole = (HEEL + SOLE * [1, 1, 1 if s == "R" else -1]) @ FROM_OPENSIM.T
        size = np.linalg.norm(knee - ankle) / SHANK_M
        soles[s] = at[:, None] + size * np.einsum("nij,pj->npi", turns["foot" + s], sole)
    return Take(
        t_s=np.arange(len(midhip)) / run.rate_hz, midhip=midhip, turns=turns, soles=soles,
        leg_m=leg_m,
    )  # fmt: skip
