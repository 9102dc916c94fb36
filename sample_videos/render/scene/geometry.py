"""Static geometry of the rooms; the belt or floor of the exercise is z = 0."""

from dataclasses import dataclass, field
from enum import IntEnum

import numpy as np

from sample_videos.render.meshes import FloatArray, IntArray

TREADMILL_DECK_M = 0.20


class Material(IntEnum):
    """Materials of the room in the shader (0 to 9 are the person's)."""

    FLOOR = 10
    WALL = 11
    BELT = 12
    PLASTIC = 13
    METAL = 14
    SCREEN = 15
    WOOD = 16
    WINDOW = 17
    DOOR = 18
    PALE = 19
    PLANT = 20
    CEILING = 21
    LAMP = 22


@dataclass
class Scenery:
    """Boxes and tubes collected into one mesh.

    Attributes
    ----------
    v, n : list of ndarray, shape (., 3)
        Vertices and normals.
    f : list of ndarray
        Triangles.
    material : list of ndarray
        Material per vertex.
    """

    v: list[FloatArray] = field(default_factory=list)
    n: list[FloatArray] = field(default_factory=list)
    f: list[IntArray] = field(default_factory=list)
    material: list[IntArray] = field(default_factory=list)
    count: int = 0

    def _add(self, v: FloatArray, n: FloatArray, f: list[list[int]], material: int) -> None:
        self.v.append(v)
        self.n.append(n)
        self.f.append(np.array(f) + self.count)
        self.material.append(np.full(len(v), int(material)))
        self.count += len(v)

    def box(
        self, centre: tuple[float, float, float], size: tuple[float, float, float],
        material: int, turn: FloatArray | None = None,
    ) -> None:  # fmt: skip
        """Add a box."""
        v: list[FloatArray] = []
        n: list[FloatArray] = []
        f: list[list[int]] = []
        for axis in range(3):
            for sign in (-1, 1):
                normal = np.zeros(3)
                normal[axis] = sign
                u, w = np.roll([1, 0, 0], (axis + 1) % 3), np.roll([1, 0, 0], (axis + 2) % 3)
                o = len(v)
                for a, b in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
                    v.append((normal + a * u + b * w) * np.array(size) / 2)
                    n.append(normal)
                if sign > 0:
                    f += [[o, o + 1, o + 2], [o, o + 2, o + 3]]
                else:
                    f += [[o, o + 2, o + 1], [o, o + 3, o + 2]]
        vv, nn = np.array(v), np.array(n)
        if turn is not None:
            vv, nn = vv @ turn.T, nn @ turn.T
        self._add(vv + np.array(centre), nn, f, material)

    def tube(
        self, start: tuple[float, float, float], end: tuple[float, float, float],
        radius_m: float, material: int, n_sides: int = 10,
    ) -> None:  # fmt: skip
        """Add an open tube."""
        a, b = np.array(start, float), np.array(end, float)
        d = (b - a) / np.linalg.norm(b - a)
        u = np.cross(d, [0.3, 0.2, 0.9])
        u /= np.linalg.norm(u)
        w = np.cross(d, u)
        t = np.arange(n_sides)[:, None] * 2 * np.pi / n_sides
        ring = np.cos(t) * u + np.sin(t) * w
        f = []
        for i in range(n_sides):
            j = (i + 1) % n_sides
            f += [[i, j, i + n_sides], [j, j + n_sides, i + n_sides]]
        v = np.concatenate([a + ring * radius_m, b + ring * radius_m])
        self._add(v, np.concatenate([ring, ring]), f, material)

    def arrays(self) -> tuple[FloatArray, FloatArray, IntArray, IntArray]:
        """Vertices, normals, triangles and materials of everything."""
        cat = np.concatenate
        return cat(self.v), cat(self.n), cat(self.f), cat(self.material)


def _about_y(a: float) -> FloatArray:
    c, s = np.cos(a), np.sin(a)
    return np.array([[c, 0, s], [0, 1, 0], [-s, 0, c]])


def _treadmill(g: Scenery) -> None:
    m = Material
    g.box((-0.05, 0, -0.006), (1.50, 0.50, 0.012), m.BELT)
    for s in (-1, 1):
        g.box((-0.02, s * 0.325, -0.035), (1.72, 0.14, 0.09), m.PLASTIC)
        g.box((-0.02, s * 0.325, 0.012), (1.55, 0.10, 0.006), m.PALE)
        g.box((-0.02, s * 0.39, -0.10), (1.76, 0.03, 0.14), m.METAL)
        g.tube((0.86, s * 0.37, -0.1), (0.72, s * 0.37, 1.05), 0.032, m.METAL)
        g.tube((0.72, s * 0.37, 0.93), (0.32, s * 0.37, 0.86), 0.022, m.PLASTIC)
        g.box((-0.6, s * 0.3, -0.17), (0.1, 0.1, 0.06), m.PLASTIC)
    g.box((0.82, 0, -0.02), (0.34, 0.74, 0.17), m.PLASTIC, _about_y(0.12))
    g.box((-0.78, 0, -0.045), (0.06, 0.56, 0.07), m.PLASTIC)
    g.box((-0.05, 0, -0.06), (1.5, 0.56, 0.06), m.PLASTIC)
    tilt = _about_y(0.45)
    g.box((0.76, 0, 1.05), (0.06, 0.62, 0.22), m.PLASTIC, tilt)
    g.box((0.727, 0, 1.065), (0.012, 0.40, 0.15), m.SCREEN, tilt)
    g.tube((0.71, -0.37, 0.95), (0.71, 0.37, 0.95), 0.02, m.METAL)


