"""Exit status and streams of the commands, as the contract has them; nothing here decodes video."""

import json

import pytest

from formcheck.cli.main import run
from formcheck.cli.options import speed_of
from formcheck.readiness.questions import QUESTION_IDS
from formcheck.registry import MEASURES


def test_version_is_printed(capsys):
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.strip()[0].isdigit()


@pytest.mark.parametrize(
    "argv",
    [
        ["analyze"],
        ["analyze", "a.mp4"],
        ["analyze", "a.mp4", "--out", "o", "--view", "above"],
        ["analyze", "a.mp4", "--out", "o", "--protocol", "cartwheel"],
        ["analyze", "a.mp4", "--out", "o", "--belt-speed", "-3"],
        ["analyze", "a.mp4", "--out", "o", "--report", "docx"],
        ["no-such-command"],
    ],
)
def test_wrong_usage_is_2_without_a_traceback(argv, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(argv) == 2
    captured = capsys.readouterr()
    assert "Traceback" not in captured.err
    assert captured.out == ""
    assert not (tmp_path / "o").exists()


def bad_file(tmp_path, kind):
    path = tmp_path / "clip with space.mp4"
    if kind == "empty":
        path.write_bytes(b"")
    elif kind == "text":
        path.write_text("not a video at all\n" * 50)
    return path


@pytest.mark.parametrize("kind", ["missing", "empty", "text"])
def test_a_clip_that_cannot_be_read_is_3_with_one_line(kind, tmp_path, capsys):
    path = bad_file(tmp_path, kind)
    assert run(["analyze", str(path), "--out", str(tmp_path / "out")]) == 3
    captured = capsys.readouterr()
    lines = [line for line in captured.err.splitlines() if line.startswith("error[")]
    assert len(lines) == 1
    assert "; hint: " in lines[0]
    assert "Traceback" not in captured.err
    assert captured.out == ""
    assert not (tmp_path / "out" / path.stem).exists()


def test_json_of_a_failure_is_one_object_on_stdout(tmp_path, capsys):
    argv = ["analyze", str(tmp_path / "no.mp4"), "--out", str(tmp_path / "out"), "--json"]
    assert run(argv) == 3
    result = json.loads(capsys.readouterr().out)
    assert result["error"]["code"] == "FILE_NOT_FOUND"
    assert result["error"]["hint"]


def test_one_bad_clip_does_not_hide_the_next(tmp_path, capsys):
    a, b = tmp_path / "a.mp4", tmp_path / "b.mp4"
    b.write_text("no video")
    assert run(["analyze", str(a), str(b), "--out", str(tmp_path / "out"), "--json"]) == 3
    result = json.loads(capsys.readouterr().out)
    assert [c["status"] for c in result["clips"]] == ["failed", "failed"]
    assert result["clips"][0]["error"]["code"] == "FILE_NOT_FOUND"
    assert result["clips"][1]["error"]["code"] != "FILE_NOT_FOUND"


def test_measures_lists_every_measure_with_unit_view_and_source(capsys):
    assert run(["measures", "--json"]) == 0
    listed = json.loads(capsys.readouterr().out)["measures"]
    assert [m["id"] for m in listed] == list(MEASURES)
    assert all(
        m["unit"] and (m["views"] or m["not_given"]) and m["source"] and m["how_to_film"]
        for m in listed
    )


def test_protocols_names_how_to_film(capsys):
    assert run(["protocols"]) == 0
    out = capsys.readouterr().out
    for name in ("treadmill_run", "hallway_run", "single_leg_squat", "hop_landing"):
        assert name in out


def test_readiness_reads_answers_and_never_clears(tmp_path, capsys):
    path = tmp_path / "answers.json"
    path.write_text(json.dumps({"weeks_since_birth": 26, "no": list(QUESTION_IDS)}))
    assert run(["readiness", "--answers", str(path)]) == 0
    out = capsys.readouterr().out
    assert "cannot tell whether running is right" in out
    assert "cleared" not in out.lower()


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"weeks_since_birth": -1}', '{"yes": ["x"]}'])
def test_answers_that_are_none_are_3(text, tmp_path, capsys):
    path = tmp_path / "answers.json"
    path.write_text(text)
    assert run(["readiness", "--answers", str(path)]) == 3
    assert "error[SETTING_INVALID]" in capsys.readouterr().err


