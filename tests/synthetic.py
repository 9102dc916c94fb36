"""Analytic people in keypoint space: runners, walkers, squatters and hoppers with known truth.

Contacts come first, the body follows: the stance foot is fixed to the belt (heel rocker, flat,
push-off about the ball), the mid-hip falls freely in flight and is caught by a force of the shape
that people's have (a large bell with slow ends, a small early one),
two-bone inverse kinematics gives the leg, swing legs are Hermite curves. Joint centres are then
placed as MediaPipe's 33 landmarks and projected. Nothing here comes from MediaPipe, so an error
of the program shows as itself.

World: X forward, Y to the runner's left, Z up, metres. Builders return ``(PoseSequence, Truth)``.
"""

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from scipy.interpolate import CubicHermiteSpline
from scipy.optimize import least_squares

from formcheck.data import Channels, Clip, FootEvent, PoseSequence, Rep, Scene, Step, Trial
from formcheck.keypoints import INDEX, N_KEYPOINTS, SIDES, SWAP, View, index_of

G = 9.81
SIGN = {"left": 1.0, "right": -1.0}  # of Y
THIGH, SHANK = 0.42, 0.41  # m
HIP_HALF = 0.085
ANKLE_H, HEEL_X, BALL_X, TOE_X = 0.08, -0.055, 0.125, 0.175
HEEL_H, TOE_H = 0.03, 0.02  # landmarks sit on the shoe, a little above the sole
TRUNK = 0.48
SHOULDER_HALF = 0.17
BODY_HEIGHT = 1.65


@dataclass(frozen=True)
class Truth:
    """What is exactly true of a synthetic clip.

    `values` holds one number per step (in the order of `steps`) or per rep; `curves` one per frame.
    """

    scene: Scene
    clean: PoseSequence
    joints_m: Mapping[str, np.ndarray]  # (T, 3) per landmark name, world metres
    events: tuple[FootEvent, ...] = ()
    steps: tuple[Step, ...] = ()
    reps: tuple[Rep, ...] = ()
    values: Mapping[str, np.ndarray] = field(default_factory=dict)
    curves: Mapping[str, np.ndarray] = field(default_factory=dict)
    cadence_spm: float | None = None

    def times(self, kind: str, side: str) -> np.ndarray:
        """Return the true times of one kind of event on one side."""
        return np.array([e.time_s for e in self.events if e.kind == kind and e.side == side])


@dataclass(frozen=True)
class Camera:
    """How the synthetic camera looks: orthographic unless `distance_m` is given."""

    view: str = "side"
    facing: str = "right"  # used in side view only
    px_per_m: float = 500.0
    distance_m: float | None = None  # pinhole at this distance from the origin
    yaw_deg: float = 0.0  # off square, turns the runner anticlockwise seen from above
    pitch_deg: float = 0.0  # + = camera looks down
    roll_deg: float = 0.0  # as Scene.roll_deg
    height_m: float = 0.9
    width_px: int = 1080
    height_px: int = 1920

    def axes(self) -> np.ndarray:
        """Return rows: image right, image down, away from the camera, in world axes."""
        base = {
            ("side", "right"): ((1, 0, 0), (0, 1, 0)),
            ("side", "left"): ((-1, 0, 0), (0, -1, 0)),
            ("rear", ""): ((0, -1, 0), (1, 0, 0)),
            ("front", ""): ((0, 1, 0), (-1, 0, 0)),
        }[(self.view, self.facing if self.view == "side" else "")]
        right, away = (np.array(v, float) for v in base)
        c, s = np.cos(np.radians(self.yaw_deg)), np.sin(np.radians(self.yaw_deg))
        turn = np.array([[c, s, 0], [-s, c, 0], [0, 0, 1]])
        right, away, down = turn @ right, turn @ away, np.array([0, 0, -1.0])
        p = np.radians(self.pitch_deg)
        away, down = (
            np.cos(p) * away + np.sin(p) * down,
            np.cos(p) * down - np.sin(p) * away,
        )
        return np.stack([right, down, away])

    def project(self, points_m: np.ndarray) -> np.ndarray:
        """Project world points, shape (..., 3) -> (..., 2) pixels, y down."""
        cam = (points_m - np.array([0, 0, self.height_m])) @ self.axes().T
        scale = self.px_per_m
        if self.distance_m is not None:
            scale = scale * self.distance_m / (cam[..., 2:] + self.distance_m)
        xy = cam[..., :2] * scale
        r = np.radians(-self.roll_deg)
        turn = np.array([[np.cos(r), -np.sin(r)], [np.sin(r), np.cos(r)]])
        return xy @ turn.T + np.array([self.width_px / 2, self.height_px / 2])

    def scene(self, surface: str) -> Scene:
        """Return what scene detection should find."""
        facing = {"rear": "away", "front": "toward"}.get(self.view, self.facing)
        return Scene(
            view=View(self.view),
            facing=facing,
            surface=surface,
            roll_deg=self.roll_deg,
            m_per_px=1 / self.px_per_m,
            near_side=self.facing if self.view == "side" else None,
        )


@dataclass(frozen=True)
class Spoil:
    """What the camera and the landmark model do to the truth.

    Attributes
    ----------
    noise_px : float
        White noise on every landmark.
    swaps : sequence of (start_s, end_s)
        Left and right legs exchanged; `swap_legs_only` keeps the upper body.
    dropouts : sequence of (start_s, end_s, names)
        Landmarks unseen (NaN, confidence 0); an empty `names` means all of them.
    collapses : sequence of (start_s, end_s, side)
        The leg of `side` is laid onto the other leg.
    outliers : float
        Fraction of single landmarks thrown off by 100 px.
    """

    noise_px: float = 0.0
    swaps: Sequence[tuple[float, float]] = ()
    swap_legs_only: bool = True
    dropouts: Sequence[tuple[float, float, Sequence[str]]] = ()
    collapses: Sequence[tuple[float, float, str]] = ()
    outliers: float = 0.0
    seed: int = 0


