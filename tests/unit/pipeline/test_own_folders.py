"""Clips that share a name never share a result."""

import csv
from io import BytesIO
from pathlib import Path

import pytest

from formcheck.pipeline import batch
from formcheck.pipeline.batch import BatchItem, find_clips, passed_over, plan_batch
from formcheck.settings.app import AppSettings
from formcheck.store.folder import result_folder
from formcheck.ui.workspace import Workspace
from tests.unit.report.builders import analysis as made_analysis


def put(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    return path


def finish(folder, clip, digest):
    """Write the result of a clip, as far as its place depends on it."""
    made = made_analysis()
    record = made.clip.model_copy(update={"path": clip.name, "sha256": digest})
    put(folder / "analysis.json", made.model_copy(update={"clip": record}).model_dump_json())


def test_names_that_differ_in_ending_or_folder_get_folders_of_their_own(tmp_path):
    names = ("IMG_1.MOV", "IMG_1.mp4", "img_1.mp4", "p1/side.mp4", "p2/side.mp4")
    clips = tuple(put(tmp_path / "in" / n, n) for n in names)
    tasks = plan_batch(clips, tmp_path / "out", tmp_path / "in")
    assert [t.name for t in tasks] == list(names)
    folders = [str(t.folder.relative_to(tmp_path / "out")) for t in tasks]
    assert folders == ["IMG_1", "IMG_1.mp4", "img_1.mp4 (2)", "p1/side", "p2/side"]


def test_a_second_run_finds_its_own_folder_and_leaves_another_clips_alone(tmp_path):
    one, two = put(tmp_path / "p1" / "side.mp4", "one"), put(tmp_path / "p2" / "side.mp4", "two")
    out = tmp_path / "out"
    first = result_folder(one, out)
    finish(first, one, batch.file_sha256(one))
    second = result_folder(two, out)
    assert second != first
    finish(second, two, batch.file_sha256(two))
    assert (result_folder(one, out), result_folder(two, out)) == (first, second)


def test_the_table_of_a_batch_shows_each_persons_own_numbers(tmp_path):
    clips = tuple(put(tmp_path / p / "side.mp4", p) for p in ("p1", "p2"))
    items = []
    for task, n in zip(plan_batch(clips, tmp_path / "out", tmp_path), ("a", "b"), strict=True):
        finish(task.folder, task.clip, n * 64)
        items.append(BatchItem(clip=task.clip, name=task.name, status="done", folder=task.folder))
    with batch.write_batch_csv(items, tmp_path / "out").open() as file:
        rows = list(csv.DictReader(file))
    assert {r["clip"] for r in rows} == {"p1/side.mp4", "p2/side.mp4"}


def test_kinds_that_are_read_are_found_and_others_are_named(tmp_path):
    for name in ("a.mts", "b.3gp", "c.ts", "d.mpg", "e.wmv", "f.gif", "g.flv", "h.braw", "i.txt"):
        put(tmp_path / name, name)
    assert [p.name for p in find_clips(tmp_path)] == [
        "a.mts", "b.3gp", "c.ts", "d.mpg", "e.wmv", "f.gif", "g.flv",
    ]  # fmt: skip
    assert passed_over(tmp_path) == ("h.braw",)


@pytest.mark.parametrize("second", ["IMG_1.MOV", "img_1.mp4", "IMG_1.mp4"])
def test_the_app_tells_two_clips_of_one_name_apart(tmp_path, second):
    space = Workspace(tmp_path, "A" * 22)
    space.add_stream("IMG_1.mp4", BytesIO(b"one"), AppSettings())
    entry = space.add_stream(second, BytesIO(b"two"), AppSettings())
    assert Path(entry.name).stem.casefold() == "img_1 (2)"
