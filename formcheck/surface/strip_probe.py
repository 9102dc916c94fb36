"""The probe: how each strip of the trunk moved since the last picture looked at."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from formcheck.data import FloatArray
from formcheck.settings.surface import SurfaceSettings
from formcheck.surface.between import bridged, held, spread
from formcheck.surface.probe import LONGEST_S, ProbeFrame, ProbeRun
from formcheck.surface.strip_fit import fit_strips
from formcheck.surface.strips import Torso, lattice, off_the_arms, shoulder_share, torso_of
from formcheck.surface.tracking import Cutout, Scale, cut_out, follow


def roll_name(strip: int) -> str:
    """Return the channel of a strip's rotation since the last picture looked at."""
    return f"strip{strip:02d}_roll_step_deg"


def shift_name(strip: int) -> str:
    """Return the channel of a strip's sideways shift since the last picture looked at."""
    return f"strip{strip:02d}_shift_step_pct"


def drop_name(strip: int) -> str:
    """Return the channel of a strip's downward motion since the last picture looked at."""
    return f"strip{strip:02d}_drop_step_pct"


def points_name(strip: int) -> str:
    """Return the channel of the effective number of points behind a strip's motion."""
    return f"strip{strip:02d}_points"


TORSO_NAME = "strip_torso_px"
SINCE_NAME = "strip_since_s"
_VERSION = "strips-5:"  # raise it with every change of what the probe computes
# half size of the cut-out around the middle of the torso, in torso lengths: the strips and room
# for Lucas-Kanade's window and the motion between two pictures
_HALF_SIZE = (0.75, 1.15)
_READ_FROM_PIXELS = {
    "strip_least_s",
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
        """Four channels per strip, the torso's length, and the time a step took."""
        n = self.settings.n_strips
        named = (roll_name, shift_name, drop_name, points_name)
        return (*(name(i) for i in range(n) for name in named), TORSO_NAME, SINCE_NAME)

    @property
    def context_frames(self) -> int:
        """One: every value compares two pictures."""
        return 1

    @property
    def least_s(self) -> float:
        """Time from one picture to the next."""
        return self.settings.strip_least_s

    @property
    def signature(self) -> str:
        """Every setting that changes what is read from the pixels (not what is made of it)."""
        return _VERSION + self.settings.model_dump_json(include=_READ_FROM_PIXELS)

    def start(self) -> ProbeRun:
        """Return a fresh run for one person."""
        return _StripRun(self.settings)

    def whole(
        self, time_s: FloatArray, values: Mapping[str, FloatArray]
    ) -> Mapping[str, FloatArray]:
        """Return steps from frame to frame: each frame its share of the step over it."""
        out = {TORSO_NAME: bridged(time_s, values[TORSO_NAME], LONGEST_S)}
        out[SINCE_NAME] = since_s = values[SINCE_NAME]
        for i in range(self.settings.n_strips):
            for name in (roll_name(i), shift_name(i), drop_name(i)):
                out[name] = spread(time_s, values[name], since_s)
            out[points_name(i)] = held(time_s, values[points_name(i)], out[drop_name(i)])
        return out


@dataclass(slots=True)
class _Seen:
    """A picture looked at: its cut-out is used for the step to it and the step from it."""

    frame: ProbeFrame
    torso: Torso
    cut: Cutout | None = None

    def cut_at(self, scale: Scale, settings: SurfaceSettings) -> Cutout:
        """Return the trunk at a scale, cut out anew only if the scale is another."""
        if self.cut is None or self.cut.scale != scale:
            self.cut = cut_out(self.frame.gray, self.torso.centre_px, scale, settings)
        return self.cut


class _StripRun:
    def __init__(self, settings: SurfaceSettings) -> None:
        self._settings = settings
        self._before: _Seen | None = None

    def frame(self, frame: ProbeFrame) -> Mapping[str, float]:
        """Return the steps since the last picture, in picture directions (x right, y down)."""
        torso = torso_of(frame.xy_px)
        before, self._before = self._before, None
        if torso is None:
            return {}
        self._before = now = _Seen(frame, torso)
        values = {TORSO_NAME: torso.length_px * frame.clip_px_per_px}
        if shoulder_share(frame.xy_px, torso) < self._settings.min_shoulder_share:
            return values  # seen from the side: the strips would follow an arm
        if before is not None and min(torso.length_px, before.torso.length_px) > (
            self._settings.min_torso_px
        ):
            values[SINCE_NAME] = frame.time_s - before.frame.time_s
            values.update(self._steps(before, now))
        return values

    def _steps(self, before: _Seen, after: _Seen) -> dict[str, float]:
        settings = self._settings
        length = 0.5 * (before.torso.length_px + after.torso.length_px)
        grid = lattice(before.torso, settings)
        scale = Scale.of(after.torso.length_px, _HALF_SIZE, settings)
        cuts = before.cut_at(scale, settings), after.cut_at(scale, settings)
        guess = after.torso.centre_px - before.torso.centre_px
        motion, weight = follow(*cuts, grid.xy_px, guess, settings)
        radius = settings.arm_radius * length
        clear = off_the_arms(grid.xy_px, before.frame.xy_px, radius)
        clear &= off_the_arms(grid.xy_px + guess, after.frame.xy_px, radius)
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
