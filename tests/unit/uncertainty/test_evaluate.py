from dataclasses import replace

import numpy as np
import pytest

from formcheck.data import Samples, Scene
from formcheck.fitted.differences import DifferenceError, DifferenceErrors
from formcheck.keypoints import View
from formcheck.quality import finding
from formcheck.registry import MEASURES, MeasureSpec, no_camera_error
from formcheck.uncertainty import (
    Blocks,
    MethodError,
    MethodErrors,
    evaluate_measure,
    evaluate_trial,
)
from tests.synthetic import clip_of, running_pose, squat_pose, trial_of

EXACT = MethodErrors(entries=())
NO_DIFFERENCES = DifferenceErrors()
SIDE = trial_of(*running_pose(fps=60, duration_s=6), belt_speed_mps=2.8)
REAR = trial_of(*running_pose(fps=60, duration_s=6, view="rear"))


def spec_of(samples, **kw):
    """A measure that returns the same samples for every trial."""
    base = {
        "id": "made_up",
        "title": "Made up",
        "unit": "deg",
        "views": (View.SIDE, View.REAR, View.FRONT),
        "sided": True,
        "sign": "",
        "how_to_film": "Film from behind.",
        "source": "test",
        "short": "Made up",
        "needs": (),
        "camera": no_camera_error("made up"),
        "plausible": (-1e6, 1e6),
        "useful_half_width": 1e6,
        "counted": "step",
        "retest_sem": None,
        "compute": lambda trial: samples,
    }
    return MeasureSpec(**(base | kw))


def samples_of(left, right=(), event_sd=0.0, **kw):
    n = len(left) + len(right)
    return Samples(
        sides=("left",) * len(left) + ("right",) * len(right),
        values=np.array([*left, *right], float),
        times_s=np.arange(n, dtype=float),
        event_sd=np.full(n, event_sd),
        **kw,
    )


def one(spec, trial=SIDE, side="left", **kw):
    kw.setdefault("errors", EXACT)
    kw.setdefault("differences", NO_DIFFERENCES)
    return next(m for m in evaluate_measure(spec, trial, **kw) if m.side == side)


def half(m):
    return (m.ci95[1] - m.ci95[0]) / 2


def test_every_measurement_is_whole_and_reasons_end_with_how_to_film():
    for trial in (SIDE, REAR):
        for m in evaluate_trial(trial, list(MEASURES)):
            if m.status != "ok":
                assert m.reason
                assert m.reason.rstrip()[-1] == "."
            if m.value is not None:
                assert m.ci95[0] <= m.value <= m.ci95[1]
                assert m.sd == pytest.approx(np.sqrt(sum(v**2 for v in m.sd_parts.values())))


def test_measures_that_the_view_cannot_show_are_refused():
    m = one(MEASURES["knee_flexion_at_contact"], REAR)
    assert m.status == "unavailable"
    assert "behind" in m.reason
    assert MEASURES["knee_flexion_at_contact"].how_to_film in m.reason


def test_the_far_leg_is_refused_with_the_remedy():
    m = one(MEASURES["knee_flexion_at_contact"], SIDE, side="left")
    assert m.status == "unavailable"
    assert "from the other side" in m.reason


@pytest.mark.parametrize(
    ("n", "status"), [(2, "unavailable"), (3, "uncertain"), (6, "uncertain"), (7, "ok")]
)
def test_few_steps_are_uncertain_and_fewer_than_three_refused(n, status):
    rng = np.random.default_rng(0)
    m = one(spec_of(samples_of(rng.normal(5, 0.1, n))))
    assert m.status == status
    assert (m.value is None) == (status == "unavailable")


def test_random_event_error_shrinks_with_steps_and_the_shared_part_does_not():
    few = one(spec_of(samples_of([5.0] * 8, event_sd=2.0)))
    many = one(spec_of(samples_of([5.0] * 80, event_sd=2.0)))
    assert many.sd_parts["events"] == few.sd_parts["events"] == pytest.approx(1.0)
    assert many.sd_parts["steps"] == pytest.approx(few.sd_parts["steps"] / np.sqrt(10))


def test_spread_between_steps_counts_once_with_the_event_error_inside_it():
    rng = np.random.default_rng(0)
    values = rng.normal(5, 3, 20)
    quiet = one(spec_of(samples_of(values)))
    noisy = one(spec_of(samples_of(values, event_sd=1.0)))
    assert noisy.sd_parts["steps"] == quiet.sd_parts["steps"]


def test_method_error_corrects_value_steps_and_widens_the_interval():
    table = MethodErrors(
        entries=(MethodError(measure="made_up", bias=4.0, gain=1.1, sd=2.0, source="seed"),)
    )
    m = one(spec_of(samples_of([10.0] * 10)), errors=table)
    assert m.value == pytest.approx(15.0)
    assert m.per_step == pytest.approx([15.0] * 10)
    assert half(m) == pytest.approx(1.96 * 2.0, rel=1e-3)


