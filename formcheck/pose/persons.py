"""Which of the people seen is the runner: decided once, when the whole clip has been seen.

Pieces of track that jump are cut, pieces that fit are chained over short gaps, and the chain that
is tall, central, present and moving is the runner's. Frames of anybody else never enter the
landmarks: in one peer's case twenty bystander frames moved the knee's flexion by nine degrees.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from formcheck.data import Clip, FloatArray, IntArray, PoseSequence
from formcheck.keypoints import INDEX, N_KEYPOINTS
from formcheck.pose.backend import overlap
from formcheck.pose.observations import Observations
from formcheck.settings.pose import PersonSettings

_LEGS = [INDEX[f"{side}_{joint}"] for side in ("left", "right") for joint in ("knee", "ankle")]
_TORSO = [INDEX[f"{side}_{joint}"] for side in ("left", "right") for joint in ("shoulder", "hip")]
_ENDS = 6
_HIPS = [INDEX["left_hip"], INDEX["right_hip"]]
MAX_PEOPLE = 4
OTHER_MIN_SHARE = 0.2
"""Share of the frames in which somebody must be seen to be worth choosing instead of the runner."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Runner:
    """The person measured.

    Attributes
    ----------
    raw : PoseSequence
        One row per frame, NaN where not seen or outside the picture; nothing repaired yet.
    rows : ndarray of int, shape (T,)
        Row of the observations for each frame, -1 where not seen.
    detection_rate : float
        Share of frames with the runner, 0..1.
    other_person_share : float
        Share of frames in which somebody else was seen too, 0..1.
    rejected_frames : int
        Frames in which only somebody else was seen.
    """

    raw: PoseSequence
    rows: IntArray
    detection_rate: float
    other_person_share: float
    rejected_frames: int


@dataclass(frozen=True, slots=True, eq=False)
class _Bodies:
    """Torso centre, height and time of every row."""

    centre_px: FloatArray
    height_px: FloatArray
    time_s: FloatArray
    boxes_px: FloatArray
    frame: IntArray


def choose_runner(seen: Observations, clip: Clip, settings: PersonSettings | None = None) -> Runner:
    """Choose the person to measure.

    Parameters
    ----------
    seen : Observations
    clip : Clip
    settings : PersonSettings, optional

    Returns
    -------
    Runner
        With no frames at all if nobody was seen.
    """
    return people(seen, clip, settings, limit=1)[0]


def people(
    seen: Observations,
    clip: Clip,
    settings: PersonSettings | None = None,
    *,
    limit: int = MAX_PEOPLE,
) -> tuple[Runner, ...]:
    """Return the runner first, then whoever else could have been meant, the likeliest first.

    Parameters
    ----------
    seen : Observations
    clip : Clip
    settings : PersonSettings, optional
    limit : int
        People returned at most; the others must be seen in a fifth of the frames.

    Returns
    -------
    tuple of Runner
        At least one, without any frames if nobody was seen.
    """
    settings = settings if settings is not None else PersonSettings()
    bodies = _bodies(seen, clip)
    pieces = [
        piece
        for track in np.unique(seen.track)
        for piece in _cut(np.flatnonzero(seen.track == track), bodies, settings)
    ]
    chains = _chain(pieces, bodies, settings)
    found: list[Runner] = []
    while len(found) < limit and (chains or not found):
        kept = _consistent(_best(chains, seen, bodies, clip), chains, bodies, settings)
        person = _person(kept, seen, bodies, clip, settings)
        chains = [c for c in chains if not any(c is k for k in kept)]
        if not found or person.detection_rate >= OTHER_MIN_SHARE:
            found.append(person)
    return tuple(found)


def _person(
    chains: list[IntArray],
    seen: Observations,
    bodies: _Bodies,
    clip: Clip,
    settings: PersonSettings,
) -> Runner:
    """Return the person that these chains of rows show."""
    rows = np.full(clip.n_frames, -1, dtype=np.int64)
    for chain in chains:
        rows[seen.frame[chain]] = chain
    present = rows >= 0
    others = _others(rows, bodies, settings)
    return Runner(
        raw=_sequence(seen, rows, clip, settings),
        rows=rows,
        detection_rate=float(present.mean()) if rows.size else 0.0,
        other_person_share=float(np.isin(np.arange(rows.size), others).mean())
        if rows.size
        else 0.0,
        rejected_frames=int(np.setdiff1d(seen.frame, np.flatnonzero(present)).size),
    )


