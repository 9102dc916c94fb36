"""Pelvis rotation: how far the pelvis turns about the vertical in each stride."""

from formcheck.data import Samples, Trial
from formcheck.filming import REAR_RUN
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import NO_STRIDES, clip_error_deg
from formcheck.surface.waveforms import NO_PELVIS_YAW, pelvis_rotation_per_stride


@measure(
    id="pelvis_rotation",
    title="Pelvis rotation",
    short="Pelvis turn",
    unit="deg",
    views=(),
    not_given=NO_PELVIS_YAW,
    sided=False,
    sign="a larger value is more turn of the pelvis, left and right together",
    how_to_film=REAR_RUN,
    source="measures.md 1.2; formcheck.surface",
    needs=("pelvis",),
    camera=no_camera_error("no number is given"),
    plausible=(0.0, 40.0),  # 10 to 20 in running women
    useful_half_width=10.0,
    counted="stride",
    retest_sem=None,
)
def pelvis_rotation(trial: Trial) -> Samples:
    """Peak-to-peak axial rotation of the pelvis over each stride.

    From the surface motion of the pelvis; the hip landmarks do not follow it in any view.
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
    waves = pelvis_rotation_per_stride(trial)
    if waves.reason:
        return Samples.none(waves.reason)
    return Samples(
        sides=waves.sides,
        values=waves.ranges_deg(),
        times_s=waves.peak_times_s(),
        clip_sd=clip_error_deg(trial, waves),
    )
