"""Parts of pages that can be known without a browser: marks, strips, texts, time left."""

import base64
import itertools
import json
import re
import types
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.assess.change import compare_analyses
from formcheck.errors import FormcheckError
from formcheck.jobs import JobView
from formcheck.results import KeyFrame
from formcheck.settings.app import AppSettings
from formcheck.ui import (
    chips,
    clipcheck,
    compare,
    drawings,
    film,
    numbers,
    pair,
    player,
    results,
    rows,
    symptoms,
    testcards,
    text,
    together,
    working,
)
from formcheck.ui.reading import Reader
from formcheck.ui.state import SymptomNotes
from tests.app import recorded

STAGES = ("Reading", "Finding you", "Finding steps", "Measuring", "Drawing", "Writing")


def view(**more):
    values = {"key": "k", "state": "running", "stage": "Finding you", "stages_seen": ("Reading",)}
    return JobView(**(values | more))


def test_every_chip_has_a_shape_and_a_word():
    marks = list(chips.COLOURS)
    shapes = {m: chips.icon(m) for m in marks}
    for mark in marks:
        made = chips.chip(mark, "word")
        assert "<img" in made
        assert ">word<" in made
    pairs = (("usual", "watch"), ("watch", "outside"), ("usual", "outside"), ("ok", "none"))
    assert all(shapes[a] != shapes[b] for a, b in pairs)


def test_names_from_outside_are_escaped():
    bad = "<script>alert('x')</script>.mp4"
    assert "<script" not in text.esc(bad)
    assert "<script" not in chips.chip("ok", bad)
    assert "<script" not in chips.line("ok", "Good:", bad)
    assert "<img" not in text.plain("![x](http://example.org/a.png) <img src=x>").replace("\\<", "")


@given(st.text(max_size=80))
def test_plain_text_keeps_every_letter_and_no_live_markdown(words):
    made = text.plain(words)
    assert re.sub(r"\\(.)", r"\1", made) == " ".join(words.split())
    assert not re.search(r"(?<!\\)[\[\]<>*_`$]", made.replace("\\\\", ""))


def test_time_left_counts_the_later_steps_too():
    chosen = AppSettings(stage_shares={"a": 1.0, "b": 1.0})
    half = view(stage="a", done=5, total=10, stage_s=10.0)
    assert working.left_s(half, chosen) == 10.0 + 20.0
    assert working.share_done(half, chosen) == 0.25
    assert working.left_text(half, chosen).startswith("About 30 seconds left")
    assert working.left_s(view(stage="a", done=0, total=10, stage_s=10.0), chosen) is None
    assert working.left_s(view(stage="a", done=1, total=10, stage_s=0.5), chosen) is None
    assert working.left_s(view(stage="a", done=16, total=570, stage_s=9.0), chosen) is None


def test_a_queued_clip_says_how_many_are_before_it():
    assert "one clip before" in working.left_text(view(state="queued", ahead=1), AppSettings())
    assert "3 clips before" in working.left_text(view(state="queued", ahead=3), AppSettings())


def test_steps_are_told_in_words_not_only_by_marks():
    made = working.steps_html(view(done=120, total=450), STAGES)
    assert "Reading: done" in made
    assert "Finding you (frame 120 of 450)" in made
    assert made.count('aria-current="step"') == 1


def _svg(html):
    return base64.b64decode(re.search(r"base64,([^\"]+)", html).group(1)).decode()


def test_a_strip_shows_every_step_and_says_itself_in_words():
    m = recorded.measurement("pelvic_drop", "left", 5.0)
    axis = rows.axis_of([m], (None, 6.0))
    made = rows.strip(m, axis, (None, 6.0), "watch", "Pelvic drop left: 5")
    svg = _svg(made)
    assert svg.count("<circle") == m.n
    assert 'alt="Pelvic drop left: 5"' in made
    assert chips.COLOURS["watch"][0] in svg
    xs = [float(x) for x in re.findall(r'cx="([\d.]+)"', svg)]
    assert all(rows.PAD <= x <= rows.WIDTH - rows.PAD for x in xs)


@given(st.floats(-1e4, 1e4), st.floats(1e-3, 1e4))
def test_the_axis_carries_a_few_round_numbers(low, span):
    axis = rows.Axis(low, low + span)
    found = rows.ticks(axis)
    assert 2 <= len(found) <= 7
    gaps = {round(b - a, 6) for a, b in itertools.pairwise(found)}
    assert max(gaps) - min(gaps) < 1e-3 * span + 1e-5


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=20))
def test_the_axis_holds_every_value(values):
    m = recorded.measurement("pelvic_drop", "left", values[0], 1.0)
    m = m.model_copy(update={"per_step": tuple(values)})
    axis = rows.axis_of([m], (None, None))
    assert axis.low < axis.high
    assert all(axis.low <= v <= axis.high for v in values)
    assert all(rows.PAD - 1e-6 <= axis.x(v) <= rows.WIDTH - rows.PAD + 1e-6 for v in values)