def frame_times(fps: float, duration_s: float, *, vfr: float = 0.0, seed: int = 0) -> np.ndarray:
    """Return frame times; `vfr` is the fraction of frames lost at random."""
    t = np.arange(round(duration_s * fps)) / fps
    if vfr:
        keep = np.random.default_rng(seed).random(t.size) >= vfr
        keep[[0, -1]] = True
        t = t[keep] - t[keep][0]
    return t


# ---- geometry ----------------------------------------------------------------------------------


def _ry(pitch):
    """Rotation about Y, toes up / lean back positive, shape (..., 3, 3)."""
    c, s, o = np.cos(pitch), np.sin(pitch), np.zeros_like(pitch)
    one = np.ones_like(pitch)
    return np.stack(
        [np.stack([c, o, -s], -1), np.stack([o, one, o], -1), np.stack([s, o, c], -1)], -2
    )


def _rz(yaw):
    c, s, o = np.cos(yaw), np.sin(yaw), np.zeros_like(yaw)
    one = np.ones_like(yaw)
    return np.stack(
        [np.stack([c, -s, o], -1), np.stack([s, c, o], -1), np.stack([o, o, one], -1)], -2
    )


def _rx(roll):
    c, s, o = np.cos(roll), np.sin(roll), np.zeros_like(roll)
    one = np.ones_like(roll)
    return np.stack(
        [np.stack([one, o, o], -1), np.stack([o, c, -s], -1), np.stack([o, s, c], -1)], -2
    )


def _apply(rotation, vector):
    return np.einsum("...ij,...j->...i", rotation, np.broadcast_to(vector, rotation.shape[:-1]))


def leg_ik(hip, ankle):
    """Return thigh angle, knee flexion (rad), abduction and how far out of reach, vectorised."""
    v = ankle - hip
    abd = np.arctan2(v[..., 1], -v[..., 2])
    x, z = v[..., 0], np.hypot(v[..., 1], v[..., 2])
    r = np.hypot(x, z)
    c = (THIGH**2 + SHANK**2 - r**2) / (2 * THIGH * SHANK)
    knee = np.pi - np.arccos(np.clip(c, -1, 1))
    thigh = np.arctan2(x, z) + np.arctan2(SHANK * np.sin(knee), THIGH + SHANK * np.cos(knee))
    return thigh, knee, abd, np.maximum(0, -1 - c)


def leg_fk(hip, thigh, knee, abd):
    """Return knee and ankle positions."""

    def seg(angle):
        d = np.stack([np.sin(angle), np.zeros_like(angle), -np.cos(angle)], -1)
        return _apply(_rx(abd), d)

    k = hip + THIGH * seg(thigh)
    return k, k + SHANK * seg(thigh - knee)


def foot_points(ankle, pitch, yaw):
    """Return heel and toe landmarks of a foot."""
    rot = _rz(yaw) @ _ry(pitch)
    heel = ankle + _apply(rot, np.array([HEEL_X, 0, HEEL_H - ANKLE_H]))
    return heel, ankle + _apply(rot, np.array([TOE_X, 0, TOE_H - ANKLE_H]))


def rocker(pitch):
    """Ankle displacement of a pitched foot from its flat place: about the heel or the ball."""
    p = np.asarray(pitch, float)
    heel, ball = np.array([HEEL_X, 0, -ANKLE_H]), np.array([BALL_X, 0, -ANKLE_H])
    pivot = np.where((p > 0)[..., None], heel, ball)
    return pivot - np.einsum("...ij,...j->...i", _ry(p), pivot)


def flexion_deg(hip, knee, ankle):
    """Knee flexion from three points, 0 = straight."""
    a, b = knee - hip, ankle - knee
    cos = np.sum(a * b, -1) / np.linalg.norm(a, axis=-1) / np.linalg.norm(b, axis=-1)
    return np.degrees(np.arccos(np.clip(cos, -1, 1)))


# ---- running -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Runner:
    """Parameters of a synthetic runner; pairs are (left, right)."""

    cadence_spm: float = 170.0
    speed_mps: float = 2.8
    contact_time_s: tuple[float, float] = (0.250, 0.250)
    strike: str = "heel"  # heel | mid | fore
    knee_at_contact_deg: float = 15.0
    knee_peak_deg: float = 42.0
    knee_swing_deg: float = 95.0
    pelvic_drop_deg: tuple[float, float] = (5.0, 5.0)
    pelvis_rotation_deg: float = 10.0  # peak to peak
    trunk_rotation_deg: float = 24.0  # peak to peak
    trunk_lean_deg: float = 7.0
    trunk_side_lean_deg: float = 2.0  # toward the stance leg
    step_width_m: float = 0.06
    toe_out_deg: float = 6.0
    step_asymmetry: float = 0.0
    jitter_s: float = 0.0  # SD of every step time
    touchdown_speed: float = 0.7  # foot's backward speed at contact, fraction of the belt's
    touchdown_sink_mps: float = 0.5
    hip_rise_m: float = -0.035  # at mid-stance, where there is no flight; + = walking
    first_contact_s: float = 0.12
    overground: bool = False
    start_x_m: float = 0.0
    seed: int = 0


PITCH = {"heel": (17.0, 0.20, 0.50), "mid": (3.0, 0.08, 0.46), "fore": (-9.0, 0.16, 0.42)}


def _bell(x, peak):
    half = np.where(x < peak, peak, 1 - peak)
    return np.where((x >= 0) & (x <= 1), 1 + np.cos(np.pi * (x - peak) / half), 0.0)


