"""The types that stages hand to each other: frozen dataclasses over read-only numpy arrays.

Conventions, stated once. Times are seconds on the clip's true clock (slow motion undone) starting
at the first frame. Image coordinates are pixels of the upright picture, x to the right, y down.
Sides are the runner's own. Intervals are half-open ``[start, end)``. An unseen landmark is NaN.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, Self

import numpy as np
from numpy.typing import NDArray

from formcheck.keypoints import N_KEYPOINTS, Side, View, index_of

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]

Facing = Literal["left", "right", "toward", "away"]
Surface = Literal["treadmill", "overground", "static"]
EventKind = Literal["foot_strike", "toe_off"]
SampleSide = Literal["left", "right", "both"]


def readonly(values: object, dtype: type = np.float64) -> NDArray[np.float64]:
    """Return a read-only copy of `values` as an array."""
    array: NDArray[np.float64] = np.array(values, dtype=dtype)
    array.flags.writeable = False
    return array


def _check_shape(name: str, array: NDArray[np.float64], shape: tuple[int | None, ...]) -> None:
    ok = array.ndim == len(shape) and all(
        want is None or want == got for want, got in zip(shape, array.shape, strict=True)
    )
    if not ok:
        want = tuple("T" if s is None else s for s in shape)
        msg = f"{name} must have shape {want}, got {array.shape}"
        raise ValueError(msg)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Clip:
    """A video file as decoded: upright size and the true presentation time of every frame.

    Attributes
    ----------
    width_px, height_px : int
        Size of the upright picture (stored rotation applied).
    file_time_s : ndarray of float, shape (T,)
        Presentation timestamps, seconds, strictly rising, first frame at 0; the file's own clock.
    rotation_deg : {0, 90, 180, 270}
        Anticlockwise turn that was needed to make the stored picture upright.
    capture_fps : float or None
        The rate the camera filmed at, where a tag says so or the user gave it.
    slow_motion_factor : float
        File seconds per true second: 8 for 240 frames/s stored at 30.
    start_s : float
        The file's own timestamp of the first frame, seconds.
    seekable : bool
        Whether timestamps identify frames, so that reading may start in the middle; otherwise
        frame k is the k-th that decodes from the start.
    """

    path: Path
    sha256: str
    width_px: int
    height_px: int
    file_time_s: FloatArray
    rotation_deg: int = 0
    codec: str = ""
    pixel_format: str = ""
    vfr: bool = False
    has_audio: bool = False
    capture_fps: float | None = None
    slow_motion_factor: float = 1.0
    mirrored: bool = False
    start_s: float = 0.0
    seekable: bool = True

    def __post_init__(self) -> None:
        """Freeze the array and check that time rises."""
        object.__setattr__(self, "file_time_s", readonly(self.file_time_s))
        _check_shape("file_time_s", self.file_time_s, (None,))
        if self.file_time_s.size > 1 and not (np.diff(self.file_time_s) > 0).all():
            msg = "file_time_s must rise strictly; sort and deduplicate the timestamps"
            raise ValueError(msg)

    @property
    def time_s(self) -> FloatArray:
        """Frame times on the true clock, shape (T,)."""
        return readonly(self.file_time_s / self.slow_motion_factor)

    @property
    def n_frames(self) -> int:
        """Number of frames that decode."""
        return int(self.file_time_s.size)

    @property
    def duration_s(self) -> float:
        """True seconds from the first frame to the end of the last."""
        if self.n_frames < 2:
            return 0.0
        span = float(self.time_s[-1] - self.time_s[0])
        return span * self.n_frames / (self.n_frames - 1)

    @property
    def fps(self) -> float:
        """Mean true frame rate, (n - 1) / (last - first); 0 for fewer than two frames."""
        if self.n_frames < 2:
            return 0.0
        return (self.n_frames - 1) / float(self.time_s[-1] - self.time_s[0])

    def with_(self, **changes: object) -> Self:
        """Return a copy with some fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


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
        _check_shape("time_s", self.time_s, (None,))
        _check_shape("xy_px", self.xy_px, (n, N_KEYPOINTS, 2))
        _check_shape("confidence", self.confidence, (n, N_KEYPOINTS))
        _check_shape("world_m", self.world_m, (n, N_KEYPOINTS, 3))

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
            _check_shape(name, array, (int(self.time_s.size),))
        object.__setattr__(self, "values", frozen)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """How the camera looks at the runner.

    Attributes
    ----------
    roll_deg, roll_sd_deg : float
        Camera roll about its axis, + = the picture must be turned clockwise to be level; its SD.
    yaw_deg : float or None
        Estimated angle off square for the view, None where it cannot be told.
    m_per_px : float or None
        Scale at the runner's mid-line depth.
    ambiguous : tuple of str
        Which of ``view``, ``facing``, ``surface``, ``leg`` have signs that disagree.
    near_side : {"left", "right"} or None
        In side view, the leg nearer the camera.
    leg : {"left", "right"} or None
        The leg that does a test on one leg, where the user has said it.
    """

    view: View
    facing: Facing
    surface: Surface
    roll_deg: float = 0.0
    roll_sd_deg: float = 1.5
    yaw_deg: float | None = None
    m_per_px: float | None = None
    m_per_px_sd: float | None = None
    ambiguous: tuple[str, ...] = ()
    near_side: Side | None = None
    leg: Side | None = None

    @property
    def forward_sign(self) -> int:
        """+1 if the runner faces image-right, -1 if image-left, 0 in frontal views."""
        return {"right": 1, "left": -1}.get(self.facing, 0)

    def lateral_sign(self, side: Side) -> int:
        """Image-x sign that points to the runner's `side` in rear or front view; 0 in side view."""
        if self.view == View.SIDE:
            return 0
        rear = 1 if self.view == View.REAR else -1
        return rear if side == "right" else -rear


