"""The probe on pictures that are turned and shifted by a known amount."""

import pickle

import cv2
import numpy as np
import pytest

from formcheck.keypoints import N_KEYPOINTS, index_of
from formcheck.settings.surface import SurfaceSettings
from formcheck.surface import ChannelProbe, ProbeFrame, StripProbe
from formcheck.surface.probe import Picture
from formcheck.surface.strip_probe import TORSO_NAME, points_name, roll_name, shift_name

HIP, SHOULDER = np.array([180.0, 260.0]), np.array([180.0, 140.0])


def cloth(seed=3, contrast=40.0, blur=2.0):
    """A patterned cloth with nothing regular in it."""
    rng = np.random.default_rng(seed)
    image = cv2.GaussianBlur(rng.standard_normal((400, 360)).astype(np.float32), (0, 0), blur)
    return np.clip(120 + contrast * image / image.std(), 0, 255)


def landmarks():
    xy = np.full((N_KEYPOINTS, 2), np.nan)
    for joint, middle in (("hip", HIP), ("shoulder", SHOULDER)):
        xy[index_of("left", joint)] = middle - np.array([30.0, 0.0])
        xy[index_of("right", joint)] = middle + np.array([30.0, 0.0])
    return xy


def frame(index, image, noise=0.0, scale=1.0):
    rng = np.random.default_rng(index)
    gray = np.clip(image + noise * rng.standard_normal(image.shape), 0, 255).astype(np.uint8)
    return ProbeFrame(
        index=index,
        time_s=index / 60,
        picture=Picture(np.repeat(gray[:, :, None], 3, axis=2)),
        xy_px=landmarks(),
        visibility=np.ones(N_KEYPOINTS),
        world_m=np.zeros((N_KEYPOINTS, 3)),
        clip_px_per_px=scale,
    )


def turned(image, roll_deg, shift_px=(0.0, 0.0)):
    """The cloth turned clockwise about the mid-hip and shifted."""
    matrix = cv2.getRotationMatrix2D(tuple(HIP), -roll_deg, 1.0)
    matrix[:, 2] += shift_px
    return cv2.warpAffine(
        image, matrix, image.shape[::-1], flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT
    )


def steps(images, **keywords):
    run = StripProbe().start()
    return [run.frame(frame(i, image, **keywords)) for i, image in enumerate(images)]


def test_is_a_probe_that_travels():
    probe = StripProbe()
    assert isinstance(probe, ChannelProbe)
    assert pickle.loads(pickle.dumps(probe)) == probe
    assert len(set(probe.names)) == len(probe.names) == 4 * probe.settings.n_strips + 2
    assert probe.context_frames == 1
    assert 1 / 60 < probe.least_s < 1 / 30


@pytest.mark.parametrize("roll_deg", [-1.5, -0.3, 0.0, 0.4, 1.2])
def test_finds_a_rotation(roll_deg):
    base = cloth()
    _, values = steps([base, turned(base, roll_deg)])
    found = [values[roll_name(i)] for i in range(12)]
    assert found == pytest.approx([roll_deg] * 12, abs=0.13)


def test_finds_the_shift_of_each_height():
    base = cloth()
    _, values = steps([base, turned(base, 1.0, shift_px=(2.4, -3.0))])
    for i in range(12):
        height = -0.2 + 0.1 * i
        # clockwise about the hip: what lies above it goes to the right
        expected = 100 * (2.4 / 120 + np.radians(1.0) * height)
        assert values[shift_name(i)] == pytest.approx(expected, abs=0.15)


def test_finds_a_rotation_in_noise_and_on_dark_cloth():
    base = 0.25 * cloth(contrast=30.0)
    _, values = steps([base, turned(base, 0.8)], noise=2.0)
    found = [values[roll_name(i)] for i in range(1, 12)]
    assert np.median(found) == pytest.approx(0.8, abs=0.15)


def test_steps_add_up():
    base = cloth()
    angles = 3.0 * np.sin(np.linspace(0, 2 * np.pi, 25))
    rows = steps([turned(base, a) for a in angles])
    total = np.cumsum([0.0] + [r[roll_name(3)] for r in rows[1:]])
    np.testing.assert_allclose(total, angles, atol=0.35)


def test_plain_cloth_gives_no_motion_or_no_points():
    plain = np.full((400, 360), 120.0)
    _, values = steps([plain, plain])
    assert all(roll_name(i) not in values for i in range(13))


def test_large_pictures_are_scaled_down_to_the_same_answer():
    base = cloth(blur=3.0)
    settings = SurfaceSettings(target_torso_px=60)
    run = StripProbe(settings).start()
    run.frame(frame(0, base))
    values = run.frame(frame(1, turned(base, 1.0)))
    assert np.median([values[roll_name(i)] for i in range(12)]) == pytest.approx(1.0, abs=0.15)


def test_first_frame_and_lost_person_have_no_steps():
    base = cloth()
    run = StripProbe().start()
    assert set(run.frame(frame(0, base))) == {TORSO_NAME}
    lost = frame(1, base)
    lost.xy_px[:] = np.nan
    assert run.frame(lost) == {}
    assert set(run.frame(frame(2, base))) == {TORSO_NAME}
    assert points_name(3) in run.frame(frame(3, base))


def test_torso_is_told_in_pixels_of_the_clip():
    (values,) = steps([cloth()], scale=2.5)
    assert values[TORSO_NAME] == pytest.approx(300.0)


def test_a_rail_before_the_body_is_not_taken_for_it():
    base = cloth()
    rail = slice(225, 241)  # the fourth and fifth strip, 0.16 to 0.29 torsos above the hip
    before, after = base.copy(), turned(base, 0.0, shift_px=(0.0, 5.0))
    before[rail], after[rail] = cloth(seed=9)[rail], cloth(seed=9)[rail]
    first, second = frame(0, before), frame(1, after)
    second.xy_px[:, 1] += 5.0
    run = StripProbe().start()
    run.frame(first)
    values = run.frame(second)
    assert values[points_name(9)] > 15
    assert values.get(points_name(4), 0.0) < 0.5 * values[points_name(9)]
