"""Software-GL renderer (moderngl on Mesa llvmpipe / EGL): person, room, light with shadow.

The empty room is drawn once. Per frame only the box around the person, the shadow and the belt is
drawn again, into a small buffer whose viewport is shifted, and pasted into the room.
"""

import os
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_matrix, diags, vstack

os.environ.setdefault(
    "LP_NUM_THREADS", "1"
)  # one llvmpipe thread: run one process per core instead

import moderngl

from sample_videos.render import shaders
from sample_videos.render.camera import Camera
from sample_videos.render.meshes import FloatArray, IntArray
from sample_videos.render.scene import stickers
from sample_videos.render.scene.geometry import (
    TREADMILL_DECK_M,
    Material,
    environment,
)
from sample_videos.render.scene.looks import Look
from sample_videos.render.scene.textures import textures
from sample_videos.render.skeleton import Skeleton
from sample_videos.render.tailoring import Part

Picture = npt.NDArray[np.uint8]
PLAIN_SKIN = 8
SAMPLES = 4
SHADOW_PX = 1024
SHADOW_HALF_M = 1.9
MARGIN_PX = 6


def ortho(half: float, near: float, far: float) -> FloatArray:
    """Orthographic projection of a square."""
    m = np.eye(4)
    m[0, 0] = m[1, 1] = 1 / half
    m[2, 2] = -2 / (far - near)
    m[2, 3] = -(far + near) / (far - near)
    return m


def look_at(eye: FloatArray, direction: FloatArray) -> FloatArray:
    """View matrix of a light or camera with Z up."""
    d = direction / np.linalg.norm(direction)
    r = np.cross(d, [0, 0, 1])
    r /= np.linalg.norm(r)
    m = np.eye(4)
    m[:3, :3] = np.stack([r, np.cross(r, d), -d])
    m[:3, 3] = -m[:3, :3] @ eye
    return m


def _gl(matrix: FloatArray) -> bytes:
    return matrix.T.astype("f4").tobytes()


