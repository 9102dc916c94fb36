"""A measured movement on a body of the renderer: the person's angles, the body's bones.

Turns of the segments stay as measured, lengths are the body's. The way of the hips is scaled by the
length of the legs, and the time by its root, so that a flight still falls by gravity. Feet and legs
are then put to the floor (``footing``); the truth is read off the posed body, contacts off its
soles.
"""

from dataclasses import dataclass, replace
from typing import ClassVar

import numpy as np
from scipy.spatial.transform import Rotation

from sample_videos.render.measured.catalogue import KINDS, load_take
from sample_videos.render.measured.take import Span, Take
from sample_videos.render.meshes import FloatArray
from sample_videos.render.motion import footing
from sample_videos.render.motion.base import AFTER_S, BEFORE_S, Contact, MotionSpec
from sample_videos.render.rotations import DEG, about_z, axes, cross, unit
from sample_videos.render.skeleton import SIDES, Pose, Skeleton

RATE_HZ = 400.0
CUTOFF_HZ = 20.0
MARGIN_S = 0.6
"""So much more than the clip is put to the floor, before and after."""
CONTACT_M, SLIP_MPS = 0.003, 0.5
"""A foot is on the floor when its sole is so near, and moves so little against it."""
STRAIGHT, STRETCH = 3.0 * DEG, 6.0 * DEG
"""Knees keep this much bend, and stretch by at most so much to reach the floor."""
SINK_M = {"run": 0.008, "walk": 0.005, "jump": 0.006, "test": 0.003}
"""Shoe and heel pad give way by this much under the body's load."""
FLAT = {"run": 4 * DEG, "walk": 4 * DEG, "jump": 9 * DEG, "test": 16 * DEG}
"""A loaded foot tilted by less than about this lies flat."""
BODY_SMOOTH_S = 0.12
"""The body follows what its feet were moved by, smoothed over this time."""
_LEFT, _UP = np.array([0.0, 1.0, 0.0]), np.array([0.0, 0.0, 1.0])


@dataclass(frozen=True)
class MeasuredSpec(MotionSpec):
    """Wishes for a measured movement.

    Parameters
    ----------
    take : str
        A key of ``measured.catalogue.SOURCES``.
    start_s : float
        Where the clip begins in the source, in the source's time.
    length_s : float
        At least the clip's length.
    mirror : bool
        Exchange left and right.
    on_belt : bool
        A belt carries the person back at the measured speed.
    start_x_m : float
        Place at t = 0 of whoever travels.
    fist : float
        How far the fingers are closed.
    """

    kind: ClassVar[str] = "measured"
    take: str = ""
    start_s: float = 0.0
    length_s: float = 8.0
    mirror: bool = False
    on_belt: bool = True
    start_x_m: float = 0.0
    fist: float = 0.5