def test_batch_without_clips_and_compare_without_results_are_3(tmp_path, capsys):
    assert run(["batch", str(tmp_path), "--out", str(tmp_path / "out")]) == 3
    assert run(["compare", str(tmp_path), str(tmp_path), "--out", str(tmp_path / "out")]) == 3
    err = capsys.readouterr().err
    assert "error[FILE_NOT_FOUND]" in err
    assert "error[RESULT_UNREADABLE]" in err
    assert not (tmp_path / "out").exists()


def sheet(tmp_path, yes=(), weeks=30):
    path = tmp_path / "answers.json"
    no = [i for i in QUESTION_IDS if i not in yes]
    path.write_text(json.dumps({"weeks_since_birth": weeks, "yes": list(yes), "no": no}))
    return path


def test_readiness_says_whom_to_see_about_what(tmp_path, capsys):
    assert (
        run(["readiness", "--answers", str(sheet(tmp_path, ("heaviness", "mood"))), "--json"]) == 0
    )
    out = json.loads(capsys.readouterr().out)
    assert out["level"] == "pause"
    assert out["visits"][0]["about"] == ["heaviness, pressure, dragging or a bulge"]
    assert out["tests"] == []


def test_the_log_asks_again_and_a_symptom_stops_the_plan(tmp_path, capsys):
    log = tmp_path / "log.json"
    assert run(["plan", "--log", str(log)]) == 3  # the screen comes first
    assert run(["readiness", "--answers", str(sheet(tmp_path)), "--log", str(log)]) == 0
    assert run(["symptoms", "--log", str(log), "--felt", "none", "--after", "lunge"]) == 0
    assert "tomorrow morning" in capsys.readouterr().out
    assert run(["plan", "--log", str(log), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["next"]["kind"] == "wait"
    assert run(["symptoms", "--log", str(log), "--felt", "leaking", "--after", "lunge"]) == 0
    assert "physiotherapist" in capsys.readouterr().out
    assert run(["plan", "--log", str(log), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["next"]["kind"] == "stop"


def test_a_plan_is_edited_with_who_and_why_only(tmp_path, capsys):
    log = tmp_path / "log.json"
    run(["readiness", "--answers", str(sheet(tmp_path)), "--log", str(log)])
    assert run(["plan", "--log", str(log), "--set", "breathing_min=6"]) == 3
    edit = ["--by", "PT", "--why", "does well", "--set", "breathing_min=6"]
    capsys.readouterr()
    assert run(["plan", "--log", str(log), *edit, "--json"]) == 0
    out = json.loads(capsys.readouterr().out)
    assert out["plan"]["edits"][0]["after"] == {"breathing_min": 6.0}
    assert out["sources"]


def test_a_symptom_that_does_not_exist_is_refused(tmp_path, capsys):
    assert run(["symptoms", "--log", str(tmp_path / "l.json"), "--felt", "grumpy"]) == 3
    assert "heaviness" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("text", "mps"),
    [("2.7", 2.7), ("2.7m/s", 2.7), ("2,7 m/s", 2.7), ("9.72km/h", 2.7), ("9.72 KPH", 2.7),
     ("6mph", 2.682), ("6:10/km", 2.703), ("9:56/mi", 2.700)],
)  # fmt: skip
def test_a_belt_speed_has_any_of_the_usual_units(text, mps):
    assert speed_of(text) == pytest.approx(mps, abs=5e-4)


@pytest.mark.parametrize("text", ["fast", "2.7 knots", "6:75/km", "0:00/km", "-2", "nan", ""])
def test_a_belt_speed_that_is_none_is_a_usage_error(text, tmp_path):
    assert run(["analyze", "a.mp4", "--out", str(tmp_path), "--belt-speed", text]) == 2


def test_a_part_that_ends_before_it_begins_is_a_usage_error(tmp_path):
    command = ["analyze", "a.mp4", "--out", str(tmp_path), "--start", "5", "--end", "4"]
    assert run(command) == 2