def _bodies(seen: Observations, clip: Clip) -> _Bodies:
    boxes = seen.boxes_px
    return _Bodies(
        centre_px=seen.xy_px[:, _TORSO].mean(axis=1).astype(np.float64),
        height_px=np.maximum(1.0, boxes[:, 3] - boxes[:, 1]),
        time_s=clip.time_s[seen.frame],
        boxes_px=boxes,
        frame=seen.frame,
    )


def _cut(rows: IntArray, bodies: _Bodies, settings: PersonSettings) -> list[IntArray]:
    """Cut a track where the body jumps: the follower went over to somebody else."""
    breaks = [
        k + 1 for k in range(rows.size - 1) if not _fits(rows[k], rows[k + 1], bodies, settings)
    ]
    return [piece for piece in np.split(rows, breaks) if piece.size]


def _fits(a: int, b: int, bodies: _Bodies, settings: PersonSettings) -> bool:
    """Tell whether row `b` can be the same body as the earlier row `a`."""
    gap_s = bodies.time_s[b] - bodies.time_s[a]
    height = 0.5 * (bodies.height_px[a] + bodies.height_px[b])
    moved = float(np.linalg.norm(bodies.centre_px[b] - bodies.centre_px[a])) / height
    ratio = float(bodies.height_px[b] / bodies.height_px[a])
    # a crouch or hop changes the box within a frame or two, so size only counts over a gap
    size_ok = gap_s < 0.1 or max(ratio, 1 / ratio) <= settings.max_size_ratio
    limit = settings.jitter_heights + settings.max_speed_heights_s * gap_s
    return bool(moved <= min(limit, settings.max_jump_heights) and size_ok)


def _chain(pieces: list[IntArray], bodies: _Bodies, settings: PersonSettings) -> list[IntArray]:
    """Join pieces end to end over short gaps, nearest pair first."""
    joins = [
        (cost, i, j)
        for i, a in enumerate(pieces)
        for j, b in enumerate(pieces)
        if i != j and (cost := _join_cost(a, b, bodies, settings)) is not None
    ]
    after: dict[int, int] = {}
    for _, i, j in sorted(joins):
        if i not in after and j not in after.values():
            after[i] = j
    chains = []
    for start in set(range(len(pieces))) - set(after.values()):
        links = [start]
        while links[-1] in after:
            links.append(after[links[-1]])
        chains.append(np.concatenate([pieces[k] for k in links]))
    return chains


def _join_cost(a: IntArray, b: IntArray, bodies: _Bodies, settings: PersonSettings) -> float | None:
    """Return how far apart two ends are (body heights plus seconds), None if they cannot join."""
    last, first = int(a[-1]), int(b[0])
    gap_s = float(bodies.time_s[first] - bodies.time_s[last])
    if not 0 < gap_s <= settings.max_bridge_s or not _fits(last, first, bodies, settings):
        return None
    drift = 0.5 * (_velocity(a[-_ENDS:], bodies) + _velocity(b[:_ENDS], bodies)) * gap_s
    off = bodies.centre_px[first] - bodies.centre_px[last] - drift
    far = float(np.linalg.norm(off) / bodies.height_px[last])
    if far > settings.jitter_heights + settings.bridge_drift_heights_s * gap_s:
        return None
    return far + gap_s


def _velocity(rows: IntArray, bodies: _Bodies) -> FloatArray:
    """Return the mean velocity of the body's centre over some rows, shape (2,), pixels/s."""
    if rows.size < 2:
        return np.zeros(2)
    moved = bodies.centre_px[rows[-1]] - bodies.centre_px[rows[0]]
    return np.asarray(moved / (bodies.time_s[rows[-1]] - bodies.time_s[rows[0]]))


def _best(chains: list[IntArray], seen: Observations, bodies: _Bodies, clip: Clip) -> IntArray:
    if not chains:
        return np.empty(0, dtype=np.int64)
    scores = [_score(chain, seen, bodies, clip) for chain in chains]
    return chains[int(np.argmax(scores))]