# The force over a contact of unit length and impulse, summed up once (speed) and twice (height).
SHARE = np.linspace(0, 1, 2001)
FORCE = 0.075 * _bell(SHARE / 0.27, 0.5) / 0.27 + 0.925 * (
    0.775 * _bell(SHARE, 0.46) + 0.225 * np.pi / 2 * np.sin(np.pi * SHARE)
)
GAIN = np.concatenate([[0], np.cumsum(0.5 * (FORCE[1:] + FORCE[:-1]))]) / 2000
RISE = np.concatenate([[0], np.cumsum(0.5 * (GAIN[1:] + GAIN[:-1]))]) / 2000


class _Run:
    """The runner as a function of time, in the frame of the belt's room."""

    def __init__(self, p: Runner, t_end: float, *, solved: bool = True) -> None:
        self.p = p
        rng = np.random.default_rng(p.seed)
        step = 60 / p.cadence_spm
        n_before = 6
        n = int(np.ceil(t_end / step)) + 2 * n_before
        steps = step * (1 + p.step_asymmetry * np.where(np.arange(n) % 2, -1, 1))
        steps = steps + p.jitter_s * rng.standard_normal(n)
        start = p.first_contact_s - float(np.sum(steps[:n_before]))
        self.ic = start + np.concatenate([[0], np.cumsum(steps[:-1])])
        self.side = np.arange(n) % 2  # 0 left
        self.tc = np.asarray(p.contact_time_s)[self.side]
        self.to = self.ic + self.tc
        self.mid = (self.ic + self.to) / 2
        self.sides = [SIDES[i] for i in self.side]
        self.flight = bool((self.tc < step - 0.012).all())
        self.z0, self.x0, self.pto = 0.85, 0.25, -np.radians(58)
        if solved:
            self.z0, self.x0, self.pto = _stance_of(_stance_facts(p))
            self.swings = [self._swing(i) for i in range(n - 2)]

    # pelvis
    def _phase(self, t):
        return np.interp(t, self.mid, np.arange(self.mid.size))

    def hip_z(self, t):
        if not self.flight:
            return self.z0 + self.p.hip_rise_m * np.cos(2 * np.pi * self._phase(t))
        k = np.clip(np.searchsorted(self.ic, t, side="right") - 1, 1, self.ic.size - 2)
        tc, before, after = self.tc[k], self.ic[k] - self.to[k - 1], self.ic[k + 1] - self.to[k]
        early = (RISE[-1] - 0.5) * tc  # the force's centre, before the middle of the contact
        vi, vo = -G * (before / 2 + early), G * (after / 2 - early)
        thrust, lift = vo - vi + G * tc, G * early * after
        u, w = t - self.ic[k], 2 * np.pi / tc
        ground = vi * u - G * u**2 / 2 + thrust * tc * np.interp(u / tc, SHARE, RISE)
        end = vi * tc - G * tc**2 / 2 + thrust * tc * RISE[-1]
        ground = ground + (lift - end) / tc * (u - np.sin(w * u) / w)
        s = u - tc
        return self.z0 + np.where(u <= tc, ground, lift + vo * s - G * s**2 / 2)

    def pelvis(self, t):
        """Mid-hip (T, 3), obliquity (rad, + = left higher), yaw (rad, + = left)."""
        p, ph = self.p, self._phase(t)
        mid = np.stack([0.008 * np.sin(2 * np.pi * ph + 0.6), 0.012 * np.cos(np.pi * ph)], -1)
        mid = np.concatenate([mid, self.hip_z(t)[..., None]], -1)
        # raised-cosine bump per stance, two steps wide at its foot
        d = ph[..., None] - np.arange(self.mid.size)
        bump = np.where(np.abs(d) < 0.6, np.cos(np.pi * np.clip(d, -0.6, 0.6) / 1.2) ** 2, 0)
        drop = np.where(self.side == 0, p.pelvic_drop_deg[0], -p.pelvic_drop_deg[1])
        yaw = 0.5 * p.pelvis_rotation_deg * np.sin(np.pi * ph + 0.785)
        return mid, np.radians(bump @ drop), np.radians(yaw)

    def hip(self, side, t):
        mid, obl, yaw = self.pelvis(t)
        return mid + _apply(_rz(yaw) @ _rx(obl), np.array([0, SIGN[side] * HIP_HALF, 0]))

    # stance
    def pitch(self, u):
        p0, flat, off = PITCH[self.p.strike]
        p0 = np.radians(p0)
        land = p0 * np.clip(1 - u / flat, 0, 1) ** 2
        return land + self.pto * np.clip((u - off) / (1 - off), 0, 1) ** 1.75

    def stance(self, i, t):
        """Ankle (T, 3) and foot pitch (rad) of the foot that is down in stance `i`."""
        u = (t - self.ic[i]) / self.tc[i]
        pitch = self.pitch(u)
        x = self.x0 - rocker(self.pitch(np.zeros(1)))[0, 0] - self.p.speed_mps * (t - self.ic[i])
        y = SIGN[self.sides[i]] * self.p.step_width_m / 2
        flat = np.stack([x, np.full_like(x, y), np.full_like(x, ANKLE_H)], -1)
        return flat + rocker(pitch), pitch

    def stance_q(self, i, t):
        ankle, pitch = self.stance(i, t)
        thigh, knee, abd, over = leg_ik(self.hip(self.sides[i], t), ankle)
        return np.stack([thigh, knee, abd, pitch], -1), over

    def solve(self):
        """Return hip height, foot placement and push-off that meet the wanted knee angles best."""
        mids = range(6, 8)
        u = np.array([0, 0.25, 0.32, 0.38, 0.44, 0.5, 0.6, 1.0])

        def residual(x):
            self.z0, self.x0, self.pto = x
            out = []
            for i in mids:
                q, over = self.stance_q(i, self.ic[i] + u * self.tc[i])
                knee = np.degrees(q[:, 1])
                out += [knee[0] - self.p.knee_at_contact_deg]
                out += [knee[1:-1].max() - self.p.knee_peak_deg]
                out += [0.2 * (knee[-1] - 18), 400 * over.sum()]
            return np.array([*out, 0.1 * (np.degrees(x[2]) + 58)])

        box = ([0.6, -0.1, -1.4], [1.1, 0.6, -0.5])
        starts = [[z, x, -1.0] for z in (0.78, 0.84, 0.9) for x in (0.1, 0.25)]
        fit = min((least_squares(residual, s, bounds=box) for s in starts), key=lambda f: f.cost)
        return tuple(fit.x)

    # swing
    def _swing(self, i):
        p, h = self.p, 1e-4
        t0, t1 = self.to[i], self.ic[i + 2]
        span = t1 - t0
        (q0, q0b), _ = self.stance_q(i, np.array([t0, t0 - h]))
        (q1,), _ = self.stance_q(i + 2, np.array([t1]))
        d0 = (q0 - q0b) / h * span
        hips = self.hip(self.sides[i], np.array([t1, t1 - h]))
        want = np.array([-p.touchdown_speed * p.speed_mps, -p.touchdown_sink_mps])
        want = want - ((hips[0] - hips[1]) / h)[[0, 2]]

        def ankle(th, kn):
            return leg_fk(np.zeros(3), np.array(th), np.array(kn), np.array(q1[2]))[1][[0, 2]]

        e = 1e-5
        base = ankle(q1[0], q1[1])
        jac = np.stack(
            [(ankle(q1[0] + e, q1[1]) - base) / e, (ankle(q1[0], q1[1] + e) - base) / e], 1
        )
        d1 = np.clip(np.linalg.solve(jac, want), [-7, -9], [2, 9]) * span
        hip_max = max(q1[0] + 0.12, np.radians(38))
        knee_min = max(np.radians(4), min(q1[1] - np.radians(3), np.radians(12)))
        swing = np.radians(p.knee_swing_deg)
        foot0, foot1 = (q[3] - (q[0] - q[1]) for q in (q0, q1))
        lift = q0[0] + np.clip(d0[0], -1, 0) * 0.035
        keys = (
            (
                [0, 0.10, 0.72, 1],
                [q0[0], lift, hip_max, q1[0]],
                [np.clip(d0[0], -2, 2), 0.3, 0, d1[0]],
            ),
            (
                [0, 0.46, 0.95, 1],
                [q0[1], swing, knee_min, q1[1]],
                [np.clip(d0[1], 0, 6), 0, 0, np.clip(d1[1], 0, 1.2)],
            ),
            ([0, 1], [q0[2], q1[2]], [0, 0]),
            (
                [0, 0.12, 0.6, 1],
                [foot0, foot0 - 0.02, 0.17, foot1],
                [np.clip(d0[3], -1.2, 0), 0.3, 0, 0],
            ),
        )
        return [CubicHermiteSpline(*k) for k in keys], t0, span

    def leg(self, side, t):
        """Return (hip, knee, ankle, heel, toe) of one leg, each (T, 3)."""
        q = np.full((t.size, 4), np.nan)
        ids = [i for i, s in enumerate(self.sides) if s == side]
        for i in ids:
            on = (t >= self.ic[i]) & (t <= self.to[i])
            if on.any():
                q[on] = self.stance_q(i, t[on])[0]
            if i >= len(self.swings):
                continue
            splines, t0, span = self.swings[i]
            air = (t > t0) & (t < t0 + span)
            v = np.stack([s((t[air] - t0) / span) for s in splines], -1)
            v[:, 3] += v[:, 0] - v[:, 1]
            q[air] = v
        hip = self.hip(side, t)
        knee, ankle = leg_fk(hip, q[:, 0], q[:, 1], q[:, 2])
        yaw = np.full(t.size, SIGN[side] * np.radians(self.p.toe_out_deg))
        heel, toe = foot_points(ankle, q[:, 3], yaw)
        return hip, knee, ankle, heel, toe


