import hashlib
import struct
import subprocess
import sys
import wave
from fractions import Fraction

import av
import numpy as np
import pytest

from formcheck.errors import FormcheckError
from formcheck.video import open_clip, read_frames, read_still
from tests.unit.video.pictures import corners, index_of, picture

KINDS = {
    "h264 with B-frames": {"name": "a.mp4", "options": {"bf": "3", "g": "8"}},
    "h264 mov": {"name": "a.mov", "options": {"g": "5"}},
    "h264 m4v": {"name": "a.m4v"},
    "h264 open groups": {
        "name": "a.mp4",
        "options": {"x264-params": "open-gop=1:keyint=6:bframes=2:b-adapt=0:scenecut=0"},
    },
    "hevc 10 bit open groups": {
        "name": "a.mov",
        "codec": "libx265",
        "pix_fmt": "yuv420p10le",
        "options": {"x265-params": "crf=4:log-level=none:keyint=6:min-keyint=6:scenecut=0"},
    },
    "vp9 webm odd size": {"name": "a.webm", "codec": "libvpx-vp9", "size": (65, 49)},
    "vp9 mkv": {"name": "a.mkv", "codec": "libvpx-vp9", "options": {"g": "6"}},
    "av1 mp4": {"name": "a.mp4", "codec": "libsvtav1", "options": {"preset": "12", "crf": "10"}},
    "h264 mkv": {"name": "a.mkv", "options": {"g": "7"}},
    "mpeg4 avi with B-frames": {
        "name": "a.avi",
        "codec": "mpeg4",
        "time_base": Fraction(1, 30),
        "options": {"bf": "2", "qscale": "2", "flags": "+qscale", "global_quality": "118"},
    },
    "h264 avi with B-frames": {
        "name": "a.avi",
        "time_base": Fraction(1, 30),
        "options": {"bf": "2"},
    },
    "mjpeg mov": {"name": "a.mov", "codec": "mjpeg", "pix_fmt": "yuvj420p"},
    "h264 transport stream": {"name": "a.ts", "options": {"g": "6"}},
}


def frames_of(clip, *args):
    return [(i, index_of(image)) for i, image in read_frames(clip, *args)]


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_gives_each_picture_once_in_order_at_its_time(make_clip, kind):
    clip = open_clip(make_clip(**KINDS[kind]))
    assert clip.n_frames == 20
    assert frames_of(clip) == [(i, i) for i in range(20)]
    np.testing.assert_allclose(clip.file_time_s, np.arange(20) / 30, atol=0.0011)
    assert not clip.vfr


@pytest.mark.parametrize("kind", KINDS)
def test_reading_may_start_at_any_picture(make_clip, kind):
    clip = open_clip(make_clip(**KINDS[kind]))
    whole = dict(read_frames(clip))
    for start in range(20):
        got = dict(read_frames(clip, start, start + 3))
        assert sorted(got) == list(range(start, min(start + 3, 20)))
        for index, image in got.items():
            np.testing.assert_array_equal(image, whole[index], err_msg=f"{start} -> {index}")


def test_uneven_gaps_are_kept_to_the_tick(make_clip):
    times_ms = [0, 17, 50, 67, 117, 150, 400, 417]
    clip = open_clip(make_clip(times_ms=times_ms))
    assert clip.vfr
    np.testing.assert_allclose(clip.time_s * 1000, times_ms, atol=0.04)


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv", "a.ts"])
def test_a_clock_that_starts_late_starts_at_zero_here(make_clip, name):
    times_ms = [5000 + round(i * 1000 / 30) for i in range(20)]
    clip = open_clip(make_clip(name, times_ms=times_ms, options={"g": "5"}))
    assert clip.time_s[0] == 0
    assert clip.duration_s == pytest.approx(20 / 30, abs=0.002)
    assert frames_of(clip, 13, 15) == [(13, 13), (14, 14)]


