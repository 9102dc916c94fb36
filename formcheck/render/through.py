"""A drawn curve and the number beside it are one: a curve is led through its numbers.

A number has the method's known error taken off (:mod:`formcheck.uncertainty.corrected`), and some
are read with what was learned; the curve of the same angle is plain. Drawn plain it would peak
elsewhere than the number says.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeAlias

import numpy as np

from formcheck.data import FloatArray, SampleSide, Trial
from formcheck.registry import MEASURES, PROTOCOLS
from formcheck.surface.waveforms import Waveforms
from formcheck.uncertainty.corrected import Corrected, corrected

Angle: TypeAlias = Callable[[FloatArray], FloatArray]
"""Degrees at given times, s."""


def numbers_of(trial: Trial, curve: str) -> tuple[Corrected, ...]:
    """Return the numbers of the trial's test that stand on a curve.

    Parameters
    ----------
    trial : Trial
    curve : str
        As the cards of the measures name it.
    """
    if trial.protocol_id not in PROTOCOLS:
        return ()
    specs = (MEASURES[i] for i in PROTOCOLS[trial.protocol_id].measures)
    return tuple(
        corrected(s, trial) for s in specs if s.curve == curve and trial.scene.view in s.views
    )


def led_through(numbers: Sequence[Corrected], side: SampleSide, angle: Angle) -> Angle:
    """Return an angle that passes through its numbers.

    Parameters
    ----------
    numbers : sequence of Corrected
        From :func:`numbers_of`.
    side : {"left", "right", "both"}
    angle : callable
        The plain angle.

    Returns
    -------
    callable
        Between two numbers the correction goes from one's to the other's, level at both, so that
        a peak stays where it is; before the first and after the last it stays.
    """
    times, values = _of_side(numbers, side)
    gaps = values - angle(times) if times.size else values
    seen = np.isfinite(gaps)
    if not seen.any():
        return angle
    times, gaps = times[seen], gaps[seen]

    def led(t_s: FloatArray) -> FloatArray:
        return np.asarray(angle(t_s) + _between(t_s, times, gaps))

    return led


def shifted(waves: Waveforms, numbers: Sequence[Corrected]) -> Waveforms:
    """Return curves as they are read, whose peaks are their numbers: moved by what those were."""
    curves, found = waves.as_read_deg(), _of_rows(waves, numbers)
    if found is not None:
        curves = curves + (found.values - found.samples.values)[:, None]
    return replace(waves, curves_deg=curves)


def stretched(waves: Waveforms, numbers: Sequence[Corrected]) -> Waveforms:
    """Return curves as they are read, whose ranges are their numbers: grown as those were."""
    curves, found = waves.as_read_deg(), _of_rows(waves, numbers)
    if found is not None:
        raw = found.samples.values
        by = np.divide(found.values, raw, out=np.full(raw.shape, np.nan), where=raw > 0)
        curves = curves * by[:, None]
    return replace(waves, curves_deg=curves)


def times_with(numbers: Sequence[Corrected], side: SampleSide, t_s: FloatArray) -> FloatArray:
    """Return times with those of a side's numbers between them, so that no peak is cut."""
    own, _ = _of_side(numbers, side)
    within = (own >= t_s.min()) & (own <= t_s.max()) if t_s.size else np.zeros(own.size, bool)
    return np.union1d(t_s, own[within])


def _of_rows(waves: Waveforms, numbers: Sequence[Corrected]) -> Corrected | None:
    """Return the numbers that were read from these curves, one from each."""
    return next((n for n in numbers if n.samples.sides == waves.sides and waves.sides), None)


def _of_side(numbers: Sequence[Corrected], side: SampleSide) -> tuple[FloatArray, FloatArray]:
    """Return times and values of a side in order of time; the first of two at one time."""
    own = [n.of_side(side) | n.of_side("both") for n in numbers]
    times = [n.samples.times_s[mine] for n, mine in zip(numbers, own, strict=True)]
    values = [n.values[mine] for n, mine in zip(numbers, own, strict=True)]
    if not times:
        return np.empty(0), np.empty(0)
    t, first = np.unique(np.concatenate(times), return_index=True)
    return t, np.concatenate(values)[first]


def _between(t_s: FloatArray, times: FloatArray, gaps: FloatArray) -> FloatArray:
    """Go from gap to gap, level at each (smoothstep), shape of `t_s`."""
    at = np.interp(t_s, times, np.arange(times.size))
    low = np.minimum(np.floor(at).astype(int), times.size - 1)
    high = np.minimum(low + 1, times.size - 1)
    share = at - low
    share = share * share * (3 - 2 * share)
    return np.asarray(gaps[low] + share * (gaps[high] - gaps[low]))