def _stance_facts(p: Runner) -> Runner:
    """Return the runner with everything at its default that the stance legs do not depend on."""
    free = ["knee_swing_deg", "trunk_rotation_deg", "trunk_lean_deg", "trunk_side_lean_deg"]
    free += ["toe_out_deg", "touchdown_speed", "touchdown_sink_mps", "overground", "start_x_m"]
    if not p.jitter_s:
        free += ["seed"]
    return replace(p, **{name: getattr(Runner(), name) for name in free})


@functools.cache
def _stance_of(facts: Runner) -> tuple[float, float, float]:
    return _Run(facts, 0.0, solved=False).solve()


def _upper(mid, lean, side_lean, yaw_trunk, arm_phase):
    """Head, shoulders and arms on a trunk; angles in rad, shape (T,)."""
    out = {}
    rot = _rz(yaw_trunk) @ _rx(side_lean) @ _ry(-lean)
    neck = mid + _apply(rot, np.array([0, 0, TRUNK]))
    for s in SIDES:
        sg = SIGN[s]
        sh = mid + _apply(rot, np.array([0, sg * SHOULDER_HALF, TRUNK]))
        swing = np.radians(-14) + np.radians(23) * np.sin(arm_phase) * sg
        upper = np.stack([np.sin(swing), sg * np.full_like(swing, 0.25), -np.cos(swing)], -1)
        elbow = sh + 0.28 * upper / np.linalg.norm(upper, axis=-1, keepdims=True)
        fore = np.stack([np.cos(swing), -sg * np.full_like(swing, 0.3), np.sin(swing)], -1)
        fore = fore / np.linalg.norm(fore, axis=-1, keepdims=True)
        out[f"{s}_shoulder"], out[f"{s}_elbow"] = sh, elbow
        out[f"{s}_wrist"] = elbow + 0.24 * fore
        for name, k in (("pinky", 0.31), ("index", 0.32), ("thumb", 0.28)):
            out[f"{s}_{name}"] = elbow + k * fore
        for name, v in (
            (f"{s}_eye_inner", (0.09, sg * 0.015, 0.19)),
            (f"{s}_eye", (0.09, sg * 0.03, 0.19)),
            (f"{s}_eye_outer", (0.085, sg * 0.045, 0.19)),
            (f"{s}_ear", (0.0, sg * 0.075, 0.17)),
            (f"mouth_{s}", (0.09, sg * 0.025, 0.12)),
        ):
            out[name] = neck + np.array(v)
    out["nose"] = neck + np.array([0.115, 0, 0.16])
    return out


