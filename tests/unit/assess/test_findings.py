import pytest

from formcheck.assess import advice, headline, is_about_movement, movement_findings, summary_lines
from formcheck.assess.texts import MOVEMENT_TEXTS, TEXT_TABLE, shown, shown_half
from formcheck.quality import finding
from formcheck.registry import MEASURES
from tests.unit.assess.builders import analysis, clip_record, measurement

STRAIGHT = measurement("knee_flexion_at_contact", 4.0, 3.0)
UNEVEN = [
    measurement("pelvic_drop", v, 2.0, side=s, difference=(6.0, 2.0))
    for s, v in (("left", 3.0), ("right", 9.0))
]
LEANING = [
    measurement("trunk_side_lean", v, 1.0, side=s, difference=(-7.0, 2.0))
    for s, v in (("left", 8.0), ("right", 1.0))
]


def found(*measurements, **clip):
    return movement_findings(measurements, clip_record(**clip))


def test_a_straight_knee_outside_the_range_is_told_with_its_range_and_one_cue():
    (first,) = found(STRAIGHT)
    assert (first.code, first.severity) == ("KNEE_FLEXION_AT_CONTACT_LOW", "outside")
    assert first.message == (
        "You land with your right knee bent about 4 degrees (give or take 3). In one study most "
        "runners landed with 10 to 26."
    )
    assert MOVEMENT_TEXTS["knee_flexion_at_contact:low"].cue in first.suggestion


def test_a_value_beyond_a_limit_whose_interval_straddles_it_is_watch():
    (first,) = found(measurement("knee_flexion_at_contact", 9.0, 3.0))
    assert first.severity == "watch"


def test_a_value_inside_the_range_is_no_finding_even_if_its_interval_straddles():
    (first,) = found(measurement("knee_flexion_at_contact", 11.0, 3.0))
    assert first.severity == "info"


def test_context_measures_are_never_a_finding():
    made = found(
        measurement("contact_time", 200.0, 5.0),
        measurement("speed", 2.7, 0.1, side="both"),
    )
    assert made == ()


def test_a_difference_between_sides_names_the_side_with_more():
    (first,) = found(*UNEVEN)
    assert first.code == "PELVIC_DROP_ASYMMETRY"
    assert "6 degrees more when your right foot is down" in first.message
    assert "right minus left: +6" in first.clinical
    (lean,) = found(*LEANING)
    assert "toward your left leg" in lean.message


def test_at_most_two_findings_and_only_the_first_has_advice():
    made = found(STRAIGHT, *UNEVEN, *LEANING)
    assert len(made) == 2
    assert made[0].suggestion
    assert not made[1].suggestion
    # main measures before others
    assert {f.measure_ids[0] for f in made} == {"knee_flexion_at_contact", "pelvic_drop"}


def test_nothing_is_made_of_uncertain_values():
    uncertain = measurement("knee_flexion_at_contact", 2.0, 1.0, status="uncertain")
    assert found(uncertain) == ()
    pair = [
        measurement("pelvic_drop", 5.0, side=s, status="uncertain", difference=(9.0, 1.0))
        for s in ("left", "right")
    ]
    assert found(*pair) == ()


def test_usual_values_are_told_as_they_are_without_advice():
    made = found(
        measurement("knee_flexion_at_contact", 17.0, 3.0), measurement("cadence", 171, 1, "both")
    )
    assert [f.severity for f in made] == ["info", "info"]
    assert made[0].message == (
        "You land with your right knee bent about 17 degrees (give or take 3)."
    )
    assert not any(f.suggestion for f in made)


def test_pelvic_drop_names_the_other_side():
    (first,) = found(measurement("pelvic_drop", 7.2, 2.6))
    assert first.message == (
        "When your right foot is down, the left side of your pelvis drops about 7 degrees (give or "
        "take 3)."
    )


@pytest.mark.parametrize(
    ("value", "word"), [(9.0, "9 degrees inward"), (-4.0, "4 degrees outward")]
)
def test_the_squat_knee_is_inward_or_outward(value, word):
    (first,) = found(measurement("squat_valgus", value, 3.0))
    assert word in first.message


