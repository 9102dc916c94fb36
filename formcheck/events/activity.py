"""Is this running? Tells running from walking, standing still and slow motion."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from formcheck.data import PoseSequence, Scene
from formcheck.events.rhythm import Rhythm, body_scale, find_rhythm
from formcheck.events.strides import knee_flexion_deg
from formcheck.keypoints import SIDES, View
from formcheck.settings.events import ActivitySettings, EventSettings

ActivityKind = Literal["running", "walking", "slow_motion", "still", "other"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Activity:
    """The verdict on what a clip shows.

    Attributes
    ----------
    kind : {"running", "walking", "slow_motion", "still", "other"}
        ``slow_motion``: it moves like a run, on a clock that no run has.
    reason : str
        One sentence in plain words with the numbers seen.
    cadence_spm : float
        Steps per minute on the clip's clock; 0 where nothing repeats.
    notes : tuple of str
        What else is worth saying, for example that the steps stay in one place.
    """

    kind: ActivityKind
    reason: str
    cadence_spm: float
    rhythm: Rhythm
    notes: tuple[str, ...] = ()


def classify_activity(
    raw: PoseSequence, scene: Scene, settings: EventSettings | None = None
) -> Activity:
    """Tell what the person in the clip does.

    Parameters
    ----------
    raw : PoseSequence
        Repaired, unfiltered landmarks.
    scene : Scene
        View and facing direction are used.

    Returns
    -------
    Activity

    Notes
    -----
    In side view the hip decides: a runner's is lowest while the legs pass each other, a walker's
    while they are farthest apart. From the front and the rear that moment is not seen; there the
    step rate and the bend of the swinging knee decide.
    """
    settings = settings or EventSettings()
    cut = settings.activity
    rhythm = find_rhythm(raw, scene, settings.rhythm)
    slow = find_rhythm(raw, scene, settings.rhythm, slow=True)
    clearer = slow.explained > rhythm.explained + cut.slow_advantage
    if clearer and _alternates(slow, cut):
        return _slow(slow, scene, cut)
    if not _alternates(rhythm, cut):
        return _no_gait(raw, rhythm, cut)
    return _gait(raw, scene, rhythm, cut)


def _alternates(rhythm: Rhythm, cut: ActivitySettings) -> bool:
    """Tell whether each foot passes the other one in turn, in one rhythm."""
    return (
        bool(rhythm.chains)
        and rhythm.explained >= cut.min_explained
        and rhythm.leg_swing >= cut.min_leg_swing
        and abs(rhythm.leg_offset) < rhythm.leg_swing
    )


def _no_gait(raw: PoseSequence, rhythm: Rhythm, cut: ActivitySettings) -> Activity:
    mid = -raw.mid("hip")[:, 1] / body_scale(raw)
    seen = mid[np.isfinite(mid)]
    moved = float(np.subtract(*np.quantile(seen, [0.95, 0.05]))) if seen.size else 0.0
    if moved < cut.still_range:
        return Activity(
            kind="still",
            reason="the person hardly moves up and down, and no steps repeat",
            cadence_spm=0.0,
            rhythm=rhythm,
        )
    return Activity(
        kind="other",
        reason="the legs do not alternate in a steady rhythm, so this is no run or walk",
        cadence_spm=0.0,
        rhythm=rhythm,
    )


def _slow(rhythm: Rhythm, scene: Scene, cut: ActivitySettings) -> Activity:
    cadence = rhythm.cadence_spm
    walks = scene.view == View.SIDE and _walks(rhythm)
    if not walks and rhythm.bounce > cut.slow_bounce:
        return _slow_motion(rhythm)
    reason = f"the legs change places {cadence:.0f} times per minute, too slowly for a run"
    return Activity(kind="other", reason=reason, cadence_spm=cadence, rhythm=rhythm)


def _slow_motion(rhythm: Rhythm) -> Activity:
    cadence = rhythm.cadence_spm
    reason = (
        f"the steps look like running but come at {cadence:.0f} per minute on this file's "
        "clock; people run at 140 to 210"
    )
    return Activity(kind="slow_motion", reason=reason, cadence_spm=cadence, rhythm=rhythm)


def _walks(rhythm: Rhythm) -> bool:
    """Side view: the hip is lowest with the legs apart."""
    return abs(rhythm.bounce_phase_deg) > 90.0


def swing_knee_deg(raw: PoseSequence) -> float:
    """Return how far the knees bend in swing: the 90th percentile of the model's knee flexion."""
    bends = [knee_flexion_deg(raw, side) for side in SIDES]
    seen = np.concatenate(bends)
    seen = seen[np.isfinite(seen)]
    return float(np.quantile(seen, 0.9)) if seen.size else np.nan


def _gait(raw: PoseSequence, scene: Scene, rhythm: Rhythm, cut: ActivitySettings) -> Activity:
    cadence = rhythm.cadence_spm
    bend = swing_knee_deg(raw)
    if scene.view == View.SIDE:
        walks = _walks(rhythm)
        why = "the hips are lowest while the legs are apart" if walks else ""
    else:
        walks = cadence < cut.run_cadence_spm and not bend > cut.run_swing_knee_deg
        why = f"{cadence:.0f} steps per minute with a swing-knee bend of {bend:.0f} degrees"
    if walks and cadence < cut.race_cadence_spm:
        return Activity(
            kind="walking",
            reason=f"this looks like walking: {why}, at {cadence:.0f} steps per minute"
            if scene.view == View.SIDE
            else f"this looks like walking: {why}",
            cadence_spm=cadence,
            rhythm=rhythm,
        )
    if cadence < cut.slow_motion_spm:
        return _slow_motion(rhythm)
    return Activity(
        kind="running",
        reason=f"running at {cadence:.0f} steps per minute",
        cadence_spm=cadence,
        rhythm=rhythm,
    )