def test_a_fit_on_few_clips_is_trusted_less():
    fitted = MethodError(measure="made_up", sd=2.0, source="fit", n_clips=6)
    m = one(spec_of(samples_of([10.0] * 10)), errors=MethodErrors(entries=(fitted,)))
    assert half(m) == pytest.approx(2.571 * 2.0, rel=1e-3)


def test_roll_error_counts_twice_in_a_left_right_difference():
    samples = samples_of([5.0] * 10, [5.0] * 10)
    trial = replace(REAR, scene=replace(REAR.scene, roll_sd_deg=1.5))
    m = one(spec_of(samples, camera=MEASURES["trunk_side_lean"].camera), trial)
    assert m.sd_parts["roll"] == pytest.approx(1.5)
    assert m.asymmetry.sd == pytest.approx(np.hypot(3.0, np.sqrt(2) * m.sd_parts["view"]))


def test_an_error_of_the_pelvis_level_counts_twice_in_the_difference():
    samples = samples_of([5.0] * 10, [5.0] * 10, clip_sd=1.2)
    m = one(spec_of(samples, camera=MEASURES["pelvic_drop"].camera), REAR)
    assert "roll" not in m.sd_parts
    assert m.asymmetry.sd == pytest.approx(2.4)


def test_roll_error_cancels_in_a_difference_that_it_moves_alike():
    samples = samples_of([5.0] * 10, [7.0] * 10)
    m = one(
        spec_of(samples, camera=MEASURES["peak_hip_extension"].camera),
        replace(SIDE, scene=SIDE.scene),
    )
    assert m.sd_parts["roll"] > 0
    assert m.asymmetry.value == pytest.approx(2.0)
    assert m.asymmetry.sd == pytest.approx(np.sqrt(2) * m.sd_parts["view"])


def test_difference_is_right_minus_left_on_both_sides():
    samples = samples_of([5.0] * 10, [8.0] * 10)
    left, right = evaluate_measure(spec_of(samples), SIDE, errors=EXACT, differences=NO_DIFFERENCES)
    assert left.asymmetry == right.asymmetry
    assert left.asymmetry.value == pytest.approx(3.0)
    alone = one(spec_of(samples_of([5.0] * 10)))
    assert alone.asymmetry is None


def test_yaw_widens_by_its_size():
    samples = samples_of([40.0] * 10)
    spec = spec_of(samples, camera=MEASURES["peak_knee_flexion_stance"].camera)
    parts = [
        one(spec, replace(SIDE, scene=replace(SIDE.scene, yaw_deg=yaw))).sd_parts["view"]
        for yaw in (0.0, 15.0, 30.0)
    ]
    # measures.md 0.2: 5.6 degrees at 30
    assert parts[0] < parts[1] < parts[2]
    assert parts[2] == pytest.approx(5.6, abs=0.4)


def test_low_frame_rates_grey_out_and_stop_contact_measures():
    def at(fps):
        pose, truth = running_pose(fps=fps, duration_s=8)
        trial = trial_of(pose, truth)
        return one(MEASURES["knee_flexion_at_contact"], trial, side="right").status

    assert at(60) == "ok"
    assert at(30) == "uncertain"
    assert at(15) == "unavailable"


def test_unsure_view_or_direction_greys_out():
    trial = replace(SIDE, scene=replace(SIDE.scene, ambiguous=("facing",)))
    m = one(MEASURES["peak_knee_flexion_stance"], trial, side="right")
    assert m.status == "uncertain"
    assert "faces" in m.reason
    trial = replace(SIDE, scene=replace(SIDE.scene, ambiguous=("view",)))
    assert one(MEASURES["cadence"], trial, side="both").status == "uncertain"


def test_wide_interval_is_only_indicative():
    table = MethodErrors(entries=(MethodError(measure="cadence", sd=10.0, source="seed"),))
    m = one(MEASURES["cadence"], SIDE, side="both", errors=table)
    assert m.status == "uncertain"
    assert "wide" in m.reason


def test_lengths_carry_the_scale_error():
    trial = replace(SIDE, scene=replace(SIDE.scene, m_per_px=0.002, m_per_px_sd=0.0002))
    m = one(MEASURES["vertical_oscillation"], trial, side="both")
    assert m.sd_parts["scale"] == pytest.approx(0.1 * m.value)


