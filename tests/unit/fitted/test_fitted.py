"""The learned tables: read, told apart by their digest, and part of what makes a result old."""

import dataclasses
import json
import shutil

import pytest

from formcheck import fitted
from formcheck.files import file_sha256
from formcheck.fitted import header, load_fitted
from formcheck.pipeline.batch import is_done, plan_batch
from formcheck.pipeline.measure import settings_digest
from formcheck.settings import AnalyzeOptions, Settings
from formcheck.settings.surface import SurfaceSettings
from formcheck.store import write_analysis
from tests.unit.assess import builders

TABLES = sorted(path.name for path in header.FOLDER.glob("*.json"))


@pytest.fixture
def folder(tmp_path, monkeypatch):
    copy = tmp_path / "fitted"
    shutil.copytree(header.FOLDER, copy, ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    monkeypatch.setattr(header, "FOLDER", copy)
    return copy


def altered(path, to):
    """Write the table with its first number moved, elsewhere: a folder is read only once."""
    shutil.copytree(path.parent, to)
    value = json.loads(path.read_text())

    def move(part):
        pairs = part.items() if isinstance(part, dict) else enumerate(part)
        for key, found in list(pairs):
            if isinstance(found, (dict, list)):
                if move(found):
                    return True
            elif isinstance(found, float):
                part[key] = found + 0.125
                return True
        return False

    assert move({k: v for k, v in value.items() if k != "header"})
    (to / path.name).write_text(json.dumps(value))
    return to


@pytest.mark.parametrize("name", TABLES)
def test_an_altered_table_changes_the_digest_and_a_result_is_no_longer_done(
    name, folder, tmp_path, monkeypatch
):
    clip = tmp_path / "run.mp4"
    clip.write_bytes(b"a clip")
    before, options = fitted.digest(), AnalyzeOptions()
    analysis = builders.analysis()
    versions = analysis.versions.model_copy(
        update={"settings_sha256": settings_digest(Settings(), options)}
    )
    record = analysis.clip.model_copy(update={"sha256": file_sha256(clip)})
    (task,) = plan_batch((clip,), tmp_path)
    target = task.folder
    target.mkdir()
    write_analysis(analysis.model_copy(update={"versions": versions, "clip": record}), target)
    assert is_done(task, options)
    monkeypatch.setattr(header, "FOLDER", altered(folder / name, tmp_path / "altered"))
    assert fitted.digest() != before
    assert load_fitted().sha256 == fitted.digest()
    assert not is_done(task, options)


def test_every_table_says_where_it_comes_from():
    tables = load_fitted()
    for field in dataclasses.fields(tables):
        table = getattr(tables, field.name)
        if isinstance(table, fitted.Table):
            assert table.header.date, table.FILE
            assert table.header.split in (None, "fit"), table.FILE
            assert (table.header.command is None) == (table.FILE == "seeds.json")


def test_a_table_is_read_back_as_it_was_written(tmp_path):
    tables = load_fitted()
    for table in (tables.contact_times, tables.leg_angles, tables.seeds, tables.strip_loadings):
        path = table.write(tmp_path)
        assert type(table).load(tmp_path) == table
        assert path.read_text() == (header.FOLDER / table.FILE).read_text()


def test_strips_of_the_loadings_exist():
    n = SurfaceSettings().n_strips
    assert all(f.strip < n for f in load_fitted().strip_loadings.rear)


def test_a_changed_table_is_told_by_another_digest():
    tables = load_fitted()
    other = tables.changed(seeds=tables.seeds.model_copy(update={"entries": ()}))
    assert other.sha256 != tables.sha256
    assert other.changed(leg_angles=tables.leg_angles).sha256 != other.sha256
