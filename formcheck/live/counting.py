"""Counting repetitions as they happen, from one picture at a time; causal and scale-free."""

from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from formcheck.data import FloatArray
from formcheck.keypoints import INDEX
from formcheck.settings.live import LiveSettings

Exercise = Literal["squat", "jog"]
_HIPS = (INDEX["left_hip"], INDEX["right_hip"])
_ANKLES = (INDEX["left_ankle"], INDEX["right_ankle"])
_NOSE = INDEX["nose"]


class Counter(Protocol):
    """Counts one exercise."""

    @property
    def count(self) -> int:
        """Repetitions so far."""
        ...

    @property
    def last_rep_s(self) -> float | None:
        """How long the last repetition was down, s; None where that says nothing."""
        ...

    def add(self, xy_px: FloatArray, time_s: float) -> None:
        """Look at the landmarks of one picture, shape (33, 2), at a time that rises."""
        ...


def whole_body_seen(
    xy_px: FloatArray, visibility: FloatArray, size_px: tuple[int, int], settings: LiveSettings
) -> bool:
    """Tell whether head, hips and both ankles are inside the picture, and seen but for one ankle.

    A lifted foot hides behind the other leg; the standing one has to be seen.

    Parameters
    ----------
    xy_px : ndarray of float, shape (33, 2)
    visibility : ndarray of float, shape (33,)
    size_px : (int, int)
        Width and height of the picture.
    """
    wanted = [_NOSE, *_HIPS, *_ANKLES]
    at = xy_px[wanted]
    inside = ((at >= 0) & (at <= np.array(size_px))).all()
    seen = visibility >= settings.seen_visibility
    return bool(inside and seen[[_NOSE, *_HIPS]].all() and seen[list(_ANKLES)].any())


@dataclass(slots=True)
class SquatCounter:
    """Counts squats, on one leg or both: hips down and up again against the standing foot.

    The height of the hips over the lower ankle is compared with the greatest seen so far, which
    fades slowly; hysteresis and a least duration keep a wobble from being counted.
    """

    settings: LiveSettings
    count: int = 0
    last_rep_s: float | None = None
    _standing_px: float = 0.0
    _before_s: float | None = None
    _down_s: float | None = None

    def add(self, xy_px: FloatArray, time_s: float) -> None:
        """Look at one picture."""
        height = float(xy_px[list(_ANKLES), 1].max() - xy_px[list(_HIPS), 1].mean())
        if not np.isfinite(height) or height <= 0:
            return
        passed = 0.0 if self._before_s is None else max(0.0, time_s - self._before_s)
        self._before_s = time_s
        fade = self.settings.standing_fall_per_s * passed
        if self._down_s is not None and time_s - self._down_s > self.settings.squat_longest_s:
            self._standing_px, self._down_s = height, None  # the person has moved away, or sits
        self._standing_px = max(height, self._standing_px * (1 - fade))
        lowered = 1 - height / self._standing_px
        if self._down_s is None:
            if lowered > self.settings.squat_down:
                self._down_s = time_s
        elif lowered < self.settings.squat_up:
            took = time_s - self._down_s
            self._down_s = None
            if took >= self.settings.squat_least_s:
                self.count += 1
                self.last_rep_s = took


@dataclass(slots=True)
class JogCounter:
    """Counts steps of jogging on the spot: the ankles take turns in being the higher one."""

    settings: LiveSettings
    count: int = 0
    last_rep_s: float | None = None
    _higher: int | None = None
    _step_s: float = -np.inf

    def add(self, xy_px: FloatArray, time_s: float) -> None:
        """Look at one picture."""
        ankles = xy_px[list(_ANKLES), 1]
        leg = float(ankles.max() - xy_px[list(_HIPS), 1].mean())
        if not np.isfinite(leg) or leg <= 0:
            return
        apart = float(ankles[1] - ankles[0]) / leg
        if abs(apart) < self.settings.step_lift:
            return
        higher = 0 if apart > 0 else 1
        if higher != self._higher and time_s - self._step_s >= self.settings.step_least_s:
            self.count += 1
            self._higher, self._step_s = higher, time_s


def counter_of(exercise: Exercise, settings: LiveSettings) -> Counter:
    """Return a fresh counter."""
    return SquatCounter(settings) if exercise == "squat" else JogCounter(settings)
