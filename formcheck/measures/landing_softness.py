"""Landing softness: a describing index of how gently each landing takes up the body, 0 to 100.

No measurement of loading: phone frame rates cannot carry that (measures.md 7b). The index puts what
the picture shows (time in the air and on the ground, posture at contact, give of knee and hip) on a
fixed scale; 50 is the reference landing of ``settings.measures``, and higher is softer.
"""

from collections.abc import Mapping

import numpy as np
from numpy.typing import ArrayLike

from formcheck.data import FloatArray, Samples, Trial, sample_at
from formcheck.filming import SIDE_RUN
from formcheck.keypoints import Side, View, other
from formcheck.kinematics.readings import read_contacts
from formcheck.registry import measure, no_camera_error
from formcheck.sampling import (
    NO_STEPS,
    Contact,
    Window,
    by_side,
    contact_knee_lead,
    contacts,
    flat_foot_deg,
    near_sides,
    reduce_window,
)
from formcheck.settings.measures import MeasureSettings, SoftnessPart, SoftnessSettings
from formcheck.signals.geometry import (
    foot_pitch_series_deg,
    knee_flexion_series_deg,
    leg_length_px,
    level,
    mid_hip_level_px,
)

NO_LANDINGS = (
    "No landing of the leg nearer the camera was complete: film from the side, feet in the "
    "picture, for at least 10 seconds."
)
MIN_FALL_FRAMES = 3
_READ = {
    "foot_inclination_deg": "foot_inclination_at_contact",
    "overstride_pct_leg": "overstride_pct_leg",
}
"""Parts that have a learned reading, and its name."""
Parts = dict[str, FloatArray]


@measure(
    id="landing_softness",
    title="Landing softness",
    short="Landing softness",
    unit="index 0-100",
    views=(View.SIDE,),
    sided=True,
    near_leg_only=True,
    min_fps=60.0,
    sign="higher is softer; 50 is a typical landing of published runners",
    how_to_film=SIDE_RUN,
    source="measures.md 7b.8 (weights), 7b.2 (timing), scale in settings.measures",
    core=True,
    needs=("contact", "feet", "square_on", "still_camera"),
    camera=no_camera_error("made of times, and of angles whose error is in the method's"),
    plausible=(0.0, 100.0),  # the index has these ends
    useful_half_width=30.0,
    counted="step",
    retest_sem=10.0,  # 10 points are one standard error by construction (7b.8)
)
def landing_softness(trial: Trial) -> Samples:
    """Composite of the timing, posture and give of each landing of the near leg.

    1. Running: flight over contact time and touchdown speed (g times half the flight time before),
       foot angle, foot ahead of the hips and knee bend at contact, weighted as in measures.md 7b.8.
       Knee give and its duration are shown beside it, not scored: both fall with cadence.
    2. Hops and landings: drop of the hips, knee give, its duration, and touchdown speed.
    3. Each part is put on its published or stated scale, weighted, and divided by the spread of the
       weighted sum; the index is 50 minus 10 times that, kept inside 0 to 100.

    Parts that were not seen are left out and the weights spread over the others; timing alone, with
    no part of the posture seen, gives no value.

    Parameters
    ----------
    trial : Trial
        ``pose``, ``scene`` and ``steps`` (running) or ``reps`` (hops, landings) are used.

    Returns
    -------
    Samples
        0 to 100, higher = softer, one value per landing, at the knee's deepest bend.
        ``components`` holds each part with its unit in its name.
    """
    found = [c for c in contacts(trial, near_sides(trial)) if c.bend_end_s is not None]
    if not found:
        return Samples.none(NO_LANDINGS if trial.steps or trial.reps else NO_STEPS)
    running = bool(trial.steps) and _is_running(trial)
    parts, peak_s = _give(trial, found)
    parts |= _posture(trial, found)
    timing, timing_sd = _timing(trial, found) if running else (_touchdown(trial, found), {})
    parts |= timing
    scale = _scale(trial, running=running)
    softness = trial.given.measures.softness
    values = softness_index(parts, scale, softness)
    return Samples(
        sides=tuple(c.side for c in found),
        values=values,
        times_s=np.where(np.isfinite(peak_s), peak_s, [c.strike_s for c in found]),
        event_sd=_event_sd(parts, timing_sd, (scale, softness), values),
        components=parts,
    )


