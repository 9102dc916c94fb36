"""What leaves this computer (nothing), and what a result folder tells about where it was made."""

import os
import subprocess
import sys
import zipfile
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from formcheck.resources import samples_dir

ROOT = Path(__file__).resolve().parents[2]
PLACE = "+48.8577+002.2950/"
GUARD = """
import os, socket

def _refused(self, address):
    if self.family == getattr(socket, "AF_UNIX", None):
        return _connect(self, address)
    with open(os.environ["FORMCHECK_TEST_CALLS"], "a") as log:
        log.write(repr(address) + "\\n")
    raise OSError("no network in this test")

_connect = socket.socket.connect
socket.socket.connect = _refused
socket.socket.connect_ex = _refused
"""


def from_a_phone(path: Path, folder: Path, seconds: float = 4.0) -> Path:
    """A sample with what a phone adds: sound, and where it was filmed."""
    target = folder / "IMG_0427.mov"
    with av.open(str(path)) as source, av.open(str(target), "w") as sink:
        sink.metadata["location"] = PLACE
        sink.metadata["com.apple.quicktime.location.ISO6709"] = PLACE
        picture = sink.add_stream_from_template(source.streams.video[0])
        sound = sink.add_stream("aac", rate=44_100)
        for packet in source.demux(video=0):
            if packet.dts is None or packet.pts * packet.time_base > seconds:
                continue
            packet.stream = picture
            sink.mux(packet)
        for k in range(int(seconds * 44_100 / 1024)):
            frame = av.AudioFrame.from_ndarray(
                np.zeros((1, 1024), np.float32), format="fltp", layout="mono"
            )
            frame.sample_rate, frame.pts, frame.time_base = 44_100, 1024 * k, Fraction(1, 44_100)
            sink.mux(sound.encode(frame))
        sink.mux(sound.encode(None))
    return target


def every_byte(folder: Path):
    """Iterate over name and content of every file, archives opened."""
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        yield path.name, path.read_bytes()
        if path.suffix == ".npz":
            with zipfile.ZipFile(path) as archive:
                for name in archive.namelist():
                    yield f"{path.name}:{name}", archive.read(name)


@pytest.mark.slow
def test_a_result_tells_nothing_of_place_sound_or_folder_and_calls_nobody(tmp_path):
    sample = samples_dir() / "squat_left.mp4"
    if not sample.exists():
        pytest.skip("the bundled sample clips are not here")
    home = tmp_path / "private_folder_of_anna"
    home.mkdir()
    clip = from_a_phone(sample, home, seconds=6.5)
    with av.open(str(clip)) as made:
        assert made.streams.audio
        assert any(PLACE in v for v in made.metadata.values())
    (tmp_path / "guard").mkdir()
    (tmp_path / "guard" / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    calls = tmp_path / "calls"
    env = os.environ | {
        "PYTHONPATH": os.pathsep.join((str(tmp_path / "guard"), str(ROOT))),
        "FORMCHECK_TEST_CALLS": str(calls),
    }
    out = tmp_path / "out"
    done = subprocess.run(
        [sys.executable, "-m", "formcheck", "analyze", str(clip), "--out", str(out),
         "--model", "lite", "--workers", "1", "--report", "html,pdf"],
        env=env, capture_output=True, text=True, timeout=240, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert not calls.exists(), calls.read_text()
    folder = out / "IMG_0427"
    for name, content in every_byte(folder):
        assert PLACE.encode() not in content, name
        assert b"private_folder_of_anna" not in content, name
    for film in folder.glob("*.mp4"):
        with av.open(str(film)) as written:
            assert not written.streams.audio
            assert not any("location" in k.lower() for k in written.metadata)
    pictures = list((folder / "frames").glob("*.png"))
    assert pictures
    for picture in pictures:
        content = picture.read_bytes()
        assert not any(chunk in content for chunk in (b"tEXt", b"iTXt", b"zTXt", b"eXIf"))


def test_the_guard_sees_a_call(tmp_path):
    """The test above could not fail if the guard saw nothing."""
    (tmp_path / "sitecustomize.py").write_text(GUARD, encoding="utf-8")
    calls = tmp_path / "calls"
    env = os.environ | {"PYTHONPATH": str(tmp_path), "FORMCHECK_TEST_CALLS": str(calls)}
    code = "import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, check=False)
    assert done.returncode != 0
    assert "192.0.2.1" in calls.read_text()
