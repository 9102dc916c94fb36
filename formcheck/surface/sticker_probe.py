"""The probe: per frame, where two stickers on the waistband are, if there are two."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations

import cv2
import numpy as np

from formcheck.data import FloatArray
from formcheck.settings.stickers import StickerSettings
from formcheck.surface.between import bridged
from formcheck.surface.blobs import Blob, alike_outside, candidates, measured, unlike
from formcheck.surface.probe import LONGEST_S, ImageArray, ProbeFrame, ProbeRun
from formcheck.surface.strips import Torso, shoulder_share, torso_of

#: The sticker at the left of the picture, then the other one: pixels of the clip.
PLACES = ("sticker1_x_px", "sticker1_y_px", "sticker2_x_px", "sticker2_y_px")
CONTRAST = "sticker_contrast_lab"
DIAMETER = "sticker_diameter_pct"
COLOUR = ("sticker_lightness", "sticker_red_green", "sticker_yellow_blue")
ALIKE = "sticker_alike_share"
_VERSION = "stickers-2:"  # raise it with every change of what the probe computes
_READ_FROM_PIXELS = {
    "least_s",
    "patch_torso_px",
    "region",
    "min_torso_px",
    "min_shoulder_share",
    "diameter",
    "ring",
    "min_contrast",
    "max_candidates",
    "min_roundness",
    "min_solidity",
    "apart",
    "max_tilt_deg",
    "max_off_centre",
    "max_size_ratio",
    "max_colour_share",
    "lonely",
}


@dataclass(frozen=True, slots=True)
class StickerProbe:
    """Two contrasting round stickers over the PSIS, for the pixel pass.

    Every frame is judged by itself; whether the pair is to be believed is decided with the whole
    clip at hand (:mod:`formcheck.surface.sticker_motion`).
    """

    settings: StickerSettings = field(default_factory=StickerSettings)

    @property
    def id(self) -> str:
        """Short name."""
        return "stickers"

    @property
    def names(self) -> tuple[str, ...]:
        """Places, contrast, diameter and colour of the pair, and how much else is of its colour."""
        return (*PLACES, CONTRAST, DIAMETER, *COLOUR, ALIKE)

    @property
    def context_frames(self) -> int:
        """None: every frame stands for itself."""
        return 0

    @property
    def least_s(self) -> float:
        """Time from one picture to the next."""
        return self.settings.least_s

    @property
    def signature(self) -> str:
        """Every setting that changes what is read from the pixels."""
        return _VERSION + self.settings.model_dump_json(include=_READ_FROM_PIXELS)

    def start(self) -> ProbeRun:
        """Return a fresh run for one person."""
        return _StickerRun(self.settings)

    def whole(
        self, time_s: FloatArray, values: Mapping[str, FloatArray]
    ) -> Mapping[str, FloatArray]:
        """Return the channels with the frames between two pictures filled in, linearly."""
        return {name: bridged(time_s, values[name], LONGEST_S) for name in self.names}


class _StickerRun:
    def __init__(self, settings: StickerSettings) -> None:
        self._settings = settings

    def frame(self, frame: ProbeFrame) -> Mapping[str, float]:
        """Return the pair's channels; nothing without a pair."""
        settings = self._settings
        torso = torso_of(frame.xy_px)
        if torso is None or torso.length_px < settings.min_torso_px:
            return {}
        if shoulder_share(frame.xy_px, torso) < settings.min_shoulder_share:
            return {}
        patch = _cut_out(frame.picture.rgb, torso, settings)
        if patch is None:
            return {}
        pair = _best_pair(patch, torso, settings)
        return {} if pair is None else _channels(pair, patch, frame.clip_px_per_px, settings)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Patch:
    """A cut-out and how to get back from it to the picture."""

    rgb: ImageArray
    corner_px: FloatArray
    scale: FloatArray

    def to_picture(self, xy: FloatArray) -> FloatArray:
        """Return picture coordinates of a point of the patch; pixel centres are whole numbers."""
        return np.asarray((xy + 0.5) / self.scale - 0.5 + self.corner_px)


