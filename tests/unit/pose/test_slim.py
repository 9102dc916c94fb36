"""The landmark nets without the outline mask that nobody reads."""

import io
import zipfile

import numpy as np
import pytest

from formcheck.pose.bundles import load_bundle, models_dir
from formcheck.pose.mediapipe_tasks import _Bundle, prepare
from formcheck.pose.slim import without_mask
from formcheck.settings.pose import TrackSettings
from formcheck.video import open_clip, read_frames

DETECTOR, LANDMARKS = "pose_detector.tflite", "pose_landmarks_detector.tflite"
MODELS = ("lite", "full", "heavy")
CLIP = models_dir().parent / "sample_videos" / "treadmill_side_right.mp4"


def members(bundle):
    with zipfile.ZipFile(io.BytesIO(bundle)) as archive:
        assert all(info.compress_type == zipfile.ZIP_STORED for info in archive.infolist())
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("model", MODELS)
def test_only_the_lists_of_the_landmark_net_change(model):
    shipped = load_bundle(model)[0]
    before, after = members(shipped), members(without_mask(shipped))
    assert list(before) == list(after) == [DETECTOR, LANDMARKS]
    assert before[DETECTOR] == after[DETECTOR]
    assert len(before[LANDMARKS]) == len(after[LANDMARKS])
    one, other = (np.frombuffer(m[LANDMARKS], np.uint8) for m in (before, after))
    assert 0 < np.count_nonzero(one != other) < 4000  # the weights are megabytes


def test_a_net_without_a_mask_stays_as_it_is():
    slim = without_mask(load_bundle("lite")[0])
    assert members(without_mask(slim)) == members(slim)


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_the_landmarks_are_the_same_bit_for_bit(model):
    prepare()
    pictures = [image for _, image in read_frames(open_clip(CLIP), 0, 12)]
    shipped = load_bundle(model)[0]
    seen = []
    for data in (shipped, without_mask(shipped)):
        models = _Bundle(data, TrackSettings())
        follower, finder = models.follower(), models.finder()
        seen.append([follower.follow(image) for image in pictures] + finder.find(pictures[0]))
        follower.close()
        finder.close()
    assert all(person is not None for person in seen[0])
    for one, other in zip(*seen, strict=True):
        assert all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))
