"""Knee line of each leg in squats on both legs and in landings, seen from the front."""

import numpy as np

from formcheck.data import Samples, SampleSide, Trial, sample_at
from formcheck.filming import FRONT_TEST
from formcheck.keypoints import SIDES, View
from formcheck.registry import CameraError, measure
from formcheck.sampling import NO_REPS
from formcheck.signals.facing import hidden_by_turn_deg, turn_of, unseen_turn_sd_deg
from formcheck.signals.geometry import fppa_series_deg, knee_flexion_series_deg


@measure(
    id="knee_line",
    title="Knee line at the deepest point",
    short="Knee line, deepest",
    unit="deg",
    views=(View.FRONT,),
    sided=True,
    sign="positive when the knee is nearer the body's middle than the line from hip to ankle",
    how_to_film=FRONT_TEST,
    source="measures.md 1.4; single-leg hop landing SEM 1.3-1.6 degrees [S 104]",
    needs=("square_on", "facing_camera"),
    # measures.md 0.2: 5 degrees of yaw = 6 degrees of false angle at 60 degrees of knee bend
    camera=CameraError(yaw=1.2, yaw_sd_deg=2.5),
    plausible=(-35.0, 45.0),  # as in the single-leg squat: beyond it the thigh points at the lens
    useful_half_width=14.0,
    counted="repetition",
    retest_sem=None,
    curve="knee_line",
)
def knee_line(trial: Trial) -> Samples:
    """Frontal plane projection angle of each working leg at the deepest point.

    What a body turned from the camera adds to it (measures.md 0.2) is taken off as in the
    single-leg squat; a foot turned alone is not seen.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``second_look``, ``reps`` and ``scene`` are used; a repetition of both legs gives
        a value per leg.

    Returns
    -------
    Samples
        Degrees, + = knee toward the middle; ``clip_sd`` where the turn could not be seen.
    """
    at = [
        (side, rep.deepest_s)
        for rep in trial.reps
        if rep.counted
        for side in SIDES
        if rep.side in (side, "both")
    ]
    if not at:
        return Samples.none(NO_REPS)
    sides: tuple[SampleSide, ...] = tuple(side for side, _ in at)
    times_s = np.array([t for _, t in at])
    line = {s: fppa_series_deg(trial.pose, trial.scene, s) for s in SIDES}
    bend = {s: knee_flexion_series_deg(trial.pose, trial.scene, s) for s in SIDES}
    line_deg, bend_deg = (
        np.array([float(sample_at(trial.pose.time_s, of[side], t)) for side, t in at])
        for of in (line, bend)
    )
    turned = turn_of(trial)
    if turned is None:
        unsure = unseen_turn_sd_deg(bend_deg)
    else:
        unsure, line_deg = 0.0, line_deg + hidden_by_turn_deg(sides, bend_deg, turned)
    return Samples(sides=sides, values=line_deg, times_s=times_s, clip_sd=unsure)
