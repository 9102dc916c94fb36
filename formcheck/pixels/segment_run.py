"""Working through one segment: decode, find people, feed the probes."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from formcheck.data import BoolArray, Clip, FloatArray
from formcheck.keypoints import N_KEYPOINTS
from formcheck.pixels.change import NAMES as CHANGE_NAMES
from formcheck.pixels.change import ChangeMeter
from formcheck.pixels.edges import straight_edges
from formcheck.pixels.light import NAMES as LIGHT_NAMES
from formcheck.pixels.light import PERSON_NAMES, LightMeter, foot_sharpness
from formcheck.pixels.result import SegmentResult
from formcheck.pixels.segments import Segment
from formcheck.pixels.slots import frames_apart, true_time_s
from formcheck.pixels.source import PictureSource
from formcheck.pose.backend import Detection, PoseBackend, PoseSession
from formcheck.settings.pose import PassSettings
from formcheck.surface.probe import ChannelProbe, Picture, ProbeFrame, ProbeRun

FRAME_NAMES = (*LIGHT_NAMES, *CHANGE_NAMES)
"""Columns of ``SegmentResult.frame_values``."""
Tick = Callable[[int], None]
_NEARLY = 0.9  # frames come unevenly


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class PassPlan:
    """What is done to every segment of a clip; picklable."""

    clip: Clip
    backend: PoseBackend
    probes: tuple[ChannelProbe, ...]
    settings: PassSettings
    edge_frames: tuple[int, ...]

    @property
    def person_names(self) -> tuple[str, ...]:
        """Columns of ``SegmentResult.person_values``."""
        return (*PERSON_NAMES, *(name for probe in self.probes for name in probe.names))

    def source(self) -> PictureSource:
        """Open the clip at the size that is worked at."""
        return PictureSource(self.clip, self.settings.work_side_px)

    def frames_of_probes(self) -> tuple[BoolArray, ...]:
        """Mark the frames that each probe is fed; worked out anew by each call."""
        time_s = true_time_s(self.clip)
        return tuple(frames_apart(time_s, probe.least_s) for probe in self.probes)

    def frames_of_light(self) -> BoolArray:
        """Mark the frames in which brightness and shake are judged; worked out by each call."""
        return frames_apart(true_time_s(self.clip), _NEARLY / self.settings.light_rate_hz)

    @property
    def clip_px_per_px(self) -> float:
        """Pixels of the clip per pixel of the working picture."""
        longer = max(self.clip.width_px, self.clip.height_px)
        return max(1.0, longer / self.settings.work_side_px)


@dataclass(slots=True)
class _Followed:
    """The probes at work on one person."""

    last_index: int
    runs: list[ProbeRun]


@dataclass(frozen=True, slots=True)
class _Probing:
    """The probes of a pass, the frames they are fed, and the people they follow."""

    plan: PassPlan
    fed: tuple[BoolArray, ...]
    followed: dict[int, _Followed] = field(default_factory=dict)


@dataclass(slots=True)
class _Rows:
    frame: list[int] = field(default_factory=list)
    people: list[Detection] = field(default_factory=list)
    values: list[FloatArray] = field(default_factory=list)


def run_segment(
    plan: PassPlan, segment: Segment, session: PoseSession, source: PictureSource, tick: Tick
) -> SegmentResult:
    """Work through the frames of a segment.

    Parameters
    ----------
    plan : PassPlan
    segment : Segment
    session : PoseSession
        Restarted here, so that it remembers nothing of other segments.
    source : PictureSource
        Of the plan's clip; best one that has just read the segment before.
    tick : callable
        Called with 1 after each frame of the segment proper; may raise to stop.
    """
    session.restart()
    light = LightMeter(plan.settings.light_side_px, plan.frames_of_light(), plan.clip_px_per_px)
    change = ChangeMeter()
    probing = _Probing(plan, plan.frames_of_probes())
    rows = _Rows()
    frame_values = np.full((segment.stop - segment.start, len(FRAME_NAMES)), np.nan)
    edges: list[FloatArray] = []
    for index, rgb in source.read(segment):
        people = session.detect(rgb, index)
        picture = Picture(rgb)
        judged = np.append(light.frame(index, picture, people), change.frame(index, rgb))
        values = _probe(probing, people, index, picture)
        if index < segment.start:
            continue
        frame_values[index - segment.start] = judged
        if index in plan.edge_frames:
            edges.append(_edges(plan, index, picture, people))
        rows.frame.extend([index] * len(people))
        rows.people.extend(people)
        rows.values.extend(values)
        tick(1)
    return _packed(plan, segment, rows, (frame_values, edges))


def _probe(
    probing: _Probing, people: tuple[Detection, ...], index: int, picture: Picture
) -> list[FloatArray]:
    """Feed every person's probes; return their values, one row per person."""
    plan, followed = probing.plan, probing.followed
    rows = []
    for person in people:
        state = followed.get(person.track)
        if state is None or state.last_index != index - 1:
            state = _Followed(index, [probe.start() for probe in plan.probes])
            followed[person.track] = state
        state.last_index = index
        frame = ProbeFrame(
            index=index,
            time_s=float(plan.clip.file_time_s[index]) / plan.clip.slow_motion_factor,
            picture=picture,
            xy_px=person.xy_px,
            visibility=person.visibility,
            world_m=person.world_m,
            clip_px_per_px=plan.clip_px_per_px,
        )
        row = [foot_sharpness(picture.rgb, person)]
        for probe, run, fed in zip(plan.probes, state.runs, probing.fed, strict=True):
            given = run.frame(frame) if fed[index] else {}
            row.extend(float(given.get(name, np.nan)) for name in probe.names)
        rows.append(np.array(row))
    for track in [t for t, s in followed.items() if s.last_index != index]:
        del followed[track]
    return rows


def _edges(
    plan: PassPlan, index: int, picture: Picture, people: tuple[Detection, ...]
) -> FloatArray:
    lines = straight_edges(picture.gray, people) * plan.clip_px_per_px
    return np.column_stack([np.full(len(lines), float(index)), lines])


def _packed(
    plan: PassPlan, segment: Segment, rows: _Rows, frames: tuple[FloatArray, list[FloatArray]]
) -> SegmentResult:
    frame_values, edges = frames
    m, n_names = len(rows.frame), len(plan.person_names)
    scale = np.array([plan.clip.width_px, plan.clip.height_px]) / _working_size(plan)
    xy_px = np.array([p.xy_px * scale for p in rows.people]).reshape(m, N_KEYPOINTS, 2)
    visibility = np.array([p.visibility for p in rows.people]).reshape(m, N_KEYPOINTS)
    world_m = np.array([p.world_m for p in rows.people]).reshape(m, N_KEYPOINTS, 3)
    return SegmentResult(
        start=segment.start,
        stop=segment.stop,
        frame=np.array(rows.frame, dtype=np.int64),
        track=np.array([p.track for p in rows.people], dtype=np.int64),
        xy_px=xy_px.astype(np.float32),
        visibility=visibility.astype(np.float32),
        world_m=world_m.astype(np.float32),
        person_values=np.array(rows.values, dtype=np.float32).reshape(m, n_names),
        frame_values=frame_values,
        edges_px=np.concatenate([np.empty((0, 5)), *edges]),
    )


def _working_size(plan: PassPlan) -> FloatArray:
    """Return width and height of the working picture, rounded as the reader rounds them."""
    size = np.array([plan.clip.width_px, plan.clip.height_px], dtype=np.float64)
    return np.asarray(np.maximum(1, np.round(size / plan.clip_px_per_px)))
