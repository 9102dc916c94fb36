import numpy as np
import pytest

from formcheck.surface import HeadProbe, StickerProbe, StripProbe
from formcheck.surface.between import bridged, held, spread
from formcheck.surface.head_probe import HEAD_DROP, HEAD_POINTS
from formcheck.surface.strip_probe import TORSO_NAME, points_name, roll_name


@pytest.mark.parametrize("every", [1, 2, 3])
def test_steps_over_several_frames_are_shared_out_by_how_the_motion_went(every):
    t = np.arange(240) / 60 + 0.002 * np.sin(np.arange(240))
    angle = 6 * np.sin(2 * np.pi * 2.8 * t) + 0.5 * t
    step, since = np.full((2, t.size), np.nan)
    taken = np.arange(0, t.size, every)
    step[taken[1:]], since[taken[1:]] = np.diff(angle[taken]), np.diff(t[taken])
    last = taken[-1] + 1
    shared = spread(t, step, since)
    assert np.isnan(shared[0])
    assert np.isfinite(shared[1:last]).all()
    np.testing.assert_allclose(np.cumsum(shared[1:last]), (angle - angle[0])[1:last], atol=0.12)


def test_nothing_is_made_up_in_a_break():
    t = np.arange(20) / 60
    step, since = np.full((2, t.size), np.nan)
    step[[2, 4, 10, 12]], since[[2, 4, 10, 12]] = 1.0, 2 / 60
    shared = spread(t, step, since)
    assert np.flatnonzero(np.isfinite(shared)).tolist() == [1, 2, 3, 4, 9, 10, 11, 12]
    assert np.nansum(shared) == pytest.approx(4.0)
    assert np.isnan(spread(t, np.full(20, np.nan), since)).all()


def test_what_is_told_of_a_step_holds_for_the_frames_it_took():
    t = np.arange(7) / 60
    values = np.array([np.nan, np.nan, 5.0, np.nan, 7.0, np.nan, np.nan])
    steps = np.array([np.nan, 1.0, 1.0, 1.0, 1.0, np.nan, np.nan])
    assert held(t, values, steps)[1:5].tolist() == [5, 5, 7, 7]
    assert np.isnan(held(t, values, steps)[[0, 5, 6]]).all()


def test_only_short_gaps_are_bridged():
    t = np.array([0.0, 0.02, 0.04, 0.1, 0.2, 0.3])
    values = np.array([1.0, np.nan, 3.0, np.nan, 5.0, np.nan])
    assert bridged(t, values, 0.05).tolist()[:3] == pytest.approx([1, 2, 3])
    assert np.isnan(bridged(t, values, 0.05)[[3, 5]]).all()
    assert bridged(t, values, 0.05)[4] == 5.0


@pytest.mark.parametrize("probe", [StripProbe(), HeadProbe(), StickerProbe()])
def test_a_probe_fed_every_frame_says_the_same_when_the_clip_is_whole(probe):
    t = np.arange(30) / 30
    rng = np.random.default_rng(1)
    values = {name: rng.standard_normal(t.size) for name in probe.names}
    for name in values:
        if name.endswith("since_s"):
            values[name] = np.concatenate([[np.nan], np.diff(t)])
    whole = probe.whole(t, values)
    assert set(whole) == set(probe.names)
    for name in probe.names:
        assert np.array_equal(whole[name][1:], values[name][1:], equal_nan=True), name


def test_steps_points_and_torso_are_there_on_the_frames_between():
    t = np.arange(12) / 60
    for probe, step, points in (
        (StripProbe(), roll_name(4), points_name(4)),
        (HeadProbe(), HEAD_DROP, HEAD_POINTS),
    ):
        values = {name: np.full(t.size, np.nan) for name in probe.names}
        for name, value in values.items():
            value[2::2] = 2 / 60 if name.endswith("since_s") else 1.0
        if TORSO_NAME in values:
            values[TORSO_NAME][0] = 1.0
        whole = probe.whole(t, values)
        assert whole[step][1:11] == pytest.approx(np.full(10, 0.5))
        assert whole[points][1:11].tolist() == [1.0] * 10
        if TORSO_NAME in values:
            assert whole[TORSO_NAME][:11].tolist() == [1.0] * 11


def test_a_step_that_began_at_a_picture_left_out_begins_at_the_one_shown_then():
    t = np.arange(12) / 60
    angle = np.repeat(np.arange(6.0), 2)  # every picture is shown twice
    step, since = np.full((2, t.size), np.nan)
    taken = np.array([0, 3, 6, 10])
    step[taken[1:]], since[taken[1:]] = np.diff(angle[taken]), np.diff(t[taken])
    shown = np.arange(2, 12, 2)
    shared = spread(t[shown], step[shown], since[shown])
    assert np.flatnonzero(np.isfinite(shared)).tolist() == [1, 2, 3, 4]
    assert np.nansum(shared) == pytest.approx(angle[10] - angle[2])
