import errno

import av
import numpy as np
import pytest

from formcheck.errors import FormcheckError
from formcheck.video import Mp4Writer, open_clip, read_frames
from tests.unit.video.pictures import corners, index_of, picture


def write(path, times_s, size=(64, 48), **kwargs):
    with Mp4Writer(path, *size, **kwargs) as out:
        for i, time_s in enumerate(times_s):
            out.write(picture(i % 20, *size), time_s)
    return path


def boxes(path):
    """Names of the top-level boxes of an MP4, in order."""
    data, at, names = path.read_bytes(), 0, []
    while at < len(data):
        names.append(data[at + 4 : at + 8].decode())
        at += int.from_bytes(data[at : at + 4], "big")
    return names


def test_what_is_written_plays_everywhere(tmp_path):
    path = write(tmp_path / "out.mp4", np.arange(40) / 30)
    with av.open(str(path)) as container:
        (stream,) = container.streams
        assert stream.codec_context.name == "h264"
        assert stream.codec_context.profile == "High"
        assert stream.codec_context.pix_fmt == "yuv420p"
        packets = [p for p in container.demux(stream) if p.dts is not None]
        assert not {"encoder", "creation_time", "location"} & set(container.metadata)
    keys = [k for k, p in enumerate(packets) if p.is_keyframe]
    assert np.diff(keys).max() <= 10
    assert [p.pts for p in packets] == sorted(p.pts for p in packets)
    assert boxes(path).index("moov") < boxes(path).index("mdat")


def test_pictures_and_true_times_come_back(tmp_path):
    times_s = np.array([2.0, 2.02, 2.05, 2.2, 2.21])
    clip = open_clip(write(tmp_path / "out.mp4", times_s))
    np.testing.assert_allclose(clip.time_s, times_s - 2.0, atol=1e-4)
    got = list(read_frames(clip))
    assert [index_of(image) for _, image in got] == [0, 1, 2, 3, 4]
    assert corners(got[0][1]) == "RGB-"


def test_slow_motion_stretches_time(tmp_path):
    clip = open_clip(write(tmp_path / "out.mp4", np.arange(60) / 60, slow_factor=4))
    assert clip.time_s[-1] == pytest.approx(4 * 59 / 60, abs=1e-4)


@pytest.mark.parametrize("size", [(65, 48), (64, 49), (65, 49), (1, 1)])
def test_odd_sides_are_padded_by_one_line(tmp_path, size):
    path = tmp_path / "out.mp4"
    with Mp4Writer(path, *size) as out:
        for i in range(3):
            out.write(np.full((size[1], size[0], 3), 100, np.uint8), i / 30)
    clip = open_clip(path)
    assert (clip.width_px, clip.height_px) == (size[0] + size[0] % 2, size[1] + size[1] % 2)
    _, image = next(read_frames(clip))
    assert np.abs(image.astype(int) - 100).max() <= 4


def test_colours_are_written_as_players_read_them(tmp_path):
    path = tmp_path / "out.mp4"
    with Mp4Writer(path, 64, 48) as out:
        for i in range(3):
            out.write(np.full((48, 64, 3), (164, 22, 26), np.uint8), i / 30)
    with av.open(str(path)) as container:
        frame = next(container.decode(video=0))
        assert (frame.colorspace, frame.color_range) == (1, 1)
    _, image = next(read_frames(open_clip(path)))
    np.testing.assert_allclose(image.mean(axis=(0, 1)), (164, 22, 26), atol=4)


def test_failure_leaves_nothing_new_and_the_old_file_alone(tmp_path):
    path = tmp_path / "out.mp4"
    path.write_bytes(b"old")
    with pytest.raises(RuntimeError), Mp4Writer(path, 64, 48) as out:
        out.write(picture(0), 0.0)
        raise RuntimeError
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["out.mp4"]


def test_nothing_written_is_misuse_and_leaves_nothing(tmp_path):
    with (
        pytest.raises(ValueError, match="at least one picture"),
        Mp4Writer(tmp_path / "out.mp4", 64, 48),
    ):
        pass
    assert list(tmp_path.iterdir()) == []


def test_wrong_shape_and_standing_time_are_misuse(tmp_path):
    with Mp4Writer(tmp_path / "out.mp4", 64, 48) as out:
        out.write(picture(0), 1.0)
        with pytest.raises(ValueError, match="must be uint8"):
            out.write(picture(0, 48, 64), 2.0)
        with pytest.raises(ValueError, match="must rise"):
            out.write(picture(1), 1.0)
    with pytest.raises(ValueError, match="positive"):
        Mp4Writer(tmp_path / "b.mp4", 0, 48)


def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    (tmp_path / "file").touch()
    with pytest.raises(FormcheckError, match="OUTPUT_NOT_WRITABLE"):
        write(tmp_path / "file" / "out.mp4", [0.0, 0.1])


def test_a_full_disk_is_told_and_cleaned_up(tmp_path, monkeypatch):
    path = tmp_path / "out.mp4"

    def full(*_):
        raise av.error.OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(FormcheckError, match="DISK_FULL"), Mp4Writer(path, 64, 48) as out:
        out.write(picture(0), 0.0)
        monkeypatch.setattr(
            out, "_container", type("Full", (), {"mux": full, "close": lambda _: None})()
        )
        for i in range(1, 60):
            out.write(picture(i % 20), i / 30)
    assert list(tmp_path.iterdir()) == []