def test_uncertain_values_are_grey_and_say_why():
    a = recorded.analysis()
    made = numbers.block(Reader(a), "trunk_rotation", [a.find("trunk_rotation")])
    assert "fc-unsure" in made
    assert "rough proxy" in made
    assert chips.COLOURS["none"][0] in _svg(made)


def test_what_is_missing_is_told_once_per_reason():
    a = recorded.analysis()
    made = numbers.missing_lines([m for m in a.measurements if m.value is None])
    assert len(made) == 1
    assert "Needs the side view." in made[0]
    one = numbers.missing_lines([a.measurements[-1]])
    assert "(right)" in one[0]


def test_a_value_read_from_stickers_says_so():
    a = recorded.analysis()
    drop = a.find("pelvic_drop", "left")
    stuck = drop.model_copy(update={"source": "stickers"})
    assert "stickers" not in Reader(a).usual(drop).words
    assert Reader(a).usual(stuck).words == "Read from the two stickers. " + (
        Reader(a).usual(drop).words
    )


def test_the_headline_is_not_repeated_in_a_card():
    reader = Reader(recorded.analysis())
    (card,) = reader.top(2)
    assert card.message != reader.headline()
    assert dict(card.advice)["Think of"]
    assert "14 steps" in reader.headline_sureness()


def test_a_physiotherapist_reads_the_same_finding_in_clinical_words():
    plain, clinical = (Reader(recorded.analysis(), clinical=c) for c in (False, True))
    assert plain.headline() != clinical.headline()
    assert "right minus left" in clinical.headline()


def test_difference_between_sides_is_called_only_when_clear():
    a = recorded.analysis()
    m = a.find("pelvic_drop", "right")
    reader = Reader(a)
    left = a.find("pelvic_drop", "left")
    assert "no clear difference" in numbers.block(reader, m.id, [left, m])
    clear = m.asymmetry.model_copy(update={"value": 4.0, "ci95": (1.0, 7.0)})
    differing = m.model_copy(update={"asymmetry": clear})
    assert "the sides differ" in numbers.block(reader, m.id, [left, differing])


def test_the_merged_table_has_one_column_per_clip_and_says_what_is_missing():
    rear, side = recorded.analysis(), recorded.analysis("side")
    columns = [("rear <b>", rear), ("side", side)]
    main, rest = (together.keys_of(columns, core=c) for c in (True, False))
    assert ("pelvic_drop", "left") in main
    assert ("trunk_side_lean", "left") in rest
    assert not set(main) & set(rest)
    made = together.table(columns, main)
    assert made.count('scope="col"') == 3
    assert "rear &lt;b&gt;" in made
    assert "knee" not in made.lower()


def test_symptoms_name_whom_to_see_and_never_clear():
    assert symptoms.message(SymptomNotes()) is None
    urgent, head, rest = symptoms.message(SymptomNotes(ticked=("leak",)))
    assert not urgent
    assert "physiotherapist" in head
    assert "leaking" in rest.lower()
    urgent, head, _ = symptoms.message(SymptomNotes(ticked=("urgent", "leak")))
    assert urgent
    assert "medical care" in head
    early = symptoms.message(SymptomNotes(weeks=6.0))
    assert "12 weeks" in early[1]
    assert symptoms.message(SymptomNotes(weeks=30.0)) is None
    for notes in (SymptomNotes(ticked=(t.id,)) for t in (*symptoms.TICKS, symptoms.URGENT)):
        words = " ".join(str(w) for w in symptoms.message(notes)).lower()
        assert "cleared" not in words
        assert "safe to run" not in words


def test_the_players_header_carries_steps_curve_and_captions_on_the_videos_own_clock(tmp_path):
    film = player.Film(
        path=tmp_path / "review.mp4",
        is_whole=True,
        times_s=(0.0, 0.1, 0.2),
        data={
            "time_s": [0.5, 0.6, 0.7], "size_px": [10, 20], "names": [], "bones": [],
            "points": [[], [], []], "sure": ["", "", ""],
            "curves": [{"key": "k", "title": "Knee", "lines": [{"side": "left", "t": [0.5, 0.7],
                                                                "y": [1.0, 2.0]}]}],
        },
    )  # fmt: skip
    film.path.write_bytes(b"mp4 bytes")
    (tmp_path / "review.vtt").write_text(
        "WEBVTT\n\n1\n00:00:00.100 --> 00:01:02.500\nLeft foot down\n"
    )
    head = player.head_of(film, recorded.analysis(), tmp_path, "alt")
    strikes = [e for e in recorded.analysis().events if e.kind == "foot_strike"]
    assert [s["t"] for s in head["steps"][:2]] == [-0.5, -0.15]
    assert len(head["steps"]) == len(strikes)
    assert head["curve"]["lines"][0]["t"] == [0.0, 0.2]
    assert head["cues"] == [(0.1, 62.5, "Left foot down")]
    block = player.packed(head, [film])
    size = int.from_bytes(block[:4], "little")
    assert json.loads(block[4 : 4 + size])["clips"][0]["bytes"] == len(block) - 4 - size
    assert block.endswith(b"mp4 bytes")