def test_headline_tells_the_gravest_thing_or_that_nothing_stands_out():
    made = found(STRAIGHT)
    assert headline(analysis([STRAIGHT], made)) == made[0].message
    calm = analysis([measurement("step_time", 350.0, 5.0)])
    assert "Nothing stands out" in headline(calm)
    stop = finding("FEET_CUT_OFF", "stop", ("cadence",), share=50.0)
    empty = analysis([measurement("cadence", 0, status="unavailable", side="both")], [stop])
    assert headline(empty).startswith("This clip could not be measured. Your feet leave")


def test_a_clip_with_uncertain_values_only_says_so_and_what_to_do():
    rough = measurement("knee_range", 80.0, status="uncertain")
    low = finding("FPS_LOW", "watch", (), fps=30.0, frame_ms=33.0)
    assert headline(analysis([rough], [low])) == (
        "This clip gives rough values only, shown without a verdict. Switch your camera to 60 "
        "frames per second."
    )


def test_findings_about_the_clip_are_told_apart():
    stop = finding("FEET_CUT_OFF", "stop", (), share=50.0)
    assert not is_about_movement(stop)
    assert is_about_movement(found(STRAIGHT)[0])


def test_advice_is_one_cue_one_drill_with_its_source():
    given = advice(analysis([STRAIGHT], found(STRAIGHT)))
    assert given.cue
    assert given.drill
    assert given.source.startswith("S ")
    assert advice(analysis([], found(measurement("pelvic_drop", 7.0)))) is None


def test_summary_holds_values_refusals_advice_and_the_limits():
    refused = measurement("pelvic_drop", 0, status="unavailable", side="left")
    lines = summary_lines(analysis([STRAIGHT, refused], found(STRAIGHT)))
    assert lines[0] == found(STRAIGHT)[0].message
    assert any("Knee bend at landing, right: 4 +/- 3 degrees, n = 14" in x for x in lines)
    assert any("Pelvic drop, left: not measured. Film from behind." in x for x in lines)
    both = [refused, refused.model_copy(update={"side": "right"})]
    assert "Pelvic drop: not measured. Film from behind." in summary_lines(analysis(both))
    assert any(x.startswith("Try: ") for x in lines)
    assert "one camera" in lines[-1]


def test_values_are_rounded_as_far_as_they_carry():
    assert shown(16.6, "deg") == "17"
    assert shown(-0.3, "deg") == "0"
    assert shown(253.0, "ms") == "255"
    assert shown(2.84, "m/s") == "2.8"


def test_every_cue_and_drill_has_a_source():
    for key, text in MOVEMENT_TEXTS.items():
        assert key.split(":")[0] in MEASURES
        assert bool(text.cue or text.drill) == bool(text.source), key


def test_texts_of_findings_stay_under_two_sentences_of_advice():
    assert all(len(c.suggestion.split()) < 45 for c in TEXT_TABLE.values())


@pytest.mark.parametrize(
    ("side", "value", "words"),
    [
        ("both", 3.0, "You did 3 complete repetitions."),
        ("left", 1.0, "You did 1 complete repetition on the left leg."),
    ],
)
def test_repetitions_are_told_in_good_english(side, value, words):
    from formcheck.assess.findings import _told_values
    from formcheck.results import Measurement

    m = Measurement(
        id="rep_count", side=side, unit="count", value=value, ci95=(value, value), sd=0.0, n=1,
        status="ok",
    )  # fmt: skip
    assert [f.message for f in _told_values([m])] == [words]


@pytest.mark.parametrize(
    ("low", "high", "unit", "words"),
    [(167.6, 168.2, "steps/min", "1"), (5, 13, "deg", "4"), (200, 202, "ms", "5")],
)
def test_no_give_or_take_is_told_as_nothing(low, high, unit, words):
    assert shown_half(low, high, unit) == words
