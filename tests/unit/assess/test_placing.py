import itertools
import re

import pytest

from formcheck.assess.lookup import Circumstances, reference_for
from formcheck.assess.placing import place, trait_of, verdict_of, with_places, word_of
from formcheck.assess.references import REFERENCES
from formcheck.assess.seen import MOVEMENT_TEXTS
from formcheck.assess.telling import compared, told
from formcheck.registry import MEASURES
from formcheck.results import ReferenceRecord
from tests.contracts.test_words import FORBIDDEN
from tests.unit.assess.builders import measurement

RUN = Circumstances(protocol="treadmill_run", surface="treadmill", speed_mps=3.2)
DROP = reference_for("pelvic_drop", RUN)
LEAN = reference_for("trunk_side_lean", RUN)
KNEE = reference_for("knee_flexion_at_contact", RUN)


def placed(*measurements, speed=3.2, protocol="treadmill_run", surface="treadmill", **kw):
    return with_places(measurements, protocol=protocol, surface=surface, belt_speed_mps=speed, **kw)


@pytest.mark.parametrize(
    ("value", "half", "where"),
    [
        (4.0, 1.5, "middle"),
        (4.0, 3.0, None),  # wider than one SD: the middle is not certain
        (6.0, 1.5, "high_side"),  # past mean + 1 SD and no wider than one SD
        (6.0, 3.0, None),
        (7.0, 1.0, "high_side"),
        (9.0, 2.5, "high_side"),  # the whole interval past mean + 1 SD
        (9.0, 4.0, None),  # reaches below it and is wider than one SD
        (10.0, 2.0, "beyond"),  # the whole interval beyond mean + 2 SD
        (-2.0, 1.0, "beyond"),
    ],
)
def test_places_of_the_pelvic_drop(value, half, where):
    assert place(measurement("pelvic_drop", value, half), DROP) == where


@pytest.mark.parametrize(
    ("value", "half", "where"),
    [(2.0, 3.0, "middle"), (6.5, 0.5, "middle"), (7.0, 1.0, None), (12.0, 3.0, "beyond")],
)
def test_a_lean_is_told_only_beyond_and_as_about(value, half, where):
    (m,) = placed(measurement("trunk_side_lean", value, half))
    assert (m.placed, m.reference.about) == (where, "definition")
    if where == "beyond":
        assert word_of(m) == "roughly above most"
        assert verdict_of(m) == "watch"


@pytest.mark.parametrize(
    ("value", "half", "where"),
    [(10.0, 5.0, "middle"), (8.0, 5.0, "middle"), (4.0, 1.0, "low_side"), (-3.0, 2.0, "beyond")],
)
def test_straighter_than_most_only_below_five_degrees(value, half, where):
    assert place(measurement("knee_flexion_at_contact", value, half), KNEE) == where


def test_uncertain_values_have_no_place():
    m = measurement("pelvic_drop", 12.0, 1.0, status="uncertain")
    assert place(m, DROP) is None
    assert trait_of(placed(m)[0]) == 0.0
    assert word_of(placed(m)[0]) == "uncertain"


def test_what_the_camera_alone_could_do_has_no_place():
    turned = measurement("pelvic_drop", 14.0, 5.0, sd_parts={"view": 2.5})
    assert place(turned, DROP) is None
    level = measurement("pelvic_drop", 14.0, 5.0, sd_parts={"view": 0.5})
    assert place(level, DROP) == "beyond"


def test_an_unknown_speed_places_only_roughly():
    (known,) = placed(measurement("pelvic_drop", 10.0, 2.0))
    (unknown,) = placed(measurement("pelvic_drop", 10.0, 2.0), speed=None)
    assert (verdict_of(known), word_of(known)) == ("outside", "above most")
    assert (verdict_of(unknown), word_of(unknown)) == ("watch", "roughly above most")
    assert "speed is not known" in compared(unknown)
    assert "speed" not in compared(known)


def test_the_measured_speed_counts_where_none_was_told():
    speed = measurement("speed", 5.0, 0.1, side="both")
    drop, _ = placed(measurement("pelvic_drop", 10.0), speed, speed=None)
    assert drop.reference is None


def test_a_trait_leaves_the_mean_out_and_is_one_sd_away():
    assert trait_of(placed(measurement("pelvic_drop", 8.0, 3.0))[0]) == pytest.approx(4.3 / 1.9)
    assert trait_of(placed(measurement("pelvic_drop", 8.0, 5.0))[0]) == 0.0
    assert trait_of(placed(measurement("pelvic_drop", 5.0, 1.0))[0]) == 0.0


def test_the_same_words_are_told_of_a_lower_part_in_a_sentence_and_beside_a_value():
    (m,) = placed(measurement("cadence", 160.0, 1.0, side="both"), speed=3.0)
    assert word_of(m) == "in the lower part of the range"
    assert "in the lower part" in compared(m)


ROWS = [r for r in REFERENCES if r.measure_id in MEASURES]


@pytest.mark.parametrize(
    ("about", "status"), list(itertools.product(("", "speed", "definition"), ("ok", "uncertain")))
)
@pytest.mark.parametrize("where", ["middle", "low_side", "high_side", "beyond", None])
@pytest.mark.parametrize("row", ROWS, ids=[f"{r.measure_id}-{k}" for k, r in enumerate(ROWS)])
def test_every_reference_place_and_sureness_has_a_sentence(row, where, about, status):
    for value in (-9.0, 2.0, 30.0, 400.0):
        _has_sentences(row, where, about, status, value)


def _has_sentences(row, where, about, status, value):
    record = ReferenceRecord(
        low=row.low, high=row.high, low_side=row.low_side, high_side=row.high_side, mean=row.mean,
        sd=row.sd, source=row.source, grade=row.grade, who=row.who, about=about,
    )  # fmt: skip
    m = measurement(row.measure_id, value, 2.0, status=status)
    m = m.model_copy(update={"reference": record, "placed": where if status == "ok" else None})
    words = told(m)
    for text in (words.runner, words.clinical, compared(m), word_of(m)):
        assert text
        assert "{" not in text
        assert "None" not in text
        assert FORBIDDEN.search(text) is None
        assert not re.search(r"\bS \d|normal", text)
    assert words.runner.endswith(".")
    assert words.clinical.endswith(".")
    assert len(words.runner.split()) < 75


def test_every_measure_with_a_reference_has_words_of_its_own():
    assert not {r.measure_id for r in REFERENCES} - {k.split(":")[0] for k in MOVEMENT_TEXTS}
