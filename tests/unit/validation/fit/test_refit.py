"""The order of the fits, what is written, and what is told."""

from pathlib import Path

import numpy as np
import pytest

from formcheck.fitted import Header, header, load_fitted
from formcheck.validation import __main__ as command
from formcheck.validation.fit import refit
from formcheck.validation.fit.strip_loadings import (
    MIN_CLIPS,
    Phases,
    fit_strip_loadings,
    load_prior,
)

DOCS = Path(__file__).parents[4] / "docs"


@pytest.fixture
def steps(monkeypatch):
    """Two steps: the second finds nothing, but notes the tables it was given."""
    given = []

    def first(_clips, fitted):
        old = fitted.corrections
        moved = old.shoulder_width.model_copy(update={"value": 0.7})
        return {"corrections": old.model_copy(update={"shoulder_width": moved})}

    def second(_clips, fitted):
        given.append(fitted)
        # learned on too few: the same numbers under a new header
        return {"leg_angles": fitted.leg_angles.model_copy(update={"header": Header(date="now")})}

    monkeypatch.setattr(refit, "STEPS", {"corrections": first, "leg_angles": second})
    return given


def test_a_later_step_is_given_what_the_earlier_ones_learned(steps):
    before = load_fitted()
    found = list(refit.refit(None, before))
    assert steps[0].corrections.shoulder_width.value == 0.7
    assert steps[0].sha256 != before.sha256
    assert before.corrections.shoulder_width.value != 0.7
    assert [f.new is f.old for f in found] == [False, True]


def test_one_step_alone_is_given_the_tables_as_they_are(steps):
    found = list(refit.refit(None, load_fitted(), only="leg_angles"))
    assert [f.step for f in found] == ["leg_angles"]
    assert steps[0] is load_fitted()


def test_only_what_was_learned_is_written_and_old_is_told_against_new(steps, tmp_path):
    shipped = {p.name: p.read_bytes() for p in header.FOLDER.iterdir() if p.is_file()}
    found = list(refit.refit(None, load_fitted()))
    assert [refit.write(f, tmp_path) for f in found] == [tmp_path / "corrections.json", None]
    assert [p.name for p in tmp_path.iterdir()] == ["corrections.json"]
    assert shipped == {p.name: p.read_bytes() for p in header.FOLDER.iterdir() if p.is_file()}
    words = "\n".join(refit.told(f) for f in found)
    assert "shoulder_width.value: 0.66 -> 0.7" in words
    assert "leg_angles.json: as it was" in words


def test_a_dry_run_writes_nothing(steps, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(command.FitClips, "of", lambda *_: None)
    words = ["refit", str(tmp_path), "--out", str(tmp_path)]
    assert command.main([*words, "--dry-run"]) == 0
    assert list(tmp_path.iterdir()) == []
    assert "0.66 -> 0.7" in capsys.readouterr().out
    assert command.main(words) == 0
    assert [p.name for p in tmp_path.iterdir()] == ["corrections.json"]


def test_a_folder_without_clips_is_refused(tmp_path, capsys):
    assert command.main(["refit", str(tmp_path)]) == 1
    assert "holds no clip" in capsys.readouterr().err


def test_every_table_but_the_seeds_has_a_step():
    tables = vars(load_fitted())
    made = {*refit.STEPS, "left_out"}
    assert made == set(tables) - {"seeds", "sha256", "errors"}


def test_the_page_tells_the_steps_in_order_and_every_table():
    page = (DOCS / "learned_numbers.md").read_text("utf-8")
    places = [page.index(f"`{name}`") for name in refit.STEPS]
    assert places == sorted(places)
    assert "python -m formcheck.validation refit FIT_DIR" in page
    for table in vars(load_fitted()).values():
        if isinstance(table, header.Table):
            assert table.FILE in page


def clips(n, loadings, rng):
    """Clips whose features answer to random drivers by `loadings`."""
    out = []
    for _ in range(n):
        moved = rng.normal(0, 10, (40, 7))
        seen = moved @ loadings.T + rng.normal(0, 0.1, (40, len(loadings)))
        seen[:, 3] = np.nan
        out.append(Phases(drivers=moved, seen=seen))
    return out


def test_loadings_are_found_again_and_one_that_was_never_seen_stays():
    old, prior = load_fitted().strip_loadings, load_prior()
    before = np.array([f.loadings for f in prior.rear])
    true = before + np.random.default_rng(1).normal(0, 0.1, before.shape)
    found = fit_strip_loadings(clips(12, true, np.random.default_rng(2)), old, prior, Header())
    after = np.array([f.loadings for f in found.rear])
    seen = np.arange(len(before)) != 3
    # a phase average counts as six values: the prior still pulls a little
    assert np.abs(after - true)[seen].max() < 0.25 * np.abs(before - true)[seen].max()
    assert found.rear[3] == old.rear[3]


def test_few_clips_leave_the_loadings_as_they_are():
    old, prior = load_fitted().strip_loadings, load_prior()
    before = np.array([f.loadings for f in prior.rear])
    few = clips(MIN_CLIPS - 1, before + 0.1, np.random.default_rng(3))
    assert fit_strip_loadings(few, old, prior, Header()) is old


def test_the_prior_has_the_features_of_the_table_and_lies_near_it():
    old, prior = load_fitted().strip_loadings, load_prior()
    assert [(f.kind, f.strip) for f in prior.rear] == [(f.kind, f.strip) for f in old.rear]
    oblique = [(a.loadings[0], b.loadings[0]) for a, b in zip(prior.rear, old.rear, strict=True)]
    # what clips taught beyond geometry is small for the pelvis' tilt
    assert max(abs(a - b) for a, b in oblique) < 0.1
