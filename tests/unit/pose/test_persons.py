from pathlib import Path

import numpy as np
import pytest

from formcheck.data import Clip
from formcheck.keypoints import INDEX
from formcheck.pose.observations import Observations
from formcheck.pose.persons import choose_runner

WIDTH, HEIGHT, FPS = 720, 1280, 30


def body(x, height, swing=0.0, top=200.0):
    """A stick figure: head at `top`, centred on `x`; `swing` moves knees and feet apart."""
    xy = np.tile(np.array([x, top]), (33, 1)).astype(float)
    levels = {"shoulder": 0.18, "elbow": 0.33, "wrist": 0.45, "hip": 0.5, "knee": 0.73}
    levels |= {"ankle": 0.95, "heel": 0.98, "foot_index": 1.0}
    for joint, share in levels.items():
        for side, sign in (("left", 1), ("right", -1)):
            apart = sign * (0.08 * height + (swing * height if share > 0.7 else 0.0))
            xy[INDEX[f"{side}_{joint}"]] = (x + apart, top + share * height)
    return xy


def table(*people, n=60):
    """`people`: (track, frames, function from frame to landmarks)."""
    rows = sorted((f, track, xy(f)) for track, frames, xy in people for f in frames)
    return Observations(
        n_frames=n,
        frame=np.array([r[0] for r in rows], dtype=np.int64),
        track=np.array([r[1] for r in rows], dtype=np.int64),
        xy_px=np.array([r[2] for r in rows], dtype=np.float32).reshape(-1, 33, 2),
        visibility=np.full((len(rows), 33), 0.9, np.float32),
        world_m=np.zeros((len(rows), 33, 3), np.float32),
        channels={"turn_deg": np.array([100 * r[1] + r[0] for r in rows], np.float32)},
    )


def clip(n=60):
    return Clip(
        path=Path("a.mp4"),
        sha256="0" * 64,
        width_px=WIDTH,
        height_px=HEIGHT,
        file_time_s=np.arange(n) / FPS,
    )


def runner(frame):
    return body(360, 800, swing=0.15 * np.sin(frame / 2))


def helper(frame):
    return body(120, 900, swing=0.002 * np.sin(frame))


ALL = range(60)


def test_the_one_who_runs_is_chosen_over_a_taller_one_who_stands():
    seen = table((0, ALL, helper), (1, ALL, runner))
    chosen = choose_runner(seen, clip())
    assert chosen.detection_rate == 1
    assert chosen.other_person_share == 1
    assert (seen.track[chosen.rows] == 1).all()
    assert chosen.raw.mid("hip")[:, 0] == pytest.approx(np.full(60, 360), abs=1)


def test_a_track_that_goes_over_to_somebody_else_is_cut():
    def swapping(frame):
        return runner(frame) if frame < 40 else helper(frame)

    chosen = choose_runner(table((0, ALL, swapping)), clip())
    assert chosen.detection_rate == pytest.approx(40 / 60)
    assert np.isnan(chosen.raw.xy_px[40:]).all()
    assert chosen.rejected_frames == 20


def test_new_tracks_after_short_absences_are_the_same_runner():
    pieces = ((0, range(20), runner), (1, range(24, 40), runner), (2, range(50, 60), runner))
    chosen = choose_runner(table(*pieces), clip())
    assert chosen.detection_rate == pytest.approx(46 / 60)
    assert (chosen.raw.confidence[20:24] == 0).all()


def test_a_longer_absence_on_the_spot_is_bridged_but_not_by_another_body():
    seen = table((0, range(15), runner), (1, range(45, 60), runner), (2, range(20, 40), helper))
    chosen = choose_runner(seen, clip())
    assert np.flatnonzero(chosen.rows >= 0).tolist() == [*range(15), *range(45, 60)]
    assert chosen.rejected_frames == 20


def test_somebody_far_off_is_not_counted_as_another_person():
    far = lambda _: body(650, 150, top=300)  # noqa: E731
    chosen = choose_runner(table((0, ALL, runner), (1, ALL, far)), clip())
    assert chosen.other_person_share == 0


def test_somebody_passing_in_front_for_a_while_is_counted_and_left_out():
    def passer(frame):
        return body(50 + 30 * (frame - 20), 950, swing=0.1 * np.sin(frame / 3))

    chosen = choose_runner(table((0, ALL, runner), (1, range(20, 40), passer)), clip())
    assert (table((0, ALL, runner), (1, range(20, 40), passer)).track[chosen.rows] == 0).all()
    assert 0.2 < chosen.other_person_share <= 1 / 3


def test_points_outside_the_picture_are_unseen():
    low = lambda f: runner(f) + np.array([0, 420.0])  # noqa: E731
    chosen = choose_runner(table((0, ALL, low)), clip())
    toe = INDEX["left_foot_index"]
    assert np.isnan(chosen.raw.xy_px[:, toe]).all()
    assert (chosen.raw.confidence[:, toe] == 0).all()
    assert np.isfinite(chosen.raw.xy_px[:, INDEX["left_hip"]]).all()


def test_nobody_seen_gives_an_empty_runner():
    chosen = choose_runner(Observations.nobody(60), clip())
    assert chosen.detection_rate == 0
    assert np.isnan(chosen.raw.xy_px).all()
    assert (chosen.rows == -1).all()