def _room(g: Scenery, floor_z_m: float, rng: np.random.Generator) -> None:
    m = Material
    g.box((0, 0, floor_z_m - 0.05), (16, 16, 0.1), m.FLOOR)
    for x in (5.0, -6.0):
        g.box((x, 0, 2), (0.1, 16, 5.5), m.WALL)
    for y in (4.2, -4.2):
        g.box((0, y, 2), (16, 0.1, 5.5), m.WALL)
    g.box((0, 0, 2.95), (16, 16, 0.1), m.CEILING)
    for x in (-3.2, -0.4, 2.4):
        for y in (-2.0, 2.0):
            g.box((x, y, 2.895), (1.2, 0.3, 0.02), m.LAMP)
    g.box((4.93, -1.4 + 0.4 * rng.random(), 1.6), (0.04, 1.5, 1.1), m.WINDOW)
    g.box((4.92, -1.4, 0.98), (0.1, 1.7, 0.05), m.PALE)
    g.box((4.6, 1.9, 0.6), (0.6, 1.1, 1.6), m.WOOD)
    g.box((4.6, 0.9 + 0.3 * rng.random(), 0.25), (0.4, 0.4, 1.0), m.PLANT)
    for y, sign in ((4.13, 1), (-4.13, -1)):
        g.box((-0.9 + rng.random(), y, 1.75), (1.2, 0.04, 0.9), m.WOOD)
        g.box((1.5, y - 0.25 * sign, 0.45), (1.4, 0.5, 1.3), m.PALE)
        g.box((-2.4, y - 0.2 * sign, 0.9), (0.9, 0.35, 2.2), m.WOOD)
    g.box((-5.9, 0.9, 1.2), (0.06, 1.0, 2.8), m.DOOR)
    g.box((-5.9, -1.5, 1.7), (0.06, 1.6, 1.0), m.WINDOW)


def _hallway(g: Scenery, rng: np.random.Generator) -> None:
    m = Material
    middle, length, half = 10.0, 44.0, 1.25
    g.box((middle, 0, -0.05), (length, 2 * half + 0.4, 0.1), m.FLOOR)
    g.box((middle, 0, 2.65), (length, 2 * half + 0.4, 0.1), m.CEILING)
    for y, sign in ((half + 0.05, 1), (-half - 0.05, -1)):
        g.box((middle, y, 1.3), (length, 0.1, 2.8), m.WALL)
        for x in np.arange(-10.0, 31.0, 4.6) + 1.5 * rng.random() + (0.9 if sign > 0 else 0):
            g.box((float(x), sign * (half - 0.01), 1.02), (0.95, 0.05, 2.06), m.DOOR)
            g.box((float(x) + 2.1, sign * (half - 0.01), 1.55), (0.7, 0.03, 0.5), m.WOOD)
    for x in np.arange(-10.0, 32.0, 3.0):
        g.box((float(x), 0, 2.595), (1.2, 0.3, 0.02), m.LAMP)
    g.box((31.9, 0, 1.3), (0.1, 3, 2.8), m.WALL)
    g.box((31.8, 0.1, 1.4), (0.05, 1.0, 1.3), m.WINDOW)
    g.box((-11.9, 0, 1.3), (0.1, 3, 2.8), m.WALL)


def environment(kind: str, variant: int = 0) -> tuple[FloatArray, FloatArray, IntArray, IntArray]:
    """Build a room.

    Parameters
    ----------
    kind : {'treadmill', 'floor', 'hallway'}
        Which room.
    variant : int
        Seed for the furniture.

    Returns
    -------
    v, n : ndarray, shape (N, 3)
        Vertices and normals.
    f : ndarray of int, shape (F, 3)
        Triangles.
    material : ndarray of int, shape (N,)
        Values of ``Material``.
    """
    g, rng = Scenery(), np.random.default_rng(variant)
    if kind == "hallway":
        _hallway(g, rng)
    else:
        _room(g, -TREADMILL_DECK_M if kind == "treadmill" else 0.0, rng)
        if kind == "treadmill":
            _treadmill(g)
    return g.arrays()
