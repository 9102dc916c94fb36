"""The pages, run without a browser and with a recorded pipeline."""

import time

import pytest

from tests.app import recorded

MP4 = ("my run <b>1</b>.mp4", b"not decoded here", "video/mp4")


def texts(app):
    return " ".join(
        str(e.value)
        for kind in (
            app.title,
            app.header,
            app.subheader,
            app.markdown,
            app.caption,
            app.error,
            app.info,
        )
        for e in kind
    )


def html(app):
    return " ".join(str(e.proto.body) for e in app.get("html"))


def by_key(app, key):
    return next(b for b in app.button if b.key == key)


def drop(app):
    app.run()
    by_key(app, "go_check").click().run()
    app.file_uploader[0].set_value(MP4).run()
    return app


def finish(app):
    """Run the recorded analysis to its end and follow to the results."""
    from formcheck.ui import state

    jobs = state.shared().jobs
    for key in list(jobs._jobs):
        jobs.wait(key, 20)
    return app.run()


def test_home_says_what_it_is_and_what_stays_private(app):
    app.run()
    assert not app.exception
    assert "Check your running form" in texts(app)
    assert "Nothing is uploaded to the internet" in html(app)


def test_the_session_name_is_put_into_the_address(app):
    app.run()
    assert len(app.query_params["s"]) == 22


def test_symptom_banner_stays_on_every_page_and_never_blocks(app):
    app.run()
    box = next(c for c in app.checkbox if c.key == "symptom_leak")
    box.check().run()
    assert "physiotherapist" in html(app)
    by_key(app, "go_check").click().run()
    assert "physiotherapist" in html(app)
    assert app.file_uploader


def test_symptom_answers_are_not_written_to_disk(app, data):
    app.run()
    next(c for c in app.checkbox if c.key == "symptom_leak").check().run()
    assert not list(data.rglob("*"))


def test_a_dropped_clip_goes_to_disk_once_and_out_of_memory(app, data):
    drop(app)
    assert not app.exception
    videos = list(data.rglob("*.mp4"))
    assert [v.read_bytes() for v in videos] == [MP4[1]]
    assert not app.file_uploader
    assert "Does this clip work?" in texts(app)


def test_the_clip_check_tells_what_can_and_cannot_be_measured(app):
    drop(app)
    assert "1 of 2 measures" in html(app)
    assert "<s>Knee bend at landing</s>" in html(app)
    assert "Film from the side." in html(app)


def test_file_names_are_shown_as_text_only(app):
    drop(app)
    assert "<b>1</b>" not in texts(app) + html(app)


def test_from_click_to_result(app, data):
    drop(app)
    by_key(app, "analyse").click().run()
    finish(app)
    assert not app.exception
    assert len(list(data.rglob("analysis.json"))) == 1
    assert "uploaded" in html(app)
    assert "The sides differ" in html(app)


def test_a_second_click_and_a_rerun_start_nothing_new(data, monkeypatch):
    from streamlit.testing.v1 import AppTest

    from tests.app.conftest import ROOT

    calls = []
    recorded.install(monkeypatch, delay_s=2, calls=calls)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    drop(app)
    by_key(app, "analyse").click().run()
    app.run()
    assert "Working on your clip" in texts(app)
    app.run()
    finish(app)
    assert calls == [calls[0]]


def test_a_new_browser_session_with_the_address_finds_its_work(app, monkeypatch):
    from streamlit.testing.v1 import AppTest

    from tests.app.conftest import ROOT

    drop(app)
    token = app.query_params["s"]
    again = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    again.query_params["s"] = token
    again.run()
    assert any(b.key == "go_last" for b in again.button)
    other = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    # a new tab has a folder of its own, and still finds the runner's newest clip
    assert other.query_params["s"] not in (token, [token])
    next(b for b in other.button if b.key == "go_last").click().run()
    assert other.query_params["s"] in (token, [token])


