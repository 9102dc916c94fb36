"""How the ground's force grows and fades in a contact: what makes the body rise and fall.

Half a sine is the usual simple picture. Measured forces of runners are better told by two bells
(Clark, Ryan and Weyand 2017, J Exp Biol 220:247; R2 0.95 on 500 of them): a small early one where
foot and shank are stopped, and a large one whose peak comes a little before the middle and whose
ends, toe-off above all, fade slowly. The large bell is a raised cosine there; two stances over a
force plate that were at hand lie three quarters of the way from half a sine to it, so runners
differ in how far they are along that way.
"""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class ForceShape:
    """Shape of a stance's vertical ground force; its size follows from the flights around it.

    Parameters
    ----------
    roundness : float
        0 for half a sine, 1 for a raised cosine.
    peak_at : float
        Share of the contact at which the raised cosine peaks.
    impact : float
        Share of the impulse in the early bell.
    impact_s : float
        How long the early bell lasts.
    """

    roundness: float = 0.75
    peak_at: float = 0.47
    impact: float = 0.07
    impact_s: float = 0.07

    def grown(self, u_s: float, contact_s: float) -> tuple[float, float]:
        """Return the force's integral up to a time in the contact, and the integral of that, s.

        Parameters
        ----------
        u_s : float
            Since the strike, within [0, contact_s].
        contact_s : float

        Returns
        -------
        tuple of float
            The first is 1 at the end of the contact.
        """
        parts = (
            ((1 - self.impact) * self.roundness, _bell(u_s, contact_s, self.peak_at)),
            ((1 - self.impact) * (1 - self.roundness), _half_sine(u_s, contact_s)),
            (self.impact, _bell(u_s, min(self.impact_s, contact_s), 0.5)),
        )
        return sum(w * p[0] for w, p in parts), sum(w * p[1] for w, p in parts)

    def early_s(self, contact_s: float) -> float:
        """Return how long before the middle of the contact the force's centre lies."""
        return self.grown(contact_s, contact_s)[1] - contact_s / 2


HALF_SINE = ForceShape(roundness=0.0, impact=0.0)


def _half_sine(u: float, length: float) -> tuple[float, float]:
    turn = np.pi / length
    return 0.5 * (1 - np.cos(turn * u)), 0.5 * (u - np.sin(turn * u) / turn)


def _bell(u: float, length: float, peak_at: float) -> tuple[float, float]:
    """Integrate a raised cosine of unit area that peaks at a share of its length."""
    if u >= length:
        speed, way = _bell(length * (1 - 1e-12), length, peak_at)
        return speed, way + speed * (u - length)
    a, b = peak_at * length, (1 - peak_at) * length
    if u <= a:
        turn = np.pi / a
        speed = u - np.sin(turn * u) / turn
        way = u * u / 2 + (np.cos(turn * u) - 1) / turn**2
        return speed / length, way / length
    v, turn = u - a, np.pi / b
    speed = a + v + np.sin(turn * v) / turn
    way = a * a / 2 - 2 * (a / np.pi) ** 2 + a * v + v * v / 2 - (np.cos(turn * v) - 1) / turn**2
    return speed / length, way / length
