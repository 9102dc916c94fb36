"""Triangle meshes with skin weights, and the little geometry processing that tailoring needs."""

from pathlib import Path

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]


def read_obj_groups(path: Path) -> dict[str, list[list[int]]]:
    """Read the face groups of a Wavefront OBJ file.

    Parameters
    ----------
    path : Path
        File to read.

    Returns
    -------
    dict of str to list of list of int
        Per group, the vertex indices of each polygon (counted from 0).
    """
    groups: dict[str, list[list[int]]] = {}
    faces: list[list[int]] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("g "):
            faces = groups.setdefault(line.split()[1], [])
        elif line.startswith("f "):
            faces.append([int(corner.split("/")[0]) - 1 for corner in line.split()[1:]])
    return groups


def triangulate(polygons: list[list[int]]) -> IntArray:
    """Cut convex polygons into fans of triangles, shape (F, 3)."""
    return np.array(
        [[p[0], p[i], p[i + 1]] for p in polygons for i in range(1, len(p) - 1)], dtype=np.int64
    )


def grid_faces(n_rings: int, n_sides: int) -> IntArray:
    """Triangles that join ``n_rings`` rings of ``n_sides`` vertices into an open tube."""
    ring, side = np.meshgrid(np.arange(n_rings - 1), np.arange(n_sides), indexing="ij")
    a = (ring * n_sides + side).ravel()
    b = (ring * n_sides + (side + 1) % n_sides).ravel()
    c, d = a + n_sides, b + n_sides
    return np.stack([np.stack([a, c, b], 1), np.stack([b, c, d], 1)], 1).reshape(-1, 3)


class Mesh:
    """Vertices with dense skin weights.

    Parameters
    ----------
    v : ndarray, shape (N, 3)
        Positions in metres.
    f : ndarray of int, shape (F, 3)
        Triangles.
    w : ndarray, shape (N, B)
        Weight of each of B bones on each vertex.
    """

    def __init__(self, v: npt.ArrayLike, f: npt.ArrayLike, w: npt.ArrayLike) -> None:
        self.v = np.asarray(v, float)
        self.f = np.asarray(f, np.int64)
        self.w = np.asarray(w, float)

    def compact(self) -> "Mesh":
        """Drop vertices that no triangle uses."""
        used, inverse = np.unique(self.f, return_inverse=True)
        return Mesh(self.v[used], inverse.reshape(-1, 3), self.w[used])

    def normals(self) -> FloatArray:
        """Area-weighted unit vertex normals, shape (N, 3)."""
        a, b, c = (self.v[self.f[:, i]] for i in range(3))
        face_normals = np.cross(b - a, c - a)
        n = np.zeros_like(self.v)
        for i in range(3):
            np.add.at(n, self.f[:, i], face_normals)
        return n / np.maximum(np.linalg.norm(n, axis=1, keepdims=True), 1e-12)

    def smooth(self, n_passes: int, strength: float = 0.5) -> "Mesh":
        """Laplacian smoothing in place; returns self."""
        from scipy.sparse import coo_matrix

        edges = np.concatenate([self.f[:, [0, 1]], self.f[:, [1, 2]], self.f[:, [2, 0]]])
        edges = np.concatenate([edges, edges[:, ::-1]])
        size = (len(self.v), len(self.v))
        graph = coo_matrix((np.ones(len(edges)), (edges[:, 0], edges[:, 1])), shape=size).tocsr()
        graph.data[:] = 1
        degree = np.maximum(np.asarray(graph.sum(1)), 1)
        for _ in range(n_passes):
            self.v = (1 - strength) * self.v + strength * (graph @ self.v) / degree
        return self

    def subdivide(self) -> "Mesh":
        """One step of Loop subdivision of positions and weights together."""
        import trimesh

        columns = np.concatenate([self.v, self.w], 1)
        columns = np.pad(columns, ((0, 0), (0, (-columns.shape[1]) % 3)))
        pieces, faces = [], self.f
        for i in range(0, columns.shape[1], 3):
            positions, faces = trimesh.remesh.subdivide_loop(columns[:, i : i + 3], self.f, 1)
            pieces.append(positions)
        columns = np.concatenate(pieces, 1)
        w = np.clip(columns[:, 3 : 3 + self.w.shape[1]], 0, None)
        return Mesh(columns[:, :3], faces, w / w.sum(1, keepdims=True))

    def clip(self, s: FloatArray) -> "Mesh":
        """Keep the part where ``s`` < 0, cutting triangles along s = 0.

        Parameters
        ----------
        s : ndarray, shape (N,)
            A value per vertex, linear along edges.

        Returns
        -------
        Mesh
            The part that is left, compacted.
        """
        v, w, values = [*self.v], [*self.w], list(s)
        made: dict[tuple[int, int], int] = {}

        def cut(i: int, j: int) -> int:
            key = (min(i, j), max(i, j))
            if key not in made:
                t = values[key[0]] / (values[key[0]] - values[key[1]])
                v.append(v[key[0]] * (1 - t) + v[key[1]] * t)
                w.append(w[key[0]] * (1 - t) + w[key[1]] * t)
                values.append(0.0)
                made[key] = len(v) - 1
            return made[key]

        faces = []
        for tri in self.f:
            polygon = []
            for i in range(3):
                a, b = int(tri[i]), int(tri[(i + 1) % 3])
                if values[a] < 0:
                    polygon.append(a)
                if (values[a] < 0) != (values[b] < 0):
                    polygon.append(cut(a, b))
            faces += [[polygon[0], polygon[i], polygon[i + 1]] for i in range(1, len(polygon) - 1)]
        return Mesh(np.array(v), np.array(faces), np.array(w)).compact()

    def facing_outwards(self) -> "Mesh":
        """Flip all triangles if most of them look towards the mesh's middle."""
        tri = self.v[self.f]
        normals = np.cross(tri[:, 1] - tri[:, 0], tri[:, 2] - tri[:, 0])
        if (normals * (tri.mean(1) - self.v.mean(0))).sum() < 0:
            self.f = self.f[:, ::-1]
        return self