def test_a_refused_clip_is_told_in_words_with_the_remedy(data, monkeypatch):
    from streamlit.testing.v1 import AppTest

    from formcheck.errors import FormcheckError
    from tests.app.conftest import ROOT

    code = "NO_PERSON"
    recorded.install(monkeypatch, fail=FormcheckError(code, "nobody was found in this clip"))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    drop(app)
    by_key(app, "analyse").click().run()
    finish(app)
    assert "Nobody was found in this clip" in texts(app)
    assert "bright room" in texts(app)
    assert not app.exception


def test_a_bug_is_told_without_its_inside(data, monkeypatch, caplog):
    from streamlit.testing.v1 import AppTest

    from tests.app.conftest import ROOT

    recorded.install(monkeypatch, fail=RuntimeError("/home/someone/secret.py"))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    drop(app)
    by_key(app, "analyse").click().run()
    finish(app)
    assert "Something went wrong on our side" in texts(app)
    assert "secret" not in texts(app) + html(app)


def test_cancel_stops_and_leaves_nothing_half_done(data, monkeypatch):
    from streamlit.testing.v1 import AppTest

    from tests.app.conftest import ROOT

    recorded.install(monkeypatch, delay_s=30)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    drop(app)
    by_key(app, "analyse").click().run()
    by_key(app, "cancel_job").click().run()
    finish(app)
    assert "Stopped" in texts(app)
    assert not list(data.rglob("results/*"))


def test_delete_leaves_nothing(app, data):
    drop(app)
    by_key(app, "analyse").click().run()
    finish(app)
    app.session_state["result_tabs"] = "Save or delete"
    app.run()
    by_key(app, "delete_clip").click().run()
    assert not app.exception
    assert not list((data / "sessions").rglob("*"))


@pytest.mark.parametrize("tab", ["All numbers", "How sure", "Save or delete", "Pictures"])
def test_every_tab_draws(app, tab):
    drop(app)
    by_key(app, "analyse").click().run()
    finish(app)
    app.session_state["result_tabs"] = tab
    app.run()
    assert not app.exception
    assert "went wrong" not in texts(app)


def test_pictures_have_alternative_texts(app):
    drop(app)
    by_key(app, "analyse").click().run()
    finish(app)
    pictures = [i for g in app.get("image") for i in g.proto.imgs]
    assert pictures
    assert all(i.alt for i in pictures)


def test_the_clip_check_is_quick_to_draw_again(app):
    drop(app)
    start = time.monotonic()
    app.run()
    assert time.monotonic() - start < 3


def test_several_clips_wait_in_a_tray_and_are_read_side_by_side(app, data):
    app.run()
    by_key(app, "go_check").click().run()
    app.file_uploader[0].set_value(
        [("rear.mp4", b"1", "video/mp4"), ("side.mp4", b"2", "video/mp4")]
    )
    app.run()
    assert not app.exception
    assert "Clips of this session" in texts(app)
    assert html(app).count("not analysed yet") == 2
    next(b for b in app.button if b.label == "Analyse all 2 clips").click().run()
    finish(app)
    assert html(app).count("result ready") == 2
    next(b for b in app.button if (b.key or "").startswith("tray_open_")).click().run()
    assert "All clips of this session" not in texts(app)
    app.segmented_control[0].set_value("physio").run()
    assert "All clips of this session" in texts(app)
    assert "Pelvic drop right minus left" in texts(app)
    assert len(list(data.rglob("analysis.json"))) == 2


def test_compare_needs_two_checks_of_the_same_test(app):
    page = page_of("compare").run()
    assert not page.exception
    assert "only one check so far" in texts(page)


def page_of(name):
    """Return one page on its own, as the app shows it."""
    from streamlit.testing.v1 import AppTest

    def script(name):
        import importlib

        from formcheck.ui import shell

        shell.begin()
        shell.show(importlib.import_module(f"formcheck.ui.{name}").page)

    return AppTest.from_function(script, kwargs={"name": name}, default_timeout=30)


