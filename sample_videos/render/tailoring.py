"""Clothes, shoes, socks and hair for a bare body mesh."""

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from sample_videos.render.meshes import FloatArray, IntArray, Mesh, grid_faces

SOLE_M = 0.022
SIDE_SIGN = {"L": 1.0, "R": -1.0}


class Part(IntEnum):
    """What a vertex belongs to; the numbers are also the shader's materials."""

    SKIN = 0
    SHIRT = 1
    SHORTS = 2
    LEGGINGS = 3
    SHOE = 4
    HAIR = 5
    EYE = 6
    SOCK = 7


@dataclass(frozen=True)
class Cut:
    """How the clothes are cut.

    Parameters
    ----------
    sleeve : float
        Length of the sleeve as a fraction of the upper arm.
    hem_m : float
        Height of the shirt's hem above the hip joints.
    shirt_loose_m : float
        Extra width of the shirt at its hem.
    short_length : float
        Length of the shorts as a fraction of the thigh.
    short_loose_m : float
        Extra width of the shorts at their hem.
    tucked : bool
        The shirt goes into the waistband.
    """

    sleeve: float = 0.62
    hem_m: float = 0.01
    shirt_loose_m: float = 0.016
    short_length: float = 0.52
    short_loose_m: float = 0.028
    tucked: bool = False


@dataclass
class Pattern:
    """The bare body a tailor works on, in world coordinates, sole at z = 0.

    Parameters
    ----------
    v, w : ndarray, shapes (N, 3) and (N, B)
        Vertices and skin weights.
    groups : dict of str to ndarray
        Triangles per group of the base mesh.
    joints : dict of str to ndarray
        Joint head per bone.
    labels : list of str
        Bone names.
    """

    v: FloatArray
    w: FloatArray
    groups: dict[str, IntArray]
    joints: dict[str, FloatArray]
    labels: list[str]
    index: dict[str, int] = field(init=False)

    def __post_init__(self) -> None:
        self.index = {label: i for i, label in enumerate(self.labels)}

    @property
    def hip_z_m(self) -> float:
        """Height of the hip joints."""
        return float(self.joints["upperleg01.L"][2])

    @property
    def ankle_z_m(self) -> float:
        """Height of the ankle joints."""
        return float(self.joints["foot.L"][2])

    def weight_of(self, w: FloatArray, *prefixes: str) -> FloatArray:
        """Sum the weights of all bones whose name starts with one of ``prefixes``."""
        return w[:, [i for label, i in self.index.items() if label.startswith(prefixes)]].sum(1)

    def along(self, v: FloatArray, start: str, end: str) -> FloatArray:
        """Position along a limb, 0 at joint ``start`` and 1 at ``end``, each side with its own."""
        t = np.zeros(len(v))
        for side, sign in SIDE_SIGN.items():
            on = v[:, 1] * sign > 0
            a, b = self.joints[f"{start}.{side}"], self.joints[f"{end}.{side}"]
            t[on] = (v[on] - a) @ (b - a) / ((b - a) @ (b - a))
        return t

    def tights(self) -> Mesh:
        """Take the base mesh's skin-tight suit, from which shirt and bottoms are cut."""
        return (
            Mesh(self.v, self.groups["helper-tights"], self.w).compact().smooth(1, 0.3).subdivide()
        )


def bare_skin(pattern: Pattern) -> Mesh:
    """Skin without the feet, which the shoes replace."""
    hidden = pattern.v[:, 2] < pattern.ankle_z_m - 0.035
    faces = pattern.groups["body"]
    return Mesh(pattern.v, faces[~hidden[faces].all(1)], pattern.w).compact()


def shirt(pattern: Pattern, tights: Mesh, cut: Cut) -> Mesh:
    """T-shirt, tank top or crop top."""
    v, j = tights.v, pattern.joints
    arm_weight = pattern.weight_of(
        tights.w, "upperarm", "lowerarm", "wrist", "finger", "metacarpal"
    )
    hem_z_m = pattern.hip_z_m + (0.075 if cut.tucked else cut.hem_m)
    t = pattern.along(v, "upperarm01", "lowerarm01")
    collar = (
        (v[:, 2] - j["neck01"][2] + 0.018)
        - 0.10 * np.maximum(np.abs(v[:, 1]) - 0.05, 0)
        - 0.25 * np.maximum(-v[:, 0], 0)
    )
    s = np.maximum(hem_z_m - v[:, 2], collar)
    on_arm = (arm_weight > 0.35) | (np.abs(v[:, 1]) > abs(j["upperarm01.L"][1]) + 0.01)
    s = np.maximum(s, np.where(on_arm, (t - cut.sleeve) * 0.3, -1))
    drop = np.clip((j["spine02"][2] - v[:, 2]) / (j["spine02"][2] - hem_z_m), 0, 1)
    sleeve = np.clip(t / cut.sleeve, 0, 1) * (arm_weight > 0.35)
    if cut.tucked:
        offset = 0.008 - 0.004 * drop**3 + 0.014 * sleeve
    else:
        offset = 0.008 + cut.shirt_loose_m * drop**1.5 + 0.014 * sleeve
    return Mesh(v + tights.normals() * offset[:, None], tights.f, tights.w).clip(s)