def softness_index(
    parts: Mapping[str, ArrayLike], scale: Mapping[str, SoftnessPart], softness: SoftnessSettings
) -> FloatArray:
    """Put the parts of landings on the index' scale.

    Parameters
    ----------
    parts : mapping of str to array_like, shape (N,)
        Names as in ``settings.measures.SoftnessSettings``; others are ignored.
    scale : mapping of str to SoftnessPart
        That of runs, landings or hops.
    softness : SoftnessSettings

    Returns
    -------
    ndarray of float, shape (N,)
        0 to 100, 50 at the reference, higher = softer; NaN where too few parts are known.
    """
    names = [n for n in scale if n in parts]
    if not names:
        return np.full(len(next(iter(parts.values()), [])), np.nan)  # type: ignore[arg-type]
    z = np.stack(
        [
            (np.asarray(parts[n], dtype=np.float64) - scale[n].reference) / scale[n].spread
            for n in names
        ]
    )
    seen = np.isfinite(z)
    weight = np.array([scale[n].weight for n in names])[:, None] * seen
    total = sum(abs(p.weight) for p in scale.values())
    with np.errstate(invalid="ignore", divide="ignore"):
        hardness = np.sum(weight * np.where(seen, z, 0.0), axis=0) / _spread(
            weight, names, softness.timing_correlation
        )
    enough = np.abs(weight).sum(axis=0) >= softness.min_weight_share * total
    return np.where(enough, np.clip(50.0 - 10.0 * hardness, 0.0, 100.0), np.nan)


def _spread(weight: FloatArray, names: list[str], timing_correlation: float) -> FloatArray:
    """Return the SD of the weighted sum; the two timing parts move together."""
    variance = np.sum(weight**2, axis=0)
    timing = ("flight_to_contact_ratio", "touchdown_speed_mps")
    if all(n in names for n in timing):
        a, b = (weight[names.index(n)] for n in timing)
        variance = variance + 2 * timing_correlation * a * b
    return np.asarray(np.sqrt(variance))


def _is_running(trial: Trial) -> bool:
    return len({s.side for s in trial.steps}) > 1


def _scale(trial: Trial, *, running: bool) -> Mapping[str, SoftnessPart]:
    softness = trial.given.measures.softness
    if running:
        return softness.running
    hops = len(trial.steps) + len(trial.reps) > 1 and "land" not in trial.protocol_id
    return softness.hop if hops else softness.landing


def _timing(trial: Trial, found: list[Contact]) -> tuple[Parts, Parts]:
    """Return the timing parts, and the errors of those that are scored."""
    flight = np.array([_flight_before_s(trial, c) for c in found])
    ends = [c.end_s if c.end_s is not None else np.nan for c in found]
    contact = np.array(ends) - np.array([c.strike_s for c in found])
    ratio = flight / contact
    gravity = trial.given.measures.gravity_mps2
    speed = 0.5 * gravity * np.maximum(flight, 0.0)
    sd = np.sqrt(2.0) * np.array([c.sd_s for c in found])
    parts = {
        "contact_time_ms": 1000.0 * contact,
        "flight_time_ms": 1000.0 * flight,
        "flight_to_contact_ratio": ratio,
        "touchdown_speed_mps": speed,
    }
    # a late strike lengthens the flight and shortens the contact: the errors add up
    errors = {
        "flight_to_contact_ratio": sd * (1.0 + np.abs(ratio)) / contact,
        "touchdown_speed_mps": 0.5 * gravity * sd,
    }
    return parts, errors


def _flight_before_s(trial: Trial, contact: Contact) -> float:
    for step in trial.steps:
        leads_here = step.end_s is not None and abs(step.end_s - contact.strike_s) < 1e-6
        if step.side == other(contact.side) and leads_here and step.toe_off_s is not None:
            return contact.strike_s - step.toe_off_s
    return float("nan")


def _give(trial: Trial, found: list[Contact]) -> tuple[Parts, FloatArray]:
    """Return knee bend after contact, its duration and hip drop, and the moment of deepest bend."""
    time_s = trial.pose.time_s
    hip_y = mid_hip_level_px(trial.pose, trial.scene)[:, 1]
    rows, peaks = [], []
    learned = read_contacts(trial, "peak_knee_flexion_stance", found)
    deepest = np.full(len(found), np.nan) if learned is None else learned
    for c, start, known in zip(found, _contact_knees_deg(trial, found), deepest, strict=True):
        knee = knee_flexion_series_deg(trial.pose, trial.scene, c.side)
        window = Window(c.side, c.strike_s, c.bend_end_s or c.strike_s)
        peak, t = reduce_window(trial, knee, window, "max")
        peak = known if learned is not None else peak
        lowest, _ = reduce_window(trial, hip_y, window, "max")
        drop_px = lowest - float(sample_at(time_s, hip_y, c.strike_s))
        leg = leg_length_px(trial.pose, c.side)
        rows.append((peak - start, 1000.0 * (t - c.strike_s), 100.0 * drop_px / leg))
        peaks.append(t if np.isfinite(peak) else np.nan)
    table = np.array(rows)
    table[~np.isfinite(table[:, 0]), 1] = np.nan
    names = ("knee_bend_deg", "time_to_peak_ms", "hip_drop_pct_leg")
    return {n: table[:, i] for i, n in enumerate(names)}, np.array(peaks)


