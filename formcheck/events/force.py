"""What the shape of the ground's force makes of a body's rise and fall.

Half a sine is the usual simple picture, but it reads contacts of people 20 to 35 ms short and their
toe-off 25 ms early: measured forces are rounder, fade slowly, and have their centre some 10 ms
before the middle of the contact. The shape here is that of :class:`ForceSettings`. Two stances over
a force plate (20 N) were read 23 and 21 ms short as half sines, 6 and 0 by this shape; the rise and
fall of that runner's neck, collar bone and shoulders gave contacts of 224 ms as half sines and 243
by this shape, for 250, and a middle 10 and 0 ms early.
"""

from functools import lru_cache

import numpy as np

from formcheck.data import ComplexArray, FloatArray
from formcheck.settings.force import ForceSettings

_SAMPLES = 400


def force_shape(share: FloatArray, force: ForceSettings) -> FloatArray:
    """Return the force over its mean at shares of the contact, 0 at the strike, 1 at toe-off."""
    large = force.roundness * _bell(share, force.peak_at)
    large += (1 - force.roundness) * 0.5 * np.pi * np.sin(np.pi * share)
    small = _bell(share / force.impact_share, 0.5) / force.impact_share
    return np.asarray((1 - force.impact) * large + force.impact * small)


def _bell(share: FloatArray, peak_at: float) -> FloatArray:
    """Return a raised cosine of mean 1 over [0, 1], 0 outside."""
    half = np.where(share < peak_at, peak_at, 1 - peak_at)
    inside = (share >= 0) & (share <= 1)
    return np.where(inside, 1 + np.cos(np.pi * (share - peak_at) / half), 0.0)


def force_waves(duty: FloatArray, force: ForceSettings) -> tuple[ComplexArray, ComplexArray]:
    """Return the force's waves at once and twice the step rate, relative to its mean.

    Parameters
    ----------
    duty : ndarray of float, shape (N,)
        Length of the contact over the step time.
    force : ForceSettings

    Returns
    -------
    first, second : ndarray of complex, shape (N,)
        Size and phase about the middle of the contact: a negative phase, of a force that is above
        its mean there, says that it comes late.
    """
    share = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
    shape = force_shape(share, force)
    late = np.outer(duty, share - 0.5)
    first, second = (
        2 * (np.exp(-2j * np.pi * k * late) * shape).mean(axis=1) / shape.mean() for k in (1, 2)
    )
    return first, second


@lru_cache(maxsize=8)
def wave_table(
    least: float, most: float, n: int, force: ForceSettings
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return contacts of `n` lengths and what they make of a body's rise and fall.

    Returns
    -------
    duty : ndarray of float, shape (n,)
        From `least` to `most`.
    shape : ndarray of float, shape (n,)
        The second wave of the rise and fall over the first one, as far as they are in step; falls
        with the duty.
    early : ndarray of float, shape (n,)
        How long before the middle of the contact the first wave is lowest, share of a step.
    """
    duty = np.linspace(least, most, n)
    first, second = force_waves(duty, force)
    shape = np.real(second / first**2) * np.abs(first) / 4
    return duty, shape, np.angle(first) / (2 * np.pi)