class Measured:
    """A measured movement; see the module's text.

    Parameters
    ----------
    skeleton : Skeleton
        Whose body.
    spec : MeasuredSpec
        What is wished.
    """

    def __init__(self, skeleton: Skeleton, spec: MeasuredSpec) -> None:
        self.skeleton, self.spec = skeleton, spec
        self.kind = KINDS[spec.take]
        take = load_take(spec.take)
        leg_m = skeleton.leg_length_m("L", 0.0)
        self.scale = leg_m / take.leg_m
        self.tempo = float(np.sqrt(self.scale))
        self.take = self._fitted(take.mirrored() if spec.mirror else take)
        self.t_s, self.step_s = self.take.t_s, 1 / RATE_HZ
        self.start_s = float(self.take.t_s[0])
        speed = take.speed_mps * self.scale / self.tempo
        self.belt_mps = speed if spec.on_belt else 0.0
        self.speed_mps = speed if self.kind in ("run", "walk") else None
        self.spans = {s: [x for x in self.take.spans if x.side == s] for s in SIDES}
        self._feet()
        self._centre()
        self._contacts = sorted(
            (c for s in SIDES for c in self._contacts_of(s)), key=lambda c: c.ic_s
        )

    def _fitted(self, take: Take) -> Take:
        """Part of the take on the renderer's clock and grid, in the body's size."""
        a = max(0.0, self.spec.start_s - MARGIN_S)
        length_s = self.spec.length_s / self.tempo
        b = min(float(take.t_s[-1]), self.spec.start_s + length_s + MARGIN_S)
        if self.spec.start_s + length_s > float(take.t_s[-1]) + 2 * take.step_s:
            message = f"{self.spec.take} is too short for {self.spec.length_s} s"
            raise ValueError(message)
        part = take.cut(a, b).resampled(RATE_HZ * self.tempo, CUTOFF_HZ)
        offset = (a - self.spec.start_s) * self.tempo
        clock = self.tempo
        return replace(
            part,
            t_s=np.arange(len(part.t_s)) / RATE_HZ + offset,
            midhip=part.midhip * self.scale,
            spans=tuple(Span(x.side, x.ic_s * clock + offset, x.to_s * clock + offset)
                        for x in part.spans),
        )  # fmt: skip

    # ---- legs
    def _hips(self, side: str) -> FloatArray:
        rest = self.skeleton.joint("upperleg01." + side) - self.skeleton.midhip_rest
        return self.midhip + self.take.turns["pelvis"] @ rest

    def _ankle_as_measured(self, side: str) -> FloatArray:
        leg, r = self.skeleton.legs[side], self.take.turns
        way: FloatArray = (
            -leg.thigh_m * r["thigh" + side] @ _UP - leg.shank_m * r["shank" + side] @ _UP
        )
        return self._hips(side) + way

    def _feet(self) -> None:
        """Put the feet to the floor, and the body where the legs reach them."""
        sk, n, r = self.skeleton, len(self.t_s), self.take.turns
        self.midhip = self.take.midhip.copy()
        self.foot, self.toe, self.rel, self.ankle = {}, {}, {}, {}
        for s in SIDES:
            unturn = about_z(-sk.legs[s].foot_yaw)
            m = r["foot" + s]
            if self.kind in ("jump", "test"):
                m = footing.untwisted(self.t_s, self.spans[s], m)
            m = footing.flattened(self.t_s, self.spans[s], m, FLAT[self.kind])
            pitch = np.arctan2(m[:, 2, 0], np.hypot(m[:, 0, 0], m[:, 1, 0]))
            bend = footing.toe_bend(self.t_s, self.spans[s], pitch)
            up = Rotation.from_rotvec(-bend[:, None] * _LEFT).as_matrix()
            self.foot[s], self.toe[s] = m @ unturn, m @ up @ unturn
            self.rel[s] = footing.Sole.of(sk, s).placed(self.foot[s], self.toe[s])
        sink_m = SINK_M[self.kind]
        for smooth_s in (3.0, BODY_SMOOTH_S):
            stances = {
                s: footing.standing(
                    self.t_s, self.spans[s], self._ankle_as_measured(s), self.rel[s], sink_m
                )
                for s in SIDES
            }  # fmt: skip
            self.midhip += footing.body_shift(n, self.step_s, stances, smooth_s)
        for s in SIDES:
            raw = self._ankle_as_measured(s)
            moves = footing.standing(self.t_s, self.spans[s], raw, self.rel[s], sink_m)
            self.ankle[s] = raw + footing.faded(n, self.step_s, moves)
            height = self.ankle[s][:, 2] + self.rel[s][..., 2].min(1)
            least = footing.least_height(self.t_s, self.spans[s])
            self.ankle[s][:, 2] += np.maximum(least - height, 0)
        too_far = np.max([self._too_far(s) for s in SIDES], 0)
        self.midhip[:, 2] -= footing.let_down(too_far, self.step_s)

    def _too_far(self, side: str) -> FloatArray:
        """By how much the hip must come down for the leg to reach its ankle."""
        v = self.ankle[side] - self._hips(side)
        leg, r = self.skeleton.legs[side], self.take.turns
        bend = np.arccos(
            np.clip((r["thigh" + side][..., 2] * r["shank" + side][..., 2]).sum(1), -1, 1)
        )
        a, b, bend = leg.thigh_m, leg.shank_m, np.maximum(STRAIGHT, bend - STRETCH)
        reach = np.sqrt(a * a + b * b + 2 * a * b * np.cos(bend))
        level = np.hypot(v[:, 0], v[:, 1])
        return -v[:, 2] - np.sqrt(np.maximum(reach**2 - level**2, 0))

    def _centre(self) -> None:
        """Bring the person to the middle of the belt, or to the start of the way."""
        belt = self.belt_mps * self.t_s
        x = self.midhip[:, 0] - belt
        k = int(np.searchsorted(self.t_s, 0.0))
        travels = self.kind in ("run", "walk") and not self.spec.on_belt
        shift_x = self.spec.start_x_m - x[k] if travels else -float(np.median(x))
        shift = np.array([shift_x, -float(np.median(self.midhip[:, 1])), 0.0])
        self.midhip += shift
        for s in SIDES:
            self.ankle[s] += shift

    def _contacts_of(self, side: str) -> list[Contact]:
        """Find when the sole of the posed body is at the floor and rests on it."""
        place = self.ankle[side][:, None] + self.rel[side]
        z = place[..., 2].min(1)
        k = place[..., 2].argpartition(4, axis=1)[:, :4]
        v = np.gradient(place[..., :2], self.step_s, axis=0)
        low = np.take_along_axis(v, k[..., None], 1)
        slip = np.linalg.norm(np.median(low, 1), axis=-1)
        on = (z < CONTACT_M) & (slip < SLIP_MPS)
        out = []
        for x in self.spans[side]:
            a, b = footing.inside(self.t_s, x)
            resting = a + np.flatnonzero(on[a:b])
            if not len(resting):
                continue
            a, b = int(resting[0]), int(resting[-1]) + 1
            while a > 0 and on[a - 1]:
                a -= 1
            while b < len(on) and on[b]:
                b += 1
            ic = BEFORE_S if a == 0 else float(self.t_s[a])
            to = AFTER_S if b >= len(on) else float(self.t_s[b])
            out.append(Contact(side, ic, to))
        return out

    # ---- at a moment
    def _at(self, t_s: float) -> tuple[int, float]:
        x = (t_s - self.start_s) * RATE_HZ
        i = min(max(int(x), 0), len(self.t_s) - 2)
        return i, min(max(x - i, 0.0), 1.0)

    def pose(self, t_s: float) -> Pose:
        """Pose of the whole body in the room."""
        i, u = self._at(t_s)
        sk = self.skeleton

        def point(x: FloatArray) -> FloatArray:
            out: FloatArray = x[i] + u * (x[i + 1] - x[i])
            return out

        def turn(x: FloatArray) -> FloatArray:
            d, n = point(x[:, :, 0]), point(x[:, :, 1])
            return axes(d, n)

        back = np.array([self.belt_mps * t_s, 0.0, 0.0])
        r = self.take.turns
        pose = Pose(point(self.midhip) - back, {"pelvis": turn(r["pelvis"])})
        for s in SIDES:
            plane = turn(r["thigh" + s])[:, 1]
            reach_leg(sk, pose, s, point(self.ankle[s]) - back, plane)
            pose.rotations["foot" + s] = turn(self.foot[s])
            pose.rotations["toe" + s] = turn(self.toe[s])
        arms = {s: (turn(r["ua" + s]), turn(r["fa" + s])) for s in SIDES}
        sk.pose_trunk(pose, turn(r["thorax"]), turn(r["head"]), fist=self.spec.fist)
        for s, (upper, fore) in arms.items():
            pose_arm(sk, pose, s, upper, fore)
        return pose

    def contacts(self, start_s: float, end_s: float) -> list[Contact]:
        """Ground contacts that overlap [start_s, end_s)."""
        return [c for c in self._contacts if c.to_s > start_s and c.ic_s < end_s]

    def ground_x_m(self, t_s: float) -> float:
        """Distance the belt has run."""
        return self.belt_mps * t_s

    def travel_x_m(self, t_s: float) -> float:
        """Distance the person has covered in the room."""
        return 0.0 if self.spec.on_belt or self.speed_mps is None else self.speed_mps * t_s


