"""The private folders: names that can't escape, nothing shared, nothing left behind."""

import io
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.settings.app import AppSettings
from formcheck.ui.workspace import (
    Workspace,
    all_workspaces,
    new_workspace,
    open_workspace,
    safe_name,
    sweep_stale,
)

KEY = "a" * 32


def drop(space, name="run.mp4", data=b"x" * 3_000_000):
    return space.add_stream(name, io.BytesIO(data), AppSettings())


@given(st.text(max_size=200))
def test_a_safe_name_is_one_plain_visible_file_name(name):
    safe = safe_name(name)
    assert safe
    assert not safe.startswith(".")
    assert set(safe) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
    assert len(safe) < 80


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\clips\\run 1.MOV", "run_1.mov"),
        ("<script>alert(1)</script>.mp4", "script.mp4"),
        ("läuft.mp4", "l_uft.mp4"),
        ("...", "clip"),
    ],
)
def test_safe_names(name, safe):
    assert safe_name(name) == safe


def test_a_dropped_clip_is_stored_whole_and_known_by_its_content(tmp_path):
    import hashlib

    space = new_workspace(tmp_path)
    entry = drop(space, data=b"abc" * 700_000)
    path = tmp_path / "sessions" / space.token / entry.id / "video" / "run.mp4"
    assert path.read_bytes() == b"abc" * 700_000
    assert entry.sha256 == hashlib.sha256(b"abc" * 700_000).hexdigest()
    assert space.clips() == (entry,)
    if os.name == "posix":
        assert (space.folder.stat().st_mode & 0o077) == 0


def test_a_token_from_the_address_is_checked(tmp_path):
    for bad in ("../../../etc", "", "a" * 21, "a" * 23, "a" * 21 + "/", None):
        opened = open_workspace(tmp_path, bad)
        assert opened.token != bad
    assert open_workspace(tmp_path, "b" * 22).token == "b" * 22
    with pytest.raises(ValueError, match="22 characters"):
        Workspace(tmp_path, "..")


def test_ids_and_keys_are_checked(tmp_path):
    space = new_workspace(tmp_path)
    entry = drop(space)
    assert space.clip("../" + entry.id) is None
    assert space.result(entry.id, "../../x") is None
    with pytest.raises(ValueError, match="not a clip id"):
        space.out_dir("..", KEY)


def test_two_sessions_share_nothing(tmp_path):
    one, two = new_workspace(tmp_path), new_workspace(tmp_path)
    entry = drop(one)
    assert two.clips() == ()
    assert two.clip(entry.id) is None
    assert one.token != two.token


def test_delete_leaves_nothing(tmp_path):
    space = new_workspace(tmp_path)
    entry = drop(space)
    out = space.out_dir(entry.id, KEY) / "run"
    out.mkdir(parents=True)
    (out / "analysis.json").write_text("{}")
    assert space.latest_result(entry.id) == out
    space.delete(entry.id)
    assert list((tmp_path / "sessions").iterdir()) == []
    assert space.size_bytes() == 0


def test_the_video_can_go_while_the_numbers_stay(tmp_path):
    space = new_workspace(tmp_path)
    entry = drop(space)
    out = space.out_dir(entry.id, KEY) / "run"
    out.mkdir(parents=True)
    (out / "analysis.json").write_text("{}")
    space.delete_video(entry.id)
    assert space.clip(entry.id).video == ""
    assert not list(space.folder.rglob("*.mp4"))
    assert space.latest_result(entry.id) == out


def test_a_sample_is_read_where_it_lies_and_never_deleted(tmp_path):
    sample = tmp_path / "sample.mp4"
    sample.write_bytes(b"clip")
    space = new_workspace(tmp_path / "data")
    entry = space.add_sample(sample)
    assert space.add_sample(sample).id == entry.id
    space.delete_video(entry.id)
    space.delete(entry.id)
    assert sample.read_bytes() == b"clip"


def test_a_full_disk_is_said_and_leaves_nothing(tmp_path):
    class Broken(io.BytesIO):
        def read(self, n=-1):
            raise OSError(28, "No space left on device")

    from formcheck.errors import FormcheckError

    space = new_workspace(tmp_path)
    with pytest.raises(FormcheckError) as caught:
        space.add_stream("run.mp4", Broken(), AppSettings())
    assert caught.value.code == "DISK_FULL"
    assert space.clips() == ()
    assert not list(tmp_path.rglob("*.mp4"))


def test_the_sweep_takes_old_unfinished_clips_only(tmp_path):
    space = new_workspace(tmp_path)
    kept, left = drop(space, "kept.mp4"), drop(space, "left.mp4")
    out = space.out_dir(kept.id, KEY) / "kept"
    out.mkdir(parents=True)
    (out / "analysis.json").write_text("{}")
    now = left.added_s + 100
    assert sweep_stale(tmp_path, 200, now) == 0
    assert sweep_stale(tmp_path, 50, now) == 1
    assert [e.id for e in space.clips()] == [kept.id]
    assert [w.token for w in all_workspaces(tmp_path)] == [space.token]


def test_a_damaged_entry_is_skipped(tmp_path):
    space = new_workspace(tmp_path)
    entry = drop(space)
    (space.folder / entry.id / "clip.json").write_text("{not json")
    assert space.clips() == ()
