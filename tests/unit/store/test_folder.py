import errno
import os
import time

import pytest

from formcheck.errors import FormcheckError
from formcheck.store import ResultFolder, is_result_folder

OURS = '{"schema_version": "1.0", "versions": {"formcheck": "0.1.0"}}'


def fill(folder, word):
    (folder / "analysis.json").write_text(OURS)
    (folder / "report.html").write_text(word)
    (folder / "frames").mkdir()
    (folder / "frames" / f"{word}.png").touch()


def names(folder):
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*"))


def test_the_folder_appears_whole_at_the_end(tmp_path):
    out = tmp_path / "deep" / "run [1]"
    with ResultFolder(out) as part:
        fill(part, "new")
        assert not out.exists()
        assert part.parent == out.parent
        assert part.name.startswith(".")
    assert names(tmp_path / "deep") == [
        "run [1]", "run [1]/analysis.json", "run [1]/frames", "run [1]/frames/new.png",
        "run [1]/report.html",
    ]  # fmt: skip
    assert is_result_folder(out)


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt])
def test_failure_or_a_stop_key_leaves_nothing(tmp_path, error):
    with pytest.raises(error), ResultFolder(tmp_path / "run") as part:
        fill(part, "half")
        raise error
    assert names(tmp_path) == []


def test_an_older_result_is_replaced_and_foreign_files_in_it_are_kept(tmp_path):
    out = tmp_path / "run"
    with ResultFolder(out) as part:
        fill(part, "old")
    (out / "my notes.txt").write_text("knee hurts")
    with ResultFolder(out) as part:
        fill(part, "new")
        assert (out / "report.html").read_text() == "old"
    assert (out / "report.html").read_text() == "new"
    assert (out / "my notes.txt").read_text() == "knee hurts"
    assert names(tmp_path) == [
        "run", "run/analysis.json", "run/frames", "run/frames/new.png", "run/my notes.txt",
        "run/report.html",
    ]  # fmt: skip


def test_failure_keeps_the_older_result(tmp_path):
    out = tmp_path / "run"
    with ResultFolder(out) as part:
        fill(part, "old")
    before = names(tmp_path)
    with pytest.raises(RuntimeError), ResultFolder(out) as part:
        fill(part, "new")
        raise RuntimeError
    assert names(tmp_path) == before
    assert (out / "report.html").read_text() == "old"


def test_a_failed_swap_puts_the_older_result_back(tmp_path, monkeypatch):
    out = tmp_path / "run"
    with ResultFolder(out) as part:
        fill(part, "old")
    (out / "notes.txt").touch()
    before = names(tmp_path)
    rename = type(out).rename

    def failing(self, target):
        if self.name.endswith(".part") and target == out and (self / "frames/new.png").exists():
            raise OSError(errno.ENOSPC, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(type(out), "rename", failing)
    with pytest.raises(FormcheckError, match="DISK_FULL"), ResultFolder(out) as part:
        fill(part, "new")
    assert names(tmp_path) == before


def test_a_folder_with_other_things_is_never_touched(tmp_path):
    out = tmp_path / "holiday"
    out.mkdir()
    (out / "beach.jpg").touch()
    (out / "analysis.json").write_text('{"of": "something else"}')
    with (
        pytest.raises(FormcheckError, match="OUTPUT_NOT_WRITABLE") as caught,
        ResultFolder(out),
    ):
        pytest.fail("must be refused before any work")
    assert "--out" in caught.value.hint
    assert names(tmp_path) == ["holiday", "holiday/analysis.json", "holiday/beach.jpg"]


def test_files_put_there_meanwhile_are_not_lost(tmp_path):
    out = tmp_path / "run"
    with pytest.raises(FormcheckError, match="OUTPUT_NOT_WRITABLE"), ResultFolder(out) as part:
        fill(part, "new")
        out.mkdir()
        (out / "beach.jpg").touch()
    assert names(tmp_path) == ["run", "run/beach.jpg"]


def test_an_empty_folder_may_be_used(tmp_path):
    out = tmp_path / "run"
    out.mkdir()
    with ResultFolder(out) as part:
        fill(part, "new")
    assert is_result_folder(out)
    assert [p.name for p in tmp_path.iterdir()] == ["run"]


def test_a_file_in_the_way_or_above_is_told(tmp_path):
    (tmp_path / "file").touch()
    for out in (tmp_path / "file", tmp_path / "file" / "run"):
        with pytest.raises(FormcheckError, match="OUTPUT_NOT_WRITABLE"), ResultFolder(out):
            pass


def test_a_full_disk_inside_is_told_in_plain_words(tmp_path):
    with pytest.raises(FormcheckError, match="DISK_FULL"), ResultFolder(tmp_path / "run"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert names(tmp_path) == []


def test_an_error_about_another_file_is_not_blamed_on_the_folder(tmp_path):
    with pytest.raises(FileNotFoundError), ResultFolder(tmp_path / "run"):
        (tmp_path / "input.txt").read_text()


def test_what_a_killed_run_left_is_swept_after_a_day(tmp_path):
    old, fresh, other = (
        tmp_path / n for n in (".run.0001.part", ".run.0002.part", ".walk.0003.part")
    )
    for left in (old, fresh, other):
        left.mkdir()
        (left / "report.html").touch()
    long_ago = time.time() - 2 * 24 * 3600
    os.utime(old, (long_ago, long_ago))
    os.utime(other, (long_ago, long_ago))
    with ResultFolder(tmp_path / "run") as part:
        fill(part, "new")
    assert sorted(p.name for p in tmp_path.iterdir()) == [fresh.name, other.name, "run"]