class Actor:
    """One dressed person on the graphics card.

    Parameters
    ----------
    renderer : Renderer
        Owner of the GL context.
    skeleton : Skeleton
        Whose body.
    look : Look
        Colours and clothes.
    number : int
        0 for the filmed person, 1 and up for passers-by: each has programs of its own.
    """

    def __init__(
        self, renderer: "Renderer", skeleton: Skeleton, look: Look, number: int = 0
    ) -> None:
        self.number = number
        b, ctx = skeleton.data, renderer.ctx
        self.look, self.skeleton = look, skeleton
        hidden = Part.LEGGINGS if look.bottom == "shorts" else Part.SHORTS
        faces = b["f"][b["part"][b["f"][:, 0]] != hidden]
        faces = faces[~covered_skin(skeleton, look)[faces].all(1)]
        used, inverse = np.unique(faces, return_inverse=True)
        faces = inverse.reshape(-1, 3).astype("i4")
        self.v0, self.n0, part = b["v"][used], b["n"][used], b["part"][used]
        self.weights = skin_weights(skeleton, used)
        material = part[faces[:, 0]].copy()
        neck = b["eye"][:, 2].mean() - 0.14
        low = (self.v0[faces][:, :, 2] < neck).any(1)
        material[(material == Part.SKIN) & low] = PLAIN_SKIN  # cheaper shader
        if look.stickers is not None:
            faces, material = self._stick(used, faces, material)
        n = len(self.v0)
        self.moving = ctx.buffer(reserve=n * 24, dynamic=True)
        rest = ctx.buffer(self.v0.astype("f4").tobytes())
        self.arrays = []
        for m in np.unique(material):
            program = renderer.program(int(m), number)
            layout: list[Any] = [(self.moving, "3f 3f", "pos", "nrm")]
            if "rest" in program:
                layout.append((rest, "3f", "rest"))
            indices = ctx.buffer(faces[material == m].tobytes())
            self.arrays.append(ctx.vertex_array(program, layout, indices))
        self.shadow = ctx.vertex_array(
            renderer.shadow_program,
            [(self.moving, "3f 12x", "pos")],
            ctx.buffer(faces.tobytes()),
        )

    def _stick(
        self, used: IntArray, faces: IntArray, material: IntArray
    ) -> tuple[IntArray, IntArray]:
        """Add stickers on a waistband that follows the pelvis."""
        skeleton = self.skeleton
        b, root = skeleton.data, skeleton.index["root"]
        main = [str(b["labels"][i]) for i in b["wi"][used, 0]]
        share = stickers.waistband_share(skeleton, self.v0, main)
        extra = stickers.discs(skeleton, used)
        on_root = csr_matrix(
            (share, (np.arange(len(used)), np.full(len(used), root))), shape=self.weights.shape
        )
        rows = len(extra.v)
        more = csr_matrix(
            (np.ones(rows), (np.arange(rows), np.full(rows, root))),
            shape=(rows, self.weights.shape[1]),
        )
        self.weights = vstack([diags(1 - share) @ self.weights + on_root, more]).tocsr()
        first = len(self.v0)
        self.v0 = np.concatenate([self.v0, extra.v])
        self.n0 = np.concatenate([self.n0, extra.n])
        return (
            np.concatenate([faces, extra.f + first]).astype("i4"),
            np.concatenate([material, np.full(len(extra.f), stickers.MATERIAL)]),
        )

    def skin(self, bones: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Vertices and normals for skinning matrices of shape (B, 3, 4)."""
        m = (self.weights @ bones.reshape(len(bones), 12)).reshape(-1, 3, 4)
        v = np.einsum("nij,nj->ni", m[:, :, :3], self.v0) + m[:, :, 3]
        return v, np.einsum("nij,nj->ni", m[:, :, :3], self.n0)

    def pose(self, bones: FloatArray) -> FloatArray:
        """Upload a pose; returns the vertices."""
        v, n = self.skin(bones)
        self.moving.write(np.concatenate([v, n], 1).astype("f4").tobytes())
        return v


def skin_weights(skeleton: Skeleton, used: IntArray) -> csr_matrix:
    """Weight of each bone on the vertices used, shape (N, B)."""
    b = skeleton.data
    n, k = b["wi"][used].shape
    weights = csr_matrix(
        (b["ww"][used].ravel(), b["wi"][used].ravel(), np.arange(0, n * k + 1, k)),
        shape=(n, len(b["labels"])),
    )
    weights.sum_duplicates()
    weights.eliminate_zeros()
    return weights


def covered_skin(skeleton: Skeleton, look: Look) -> npt.NDArray[np.bool_]:
    """Skin that clothes certainly hide (drawn, it would poke through at bent joints)."""
    b, cut = skeleton.data, skeleton.config["cut"]
    z = b["v"][:, 2]
    bone = np.array([str(x) for x in b["labels"]])[b["wi"][:, 0]]

    def on(*prefixes: str) -> npt.NDArray[np.bool_]:
        return np.array([x.startswith(prefixes) for x in bone])

    hip, knee, ankle = (skeleton.joint(n + ".L")[2] for n in ("upperleg01", "lowerleg01", "foot"))
    leg = on("upperleg", "lowerleg", "root", "pelvis", "foot", "spine05")
    low = ankle + 0.075
    if look.bottom == "shorts":
        low = hip - max(0.1, cut["short_length"] - 0.14) * (hip - knee)
    hidden = leg & (z > low) & (z < hip + 0.08)
    hem = max(0.05, cut["hem_m"] + 0.03) if not cut["tucked"] else 0.05
    trunk = on("spine0", "root", "breast", "pelvis")
    hidden |= trunk & (z > hip + hem) & (z < skeleton.joint("neck01")[2] - 0.09)
    return hidden & (b["part"] == Part.SKIN)


def _person_uniforms(actor: Actor) -> dict[str, Any]:
    b, look = actor.skeleton.data, actor.look
    names = ("skin", "shirt", "shirt2", "shorts", "shoe", "hair", "iris")
    return {
        **{k: np.array(getattr(look, k)) ** 2.2 for k in names},
        "sticker": np.array(look.stickers or (1.0, 1.0, 1.0)) ** 2.2,
        "stripe": float(look.shirt_pattern),
        "legpattern": float(look.leg_pattern),
        "eyeL": b["eye"][0],
        "eyeR": b["eye"][1],
        "mouth": b["mouth"],
    }


class Renderer:
    """One clip's room, light and people.

    Parameters
    ----------
    skeleton : Skeleton
        The person.
    camera : Camera
        Camera of the first frame; also gives the size of the picture.
    look : Look
        Colours, clothes, light.
    room : {'treadmill', 'floor', 'hallway'}
        Which room.
    antialias : bool
        Four samples per pixel.
    passer : tuple of Skeleton and Look, optional
        A second person.
    """

    def __init__(
        self,
        skeleton: Skeleton,
        camera: Camera,
        look: Look,
        room: str,
        *,
        antialias: bool = True,
        passer: tuple[Skeleton, Look] | None = None,
    ) -> None:
        self.samples = SAMPLES if antialias else 0
        self.width_px, self.height_px, self.look = (
            camera.width_px,
            camera.height_px,
            look,
        )
        self.deck_m = -TREADMILL_DECK_M if room == "treadmill" else 0.0
        self.room = room
        self.ctx = c = moderngl.create_standalone_context(backend="egl")
        self.programs: dict[tuple[int, int], Any] = {}
        self.shadow_program = c.program(shaders.SHADOW_VERTEX, shaders.SHADOW_FRAGMENT)
        self.baked_program = c.program(shaders.VERTEX, shaders.BAKED_FRAGMENT)
        self.actor = Actor(self, skeleton, look)
        self.passers = [Actor(self, *passer, number=1)] if passer else []
        self._room(look.room)
        self.shadow_map = c.depth_texture((SHADOW_PX, SHADOW_PX))
        self.shadow_map.compare_func = "<="
        self.shadow_map.repeat_x = self.shadow_map.repeat_y = False
        self.shadow_buffer = c.framebuffer(depth_attachment=self.shadow_map)
        self._buffers: dict[tuple[int, int], tuple[Any, Any]] = {}
        self._make_textures(look.room)
        light = np.array(look.light)
        self.light = light / np.linalg.norm(light)
        self._set_uniforms(look)
        c.enable(moderngl.DEPTH_TEST)
        c.depth_func = "<="
        self._set_light(np.zeros(2))
        self._set_camera(camera)
        self._bake()

    def program(self, material: int, number: int = 0) -> Any:  # noqa: ANN401 - untyped objects
        """Shader program of a material of one person."""
        key = (material, number)
        if key not in self.programs:
            source = f"#version 330\n#define MAT {material}\n" + shaders.FRAGMENT
            self.programs[key] = self.ctx.program(shaders.VERTEX, source)
        return self.programs[key]

    def _room(self, variant: int) -> None:
        c = self.ctx
        v, n, f, material = environment(self.room, variant)
        vertices = c.buffer(np.concatenate([v, n, v], 1).astype("f4").tobytes())
        of_face = material[f[:, 0]]
        self.scenery = {}
        for m in np.unique(of_face):
            p = self.program(int(m))
            layout: tuple[Any, ...] = (vertices, "3f 3f 12x", "pos", "nrm")
            if "rest" in p:
                layout = (vertices, "3f 3f 3f", "pos", "nrm", "rest")
            indices = c.buffer(f[of_face == m].astype("i4").tobytes())
            self.scenery[int(m)] = c.vertex_array(p, [layout], indices)
        still = f[of_face != Material.BELT].astype("i4").tobytes()
        layout = (vertices, "3f 24x", "pos")
        self.baked_room = c.vertex_array(self.baked_program, [layout], c.buffer(still))
        casts = f[(of_face > Material.WALL) & (of_face < Material.CEILING)]
        self.scenery_shadow = None
        if self.room != "hallway":
            self.scenery_shadow = c.vertex_array(
                self.shadow_program,
                [(vertices, "3f 24x", "pos")],
                c.buffer(casts.astype("i4").tobytes()),
            )
        belt = v[np.isin(material, [Material.BELT])]
        self.belt_points = belt if len(belt) else None

    def _make_textures(self, seed: int) -> None:
        self.textures = []
        for picture, channels in zip(textures(seed), (1, 3, 3, 3), strict=True):
            data = (np.clip(picture, 0, 1) * 255).astype("u1").tobytes()
            t = self.ctx.texture(picture.shape[1::-1], channels, data)
            t.build_mipmaps()
            t.filter = (moderngl.LINEAR_MIPMAP_LINEAR, moderngl.LINEAR)
            self.textures.append(t)

    def _light_uniforms(self, look: Look) -> dict[str, Any]:
        return {
            "walltint": np.array(look.wall) ** 2.2,
            "floortint": np.array(look.floor) ** 2.2,
            "key": self.light,
            "keycol": look.key_colour,
            "fill": (-0.6, -0.5, 0.3),
            "fillcol": look.fill_colour,
            "skyc": look.sky,
            "gndc": look.ground,
            "gain": look.gain,
        }

    def _set_uniforms(self, look: Look) -> None:
        actors = [self.actor, *self.passers]
        people = [{**self._light_uniforms(look), **_person_uniforms(a)} for a in actors]
        for (_, number), p in self.programs.items():
            for name, value in people[number].items():
                if name in p:
                    scalar = isinstance(value, float)
                    p[name].value = value if scalar else tuple(float(x) for x in value)
            for i, name in enumerate(("sh", "tnoise", "twall", "tfloor", "tbelt")):
                if name in p:
                    p[name].value = i
        for i, name in enumerate(("sh", "lit", "dark")):
            self.baked_program[name].value = (0, 5, 6)[i]

    def _bake(self) -> None:
        """Draw the empty room once, lit and with the key light off."""
        whole = (0, 0, self.width_px, self.height_px)
        self.empty = self._draw(whole, people=False)
        lit = self.look.key_colour
        self._set_everywhere("keycol", (0.0, 0.0, 0.0))
        dark = self._draw(whole, people=False)
        self._set_everywhere("keycol", lit)
        self.baked = []
        for picture in (self.empty, dark):
            data = np.ascontiguousarray(picture[::-1]).tobytes()
            t = self.ctx.texture((self.width_px, self.height_px), 3, data, alignment=1)
            t.filter = (moderngl.NEAREST, moderngl.NEAREST)
            self.baked.append(t)

    def _set_everywhere(self, name: str, value: tuple[float, ...]) -> None:
        for p in self.programs.values():
            if name in p:
                p[name].value = value

    def _set_camera(self, camera: Camera) -> None:
        self.camera = camera
        matrix, place = _gl(camera.gl_matrix()), tuple(float(x) for x in camera.C)
        for p in (*self.programs.values(), self.baked_program):
            p["VP"].write(matrix)
            if "cam" in p:
                p["cam"].value = place

    def _set_light(self, centre_xy_m: FloatArray) -> None:
        eye = np.array([centre_xy_m[0], centre_xy_m[1], 0.8]) + self.light * 5
        matrix = _gl(ortho(SHADOW_HALF_M, 0.5, 9) @ look_at(eye, -self.light))
        self.shadow_program["LVP"].write(matrix)
        for p in (*self.programs.values(), self.baked_program):
            if "LVP" in p:
                p["LVP"].write(matrix)

    def _box(self, v: FloatArray) -> tuple[int, int, int, int]:
        """Part of the picture that changes: person, shadow, belt: (x0, y0, x1, y1)."""
        sub = v[::7]
        down = ((sub[:, 2] - self.deck_m) / self.light[2])[:, None]
        points = [sub, sub - self.light * down]
        if self.belt_points is not None:
            points.append(self.belt_points)
        uv, z = self.camera.project(np.concatenate(points))
        uv = np.clip(uv[z > 0.1], -1e4, 1e4)
        size = [self.width_px, self.height_px]
        x0, y0 = np.clip(np.floor(uv.min(0)) - MARGIN_PX, 0, size).astype(int)
        x1, y1 = np.clip(np.ceil(uv.max(0)) + MARGIN_PX, 0, size).astype(int)
        return int(x0), int(y0), max(int(x1), int(x0) + 1), max(int(y1), int(y0) + 1)

    def _buffer(self, width: int, height: int) -> tuple[Any, Any]:
        w, h = -(-width // 64) * 64, -(-height // 64) * 64
        if (w, h) not in self._buffers:
            c = self.ctx
            colour = c.renderbuffer((w, h), 4, samples=self.samples)
            drawn = c.framebuffer([colour], c.depth_renderbuffer((w, h), samples=self.samples))
            self._buffers[(w, h)] = (drawn, c.framebuffer([c.renderbuffer((w, h), 4)]))
        return self._buffers[(w, h)]

    def _draw(
        self, box: tuple[int, int, int, int], *, people: bool, baked: bool = False
    ) -> Picture:
        """Draw one rectangle of the picture, shape (y1 - y0, x1 - x0, 3)."""
        x0, y0, x1, y1 = box
        self.shadow_map.use(0)
        for i, t in enumerate(self.textures):
            t.use(i + 1)
        self.shadow_buffer.use()
        self.shadow_buffer.clear(depth=1.0)
        crowd = [self.actor, *self.passers] if people else []
        for actor in crowd:
            actor.shadow.render()
        if self.scenery_shadow is not None and not baked:
            self.scenery_shadow.render()
        drawn, resolved = self._buffer(x1 - x0, y1 - y0)
        drawn.use()
        drawn.clear(0.6, 0.6, 0.6, 1)
        # GL rows run upwards; the rectangle sits in the lower left corner of the buffer
        self.ctx.viewport = (-x0, y1 - self.height_px, self.width_px, self.height_px)
        self.ctx.enable(moderngl.CULL_FACE)
        for actor in crowd:
            for a in actor.arrays:
                a.render()
        self.ctx.disable(moderngl.CULL_FACE)
        if baked:
            self._draw_baked(x0, self.height_px - y1)
        else:
            for a in self.scenery.values():
                a.render()
        self.ctx.copy_framebuffer(resolved, drawn)
        data = resolved.read(viewport=(0, 0, x1 - x0, y1 - y0), components=3, alignment=1)
        return np.frombuffer(data, "u1").reshape(y1 - y0, x1 - x0, 3)[::-1]

    def _draw_baked(self, left_px: int, bottom_px: int) -> None:
        if Material.BELT in self.scenery:
            self.scenery[Material.BELT].render()
        for i, t in enumerate(self.baked):
            t.use(5 + i)
        self.baked_program["corner"].value = (left_px, bottom_px)
        self.baked_room.render()

    def render(
        self,
        bones: FloatArray,
        ground_x_m: float = 0.0,
        camera: Camera | None = None,
        passer: FloatArray | None = None,
    ) -> Picture:
        """Draw one moment.

        Parameters
        ----------
        bones : ndarray, shape (B, 3, 4)
            Skinning matrices.
        ground_x_m : float
            How far the belt has run.
        camera : Camera, optional
            Where the camera has moved to; by default it stands still.
        passer : ndarray, shape (B, 3, 4), optional
            Skinning matrices of the second person.

        Returns
        -------
        ndarray of uint8, shape (H, W, 3)
            The picture, RGB.
        """
        v = self.actor.pose(bones)
        if Material.BELT in self.scenery:
            self.scenery[Material.BELT].program["belt"].value = float(ground_x_m % 200.0)
        if self.room == "hallway":
            self._set_light(v[:, :2].mean(0))
        if passer is not None:
            v = np.concatenate([v, self.passers[0].pose(passer)])
        box = self._box(v)
        if camera is not None:
            self._set_camera(camera)
            box = (0, 0, self.width_px, self.height_px)
        patch = self._draw(box, people=True, baked=camera is None)
        out = self.empty.copy()
        out[box[1] : box[3], box[0] : box[2]] = patch
        return out
