"""Single-leg-squat valgus: does the knee move inward as it bends."""

from formcheck.data import Samples, Trial
from formcheck.filming import FRONT_SQUAT
from formcheck.keypoints import SIDES, View
from formcheck.registry import measure
from formcheck.sampling import at_deepest, by_side
from formcheck.signals.geometry import fppa_series_deg, knee_flexion_series_deg


@measure(
    id="squat_valgus",
    title="Knee line in the single-leg squat",
    unit="deg",
    views=(View.FRONT,),
    sided=True,
    sign="positive when the knee is nearer the body's middle than the line from hip to ankle",
    how_to_film=FRONT_SQUAT,
    source="measures.md 1.4; Gwynne and Curran [S 10]",
    core=True,
)
def squat_valgus(trial: Trial) -> Samples:
    """Frontal plane projection angle of the stance leg at the deepest point of each repetition.

    The angle in the picture between the line hip-knee and the line knee-ankle. A foot or camera
    turned by 10 degrees reads as 12 degrees at 60 degrees of knee bend, without any valgus.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``reps`` and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, + = knee toward the middle. ``components``: ``knee_flexion_deg`` at that moment.
    """
    pose, scene = trial.pose, trial.scene
    found = at_deepest(trial, by_side(SIDES, lambda s: fppa_series_deg(pose, scene, s)))
    bend = at_deepest(trial, by_side(SIDES, lambda s: knee_flexion_series_deg(pose, scene, s)))
    return Samples(
        sides=found.sides,
        values=found.values,
        times_s=found.times_s,
        components={"knee_flexion_deg": bend.values} if found.sides else {},
        reason=found.reason,
    )
