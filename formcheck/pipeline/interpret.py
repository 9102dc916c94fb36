"""Second half of an analysis, before any measure: repair, scene, test, events, quality."""

from dataclasses import dataclass, replace
from typing import Final

from formcheck.data import FootEvent, Given, Rep, Scene, Step, Surface, Trial
from formcheck.errors import FormcheckError
from formcheck.events import (
    LYING,
    Activity,
    HopEvents,
    classify_activity,
    detect_hops,
    detect_reps,
    detect_running,
    lying_scene,
    rule_legs,
    stood_up,
    with_legs_exchanged,
)
from formcheck.fitted import Fitted, load_fitted
from formcheck.keypoints import Side, View
from formcheck.pipeline.belt import with_belt
from formcheck.pipeline.observe import Observed
from formcheck.pipeline.recognised import (
    named_otherwise,
    no_steady_steps,
    none_of_ours,
    recognition_record,
    too_little_seen,
    unsure,
    walking,
)
from formcheck.pipeline.witness import LEGS, has_witness, only_witness
from formcheck.quality import (
    body_px_in,
    check_clip,
    check_distance,
    check_steps,
    check_view,
    clip_stats,
    near_steps,
)
from formcheck.recognition import Recognition, recognise
from formcheck.registry import PROTOCOLS
from formcheck.results import Finding, RecognitionRecord
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
_NOTHING_FOUND: Final = ("NO_REPETITIONS", "BOTH_FEET_DOWN")


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Interpretation:
    """The trial that measures read, and what was noticed on the way.

    Attributes
    ----------
    recognition : RecognitionRecord or None
        What the clip looks like, whatever the user has said; None where too little is seen.
    """

    trial: Trial
    recognition: RecognitionRecord | None
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


def interpret(
    observed: Observed,
    options: AnalyzeOptions,
    settings: Settings,
    fitted: Fitted | None = None,
) -> Interpretation:
    """Return the trial: repaired landmarks, scene, test, events, and what the clip can carry.

    Parameters
    ----------
    observed : Observed
    options : AnalyzeOptions
    settings : Settings
    fitted : Fitted, optional
        The tables that ship with the package when left out.

    Raises
    ------
    FormcheckError
        If the clip does not show the test asked for, or none that is known.
    """
    given = Given(settings=settings, fitted=fitted or load_fitted())
    prepared = prepare(observed.landmarks, settings.signals)
    scene = detect_scene(observed.clip, prepared, observed.edges_px, options, settings.signals)
    seen = recognise(prepared.raw, scene, settings.events)
    named = options.protocol
    options = options.model_copy(
        update={"protocol": test_of(seen, named, prepared, scene, settings)}
    )
    if is_lying(options):
        scene = lying_scene(scene, prepared.raw, PROTOCOLS[options.protocol].views[0])
    prepared, scene = legs_ruled(observed, prepared, scene, options, settings)
    try:
        found = find_events(observed, prepared, scene, options, given, seen=seen)
    except FormcheckError as error:
        # the recogniser alone is not enough: the test's own detector must agree
        if named != AUTO or error.code not in _NOTHING_FOUND or seen is None:
            raise
        raise unsure(seen, error.what) from error
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
        given=given,
    )
    trial, belt = with_belt(trial, settings)
    return Interpretation(
        trial=trial,
        events=found.events,
        recognition=recognition_record(seen),
        findings=(
            *named_otherwise(seen, named),
            *check_view(trial.scene, PROTOCOLS[found.protocol_id]),
            *belt,
            *quality,
        ),
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
    if LEGS.get(options.protocol) != 2 and ruling.unsure:
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


def test_of(
    seen: Recognition | None, named: str, prepared: Prepared, scene: Scene, settings: Settings
) -> str:
    """Return the test that was filmed: the one that the user names, or one that is sure.

    Raises
    ------
    FormcheckError
        CLIP_TOO_SHORT, PROTOCOL_UNSURE, NOT_A_TEST or NOT_RUNNING (somebody walks).
    """
    if named != AUTO:
        return named
    if seen is None:
        raise too_little_seen()
    if seen.outcome == "walking":
        raise walking(seen, classify_activity(prepared.raw, scene, settings.events))
    if seen.outcome == "not_a_test":
        raise none_of_ours(seen)
    likeliest = seen.likely[0][0]
    if seen.outcome == "sure" and has_witness(likeliest, prepared, scene, settings):
        return likeliest
    witness = only_witness(seen, prepared, scene, settings)
    if witness is None and seen.outcome == "ask":
        raise unsure(seen)
    return witness or likeliest


def find_events(
    observed: Observed,
    prepared: Prepared,
    scene: Scene,
    options: AnalyzeOptions,
    given: Given,
    *,
    seen: Recognition | None,
) -> _Found:
    """Find the events of a test.

    Raises
    ------
    FormcheckError
        NOT_RUNNING, CLIP_TOO_SHORT, SLOW_MOTION_UNKNOWN, NO_REPETITIONS or BOTH_FEET_DOWN.
    """
    detector = PROTOCOLS[options.protocol].detector
    if detector == "run":
        activity = classify_activity(prepared.raw, scene, given.settings.events)
        by_hips = scene.view == View.SIDE
        if activity.kind == "walking" and not by_hips and seen is not None and seen.is_run:
            # from the front and behind, step rate and knees alone take a slow jog for a walk
            activity = replace(activity, kind="running")
        if activity.kind in ("still", "other") and seen is not None and seen.is_run:
            raise no_steady_steps()
        return _run(options.protocol, observed, prepared, scene, given, activity)
    if detector in ("hop", "landing", "bound"):
        hops = detect_hops(
            prepared.pose, prepared.raw, scene, given.settings.events, bounds=detector == "bound"
        )
        return _hops(options.protocol, hops)
    reps = detect_reps(
        prepared.pose,
        prepared.raw,
        scene,
        given.settings.events,
        detector=detector,
        legs=LEGS.get(options.protocol),
    )
    return _reps(options.protocol, reps)


def _run(
    protocol_id: str,
    observed: Observed,
    prepared: Prepared,
    scene: Scene,
    given: Given,
    activity: Activity,
) -> _Found:
    if activity.kind == "slow_motion":
        raise _slow_motion(observed, activity.cadence_spm, activity.reason, given)
    if activity.kind != "running":
        raise FormcheckError("NOT_RUNNING", activity.reason)
    found = detect_running(
        prepared.raw,
        scene,
        given.settings.events,
        rhythm=activity.rhythm,
        channels=observed.channels,
        times=given.fitted.contact_times,
    )
    doubt = judge_cadence(
        found.cadence_spm,
        observed.clip.fps / observed.clip.slow_motion_factor,
        observed.clip.slow_motion_factor,
        given.settings.video,
    )
    if doubt is not None:
        raise _slow_motion(observed, found.cadence_spm, doubt.message, given)
    return _Found(
        protocol_id=protocol_id,
        events=found.events,
        steps=found.steps,
        notes=(*activity.notes, *found.notes),
    )


def _slow_motion(
    observed: Observed, cadence_spm: float, reason: str, given: Given
) -> FormcheckError:
    clip = observed.clip
    doubt = judge_cadence(
        cadence_spm,
        clip.fps / clip.slow_motion_factor,
        clip.slow_motion_factor,
        given.settings.video,
    )
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