def reach_leg(
    skeleton: Skeleton, pose: Pose, side: str, ankle: FloatArray, plane: FloatArray
) -> None:
    """Pose a leg that reaches ``ankle`` and bends about ``plane``, which points to the left."""
    leg, v = skeleton.legs[side], ankle - skeleton.hip(pose, side)
    a, b, r = leg.thigh_m, leg.shank_m, float(np.linalg.norm(v))
    r = min(r, (a + b) * 0.99999)
    e = unit(v)
    n = unit(plane - e * (plane @ e))
    f = cross(e, n)  # to the knee's side of the line from hip to ankle
    c = (a * a + r * r - b * b) / (2 * a * r)
    knee = a * (c * e + np.sqrt(max(0.0, 1 - c * c)) * f)
    d1, d2 = unit(knee), unit(e * r - knee)
    pose.rotations["thigh" + side] = axes(d1, n) @ axes(leg.thigh_dir, _LEFT).T
    pose.rotations["shank" + side] = axes(d2, n) @ axes(leg.shank_dir, _LEFT).T


def pose_arm(
    skeleton: Skeleton, pose: Pose, side: str, upper: FloatArray, fore: FloatArray
) -> None:
    """Pose an arm from the turns of its two segments, which hang down at rest."""
    rest, right = skeleton.arms[side], -_LEFT
    du, df = -upper[:, 2], -fore[:, 2]
    n = cross(du, df) + 0.15 * (upper @ right)  # a stretched arm does not show its axis
    pose.rotations["ua" + side] = axes(du, n) @ axes(rest.upper_dir, rest.normal).T
    pose.rotations["fa" + side] = axes(df, n) @ axes(rest.fore_dir, rest.normal).T
    pose.rotations["hand" + side] = pose.rotations["fa" + side]
