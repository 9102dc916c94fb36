"""The probe: per frame, how each strip of the trunk moved since the frame before."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from formcheck.settings.surface import SurfaceSettings
from formcheck.surface.probe import ProbeFrame, ProbeRun
from formcheck.surface.strip_fit import fit_strips
from formcheck.surface.strips import Torso, lattice, off_the_arms, shoulder_share, torso_of
from formcheck.surface.tracking import cut_out, follow


def roll_name(strip: int) -> str:
    """Return the channel of a strip's rotation since the frame before."""
    return f"strip{strip:02d}_roll_step_deg"


def shift_name(strip: int) -> str:
    """Return the channel of a strip's sideways shift since the frame before."""
    return f"strip{strip:02d}_shift_step_pct"


def drop_name(strip: int) -> str:
    """Return the channel of a strip's downward motion since the frame before."""
    return f"strip{strip:02d}_drop_step_pct"


def points_name(strip: int) -> str:
    """Return the channel of the effective number of points behind a strip's motion."""
    return f"strip{strip:02d}_points"


TORSO_NAME = "strip_torso_px"
_VERSION = "strips-4:"  # raise it with every change of what the probe computes
_READ_FROM_PIXELS = {
    "strip_edges",
    "width_heights",
    "half_widths",
    "point_spacing",
    "arm_radius",
    "min_travel_px",
    "still_share",
    "min_torso_px",
    "min_shoulder_share",
    "target_torso_px",
    "window_px",
    "pyramid_levels",
    "equalise_sigma",
    "equalise_floor",
    "max_return_px",
    "half_trackability",
    "min_strip_points",
    "min_strip_width",
    "robust_iterations",
    "robust_scale",
}


@dataclass(frozen=True, slots=True)
class StripProbe:
    """Motion of strips of the trunk (see :mod:`formcheck.surface.strips`), for the pixel pass."""

    settings: SurfaceSettings = field(default_factory=SurfaceSettings)

    @property
    def id(self) -> str:
        """Short name."""
        return "strips"

    @property
    def names(self) -> tuple[str, ...]:
        """Four channels per strip, and the torso's length."""
        n = self.settings.n_strips
        named = (roll_name, shift_name, drop_name, points_name)
        return (*(name(i) for i in range(n) for name in named), TORSO_NAME)

    @property
    def context_frames(self) -> int:
        """One: every value compares two neighbouring frames."""
        return 1

    @property
    def signature(self) -> str:
        """Every setting that changes what is read from the pixels (not what is made of it)."""
        return _VERSION + self.settings.model_dump_json(include=_READ_FROM_PIXELS)

    def start(self) -> ProbeRun:
        """Return a fresh run for one person."""
        return _StripRun(self.settings)


class _StripRun:
    def __init__(self, settings: SurfaceSettings) -> None:
        self._settings = settings
        self._before: tuple[ProbeFrame, Torso] | None = None

    def frame(self, frame: ProbeFrame) -> Mapping[str, float]:
        """Return the steps since the frame before, in picture directions (x right, y down)."""
        torso = torso_of(frame.xy_px)
        before, self._before = self._before, None if torso is None else (frame, torso)
        if torso is None:
            return {}
        values = {TORSO_NAME: torso.length_px * frame.clip_px_per_px}
        if shoulder_share(frame.xy_px, torso) < self._settings.min_shoulder_share:
            return values  # seen from the side: the strips would follow an arm
        if before is not None and min(torso.length_px, before[1].length_px) > (
            self._settings.min_torso_px
        ):
            values.update(self._steps(before[0], frame, (before[1], torso)))
        return values

    def _steps(
        self, before: ProbeFrame, after: ProbeFrame, torsos: tuple[Torso, Torso]
    ) -> dict[str, float]:
        settings = self._settings
        length = 0.5 * (torsos[0].length_px + torsos[1].length_px)
        grid = lattice(torsos[0], settings)
        cut = cut_out(before.gray, after.gray, torsos, settings)
        guess = torsos[1].centre_px - torsos[0].centre_px
        motion, weight = follow(cut, grid.xy_px, guess, settings)
        radius = settings.arm_radius * length
        clear = off_the_arms(grid.xy_px, before.xy_px, radius)
        clear &= off_the_arms(grid.xy_px + guess, after.xy_px, radius)
        # what stands still while the body moves is before it: a treadmill's console, a rail
        travel = float(np.linalg.norm(guess))
        if travel > settings.min_travel_px:
            clear &= np.linalg.norm(motion, axis=1) > settings.still_share * travel
        weight = np.where(clear, weight, 0.0)
        values: dict[str, float] = {}
        fits = fit_strips(grid.strip, grid.across, motion / length, weight, settings)
        for i, fit in fits.items():
            values[roll_name(i)] = fit.roll_deg
            values[shift_name(i)] = fit.shift_pct
            values[drop_name(i)] = fit.drop_pct
            values[points_name(i)] = fit.n_points
        return values
