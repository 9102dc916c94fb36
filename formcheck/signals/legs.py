"""Which leg is which, decided by continuity over time.

In side view the pose model exchanges the legs for a frame or two just at foot strike, or lays both
on one leg; with legs dressed alike it exchanges them for half a stride. Legs, however, take turns
(:mod:`formcheck.signals.alternation`) and move steadily: a wrong name makes both feet jump. The
naming of all frames together that needs the least jumping is searched for, so that past and future
count alike.
"""

from dataclasses import dataclass

import numpy as np

from formcheck.data import BoolArray, FloatArray, IntArray
from formcheck.keypoints import SIDES, index_of
from formcheck.settings.signals import AlternationSettings, LegSettings
from formcheck.signals.alternation import expected_order

CHAIN = ("knee", "ankle", "heel", "foot_index")
LEFT_CHAIN = [index_of("left", joint) for joint in CHAIN]
RIGHT_CHAIN = [index_of("right", joint) for joint in CHAIN]
_WEIGHTS = np.array([0.2, 0.4, 0.2, 0.2])


def leg_length_px(xy_px: FloatArray) -> float:
    """Return the median of thigh plus shank over both legs, pixels (NaN if never seen)."""
    lengths = []
    for side in SIDES:
        hip, knee, ankle = (xy_px[:, index_of(side, j)] for j in ("hip", "knee", "ankle"))
        lengths.append(np.linalg.norm(knee - hip, axis=1) + np.linalg.norm(ankle - knee, axis=1))
    values = np.concatenate(lengths)
    values = values[np.isfinite(values)]
    return float(np.percentile(values, 75)) if values.size else float("nan")


def exchanged_frames(
    time_s: FloatArray, xy_px: FloatArray, visibility: FloatArray, settings: LegSettings
) -> BoolArray:
    """Return the frames in which left and right leg carry each other's name, shape (T,).

    Parameters
    ----------
    time_s : ndarray of float, shape (T,)
    xy_px : ndarray of float, shape (T, 33, 2)
        NaN where unseen.
    visibility : ndarray of float, shape (T, 33)
        Unsmoothed: a leg that is hardly seen says little.
    settings : LegSettings

    Notes
    -----
    A beam of hypotheses goes through the clip. Each holds, for knee, ankle, heel and toe of both
    legs, a Kalman filter of constant acceleration, and is charged for what each frame departs from
    its prediction, named as given or exchanged. Hypotheses that agreed on the last
    ``settings.memory_s`` are merged, so a name is only settled when what follows has been seen.
    """
    n = int(time_s.size)
    exchanged = np.zeros(n, dtype=np.bool_)
    length = leg_length_px(xy_px)
    if n < 3 or not np.isfinite(length):
        return exchanged
    hips = 0.5 * (xy_px[:, index_of("left", "hip")] + xy_px[:, index_of("right", "hip")])
    legs = np.stack([xy_px[:, LEFT_CHAIN], xy_px[:, RIGHT_CHAIN]], axis=1) - hips[:, None, None]
    legs = legs / length
    seen = np.flatnonzero(np.isfinite(legs).all(axis=(1, 2, 3)))
    if seen.size < 3:
        return exchanged
    ankles = visibility[:, [index_of(side, "ankle") for side in SIDES]]
    noise = settings.noise * np.exp(settings.noise_growth * np.fmax(0, 0.85 - ankles))
    turn = expected_order(
        time_s[seen], legs[seen, 0, 1, 0] - legs[seen, 1, 1, 0], settings.alternation
    )
    evidence = _Evidence(
        time_s[seen],
        legs[seen],
        noise[seen] ** 2,
        _turn_cost(legs[seen], turn, settings.alternation),
    )
    exchanged[seen] = _labels(evidence, settings)
    return exchanged


@dataclass(slots=True, eq=False)
class _Beam:
    """Hypotheses, best first: B of them.

    Attributes
    ----------
    state : ndarray, shape (B, 2, J, 2, 3)
        Position, velocity, acceleration by leg, joint and coordinate, in leg lengths.
    spread : ndarray, shape (B, 2, 3, 3)
        Their covariance, shared by the joints of a leg.
    cost : ndarray, shape (B,)
    recent : ndarray of int, shape (B,)
        Names of the last frames as bits, the last frame in bit 0.
    """

    state: FloatArray
    spread: FloatArray
    cost: FloatArray
    recent: IntArray


