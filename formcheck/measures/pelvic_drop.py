"""Pelvic drop: how far the swing side of the pelvis sinks while one foot carries the body."""

from formcheck.data import Samples, Trial
from formcheck.filming import REAR_STICKERS
from formcheck.keypoints import View
from formcheck.registry import CameraError, measure
from formcheck.sampling import NO_STEPS, clip_error_deg
from formcheck.surface.waveforms import pelvis_obliquity_waveform

IN_A_SQUAT = (
    "In a squat the landmarks do not follow the pelvis, so its drop is measured in running only."
)


@measure(
    id="pelvic_drop",
    title="Pelvic drop",
    short="Pelvic drop",
    unit="deg",
    views=(View.REAR,),
    sided=True,
    sign="positive when the side without the foot on the ground is lower",
    how_to_film=REAR_STICKERS,
    source="measures.md 1.1; Dingenen 2018 [S 2]; formcheck.surface",
    core=True,
    needs=("pelvis", "square_on"),
    camera=CameraError(
        opposite=True,
        why="level is the body's own in mid-flight: roll drops out, an error of the level does not",
    ),
    plausible=(-6.0, 20.0),  # typical peaks 3 to 7; a hike and a Trendelenburg gait stay inside
    useful_half_width=5.0,
    counted="step",
    retest_sem=1.0,  # S 2
    of_stance=True,
    curve="pelvic_drop",
)
def pelvic_drop(trial: Trial) -> Samples:
    """Peak tilt of the pelvis in each stance, toward the swing side, from the pixels.

    The hip landmarks do not follow the pelvis, so two stickers on the waistband or else its surface
    do the measuring; the level of the pelvis is that of mid-flight, which a tilt of the camera does
    not change.

    Parameters
    ----------
    trial : Trial
        ``channels`` (stickers, surface motion of the pelvis), ``scene`` and ``steps`` are used.

    Returns
    -------
    Samples
        Degrees per stance side, + = swing side lower; ``clip_sd`` is the signal's own error.
    """
    if not trial.steps:
        return Samples.none(IN_A_SQUAT if trial.reps else NO_STEPS)
    waves = pelvis_obliquity_waveform(trial)
    if waves.reason:
        return Samples.none(waves.reason)
    return Samples(
        sides=waves.sides,
        values=waves.peaks_deg(),
        times_s=waves.peak_times_s(),
        clip_sd=clip_error_deg(trial, waves),
        source=waves.source,
    )
