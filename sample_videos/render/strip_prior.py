"""How strips of the trunk answer to the body by geometry alone: the prior of the learned loadings.

    python -m sample_videos.render.strip_prior formcheck/validation/fit

Poses the meshes of six people with 36 random runs: pelvis, thorax, legs and arms each have a random
phase, so that no coincidence of one way of running is learned. The vertices seen from behind are
followed from pose to pose as the pixel pass follows points; each strip's rotation and shift is then
fitted to the movements behind it by least squares. No clip is looked at.
"""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import numpy as np

from formcheck.fitted import Header, load_fitted
from formcheck.fitted.strip_loadings import Feature
from formcheck.settings.surface import SurfaceSettings
from formcheck.surface.strip_fit import fit_strips
from formcheck.validation.fit.strip_loadings import StripPrior
from sample_videos.render.meshes import FloatArray
from sample_videos.render.rotations import about_x, about_z, pitch
from sample_videos.render.skeleton import SIDES, SIGN, ArmPose, Pose, Skeleton

PEOPLE: Final = ("f1", "f2", "f3", "m1", "m2", "m3")
RUNS_EACH = 6
PHASES = 40
POINTS = 25
"""Followed in a strip."""
ARM = ("upperarm", "lowerarm", "wrist", "finger", "metacarpal")
"""Bones that hide the trunk or are hidden by it: the pixel pass leaves them out too."""
DEG = np.pi / 180


def wave(rng: np.random.Generator, phase: FloatArray, size: float) -> FloatArray:
    """Return a random curve of a stride: two waves, the second a third of the first."""
    out = np.zeros(phase.size)
    for n, share in ((1, 1.0), (2, 0.33)):
        out += share * rng.uniform(0.5, 1.5) * np.cos(2 * np.pi * (n * phase + rng.uniform()))
    return size * out


def poses(sk: Skeleton, rng: np.random.Generator) -> list[Pose]:
    """Return one random run, at the phases of a stride."""
    t = np.arange(PHASES + 1) / PHASES
    oblique, yaw, roll = (wave(rng, t, a) * DEG for a in (4.0, 6.0, 3.0))
    turn, thigh, arm = (wave(rng, t, a) * DEG for a in (12.0, 26.0, 20.0))
    apart = {s: wave(rng, t, 3.0) * DEG for s in SIDES}
    knee = {s: (45 + np.clip(wave(rng, t, 30.0), -40, 60)) * DEG for s in SIDES}
    aside = wave(rng, t, 0.012)
    out = []
    for i in range(t.size):
        pose = Pose(
            np.array([0.0, aside[i], 1.0]), {"pelvis": about_z(yaw[i]) @ about_x(oblique[i])}
        )
        for s in SIDES:
            q = np.array([SIGN[s] * thigh[i] + 12 * DEG, knee[s][i], apart[s][i], 0.0])
            sk.pose_leg(pose, s, sk.hip(pose, s), q)
            pose.rotations["foot" + s] = pose.rotations["toe" + s] = np.eye(3)
        thorax = about_z(turn[i]) @ about_x(roll[i]) @ pitch(-8 * DEG)
        arms = {s: ArmPose(-SIGN[s] * arm[i], 15 * DEG, 90 * DEG, 22 * DEG) for s in SIDES}
        sk.pose_upper_body(pose, thorax, np.eye(3), arms)
        out.append(pose)
    return out


def seen_from_behind(p: FloatArray) -> FloatArray:
    """Return places in the picture: x to the runner's right, y down."""
    return np.stack([-p[..., 1], -p[..., 2]], axis=-1)


class Cloth:
    """The vertices of the trunk and thighs of one person."""

    def __init__(self, sk: Skeleton) -> None:
        b = sk.data
        of_arm = np.array([label.startswith(ARM) for label in sk.labels])
        keep = (b["ww"] * of_arm[b["wi"]]).sum(axis=1) < 0.3
        self.sk = sk
        self.v, self.n, self.wi, self.ww = (b[k][keep] for k in ("v", "n", "wi", "ww"))

    def placed(self, pose: Pose) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Return joints, vertices and how far each vertex's normal points backward."""
        joints, bones = self.sk.fk(pose)
        m = np.einsum("nk,nkij->nij", self.ww, bones[self.wi])
        v = np.einsum("nij,nj->ni", m[:, :, :3], self.v) + m[:, :, 3]
        return joints, v, -np.einsum("nj,nj->n", m[:, 0, :3], self.n)


