"""The head's motion on pictures that move by a known amount."""

import pickle

import cv2
import numpy as np
import pytest

from formcheck.keypoints import N_KEYPOINTS, index_of
from formcheck.settings.head import HeadSettings
from formcheck.surface import ChannelProbe, HeadProbe, ProbeFrame
from formcheck.surface.head_probe import HEAD_DROP, HEAD_POINTS, biweight_mean
from formcheck.surface.probe import Picture

HIP, SHOULDER, FACE = np.array([180.0, 290.0]), np.array([180.0, 170.0]), np.array([180.0, 110.0])


def texture(seed=3, contrast=40.0):
    rng = np.random.default_rng(seed)
    image = cv2.GaussianBlur(rng.standard_normal((400, 360)).astype(np.float32), (0, 0), 2.0)
    return np.clip(120 + contrast * image / image.std(), 0, 255)


def landmarks(shift_px=0.0):
    xy = np.full((N_KEYPOINTS, 2), np.nan)
    xy[:11] = FACE
    for joint, middle in (("hip", HIP), ("shoulder", SHOULDER)):
        xy[index_of("left", joint)] = middle - np.array([8.0, 0.0])
        xy[index_of("right", joint)] = middle + np.array([8.0, 0.0])
    return xy + np.array([0.0, shift_px])


def frame(index, image, xy_px=None, scale=1.0):
    gray = np.clip(image, 0, 255).astype(np.uint8)
    return ProbeFrame(
        index=index,
        time_s=index / 60,
        picture=Picture(np.repeat(gray[:, :, None], 3, axis=2)),
        xy_px=landmarks() if xy_px is None else xy_px,
        visibility=np.ones(N_KEYPOINTS),
        world_m=np.zeros((N_KEYPOINTS, 3)),
        clip_px_per_px=scale,
    )


def moved(image, down_px):
    matrix = np.array([[1.0, 0.0, 0.4], [0.0, 1.0, down_px]])
    size = image.shape[::-1]
    return cv2.warpAffine(image, matrix, size, flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REFLECT)


def test_is_a_probe_that_travels():
    probe = HeadProbe()
    assert isinstance(probe, ChannelProbe)
    assert pickle.loads(pickle.dumps(probe)) == probe
    assert probe.names[:2] == (HEAD_DROP, HEAD_POINTS)
    assert probe.context_frames == 1


def test_the_signature_changes_with_a_setting():
    assert HeadProbe().signature != HeadProbe(HeadSettings(radius=0.3)).signature


@pytest.mark.parametrize("down_px", [-2.3, 0.35, 4.6])
def test_finds_the_heads_motion_though_the_landmarks_are_off(down_px):
    run = HeadProbe().start()
    image = texture()
    assert run.frame(frame(0, image)) == {}
    # the landmarks say half of it: they are a first guess only
    found = run.frame(frame(1, moved(image, down_px), landmarks(0.5 * down_px)))
    assert found[HEAD_DROP] == pytest.approx(down_px, abs=0.05)
    assert found[HEAD_POINTS] > 10


def test_tells_pixels_of_the_clip():
    run = HeadProbe().start()
    image = texture()
    run.frame(frame(0, image, scale=2.0))
    found = run.frame(frame(1, moved(image, 1.0), scale=2.0))
    assert found[HEAD_DROP] == pytest.approx(2.0, abs=0.1)


def test_a_plain_head_says_nothing():
    run = HeadProbe().start()
    plain = np.full((400, 360), 120.0)
    run.frame(frame(0, plain))
    assert run.frame(frame(1, plain)) == {}


def test_a_lost_person_begins_anew():
    run = HeadProbe().start()
    image = texture()
    run.frame(frame(0, image))
    assert run.frame(frame(1, image, np.full((N_KEYPOINTS, 2), np.nan))) == {}
    assert run.frame(frame(2, image)) == {}


def test_a_quarter_of_wild_points_does_not_move_the_mean():
    values = np.r_[np.full(30, 1.0) + 0.01 * np.sin(np.arange(30)), np.full(10, -6.0)]
    middle, total = biweight_mean(values, np.ones(40), HeadSettings())
    assert middle == pytest.approx(1.0, abs=0.01)
    assert total < 31