@pytest.mark.parametrize(
    ("degrees", "hflip", "rotation_deg", "size"),
    [
        (0, False, 0, (64, 48)),
        (90, False, 90, (48, 64)),
        (180, False, 180, (64, 48)),
        (270, False, 270, (48, 64)),
    ],
)
def test_a_turned_clip_comes_out_as_a_player_shows_it(
    make_clip, degrees, hflip, rotation_deg, size
):
    clip = open_clip(make_clip(turn={"degrees": degrees, "hflip": hflip}))
    image = read_still(clip, 0)
    with av.open(str(clip.path)) as container:
        turned = next(container.decode(video=0)).rotation
    stored = np.asarray(picture(0))
    assert corners(image) == corners(np.rot90(stored, turned // 90))
    assert clip.rotation_deg == turned % 360
    assert {clip.rotation_deg, rotation_deg} in ({rotation_deg}, {90, 270})
    assert (clip.width_px, clip.height_px) == size
    assert image.shape == (size[1], size[0], 3)
    assert image.flags.c_contiguous


@pytest.mark.parametrize("degrees", [0, 90, 180, 270])
def test_a_display_matrix_that_mirrors_is_obeyed(make_clip, degrees):
    plain = read_still(open_clip(make_clip("p.mp4", turn={"degrees": degrees})), 0)
    flipped = read_still(open_clip(make_clip("f.mp4", turn={"degrees": degrees, "hflip": True})), 0)
    assert corners(flipped) in {corners(plain[:, ::-1]), corners(plain[::-1])}


def test_selfie_mode_is_flipped_back(make_clip):
    path = make_clip()
    assert corners(read_still(open_clip(path), 0)) == "RGB-"
    assert corners(read_still(open_clip(path, mirrored=True), 0)) == "GR-B"


def test_a_turned_selfie_is_flipped_after_it_is_upright(make_clip):
    path = make_clip(turn={"degrees": 90})
    upright = read_still(open_clip(path), 0)
    assert corners(read_still(open_clip(path, mirrored=True), 0)) == corners(upright[:, ::-1])


def test_pixels_that_are_not_square_are_made_square(make_clip):
    clip = open_clip(make_clip(pixel_aspect=Fraction(4, 3)))
    assert (clip.width_px, clip.height_px) == (85, 48)
    assert read_still(clip, 0).shape == (48, 85, 3)


def test_facts_of_the_file(make_clip):
    path = make_clip(audio=True)
    clip = open_clip(path)
    assert (clip.codec, clip.pixel_format, clip.has_audio) == ("h264", "yuv420p", True)
    assert clip.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (clip.capture_fps, clip.slow_motion_factor) == (None, 1.0)


@pytest.mark.parametrize("tag", ["240", "240.000000"])
def test_the_capture_tag_of_android_undoes_slow_motion(make_clip, tag):
    path = make_clip(
        metadata={"com.android.capture.fps": tag},
        container_options={"movflags": "use_metadata_tags"},
    )
    clip = open_clip(path)
    assert clip.capture_fps == 240
    assert clip.slow_motion_factor == pytest.approx(8, rel=0.01)
    assert clip.fps == pytest.approx(240, rel=0.01)
    assert open_clip(path, capture_fps=120).slow_motion_factor == pytest.approx(4, rel=0.01)


def test_a_file_cut_off_in_the_middle_gives_what_is_there(make_clip):
    path = make_clip(container_options={"movflags": "+faststart"}, options={"g": "5"})
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) - (len(whole) - whole.find(b"mdat")) // 3])
    clip = open_clip(path)
    assert 8 <= clip.n_frames < 20
    got = frames_of(clip)
    assert [i for i, _ in got] == list(range(clip.n_frames))
    assert got[:8] == [(i, i) for i in range(8)]


@pytest.mark.parametrize("name", ["a.mp4", "a.mkv"])
@pytest.mark.parametrize("codec", ["libx264", "libx265"])
def test_a_hole_in_the_file_never_makes_the_count_lie(make_clip, name, codec):
    options = {"g": "5"} if codec == "libx264" else {"x265-params": "crf=8:keyint=5:log-level=none"}
    path = make_clip(
        name,
        codec=codec,
        size=(160, 120),
        options=options,
        times_ms=[round(i * 1000 / 30) for i in range(25)],
        noise=12,
    )
    data = path.read_bytes()
    lies = []
    for share in (0.2, 0.4, 0.6, 0.8):
        hurt = bytearray(data)
        at = int(len(data) * share)
        hurt[at : at + 3000] = bytes(3000)
        path.write_bytes(hurt)
        clip = open_clip(path)
        if [i for i, _ in read_frames(clip)] != list(range(clip.n_frames)):
            lies.append(share)
        assert 5 <= clip.n_frames <= 25
    assert lies == []


def test_a_clip_that_does_not_start_at_a_keyframe_is_counted_by_its_pictures(make_clip, remux):
    source = make_clip("s.mkv", options={"g": "6", "bf": "0"})
    clip = open_clip(remux(source, "cut.mkv", lambda k, p: p if k else None))
    assert [i for i, _ in read_frames(clip)] == list(range(clip.n_frames))
    assert frames_of(clip)[-1][1] == 19


def test_repeated_timestamps_drop_the_later_picture(make_clip, remux):
    def repeat(k, packet):
        if k == 7:
            packet.pts = packet.dts = 200  # the time of picture 6
        return packet

    clip = open_clip(remux(make_clip("s.webm", codec="libvpx-vp9"), "d.webm", repeat))
    assert clip.n_frames == 19
    assert [value for _, value in frames_of(clip)] == [*range(7), *range(8, 20)]
    assert frames_of(clip, 10, 12) == [(10, 11), (11, 12)]


def test_a_call_that_changes_size_midway_keeps_one_size(tmp_path):
    path = tmp_path / "call.webm"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libvpx", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        small = av.CodecContext.create("libvpx", "w")
        small.width, small.height, small.pix_fmt = 32, 24, "yuv420p"
        small.time_base = Fraction(1, 30)
        for i in range(10):
            encoder = stream if i < 5 else small
            frame = av.VideoFrame.from_ndarray(picture(i, encoder.width, encoder.height), "rgb24")
            frame.pts, frame.time_base = i, Fraction(1, 30)
            for packet in encoder.encode(frame):
                packet.stream, packet.time_base = stream, Fraction(1, 30)
                out.mux(packet)
        out.mux(stream.encode(None))
    clip = open_clip(path)
    shapes = {image.shape for _, image in read_frames(clip)}
    assert shapes == {(48, 64, 3)}


@pytest.mark.parametrize(
    "name", ["my run.mp4", "läuferin 走る.mp4", "a:b.mp4", "run%03d.mp4", "<script>.mp4", "-i.mp4"]
)
def test_any_file_name_will_do(make_clip, name):
    assert open_clip(make_clip(name)).n_frames == 20


def code_of(path):
    with pytest.raises(FormcheckError) as caught:
        open_clip(path)
    assert str(caught.value).count("\n") == 0
    return caught.value.code


def test_missing_folder_empty_text_and_garbage(tmp_path):
    assert code_of(tmp_path / "none.mp4") == "FILE_NOT_FOUND"
    assert code_of(tmp_path) == "NOT_A_VIDEO"
    (tmp_path / "empty.mp4").touch()
    assert code_of(tmp_path / "empty.mp4") == "FILE_UNREADABLE"
    (tmp_path / "text.mp4").write_text("shopping list\n" * 500)
    assert code_of(tmp_path / "text.mp4") == "NOT_A_VIDEO"
    (tmp_path / "noise.mp4").write_bytes(np.random.default_rng(1).bytes(50_000))
    assert code_of(tmp_path / "noise.mp4") == "NOT_A_VIDEO"


@pytest.mark.parametrize("name", ["a.mp4", "a.mov", "a.mkv"])
def test_a_video_without_its_index_is_called_damaged(make_clip, name):
    path = make_clip(name)
    path.write_bytes(path.read_bytes()[: 200 if name != "a.mkv" else 60])
    assert code_of(path) == "FILE_UNREADABLE"


def test_sound_alone_and_a_still_picture_are_no_video(tmp_path, make_clip):
    with wave.open(str(tmp_path / "sound.wav"), "wb") as sound:
        sound.setparams((1, 2, 8000, 0, "NONE", ""))
        sound.writeframes(bytes(16_000))
    assert code_of(tmp_path / "sound.wav") == "NOT_A_VIDEO"
    with av.open(str(tmp_path / "sound.mp4"), "w") as out:
        stream = out.add_stream("aac", rate=48_000, layout="mono")
        quiet = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        quiet.sample_rate = 48_000
        out.mux(stream.encode(quiet))
        out.mux(stream.encode(None))
    assert code_of(tmp_path / "sound.mp4") == "NOT_A_VIDEO"
    with av.open(str(tmp_path / "still.png"), "w", format="image2") as out:
        stream = out.add_stream("png", rate=1)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "rgb24"
        out.mux(stream.encode(av.VideoFrame.from_ndarray(picture(0), "rgb24")))
        out.mux(stream.encode(None))
    assert code_of(tmp_path / "still.png") == "NOT_A_VIDEO"
    assert code_of(make_clip(times_ms=[0])) == "CLIP_TOO_SHORT"


def test_an_unknown_codec_is_told_apart(make_clip):
    path = make_clip()
    path.write_bytes(path.read_bytes().replace(b"avc1", b"zzzz").replace(b"avcC", b"zzzC"))
    assert code_of(path) == "CODEC_UNSUPPORTED"


def test_a_playlist_is_not_followed(tmp_path):
    path = tmp_path / "list.mp4"
    path.write_text("#EXTM3U\n#EXTINF:10,\nhttp://localhost:9/x.ts\n#EXT-X-ENDLIST\n")
    assert code_of(path) == "NOT_A_VIDEO"


def test_a_capture_rate_must_be_positive(make_clip):
    with pytest.raises(ValueError, match="capture_fps"):
        open_clip(make_clip(), capture_fps=0)


def test_damage_prints_nothing_on_the_terminal(make_clip):
    path = make_clip(options={"g": "5"}, container_options={"movflags": "+faststart"})
    path.write_bytes(path.read_bytes()[:-400])
    code = (
        "import sys; from formcheck.video import open_clip; print(open_clip(sys.argv[1]).n_frames)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    assert int(done.stdout) > 5
    assert done.stderr.strip() in {"", done.stderr.strip() if "passed over" in done.stderr else ""}


def test_the_matrix_in_the_file_is_what_turns_it(make_clip):
    """A matrix written by hand, not by the library that reads it: 90 degrees clockwise."""
    path = make_clip()
    data = bytearray(path.read_bytes())
    at = data.find(b"tkhd") + 44
    one, w = 1 << 16, 1 << 30
    data[at : at + 36] = struct.pack(">9i", 0, one, 0, -one, 0, 0, 0, 0, w)
    path.write_bytes(data)
    clip = open_clip(path)
    assert corners(read_still(clip, 0)) == corners(np.rot90(picture(0), -1))
    assert clip.rotation_deg == 270