def _assemble(joints, t, camera, surface, spoil, history):
    xyz = np.stack(
        [joints[name] for name in INDEX],
        1,
    )
    xy = camera.project(xyz)
    mid = 0.5 * (joints["left_hip"] + joints["right_hip"])
    world = (xyz - mid[:, None]) @ camera.axes().T
    clean = PoseSequence(
        time_s=t,
        xy_px=xy,
        confidence=np.full((t.size, N_KEYPOINTS), 0.98),
        world_m=world,
        history=(history,),
    )
    return spoiled(clean, spoil), clean, camera.scene(surface)


def spoiled(clean: PoseSequence, spoil: Spoil) -> PoseSequence:
    """Return `clean` with noise, swaps, collapses, outliers and dropouts."""
    rng = np.random.default_rng(spoil.seed)
    t, xy = clean.time_s, clean.xy_px.copy()
    conf, world = clean.confidence.copy(), clean.world_m.copy()
    xy += spoil.noise_px * rng.standard_normal(xy.shape)
    swap = np.array(SWAP)
    if spoil.swap_legs_only:
        swap = np.where(np.arange(N_KEYPOINTS) >= INDEX["left_hip"], swap, np.arange(N_KEYPOINTS))
    for a, b in spoil.swaps:
        on = (t >= a) & (t < b)
        xy[on], world[on] = xy[on][:, swap], world[on][:, swap]
    legs = ("knee", "ankle", "heel", "foot_index")
    for a, b, side in spoil.collapses:
        on = (t >= a) & (t < b)
        away = "right" if side == "left" else "left"
        for j in legs:
            xy[on, index_of(side, j)] = xy[on, index_of(away, j)]
    if spoil.outliers:
        hit = rng.random(xy.shape[:2]) < spoil.outliers
        angle = rng.uniform(0, 2 * np.pi, hit.sum())
        xy[hit] += 100 * np.stack([np.cos(angle), np.sin(angle)], -1)
    for a, b, names in spoil.dropouts:
        on = np.flatnonzero((t >= a) & (t < b))
        idx = [INDEX[n] for n in names] or list(range(N_KEYPOINTS))
        at = np.ix_(on, idx)
        xy[at], conf[at], world[at] = np.nan, 0.0, np.nan
    return clean.with_("spoiled", xy_px=xy, confidence=conf, world_m=world)


def _run_joints(run, t):
    p, ph = run.p, run._phase(t)
    mid, obl, yaw = run.pelvis(t)
    lean = np.radians(p.trunk_lean_deg) * np.ones_like(t)
    side_lean = -np.radians(p.trunk_side_lean_deg) * np.cos(np.pi * (ph - run.side[0]))
    yaw_trunk = -0.5 * np.radians(p.trunk_rotation_deg) * np.sin(np.pi * ph + 0.15)
    joints = _upper(mid, lean, side_lean, yaw_trunk, np.pi * ph + 0.1)
    for s in SIDES:
        names = ("hip", "knee", "ankle", "heel", "foot_index")
        joints |= {f"{s}_{n}": v for n, v in zip(names, run.leg(s, t), strict=True)}
    shift = np.zeros((t.size, 3))
    shift[:, 0] = p.start_x_m + (p.speed_mps * t if p.overground else 0)
    curves = {
        "pelvis_obliquity_deg": np.degrees(obl),
        "pelvis_rotation_deg": np.degrees(yaw),
        "trunk_rotation_deg": np.degrees(yaw_trunk),
        "trunk_side_lean_deg": np.degrees(side_lean),
        "trunk_forward_lean_deg": np.degrees(lean),
        "hip_height_m": mid[:, 2],
    }
    for s in SIDES:
        curves[f"{s}_knee_flexion_deg"] = flexion_deg(
            joints[f"{s}_hip"], joints[f"{s}_knee"], joints[f"{s}_ankle"]
        )
    return {k: v + shift for k, v in joints.items()}, curves


def _run_steps(run, t_last):
    events, steps, order = [], [], []
    for i, s in enumerate(run.sides):
        if not 0 <= run.ic[i] <= t_last:
            if 0 <= run.to[i] <= t_last:
                events.append(FootEvent(kind="toe_off", side=s, time_s=float(run.to[i]), sd_s=0.0))
            continue
        seen = [
            float(v) if v <= t_last else None for v in (run.to[i], run.ic[i + 1], run.ic[i + 2])
        ]
        steps.append(
            Step(
                side=s,
                strike_s=float(run.ic[i]),
                toe_off_s=seen[0],
                end_s=seen[1],
                stride_end_s=seen[2],
                strike_sd_s=0.0,
                toe_off_sd_s=0.0 if seen[0] is not None else None,
            )
        )
        order.append(i)
        events.append(FootEvent(kind="foot_strike", side=s, time_s=float(run.ic[i]), sd_s=0.0))
        if seen[0] is not None:
            events.append(FootEvent(kind="toe_off", side=s, time_s=seen[0], sd_s=0.0))
    return tuple(sorted(events, key=lambda e: e.time_s)), tuple(steps), order