def _posture(trial: Trial, found: list[Contact]) -> Parts:
    """Return knee, foot and foot-to-hip distance at contact."""
    pose, scene, time_s = trial.pose, trial.scene, trial.pose.time_s
    sides = near_sides(trial)
    hip_x = mid_hip_level_px(pose, scene)[:, 0]

    def ahead(side: Side) -> FloatArray:
        ankle_x = level(pose.joint(side, "ankle"), scene.roll_deg)[:, 0]
        leg = leg_length_px(pose, side)
        return np.asarray(100.0 * scene.forward_sign * (ankle_x - hip_x) / leg)

    def foot(side: Side) -> FloatArray:
        pitch = foot_pitch_series_deg(pose, scene, side)
        return pitch - flat_foot_deg(trial, pitch, side)

    series = {
        "foot_inclination_deg": by_side(sides, foot),
        "overstride_pct_leg": by_side(sides, ahead),
    }
    parts = {
        name: np.array([float(sample_at(time_s, part[c.side], c.strike_s)) for c in found])
        for name, part in series.items()
    }
    for name, reading in _READ.items():
        learned = read_contacts(trial, reading, found)
        parts |= {} if learned is None else {name: learned}
    return parts | {"knee_flexion_at_contact_deg": _contact_knees_deg(trial, found)}


def _contact_knees_deg(trial: Trial, found: list[Contact]) -> FloatArray:
    """Return the knee's bend at each contact, read as `knee_flexion_at_contact` does."""
    learned = read_contacts(trial, "knee_flexion_at_contact", found)
    if learned is not None:
        return learned
    lead_s, rise_deg = contact_knee_lead(trial)
    pose, scene = trial.pose, trial.scene
    knee = by_side(near_sides(trial), lambda s: knee_flexion_series_deg(pose, scene, s) + rise_deg)
    read = [sample_at(pose.time_s, knee[c.side], c.strike_s - lead_s) for c in found]
    return np.array([float(v) for v in read])


def _touchdown(trial: Trial, found: list[Contact]) -> Parts:
    """Return the hips' downward speed just before contact; NaN without a scale."""
    scale = trial.scene.m_per_px
    if scale is None:
        return {"touchdown_speed_mps": np.full(len(found), np.nan)}
    lead_s, _ = contact_knee_lead(trial)
    config = trial.given.measures
    hip_m = scale * mid_hip_level_px(trial.raw, trial.scene)[:, 1]
    rise_mps = trial.given.fitted.corrections.landing_speed_rise.value
    speed = [_fall_mps(trial.raw.time_s - (c.strike_s - lead_s), hip_m, config) for c in found]
    return {"touchdown_speed_mps": np.array(speed) + rise_mps}


def _fall_mps(before_s: FloatArray, height_m: FloatArray, config: MeasureSettings) -> float:
    """Return the speed at time 0 of a free fall seen until then; NaN where it was too short.

    Parameters
    ----------
    before_s : ndarray of float, shape (T,)
        Times, zero at the end of the fall.
    height_m : ndarray of float, shape (T,)
        Downward.
    """
    fall = (before_s >= -config.fall_s) & (before_s <= 0) & np.isfinite(height_m)
    if fall.sum() < MIN_FALL_FRAMES:
        return float("nan")
    t = before_s[fall]
    return float(np.polyfit(t, height_m[fall] - 0.5 * config.gravity_mps2 * t**2, 1)[0])


def _event_sd(
    parts: Parts,
    errors: Parts,
    scaled: tuple[Mapping[str, SoftnessPart], SoftnessSettings],
    values: FloatArray,
) -> FloatArray:
    """Return how far the index moves if the timing parts move by their errors together."""
    if not errors:
        return np.zeros(values.size)
    moved = softness_index(parts | {n: parts[n] + sd for n, sd in errors.items()}, *scaled)
    return np.nan_to_num(np.abs(moved - values))
