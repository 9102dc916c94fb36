"""Turns the stages' types into the records of ``analysis.json``."""

from formcheck.data import Clip, ClipPart, FootEvent, Rep, Scene
from formcheck.results import ClipRecord, EventRecord, PartRecord, RepRecord

_TIME_DIGITS = 5


def clip_record(clip: Clip, scene: Scene) -> ClipRecord:
    """Return what is kept of the clip; only its file name is stored, never the folder."""
    return ClipRecord(
        path=clip.path.name,
        sha256=clip.sha256,
        width_px=clip.width_px,
        height_px=clip.height_px,
        n_frames=clip.n_frames,
        duration_s=round(clip.duration_s, _TIME_DIGITS),
        fps=round(clip.fps, 4),
        vfr=clip.vfr,
        rotation_deg=clip.rotation_deg,
        slow_motion_factor=clip.slow_motion_factor,
        mirrored=clip.mirrored,
        view=scene.view.value,
        facing=scene.facing,
        surface=scene.surface,
        roll_deg=round(scene.roll_deg, 3),
        m_per_px=scene.m_per_px,
        ambiguous=scene.ambiguous,
        near_side=scene.near_side,
        begins_s=round(clip.begins_s / clip.slow_motion_factor, _TIME_DIGITS),
        n_repeated=clip.n_repeated,
        parts=tuple(_part(p, scene) for p in clip.parts),
    )


def _part(part: ClipPart, scene: Scene) -> PartRecord:
    view = scene.view.value if part.measured else None
    return PartRecord.model_validate({**part._asdict(), "view": view})


def event_records(events: tuple[FootEvent, ...]) -> tuple[EventRecord, ...]:
    """Return the events as stored, in order of time."""
    return tuple(
        EventRecord(
            kind=e.kind,
            side=e.side,
            time_s=round(float(e.time_s), _TIME_DIGITS),
            sd_s=round(float(e.sd_s), _TIME_DIGITS),
        )
        for e in sorted(events, key=lambda e: e.time_s)
    )


def rep_records(reps: tuple[Rep, ...]) -> tuple[RepRecord, ...]:
    """Return the repetitions as stored."""
    return tuple(
        RepRecord(
            side=r.side,
            start_s=round(float(r.start_s), _TIME_DIGITS),
            deepest_s=round(float(r.deepest_s), _TIME_DIGITS),
            end_s=round(float(r.end_s), _TIME_DIGITS),
            counted=r.counted,
            reason=r.reason,
            reach_pct=None if r.reach_pct is None else round(r.reach_pct, 1),
        )
        for r in reps
    )