def _tempo(time_s: FloatArray, legs: FloatArray, settings: LegSettings) -> FloatArray:
    """Return how fast the feet are compared with running around each frame, shape (T,).

    Stretching time by s divides jerk by s cubed, and white jerk's density by s to the fifth: slow
    motion is judged alike. In a clip of a test somebody walks, stands and hops: feet that stand for
    ten seconds do not make the steps before that impossible. Names do not matter here: of the two
    namings of a frame the one with less movement is taken.
    """
    feet = legs[:, :, 1]
    kept = np.linalg.norm(feet[1:] - feet[:-1], axis=2)
    swapped = np.linalg.norm(feet[1:, ::-1] - feet[:-1], axis=2)
    moved = np.where((kept.sum(axis=1) <= swapped.sum(axis=1))[:, None], kept, swapped)
    speed = moved / np.diff(time_s)[:, None]
    half_s = 0.5 * settings.tempo_s
    begin = np.searchsorted(time_s[:-1], time_s - half_s)
    end = np.searchsorted(time_s[:-1], time_s + half_s, side="right")
    fast = np.array(
        [
            np.percentile(speed[min(a, len(speed) - 1) : b], 75)
            for a, b in zip(begin, end, strict=True)
        ]
    )
    return np.asarray(np.clip(fast / settings.usual_speed, 0.05, 1.5))


@dataclass(frozen=True, slots=True, eq=False)
class _Evidence:
    """Frames with both legs: times (T,), points (T, 2, J, 2), noise (T, 2), naming cost (T, 2)."""

    time_s: FloatArray
    legs: FloatArray
    noise: FloatArray
    name_cost: FloatArray


def _turn_cost(legs: FloatArray, turn: FloatArray, settings: AlternationSettings) -> FloatArray:
    """Return what naming the legs as given, or exchanged, costs against their turns, (T, 2)."""
    apart = legs[:, 0, 1, 0] - legs[:, 1, 1, 0]
    against = np.stack([apart * turn, -apart * turn], axis=1) < -settings.min_apart
    return np.where(against, settings.weight, 0.0)


def _labels(evidence: _Evidence, settings: LegSettings) -> BoolArray:
    """Return the cheapest naming of legs: True = exchanged."""
    time_s, legs = evidence.time_s, evidence.legs
    n = int(time_s.size)
    motion_scale = settings.jerk * _tempo(time_s, legs, settings) ** 5
    step_s = float(np.median(np.diff(time_s)))
    memory = (1 << int(np.clip(round(settings.memory_s / step_s), 2, 40))) - 1
    beam = _first(legs[0], settings)
    beam.cost += evidence.name_cost[0]
    parents = [np.zeros(beam.cost.size, dtype=np.int64)]
    names = [(beam.recent & 1).astype(np.bool_)]
    for k in range(1, n):
        dt_s = float(time_s[k] - time_s[k - 1])
        name_cost = evidence.name_cost[k] + np.array([0.0, settings.exchanged_cost_s * dt_s])
        seen = _Frame(legs[k], evidence.noise[k], name_cost, _motion(dt_s, float(motion_scale[k])))
        beam, parent = _advance(beam, seen, memory, settings)
        parents.append(parent)
        names.append((beam.recent & 1).astype(np.bool_))
    labels = np.zeros(n, dtype=np.bool_)
    row = int(beam.cost.argmin())
    for k in range(n - 1, -1, -1):
        labels[k] = names[k][row]
        row = int(parents[k][row])
    return labels


@dataclass(frozen=True, slots=True, eq=False)
class _Frame:
    """What one frame shows, and how legs may have moved since the last."""

    legs: FloatArray
    noise: FloatArray
    name_cost: FloatArray
    motion: tuple[FloatArray, FloatArray]


