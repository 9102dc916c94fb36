"""Learns how far right minus left is off (``fitted/differences.json``).

Every number that the table reports of itself is of people who were left out of the fit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
from scipy import stats

from formcheck.data import FloatArray
from formcheck.errors import FormcheckError
from formcheck.fitted import Fitted
from formcheck.fitted.differences import LEAST_DOF, DifferenceError
from formcheck.pipeline.measure import AnalysisRun
from formcheck.registry import MEASURES
from formcheck.uncertainty.difference import CAMERA, claimed_parts
from formcheck.uncertainty.estimate import PEOPLE
from formcheck.validation.run import analyse, asked_values
from formcheck.validation.truth import Truth, read_truth

OF_THE_METHOD: Final = ("method", PEOPLE)
LEAST_PEOPLE: Final = 6
"""Fewer people in a view: its clips count together with those of the other views."""
FLOOR_SHARE: Final = 0.3
"""Least share of the error that stays with the method."""
LEAST_COVERAGE: Final = 0.90
"""Left-out coverage below which the spread is widened: the errors have long tails."""
LEAST_SLOPE: Final = 0.5
"""An estimate follows true differences if its slope is surely above 0 and may be this or more."""
SURE: Final = 0.95
"""One-sided, by Student's t: few clips, or small true differences, show little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Right minus left of one clip: true, estimated, and what its error parts claim."""

    measure: str
    view: str
    clip: str
    person: str
    truth: float
    estimate: float
    camera: float
    rest: float

    @property
    def error(self) -> float:
        """Estimate less truth."""
        return self.estimate - self.truth


def pairs_of(files: Sequence[Path], cache: Path | None, fitted: Fitted) -> list[Pair]:
    """Return the differences of every clip, and their truth; refused clips are left out.

    Parameters
    ----------
    files : sequence of Path
        Truth files of the fit split.
    cache : Path or None
    fitted : Fitted
        A clip's own person took no part in the angles it is measured with.
    """
    found: list[Pair] = []
    for path in files:
        truth = read_truth(path)
        tables = fitted.without(str(truth.spec["body"]))
        try:
            run = analyse(truth, path, workers=1, cache=cache, fitted=tables)
        except FormcheckError:
            continue
        found += _pairs_in(truth, run)
    return found


def _pairs_in(truth: Truth, run: AnalysisRun) -> list[Pair]:
    asked = asked_values(truth)
    found = []
    for m in run.analysis.measurements:
        sides = [asked.get((m.id, s)) for s in ("left", "right")]
        other = run.analysis.find(m.id, "left")
        if m.side != "right" or m.asymmetry is None or None in sides or m.source or other is None:
            continue
        left, right = (float(v) for v in sides if v is not None)
        parts = claimed_parts(
            other.sd_parts,
            m.sd_parts,
            opposite=MEASURES[m.id].camera.opposite,
            scale_known=truth.belt_speed_mps is not None,
        )
        found.append(
            Pair(
                measure=m.id,
                view=truth.view,
                clip=truth.name,
                person=str(truth.spec["body"]),
                truth=right - left,
                estimate=m.asymmetry.value,
                camera=_joined(v for k, v in parts.items() if k in CAMERA),
                rest=_joined(v for k, v in parts.items() if k not in (*CAMERA, *OF_THE_METHOD)),
            )
        )
    return found


def fit_differences(pairs: Sequence[Pair]) -> tuple[DifferenceError, ...]:
    """Return an entry per measure and view with enough people, and one per measure for any view.

    Parameters
    ----------
    pairs : sequence of Pair

    Returns
    -------
    tuple of DifferenceError
    """
    groups: dict[tuple[str, str], list[Pair]] = {}
    for pair in pairs:
        groups.setdefault((pair.measure, pair.view), []).append(pair)
        groups.setdefault((pair.measure, "any"), []).append(pair)
    return tuple(
        _entry(key, group)
        for key, group in sorted(groups.items())
        if len({p.person for p in group}) >= LEAST_PEOPLE
    )


def spread_of(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Return the spread of the method and the share of the rest that is borne out.

    Where the parts claim more than the errors seen, the rest is scaled down until, with a floor for
    the method, they make up the errors; then the spread is widened until most errors are inside.
    """
    error, camera, rest = (_array(pairs, k) for k in ("error", "camera", "rest"))
    seen = float(np.mean(error**2))
    left = max((1 - FLOOR_SHARE**2) * seen - float(np.mean(camera**2)), 0.0)
    claimed = float(np.mean(rest**2))
    share = 1.0 if claimed <= 0 else float(np.clip(np.sqrt(left / claimed), 0.0, 1.0))
    other = np.hypot(camera, share * rest)
    sd = np.sqrt(max(seen - float(np.mean(other**2)), FLOOR_SHARE**2 * seen))
    t = _t(len({p.person for p in pairs}))
    asked = np.sort(np.sqrt(np.maximum((error / t) ** 2 - other**2, 0.0)))
    least = asked[int(np.ceil(LEAST_COVERAGE * asked.size)) - 1]
    return float(max(sd, least)), share


def left_out(pairs: Sequence[Pair]) -> tuple[FloatArray, FloatArray]:
    """Return the error and the half width of each pair, fitted without its person."""
    half = np.empty(len(pairs))
    for k, pair in enumerate(pairs):
        others = [p for p in pairs if p.person != pair.person]
        sd, share = spread_of(others)
        total = np.sqrt(sd**2 + pair.camera**2 + (share * pair.rest) ** 2)
        half[k] = _t(len({p.person for p in others})) * total
    return _array(pairs, "error"), half


def _entry(key: tuple[str, str], pairs: Sequence[Pair]) -> DifferenceError:
    sd, share = spread_of(pairs)
    error, half = left_out(pairs)
    slope, slope_sd = _slope(pairs)
    people = len({p.person for p in pairs})
    return DifferenceError(
        measure=key[0],
        view=key[1],
        sd=round(sd, 4),
        share=round(share, 3),
        dof=float(max(people - 1, LEAST_DOF)),
        slope=round(slope, 3),
        slope_sd=round(slope_sd, 3),
        follows=_follows(slope, _sure_t(len(pairs)) * slope_sd),
        n_clips=len(pairs),
        n_people=people,
        rmse=round(float(np.sqrt(np.mean(error**2))), 3),
        left_out_coverage=round(float(np.mean(np.abs(error) <= half)), 3),
        half_width=round(float(np.median(half)), 3),
    )


def _slope(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Return the slope of the estimates on the truth and its standard error."""
    truth, estimate = _array(pairs, "truth"), _array(pairs, "estimate")
    if np.ptp(truth) <= 0:
        return 0.0, float("inf")
    fit = stats.linregress(truth, estimate)
    return float(fit.slope), float(fit.stderr)


def _t(people: int) -> float:
    return float(stats.t.ppf(0.975, max(people - 1, LEAST_DOF)))


def _follows(slope: float, give_or_take: float) -> bool:
    return slope - give_or_take > 0 and slope + give_or_take >= LEAST_SLOPE


def _sure_t(n: int) -> float:
    return float(stats.t.ppf(SURE, max(n - 2, 1)))


def _array(pairs: Sequence[Pair], name: str) -> FloatArray:
    return np.array([getattr(p, name) for p in pairs], dtype=float)


def _joined(parts: Iterable[float]) -> float:
    return float(np.sqrt(sum(v**2 for v in parts)))