def bottoms(pattern: Pattern, tights: Mesh, length: float, loose_m: float, base_m: float) -> Mesh:
    """Shorts (``length`` < 1, as a fraction of the thigh) or leggings."""
    v = tights.v
    arm_weight = pattern.weight_of(
        tights.w, "upperarm", "lowerarm", "wrist", "finger", "metacarpal"
    )
    t = pattern.along(v, "upperleg01", "lowerleg01")
    s = np.maximum(v[:, 2] - (pattern.hip_z_m + 0.10), (t - length) * 0.4)
    if length < 1:
        s = np.where(v[:, 2] < pattern.hip_z_m - 0.9 * length - 0.12, np.maximum(s, 0.01), s)
    s = np.maximum(s, np.where(arm_weight > 0.5, 1, -1))
    s = np.maximum(s, pattern.ankle_z_m + 0.035 - v[:, 2])
    offset = base_m + loose_m * np.clip(t / max(length, 0.01), 0, 1) * (length < 1)
    return Mesh(v + tights.normals() * offset[:, None], tights.f, tights.w).clip(s)


@dataclass(frozen=True)
class FootShape:
    """Outline of one foot: distances along its direction from the ankle, in metres."""

    direction: FloatArray
    heel_m: float
    toe_m: float
    mtp_m: float
    width_m: float
    middle: FloatArray


def foot_shape(pattern: Pattern, foot_ids: IntArray, side: str) -> FootShape:
    """Measure the bare foot of one side."""
    ankle = pattern.joints["foot." + side]
    toe = pattern.joints["toe2-1." + side]
    direction = np.array([toe[0] - ankle[0], toe[1] - ankle[1], 0.0])
    direction /= np.linalg.norm(direction)
    across = np.array([-direction[1], direction[0], 0])
    v = pattern.v[foot_ids]
    v = v[(v[:, 1] * SIDE_SIGN[side] > 0) & (v[:, 2] < pattern.ankle_z_m + 0.02)]
    along, lateral = (v - ankle) @ direction, (v - ankle) @ across
    return FootShape(
        direction=direction,
        heel_m=float(along.min()),
        toe_m=float(along.max()),
        mtp_m=float((toe - ankle) @ direction),
        width_m=float(np.ptp(lateral)),
        middle=ankle + across * ((lateral.max() + lateral.min()) / 2),
    )


def shoe(pattern: Pattern, foot: FootShape, side: str) -> Mesh:
    """Loft a running shoe around the foot, sole at z = 0, toe-out as in the rest foot."""
    n_rings, n_sides = 34, 28
    s = np.linspace(0, 1, n_rings)
    x = foot.heel_m - 0.012 + s * (foot.toe_m - foot.heel_m + 0.022)
    height = pattern.ankle_z_m + 0.012
    half = np.interp(
        s,
        [0, 0.03, 0.08, 0.2, 0.4, 0.6, 0.75, 0.88, 0.96, 1],
        [0.12, 0.26, 0.33, 0.37, 0.36, 0.44, 0.5, 0.44, 0.27, 0.06],
    ) * (foot.width_m * 1.12)
    top = height * np.interp(
        s,
        [0, 0.03, 0.1, 0.22, 0.34, 0.5, 0.65, 0.8, 0.93, 1],
        [0.45, 0.93, 1.0, 0.95, 0.86, 0.66, 0.5, 0.4, 0.34, 0.22],
    )
    low = np.interp(s, [0, 0.04, 0.1, 0.7, 0.85, 1], [0.020, 0.006, 0, 0, 0.006, 0.026])
    angle = 2 * np.pi * np.arange(n_sides) / n_sides
    cy, cz = np.cos(angle), np.sin(angle)
    y = np.sign(cy) * np.abs(cy) ** 0.55 * half[:, None]
    u = (np.sign(cz) * np.abs(cz) ** 0.6 + 1) / 2
    # the upper tapers towards the ankle and the laces
    y = y * np.where(u > 0.35, 1 - 0.45 * (np.maximum(u - 0.35, 0) / 0.65) ** 1.5, 1)
    z = low[:, None] + u * (top - low)[:, None]
    across = np.array([-foot.direction[1], foot.direction[0], 0])
    origin = np.array([foot.middle[0], foot.middle[1], 0])
    v = origin + x[:, None, None] * foot.direction + y[..., None] * across
    v = v + z[..., None] * np.array([0, 0, 1.0])
    w = np.zeros((n_rings, n_sides, len(pattern.labels)))
    toe_share = np.clip((x - foot.mtp_m + 0.02) / 0.04, 0, 1)[:, None]
    w[..., pattern.index["toe2-1." + side]] = toe_share
    w[..., pattern.index["foot." + side]] = 1 - toe_share
    last = (n_rings - 1) * n_sides
    caps = [[0, r, r + 1] for r in range(1, n_sides - 1)]
    caps += [[last + r + 1, last + r, last] for r in range(1, n_sides - 1)]
    faces = np.concatenate([grid_faces(n_rings, n_sides), np.array(caps)])
    return Mesh(v.reshape(-1, 3), faces, w.reshape(-1, w.shape[-1])).facing_outwards()


