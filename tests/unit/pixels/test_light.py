import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from formcheck.pixels.light import NAMES, LightMeter, background_shift, foot_sharpness
from formcheck.pose.backend import Detection
from formcheck.surface.probe import Picture

EVERY = np.ones(10, dtype=bool)


def wall(seed=0, size=(240, 160)):
    noise = np.random.default_rng(seed).uniform(0, 255, (size[0] // 8, size[1] // 8))
    return cv2.resize(noise, size[::-1], interpolation=cv2.INTER_CUBIC).clip(0, 255).astype("u1")


def picture(gray):
    return Picture(cv2.cvtColor(gray, cv2.COLOR_GRAY2RGB))


def person(x0, y0, x1, y1):
    xy = np.linspace((x0, y0), (x1, y1), 33)
    return Detection(track=0, xy_px=xy, visibility=np.ones(33), world_m=np.zeros((33, 3)))


@settings(max_examples=20, deadline=None)
@given(dx=st.floats(-4, 4), dy=st.floats(-4, 4))
def test_a_shaking_camera_is_measured(dx, dy):
    before = wall()
    now = cv2.warpAffine(
        before, np.array([[1, 0, dx], [0, 1, dy]]), (160, 240), borderMode=cv2.BORDER_REPLICATE
    )
    assert background_shift(before, now, []) == pytest.approx((dx, dy), abs=0.3)


def test_a_moving_person_is_no_shake():
    before, now = wall(), wall()
    before[60:200, 40:100] = wall(1)[60:200, 40:100]
    now[60:200, 48:108] = wall(1)[60:200, 40:100]
    assert background_shift(before, now, [(38, 58, 110, 202)]) == pytest.approx((0, 0), abs=0.05)


def test_a_blank_wall_tells_nothing():
    blank = np.full((100, 100), 128, np.uint8)
    assert np.isnan(background_shift(blank, blank, [])).all()


def test_brightness_of_a_half_dark_picture_and_no_shift_in_the_first():
    meter = LightMeter(side_px=160, judged=EVERY, clip_px_per_px=2.0)
    dark = np.zeros((240, 160), np.uint8)
    dark[:60] = 255
    value = dict(zip(NAMES, meter.frame(0, picture(dark), ()), strict=True))
    assert value["luma_mean"] == pytest.approx(255 / 4, abs=2)
    assert value["luma_dark_pct"] == pytest.approx(75, abs=2)
    assert value["luma_blown_pct"] == pytest.approx(25, abs=2)
    assert np.isnan(value["camera_shift_x_px"])


def test_only_every_nth_frame_is_judged_and_shifts_add_up():
    meter = LightMeter(side_px=240, judged=np.arange(10) % 3 == 0, clip_px_per_px=1.0)
    rows = np.array([meter.frame(k, picture(np.roll(wall(), k, axis=1)), ()) for k in range(10)])
    judged = np.isfinite(rows[:, 0])
    assert np.flatnonzero(judged).tolist() == [0, 3, 6, 9]
    assert np.nansum(rows[:, 3]) == pytest.approx(9, abs=0.5)


def test_blurred_feet_are_less_sharp():
    sharp = wall()
    blurred = cv2.GaussianBlur(sharp, (0, 0), 3)
    runner = person(20, 20, 140, 220)
    assert foot_sharpness(picture(blurred).rgb, runner) < 0.5 * foot_sharpness(
        picture(sharp).rgb, runner
    )
    assert np.isnan(foot_sharpness(picture(sharp).rgb, person(20, 20, 22, 22)))


def test_shake_is_given_in_pixels_of_the_clip():
    meter = LightMeter(side_px=240, judged=EVERY, clip_px_per_px=3.0)
    meter.frame(0, picture(wall()), ())
    moved = np.roll(wall(), 2, axis=1)
    assert meter.frame(1, picture(moved), ())[3:] == pytest.approx((6, 0), abs=0.5)


def test_corners_that_do_not_agree_tell_nothing():
    before = np.full((240, 160), 120, np.uint8)
    before[20:100, 20:80] = wall(3)[20:100, 20:80]  # a jumper without a box, before a blank wall
    before[150:220, 90:150] = wall(4)[150:220, 90:150]
    now = np.full((240, 160), 120, np.uint8)
    now[24:104, 20:80] = before[20:100, 20:80]
    now[146:216, 90:150] = before[150:220, 90:150]
    assert np.isnan(background_shift(before, now, [])).all()


def test_hair_above_the_landmarks_is_no_background():
    still = np.full((240, 160), 120, np.uint8)
    still[200:240] = wall()[200:240]
    jumper, risen = still.copy(), still.copy()
    jumper[40:60, 60:100] = wall(5)[40:60, 60:100]
    risen[34:54, 60:100] = jumper[40:60, 60:100]
    assert background_shift(jumper, risen, [(55, 58, 105, 190)]) == pytest.approx((0, 0), abs=0.2)
