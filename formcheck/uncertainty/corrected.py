"""What a measure reads, with the method's known error taken off, for number and curve alike."""

from dataclasses import dataclass, replace

import numpy as np

from formcheck.data import BoolArray, FloatArray, Samples, SampleSide, Trial
from formcheck.fitted.method_errors import MethodError, MethodErrors
from formcheck.registry import PROTOCOLS, MeasureSpec

NO_METHOD = MethodError(measure="none", sd=0.0, source="none")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Corrected:
    """A measure's samples and what must be done to them.

    Attributes
    ----------
    samples : Samples
        As read, but NaN where nobody can reach what was read.
    method : MethodError
    values : ndarray of float, shape (N,)
        The samples with the method's error taken off.
    beyond : ndarray of bool, shape (N,)
        What was read, but lies beyond what people can reach.
    """

    samples: Samples
    method: MethodError
    values: FloatArray
    beyond: BoolArray

    def of_side(self, side: SampleSide) -> BoolArray:
        """Return which samples are of this side, seen or not, shape (N,)."""
        return np.array([s == side for s in self.samples.sides], dtype=bool)


def corrected(spec: MeasureSpec, trial: Trial, errors: MethodErrors | None = None) -> Corrected:
    """Read a measure, take the method's error off and leave out what nobody can reach.

    Parameters
    ----------
    spec : MeasureSpec
    trial : Trial
    errors : MethodErrors, optional
        The trial's own when left out.

    Returns
    -------
    Corrected
    """
    spec = in_test(spec, trial)
    table = trial.given.fitted.errors if errors is None else errors
    samples = spec.compute(trial)
    found = table.find(spec.id, trial.scene.view, trial.clip.fps, samples.source)
    method = found or NO_METHOD
    values = method.gain * samples.values + method.bias
    low, high = spec.plausible
    beyond = (values < low) | (values > high)
    kept = replace(samples, values=np.where(beyond, np.nan, samples.values))
    return Corrected(
        samples=kept, method=method, values=np.where(beyond, np.nan, values), beyond=beyond
    )


def in_test(spec: MeasureSpec, trial: Trial) -> MeasureSpec:
    """Return the measure as it is in the trial's test, which may have a reach of its own."""
    if trial.protocol_id not in PROTOCOLS:
        return spec
    reach = PROTOCOLS[trial.protocol_id].reach
    return replace(spec, plausible=reach[spec.id]) if spec.id in reach else spec
