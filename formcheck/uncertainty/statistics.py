"""Mean of repeated steps and its standard error."""

from dataclasses import dataclass

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


def lag_one(values: FloatArray, cap: float) -> float:
    """Return the lag-1 autocorrelation, between 0 and `cap`; 0 for fewer than eight values."""
    if values.size < 8:
        return 0.0
    d = values - np.mean(values)
    power = float(np.sum(d**2))
    if power <= 0:
        return 0.0
    return float(np.clip(np.sum(d[1:] * d[:-1]) / power, 0.0, cap))
