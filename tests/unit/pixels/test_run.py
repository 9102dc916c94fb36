import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from formcheck.errors import FormcheckError
from formcheck.pixels import PassControl, run_pass
from formcheck.settings.pose import PassSettings
from formcheck.video import open_clip
from tests.unit.pixels.fakes import N_FRAMES, BlockBackend, ChangeProbe, write_clip

pytestmark = pytest.mark.slow
SMALL = PassSettings(segment_frames=40)


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    return open_clip(write_clip(tmp_path_factory.mktemp("clips") / "block.mp4"))


def children():
    """Ids of this process's children that are workers of a pass."""
    out = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rsplit(")", 1)[1].split()
            command = (path.parent / "cmdline").read_bytes()
        except OSError:
            continue
        if int(fields[1]) == os.getpid() and b"formcheck.pixels.worker" in command:
            out.append(int(path.parent.name))
    return out


def same(a, b):
    for name in ("frame", "track", "xy_px", "visibility", "world_m"):
        assert np.array_equal(getattr(a.seen, name), getattr(b.seen, name)), name
    for name in a.seen.channels:
        assert np.array_equal(a.seen.channels[name], b.seen.channels[name], equal_nan=True), name
    for name in a.frame_channels:
        assert np.array_equal(a.frame_channels[name], b.frame_channels[name], equal_nan=True), name
    assert np.array_equal(a.edges_px, b.edges_px)


@pytest.mark.parametrize("least_s", [0.0, 0.08])
def test_the_result_is_the_same_bit_for_bit_however_many_work(clip, least_s):
    probes = (ChangeProbe(least_s=least_s),)
    one, two, three, here = (
        run_pass(clip, backend, probes, SMALL, PassControl(workers=n))
        for n, backend in (
            (1, BlockBackend()),
            (2, BlockBackend()),
            (3, BlockBackend(wait_s=0.001)),
            (1, BlockBackend(needs_process=False)),
        )
    )
    for other in (two, three, here):
        same(one, other)
    assert one.seen.frame.size == N_FRAMES
    assert children() == []


@pytest.mark.parametrize(("least_s", "every"), [(0.0, 1), (0.08, 3), (0.15, 5)])
def test_where_segments_begin_does_not_show_in_what_a_probe_says(clip, least_s, every):
    probes = (ChangeProbe(least_s=least_s),)
    backend = BlockBackend(needs_process=False)
    whole = run_pass(clip, backend, probes, PassSettings(segment_frames=2000))
    cut = run_pass(clip, backend, probes, SMALL)
    assert len(np.unique(cut.seen.track)) == 8
    change = whole.seen.channels["change_luma"]
    assert np.isnan(change[0])
    fed = np.arange(0, N_FRAMES, every)
    assert np.flatnonzero(np.isfinite(change)).tolist() == fed[1:].tolist()
    assert np.array_equal(change, cut.seen.channels["change_luma"], equal_nan=True)
    assert np.isnan(cut.seen.channels["age_frames"]).all()  # a name the probe did not fill
    for name, values in whole.frame_channels.items():
        other = cut.frame_channels[name]
        both = np.isfinite(values) & np.isfinite(other)
        assert np.array_equal(values[both], other[both]), name
        # the first shift of a segment may be missing
        assert (np.isfinite(values) & ~both).sum() <= 7


def test_channels_of_the_runner_are_picked_by_row(clip):
    done = run_pass(clip, BlockBackend(needs_process=False), (ChangeProbe(),), SMALL)
    rows = np.arange(N_FRAMES)
    rows[10] = -1
    channels = done.channels_of(rows, clip.time_s)
    assert np.isnan(channels.values["change_luma"][10])
    assert channels.values["change_luma"][11] == done.seen.channels["change_luma"][11]
    assert "luma_mean" in channels.values


def test_progress_rises_to_the_end(clip):
    told = []
    control = PassControl(workers=2, on_progress=lambda *args: told.append(args))
    run_pass(clip, BlockBackend(), (), SMALL, control)
    done = [d for _, d, _ in told]
    assert done == sorted(done)
    assert told[0] == ("pixels", 0, N_FRAMES)
    assert told[-1] == ("pixels", N_FRAMES, N_FRAMES)
    assert len(told) > 10