def _first(legs: FloatArray, settings: LegSettings) -> _Beam:
    state = np.zeros((2, *legs.shape, 3))
    state[0, ..., 0], state[1, ..., 0] = legs, legs[::-1]
    start = np.diag([settings.noise**2, settings.start_speed**2, settings.start_accel**2])
    return _Beam(
        state=state,
        spread=np.broadcast_to(start, (2, 2, 3, 3)).copy(),
        cost=np.array([0.0, settings.exchange_cost]),
        recent=np.array([0, 1], dtype=np.int64),
    )


def _advance(
    beam: _Beam, seen: _Frame, memory: int, settings: LegSettings
) -> tuple[_Beam, IntArray]:
    """Take every hypothesis one frame on, with either name, and keep the best different ones."""
    turn, drift = seen.motion
    state = beam.state @ turn.T
    spread = turn @ beam.spread @ turn.T + drift
    options = [
        _updated(state, spread, (seen.legs[::order], seen.noise[::order]), settings)
        for order in (1, -1)
    ]
    cost = np.stack([beam.cost + option[2] for option in options], axis=1) + seen.name_cost
    for name in (0, 1):
        cost[:, name] += settings.exchange_cost * ((beam.recent & 1) != name)
    recent = ((beam.recent[:, None] << 1) | np.array([0, 1])) & memory
    keep = _best_different(cost.ravel(), recent.ravel(), settings.beam)
    parent, name_kept = keep // 2, keep % 2
    best = cost.ravel()[keep]
    advanced = _Beam(
        state=np.stack([option[0] for option in options], axis=1)[parent, name_kept],
        spread=np.stack([option[1] for option in options], axis=1)[parent, name_kept],
        cost=best - best[0],
        recent=recent.ravel()[keep],
    )
    return advanced, parent


def _updated(
    state: FloatArray,
    spread: FloatArray,
    seen: tuple[FloatArray, FloatArray],
    settings: LegSettings,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Return state, covariance and added cost when the legs have these names."""
    legs, noise = seen
    innovation = legs - state[..., 0]  # B, leg, joint, xy
    total = spread[..., 0, 0] + noise  # B, leg
    off = ((innovation**2).sum(axis=-1) * _WEIGHTS).sum(axis=-1) / total
    wild = off > settings.wild
    gain = np.where(wild[..., None], 0.0, spread[..., :, 0] / total[..., None])  # B, leg, 3
    new_state = state + innovation[..., None] * gain[:, :, None, None, :]
    new_spread = spread - gain[..., :, None] * spread[..., None, 0, :]
    cost = 0.5 * np.minimum(off, settings.wild) + np.log(total / settings.noise**2)
    return new_state, new_spread, cost.sum(axis=1)


def _motion(dt_s: float, jerk: float) -> tuple[FloatArray, FloatArray]:
    """Return transition and process noise of constant acceleration with white jerk."""
    t = dt_s
    turn = np.array([[1.0, t, 0.5 * t * t], [0.0, 1.0, t], [0.0, 0.0, 1.0]])
    drift = jerk * np.array(
        [
            [t**5 / 20, t**4 / 8, t**3 / 6],
            [t**4 / 8, t**3 / 3, t**2 / 2],
            [t**3 / 6, t**2 / 2, t],
        ]
    )
    return turn, drift


def _best_different(cost: FloatArray, recent: IntArray, n: int) -> IntArray:
    """Return the cheapest hypotheses, one for each recent history."""
    kept: list[int] = []
    histories: set[int] = set()
    for i in np.argsort(cost, kind="stable"):
        if int(recent[i]) not in histories:
            histories.add(int(recent[i]))
            kept.append(int(i))
            if len(kept) == n:
                break
    return np.array(kept, dtype=np.int64)


def exchange(values: FloatArray, frames: BoolArray) -> FloatArray:
    """Return a copy of values, shape (T, 33, ...), with the legs exchanged in `frames`."""
    out = np.array(values)
    rows = np.flatnonzero(frames)
    for left, right in zip(LEFT_CHAIN, RIGHT_CHAIN, strict=True):
        out[rows, left], out[rows, right] = values[rows, right], values[rows, left]
    return out
