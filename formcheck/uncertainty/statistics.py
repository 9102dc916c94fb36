"""Mean of repeated steps and its standard error; one interval from many sources of error."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from formcheck.data import FloatArray
from formcheck.settings import UncertaintySettings


@dataclass(frozen=True, slots=True, kw_only=True)
class StepMean:
    """A trimmed mean over steps with its standard error.

    Attributes
    ----------
    dof : float
        Degrees of freedom for Student's t.
    """

    value: float
    se: float
    n: int
    dof: float

    @property
    def t95(self) -> float:
        """Return the factor from standard error to half a 95 % interval."""
        return float(stats.t.ppf(0.975, self.dof)) if self.dof > 0 else float("inf")


def step_mean(values: FloatArray, settings: UncertaintySettings) -> StepMean:
    """Return the trimmed mean of steps in order of time, and its standard error.

    The error is that of a trimmed mean (Yuen: winsorised SD), times sqrt((1 + r) / (1 - r)) for a
    positive lag-1 autocorrelation r: steps like their neighbours say less (measures.md 7f).

    Parameters
    ----------
    values : ndarray of float, shape (N,)
        Finite, in order of time.
    settings : UncertaintySettings

    Returns
    -------
    StepMean
        ``se`` is 0 and ``dof`` 0 for a single value.
    """
    n = int(values.size)
    g = int(settings.trim_share * n)
    if n < 2:
        return StepMean(value=float(np.mean(values)) if n else float("nan"), se=0.0, n=n, dof=0.0)
    ordered = np.sort(values)
    mean = float(np.mean(ordered[g : n - g]))
    winsorised = np.clip(ordered, ordered[g], ordered[n - 1 - g])
    sd = float(np.std(winsorised, ddof=1))
    se = sd / ((1 - 2 * g / n) * np.sqrt(n))
    r = lag_one(values, settings.max_autocorrelation)
    return StepMean(
        value=mean, se=float(se * np.sqrt((1 + r) / (1 - r))), n=n, dof=float(n - 2 * g - 1)
    )


def moderated(mean: StepMean, usual_sd: float, usual_dof: float) -> StepMean:
    """Return the mean with its error drawn towards what is usual for the measure.

    The spread of three steps is itself hardly known, and Student's t for two repetitions is 12.7.
    A prior from many clips (scaled inverse chi square with `usual_dof` degrees of freedom, Smyth
    2004, Stat Appl Genet Mol Biol 3:3) gives both a better spread and a factor that holds.

    Parameters
    ----------
    mean : StepMean
    usual_sd : float
        Usual spread from step to step, in the unit of the values.
    usual_dof : float
        How much the prior is worth, in steps; 0 leaves the mean as it is.

    Returns
    -------
    StepMean
        A single value gets the usual spread.
    """
    if usual_dof <= 0 or mean.n < 1:
        return mean
    prior = usual_dof * usual_sd**2 / mean.n
    dof = usual_dof + mean.dof
    return replace(mean, se=float(np.sqrt((prior + mean.dof * mean.se**2) / dof)), dof=float(dof))


def half_width(parts: Mapping[str, float], dof: Mapping[str, float]) -> float:
    """Return half of the 95 % interval of independent errors.

    Parameters
    ----------
    parts : mapping of str to float
        Standard deviations.
    dof : mapping of str to float
        Degrees of freedom of those that were estimated from few values; the others count as known.

    Returns
    -------
    float
        Student's t with the effective degrees of freedom of Welch and Satterthwaite (JCGM 100:2008,
        G.4.1) times the root sum of squares.
    """
    total = sum(sd**2 for sd in parts.values())
    if total <= 0:
        return 0.0
    loose = sum(parts[k] ** 4 / n for k, n in dof.items() if k in parts and n > 0)
    factor = stats.t.ppf(0.975, max(1.0, total**2 / loose)) if loose > 0 else stats.norm.ppf(0.975)
    return float(factor * np.sqrt(total))


def lag_one(values: FloatArray, cap: float) -> float:
    """Return the lag-1 autocorrelation, between 0 and `cap`; 0 for fewer than eight values."""
    if values.size < 8:
        return 0.0
    d = values - np.mean(values)
    power = float(np.sum(d**2))
    if power <= 0:
        return 0.0
    return float(np.clip(np.sum(d[1:] * d[:-1]) / power, 0.0, cap))
