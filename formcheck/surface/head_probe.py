"""The probe of the head: how far it moved down since the frame before, whatever the view.

The landmarks of a runner's trunk and face sway with the swing of legs and arms by a centimetre, as
much as what tells a long contact from a short one. The head's own texture does not: followed from
frame to frame it gives the rise and fall of the body to a millimetre.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import Final

import numpy as np

from formcheck.data import FloatArray
from formcheck.settings.head import HeadSettings
from formcheck.settings.surface import SurfaceSettings
from formcheck.surface.probe import ProbeFrame, ProbeRun
from formcheck.surface.strips import Torso, torso_of
from formcheck.surface.tracking import cut_window, follow

HEAD_DROP: Final = "head_drop_step_px"
HEAD_POINTS: Final = "head_points"
_FACE: Final = tuple(range(11))
_VERSION: Final = "head-1:"
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
        """Motion since the frame before in pixels of the clip, and the weight behind it."""
        return (HEAD_DROP, HEAD_POINTS)

    @property
    def context_frames(self) -> int:
        """One: every value compares two neighbouring frames."""
        return 1

    @property
    def signature(self) -> str:
        """Every setting that changes a value."""
        followed = self.surface.model_dump_json(include=_FOLLOWED_AS)
        return _VERSION + self.settings.model_dump_json() + followed

    def start(self) -> ProbeRun:
        """Return a fresh run for one person."""
        return _HeadRun(self)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Seen:
    frame: ProbeFrame
    torso: Torso
    head_px: FloatArray


class _HeadRun:
    def __init__(self, probe: HeadProbe) -> None:
        self._probe = probe
        self._before: _Seen | None = None

    def frame(self, frame: ProbeFrame) -> Mapping[str, float]:
        """Return the step since the frame before, + = down."""
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
        cut = cut_window(
            before.frame.gray,
            after.frame.gray,
            0.5 * (before.head_px + after.head_px),
            length * np.array([settings.half_width, settings.half_height]),
            length,
            surface,
        )
        points = before.head_px + length * _disc(settings.radius, settings.spacing)
        motion, weight = follow(cut, points, guess, surface)
        travel = float(np.linalg.norm(guess))
        if travel > surface.min_travel_px:
            moves = np.linalg.norm(motion, axis=1) > surface.still_share * travel
            weight = np.where(moves, weight, 0.0)
        used = weight > 0
        if used.sum() < settings.min_points:
            return {}
        drop, total = biweight_mean(motion[used, 1], weight[used], settings)
        return {HEAD_DROP: drop * after.frame.clip_px_per_px, HEAD_POINTS: total}


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
