import dataclasses
import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from formcheck.data import Channels, Clip, ClipPart, PoseSequence
from formcheck.errors import FormcheckError
from formcheck.store import load_landmarks, save_landmarks

anything = st.floats(width=64, allow_nan=True, allow_infinity=True)


def a_clip(n=4, **changes):
    facts = {
        "path": Path("clips/my run ü.mp4"),
        "sha256": "ab" * 32,
        "width_px": 720,
        "height_px": 1280,
        "file_time_s": np.cumsum(np.linspace(0.01, 0.05, n)),
        "rotation_deg": 90,
        "codec": "hevc",
        "pixel_format": "yuv420p10le",
        "vfr": True,
        "has_audio": True,
        "capture_fps": 240.0,
        "slow_motion_factor": 8.008,
        "mirrored": True,
        "start_s": 5.0,
        "seekable": False,
        "begins_s": 1.5,
        "file_frames": tuple(range(10, 10 + n)),
        "parts": (ClipPart(0.0, 0.1, "start", False), ClipPart(0.2, 0.4, "cut", True)),
        "n_repeated": 3,
    }
    return Clip(**{**facts, **changes})


def a_pose(n=4, seed=0):
    rng = np.random.default_rng(seed)
    return PoseSequence(
        time_s=np.arange(n) / 30,
        xy_px=rng.normal(size=(n, 33, 2)),
        confidence=rng.random((n, 33)),
        world_m=rng.normal(size=(n, 33, 3)),
        history=("detected", "sides repaired"),
    )


@given(
    values=hnp.arrays(np.float64, (3, 33, 2), elements=anything),
    channel=hnp.arrays(np.float64, 3, elements=anything),
    name=st.text(min_size=1),
)
def test_what_is_saved_comes_back_bit_for_bit(values, channel, name):
    pose = a_pose(3).with_("x", xy_px=values)
    channels = Channels(time_s=pose.time_s, values={name: channel, f"{name}_deg": channel[::-1]})
    with tempfile.TemporaryDirectory() as home:
        path = Path(home) / "landmarks.npz"
        save_landmarks(path, a_clip(3), pose, channels)
        got = load_landmarks(path)
    for field in ("time_s", "xy_px", "confidence", "world_m"):
        np.testing.assert_array_equal(getattr(got.pose, field), getattr(pose, field))
    assert got.pose.history == pose.history
    assert list(got.channels.values) == [name, f"{name}_deg"]
    np.testing.assert_array_equal(got.channels.values[name], channel)
    np.testing.assert_array_equal(got.channels.time_s, pose.time_s)


def test_every_fact_of_the_clip_comes_back(tmp_path):
    path = tmp_path / "landmarks.npz"
    clip = a_clip()
    save_landmarks(path, clip, a_pose(), Channels(time_s=np.arange(4.0)))
    got = load_landmarks(path).clip
    for field in dataclasses.fields(Clip):
        want, have = getattr(clip, field.name), getattr(got, field.name)
        if field.name == "file_time_s":
            np.testing.assert_array_equal(have, want)
        else:
            assert have == want, field.name
    assert [p.name for p in tmp_path.iterdir()] == ["landmarks.npz"]


def test_an_empty_sequence_survives(tmp_path):
    save_landmarks(tmp_path / "e.npz", a_clip(), a_pose(0), Channels(time_s=np.empty(0)))
    assert load_landmarks(tmp_path / "e.npz").pose.xy_px.shape == (0, 33, 2)


def test_missing_damaged_foreign_and_newer_files_are_told_apart(tmp_path, monkeypatch):
    path = tmp_path / "landmarks.npz"
    with pytest.raises(FormcheckError, match="FILE_NOT_FOUND"):
        load_landmarks(path)
    path.write_bytes(b"not an archive")
    with pytest.raises(FormcheckError, match="RESULT_UNREADABLE"):
        load_landmarks(path)
    np.savez(path, x=np.arange(3))
    with pytest.raises(FormcheckError, match="RESULT_UNREADABLE"):
        load_landmarks(path)
    save_landmarks(path, a_clip(), a_pose(), Channels(time_s=np.arange(4.0)))
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(FormcheckError, match="RESULT_UNREADABLE"):
        load_landmarks(path)
    monkeypatch.setattr("formcheck.store.landmarks.FORMAT_VERSION", 2)
    save_landmarks(path, a_clip(), a_pose(), Channels(time_s=np.arange(4.0)))
    monkeypatch.undo()
    with pytest.raises(FormcheckError, match="has format 2"):
        load_landmarks(path)


def test_a_pickle_is_never_unpacked(tmp_path):
    path = tmp_path / "evil.npz"
    np.savez(path, header=np.array([{"a": 1}], dtype=object))
    with pytest.raises(FormcheckError, match="RESULT_UNREADABLE"):
        load_landmarks(path)