def _run_values(run, order):
    rows = []
    for i in order:
        tt = np.linspace(run.ic[i], run.to[i], 201)
        q, _ = run.stance_q(i, tt)
        knee = np.degrees(q[:, 1])
        sign = 1 if run.side[i] == 0 else -1
        _, obl, _ = run.pelvis(tt)
        drop = np.degrees(obl) * sign
        rows.append((knee[0], knee.max(), drop.max(), drop.max() - drop[0], run.tc[i] * 1000))
    names = (
        "knee_flexion_at_contact_deg",
        "peak_knee_flexion_stance_deg",
        "pelvic_drop_deg",
        "pelvic_drop_excursion_deg",
        "contact_time_ms",
    )
    table = np.array(rows).reshape(-1, len(names))
    return {n: table[:, k] for k, n in enumerate(names)}


def running_pose(
    runner: Runner | None = None,
    *,
    camera: Camera | None = None,
    spoil: Spoil | None = None,
    fps: float = 60.0,
    duration_s: float = 6.0,
    time_s: np.ndarray | None = None,
    **kw: object,
) -> tuple[PoseSequence, Truth]:
    """Return a synthetic runner.

    Any field of :class:`Runner`, :class:`Camera` or :class:`Spoil` may be given by name, as in
    ``running_pose(view="rear", cadence_spm=160, noise_px=2, swaps=[(1.0, 1.05)])``.
    """
    runner, camera, spoil = _configure(runner, camera, spoil, kw)
    t = frame_times(fps, duration_s) if time_s is None else np.asarray(time_s, float)
    run = _Run(runner, float(t[-1]))
    joints, curves = _run_joints(run, t)
    surface = "overground" if runner.overground else "treadmill"
    pose, clean, scene = _assemble(joints, t, camera, surface, spoil, "synthetic runner")
    events, steps, order = _run_steps(run, float(t[-1]))
    truth = Truth(
        scene=scene,
        clean=clean,
        joints_m=joints,
        events=events,
        steps=steps,
        values=_run_values(run, order),
        curves=curves,
        cadence_spm=runner.cadence_spm,
    )
    return pose, truth


def walking_pose(
    *, cadence_spm: float = 112.0, speed_mps: float = 1.3, **kw: object
) -> tuple[PoseSequence, Truth]:
    """Return a walker: double support, straight stance knee, hip highest at mid-stance."""
    tc = 0.62 * 120 / cadence_spm
    args = {
        "cadence_spm": cadence_spm,
        "speed_mps": speed_mps,
        "contact_time_s": (tc, tc),
        "knee_at_contact_deg": 5.0,
        "knee_peak_deg": 16.0,
        "knee_swing_deg": 60.0,
        "trunk_lean_deg": 2.0,
        "touchdown_speed": 0.3,
        "touchdown_sink_mps": 0.2,
        "hip_rise_m": 0.02,
    }
    return running_pose(**(args | kw))


def _configure(runner, camera, spoil, kw):
    """Sort keyword arguments into the three parameter classes; unknown names are an error."""
    out = []
    rest = dict(kw)
    for cls, given in ((Runner, runner), (Camera, camera), (Spoil, spoil)):
        mine = {k: rest.pop(k) for k in list(rest) if k in cls.__dataclass_fields__}
        seed = mine.get("seed")
        if seed is not None:
            rest["seed"] = seed
        base = {} if given is None else {k: getattr(given, k) for k in cls.__dataclass_fields__}
        out.append(cls(**(base | mine)))
    rest.pop("seed", None)
    if rest:
        msg = f"unknown parameters: {', '.join(rest)}"
        raise TypeError(msg)
    return out


# ---- squats ------------------------------------------------------------------------------------


def _ramp(u):
    return 0.5 - 0.5 * np.cos(np.pi * np.clip(u, 0, 1))


def squat_depth(t, reps, *, start_s, rep_time_s, pause_s, rest_s):
    """Depth 0..1 (times each rep's depth) over time, and (start, deepest, end) of each rep."""
    d = np.zeros_like(t)
    marks = []
    at = start_s
    half = rep_time_s / 2
    for depth in reps:
        down = _ramp((t - at) / half)
        up = _ramp((t - at - half - pause_s) / half)
        d = d + depth * (down - up)
        marks.append((at, at + half + pause_s / 2, at + rep_time_s + pause_s))
        at += rep_time_s + pause_s + rest_s
    return d, marks


