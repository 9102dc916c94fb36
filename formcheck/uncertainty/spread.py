"""How far a method is off beyond what else explains it, and what is usual from step to step."""

from collections.abc import Sequence

import numpy as np
from scipy import special, stats

from formcheck.data import FloatArray, IntArray

FLOOR_SHARE = 0.3
"""Least share of the error that the method keeps, however much steps and camera seem to explain."""
LEAST_COVERAGE = 0.90
"""Left-out coverage below which the spread is widened: the errors have long tails."""
LEAST_BORNE_OUT = 0.5
"""Errors claimed by steps, events and camera are never scaled below this."""
STEP_DOF = (2.0, 30.0)
MIN_SD = 1e-6
LEAST_DOF = 1e-3


def clip_mean(values: FloatArray, clip: IntArray) -> float:
    """Return the mean in which every clip counts once, however many values it has.

    Parameters
    ----------
    values : ndarray of float, shape (N,)
    clip : ndarray of int, shape (N,)
        Which clip each belongs to.
    """
    weight = 1.0 / np.bincount(clip)[clip]
    return float(np.sum(weight * values) / np.sum(weight))


def method_sd(errors: FloatArray, other_sd: FloatArray, clip: IntArray) -> float:
    """Return the method's own SD: the errors' variance beyond what the rest explains.

    Parameters
    ----------
    errors : ndarray of float, shape (N,)
        Left-out errors.
    other_sd : ndarray of float, shape (N,)
        What the rest of the interval explains.
    clip : ndarray of int, shape (N,)
        Every clip counts once, however many values it has.

    Returns
    -------
    float
        Not below ``FLOOR_SHARE`` of the errors; widened until ``LEAST_COVERAGE`` of them lie
        inside the interval.
    """
    n_clips = np.unique(clip).size
    total = clip_mean(errors**2, clip)
    own = np.sqrt(max(clip_mean(errors**2 - other_sd**2, clip), FLOOR_SHARE**2 * total))
    factor = coverage_factor(n_clips)
    asked = np.sort(np.sqrt(np.maximum((errors / factor) ** 2 - other_sd**2, 0.0)))
    least = asked[int(np.ceil(LEAST_COVERAGE * asked.size)) - 1]
    return float(max(own, least))


def borne_out(errors: FloatArray, other_sd: FloatArray, clip: IntArray) -> float:
    """Return how much of the error that steps, events and camera claim is borne out, at most 1.

    Where they claim more than the estimates are off, intervals hold the truth more often than they
    say: a spread between steps that the true values have too is no error, for one. The claims are
    then scaled until, with the method's own floor, they make up the errors seen; a little less if
    few clips say so.

    Parameters
    ----------
    errors : ndarray of float, shape (N,)
        Left-out errors.
    other_sd : ndarray of float, shape (N,)
        What the rest of the interval claims.
    clip : ndarray of int, shape (N,)
        Every clip counts once, however many values it has.
    """
    claimed = clip_mean(other_sd**2, clip)
    if claimed <= 0:
        return 1.0
    seen = clip_mean(errors**2, clip) * (1 - FLOOR_SHARE**2)
    few = coverage_factor(np.unique(clip).size) / float(stats.norm.ppf(0.975))
    return float(np.clip(few * np.sqrt(seen / claimed), LEAST_BORNE_OUT, 1.0))


def method_dof(sd: float, errors: FloatArray, other_sd: FloatArray, clip: IntArray) -> float:
    """Return the degrees of freedom of a method's SD that is a difference of variances.

    The whole variance is known from as many clips as there are, less one; taking a known part off
    leaves its uncertainty whole on what remains (Welch and Satterthwaite, solved for it). Where the
    rest claims more than the whole, it is believed, and only the method's floor is uncertain.

    Parameters
    ----------
    sd : float
        As from `method_sd`.
    errors, other_sd : ndarray of float, shape (N,)
    clip : ndarray of int, shape (N,)
    """
    dof = np.unique(clip).size - 1
    if float(np.mean(errors**2)) <= float(np.mean(other_sd**2)):
        return float(dof)
    share = sd**2 / (sd**2 + float(np.mean(other_sd**2)))
    return max(dof * share**2, LEAST_DOF)


def coverage_factor(n_clips: int) -> float:
    """Return the factor from a method SD to half a 95 % interval: t for a fit, 1.96 for a seed."""
    return float(stats.t.ppf(0.975, n_clips - 1)) if n_clips > 1 else 1.96


def step_prior(groups: Sequence[Sequence[float]]) -> tuple[float, float]:
    """Return the usual spread from step to step, and what that knowledge is worth in steps.

    Moments of the logarithms of the clips' variances against those of a scaled F distribution
    (Smyth 2004, section 6.2).

    Parameters
    ----------
    groups : sequence of sequences of float
        Step values of one clip and side each; those of one step are left out.

    Returns
    -------
    sd, dof : float
        0, 0 where no group has two steps.
    """
    used = [(float(np.var(g, ddof=1)), len(g) - 1) for g in groups if len(g) > 1]
    used = [(v, n) for v, n in used if v > MIN_SD**2]
    if len(used) < 2:
        return 0.0, 0.0
    variance, dof = np.array([v for v, _ in used]), np.array([n for _, n in used], dtype=float)
    e = np.log(variance) - special.digamma(dof / 2) + np.log(dof / 2)
    spread = float(np.var(e, ddof=1) - np.mean(special.polygamma(1, dof / 2)))
    worth = STEP_DOF[1]
    if spread > float(special.polygamma(1, STEP_DOF[1] / 2)):
        worth = max(STEP_DOF[0], 2 * _trigamma_inverse(spread))
    log_variance = float(np.mean(e)) + float(special.digamma(worth / 2)) - np.log(worth / 2)
    return float(np.exp(0.5 * log_variance)), float(worth)


def _trigamma_inverse(y: float) -> float:
    """Return x with trigamma(x) = y, by Newton's method (Smyth 2004, appendix)."""
    x = 0.5 + 1 / y
    for _ in range(50):
        trigamma = float(special.polygamma(1, x))
        step = trigamma * (1 - trigamma / y) / float(special.polygamma(2, x))
        x += step
        if abs(step) < 1e-8 * x:
            break
    return x