def sock(pattern: Pattern, side: str) -> Mesh:
    """Short sock that covers the edge between shoe and skin."""
    faces = pattern.groups["body"]
    corners = pattern.v[faces]
    near = (corners[:, :, 1] * SIDE_SIGN[side] > 0).all(1)
    near &= (corners[:, :, 2] < pattern.ankle_z_m + 0.12).all(1)
    m = Mesh(pattern.v, faces[near], pattern.w).compact()
    m = Mesh(m.v + m.normals() * 0.003, m.f, m.w)
    z = m.v[:, 2] - pattern.ankle_z_m
    return m.clip(np.maximum(z - 0.055, -0.04 - z))


def hair(pattern: Pattern, eye: FloatArray) -> tuple[Mesh, float]:
    """Scalp shell; also returns the X of the back of the head."""
    body_ids = np.unique(pattern.groups["body"])
    faces = pattern.groups["body"]
    on_head = pattern.v[:, 2] > pattern.joints["head"][2] - 0.07
    m = Mesh(pattern.v, faces[on_head[faces].all(1)], pattern.w).compact().subdivide()
    body = pattern.v[body_ids]
    back = float(body[body[:, 2] > eye[2]][:, 0].min())
    u = (m.v[:, 0] - back) / (eye[0] - back)  # 0 at the back of the head, 1 at the eyes
    line = eye[2] + np.interp(
        u,
        [0, 0.35, 0.52, 0.56, 0.70, 0.85, 1.0, 1.1],
        [-0.085, -0.075, -0.03, 0.012, 0.028, 0.045, 0.063, 0.070],
    )
    s = line - m.v[:, 2]
    thickness = 0.004 + 0.016 * np.clip(-s / 0.04, 0, 1)
    shell = Mesh(m.v + m.normals() * thickness[:, None], m.f, m.w).clip(s).smooth(2, 0.4)
    return shell, back


def pony_tail(pattern: Pattern, eye: FloatArray, back_m: float) -> Mesh:
    """Make a short pony tail at the back of the head."""
    n_rings, n_sides = 14, 12
    t = np.linspace(0, 1, n_rings)
    zero = np.zeros(n_rings)
    centre = np.array([back_m - 0.012, 0, eye[2] + 0.045]) + np.stack(
        [-0.055 * np.sin(t * 1.9), zero, 0.01 - 0.20 * t**1.2], 1
    )
    radius = np.interp(t, [0, 0.08, 0.4, 0.8, 1], [0.012, 0.02, 0.03, 0.022, 0.004])
    a = 2 * np.pi * np.arange(n_sides) / n_sides
    ring = np.stack([np.cos(a) * 0.8, np.sin(a), np.zeros(n_sides)], 1)
    v = (centre[:, None] + radius[:, None, None] * ring).reshape(-1, 3)
    w = np.zeros((len(v), len(pattern.labels)))
    w[:, pattern.index["head"]] = 1
    return Mesh(v, grid_faces(n_rings, n_sides), w).facing_outwards()


def eyeball(pattern: Pattern, group: str) -> Mesh:
    """One eye, fixed to the head."""
    m = Mesh(pattern.v, pattern.groups[group], pattern.w).compact()
    m.w[:] = 0
    m.w[:, pattern.index["head"]] = 1
    return m