def test_compare_tells_what_changed_and_that_no_video_was_kept(app):
    drop(app)
    by_key(app, "analyse").click().run()
    finish(app)
    by_key(app, "result_another").click().run()
    app.file_uploader[0].set_value(("two.mp4", b"another", "video/mp4")).run()
    by_key(app, "analyse").click().run()
    finish(app)
    page = page_of("compare")
    page.query_params["s"] = app.query_params["s"]
    page.run()
    assert not page.exception
    assert len(page.selectbox) == 2
    assert "no clear change" in html(page)
    assert "Same set-up:" in html(page)
    assert "was not kept" in texts(page)


def test_while_it_works_a_first_look_is_shown(data, monkeypatch):
    from streamlit.testing.v1 import AppTest

    from tests.app.conftest import ROOT

    recorded.install(monkeypatch, delay_s=3)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    drop(app)
    by_key(app, "analyse").click().run()
    assert "Working on your clip" in texts(app)
    (picture,) = [i for g in app.get("image") for i in g.proto.imgs]
    assert picture.alt
    assert list(data.rglob("first_look.jpg"))
    finish(app)


def test_keeping_numbers_only_removes_every_copy_of_the_video(app, data):
    drop(app)
    by_key(app, "analyse").click().run()
    finish(app)
    (result,) = data.rglob("analysis.json")
    (result.parent / "review.mp4").write_bytes(b"whole clip")
    app.session_state["result_tabs"] = "Save or delete"
    app.run()
    assert str(result.parent) in html(app)
    by_key(app, "delete_video").click().run()
    assert not app.exception
    left = {p.name for p in data.rglob("*") if p.suffix in (".mp4", ".jpg")}
    assert left == set()
    assert result.exists()


def test_the_film_page_shows_a_described_drawing_for_every_card(app):
    page = page_of("film").run()
    assert not page.exception
    assert html(page).count("Drawing: the phone leans") >= 3
    assert "0 of 3 clips done" in html(page)


def test_from_drop_to_result_takes_no_more_than_three_clicks(app):
    clicks = 0
    app.run()
    by_key(app, "go_check").click().run()
    app.file_uploader[0].set_value(MP4).run()  # the clip is dropped
    by_key(app, "analyse").click().run()
    clicks += 1
    finish(app)
    assert "The sides differ" in html(app)
    assert clicks <= 3


def app_with(monkeypatch, **kinds):
    from streamlit.testing.v1 import AppTest

    from tests.app.conftest import ROOT

    recorded.install(monkeypatch, **kinds)
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)


def test_a_clip_that_cannot_carry_a_measure_may_still_be_analysed(data, monkeypatch):
    app = drop(app_with(monkeypatch, look=lambda: recorded.checked("stop")))
    button = by_key(app, "analyse")
    assert button.label == "Analyse it anyway"
    assert not button.disabled
    assert "Stop:" in html(app)


def test_without_a_person_there_is_nothing_to_analyse(data, monkeypatch):
    app = drop(app_with(monkeypatch, look=recorded.nobody))
    assert by_key(app, "analyse").disabled
    assert "Nobody was found." in html(app)
    assert "Light: bright enough" not in html(app)


def test_a_correction_is_kept_and_checked_again(app):
    drop(app)
    view = next(s for s in app.selectbox if s.label == "Where does the phone stand?")
    view.set_value("side")
    next(b for b in app.button if b.label == "Apply and check again").click().run()
    assert not app.exception
    view = next(s for s in app.selectbox if s.label == "Where does the phone stand?")
    assert view.value == "side"


def test_results_without_a_check_lead_to_one(app):
    page = page_of("results").run()
    assert not page.exception
    assert "There is no result yet." in texts(page)