def test_a_killed_worker_is_told_and_nobody_is_left(clip):
    with pytest.raises(FormcheckError) as died:
        run_pass(clip, BlockBackend(die_at=150), (), SMALL, PassControl(workers=2))
    assert died.value.code == "WORKER_DIED"
    assert children() == []


def test_what_a_worker_refuses_with_is_raised_here(clip):
    with pytest.raises(FormcheckError, match="refused for a test") as refused:
        run_pass(clip, BlockBackend(refuse_at=100), (), SMALL, PassControl(workers=2))
    assert refused.value.code == "MODEL_DAMAGED"
    assert children() == []


def test_a_bug_in_a_worker_is_raised_with_its_traceback(clip):
    with pytest.raises(RuntimeError, match="a bug for a test"):
        run_pass(clip, BlockBackend(fail_at=100), (), SMALL, PassControl(workers=2))
    assert children() == []


@pytest.mark.parametrize("needs_process", [True, False])
def test_cancelling_ends_it_soon_and_leaves_nobody(clip, needs_process):
    start = time.monotonic()
    control = PassControl(workers=2, is_cancelled=lambda: time.monotonic() - start > 1.0)
    backend = BlockBackend(needs_process=needs_process, wait_s=0.2)
    with pytest.raises(FormcheckError) as cancelled:
        run_pass(clip, backend, (), SMALL, control)
    assert cancelled.value.code == "CANCELLED"
    assert time.monotonic() - start < 15
    assert children() == []


SCRIPT = """
import sys
from pathlib import Path
from formcheck.pixels import PassControl, run_pass
from formcheck.video import open_clip
from tests.unit.pixels.fakes import BlockBackend
def say(stage, done, total):
    print(done, flush=True)
run_pass(open_clip(Path(sys.argv[1])), BlockBackend(wait_s=0.1),
         control=PassControl(workers=2, on_progress=say))
"""


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_workers_do_not_outlive_an_interrupted_or_killed_parent(clip, how):
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(p or "." for p in sys.path)}
    parent = subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(clip.path)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=env,
        text=True,
    )
    for line in parent.stdout:
        if int(line) > 0:
            break
    family = [
        int(p.parent.name)
        for p in Path("/proc").glob("[0-9]*/stat")
        if p.read_text().rsplit(")", 1)[1].split()[1] == str(parent.pid)
    ]
    assert len(family) == 2
    parent.send_signal(how)
    parent.wait(20)
    parent.stdout.close()
    until = time.monotonic() + 20
    while time.monotonic() < until and any(Path(f"/proc/{pid}/stat").exists() for pid in family):
        time.sleep(0.1)
    assert not any(Path(f"/proc/{pid}/stat").exists() for pid in family)


CLIPS = Path(__file__).parents[3].parent / "shared" / "clips"


@pytest.mark.skipif(not CLIPS.is_dir(), reason="the real clips (../shared/clips) are not here")
def test_landmarks_of_a_real_clip_do_not_depend_on_the_number_of_workers():
    from formcheck.pose import MediaPipeBackend

    clip = open_clip(CLIPS / "jog_inplace_front_lsc.mp4")
    settings = PassSettings(segment_frames=25)
    one, two = (
        run_pass(clip, MediaPipeBackend(model="lite"), (), settings, PassControl(workers=n))
        for n in (1, 2)
    )
    same(one, two)
    assert one.seen.frame.size == clip.n_frames


def test_the_change_of_the_picture_does_not_hang_on_where_segments_begin(clip):
    whole = run_pass(clip, BlockBackend(), (), PassSettings(segment_frames=2000))
    cut = run_pass(clip, BlockBackend(), (), PassSettings(segment_frames=16))
    for name in ("picture_change", "picture_change_spread"):
        assert np.isfinite(whole.frame_channels[name][1:]).all()
        np.testing.assert_array_equal(whole.frame_channels[name], cut.frame_channels[name])
