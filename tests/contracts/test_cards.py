"""A measure is one file: its card is all that the rest of the program knows about it."""

import re
from pathlib import Path

import numpy as np
import pytest

import formcheck
import formcheck.measures
from formcheck.cli.catalogue import markdown_table
from formcheck.keypoints import View
from formcheck.quality import finding
from formcheck.registry import MEASURES, CameraError, discover, measure, no_camera_error
from formcheck.render import wording
from formcheck.uncertainty import Blocks, MethodErrors, evaluate_trial
from tests.synthetic import running_pose, trial_of

ROOT = Path(formcheck.__file__).parent
MOST_FILES = 50
"""Files outside `measures/` that still name a measure; it may only fall."""
LONGEST_SHORT_NAME = 22

ONE_FILE = """
import numpy as np

from formcheck.data import Samples
from formcheck.keypoints import View
from formcheck.registry import CameraError, measure


@measure(
    id="made_for_a_test",
    title="Nod of the head at landing",
    short="Head nod",
    unit="deg",
    views=(View.SIDE,),
    sided=True,
    sign="positive downwards",
    how_to_film="Film from the side.",
    source="this test",
    needs=("feet",),
    camera=CameraError(roll=2.0),
    plausible=(-30.0, 30.0),
    useful_half_width=50.0,
    counted="stride",
    retest_sem=None,
    of_stance=True,
)
def made_for_a_test(trial):
    n = 10
    return Samples(sides=("left",) * n, values=np.full(n, 5.0), times_s=np.arange(float(n)))
"""


@pytest.fixture
def added(tmp_path, monkeypatch):
    """One more file in the folder of the measures."""
    (tmp_path / "made_for_a_test.py").write_text(ONE_FILE, encoding="utf-8")
    monkeypatch.setattr(MEASURES, "_items", {m.id: m for m in MEASURES.values()})
    monkeypatch.setattr(formcheck.measures, "__path__", [str(tmp_path)])
    discover("formcheck.measures")
    return "made_for_a_test"


def test_a_measure_added_by_one_file_is_listed_gated_worded_and_evaluated(added):
    assert "| Nod of the head at landing | `made_for_a_test` | deg | side |" in markdown_table()

    assert added in MEASURES.needing("feet")
    assert added in MEASURES.needing("body")
    assert added not in MEASURES.needing("shoulders")

    assert wording.short_label(added, "right") == "Head nod, right stance"
    assert wording.label_of(added, "left") == "Nod of the head at landing, left stance"
    assert wording.counted_as(added) == "stride"

    trial = trial_of(*running_pose(fps=60, duration_s=4))
    left, _ = evaluate_trial(trial, (added,), errors=MethodErrors(entries=()))
    assert (left.value, left.status) == (5.0, "ok")
    assert left.sd_parts["roll"] == pytest.approx(2.0 * trial.scene.roll_sd_deg)

    cut = finding("FEET_CUT_OFF", "stop", MEASURES.needing("feet"), share=40.0)
    stopped, _ = evaluate_trial(trial, (added,), blocks=Blocks.of((cut,)))
    assert stopped.status == "unavailable"


def test_few_files_outside_the_measures_name_one():
    named = re.compile("|".join(f"[\"']{re.escape(i)}[\"']" for i in MEASURES))
    files = [
        p.relative_to(ROOT).as_posix()
        for p in ROOT.rglob("*.py")
        if p.parent.name != "measures" and named.search(p.read_text(encoding="utf-8"))
    ]
    assert len(files) <= MOST_FILES, files


def _card(**changes):
    facts = {
        "id": "x", "title": "X", "short": "X", "unit": "deg", "views": (View.SIDE,),
        "sided": False, "sign": "+", "how_to_film": "Film.", "source": "test", "needs": (),
        "camera": no_camera_error("made up"), "plausible": (0.0, 1.0), "useful_half_width": 1.0,
        "counted": "step", "retest_sem": None,
    }  # fmt: skip
    return {k: v for k, v in (facts | changes).items() if v is not ...}


@pytest.mark.parametrize(
    "fact",
    ["needs", "camera", "plausible", "useful_half_width", "counted", "retest_sem", "short"],
)
def test_a_forgotten_fact_stops_the_import(fact):
    with pytest.raises(TypeError, match=fact):
        measure(**_card(**{fact: ...}))


@pytest.mark.parametrize(
    "changes",
    [
        {"needs": ("feets",)},
        {"plausible": (1.0, 0.0)},
        {"useful_half_width": None},
        {"unit": "count"},
        {"views": ()},
        {"not_given": "It is given, though."},
    ],
)
def test_a_card_that_contradicts_itself_stops_the_import(changes):
    with pytest.raises(ValueError, match="x"):
        measure(**_card(**changes))


def test_a_measure_that_no_camera_moves_must_say_why():
    with pytest.raises(ValueError, match="why"):
        CameraError(opposite=True)
    assert no_camera_error("a time").why == "a time"


@pytest.mark.parametrize("spec", [pytest.param(m, id=m.id) for m in MEASURES.values()])
def test_the_card_fits_its_plate_and_its_range(spec):
    assert len(spec.short) <= LONGEST_SHORT_NAME
    low, high = spec.plausible
    if spec.useful_half_width is not None:
        assert 2 * spec.useful_half_width <= high - low
    assert np.isfinite([low, high]).all()


def test_the_digest_of_the_cards_changes_with_any_fact(monkeypatch):
    before = MEASURES.sha256()
    items = {m.id: m for m in MEASURES.values()}
    one = items["cadence"]
    wider = {k: getattr(one, k) for k in type(one).__dataclass_fields__} | {
        "plausible": (99.0, 260.0)
    }
    monkeypatch.setattr(MEASURES, "_items", items | {"cadence": type(one)(**wider)})
    assert MEASURES.sha256() != before
