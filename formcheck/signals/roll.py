"""How far the camera was rolled, from straight edges of the room.

Upright edges (door frames, shelves) stay upright in the picture of a level camera; a pitched camera
makes them fan out evenly to both sides of the middle. Level edges stay level where they run across
the line of sight, and fan out from top to bottom if the camera looks along them a little. So the
roll that most edges of both kinds agree on, each with a fan of its own, is searched for. Slanted
things (the posts of a treadmill lean by 7 degrees) are outvoted that way. The runner's own hip line
is never used: it would hide what is to be measured.
"""

from dataclasses import dataclass

import numpy as np

from formcheck.data import FloatArray
from formcheck.settings.signals import SceneSettings

_FANS_DEG = np.arange(-6.0, 6.1, 1.0)
_STEP_DEG = 0.1
_KERNEL_DEG = 0.5
_FAN_PENALTY = 0.03


@dataclass(frozen=True, slots=True)
class Roll:
    """Camera roll, + = the picture must be turned clockwise to be level, and its SD, degrees."""

    roll_deg: float
    sd_deg: float


def camera_roll(
    edges_px: FloatArray, width_px: int, height_px: int, settings: SceneSettings
) -> Roll:
    """Estimate the roll of the camera.

    Parameters
    ----------
    edges_px : ndarray of float, shape (E, 5)
        Frame, x0, y0, x1, y1 of straight edges away from people.
    width_px, height_px : int
        Size of the picture.
    settings : SceneSettings

    Returns
    -------
    Roll
        Zero with the SD of an unknown roll if the edges do not agree on one.
    """
    unknown = Roll(0.0, settings.roll_unknown_sd_deg)
    if edges_px.shape[0] == 0:
        return unknown
    limit = settings.roll_max_deg
    rolls = np.arange(-limit, limit + _STEP_DEG / 2, _STEP_DEG)
    kinds = [
        lines
        for lines in (
            upright_lines(edges_px, width_px, height_px, limit),
            level_lines(edges_px, width_px, height_px, limit),
        )
        if lines.total >= settings.roll_min_edges
    ]
    if not kinds:
        return unknown
    votes = np.sum([_votes(lines, rolls) for lines in kinds], axis=0)
    likely = votes**2 * np.exp(-0.5 * (rolls / settings.roll_prior_sd_deg) ** 2)
    coarse = float(rolls[int(likely.argmax())])
    fine = [_around(lines, coarse) for lines in kinds]
    agreeing = sum(f[1] for f in fine)
    total = sum(lines.total for lines in kinds)
    if agreeing < settings.roll_min_edges or agreeing < settings.roll_min_share * total:
        return unknown
    roll = sum(f[0] * f[1] for f in fine) / agreeing
    apart = max(abs(f[0] - roll) for f in fine if f[1] > 0)
    sd_deg = settings.roll_floor_sd_deg + apart + _KERNEL_DEG * (1 - agreeing / total)
    return Roll(roll, min(sd_deg, settings.roll_unknown_sd_deg))


@dataclass(frozen=True, slots=True, eq=False)
class Lines:
    """What roll each edge speaks for (degrees), its place (-1..1 along the fan), its weight.

    Weights are lengths in tenths of the picture's longer side, per picture.
    """

    roll_deg: FloatArray
    place: FloatArray
    weight: FloatArray

    @property
    def total(self) -> float:
        """Sum of the weights."""
        return float(self.weight.sum())


def upright_lines(edges_px: FloatArray, width_px: int, height_px: int, limit_deg: float) -> Lines:
    """Return the edges within `limit_deg` of upright; they fan from left to right."""
    d = edges_px[:, 3:5] - edges_px[:, 1:3]
    d = d * np.where(d[:, 1:2] < 0, -1.0, 1.0)  # downwards
    roll_deg = np.rad2deg(np.arctan2(d[:, 0], d[:, 1]))
    place = (edges_px[:, 1] + edges_px[:, 3]) / width_px - 1
    return _lines(roll_deg, place, d, (max(width_px, height_px), limit_deg), edges_px[:, 0])


def level_lines(edges_px: FloatArray, width_px: int, height_px: int, limit_deg: float) -> Lines:
    """Return the edges within `limit_deg` of level; they fan from top to bottom."""
    d = edges_px[:, 3:5] - edges_px[:, 1:3]
    d = d * np.where(d[:, 0:1] < 0, -1.0, 1.0)  # to the right
    roll_deg = -np.rad2deg(np.arctan2(d[:, 1], d[:, 0]))
    place = (edges_px[:, 2] + edges_px[:, 4]) / height_px - 1
    return _lines(roll_deg, place, d, (max(width_px, height_px), limit_deg), edges_px[:, 0])


def _lines(
    roll_deg: FloatArray,
    place: FloatArray,
    along_px: FloatArray,
    limits: tuple[int, float],
    frame: FloatArray,
) -> Lines:
    side_px, limit_deg = limits
    keep = np.abs(roll_deg) <= limit_deg
    length = np.hypot(along_px[keep, 0], along_px[keep, 1])
    per_picture = max(1, np.unique(frame).size)
    return Lines(roll_deg[keep], place[keep], length / side_px / 0.1 / per_picture)


def _votes(lines: Lines, rolls_deg: FloatArray) -> FloatArray:
    """Return the share of edges that agree with each roll, with the best fan for it."""
    best = np.zeros(rolls_deg.size)
    for fan in _FANS_DEG:
        off = lines.roll_deg[None] - fan * lines.place[None] - rolls_deg[:, None]
        support = (np.exp(-0.5 * (off / _KERNEL_DEG) ** 2) * lines.weight).sum(axis=1)
        best = np.maximum(best, support * (1 - _FAN_PENALTY * abs(fan)) / lines.total)
    return best


def _around(lines: Lines, roll_deg: float) -> tuple[float, float]:
    """Return the mean roll of the edges near `roll_deg` (with their best fan), and their weight."""
    best = (-1.0, roll_deg, 0.0)
    for fan in _FANS_DEG:
        off = lines.roll_deg - fan * lines.place - roll_deg
        kernel = np.exp(-0.5 * (off / _KERNEL_DEG) ** 2) * lines.weight
        near = np.abs(off) < 3 * _KERNEL_DEG
        score = float(kernel.sum()) * (1 - _FAN_PENALTY * abs(fan))
        if near.any() and score > best[0]:
            mean = roll_deg + float(np.average(off[near], weights=kernel[near]))
            best = (score, mean, float(lines.weight[near].sum()))
    return best[1], best[2]
