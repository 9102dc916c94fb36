import pytest

from formcheck.assess import (
    advice,
    after_first,
    headline,
    is_about_movement,
    movement_findings,
    summary_lines,
    word_of,
    word_of_finding,
)
from formcheck.assess.cues import CUES
from formcheck.assess.placing import with_places
from formcheck.assess.texts import TEXT_TABLE, shown, shown_half
from formcheck.quality import finding
from formcheck.results import RepRecord
from tests.unit.assess.builders import analysis, clip_record, measurement

STRAIGHT = measurement("knee_flexion_at_contact", -3.0, 3.0)
UNEVEN = [
    measurement("pelvic_drop", v, 4.0, side=s, difference=(6.0, 2.0))
    for s, v in (("left", 1.0), ("right", 7.0))
]
LEANING = [
    measurement("trunk_side_lean", v, 1.0, side=s, difference=(-5.0, 1.5))
    for s, v in (("left", 5.0), ("right", 0.0))
]


def placed(*measurements, protocol="treadmill_run", speed=3.2, **clip):
    surface = clip_record(**clip).surface
    return with_places(measurements, protocol=protocol, surface=surface, belt_speed_mps=speed)


def found(*measurements, protocol="treadmill_run", speed=3.2, **clip):
    made = placed(*measurements, protocol=protocol, speed=speed, **clip)
    return movement_findings(made, clip_record(**clip), protocol)


def result(*measurements, speed=3.2, more=()):
    made = placed(*measurements, speed=speed)
    told = movement_findings(made, clip_record(), "treadmill_run")
    return analysis(made, (*told, *more))


def test_a_straight_knee_is_told_with_its_range_and_one_cue():
    (first,) = found(measurement("knee_flexion_at_contact", 2.0, 2.5))
    assert (first.code, first.severity) == ("KNEE_FLEXION_AT_CONTACT_LOW", "watch")
    assert first.message == (
        "You land with your right knee bent about 2 degrees (give or take 2). Healthy runners on "
        "the treadmills of two laboratories showed 1 to 26: you are toward the low side."
    )
    assert CUES["knee_flexion_at_contact:low"].cue in first.suggestion


def test_outside_only_with_the_whole_interval():
    assert found(measurement("pelvic_drop", 11.0, 3.0))[0].severity == "outside"
    assert found(measurement("pelvic_drop", 9.0, 3.0))[0].severity == "watch"
    assert found(measurement("pelvic_drop", 9.0, 4.0))[0].severity == "info"


def test_the_most_individual_trait_is_told_where_no_value_is_placed_to_a_side():
    made = found(
        measurement("pelvic_drop", 9.0, 4.0), measurement("cadence", 160.0, 1.0, side="both")
    )
    assert [f.code for f in made] == ["PELVIC_DROP_HIGH"]
    assert "above their average, how far is not sure" in made[0].message
    assert "Next" in made[0].suggestion


def test_an_unknown_speed_is_said_and_never_graver_than_watch():
    (first,) = found(measurement("pelvic_drop", 11.0, 3.0), speed=None)
    assert first.severity == "watch"
    assert "Your speed is not known" in first.message


def test_a_difference_between_sides_names_the_side_with_more():
    first = found(*UNEVEN)[0]
    assert (first.code, first.severity) == ("PELVIC_DROP_ASYMMETRY", "outside")
    assert "6 degrees more when your right foot is down" in first.message
    assert "within about 3 degrees of each other" in first.message
    assert "right minus left: +6" in first.clinical
    lean = found(*LEANING)[0]
    assert "toward your left leg" in lean.message


def test_a_measure_without_words_of_its_own_still_tells_its_sides_apart():
    pair = [
        measurement("step_time", v, 3.0, side=s, difference=(40.0, 8.0))
        for s, v in (("left", 330.0), ("right", 370.0))
    ]
    (first,) = found(*pair)
    assert first.message.startswith("Step time: about 40 thousandths of a second more on the right")


def test_no_sided_finding_from_a_camera_that_is_not_known_to_be_level():
    leaning = [
        m.model_copy(
            update={"asymmetry": m.asymmetry.model_copy(update={"sd_parts": {"roll": 3.0}})}
        )
        for m in LEANING
    ]
    told = found(*leaning)
    assert not [f for f in told if f.code.endswith("ASYMMETRY")]
    assert "upright edge in the picture" in told[-1].message


def test_at_most_two_findings_and_only_the_first_has_advice():
    made = found(STRAIGHT, *UNEVEN, *LEANING)
    assert len(made) == 2
    assert made[0].suggestion
    assert not made[1].suggestion
    # main measures before others
    assert {f.measure_ids[0] for f in made} == {"knee_flexion_at_contact", "pelvic_drop"}


def test_nothing_is_made_of_uncertain_values():
    uncertain = measurement("knee_flexion_at_contact", -2.0, 1.0, status="uncertain")
    assert found(uncertain) == ()
    pair = [
        measurement("pelvic_drop", 5.0, side=s, status="uncertain", difference=(9.0, 1.0))
        for s in ("left", "right")
    ]
    assert found(*pair) == ()


