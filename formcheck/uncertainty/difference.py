"""Right minus left of a measure, with an error of its own."""

from collections.abc import Mapping
from typing import Final

import numpy as np
from scipy import stats

from formcheck.data import Trial
from formcheck.fitted.differences import LEAST_DOF, DifferenceErrors
from formcheck.fitted.method_errors import MethodError
from formcheck.registry import MeasureSpec
from formcheck.results import Difference, Measurement
from formcheck.uncertainty.estimate import PEOPLE

CAMERA: Final = ("roll", "view")
"""Never scaled down: how a phone stands differs more from user to user than in rendered clips."""
ONLY_A_HINT: Final = (
    "Clips with known truth have not shown that this difference follows the true one, so it is a "
    "hint only."
)


def with_difference(
    left: Measurement,
    right: Measurement,
    spec: MeasureSpec,
    method: MethodError,
    trial: Trial,
    table: DifferenceErrors,
) -> tuple[Measurement, ...]:
    """Attach right minus left to both sides, where both have a value.

    Parameters
    ----------
    left, right : Measurement
    spec : MeasureSpec
    method : MethodError
        Of the measure; stands in where no error of the difference was fitted.
    trial : Trial
    table : DifferenceErrors

    Returns
    -------
    tuple of Measurement
    """
    if left.value is None or right.value is None:
        return left, right
    opposite = spec.camera.opposite
    scaled = trial.belt_speed_mps is not None
    claimed = claimed_parts(left.sd_parts, right.sd_parts, opposite=opposite, scale_known=scaled)
    fitted = None if left.source else table.find(left.id, trial.scene.view)
    if fitted is None:
        own = method.sd_difference
        parts = claimed if own is None else claimed | {"method": own}
        dof = max(method.n_clips - 1.0, LEAST_DOF)
    else:
        rest = {k: v if k in CAMERA else fitted.share * v for k, v in claimed.items()}
        parts, dof = rest | {"method": fitted.sd}, fitted.dof
    sd = float(np.sqrt(sum(v**2 for v in parts.values())))
    half = 0.0 if spec.is_count else float(stats.t.ppf(0.975, dof)) * sd
    value = right.value - left.value
    doubts = [m.reason for m in (left, right) if m.status != "ok"]
    if fitted is not None and not fitted.follows:
        doubts.append(ONLY_A_HINT)
    difference = Difference(
        value=value,
        ci95=(value - half, value + half),
        sd=sd,
        status="uncertain" if doubts else "ok",
        reason=doubts[0] if doubts else "",
        sd_parts={k: float(v) for k, v in parts.items() if v > 0},
    )
    return tuple(m.model_copy(update={"asymmetry": difference}) for m in (left, right))


def claimed_parts(
    left: Mapping[str, float], right: Mapping[str, float], *, opposite: bool, scale_known: bool
) -> dict[str, float]:
    """Return what the error parts of both sides claim for their difference.

    What moves both sides alike cancels; what moves them apart counts twice; the rest adds up as
    independent errors do.

    Parameters
    ----------
    left, right : mapping of str to float
        ``sd_parts`` of the two sides.
    opposite : bool
        Roll and level move the sides apart.
    scale_known : bool
        True if one known scale holds for both sides.
    """
    names = sorted(set(left) | set(right))
    parts = {n: float(np.hypot(left.get(n, 0.0), right.get(n, 0.0))) for n in names}
    parts["roll"] = 2.0 * left.get("roll", 0.0) if opposite else 0.0
    if opposite:
        parts["clip"] = 2.0 * left.get("clip", 0.0)
    if scale_known:
        parts["scale"] = 0.0
    parts[PEOPLE] = 0.0  # one and the same person's, left and right
    return parts