def test_a_clip_filmed_for_a_test_is_read_as_that_test_until_told_otherwise(app):
    from formcheck.settings import AnalyzeOptions
    from formcheck.ui.workspace import all_workspaces, data_dir

    app.session_state["formcheck_filmed"] = ("calf_raise", "right")
    app.run()
    by_key(app, "go_check").click().run()
    assert "Your clip is read as: **Single\\-leg calf raise" in texts(app)
    assert "the right leg" in texts(app)
    app.file_uploader[0].set_value(MP4).run()
    (entry,) = (e for s in all_workspaces(data_dir()) for e in s.clips())
    options = AnalyzeOptions.model_validate_json(entry.options_json)
    assert (options.protocol, options.leg) == ("calf_raise", "right")


def test_my_checks_say_what_is_kept_where_and_how_large(app, data):
    page = page_of("kept").run()
    assert "Nothing is kept." in texts(page)
    drop(app)
    by_key(app, "analyse").click().run()
    finish(app)
    page = page_of("kept").run()
    assert not page.exception
    assert str(data / "sessions") in texts(page)
    assert "1 kept on this computer" in texts(page)
    assert "result ready" in texts(page)


def test_after_a_reload_the_clip_that_is_worked_on_is_shown_not_the_newest(app, monkeypatch):
    from formcheck.ui import state
    from formcheck.ui.workspace import all_workspaces, data_dir

    drop(app)
    by_key(app, "another").click().run()
    app.file_uploader[0].set_value(("newer.mp4", b"another", "video/mp4")).run()
    (space,) = all_workspaces(data_dir())
    newest, older = space.clips()
    monkeypatch.setattr(state, "is_working", lambda entry: entry.id == older.id)
    monkeypatch.setattr(state, "own_workspace", lambda: space)
    monkeypatch.setattr(state.st, "session_state", {})
    assert state.current_clip().id == older.id
    monkeypatch.setattr(state, "is_working", lambda entry: False)
    assert state.current_clip().id == newest.id


def test_what_failed_is_deleted_in_one_go(data, monkeypatch):
    from streamlit.testing.v1 import AppTest

    from formcheck.errors import FormcheckError
    from formcheck.ui.workspace import all_workspaces
    from tests.app.conftest import ROOT

    recorded.install(monkeypatch, fail=FormcheckError("NO_PERSON", "nobody was found"))
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    drop(app)
    by_key(app, "analyse").click().run()
    for _ in range(20):
        app.run()
        if not any(b.key == "cancel_job" for b in app.button):
            break
    page = page_of("kept")
    page.query_params["s"] = app.query_params["s"]
    page.run()
    assert "could not be analysed" in texts(page)
    by_key(page, "delete_failed").click().run()
    assert "Nothing is kept" in texts(page)
    assert not list(all_workspaces(data))


@pytest.mark.parametrize("key", ["slow_yes", "slow_no"])
def test_slow_motion_is_one_question_with_two_answers(data, monkeypatch, key):
    from streamlit.testing.v1 import AppTest

    from formcheck.errors import FormcheckError
    from formcheck.ui import engine
    from formcheck.ui.workspace import all_workspaces
    from tests.app.conftest import ROOT

    hint = "Give the rate it was filmed at, for example --capture-fps 240."
    error = FormcheckError("SLOW_MOTION_UNKNOWN", "the steps are slow", hint)
    recorded.install(monkeypatch, fail=error)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    drop(app)
    by_key(app, "analyse").click().run()
    for _ in range(20):
        app.run()
        if any(b.key == key for b in app.button):
            break
    assert "Was this filmed in slow motion?" in texts(app)
    assert not app.error
    by_key(app, key).click().run()
    (space,) = all_workspaces(data)
    (entry,) = space.clips()
    wanted = 240.0 if key == "slow_yes" else None
    assert engine.options_of(entry).capture_fps == wanted
    for _ in range(20):
        app.run()
        if not any(b.key == "cancel_job" for b in app.button):
            break
    # answered: it is not asked again, and what stands in the way is told
    assert "Was this filmed in slow motion?" not in texts(app)
    assert app.error
