"""Which leg must be in front, because legs take turns.

The distance between the feet along the picture does not care which foot is which; in gait it rises
and falls once a step. Counting those steps tells, for every moment with the feet apart, whether the
leg in front is the one that was in front at the start or the other: a wrong name cannot hide there,
however long it lasts. Which of the two is left is what the model says most of the time.
"""

import numpy as np
from scipy.ndimage import gaussian_filter1d

from formcheck.data import FloatArray
from formcheck.settings.signals import AlternationSettings


def expected_order(
    time_s: FloatArray, apart: FloatArray, settings: AlternationSettings
) -> FloatArray:
    """Return which leg must be in front, shape (T,).

    Parameters
    ----------
    time_s : ndarray of float, shape (T,)
    apart : ndarray of float, shape (T,)
        Left minus right foot along the picture as named by the model, in leg lengths; NaN where
        unseen.
    settings : AlternationSettings

    Returns
    -------
    ndarray of float, shape (T,)
        +1 where `apart` must be positive, -1 where negative, 0 where the feet are too close to
        tell or the legs do not take turns.
    """
    nothing = np.zeros(time_s.size)
    seen = np.isfinite(apart)
    if seen.sum() < 16:
        return nothing
    step_s = float(np.median(np.diff(time_s)))
    grid_s = np.arange(time_s[0], time_s[-1] + 0.5 * step_s, step_s)
    size = np.interp(grid_s, time_s[seen], np.abs(apart[seen]))
    cycles, strength = step_cycles(size, step_s, settings)
    if cycles is None:
        return nothing
    phase = np.interp(time_s, grid_s, cycles)
    k = np.round(phase)
    is_apart = (np.abs(phase - k) < settings.near_peak) & (
        np.interp(time_s, grid_s, strength) > settings.min_strength
    )
    order = np.where(is_apart, np.where(k % 2 == 0, 1.0, -1.0), 0.0)
    wide = is_apart & seen & (np.abs(apart) > settings.min_apart)
    if wide.sum() < 8:
        return nothing
    agree = float(np.average(np.sign(apart[wide]) == order[wide], weights=np.abs(apart[wide])))
    if max(agree, 1 - agree) < settings.min_agreement:
        return nothing
    return order if agree > 0.5 else -order


def step_cycles(
    size: FloatArray, step_s: float, settings: AlternationSettings
) -> tuple[FloatArray | None, FloatArray]:
    """Return the count of steps (whole at each widest point) and how regular they are.

    Parameters
    ----------
    size : ndarray of float, shape (N,)
        Distance between the feet on a uniform grid, leg lengths.
    step_s : float
        Grid step, seconds.
    settings : AlternationSettings

    Returns
    -------
    cycles : ndarray of float, shape (N,), or None without a clear rhythm
    strength : ndarray of float, shape (N,)
        Amplitude of the rhythm over its median.
    """
    wave = size - size.mean()
    n = 4 * wave.size
    power = np.abs(np.fft.rfft(wave * np.hanning(wave.size), n)) ** 2
    rate_hz = np.fft.rfftfreq(n, step_s)
    slowest = settings.min_cycles / (wave.size * step_s)
    usable = (rate_hz >= slowest) & (rate_hz <= settings.max_step_hz)
    if not usable.any() or power[usable].max() <= 0:
        return None, np.zeros(size.size)
    f0 = float(rate_hz[usable][np.argmax(power[usable])])
    at_s = np.arange(wave.size) * step_s
    width = settings.smooth_cycles / f0 / step_s
    turned = wave * np.exp(-2j * np.pi * f0 * at_s)
    slow = gaussian_filter1d(turned.real, width) + 1j * gaussian_filter1d(turned.imag, width)
    amplitude = np.abs(slow)
    usual = float(np.median(amplitude))
    if 2 * usual < settings.min_swing:
        return None, np.zeros(size.size)
    cycles = f0 * at_s + np.unwrap(np.angle(slow)) / (2 * np.pi)
    return cycles, amplitude / usual