def test_stop_findings_withhold_and_greying_ones_grey():
    stop = finding("FEET_CUT_OFF", "stop", ("cadence",), share=40.0)
    grey = finding("HIPS_HIDDEN", "watch", ("step_time",), share=40.0)
    told = finding("VIEW_OBLIQUE", "watch", ("hip_range",), yaw=20.0)
    blocks = Blocks.of((stop, grey, told))
    made = {
        m.id: m
        for m in evaluate_trial(
            SIDE, ("cadence", "step_time", "hip_range"), errors=EXACT, blocks=blocks
        )
    }
    assert made["cadence"].status == "unavailable"
    assert "leave the picture" in made["cadence"].reason
    assert made["step_time"].status == "uncertain"
    assert made["hip_range"].status == "ok"


def test_a_mean_that_the_measure_knows_better_is_used():
    samples = Samples(
        sides=("both",) * 10,
        values=np.linspace(150, 190, 10),
        times_s=np.arange(10.0),
        known_mean=(168.0, 0.4),
    )
    m = one(spec_of(samples, sided=False), side="both")
    assert (m.value, m.sd) == (168.0, pytest.approx(0.4))
    assert half(m) == pytest.approx(2.365 * 0.4, rel=1e-3)


def test_nan_steps_are_left_out_and_kept_as_none_in_the_list():
    m = one(spec_of(samples_of([5.0] * 8 + [np.nan])))
    assert m.n == 8
    assert m.per_step[-1] is None
    assert m.value == pytest.approx(5.0)


def test_error_that_the_measure_reports_itself_is_part_of_the_interval():
    m = one(spec_of(samples_of([5.0] * 10, clip_sd=1.5)))
    assert m.sd == pytest.approx(1.5)


def test_squats_need_three_repetitions_and_depth():
    pose, truth = squat_pose(reps=(60.0, 60.0))
    m = one(MEASURES["squat_valgus"], trial_of(pose, truth))
    assert (m.status, m.n) == ("uncertain", 2)
    pose, truth = squat_pose(reps=(35.0, 35.0, 35.0))
    m = one(MEASURES["squat_valgus"], trial_of(pose, truth))
    assert m.status == "uncertain"
    assert "45" in m.reason
    pose, truth = squat_pose(reps=(60.0, 60.0, 60.0))
    trial = trial_of(pose, truth)
    assert one(MEASURES["squat_valgus"], trial).components["knee_flexion_deg"].unit == "deg"
    other = one(MEASURES["rep_count"], trial, side="right")
    assert other.status == "unavailable"
    assert "right" in other.reason


def test_softness_is_uncertain_below_sixty_frames_a_second():
    pose, truth = running_pose(fps=50, duration_s=8)
    m = one(MEASURES["landing_softness"], trial_of(pose, truth), side="right")
    assert m.status == "uncertain"
    assert "60" in m.reason
    assert m.components["knee_bend_deg"].unit == "deg"


def test_belt_speed_alone_makes_a_speed():
    m = one(MEASURES["speed"], SIDE, side="both")
    assert (m.value, m.n, m.status) == (2.8, 1, "ok")


def test_nothing_is_reported_of_an_empty_clip():
    pose, truth = running_pose(fps=60, duration_s=3)
    bare = replace(trial_of(pose, truth), steps=(), clip=clip_of(pose))
    for m in evaluate_trial(bare, ["cadence", "contact_time", "trunk_forward_lean"]):
        assert m.status == "unavailable"


def test_scene_may_lack_yaw_and_scale():
    scene = Scene(view=View.SIDE, facing="right", surface="treadmill")
    m = one(MEASURES["overstride"], replace(SIDE, scene=scene), side="right")
    assert m.status == "unavailable"
    assert "height" in m.reason


def test_what_rendered_people_cannot_show_widens_a_value_but_not_a_difference():
    samples = samples_of([240.0, 244.0] * 10, [250.0, 254.0] * 10)
    plain = spec_of(samples, unit="ms")
    told = replace(plain, people_sd=MEASURES["contact_time"].people_sd)
    without, with_people = one(plain), one(told)
    assert half(without) < 5.0
    assert half(with_people) > 49.0
    assert with_people.sd_parts["people"] == 25.0
    left = with_people.asymmetry.ci95
    assert left[1] - left[0] == pytest.approx(
        without.asymmetry.ci95[1] - without.asymmetry.ci95[0], rel=1e-6
    )


REACH = {"plausible": (-35.0, 45.0)}


def test_what_nobody_can_reach_never_enters_the_mean():
    m = one(spec_of(samples_of([5.0] * 9 + [98.0]), **REACH))
    assert (m.value, m.n, m.status) == (pytest.approx(5.0), 9, "ok")
    assert m.per_step[-1] is None


def test_many_values_beyond_reach_make_the_rest_indicative_and_a_half_refuses_it():
    few = one(spec_of(samples_of([5.0] * 9 + [-98.0] * 3), **REACH))
    assert (few.value, few.n, few.status) == (pytest.approx(5.0), 9, "uncertain")
    assert "3 of 12 values were read outside -35 to 45 degrees" in few.reason
    half = one(spec_of(samples_of([5.0] * 9 + [-98.0] * 9), **REACH))
    assert (half.value, half.status) == (None, "unavailable")
    all_of_it = one(spec_of(samples_of([-98.0] * 9), **REACH))
    assert (all_of_it.value, all_of_it.status) == (None, "unavailable")
    assert all_of_it.reason.endswith("Film from behind.")