def run(cloth: Cloth, rng: np.random.Generator) -> tuple[FloatArray, FloatArray]:
    """Return drivers and features of one random run, shapes (PHASES + 1, 7) and (.., features)."""
    settings = SurfaceSettings()
    at = cloth.sk.index
    names = [f"{b}.{s}" for b in ("upperleg01", "upperarm01", "lowerleg01") for s in SIDES]
    rows, drivers, before = [], [], None
    for pose in poses(cloth.sk, rng):
        joints, v, back = cloth.placed(pose)
        hip, shoulder, knee = (joints[[at[n] for n in names[k : k + 2]]] for k in (0, 2, 4))
        drivers.append(_drivers(hip, shoulder, knee))
        px = seen_from_behind(v)
        middle, top = (seen_from_behind(x).mean(axis=0) for x in (hip, shoulder))
        if before is not None:
            rows.append(_steps(before, px, rng, settings))
        before = (px, back, middle, top)
    features = np.vstack([np.zeros(len(rows[0])), np.cumsum(rows, axis=0)])
    moved = np.array(drivers)
    return moved - moved.mean(axis=0), features - features.mean(axis=0)


def _drivers(hip: FloatArray, shoulder: FloatArray, knee: FloatArray) -> list[float]:
    """Return the seven movements (see `formcheck.fitted.strip_loadings.Feature`)."""
    across, line, leg = hip[0] - hip[1], shoulder[0] - shoulder[1], knee - hip
    torso = float(np.linalg.norm((shoulder.mean(axis=0) - hip.mean(axis=0))[1:]))
    flexed = np.degrees(np.arctan2(leg[:, 0], -leg[:, 2]))
    apart = np.degrees(np.arctan2(leg[:, 1], -leg[:, 2]))

    def tilt(d: FloatArray) -> float:
        return float(np.degrees(np.arctan2(d[2], np.hypot(d[0], d[1]))))

    def turn(d: FloatArray) -> float:
        return float(np.degrees(np.arctan2(-d[0], d[1])))

    aside = -100.0 * float(hip[:, 1].mean()) / torso
    return [
        tilt(across),
        turn(across),
        turn(line),
        tilt(line),
        float(flexed[0] - flexed[1]),
        float(apart.sum()),
        aside,
    ]


def _steps(
    before: tuple[FloatArray, FloatArray, FloatArray, FloatArray],
    now: FloatArray,
    rng: np.random.Generator,
    settings: SurfaceSettings,
) -> FloatArray:
    """Return each strip's rotation, then each strip's shift, from one pose to the next."""
    px, back, middle, top = before
    torso = float(np.linalg.norm(top - middle))
    up = (top - middle) / torso
    place = (px - middle) / torso
    height, across = place @ up, place @ np.array([-up[1], up[0]])
    strip = np.searchsorted(settings.strip_edges, height) - 1
    inside = (strip >= 0) & (strip < settings.n_strips) & (back > 0.2)
    inside &= np.abs(across) < np.interp(height, settings.width_heights, settings.half_widths)
    pick = np.concatenate(
        [
            rng.permutation(np.flatnonzero(inside & (strip == k)))[:POINTS]
            for k in range(settings.n_strips)
        ]
    )
    found = fit_strips(
        strip[pick], across[pick], (now - px)[pick] / torso, np.ones(pick.size), settings
    )
    out = np.full((2, settings.n_strips), np.nan)
    for k, motion in found.items():
        out[:, k] = motion.roll_deg, motion.shift_pct
    return out.ravel()


def prior() -> StripPrior:
    """Return the loadings by geometry; landmark signals, which no mesh has, keep today's."""
    runs = [
        run(cloth, np.random.default_rng(100 * i + k))
        for i, name in enumerate(PEOPLE)
        for cloth in [Cloth(Skeleton(name))]
        for k in range(RUNS_EACH)
    ]
    x, y = (np.concatenate(parts) for parts in zip(*runs, strict=True))
    n = SurfaceSettings().n_strips
    today = load_fitted().strip_loadings.rear
    rows = [_fitted(f, x, y[:, f.strip + (n if f.kind == "shift" else 0)]) for f in today]
    note = f"Geometry alone: {len(PEOPLE)} meshes, {len(runs)} random runs; landmarks as learned."
    header = Header(
        command="python -m sample_videos.render.strip_prior formcheck/validation/fit",
        date=datetime.now(tz=UTC).date().isoformat(),
        people=len(PEOPLE),
        note=note,
    )
    return StripPrior(header=header, rear=tuple(rows))


def _fitted(feature: Feature, x: FloatArray, y: FloatArray) -> Feature:
    if feature.kind not in ("roll", "shift"):
        return feature
    seen = np.isfinite(y)
    row, *_ = np.linalg.lstsq(x[seen], y[seen], rcond=None)
    noise = max(0.01, float(np.std(y[seen] - x[seen] @ row)))
    update = {"loadings": tuple(np.round(row, 3).tolist()), "noise": round(noise, 2)}
    return feature.model_copy(update=update)


if __name__ == "__main__":
    prior().write(Path(sys.argv[1]))