def squat_pose(
    *,
    stance: str = "left",  # left | right | both
    reps: Sequence[float] = (60.0, 60.0, 60.0),  # peak knee flexion of each, deg
    fppa_deg: float = 8.0,  # frontal plane projection angle at the deepest point, + = knee medial
    pelvic_drop_deg: float = 4.0,
    trunk_lean_deg: float = 12.0,
    trunk_side_lean_deg: float = 3.0,
    standing_knee_deg: float = 6.0,
    start_s: float = 0.8,
    rep_time_s: float = 2.4,
    pause_s: float = 0.0,
    rest_s: float = 0.4,
    lift_at_s: float | None = None,  # both feet down before this
    fps: float = 30.0,
    duration_s: float | None = None,
    time_s: np.ndarray | None = None,
    camera: Camera | None = None,
    spoil: Spoil | None = None,
    **kw: object,
) -> tuple[PoseSequence, Truth]:
    """Return a squatter seen from the front (or any view); truth in `values`, one per rep."""
    _, camera, spoil = _configure(None, camera or Camera(view="front"), spoil, kw)
    total = start_s + len(reps) * (rep_time_s + pause_s + rest_s) + 0.6
    t = frame_times(fps, duration_s or total) if time_s is None else np.asarray(time_s, float)
    depth, marks = squat_depth(
        t, reps, start_s=start_s, rep_time_s=rep_time_s, pause_s=pause_s, rest_s=rest_s
    )
    knee = standing_knee_deg + depth * (1 - standing_knee_deg / max([*reps, 1]))
    frac = depth / max([*reps, 1])
    joints, curves = _squat_joints(
        t,
        knee,
        frac,
        stance,
        lift_at_s,
        (fppa_deg, pelvic_drop_deg, trunk_lean_deg, trunk_side_lean_deg),
    )
    pose, clean, scene = _assemble(joints, t, camera, "static", spoil, "synthetic squat")
    found = tuple(
        Rep(side=stance, start_s=a, deepest_s=b, end_s=c) for a, b, c in marks if c <= t[-1]
    )
    at = np.array([r.deepest_s for r in found])
    values = {
        "squat_depth_deg": np.interp(at, t, curves["knee_flexion_deg"]),
        "squat_valgus_deg": np.interp(at, t, curves["fppa_deg"]),
    }
    truth = Truth(
        scene=scene, clean=clean, joints_m=joints, reps=found, values=values, curves=curves
    )
    return pose, truth


def _squat_leg(t, knee_deg, fppa_deg, side, foot_y):
    """Hip, knee, ankle of a leg on flat ground with a given knee flexion and frontal angle."""
    kn = np.radians(knee_deg)
    th, sh = 0.55 * kn, 0.45 * kn
    ank = np.stack([np.zeros_like(t), np.full_like(t, foot_y), np.full_like(t, ANKLE_H)], -1)
    zk, zh = SHANK * np.cos(sh), SHANK * np.cos(sh) + THIGH * np.cos(th)
    # knee off the vertical hip-ankle line by d: fppa = atan(d / shank) + atan(d / thigh)
    lo, hi = np.full_like(t, -0.5), np.full_like(t, 0.5)
    want = np.radians(fppa_deg)
    for _ in range(50):
        d = (lo + hi) / 2
        low = np.arctan(d / zk) + np.arctan(d / (zh - zk)) < want
        lo, hi = np.where(low, d, lo), np.where(low, hi, d)
    medial = -SIGN[side] * (lo + hi) / 2
    knee = ank + np.stack([SHANK * np.sin(sh), medial, zk], -1)
    hip = ank + np.stack([SHANK * np.sin(sh) - THIGH * np.sin(th), np.zeros_like(t), zh], -1)
    return hip, knee, ank


def _squat_joints(t, knee, frac, stance, lift_at, pose):
    fppa, drop, lean, side_lean = pose
    joints, main = {}, "left" if stance == "both" else stance
    sg = SIGN[main]
    y = sg * (HIP_HALF if stance == "both" else 0.5 * HIP_HALF)
    hip, kn, ank = _squat_leg(t, knee, fppa * frac, main, y)
    obl = sg * np.radians(drop) * frac if stance != "both" else 0 * t
    other = "right" if main == "left" else "left"
    across = _apply(_rx(obl), np.array([0, -2 * sg * HIP_HALF, 0]))
    hip2 = hip + across
    _place(joints, main, hip, kn, ank, 0 * t)
    if stance == "both":
        mirror = np.array([1.0, -1.0, 1.0])
        hip2 = hip * mirror
        _place(joints, other, hip2, kn * mirror, ank * mirror, 0 * t)
    else:
        up = np.ones_like(t) if lift_at is None else _ramp((t - lift_at) / 0.4)
        thigh, flex = np.radians(6 + 14 * frac) * up, np.radians(8 + (52 + 20 * frac) * up)
        k2, a2 = leg_fk(hip2, thigh, flex, 0 * t)
        _place(joints, other, hip2, k2, a2, (thigh - flex) * 0.7)
    mid = 0.5 * (hip + hip2)
    joints |= _upper(mid, np.radians(lean) * frac, -sg * np.radians(side_lean) * frac, 0 * t, 0 * t)
    curves = {
        "knee_flexion_deg": flexion_deg(hip, kn, ank),
        "sagittal_knee_flexion_deg": knee,
        "fppa_deg": fppa * frac,
        "pelvis_obliquity_deg": np.degrees(obl),
        "hip_height_m": mid[:, 2],
    }
    return joints, curves


def _place(joints, side, hip, knee, ankle, pitch):
    yaw = np.full(ankle.shape[0], SIGN[side] * np.radians(6.0))
    heel, toe = foot_points(ankle, pitch, yaw)
    names = ("hip", "knee", "ankle", "heel", "foot_index")
    joints |= {f"{side}_{n}": v for n, v in zip(names, (hip, knee, ankle, heel, toe), strict=True)}


# ---- hops --------------------------------------------------------------------------------------


