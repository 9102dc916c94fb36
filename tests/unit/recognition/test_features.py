"""Features say what a person would say of the movement."""

import numpy as np
import pytest

from formcheck.recognition.body import body_of
from formcheck.recognition.features import features_of
from formcheck.validation.stick_people import person
from tests.synthetic import Camera, hop_pose, running_pose, squat_pose, standing_pose


def told(pose):
    return features_of(body_of(pose))


def test_a_running_person_changes_feet_and_falls_freely():
    pose, truth = running_pose(view="side", facing="right", duration_s=6.0)
    found = told(pose)
    steps_hz = truth.cadence_spm / 60
    assert found["changes_hz"] == pytest.approx(steps_hz, rel=0.2)
    assert found["lift_hz"] == pytest.approx(steps_hz / 2, rel=0.1)
    assert found["fall_share"] > 0.1
    assert found["lying"] == 0


def test_standing_is_still_and_falls_nowhere():
    found = told(standing_pose(duration_s=5.0)[0])
    assert found["both_still"] == 1
    assert found["fall_share"] == 0
    assert found["drop"] < 0.05


def test_one_lifted_foot_tells_a_single_leg_squat_from_a_squat_on_both():
    camera = Camera(view="front")
    one, both = (told(squat_pose(stance=s, camera=camera)[0]) for s in ("left", "both"))
    assert one["low_lift"] > 0.1 > both["low_lift"]
    assert one["one_lifted"] > 0.3 > both["one_lifted"]


def test_hops_on_one_leg_keep_to_one_side():
    found = told(hop_pose(side="right", n=8, camera=Camera(view="front"))[0])
    assert found["same_side"] > 0.9
    assert found["fall_longest_s"] > 0.15


@pytest.mark.parametrize("kind", ["single_leg_bridge", "side_lying_abduction"])
def test_lying_people_lie(kind):
    assert told(person(kind, 3))["lying"] > 0.9


def test_features_do_not_depend_on_frame_rate_size_or_side():
    pose, _ = running_pose(view="side", facing="right", duration_s=6.0, fps=60.0)
    half = pose.with_(
        "every other picture",
        time_s=pose.time_s[::2],
        xy_px=2.5 * pose.xy_px[::2] * [-1, 1],
        confidence=pose.confidence[::2],
        world_m=pose.world_m[::2],
    )
    one, other = told(pose), told(half)
    for name in ("tilt", "one_lifted", "drop", "lift_hz", "knee_range_more", "travel"):
        assert other[name] == pytest.approx(one[name], abs=0.06), name


def test_nobody_is_no_body():
    pose, _ = standing_pose(duration_s=5.0)
    gone = pose.with_("gone", xy_px=np.full_like(pose.xy_px, np.nan))
    assert body_of(gone) is None
    seen = np.arange(pose.time_s.size) < 20  # two thirds of a second
    short = pose.with_("short", xy_px=np.where(seen[:, None, None], pose.xy_px, np.nan))
    assert body_of(short) is None