def _score(chain: IntArray, seen: Observations, bodies: _Bodies, clip: Clip) -> float:
    """Weigh presence, size, centrality and motion of the legs, each between 0 and 1."""
    present = chain.size / clip.n_frames
    size = float(np.median(bodies.height_px[chain])) / clip.height_px
    x = float(np.median(bodies.centre_px[chain, 0])) / clip.width_px
    central = 1 - min(1.0, abs(2 * x - 1))
    return (
        present
        * min(1.0, size)
        * (0.5 + 0.5 * central)
        * (0.2 + 0.8 * _motion(chain, seen, bodies))
    )


def _motion(chain: IntArray, seen: Observations, bodies: _Bodies) -> float:
    """Return how much knees and ankles move against the hips, 0..1 (running is near 1)."""
    if chain.size < 3:
        return 0.0
    legs = seen.xy_px[chain][:, _LEGS] - seen.xy_px[chain][:, _HIPS].mean(axis=1, keepdims=True)
    spread = legs.astype(np.float64).std(axis=0).sum(axis=1).mean()
    return float(min(1.0, spread / np.median(bodies.height_px[chain]) / 0.1))


def _consistent(
    chosen: IntArray, chains: list[IntArray], bodies: _Bodies, settings: PersonSettings
) -> list[IntArray]:
    """Return the chosen chain and those that continue it after a longer absence on the spot."""
    kept = [chosen] if chosen.size else []
    for chain in sorted(chains, key=lambda c: -c.size):
        if not kept or any(chain is k for k in kept):
            continue
        frames = np.concatenate([bodies.frame[k] for k in kept])
        if np.intersect1d(frames, bodies.frame[chain]).size:
            continue
        nearest = min(kept, key=lambda k: _apart_s(k, chain, bodies))
        if _is_on_the_spot(nearest, chain, bodies, settings):
            kept.append(chain)
    return kept


def _apart_s(a: IntArray, b: IntArray, bodies: _Bodies) -> float:
    return float(
        max(bodies.time_s[b[0]] - bodies.time_s[a[-1]], bodies.time_s[a[0]] - bodies.time_s[b[-1]])
    )


def _is_on_the_spot(a: IntArray, b: IntArray, bodies: _Bodies, settings: PersonSettings) -> bool:
    first, second = (a, b) if bodies.time_s[a[0]] < bodies.time_s[b[0]] else (b, a)
    i, j = first[-15:], second[:15]
    height = np.median(bodies.height_px[i])
    far = np.linalg.norm(
        np.median(bodies.centre_px[i], axis=0) - np.median(bodies.centre_px[j], axis=0)
    )
    ratio = np.median(bodies.height_px[j]) / height
    return bool(
        far < settings.same_spot_heights * height
        and max(ratio, 1 / ratio) <= settings.max_size_ratio
    )


def _others(rows: IntArray, bodies: _Bodies, settings: PersonSettings) -> NDArray[np.int64]:
    """Return the frames in which somebody else is seen beside the runner."""
    frames = []
    mine = set(rows[rows >= 0].tolist())
    for row in range(bodies.frame.size):
        frame = int(bodies.frame[row])
        runner = int(rows[frame])
        if row in mine or runner < 0:
            continue
        is_tall = bodies.height_px[row] >= settings.other_min_height * bodies.height_px[runner]
        a, b = (tuple(bodies.boxes_px[k].tolist()) for k in (row, runner))
        if is_tall and overlap(a, b) <= settings.other_apart:
            frames.append(frame)
    return np.unique(np.array(frames, dtype=np.int64))


def _sequence(
    seen: Observations, rows: IntArray, clip: Clip, settings: PersonSettings
) -> PoseSequence:
    found = rows >= 0
    n = rows.size
    xy_px = np.full((n, N_KEYPOINTS, 2), np.nan)
    world_m = np.full((n, N_KEYPOINTS, 3), np.nan)
    confidence = np.zeros((n, N_KEYPOINTS))
    xy_px[found] = seen.xy_px[rows[found]]
    world_m[found] = seen.world_m[rows[found]]
    confidence[found] = seen.visibility[rows[found]]
    size = np.array([clip.width_px, clip.height_px], dtype=np.float64)
    margin = settings.outside_share * size
    with np.errstate(invalid="ignore"):
        outside = ((xy_px < -margin) | (xy_px > size + margin)).any(axis=2)
    xy_px[outside] = np.nan
    confidence[outside] = 0.0
    return PoseSequence(
        time_s=clip.time_s,
        xy_px=xy_px,
        confidence=confidence,
        world_m=world_m,
        history=("detected",),
    )
