"""Forward lean of the trunk as the feet land."""

from formcheck.data import Samples, Trial
from formcheck.filming import SIDE_TEST
from formcheck.keypoints import View
from formcheck.registry import CameraError, measure
from formcheck.sampling import at_strikes, by_side, near_sides
from formcheck.signals.geometry import trunk_series_deg


@measure(
    id="trunk_lean_at_landing",
    title="Forward lean of the trunk at landing",
    short="Lean at landing",
    unit="deg",
    views=(View.SIDE,),
    sided=True,
    sign="positive when the shoulders are ahead of the hips",
    how_to_film=SIDE_TEST,
    source="measures.md 1.2 and 7b.7 (landing scores look at the trunk)",
    near_leg_only=True,
    needs=("contact", "feet", "shoulders", "square_on"),
    camera=CameraError(roll=1.0, yaw=0.05),
    plausible=(-25.0, 70.0),  # upright to deeply bent
    useful_half_width=14.0,
    counted="repetition",
    retest_sem=None,
)
def trunk_lean_at_landing(trial: Trial) -> Samples:
    """Angle of the line from mid-hip to mid-shoulder to gravity at each contact.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``reps`` (landings) and ``scene`` are used.

    Returns
    -------
    Samples
        Degrees, + = forward; ``event_sd`` is what the error of the landing's time makes of it.
    """
    lean = trunk_series_deg(trial.pose, trial.scene, trial.scene.forward_sign)
    return at_strikes(trial, by_side(near_sides(trial), lambda _: lean), {})
