"""Rotation of pelvis and shoulders over time, from whichever signal carries it in this view.

The landmarks' own hip line does not follow the pelvis (design: gain -0.3 to +0.1), so the pelvis
comes from the pixels (:mod:`formcheck.surface`) or not at all. The shoulder line's yaw comes from
the metric landmarks in side view, where it followed the truth well, and from the pixels in frontal
views.
"""

from dataclasses import dataclass

import numpy as np

from formcheck.data import FloatArray, Trial, readonly
from formcheck.keypoints import View
from formcheck.signals.geometry import world_yaw_deg

NO_SURFACE = (
    "The movement of the pelvis could not be followed in the picture: the landmarks alone do not "
    "show it."
)
NO_BACK = "The turn of the upper body could not be followed in the picture."
SIDE_PELVIS = "The turn of the pelvis cannot be seen from the side."


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Curve:
    """An angle over time.

    Attributes
    ----------
    deg : ndarray of float, shape (T,)
        On ``trial.pose.time_s``, degrees; NaN where not known. Empty if there is no curve.
    sd_deg : float
        Error that the whole clip shares, where the signal can tell it, degrees.
    reason : str
        Why there is no curve.
    """

    deg: FloatArray
    sd_deg: float = 0.0
    reason: str = ""

    @property
    def known(self) -> bool:
        """True if there is a curve."""
        return bool(self.deg.size) and bool(np.isfinite(self.deg).any())


def _none(reason: str) -> Curve:
    return Curve(deg=readonly([]), reason=reason)


def pelvic_obliquity(trial: Trial) -> Curve:
    """Return the pelvis' tilt against gravity, + = left side higher, degrees."""
    return _none(NO_SURFACE if trial.scene.view != View.SIDE else SIDE_PELVIS)


def pelvis_yaw(trial: Trial) -> Curve:
    """Return the pelvis' axial rotation, + = turned to the runner's left, any zero, degrees."""
    return _none(NO_SURFACE if trial.scene.view != View.SIDE else SIDE_PELVIS)


def shoulder_yaw(trial: Trial) -> Curve:
    """Return the shoulder line's axial rotation, + = turned to the runner's left, degrees."""
    if trial.scene.view == View.SIDE:
        return Curve(deg=readonly(world_yaw_deg(trial.pose.world_m, trial.scene, "shoulder")))
    return _none(NO_BACK)
