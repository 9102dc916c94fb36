"""Second half of an analysis, before any measure: repair, scene, test, events, quality."""

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from formcheck.data import FootEvent, Rep, Scene, Step, Surface, Trial
from formcheck.errors import FormcheckError
from formcheck.events import (
    LYING,
    Activity,
    HopEvents,
    Legs,
    classify_activity,
    detect_hops,
    detect_reps,
    detect_running,
    lying_scene,
    rule_legs,
    stood_up,
    with_legs_exchanged,
)
from formcheck.keypoints import Side, View
from formcheck.pipeline.observe import Observed
from formcheck.quality import (
    body_px_in,
    check_clip,
    check_distance,
    check_steps,
    check_view,
    clip_stats,
    near_steps,
)
from formcheck.registry import MEASURES, PROTOCOLS
from formcheck.results import Finding
from formcheck.settings import AnalyzeOptions, Settings
from formcheck.signals.prepare import Prepared, filtered, prepare
from formcheck.signals.scene import detect_scene
from formcheck.video import judge_cadence

AUTO = "auto"
_SURFACE_OF: Final[dict[str, Surface]] = {
    "treadmill_run": "treadmill",
    "hallway_run": "overground",
    "jog_on_spot": "static",
}
_LEGS: Final[dict[str, Legs]] = {"single_leg_squat": 1, "double_squat": 2}
_SCALE_SD_SHARE = 0.045
"""Error of the belt's scale: SD on 18 rendered fit runs. The stance foot is nearer the camera than
the runner's middle by about 0.1 m at 3 m, and its landmarks jump where the other leg passes."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Interpretation:
    """The trial that measures read, and what was noticed on the way."""

    trial: Trial
    events: tuple[FootEvent, ...]
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    n_swaps: int
    n_dropped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """Events of one test."""

    protocol_id: str
    events: tuple[FootEvent, ...] = ()
    steps: tuple[Step, ...] = ()
    reps: tuple[Rep, ...] = ()
    notes: tuple[str, ...] = ()


def interpret(observed: Observed, options: AnalyzeOptions, settings: Settings) -> Interpretation:
    """Return the trial: repaired landmarks, scene, test, events, and what the clip can carry.

    Raises
    ------
    FormcheckError
        If the clip does not show the test asked for, or none that is known.
    """
    prepared = prepare(observed.landmarks, settings.signals)
    scene = detect_scene(observed.clip, prepared, observed.edges_px, options, settings.signals)
    if is_lying(options):
        scene = lying_scene(scene, prepared.raw, PROTOCOLS[options.protocol].views[0])
    prepared, scene = legs_ruled(observed, prepared, scene, options, settings)
    found = find_events(observed, prepared, scene, options, settings)
    if options.surface == AUTO and found.protocol_id in _SURFACE_OF:
        # a run that stays in one place is on a belt: the picture alone cannot tell a belt from none
        scene = replace(scene, surface=_SURFACE_OF[found.protocol_id])
    steps = near_steps(observed.clip, prepared.raw, found.steps, settings.quality)
    quality = _quality(observed, prepared, scene, (steps, found.steps), options, settings)
    trial = Trial(
        clip=observed.clip,
        scene=scene,
        pose=prepared.pose,
        raw=prepared.raw,
        channels=observed.channels,
        steps=steps,
        far_steps=tuple(s for s in found.steps if s not in steps),
        reps=found.reps,
        protocol_id=found.protocol_id,
        belt_speed_mps=options.belt_speed_mps,
        height_cm=options.height_cm,
        second_look=observed.second_look,
    )
    trial = replace(trial, scene=with_belt_scale(trial))
    return Interpretation(
        trial=trial,
        events=found.events,
        findings=(*check_view(trial.scene, PROTOCOLS[found.protocol_id]), *quality),
        notes=found.notes,
        n_swaps=prepared.log.swaps_repaired,
        n_dropped=prepared.log.frames_dropped,
    )


def legs_ruled(
    observed: Observed,
    prepared: Prepared,
    scene: Scene,
    options: AnalyzeOptions,
    settings: Settings,
) -> tuple[Prepared, Scene]:
    """Return landmarks and scene of a test on one leg with its legs named by what they do."""
    if options.protocol == AUTO:
        return prepared, scene
    detector = PROTOCOLS[options.protocol].detector
    said: Side | None = None if options.leg == "auto" else options.leg
    ruling = rule_legs(
        observed.landmarks, prepared.raw, scene, detector, settings.events, said=said
    )
    scene = replace(scene, leg=said)
    if _LEGS.get(options.protocol) != 2 and ruling.unsure:
        scene = replace(scene, ambiguous=(*scene.ambiguous, "leg"))
    if ruling.exchanged.any():
        raw = with_legs_exchanged(prepared.raw, ruling.exchanged)
        prepared = replace(prepared, raw=raw, pose=filtered(raw, settings.signals))
    return prepared, scene


def is_lying(options: AnalyzeOptions) -> bool:
    """Tell whether the test asked for is done lying down."""
    return options.protocol != AUTO and PROTOCOLS[options.protocol].detector in LYING


def _quality(
    observed: Observed,
    prepared: Prepared,
    scene: Scene,
    steps: tuple[tuple[Step, ...], tuple[Step, ...]],
    options: AnalyzeOptions,
    settings: Settings,
) -> tuple[Finding, ...]:
    """Judge clip and steps; `steps` are those near enough, and all."""
    near, every = steps
    clip, raw = observed.clip, prepared.raw
    if is_lying(options):
        clip, raw = stood_up(clip, raw)
    stats = clip_stats(
        clip,
        scene,
        raw,
        observed.channels,
        settings.quality,
        n_swaps=prepared.log.swaps_repaired,
    )
    stats = replace(stats, two_people_share=observed.person.other_person_share)
    if len(near) < len(every):
        body_px = body_px_in(prepared.raw, near)
        stats = replace(stats, body_px=body_px, body_share=body_px / observed.clip.height_px)
    return (
        *check_clip(clip, scene, stats, settings.quality),
        *check_distance(len(near), len(every)),
        *check_steps(near, settings.quality),
    )


def find_events(
    observed: Observed,
    prepared: Prepared,
    scene: Scene,
    options: AnalyzeOptions,
    settings: Settings,
) -> _Found:
    """Find the test (unless the user said which) and its events.

    Raises
    ------
    FormcheckError
        NOT_RUNNING, SLOW_MOTION_UNKNOWN, NO_REPETITIONS, BOTH_FEET_DOWN or PROTOCOL_AMBIGUOUS.
    """
    if options.protocol == AUTO:
        return _find_any(observed, prepared, scene, settings)
    detector = PROTOCOLS[options.protocol].detector
    if detector == "run":
        activity = classify_activity(prepared.raw, scene, settings.events)
        return _run(options.protocol, observed, prepared, scene, settings, activity)
    if detector in ("hop", "landing", "bound"):
        hops = detect_hops(
            prepared.pose, prepared.raw, scene, settings.events, bounds=detector == "bound"
        )
        return _hops(options.protocol, hops)
    reps = detect_reps(
        prepared.pose,
        prepared.raw,
        scene,
        settings.events,
        detector=detector,
        legs=_LEGS.get(options.protocol),
    )
    return _reps(options.protocol, reps)


def _find_any(observed: Observed, prepared: Prepared, scene: Scene, settings: Settings) -> _Found:
    activity = classify_activity(prepared.raw, scene, settings.events)
    if activity.kind in ("running", "walking", "slow_motion"):
        protocol_id = "hallway_run" if scene.surface == "overground" else "treadmill_run"
        return _run(protocol_id, observed, prepared, scene, settings, activity)
    hops = detect_hops(prepared.pose, prepared.raw, scene, settings.events)
    squats = detect_reps(prepared.pose, prepared.raw, scene, settings.events, detector="squat")
    n_single = sum(r.counted and r.side != "both" for r in squats)
    # rising from a squat on one leg may look like a take-off; hops outnumber such
    if np.isfinite(hops.flight_s).sum() > n_single:
        return _hops("hop_landing", hops)
    for protocol_id in ("single_leg_squat", "double_squat"):
        try:
            return _reps(protocol_id, squats)
        except FormcheckError as error:
            if error.code not in ("NO_REPETITIONS", "BOTH_FEET_DOWN"):
                raise
    what = f"no run, squat or hop was recognised ({activity.reason})"
    raise FormcheckError("PROTOCOL_AMBIGUOUS", what)


def _run(
    protocol_id: str,
    observed: Observed,
    prepared: Prepared,
    scene: Scene,
    settings: Settings,
    activity: Activity,
) -> _Found:
    if activity.kind == "slow_motion":
        raise _slow_motion(observed, activity.cadence_spm, activity.reason)
    if activity.kind != "running":
        raise FormcheckError("NOT_RUNNING", activity.reason)
    found = detect_running(
        prepared.pose,
        prepared.raw,
        scene,
        settings.events,
        rhythm=activity.rhythm,
        channels=observed.channels,
    )
    doubt = judge_cadence(
        found.cadence_spm,
        observed.clip.fps / observed.clip.slow_motion_factor,
        observed.clip.slow_motion_factor,
    )
    if doubt is not None:
        raise _slow_motion(observed, found.cadence_spm, doubt.message)
    return _Found(
        protocol_id=protocol_id,
        events=found.events,
        steps=found.steps,
        notes=(*activity.notes, *found.notes),
    )


def _slow_motion(observed: Observed, cadence_spm: float, reason: str) -> FormcheckError:
    clip = observed.clip
    doubt = judge_cadence(cadence_spm, clip.fps / clip.slow_motion_factor, clip.slow_motion_factor)
    if doubt is None or doubt.capture_fps is None:
        return FormcheckError("SLOW_MOTION_UNKNOWN", reason)
    hint = f"Give the rate it was filmed at, for example --capture-fps {doubt.capture_fps:g}."
    return FormcheckError("SLOW_MOTION_UNKNOWN", doubt.message, hint)


def _hops(protocol_id: str, found: HopEvents) -> _Found:
    if not found.reps:
        what = "no hop or landing was found"
        raise FormcheckError("NO_REPETITIONS", what)
    return _Found(
        protocol_id=protocol_id,
        events=found.events,
        reps=found.reps,
        notes=found.notes,
    )


def _reps(protocol_id: str, reps: tuple[Rep, ...]) -> _Found:
    if protocol_id == "single_leg_squat" and reps and all(r.side == "both" for r in reps):
        what = f"{len(reps)} squats were found, with both feet on the ground"
        raise FormcheckError("BOTH_FEET_DOWN", what)
    if not any(r.counted for r in reps):
        why = "; ".join(dict.fromkeys(r.reason for r in reps))
        seen = f"; {len(reps)} were seen in part: {why}" if reps else ""
        what = f"no full repetition was found{seen}"
        raise FormcheckError("NO_REPETITIONS", what)
    return _Found(protocol_id=protocol_id, reps=reps)


def with_belt_scale(trial: Trial) -> Scene:
    """Return the scene with the scale that the belt speed gives, where it can be read.

    In side view the stance foot moves with the belt: metres per pixel is the belt's speed over the
    foot's speed in the picture (measures.md 7d), with no body height needed. Where the height was
    given as well, both scales count, each by its precision.
    """
    scene = trial.scene
    belt = trial.belt_speed_mps
    if belt is None or scene.view != View.SIDE or scene.surface == "overground":
        return scene
    in_pixels = replace(trial, belt_speed_mps=None, scene=replace(scene, m_per_px=1.0))
    speeds = MEASURES["speed"].compute(in_pixels).values
    speeds = speeds[np.isfinite(speeds) & (speeds > 0)]
    if speeds.size < 3:
        return scene
    m_per_px = belt / float(np.median(speeds))
    spread = float(np.std(speeds) / np.median(speeds) / np.sqrt(speeds.size))
    sd = m_per_px * float(np.hypot(spread, _SCALE_SD_SHARE))
    if scene.m_per_px and scene.m_per_px_sd:
        m_per_px, sd = _weighted((m_per_px, sd), (scene.m_per_px, scene.m_per_px_sd))
    return replace(scene, m_per_px=m_per_px, m_per_px_sd=sd)


def _weighted(*known: tuple[float, float]) -> tuple[float, float]:
    """Return the mean of values with known SDs, weighted by their relative precision."""
    weights = np.array([(value / sd) ** 2 for value, sd in known])
    value = float(np.exp(np.average(np.log([value for value, _ in known]), weights=weights)))
    return value, value / float(np.sqrt(weights.sum()))