def _cut_out(rgb: ImageArray, torso: Torso, settings: StickerSettings) -> _Patch | None:
    half, low, high = (v * torso.length_px for v in settings.region)
    up = (torso.shoulder_px - torso.hip_px) / torso.length_px
    ends = np.array([torso.hip_px + low * up, torso.hip_px + high * up])
    x0, y0 = np.floor([ends[:, 0].min() - half, ends[:, 1].min()]).astype(int)
    x1, y1 = np.ceil([ends[:, 0].max() + half, ends[:, 1].max()]).astype(int)
    x0, y0 = max(0, int(x0)), max(0, int(y0))
    part = rgb[y0 : max(0, int(y1)), x0 : max(0, int(x1))]
    if min(part.shape[:2]) < 8:
        return None
    k = settings.patch_torso_px / torso.length_px
    size = max(1, round(part.shape[1] * k)), max(1, round(part.shape[0] * k))
    how = cv2.INTER_AREA if k < 1 else cv2.INTER_LINEAR
    scaled = cv2.resize(part, size, interpolation=how)
    scale = np.array([size[0] / part.shape[1], size[1] / part.shape[0]])
    return _Patch(
        rgb=np.asarray(scaled, dtype=np.uint8),
        corner_px=np.array([x0, y0], dtype=np.float64),
        scale=scale,
    )


def _best_pair(patch: _Patch, torso: Torso, settings: StickerSettings) -> tuple[Blob, Blob] | None:
    """Return the most contrasting two that can be a pair, the left one in the picture first."""
    places = sorted(candidates(patch.rgb, settings), key=lambda c: c.xy[0])
    pairs = [
        (min(places[i].contrast, places[j].contrast), i, j)
        for i, j in combinations(range(len(places)), 2)
        if _over_psis(
            patch.to_picture(places[i].xy), patch.to_picture(places[j].xy), torso, settings
        )
    ]
    outlined: dict[int, Blob | None] = {}
    for _, i, j in sorted(pairs, reverse=True):
        for k in (i, j):
            if k not in outlined:
                outlined[k] = measured(patch.rgb, places[k], settings)
        a, b = outlined[i], outlined[j]
        if a is not None and b is not None and _belong_together(a, b, settings):
            return a, b
    return None


def _belong_together(a: Blob, b: Blob, settings: StickerSettings) -> bool:
    """Tell whether two spots are alike in size and colour."""
    size = max(a.area, b.area) / min(a.area, b.area)
    colour = unlike(a.colour, b.colour) / min(a.contrast, b.contrast)
    return size <= settings.max_size_ratio and colour <= settings.max_colour_share


def _over_psis(a_px: FloatArray, b_px: FloatArray, torso: Torso, settings: StickerSettings) -> bool:
    """Tell whether two spots lie side by side, either side of the body axis."""
    up = (torso.shoulder_px - torso.hip_px) / torso.length_px
    right = np.array([-up[1], up[0]])
    line = (b_px - a_px) / torso.length_px
    across, along = abs(float(line @ right)), abs(float(line @ up))
    middle = float((0.5 * (a_px + b_px) - torso.hip_px) @ right) / torso.length_px
    low, high = settings.apart
    return (
        low <= across <= high
        and along <= across * float(np.tan(np.radians(settings.max_tilt_deg)))
        and abs(middle) <= settings.max_off_centre
    )


def _channels(
    pair: tuple[Blob, Blob], patch: _Patch, clip_px_per_px: float, settings: StickerSettings
) -> dict[str, float]:
    a, b = pair
    colour = 0.5 * (a.colour + b.colour)
    places = np.concatenate([patch.to_picture(a.xy), patch.to_picture(b.xy)]) * clip_px_per_px
    diameter = 2.0 * np.sqrt(0.5 * (a.area + b.area) / np.pi) / settings.patch_torso_px
    return {
        **dict(zip(PLACES, places.tolist(), strict=True)),
        CONTRAST: min(a.contrast, b.contrast),
        DIAMETER: float(100.0 * diameter),
        **dict(zip(COLOUR, colour.tolist(), strict=True)),
        ALIKE: alike_outside(patch.rgb, pair, settings),
    }
