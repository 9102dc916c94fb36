"""The shipped truth files agree with physics, with the camera and with their videos."""

import copy
import json
from pathlib import Path

import numpy as np
import pytest

from sample_videos.render import checks

FOLDER = Path(__file__).resolve().parents[2] / "sample_videos"
TRUTHS = sorted(FOLDER.glob("*.truth.json"))
PROTOCOLS = {"treadmill_run", "hallway_run", "single_leg_squat", "hop_landing", "walk"}
pytestmark = pytest.mark.skipif(not TRUTHS, reason="this copy has no sample videos")


def load(path):
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def rear():
    return load(FOLDER / "treadmill_rear.truth.json")


@pytest.fixture(scope="module")
def landing():
    return load(FOLDER / "landing_soft.truth.json")


@pytest.mark.parametrize("path", TRUTHS, ids=lambda p: p.name.split(".")[0])
def test_every_shipped_truth_file_passes_every_check(path):
    assert checks.check_truth(load(path)) == []


@pytest.mark.parametrize("path", TRUTHS, ids=lambda p: p.name.split(".")[0])
def test_the_header_has_what_the_app_needs(path):
    truth = load(path)
    assert truth["schema"] == "formcheck-truth-1"
    assert truth["protocol"] in PROTOCOLS
    assert truth["view"] in {"side", "rear", "front"}
    assert truth["facing"] in {"left", "right", "toward", "away"}
    assert (truth["near_side"] is not None) == (truth["view"] == "side")
    assert 140 < truth["height_cm"] < 200
    assert truth["split"] == "sample"
    assert path.stat().st_size < 700_000
    assert path.with_name(truth["name"] + ".mp4").stat().st_size < 3_000_000


@pytest.mark.parametrize("path", TRUTHS, ids=lambda p: p.name.split(".")[0])
def test_the_video_has_the_frames_and_times_of_the_truth(path):
    truth = load(path)
    assert checks.check_container(truth, path.with_name(truth["name"] + ".mp4")) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["treadmill_rear", "treadmill_side_left"])
def test_the_pictures_move_in_step_with_the_truth(name):
    truth = load(FOLDER / f"{name}.truth.json")
    assert checks.check_pixels(truth, FOLDER / f"{name}.mp4") == []


@pytest.mark.slow
def test_pictures_that_lag_by_two_frames_are_found():
    truth = load(FOLDER / "treadmill_rear.truth.json")
    early = copy.deepcopy(truth)
    early["frames"] = truth["frames"][2:]
    problems = checks.check_pixels(early, FOLDER / "treadmill_rear.mp4")
    assert any("behind" in p for p in problems)


# ---- every check can fail
# -------------------------------------------------------------------------


def test_a_swapped_time_is_found(rear):
    bad = copy.deepcopy(rear)
    bad["frames"][5]["t"], bad["frames"][6]["t"] = bad["frames"][6]["t"], bad["frames"][5]["t"]
    assert checks.check_clock(bad)


def test_a_missing_frame_is_found(rear):
    bad = {**rear, "frames": rear["frames"][:40] + rear["frames"][41:]}
    assert checks.check_clock(bad)


def test_a_point_two_pixels_off_is_found(rear):
    bad = copy.deepcopy(rear)
    bad["frames"][30]["px"]["hip_L"][1] += 2.0
    assert checks.check_projection(bad)


def test_a_mirrored_camera_is_found(rear):
    bad = copy.deepcopy(rear)
    bad["camera"]["R"][0] = [-x for x in bad["camera"]["R"][0]]
    assert checks.check_projection(bad)


def test_a_thigh_that_grows_is_found(rear):
    bad = copy.deepcopy(rear)
    bad["frames"][10]["m"]["knee_R"][2] -= 0.02
    assert checks.check_segments(bad)


def test_a_wrong_knee_angle_is_found(rear):
    bad = copy.deepcopy(rear)
    bad["frames"][10]["deg"]["knee_flexion_L"] += 3.0
    assert checks.check_angles(bad)


def test_a_pelvis_with_its_sides_swapped_is_found(rear):
    bad = copy.deepcopy(rear)
    for f in bad["frames"]:
        f["deg"]["pelvis_obliquity"] *= -1
    assert checks.check_angles(bad)
    assert checks.check_steps(bad)


def test_a_wrong_belt_speed_is_found(rear):
    assert checks.check_stance_speed({**rear, "belt_speed_mps": rear["belt_speed_mps"] + 0.1})


def test_a_slow_motion_clip_does_not_fall_freely(rear):
    bad = copy.deepcopy(rear)
    for f in bad["frames"]:
        f["t"] *= 1.1
    for c in bad["contacts"]:
        c["ic"], c["to"] = c["ic"] * 1.1, c["to"] * 1.1
    assert checks.check_flight(bad)
    assert checks.check_stance_speed(bad)


def test_contacts_three_frames_late_are_found(rear):
    bad = copy.deepcopy(rear)
    for c in bad["contacts"]:
        c["ic"], c["to"] = c["ic"] + 0.05, c["to"] + 0.05
    assert checks.check_feet(bad)
    for f in bad["frames"]:  # even with flags that follow the wrong times
        for side in "LR":
            f["contact"][side] = any(
                c["side"] == side and c["ic"] <= f["t"] < c["to"] for c in bad["contacts"]
            )
    assert checks.check_feet(bad)


def test_a_missing_contact_is_found(rear):
    bad = copy.deepcopy(rear)
    del bad["contacts"][4]
    assert checks.check_steps(bad)


def test_a_wrong_landing_is_found(landing):
    bad = copy.deepcopy(landing)
    bad["reps"][0]["knee_peak"] += 10
    assert checks.check_reps(bad)


def test_a_video_of_another_length_is_found(rear):
    shorter = {**rear, "frames": rear["frames"][:-1]}
    assert checks.check_container(shorter, FOLDER / "treadmill_rear.mp4")


# ---- what the samples are for
# ---------------------------------------------------------------------


def test_the_rear_clip_has_ten_steps_a_side_and_a_real_asymmetry(rear):
    drop = rear["summary"]["pelvic_drop_peak"]
    assert min(drop["L"]["n"], drop["R"]["n"]) >= 10
    assert drop["L"]["mean"] - drop["R"]["mean"] > 3


def test_the_soft_landing_is_softer_than_the_stiff_one(landing):
    stiff = load(FOLDER / "landing_stiff.truth.json")
    mean = {
        name: {k: np.mean([r[k] for r in t["reps"]]) for k in ("knee_peak", "time_to_peak_ms")}
        for name, t in (("soft", landing), ("stiff", stiff))
    }
    assert mean["soft"]["knee_peak"] > mean["stiff"]["knee_peak"] + 20
    assert mean["soft"]["time_to_peak_ms"] > mean["stiff"]["time_to_peak_ms"] + 50
