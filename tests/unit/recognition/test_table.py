"""The learned table is whole, readable, and says how it does on sources left out."""

import os
from pathlib import Path

import numpy as np
import pytest

from formcheck.data import Scene
from formcheck.fitted.recognition import load_recognition
from formcheck.keypoints import View
from formcheck.recognition.model import tree_from, tree_lines
from formcheck.recognition.recognise import forest_of, limits_of, recognise
from formcheck.registry import PROTOCOLS
from formcheck.validation.filmed import filmed_in, sources_joined
from formcheck.validation.forest import Examples, grown
from formcheck.validation.recognition import kind_of_protocol, verdict
from formcheck.validation.stick_people import person
from tests.synthetic import Camera, running_pose, squat_pose

SHARED = Path(__file__).parents[4] / "shared"
STANDING = Scene(view=View.SIDE, facing="right", surface="static")
REAL = [SHARED / "real", SHARED / "clips"]


def test_the_table_says_where_it_comes_from():
    header = load_recognition().header
    assert {"command", "commit", "date", "pose_model_sha256", "clips", "sources", "split"} <= set(
        header
    )
    assert len(header["clips"]) > 50


def test_every_test_is_among_the_kinds():
    kinds = set(load_recognition().kinds)
    assert {kind_of_protocol(p) for p in PROTOCOLS} <= kinds


def test_trees_are_written_and_read_without_loss():
    table = load_recognition()
    for lines in table.trees[:3]:
        tree = tree_from(list(lines), table.features, table.kinds)
        again = tree_from(
            tree_lines(tree, table.features, table.kinds), table.features, table.kinds
        )
        assert np.array_equal(tree.feature, again.feature)
        assert np.allclose(tree.shares, again.shares, atol=0.01)


def test_a_forest_learns_what_is_there_and_not_what_is_not():
    rng = np.random.default_rng(1)
    x = rng.normal(0, 1, (300, 4))
    kind = (x[:, 2] > 0).astype(int)
    forest = grown(Examples(x=x, kind=kind, weight=np.ones(300)), tuple("abcd"), ("no", "yes"))
    names = dict(zip("abcd", (0.0, 0.0, 2.0, 0.0), strict=True))
    assert forest.probabilities(names)[1] > 0.6
    assert forest.probabilities(names | {"c": -2.0})[1] < 0.4
    shuffled = grown(
        Examples(x=x, kind=rng.permutation(kind), weight=np.ones(300)), tuple("abcd"), ("no", "yes")
    )
    assert abs(shuffled.probabilities(names)[1] - 0.5) < 0.35


def test_known_movements_are_recognised():
    run, running = running_pose(view="side", facing="right", duration_s=6.0)
    camera = Camera(view="side")
    squat, squatting = squat_pose(stance="both", reps=(90.0,) * 3, camera=camera)
    assert recognise(run, running.scene).is_run
    assert recognise(squat, squatting.scene).kind == "double_squat"


def test_stick_people_that_were_not_learned_from_are_recognised():
    kinds = (
        "double_squat",
        "hip_hinge",
        "single_leg_bridge",
        "side_lying_abduction",
        "run",
        "none_floor",
    )
    told = [(k, recognise(person(k, seed), STANDING)) for k in kinds for seed in range(500, 504)]
    right = [said.kind == k for k, said in told]
    assert np.mean(right) > 0.8
    silently_wrong = [said.outcome == "sure" and said.kind != k for k, said in told]
    assert np.mean(silently_wrong) < 0.1


@pytest.mark.skipif(not REAL[0].exists(), reason="the real clips are not here")
def test_left_out_sources_are_right_asked_or_refused():
    import json

    from formcheck.validation.filmed import LABELS, kind_of

    table = load_recognition()
    labels = {
        name: label
        for folder in REAL
        for name, label in json.loads((folder / LABELS).read_text("utf-8")).items()
        if isinstance(label, dict)
    }
    first = {n: max(p, key=p.get) for n, p in table.left_out.items()}
    known = {n: kind_of(n, label) for n, label in labels.items() if n in first}
    right = [first[n] == kind for n, kind in known.items() if kind]
    assert np.mean(right) > 0.65


@pytest.mark.slow
@pytest.mark.skipif(not REAL[0].exists(), reason="the real clips are not here")
def test_real_clips_are_told_by_trees_that_never_saw_them(tmp_path, monkeypatch):
    """A forest is grown anew without three sources and tells their clips as the table says."""
    from formcheck.validation.recognition import learned, mean_probabilities, stick_people

    wanted = {
        "bridge_double_side_am",
        "squat2_bar_side_rx",
        "neg_pushup_side_jl",
        "walk_side_right_al",
    }
    cache = os.environ.get("FORMCHECK_TEST_CACHE")
    clips = sources_joined(filmed_in(REAL[0], Path(cache) if cache else tmp_path, only=wanted))
    assert len(clips) == len(wanted)
    forest = learned([], stick_people(15), n_trees=30)
    limits = limits_of(load_recognition())
    told = [verdict(c, mean_probabilities(forest, c.looks), limits)[1] for c in clips]
    assert "wrong" not in told


def test_the_shipped_forest_has_every_feature():
    table = load_recognition()
    forest = forest_of(table)
    used = {forest.features[k] for t in forest.trees for k in t.feature if k >= 0}
    assert used <= set(table.features)