def test_values_in_the_middle_are_told_with_what_is_nearest_to_an_edge_and_what_to_film():
    (first,) = found(
        measurement("knee_flexion_at_contact", 17.0, 3.0),
        measurement("cadence", 169, 1, "both"),
        measurement("pelvic_drop", 4.5, 1.0),
    )
    assert (first.code, first.severity) == ("IN_THE_MIDDLE", "info")
    assert first.message.startswith(
        "Within what healthy people showed: pelvic drop, cadence, knee bend at landing. Nearest to "
        "an edge is pelvic drop."
    )
    assert "you are in the middle of them" in first.message
    assert first.suggestion.startswith("Next, film")
    assert advice(analysis([], [first])) is None


def test_without_any_reference_a_value_is_the_starting_point():
    made = found(
        measurement("landing_softness", 60.0, 8.0),
        measurement("knee_flexion_at_contact", 25.0, 4.0),
        protocol="hop_landing",
        surface="static",
    )
    assert "starting point" in made[0].message
    assert "Film the same test again" in made[0].suggestion


def test_a_count_is_no_starting_point():
    (first,) = found(measurement("rep_count", 3.0, 0.0, side="both"), protocol="hop_landing")
    assert first.message == "You did 3 complete repetitions."


def test_the_words_beside_a_finding_are_those_beside_its_value():
    for m in (
        measurement("pelvic_drop", 11.0, 3.0),
        measurement("pelvic_drop", 9.0, 3.0),
        measurement("pelvic_drop", 9.0, 4.0),
        measurement("cadence", 160.0, 1.0, side="both"),
    ):
        whole = result(m)
        (first,) = whole.findings
        assert word_of_finding(first, whole.measurements) == word_of(whole.measurements[0])
        assert headline(whole).endswith(f": {word_of(whole.measurements[0])}.")


def test_pelvic_drop_names_the_other_side():
    first = found(measurement("pelvic_drop", 7.2, 2.6))[0]
    assert first.message.startswith(
        "When your right foot is down, the left side of your pelvis drops about 7 degrees (give or "
        "take 3)."
    )


@pytest.mark.parametrize(
    ("value", "word"), [(9.0, "9 degrees inward"), (-4.0, "4 degrees outward")]
)
def test_the_squat_knee_is_inward_or_outward(value, word):
    m = measurement("squat_valgus", value, 3.0)
    first = found(m, protocol="single_leg_squat", surface="static")[0]
    assert word in first.message


def test_the_headline_is_short_and_the_rest_follows_it():
    whole = result(STRAIGHT)
    assert headline(whole) == (
        "You land with your right knee bent about -3 degrees (give or take 3): below most."
    )
    more = after_first(whole.findings[0])
    assert more.startswith("Healthy runners on the treadmills of two laboratories showed")
    assert "; grade C)" in after_first(whole.findings[0], clinical=True)


def test_without_any_value_the_headline_says_why():
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
    given = advice(result(STRAIGHT))
    assert given.cue
    assert "2 to 4 weeks" in given.expect
    assert given.drill
    assert given.source.startswith("S ")
    assert advice(result(measurement("pelvic_drop", 5.0))) is None


def test_summary_holds_values_refusals_advice_and_the_limits():
    refused = measurement("pelvic_drop", 0, status="unavailable", side="left")
    whole = result(STRAIGHT, refused)
    lines = summary_lines(whole)
    assert lines[0] == headline(whole)
    value = "Knee bend at landing, right: -3 +/- 3 degrees, n = 14 (below most)"
    assert value in lines
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


def test_every_cue_has_a_drill_a_size_of_change_and_a_source():
    for key, cue in CUES.items():
        assert key.split(":")[1] in ("low", "high", "asymmetry")
        assert all((cue.cue, cue.drill, cue.expect, cue.source)), key


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
    from formcheck.results import Measurement

    m = Measurement(
        id="rep_count", side=side, unit="count", value=value, ci95=(value, value), sd=0.0, n=1,
        status="ok",
    )  # fmt: skip
    assert [f.message for f in found(m, protocol="hop_landing")] == [words]


@pytest.mark.parametrize(
    ("low", "high", "unit", "words"),
    [(167.6, 168.2, "steps/min", "1"), (5, 13, "deg", "4"), (200, 202, "ms", "5")],
)
def test_no_give_or_take_is_told_as_nothing(low, high, unit, words):
    assert shown_half(low, high, unit) == words


def test_the_peak_of_a_lean_is_not_told_beside_its_mean():
    pair = [
        measurement(m.id + end, m.value, 1.0, side=m.side, difference=(-5.0, 1.5))
        for m in LEANING
        for end in ("", "_peak")
    ]
    told = [f for f in found(*pair) if f.code.endswith("ASYMMETRY")]
    assert len(told) == 1


def test_one_degree_is_told_in_good_english():
    m = measurement("knee_line", -1.2, 5.0)
    (first,) = found(m, protocol="hop_landing", surface="static")
    assert "about 1 degree outward" in first.message


def test_a_count_has_no_give_or_take():
    counted = measurement("rep_count", 8.0, half=0.0)
    rep = RepRecord(side="right", start_s=1.0, deepest_s=2.0, end_s=3.0)
    whole = analysis([counted], protocol="single_leg_squat").model_copy(update={"reps": (rep,)})
    lines = summary_lines(whole)
    (line,) = [x for x in lines if x.startswith("Repetitions")]
    assert line.startswith("Repetitions, right: 8 (")
