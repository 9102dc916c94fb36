"""What is known of every frame: landmarks and signals from the pixels."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from formcheck.data.arrays import FloatArray, IntArray, check_shape, readonly
from formcheck.keypoints import N_KEYPOINTS, Side, index_of


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PoseSequence:
    """Landmarks of one person over time.

    Attributes
    ----------
    time_s : ndarray of float, shape (T,)
        Strictly rising true times; raw sequences have one row per frame, filtered ones may be
        resampled to a uniform grid.
    xy_px : ndarray of float, shape (T, 33, 2)
        Pixels of the upright picture, y down, NaN where unseen.
    confidence : ndarray of float, shape (T, 33)
        The landmark model's visibility, 0..1, 0 where unseen.
    world_m : ndarray of float, shape (T, 33, 3)
        Model's metric guess, origin at mid-hip, x right, y down, z away from the camera.
    history : tuple of str
        Operations applied so far, oldest first.
    """

    time_s: FloatArray
    xy_px: FloatArray
    confidence: FloatArray
    world_m: FloatArray
    history: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Freeze arrays and check shapes."""
        for name in ("time_s", "xy_px", "confidence", "world_m"):
            object.__setattr__(self, name, readonly(getattr(self, name)))
        n = int(self.time_s.size)
        check_shape("time_s", self.time_s, (None,))
        check_shape("xy_px", self.xy_px, (n, N_KEYPOINTS, 2))
        check_shape("confidence", self.confidence, (n, N_KEYPOINTS))
        check_shape("world_m", self.world_m, (n, N_KEYPOINTS, 3))

    @property
    def rate_hz(self) -> float:
        """Mean sampling rate; 0 for fewer than two rows."""
        if self.time_s.size < 2:
            return 0.0
        return (self.time_s.size - 1) / float(self.time_s[-1] - self.time_s[0])

    def joint(self, side: Side, joint: str) -> FloatArray:
        """Return the trajectory of one landmark, shape (T, 2), pixels."""
        return self.xy_px[:, index_of(side, joint)]

    def mid(self, joint: str) -> FloatArray:
        """Return the midpoint of a left/right pair, shape (T, 2), pixels."""
        return 0.5 * (self.joint("left", joint) + self.joint("right", joint))

    def at(self, t_s: object, side: Side, joint: str) -> FloatArray:
        """Return the landmark at arbitrary times, cubic between samples.

        Parameters
        ----------
        t_s : float or array_like, shape (N,)
            True seconds.

        Returns
        -------
        ndarray of float, shape (N, 2) (or (2,) for a scalar time)
            Pixels; NaN outside the clip or next to unseen samples.
        """
        return sample_at(self.time_s, self.joint(side, joint), t_s)

    def mid_at(self, t_s: object, joint: str) -> FloatArray:
        """Return the midpoint of a left/right pair at arbitrary times, shape (N, 2)."""
        return sample_at(self.time_s, self.mid(joint), t_s)

    def with_(self, operation: str, **changes: object) -> Self:
        """Return a copy with some arrays changed and `operation` appended to the history."""
        return replace(self, history=(*self.history, operation), **changes)  # type: ignore[arg-type]


def sample_at(time_s: FloatArray, values: FloatArray, t_s: object) -> FloatArray:
    """Interpolate `values` at `t_s` with a local cubic (Catmull-Rom on the true times).

    Local, so that a NaN only spoils its neighbours; linear where only two neighbours are finite.

    Parameters
    ----------
    time_s : ndarray of float, shape (T,)
    values : ndarray of float, shape (T,) or (T, D)
    t_s : float or array_like, shape (N,)

    Returns
    -------
    ndarray of float, shape (N,), (N, D), or without N for a scalar time
        NaN outside ``[time_s[0], time_s[-1]]``.
    """
    t = np.atleast_1d(np.asarray(t_s, dtype=np.float64))
    v = np.asarray(values, dtype=np.float64)
    n = int(time_s.size)
    out = np.full((t.size, *v.shape[1:]), np.nan)
    if n >= 2 and t.size:
        ok = np.isfinite(t) & (t >= time_s[0] - 1e-9) & (t <= time_s[-1] + 1e-9)
        i = np.clip(np.searchsorted(time_s, t[ok], side="right") - 1, 0, n - 2)
        out[ok] = _hermite(time_s, v, i, t[ok])
    return out[0] if np.asarray(t_s).ndim == 0 else out


def _hermite(time_s: FloatArray, v: FloatArray, i: IntArray, t: FloatArray) -> FloatArray:
    n = int(time_s.size)
    extra = (1,) * (v.ndim - 1)
    h = (time_s[i + 1] - time_s[i]).reshape(-1, *extra)
    u = ((t - time_s[i]).reshape(-1, *extra)) / h
    secant = (v[i + 1] - v[i]) / h

    def slope(j: IntArray) -> FloatArray:
        a, b = np.maximum(j - 1, 0), np.minimum(j + 1, n - 1)
        span = (time_s[b] - time_s[a]).reshape(-1, *extra)
        return np.asarray((v[b] - v[a]) / span)

    m0, m1 = slope(i), slope(i + 1)
    m0, m1 = np.where(np.isfinite(m0), m0, secant), np.where(np.isfinite(m1), m1, secant)
    cubic = (
        (1 + 2 * u) * (1 - u) ** 2 * v[i]
        + u * (1 - u) ** 2 * h * m0
        + u**2 * (3 - 2 * u) * v[i + 1]
        + u**2 * (u - 1) * h * m1
    )
    # exactly on a sample the neighbour may be unseen: its value still stands
    cubic = np.where(u <= 1e-9, v[i], cubic)
    return np.asarray(np.where(u >= 1 - 1e-9, v[i + 1], cubic))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Channels:
    """Per-frame signals from the pixels (surface motion, light), one value per frame.

    Attributes
    ----------
    time_s : ndarray of float, shape (T,)
    values : mapping of str to ndarray, each shape (T,)
        Names carry units, for example ``pelvis_roll_step_deg``.
    """

    time_s: FloatArray
    values: Mapping[str, FloatArray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Freeze arrays and check shapes."""
        object.__setattr__(self, "time_s", readonly(self.time_s))
        frozen = {k: readonly(v) for k, v in self.values.items()}
        for name, array in frozen.items():
            check_shape(name, array, (int(self.time_s.size),))
        object.__setattr__(self, "values", frozen)
