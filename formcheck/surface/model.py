"""A linear model of what is seen, and its inversion.

``seen = loadings @ drivers + noise`` (drivers: see :class:`formcheck.settings.surface.Feature`).
The rotation of a strip near the hips answers to the pelvis and, just as strongly, to the thighs
(the buttock slides as the hip extends); higher strips answer less to the thighs and more to the
thorax. No strip shows the pelvis alone, and all of them together do.
"""

from dataclasses import dataclass

import numpy as np

from formcheck.data import FloatArray
from formcheck.fitted.strip_loadings import Feature
from formcheck.settings.surface import SurfaceSettings

OBLIQUITY, PELVIS_YAW, THORAX_YAW = 0, 1, 2
THIGH = 4
N_DRIVERS = 7


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Drivers:
    """Estimated movements.

    Attributes
    ----------
    values : ndarray of float, shape (T, 7)
        Degrees, zero mean over a stride.
    sd : ndarray of float, shape (7,)
        What the model says of their error, same units.
    """

    values: FloatArray
    sd: FloatArray


def thigh_template(phase: FloatArray, settings: SurfaceSettings) -> FloatArray:
    """Return the expected left minus right thigh flexion, degrees, at phases of the stride."""
    angle = 2.0 * np.pi * phase + np.radians(settings.thigh_phase_deg)
    return np.asarray(settings.thigh_amplitude_deg * np.cos(angle))


def solve(
    features: tuple[Feature, ...],
    seen: FloatArray,
    extra_sd: FloatArray,
    thigh_deg: FloatArray,
    settings: SurfaceSettings,
) -> Drivers:
    """Estimate the drivers by generalised least squares with Gaussian priors.

    Parameters
    ----------
    features : tuple of Feature, length N
    seen : ndarray of float, shape (T, N)
    extra_sd : ndarray of float, shape (N,)
        This clip's own noise per feature (disagreement between cycles), added in quadrature;
        infinite for a feature that was not seen.
    thigh_deg : ndarray of float, shape (T,)
        Expected left minus right thigh flexion.
    settings : SurfaceSettings
    """
    loadings = np.array([f.loadings for f in features])
    variance = np.array([f.noise for f in features]) ** 2 + extra_sd**2
    weight = np.where(np.isfinite(variance), 1.0 / variance, 0.0)
    prior = 1.0 / np.square(np.asarray(settings.driver_sd))
    covariance = np.linalg.inv((loadings.T * weight) @ loadings + np.diag(prior))
    use = weight > 0
    expected = np.zeros((seen.shape[0], N_DRIVERS))
    expected[:, THIGH] = thigh_deg
    right = (seen[:, use] * weight[use]) @ loadings[use] + expected * prior
    return Drivers(values=right @ covariance, sd=np.sqrt(np.diag(covariance)))