@dataclass(frozen=True, slots=True, kw_only=True)
class FootEvent:
    """A foot strike or toe-off with its one-sigma time error."""

    kind: EventKind
    side: Side
    time_s: float
    sd_s: float
    method: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One stance and what follows: ``[strike_s, end_s)``, end = the next strike of any foot.

    Attributes
    ----------
    toe_off_s : float or None
        None where the toe-off was not seen.
    stride_end_s : float or None
        Next strike of the same foot.
    """

    side: Side
    strike_s: float
    toe_off_s: float | None
    end_s: float | None
    stride_end_s: float | None
    strike_sd_s: float
    toe_off_sd_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rep:
    """One repetition of a movement test, ``[start_s, end_s)``.

    Attributes
    ----------
    counted : bool
        False for a half or disturbed repetition; `reason` says why.
    reach_pct : float or None
        How far it went, % of the first whole repetitions, where the test has such a size.
    """

    side: SampleSide
    start_s: float
    deepest_s: float
    end_s: float
    counted: bool = True
    reason: str = ""
    reach_pct: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Trial:
    """Everything a measure may look at.

    Attributes
    ----------
    pose : PoseSequence
        Repaired and zero-lag filtered landmarks on a uniform grid.
    raw : PoseSequence
        Repaired, unfiltered landmarks, one row per frame.
    far_steps : tuple of Step
        Steps too far from the camera for angles; their times still count.
    second_look : PoseSequence or None
        The same person found again, better, in the few pictures that some values hang on.
    """

    clip: Clip
    scene: Scene
    pose: PoseSequence
    raw: PoseSequence
    channels: Channels
    steps: tuple[Step, ...] = ()
    far_steps: tuple[Step, ...] = ()
    reps: tuple[Rep, ...] = ()
    protocol_id: str = ""
    belt_speed_mps: float | None = None
    height_cm: float | None = None
    second_look: PoseSequence | None = None

    def steps_of(self, side: Side) -> tuple[Step, ...]:
        """Return the steps whose stance foot is `side`."""
        return tuple(s for s in self.steps if s.side == side)

    @property
    def timed_steps(self) -> tuple[Step, ...]:
        """All steps in order, for what is read off the clock alone."""
        return tuple(sorted((*self.steps, *self.far_steps), key=lambda s: s.strike_s))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Samples:
    """What a measure returns: one value per step, stride or repetition.

    Attributes
    ----------
    sides : tuple of {"left", "right", "both"}, length N
    values : ndarray of float, shape (N,)
        In the measure's unit; NaN where this step cannot be measured.
    times_s : ndarray of float, shape (N,)
        The moment that shows the value (for the evidence frame).
    event_sd : ndarray of float, shape (N,)
        Error of each value that comes from event timing, in the measure's unit (0 if none).
    clip_sd : float
        Error that all values of this clip share, where the measure itself can tell it (reliability
        of the pixel signals), in the measure's unit.
    known_mean : (float, float) or None
        The clip's value and its standard error, where the measure knows it better than the mean of
        `values` does (side ``both`` only).
    components : mapping of str to ndarray, each shape (N,)
        Parts of a composite; names carry units.
    reason : str
        Why there is nothing, if there is nothing.
    source : str
        What the values were read from where it is not the usual: ``stickers``. Each source has a
        method error of its own.
    """

    sides: tuple[SampleSide, ...] = ()
    values: FloatArray = field(default_factory=lambda: np.empty(0))
    times_s: FloatArray = field(default_factory=lambda: np.empty(0))
    event_sd: FloatArray | None = None
    clip_sd: float = 0.0
    known_mean: tuple[float, float] | None = None
    components: Mapping[str, FloatArray] = field(default_factory=dict)
    reason: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        """Freeze arrays and check that lengths agree."""
        n = len(self.sides)
        sd = np.zeros(n) if self.event_sd is None else self.event_sd
        object.__setattr__(self, "event_sd", sd)
        for name in ("values", "times_s", "event_sd"):
            object.__setattr__(self, name, readonly(getattr(self, name)))
            _check_shape(name, getattr(self, name), (n,))
        object.__setattr__(self, "components", {k: readonly(v) for k, v in self.components.items()})

    @classmethod
    def none(cls, reason: str) -> Self:
        """Return an empty result that says why."""
        return cls(reason=reason)
