"""What goes wrong in real life, in a real browser: huge, turned and uneven clips, two tabs, a
worker that is killed, a reload in the middle, a webcam.

Set ``FORMCHECK_SCREENS=folder`` to keep a picture of every page.
"""

import os
import re
import signal
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from formcheck.resources import samples_dir
from formcheck.video import open_clip, read_frames
from tests.app.browser import chromium, running_app, shot

pytestmark = [pytest.mark.slow, pytest.mark.timeout(300)]

CHECK_MS = 90_000
ANALYSIS_MS = 200_000
MB = 1_000_000


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    """Return (address, data folder, process) of an app of this module's own."""
    with running_app(tmp_path_factory.mktemp("app")) as found:
        yield found


@pytest.fixture(scope="module")
def pictures():
    """Return the first repetition of a bundled squat, small: times in seconds and RGB pictures."""
    clip = open_clip(samples_dir() / "squat_left.mp4")
    n = int(np.searchsorted(clip.time_s, 3.6))
    return [
        (float(clip.time_s[i]), rgb[: rgb.shape[0] // 2 * 2, : rgb.shape[1] // 2 * 2].copy())
        for i, rgb in read_frames(clip, 0, n, max_side_px=640)
    ]


@pytest.fixture(scope="module")
def browser(pictures, tmp_path_factory):
    """Return a browser whose webcam plays the squat."""
    tape = tmp_path_factory.mktemp("webcam") / "webcam.mjpeg"
    tape.write_bytes(
        b"".join(cv2.imencode(".jpg", rgb[..., ::-1])[1].tobytes() for _, rgb in pictures)
    )
    with chromium(
        "--use-fake-ui-for-media-stream",
        "--use-fake-device-for-media-stream",
        f"--use-file-for-fake-video-capture={tape}",
    ) as b:
        yield b


def write(path, pictures, *, turn=0):
    """Write pictures at their own times; `turn` stores them lying, with the tag to stand up."""
    h, w = pictures[0][1].shape[:2]
    with av.open(str(path), "w") as out:
        stream = out.add_stream("libx264", rate=30, options={"preset": "ultrafast", "crf": "20"})
        stream.width, stream.height = (h, w) if turn else (w, h)
        stream.pix_fmt = "yuv420p"
        stream.codec_context.time_base = Fraction(1, 1000)
        if turn:
            stream.set_display_rotation(turn)
        for time_s, rgb in pictures:
            stored = np.ascontiguousarray(np.rot90(rgb, -turn // 90)) if turn else rgb
            frame = av.VideoFrame.from_ndarray(stored, format="rgb24")
            frame.pts, frame.time_base = round(1000 * time_s), Fraction(1, 1000)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))
    return path


def settled(page, ms=500):
    page.wait_for_timeout(300)
    page.locator('[data-testid="stStatusWidget"]').wait_for(state="detached", timeout=30_000)
    page.wait_for_timeout(ms)
    assert page.get_by_text("Traceback").count() == 0


def drop(page, address, clip):
    page.goto(f"{address}/check")
    page.locator("input[type=file]").wait_for(state="attached", timeout=30_000)
    page.locator("input[type=file]").set_input_files(str(clip))
    page.get_by_role("button", name=re.compile("^Analyse")).wait_for(timeout=CHECK_MS)
    settled(page)


def analyse(page):
    page.get_by_role("button", name=re.compile("^Analyse")).click()


def workers():
    """Return the processes of the pose model."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = entry.read_bytes()
        except OSError:
            continue
        if b"formcheck.pixels.worker" in words:
            found.append(int(entry.parent.name))
    return found


def is_child_of(pid, ancestor):
    while pid > 1:
        if pid == ancestor:
            return True
        try:
            words = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
        except OSError:
            return False
        pid = int(words[1])
    return False


def test_a_clip_of_400_mb_is_taken(app, open_page, pictures, tmp_path):
    address, data, _ = app
    clip = write(tmp_path / "long.mp4", pictures)
    with clip.open("ab") as file:  # free space, as editors leave it: a box that readers pass over
        size = 400 * MB
        file.write((1).to_bytes(4, "big") + b"free" + size.to_bytes(8, "big"))
        file.truncate(clip.stat().st_size + 16 + size - 16)
    page = open_page("1280")
    drop(page, address, clip)
    assert page.get_by_text("400 MB").count() == 1
    stored = list(data.rglob("long.mp4"))
    assert [s.stat().st_size for s in stored] == [clip.stat().st_size]
    shot(page, "upload_400_mb", "1280")
    stored[0].unlink()


def test_a_turned_clip_stands_upright_and_an_uneven_one_is_told(app, open_page, pictures, tmp_path):
    address, _, _ = app
    page = open_page("390")
    uneven = [p for k, p in enumerate(pictures) if k % 7 not in (2, 3, 5)]
    drop(page, address, write(tmp_path / "turned.mp4", uneven, turn=90))
    assert page.get_by_text("We turned your video upright.").count() == 1
    assert page.get_by_text("uneven pace").count() == 1
    size = page.locator("[data-testid=stImage] img").first.evaluate(
        "i => [i.naturalWidth, i.naturalHeight]"
    )
    assert size[0] < size[1], "the picture lies on its side"
    assert page.get_by_text("seen from the front").count() == 1
    shot(page, "turned_clip", "390")


def test_two_tabs_a_killed_worker_and_a_reload(app, open_page, pictures, tmp_path):
    address, _, process = app
    one, two = open_page("1280"), open_page("390")
    drop(one, address, write(tmp_path / "one.mp4", pictures))
    drop(two, address, write(tmp_path / "two.mp4", pictures))
    analyse(one)
    one.get_by_text(re.compile(r"frame \d+ of \d+")).wait_for(timeout=60_000)
    for pid in workers():
        if is_child_of(pid, process.pid):
            os.kill(pid, signal.SIGKILL)
    one.get_by_role("alert").first.wait_for(timeout=60_000)
    settled(one)
    told = one.get_by_role("alert").first.inner_text()
    assert "worker process ended while reading the clip" in told
    assert "to run it again" in told
    shot(one, "error_killed_worker", "1280")
    one.set_viewport_size({"width": 390, "height": 844})
    one.wait_for_timeout(1200)
    shot(one, "error_killed_worker", "390")
    one.set_viewport_size({"width": 1280, "height": 860})
    analyse(two)
    analyse(one)  # again: it waits for the other tab, then works
    one.get_by_role("button", name="Cancel").wait_for(timeout=30_000)
    one.reload()
    for page in (two, one):
        see = page.get_by_role("button", name="See the result")
        tab = page.get_by_role("tab", name="Pictures")
        # one repetition, over and over, may be asked about: the answer is a press
        which = page.get_by_role("button", name=re.compile("^Single-leg squat"))
        ended = see.or_(tab).or_(which).or_(page.get_by_role("alert"))
        ended.first.wait_for(timeout=ANALYSIS_MS)
        settled(page)  # the question's words come before its answers
        if which.count():
            which.first.click()
            see.or_(tab).first.wait_for(timeout=ANALYSIS_MS)
        assert page.get_by_role("alert").count() == 0
        if see.count():
            see.click()
        tab.wait_for(timeout=60_000)
        settled(page)
    assert one.get_by_text("one · ").count() >= 1
    assert one.get_by_text("two · ").count() == 0
    assert two.get_by_text("two · ").count() >= 1
    assert two.get_by_text("one · ").count() == 0


def test_a_webcam_shows_lines_and_a_count_without_any_server(app, open_page):
    pytest.importorskip("streamlit_webrtc")
    address, _, _ = app
    page = open_page("1280")
    page.context.grant_permissions(["camera"], origin=address)
    page.goto(f"{address}/live")
    frame = page.frame_locator("iframe[title*=webrtc]")
    frame.get_by_role("button", name=re.compile("start", re.IGNORECASE)).click(timeout=60_000)
    video = frame.locator("video")
    video.wait_for(timeout=60_000)
    video.evaluate(PLAYS)
    video.evaluate(PLATE)
    page.wait_for_timeout(500)
    shot(page, "live", "1280")
    page.set_viewport_size({"width": 390, "height": 844})
    page.wait_for_timeout(800)
    assert page.evaluate("document.documentElement.scrollWidth - window.innerWidth") <= 0
    shot(page, "live", "390")


PLAYS = """v => new Promise((yes, no) => {
    const look = setInterval(() => {
        if (v.videoWidth > 0 && v.currentTime > 1) { clearInterval(look); yes(); }
    }, 200);
    setTimeout(() => no(new Error("no picture came back")), 60000);
})"""
# the plate under the count is darker than anything in the room
PLATE = """v => new Promise((yes, no) => {
    const c = document.createElement("canvas"), d = c.getContext("2d");
    const look = setInterval(() => {
        [c.width, c.height] = [v.videoWidth, v.videoHeight];
        d.drawImage(v, 0, 0);
        if (Math.max(...d.getImageData(3, 3, 1, 1).data.slice(0, 3)) < 70) {
            clearInterval(look); yes();
        }
    }, 200);
    setTimeout(() => no(new Error("no count is shown")), 60000);
})"""