def test_a_result_without_the_whole_clip_falls_back_to_the_strides(tmp_path):
    assert player.film_of(tmp_path) is None
    (tmp_path / "strides.mp4").write_bytes(b"no video")
    with pytest.raises(FormcheckError, match="can't be read"):
        player.film_of(tmp_path)


@pytest.mark.parametrize("name", list(drawings.SCENES))
def test_every_drawing_is_well_formed_inside_its_frame_and_described(name):
    scene = drawings.SCENES[name]
    root = ElementTree.fromstring(drawings.svg(scene))
    for path in root.iter("{http://www.w3.org/2000/svg}path"):
        points = re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", path.get("d"))
        assert all(0 <= float(x) <= drawings.WIDTH for x, _ in points)
        assert all(0 <= float(y) <= drawings.HEIGHT for _, y in points)
    assert scene.height_words in scene.alt
    assert f'alt="{text.esc(scene.alt)}"' in drawings.drawing(name)


def test_every_test_filmed_upright_has_a_drawing_from_a_view_it_is_filmed_from():
    looks = {"profile": "side", "rear": "rear", "front": "front"}
    for protocol in text.protocols_in_order():
        if "sideways" in " ".join(protocol.how_to_film):
            continue
        names = drawings.OF_PROTOCOL[protocol.id]
        seen = {looks[drawings.SCENES[n].seen.look] for n in names}
        assert seen <= {str(v) for v in protocol.views}


def test_the_three_cards_count_what_is_done():
    assert testcards.kind_of(recorded.analysis("rear")) == "rear"
    assert testcards.kind_of(recorded.analysis("side")) == "side"
    made = testcards.progress(frozenset({"rear"}))
    assert "1 of 3 clips done" in made
    assert "Run, from behind: done" in made
    assert made.count("to do") == 2


def test_the_page_to_print_is_complete_in_itself():
    page = film.sheet()
    assert page.count("<img") == 3
    assert not re.search(r'(src|href)="(?!data:)', page)
    assert page.count("&#9744;") == 9


def test_what_no_finding_speaks_against_is_said_to_be_well():
    told = " ".join(clipcheck.looked_at(recorded.checked()))
    assert "Light: bright enough" in told
    assert "Framing: the whole body" in told
    assert "12 to 14 steps" in told
    dark = recorded.checked()
    dark.checks = (*dark.checks, types.SimpleNamespace(code="TOO_DARK", level="warn", text="Dark."))
    assert "Light: bright enough" not in " ".join(clipcheck.looked_at(dark))


def test_a_short_run_is_told_to_hold_few_steps():
    assert "Careful:" in clipcheck.steps_line(4.0)
    assert "Good:" in clipcheck.steps_line(10.0)


def test_what_cannot_be_measured_is_struck_through_and_last():
    made = clipcheck.measurable_html((("a", "A", False, "why"), ("b", "B", True, "")))
    assert made.index("B") < made.index("<s>A</s>")
    assert "1 of 2 measures" in made


def test_what_will_be_uncertain_is_said_and_not_struck_through():
    made = clipcheck.measurable_html((("a", "A", True, "few pictures"), ("b", "B", True, "")))
    assert made.index("B") < made.index("A (will be uncertain)")
    assert "<s>" not in made
    assert "2 of 2 measures" in made


def test_pictures_are_grouped_by_moment_left_before_right():
    def frame(side, name):
        path = f"frames/x_{side}_{name.replace(' ', '_')}.png"
        return KeyFrame(
            path=path, time_s=1.0, caption=f"{side.capitalize()} {name}: v 1°.", alt="a"
        )

    frames = tuple(
        frame(s, n) for s in ("right", "left") for n in ("toe-off", "foot strike", "mid-stance")
    )
    phases = results.by_phase(frames)
    assert list(phases) == ["Foot strike", "Mid-stance", "Toe-off"]
    assert ["_left_" in f.path for f in phases["Foot strike"]] == [True, False]