def hop_pose(
    *,
    side: str = "right",  # left | right | both
    n: int = 8,
    contact_time_s: float = 0.30,
    flight_time_s: float = 0.25,
    start_s: float = 0.5,
    pitch_deg: float = -20.0,
    knee_at_contact_deg: float = 20.0,
    fps: float = 60.0,
    duration_s: float | None = None,
    time_s: np.ndarray | None = None,
    camera: Camera | None = None,
    spoil: Spoil | None = None,
    **kw: object,
) -> tuple[PoseSequence, Truth]:
    """Return a hopper in place: quiet standing, `n` landings, and the last one held."""
    _, camera, spoil = _configure(None, camera or Camera(view="front"), spoil, kw)
    period = contact_time_s + flight_time_s
    total = start_s + n * period + 1.0
    t = frame_times(fps, duration_s or total) if time_s is None else np.asarray(time_s, float)
    pitch = np.radians(pitch_deg)
    ic = start_s + flight_time_s + np.arange(n) * period
    z, foot, air = _hop_height(t, ic, contact_time_s, flight_time_s, pitch)
    kc = np.radians(knee_at_contact_deg)
    reach = np.sqrt(THIGH**2 + SHANK**2 + 2 * THIGH * SHANK * np.cos(kc))
    joints = {}
    down = SIDES if side == "both" else (side,)
    y0 = 0.0 if side == "both" else SIGN[side] * 0.5 * HIP_HALF
    mid = np.stack(
        [0 * t, np.full_like(t, y0 - (0 if side == "both" else SIGN[side] * HIP_HALF)), z], -1
    )
    mid[:, 2] += ANKLE_H + rocker(np.array([pitch]))[0, 2] + reach
    for s in SIDES:
        hip = mid + np.array([0, SIGN[s] * HIP_HALF, 0])
        if s in down:
            lift = np.where(air, mid[:, 2] - reach - rocker(np.array([pitch]))[0, 2], ANKLE_H)
            ank = (
                np.stack([0 * t, hip[:, 1], lift], -1)
                + rocker(foot)
                - rocker(np.array([pitch])) * [1, 1, 0]
            )
            thigh, flex, abd, _ = leg_ik(hip, ank)
            k, a = leg_fk(hip, thigh, flex, abd)
            _place(joints, s, hip, k, a, foot)
        else:
            th, fl = np.full_like(t, np.radians(10)), np.full_like(t, np.radians(70))
            k, a = leg_fk(hip, th, fl, 0 * t)
            _place(joints, s, hip, k, a, th - fl)
    joints |= _upper(mid, np.full_like(t, 0.1), 0 * t, 0 * t, 0 * t)
    pose, clean, scene = _assemble(joints, t, camera, "static", spoil, "synthetic hops")
    events, reps = _hop_truth(ic, contact_time_s, flight_time_s, down, side, t[-1])
    truth = Truth(
        scene=scene,
        clean=clean,
        joints_m=joints,
        events=events,
        reps=reps,
        curves={"hip_height_m": mid[:, 2]},
        values={"hop_height_cm": np.full(len(reps), 100 * G * flight_time_s**2 / 8)},
    )
    return pose, truth


def _hop_height(t, ic, tc, tf, pitch):
    """Mid-hip height above its height at contact, foot pitch, and whether in the air."""
    v = G * tf / 2
    first, last = ic[0] - tf, ic[-1] + tc
    u = np.where(t < first, tc, (t - ic[0]) % (tc + tf))
    u = np.where(t > ic[-1], t - ic[-1], u)
    w = np.pi / tc
    a = np.pi * (2 * v + G * tc) / (2 * tc)
    ground = -v * u - G * u**2 / 2 + a / w * (u - np.sin(w * u) / w)
    s = u - tc
    air = (u > tc) & (t > first) & (t < last)
    z = np.where(air, v * s - G * s**2 / 2, ground)
    foot = np.where(air, pitch, pitch * (2 * u / tc - 1) ** 2)
    # quiet stance before the first take-off and after the last landing
    before, after = t <= first, t >= last - tc / 2
    push = np.clip((first - t) / (tc / 2), 0, 1)
    z_mid = float(-v * tc / 2 - G * tc**2 / 8 + a / w * (tc / 2 - np.sin(w * tc / 2) / w))
    back = np.clip((t - last + tc / 2) / 0.6, 0, 1)
    up = first - t
    uu = np.clip(tc - up, tc / 2, tc)
    rise = -v * uu - G * uu**2 / 2 + a / w * (uu - np.sin(w * uu) / w)
    z = np.where(before, rise, z)
    z = np.where(after, z_mid * (1 - _ramp(back) * 0.9), z)
    foot = np.where(before, pitch * (1 - push) ** 2, np.where(after, 0.0, foot))
    return z, foot, air & ~after


def _hop_truth(ic, tc, tf, down, side, t_last):
    events, reps = [], []
    offs = np.concatenate([[ic[0] - tf], ic[:-1] + tc])
    for s in down:
        for kind, times in (("foot_strike", ic), ("toe_off", offs)):
            events += [
                FootEvent(kind=kind, side=s, time_s=float(x), sd_s=0.0)
                for x in times
                if x <= t_last
            ]
    reps += [
        Rep(side=side, start_s=float(x), deepest_s=float(x + tc / 2), end_s=float(x + tc))
        for x in ic
        if x + tc <= t_last
    ]
    return tuple(sorted(events, key=lambda e: (e.time_s, e.side))), tuple(reps)


# ---- what other stages want ----------------------------------------------------------------------


def standing_pose(*, fps: float = 30.0, duration_s: float = 4.0, **kw: object):
    """Return somebody who stands on both feet."""
    return squat_pose(stance="both", reps=(), fps=fps, duration_s=duration_s, **kw)


def clip_of(pose: PoseSequence, *, width_px: int = 1080, height_px: int = 1920, **kw) -> Clip:
    """Return a Clip that could have carried `pose`."""
    base = {
        "path": Path("synthetic.mp4"),
        "sha256": "0" * 64,
        "width_px": width_px,
        "height_px": height_px,
        "file_time_s": pose.time_s,
    }
    return Clip(**(base | kw))


def trial_of(pose: PoseSequence, truth: Truth, **kw) -> Trial:
    """Return a Trial with the true events, `pose` both raw and filtered, and no pixel channels."""
    base = {
        "clip": clip_of(pose),
        "scene": truth.scene,
        "pose": pose,
        "raw": pose,
        "channels": Channels(time_s=pose.time_s),
        "steps": truth.steps,
        "reps": truth.reps,
    }
    return Trial(**(base | kw))
