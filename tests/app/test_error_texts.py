"""Every error and every finding about a clip, as the app says it."""

import types

import pytest
from streamlit.testing.v1 import AppTest

from formcheck.errors import CODES, FormcheckError
from formcheck.pipeline.check import _LEVELS
from formcheck.quality import QUALITY_TEXTS
from formcheck.ui.hints import asked_rate, asked_tests, in_app
from tests.app import recorded
from tests.app.conftest import ROOT
from tests.app.test_pages import by_key, drop, finish, html, texts

SLOW = "Give the rate it was filmed at, for example --capture-fps 240."


def bare(words):
    """Undo what keeps Markdown from reading a text as markup."""
    return words.replace("\\", "")


def failing(monkeypatch, error):
    recorded.install(monkeypatch, fail=error)
    app = drop(AppTest.from_file(str(ROOT / "app.py"), default_timeout=30))
    by_key(app, "analyse").click().run()
    return finish(app)


# slow motion is one question with two answers, asked instead of an error
@pytest.mark.parametrize(
    "code", [c for c in CODES if c not in ("CANCELLED", "SLOW_MOTION_UNKNOWN")]
)
def test_an_analysis_that_fails_says_why_and_can_be_tried_again(code, data, monkeypatch):
    app = failing(monkeypatch, FormcheckError(code, "the clip is not as it should be"))
    assert not app.exception
    (told,) = [bare(e.value) for e in app.error]
    assert told.startswith("**The clip is not as it should be.**")
    assert in_app(CODES[code]) in told
    assert by_key(app, "analyse").label == "Analyse this clip"
    assert "Traceback" not in texts(app) + html(app)


@pytest.mark.parametrize("code", list(CODES))
def test_no_hint_in_the_app_speaks_of_options(code):
    words = in_app(CODES[code])
    assert "--" not in words
    assert words.endswith(".")


def test_slow_motion_is_one_question_with_the_likely_rate_filled_in(data, monkeypatch):
    error = FormcheckError("SLOW_MOTION_UNKNOWN", "this looks like slow motion", SLOW)
    app = failing(monkeypatch, error)
    assert not app.error
    assert by_key(app, "slow_yes").label == "Yes, 240 pictures a second"
    (rate,) = [n for n in app.number_input if "slow motion" in n.label]
    assert rate.value == 240
    started = []
    monkeypatch.setattr("formcheck.ui.engine.start", lambda *a: started.append(a[2]))
    by_key(app, "slow_yes").click().run()
    assert [options.capture_fps for options in started] == [240]
    assert asked_rate("NOT_RUNNING", SLOW) is None


def test_real_speed_is_taken_for_an_answer_and_says_what_follows(data, monkeypatch):
    error = FormcheckError("SLOW_MOTION_UNKNOWN", "this looks like slow motion", SLOW)
    app = failing(monkeypatch, error)
    by_key(app, "slow_no").click().run()
    assert "real speed" in bare(app.error[0].value)


def test_the_tests_that_a_clip_may_show_are_buttons_and_one_press_says_which(data, monkeypatch):
    hint = (
        "Say which test it is: --protocol lunge or --protocol double_squat; "
        "`formcheck protocols` lists all."
    )
    error = FormcheckError("PROTOCOL_UNSURE", "it is not sure what was filmed", hint)
    app = failing(monkeypatch, error)
    assert "--" not in bare(app.error[0].value)
    offered = [b for b in app.button if (b.key or "").startswith("which_")]
    assert [b.key for b in offered] == ["which_lunge", "which_double_squat"]
    started = []
    monkeypatch.setattr("formcheck.ui.engine.start", lambda *a: started.append(a[2]))
    offered[0].click().run()
    assert [options.protocol for options in started] == ["lunge"]
    assert asked_tests("NOT_A_TEST", hint) == ()


def test_a_system_library_that_is_missing_is_named_with_its_command(data, monkeypatch):
    app = failing(monkeypatch, ImportError("libGL.so.1: cannot open shared object file"))
    told = bare(app.error[0].value)
    assert "The system library libGL.so.1 is missing" in told
    assert "sudo apt-get install -y libgl1" in told


def test_a_page_that_misses_a_library_says_which(data):
    def draw():
        from formcheck.ui import shell

        def page():
            raise ModuleNotFoundError("mediapipe", name="mediapipe")

        shell.show(page)

    app = AppTest.from_function(draw).run()
    assert "The Python package is missing: mediapipe" in bare(app.error[0].value)


def test_a_bug_is_told_without_its_insides(data, monkeypatch):
    app = failing(monkeypatch, RuntimeError("secret/path"))
    assert "secret" not in texts(app) + html(app)
    assert "went wrong on our side" in bare(app.error[0].value)
    assert by_key(app, "analyse")


def test_the_clip_check_says_every_finding_in_the_runners_words(data, monkeypatch):
    told = {
        code: types.SimpleNamespace(code=code, level=level, text=f"{copy.runner} {copy.suggestion}")
        for (code, copy), level in zip(
            QUALITY_TEXTS.items(), list(_LEVELS.values()) * len(QUALITY_TEXTS), strict=False
        )
    }
    checked = recorded.checked()
    checked.checks = tuple(told.values())
    recorded.install(monkeypatch)
    import sys

    monkeypatch.setattr(sys.modules["formcheck.pipeline"], "quick_check", lambda *a: checked)
    app = drop(AppTest.from_file(str(ROOT / "app.py"), default_timeout=30))
    assert not app.exception
    shown = html(app).replace("&#x27;", "'")
    for code, copy in QUALITY_TEXTS.items():
        assert f"{copy.runner} {copy.suggestion}".strip() in shown, code
    for word in ("Careful:", "Stop:"):
        assert word in shown


@pytest.mark.parametrize("code", list(QUALITY_TEXTS))
def test_every_finding_has_words_for_both_and_says_what_to_do(code):
    copy = QUALITY_TEXTS[code]
    assert copy.runner.endswith(".")
    assert copy.clinical.endswith(".")
    assert copy.runner != copy.clinical
    for bad in ("abnormal", "bad ", "wrong with you", "diagnos", "injur", "weak"):
        assert bad not in (copy.runner + copy.clinical + copy.suggestion).lower()