def test_the_one_key_frame_is_of_the_side_that_shows_more():
    a = recorded.analysis()
    shots = tuple(
        KeyFrame(path=f"frames/{s}_{s}_x.png".replace(s, f"_{s}", 1), time_s=1.0,
                 caption=f"{s} peak: pelvic drop 1°", alt=s)
        for s in ("left", "right")
    )  # fmt: skip
    (one,) = Reader(a.model_copy(update={"frames": shots})).key_frames(1)
    assert one.alt == "right"


def change(before, after, half=1.0):
    earlier, now = recorded.analysis(), recorded.analysis()

    def with_value(analysis, value):
        m = recorded.measurement("pelvic_drop", "left", value, half)
        rest = [x for x in analysis.measurements if (x.id, x.side) != ("pelvic_drop", "left")]
        return analysis.model_copy(update={"measurements": (m, *rest)})

    made = compare_analyses(with_value(earlier, before), with_value(now, after))
    return next(r for r in made.rows if (r.id, r.side) == ("pelvic_drop", "left"))


def test_a_change_is_called_one_only_beyond_the_measurement_error():
    small, large = change(7.0, 6.0), change(12.0, 3.0)
    assert "no clear change" in compare.table([small], "t")
    assert "inside the measurement error" in compare.why(small)
    assert ">changed<" in compare.table([large], "t")
    assert compare.why(large).startswith("Difference \N{MINUS SIGN}9°")


def test_two_clips_are_held_in_step_only_on_feet_that_both_show():
    a, b = recorded.analysis(), recorded.analysis()
    assert [s["side"] for s in pair.common_sides(a, b)] == ["left", "right"]
    only_left = b.model_copy(update={"events": tuple(e for e in b.events if e.side == "left")})
    assert [s["side"] for s in pair.common_sides(a, only_left)] == ["left"]


def test_a_count_is_not_told_how_sure():
    a = recorded.analysis()
    counted = recorded.measurement("rep_count", "left", 3.0, 0.1, unit="count", n=1)
    finding = a.findings[0].model_copy(
        update={"measure_ids": ("rep_count",), "message": "You did 3.", "suggestion": ""}
    )
    other = a.findings[0].model_copy(update={"severity": "watch"})
    both = a.model_copy(
        update={"measurements": (counted, *a.measurements), "findings": (other, finding)}
    )
    told = {t.message: t.sureness for t in Reader(both).top(2)}
    assert told["You did 3."] == ""


def test_a_difference_of_nothing_has_no_sign():
    assert compare.why(change(7.0, 7.2)).startswith("Difference 0°")


def test_two_views_that_do_not_agree_are_flagged_and_neither_is_dropped():
    from formcheck.ui.together import disagreements

    def seen(view, value, half):
        found = recorded.measurement("trunk_rotation", "both", value, half)
        return recorded.analysis(view).model_copy(update={"measurements": (found,)})

    (said,) = disagreements([seen("rear", 18.0, 11.0), seen("side", 54.0, 10.0)])
    assert "do not agree" in said
    assert "18" in said
    assert "54" in said
    assert disagreements([seen("rear", 18.0, 11.0), seen("side", 30.0, 10.0)]) == ()
    assert disagreements([seen("rear", 18.0, 1.0), seen("rear", 54.0, 1.0)]) == ()


def test_who_is_hardly_found_gets_one_stop_with_its_cause_and_no_symptoms():
    check = recorded.checked()
    found = [("FEET_CUT_OFF", "stop"), ("TOO_DARK", "warn"), ("PERSON_LOST", "stop")]
    check.checks = tuple(
        type(check)(code=code, level=level, text=f"told of {code}") for code, level in found
    )
    (only,) = clipcheck.looked_at(check)
    assert "too dark" in only
    assert "Stop:" in only
    check.checks = check.checks[2:]
    (only,) = clipcheck.looked_at(check)
    assert "not found in most pictures" in only


def test_a_reason_that_several_measures_carry_is_said_once():
    from formcheck.ui import numbers

    why = "30 pictures a second are few. Film at 60."
    found = [
        recorded.measurement(i, "both", 20.0, status="uncertain", reason=why)
        for i in ("trunk_rotation", "trunk_side_lean", "pelvic_drop")
    ]
    assert numbers.repeated(found) == (why,)
    assert numbers.repeated(found[:1]) == ()
    reader = Reader(recorded.analysis())
    assert why in numbers.block(reader, found[0].id, found[:1])
    assert why not in numbers.block(reader, found[0].id, found[:1], (why,))


def test_the_next_clip_to_film_is_named_until_all_three_are_done():
    from formcheck.ui import testcards

    first = testcards.next_to_film(frozenset())
    assert first
    assert testcards.next_to_film(frozenset({testcards.CARDS[0].id})) != first
    assert testcards.next_to_film(frozenset(c.id for c in testcards.CARDS)) == ""