def test_reach_is_asked_of_the_corrected_value():
    table = MethodErrors(
        entries=(MethodError(measure="made_up", bias=-10.0, sd=1.0, source="seed"),)
    )
    m = one(spec_of(samples_of([50.0] * 10), **REACH), errors=table)
    assert (m.value, m.status) == (pytest.approx(40.0), "ok")


def test_a_mean_from_elsewhere_that_nobody_can_reach_is_never_ok():
    samples = samples_of([40.0] * 10, known_mean=(47.0, 0.5))
    m = one(spec_of(samples, **REACH))
    assert (m.value, m.status) == (47.0, "uncertain")
    assert "outside -35 to 45 degrees" in m.reason


def test_an_interval_wider_than_all_that_people_reach_says_nothing():
    table = MethodErrors(entries=(MethodError(measure="made_up", sd=21.0, source="seed"),))
    m = one(spec_of(samples_of([5.0] * 10), **REACH), errors=table)
    assert (m.value, m.status) == (None, "unavailable")
    assert "says nothing" in m.reason


def test_counts_are_whole_numbers_without_an_interval():
    table = MethodErrors(entries=(MethodError(measure="made_up", sd=0.25, source="seed"),))
    count = {"unit": "count", "useful_half_width": None, "once": True}
    m = one(spec_of(samples_of([9.0], [8.0]), **count), errors=table)
    assert (m.value, m.ci95) == (9.0, (9.0, 9.0))
    assert m.asymmetry.ci95 == (-1.0, -1.0)


def test_a_bend_of_ten_degrees_is_no_squat_depth():
    pose, truth = squat_pose(reps=(60.0, 60.0, 60.0))
    trial = trial_of(pose, truth)
    assert one(MEASURES["squat_depth"], trial).value > 30
    m = one(MEASURES["squat_depth"], trial_of(*squat_pose(reps=(8.0, 8.0, 8.0))))
    assert m.status == "unavailable"
    assert "15 to 160 degrees" in m.reason


def test_a_test_may_have_a_reach_of_its_own():
    trial = trial_of(*squat_pose(reps=(8.0, 8.0, 8.0), view="side", facing="left"))
    squat = one(MEASURES["squat_depth"], replace(trial, protocol_id="double_squat"), side="left")
    hinge = one(MEASURES["squat_depth"], replace(trial, protocol_id="hip_hinge"), side="left")
    assert squat.status == "unavailable"
    assert hinge.value == pytest.approx(8.0, abs=3.0)


FITTED = DifferenceError(
    measure="made_up", view="any", sd=3.0, share=0.5, dof=9.0, slope=1.0, slope_sd=0.1,
    follows=True, n_clips=12, n_people=10, rmse=3.0, left_out_coverage=0.95, half_width=7.0,
)  # fmt: skip


def test_a_difference_has_an_error_of_its_own():
    samples = samples_of([5.0, 9.0] * 5, [8.0, 12.0] * 5)
    table = DifferenceErrors(entries=(FITTED,))
    left, right = evaluate_measure(spec_of(samples), SIDE, errors=EXACT, differences=table)
    steps = np.hypot(left.sd_parts["steps"], right.sd_parts["steps"])
    assert right.asymmetry.sd_parts["method"] == 3.0
    assert right.asymmetry.sd_parts["steps"] == pytest.approx(0.5 * steps)
    sd = np.hypot(3.0, 0.5 * steps)
    assert (right.asymmetry.ci95[1] - 3.0) == pytest.approx(2.262 * sd, rel=1e-3)
    assert right.asymmetry.status == "ok"


def test_a_difference_that_does_not_follow_the_truth_is_a_hint_only():
    deaf = FITTED.model_copy(update={"follows": False})
    table = DifferenceErrors(entries=(deaf,))
    m = one(spec_of(samples_of([5.0] * 10, [8.0] * 10)), differences=table)
    assert m.status == "ok"
    assert m.asymmetry.status == "uncertain"
    assert "hint" in m.asymmetry.reason


def test_few_degrees_of_freedom_never_blow_a_difference_up():
    unsure = MethodError(measure="made_up", sd=2.0, source="fit", n_clips=2, dof=0.2)
    table = MethodErrors(entries=(unsure,))
    m = one(spec_of(samples_of([5.0] * 10, [8.0] * 10)), errors=table)
    assert (m.asymmetry.ci95[1] - 3.0) <= 2.58 * m.asymmetry.sd
