"""What leaves the computer tells nothing of who, where and when beyond what the reader sees."""

import re
from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest
from pypdf import PdfReader

from formcheck.pipeline.output import write_result
from formcheck.settings import AnalyzeOptions, Settings
from tests.synthetic import running_pose, trial_of
from tests.unit.render.builders import measured
from tests.unit.report.builders import analysis

pytestmark = pytest.mark.slow

SECRETS = {
    "title": "Anna Secretname",
    "location": "+48.1371+011.5754/",
    "com.apple.quicktime.location.ISO6709": "+48.1371+011.5754/",
    "com.apple.quicktime.model": "SecretPhone 17",
    "comment": "SecretComment",
    "creation_time": "2026-03-14T15:09:26.000000Z",
}
TELLTALE = [b"Secret", b"48.1371", b"2026-03-14", b"15:09:26", b"secret_home"]
PNG_CHUNKS = {b"IHDR", b"IDAT", b"IEND", b"PLTE"}


def phone_clip(path, n, width, height):
    """Write a clip with sound, a place, a name and a phone, as phones do."""
    with av.open(str(path), "w", options={"movflags": "use_metadata_tags"}) as out:
        out.metadata.update(SECRETS)
        stream = out.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        sound = out.add_stream("aac", rate=48_000, layout="mono")
        for i in range(n):
            image = np.full((height, width, 3), 90 + i % 60, np.uint8)
            frame = av.VideoFrame.from_ndarray(image, "rgb24")
            frame.pts, frame.time_base = i, Fraction(1, 30)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
        quiet = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        quiet.sample_rate, quiet.pts = 48_000, 0
        out.mux(sound.encode(quiet))
        out.mux(sound.encode(None))
    assert b"SecretPhone" in path.read_bytes()
    return path


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """Return the result folder of a clip from a phone, with everything that can be written."""
    from formcheck.video import open_clip

    home = tmp_path_factory.mktemp("secret_home")
    pose, truth = running_pose(
        view="rear", duration_s=3.0, fps=30.0, px_per_m=150.0, width_px=288, height_px=384
    )
    clip = open_clip(phone_clip(home / "run.mp4", pose.time_s.size, 288, 384))
    trial = replace(trial_of(pose, truth, protocol_id="treadmill_run"), clip=clip)
    steps = trial.steps_of("right")[:3]
    drop = measured("pelvic_drop", "right", [5.0, 6.0, 8.0], [s.strike_s + 0.1 for s in steps])
    result = analysis(path=clip.path.name, frames=(), measurements=(drop,))
    options = AnalyzeOptions(report=("html", "pdf"), exports=("trc", "mot"))
    folder = home / "out" / "run"
    write_result(result, trial, pose, folder, options, Settings().render)
    return folder


def test_no_file_holds_place_phone_name_time_or_path(shared):
    files = [p for p in shared.rglob("*") if p.is_file()]
    assert {"report.pdf", "report.html", "strides.mp4", "strides.vtt", "analysis.json"} <= {
        p.name for p in files
    }
    for path in files:
        data = path.read_bytes()
        for word in TELLTALE:
            assert word not in data, (path.name, word)


def test_pictures_hold_nothing_but_pixels(shared):
    pictures = sorted((shared / "frames").glob("*.png"))
    assert any("_extreme" in p.name for p in pictures)
    for path in pictures:
        data, at, kinds = path.read_bytes(), 8, set()
        while at < len(data):
            kinds.add(data[at + 4 : at + 8])
            at += 12 + int.from_bytes(data[at : at + 4], "big")
        assert kinds <= PNG_CHUNKS


def test_the_clip_has_no_sound_and_no_tags(shared):
    with av.open(str(shared / "strides.mp4")) as container:
        assert not container.streams.audio
        assert set(container.metadata) <= {
            "major_brand", "minor_version", "compatible_brands", "encoder",
        }  # fmt: skip


def test_the_report_says_who_made_it_and_nothing_else(shared):
    info = PdfReader(shared / "report.pdf").metadata
    assert set(info) <= {
        "/Author", "/CreationDate", "/Creator", "/Keywords", "/ModDate", "/Producer", "/Subject",
        "/Title", "/Trapped",
    }  # fmt: skip
    assert info["/Author"] == "formcheck"
    assert info["/Title"] == "Running form: run.mp4"
    assert "2000" in info["/CreationDate"]  # a fixed date, not when the runner was filmed
    assert not re.search(r"(src|href)=.(https?:)?//", (shared / "report.html").read_text())
