"""Statistics of estimates against truth; nothing here knows where either came from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final, TypeVar

import numpy as np

from formcheck.data import FloatArray

K = TypeVar("K")

MATCH_WINDOW_S: Final = 0.12
"""A detected event further than this from every true one is invented (half a short stance)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueRow:
    """One measure, side and clip: truth, and what was reported (estimate None if refused).

    ``read_from`` is what the value was read from where that is not the usual (``stickers``).
    """

    clip: str
    measure_id: str
    side: str
    unit: str
    view: str
    fps: float
    model: str
    truth: float
    estimate: float | None
    lo: float | None = None
    hi: float | None = None
    sd: float | None = None
    status: str = "ok"
    reason: str = ""
    protocol: str = ""
    azimuth_deg: float = 0.0
    error_parts: dict[str, float] = field(default_factory=dict)
    per_step: tuple[float, ...] = ()
    read_from: str = ""

    @property
    def label(self) -> str:
        """The measure, and what it was read from: scored apart from the usual way."""
        return f"{self.measure_id} ({self.read_from})" if self.read_from else self.measure_id


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueScore:
    """Scores of one group of rows; NaN where too few rows carry a value.

    Attributes
    ----------
    slope, r : float
        Of the estimate against truth; a flat line with a small error is no measurement.
    coverage_pct : float
        Share of reported intervals that hold the truth.
    refused_pct : float
        Share of rows without a value.
    """

    n_clips: int
    n: int
    bias: float
    sd: float
    rmse: float
    slope: float
    r: float
    truth_range: float
    coverage_pct: float
    refused_pct: float
    uncertain_pct: float
    half_width: float


def score_values(rows: Sequence[ValueRow]) -> ValueScore:
    """Score a group of rows.

    Parameters
    ----------
    rows : sequence of ValueRow
        At least one.

    Returns
    -------
    ValueScore
    """
    got = [r for r in rows if r.estimate is not None]
    estimate = np.array([r.estimate for r in got], dtype=float)
    truth = np.array([r.truth for r in got], dtype=float)
    error = estimate - truth
    inside = [r.lo <= r.truth <= r.hi for r in got if r.lo is not None and r.hi is not None]
    half = [(r.hi - r.lo) / 2 for r in got if r.lo is not None and r.hi is not None]
    slope, corr = _line(truth, estimate)
    return ValueScore(
        n_clips=len({r.clip for r in rows}),
        n=len(got),
        bias=_mean(error),
        sd=float(np.std(error, ddof=1)) if error.size > 1 else float("nan"),
        rmse=float(np.sqrt(np.mean(error**2))) if error.size else float("nan"),
        slope=slope,
        r=corr,
        truth_range=float(np.ptp(truth)) if truth.size else float("nan"),
        coverage_pct=100 * _mean(np.array(inside, dtype=float)),
        refused_pct=100 * (1 - len(got) / len(rows)) if rows else float("nan"),
        uncertain_pct=100 * sum(r.status == "uncertain" for r in rows) / len(rows)
        if rows
        else float("nan"),
        half_width=float(np.median(half)) if half else float("nan"),
    )


def _mean(values: FloatArray) -> float:
    return float(np.mean(values)) if values.size else float("nan")


def _line(x: FloatArray, y: FloatArray) -> tuple[float, float]:
    if x.size < 3 or np.ptp(x) < 1e-9:
        return float("nan"), float("nan")
    slope = float(np.polyfit(x, y, 1)[0])
    corr = float(np.corrcoef(x, y)[0, 1]) if np.ptp(y) > 1e-9 else 0.0
    return slope, corr


def group_by(rows: Iterable[ValueRow], key: Callable[[ValueRow], K]) -> dict[K, list[ValueRow]]:
    """Return the rows in lists, by `key`."""
    out: dict[K, list[ValueRow]] = {}
    for row in rows:
        out.setdefault(key(row), []).append(row)
    return out


@dataclass(frozen=True, slots=True, kw_only=True)
class EventScore:
    """How well one kind of event was found in one clip.

    Attributes
    ----------
    errors_s : tuple of float
        Detected minus true, for matched pairs.
    """

    clip: str
    kind: str
    view: str
    fps: float
    n_true: int
    n_found: int
    errors_s: tuple[float, ...]

    @property
    def n_matched(self) -> int:
        """Number of true events that were found."""
        return len(self.errors_s)


def match_events(
    true_s: FloatArray, found_s: FloatArray, window_s: float = MATCH_WINDOW_S
) -> list[tuple[int, int]]:
    """Pair true and found events one to one, nearest first, within a window.

    Parameters
    ----------
    true_s, found_s : ndarray of float
        Times of one kind and side, seconds.
    window_s : float
        Largest distance of a pair.

    Returns
    -------
    list of (int, int)
        Indices into `true_s` and `found_s`, in order of the true times.
    """
    if not true_s.size or not found_s.size:
        return []
    gap = np.abs(true_s[:, None] - found_s[None, :])
    pairs: list[tuple[int, int]] = []
    while gap.size and np.min(gap) <= window_s:
        i, j = np.unravel_index(int(np.argmin(gap)), gap.shape)
        pairs.append((int(i), int(j)))
        gap[i, :] = np.inf
        gap[:, j] = np.inf
    return sorted(pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class EventSummary:
    """Events of one group of clips, pooled."""

    n_clips: int
    n_true: int
    recall_pct: float
    precision_pct: float
    bias_ms: float
    sd_ms: float
    within_frame_pct: float


def summarise_events(rows: Sequence[EventScore]) -> EventSummary:
    """Pool event scores; the error of no match is NaN, and recall stands beside it."""
    errors = np.array([e for r in rows for e in r.errors_s])
    frame = np.array([1 / r.fps for r in rows for _ in r.errors_s])
    n_true, n_found = sum(r.n_true for r in rows), sum(r.n_found for r in rows)
    return EventSummary(
        n_clips=len({r.clip for r in rows}),
        n_true=n_true,
        recall_pct=100 * errors.size / n_true if n_true else float("nan"),
        precision_pct=100 * errors.size / n_found if n_found else float("nan"),
        bias_ms=1000 * _mean(errors),
        sd_ms=1000 * float(np.std(errors, ddof=1)) if errors.size > 1 else float("nan"),
        within_frame_pct=100 * _mean((np.abs(errors) <= frame).astype(float)),
    )
