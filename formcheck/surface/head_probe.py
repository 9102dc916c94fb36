"""The probe of the head: how far it moved down since the last picture, whatever the view.

The landmarks of a runner's trunk and face sway with the swing of legs and arms by a centimetre, as
much as what tells a long contact from a short one. The head's own texture does not: followed from
picture to picture it gives the rise and fall of the body to a millimetre.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np

from formcheck.data import FloatArray
from formcheck.settings.head import HeadSettings
from formcheck.settings.surface import SurfaceSettings
from formcheck.surface.between import held, spread
from formcheck.surface.probe import ProbeFrame, ProbeRun
from formcheck.surface.strips import Torso, torso_of
from formcheck.surface.tracking import Cutout, Scale, cut_out, follow

HEAD_DROP: Final = "head_drop_step_px"
HEAD_POINTS: Final = "head_points"
HEAD_SINCE: Final = "head_since_s"
_FACE: Final = tuple(range(11))
_VERSION: Final = "head-2:"
_FOLLOWED_AS = {
    "min_travel_px",
    "still_share",
    "min_torso_px",
    "target_torso_px",
    "window_px",
    "pyramid_levels",
    "equalise_sigma",
    "equalise_floor",
    "max_return_px",
    "half_trackability",
}


@dataclass(frozen=True, slots=True)
class HeadProbe:
    """Downward motion of the head, for the pixel pass."""

    settings: HeadSettings = field(default_factory=HeadSettings)
    surface: SurfaceSettings = field(default_factory=SurfaceSettings)

    @property
    def id(self) -> str:
        """Short name."""
        return "head"

    @property
    def names(self) -> tuple[str, ...]:
        """Motion since the last picture in pixels of the clip, the weight behind it, its time."""
        return (HEAD_DROP, HEAD_POINTS, HEAD_SINCE)

    @property
    def context_frames(self) -> int:
        """One: every value compares two pictures."""
        return 1

    @property
    def least_s(self) -> float:
        """Time from one picture to the next."""
        return self.settings.least_s

    @property
    def signature(self) -> str:
        """Every setting that changes a value."""
        followed = self.surface.model_dump_json(include=_FOLLOWED_AS)
        return _VERSION + self.settings.model_dump_json() + followed

    def start(self) -> ProbeRun:
        """Return a fresh run for one person."""
        return _HeadRun(self)

    def whole(
        self, time_s: FloatArray, values: Mapping[str, FloatArray]
    ) -> Mapping[str, FloatArray]:
        """Return steps from frame to frame: each frame its share of the step over it."""
        steps = spread(time_s, values[HEAD_DROP], values[HEAD_SINCE])
        points = held(time_s, values[HEAD_POINTS], steps)
        return {HEAD_DROP: steps, HEAD_POINTS: points, HEAD_SINCE: values[HEAD_SINCE]}


@dataclass(slots=True, kw_only=True, eq=False)
class _Seen:
    frame: ProbeFrame
    torso: Torso
    head_px: FloatArray
    cut: Cutout | None = None

    def cut_at(self, scale: Scale, settings: SurfaceSettings) -> Cutout:
        """Return the head at a scale, cut out anew only if the scale is another."""
        if self.cut is None or self.cut.scale != scale:
            self.cut = cut_out(self.frame.gray, self.head_px, scale, settings)
        return self.cut


class _HeadRun:
    def __init__(self, probe: HeadProbe) -> None:
        self._probe = probe
        self._before: _Seen | None = None

    def frame(self, frame: ProbeFrame) -> Mapping[str, float]:
        """Return the step since the last picture, + = down."""
        torso = torso_of(frame.xy_px)
        head = frame.xy_px[list(_FACE)].mean(axis=0)
        before, self._before = self._before, None
        if torso is None or not np.isfinite(head).all():
            return {}
        self._before = after = _Seen(frame=frame, torso=torso, head_px=head)
        if before is None or min(torso.length_px, before.torso.length_px) <= (
            self._probe.surface.min_torso_px
        ):
            return {}
        return self._step(before, after)

    def _step(self, before: _Seen, after: _Seen) -> dict[str, float]:
        settings, surface = self._probe.settings, self._probe.surface
        length = 0.5 * (before.torso.length_px + after.torso.length_px)
        guess = after.head_px - before.head_px
        half = settings.half_width, settings.half_height
        scale = Scale.of(after.torso.length_px, half, surface)
        cuts = before.cut_at(scale, surface), after.cut_at(scale, surface)
        points = before.head_px + length * _disc(settings.radius, settings.spacing)
        motion, weight = follow(*cuts, points, guess, surface)
        travel = float(np.linalg.norm(guess))
        if travel > surface.min_travel_px:
            moves = np.linalg.norm(motion, axis=1) > surface.still_share * travel
            weight = np.where(moves, weight, 0.0)
        used = weight > 0
        if used.sum() < settings.min_points:
            return {}
        drop, total = biweight_mean(motion[used, 1], weight[used], settings)
        return {
            HEAD_DROP: drop * after.frame.clip_px_per_px,
            HEAD_POINTS: total,
            HEAD_SINCE: after.frame.time_s - before.frame.time_s,
        }


@cache
def _disc(radius: float, spacing: float) -> FloatArray:
    """Return a grid of offsets within a circle, shape (N, 2)."""
    n = int(radius / spacing + 1e-9)
    line = spacing * np.arange(-n, n + 1)
    grid = np.stack(np.meshgrid(line, line), axis=-1).reshape(-1, 2)
    return np.asarray(grid[np.hypot(grid[:, 0], grid[:, 1]) < radius])


def biweight_mean(
    values: FloatArray, weight: FloatArray, settings: HeadSettings
) -> tuple[float, float]:
    """Return the weighted mean without outliers (Tukey's biweight) and the weight behind it."""
    middle = float(np.median(values))
    total = 0.0
    for _ in range(settings.robust_iterations):
        off = np.abs(values - middle)
        spread = 1.4826 * float(np.median(off)) + settings.spread_floor_px
        near = np.clip(1 - (off / (settings.robust_scale * spread)) ** 2, 0.0, 1.0) ** 2
        total = float(np.sum(weight * near))
        middle = float(np.sum(weight * near * values)) / max(total, 1e-12)
    return middle, total
