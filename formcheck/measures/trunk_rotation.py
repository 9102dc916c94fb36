"""Trunk rotation: how far the shoulder line turns about the vertical in each stride."""

from formcheck.data import Samples, Trial
from formcheck.filming import REAR_RUN
from formcheck.keypoints import View
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_STRIDES, clip_error_deg
from formcheck.surface.waveforms import shoulder_rotation_per_stride


@measure(
    id="trunk_rotation",
    title="Trunk rotation",
    short="Shoulder turn",
    unit="deg",
    views=(View.SIDE, View.REAR),
    sided=False,
    sign="a larger value is more turn of the shoulders, left and right together",
    how_to_film=REAR_RUN,
    source="measures.md 1.2; formcheck.surface",
    core=True,
    needs=("shoulders",),
    camera=no_camera_error("a range about the vertical: roll drops out; yaw not measured yet"),
    plausible=(
        0.0,
        45.0,
    ),  # 20 to 35 in running women; 55 read from guessed shoulders was wrong
    useful_half_width=14.0,
    counted="stride",
    retest_sem=None,
    curve="shoulders",
)
def trunk_rotation(trial: Trial) -> Samples:
    """Peak-to-peak axial rotation of the shoulder line over each stride.

    In side view from how the shoulders come apart in the picture and how far the near one moves
    ahead of the ears, in rear view from the back's surface.
    The places of greatest and least turn are those of the mean stride, so that noise in single
    strides does not add up.

    Parameters
    ----------
    trial : Trial
        Landmarks, ``channels``, ``scene`` and ``steps`` are used.

    Returns
    -------
    Samples
        Degrees, side ``both``, one value per stride; ``clip_sd`` is the signal's own error.
    """
    if not trial.steps:
        return Samples.none(NO_STRIDES)
    waves = shoulder_rotation_per_stride(trial)
    if waves.reason:
        return Samples.none(waves.reason)
    return Samples(
        sides=waves.sides,
        values=waves.ranges_deg(),
        times_s=waves.peak_times_s(),
        clip_sd=clip_error_deg(trial, waves),
    )
