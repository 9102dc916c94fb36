"""The page after birth: questions, what they lead to, tests, the log, the plan, own sessions."""

import re
from datetime import datetime, timedelta

import pytest

from formcheck.readiness import BATTERY, QUESTIONS
from formcheck.readiness.log import SymptomEntry
from tests.app.test_pages import by_key, html, texts
from tests.unit.readiness.test_outcome import FORBIDDEN

DENIALS = re.compile(r"(tells you that running is right for you|don't diagnose)", re.IGNORECASE)


def script():
    from formcheck.ui import after_birth, symptoms

    symptoms.banner()
    after_birth.page()


@pytest.fixture
def birth(data):
    """Return the page after birth on its own, run once."""
    from streamlit.testing.v1 import AppTest

    return AppTest.from_function(script, default_timeout=30).run()


def everything(app):
    boxes = " ".join(str(e.value) for kind in (app.header, app.warning) for e in kind)
    return " ".join((texts(app), html(app), boxes, *(e.label for e in app.expander)))


def open_tab(app, name):
    app.session_state["after_birth_tabs"] = name
    return app.run()


def _no_to_all(app, key):
    """Answer No: each by itself where it is a sign that needs a doctor, the others in one go."""
    if key != "urgent":
        by_key(app, f"screen_none_{key}").click().run()
        return
    assert not any(b.key == "screen_none_urgent" for b in app.button)
    for q in QUESTIONS:
        if q.group == "urgent":
            app.radio(key=f"screen_{q.id}").set_value("No")
    app.run()


def answer(app, *, weeks=30, yes=()):
    app.number_input(key="screen_weeks").set_value(weeks).run()
    for key in ("urgent", "pause", "talk"):
        _no_to_all(app, key)
    for question in yes:
        app.radio(key=f"screen_{question}").set_value("Yes").run()
    return app


def journal_of(app):
    from formcheck.ui import journal

    return next(iter(journal._memory().values()))


def test_every_question_is_asked_red_flags_first(birth):
    assert not birth.exception
    asked = [r.label for r in birth.radio]
    assert asked == [q.text for q in QUESTIONS]
    assert all(r.value is None for r in birth.radio)


def test_no_to_all_leads_to_tests_and_to_no_clearance(birth):
    answer(birth)
    assert not birth.exception
    said = everything(birth)
    assert "You can try the movement tests" in said
    assert "cannot tell whether running is right" in said.replace("\\", "")
    assert not FORBIDDEN.search(DENIALS.sub("", said))


def test_a_symptom_names_whom_to_see_on_every_page_and_offers_no_test(birth):
    answer(birth, yes=("heaviness",))
    said = everything(birth)
    assert "Talk to a pelvic-health physiotherapist" in said
    assert "heaviness, pressure, dragging or a bulge" in said
    assert "fc-banner" in html(birth)
    open_tab(birth, "Tests")
    assert "no test makes sense now" in everything(birth)
    assert not [b for b in birth.button if b.key.startswith(("film_", "walk_start"))]
    open_tab(birth, "Plan")
    assert not [b for b in birth.button if b.key == "plan_begin"]


def test_a_red_flag_comes_before_everything(birth):
    answer(birth, yes=("leak_urine", "calf"))
    assert "Please get medical care first" in everything(birth)
    assert "urgent" in html(birth)


def test_the_leg_is_asked_and_the_next_clip_is_read_as_that_test(birth, monkeypatch):
    from formcheck.ui import pages

    gone = []
    monkeypatch.setattr(pages, "go", gone.append)
    open_tab(answer(birth), "Tests")
    birth.button_group(key="leg_calf_raise").set_value("right")
    by_key(birth, "film_calf_raise").click().run()
    assert gone == ["check"]
    assert birth.session_state["formcheck_filmed"] == ("calf_raise", "right")
    legs = [g.key for g in birth.button_group if str(g.key).startswith("leg_")]
    assert "leg_double_squat" not in legs


def test_every_test_is_there_with_how_to_film_it_and_what_it_cannot_show(birth):
    answer(birth)
    open_tab(birth, "Tests")
    assert not birth.exception
    assert len([e for e in birth.expander if "(" in e.label]) == len(BATTERY)
    said = everything(birth)
    assert "makes sense now" in said
    assert "not counted" in said
    assert len([b for b in birth.button if b.key.startswith("film_")]) == len(BATTERY) - 1


def test_after_a_test_it_is_asked_how_it_felt_and_a_symptom_stops(birth):
    answer(birth)
    open_tab(birth, "Tests")
    by_key(birth, "test_lunge_none").click().run()
    assert "Answer again tomorrow morning" in everything(birth)
    next(c for c in birth.checkbox if c.key == "test_hop_in_place_leaking").check().run()
    by_key(birth, "test_hop_in_place_note").click().run()
    assert "Stop here" in everything(birth)
    assert "fc-banner" in html(birth)
    assert not [b for b in birth.button if b.key.startswith("film_")]
    log = journal_of(birth).load().symptoms
    assert [(e.activity, e.symptoms) for e in log] == [
        ("lunge", ()),
        ("hop_in_place", ("leaking",)),
    ]


def test_the_next_morning_is_asked_before_anything_else(birth):
    answer(birth)
    journal = journal_of(birth)
    yesterday = datetime.now().astimezone() - timedelta(days=1)
    entry = SymptomEntry(at=yesterday, moment="after", activity="lunge")
    journal.save(journal.load().model_copy(update={"symptoms": (entry,)}))
    birth.run()
    if datetime.now().astimezone().hour < 4:
        pytest.skip("the morning begins at four")
    assert "Good morning" in everything(birth)
    none = next(b for b in birth.button if b.key.startswith("morning_") and b.key.endswith("_none"))
    none.click().run()
    assert "Good morning" not in everything(birth)
    assert journal.load().symptoms[-1].moment == "next_morning"


def test_the_walk_is_timed_and_logged(birth):
    answer(birth)
    open_tab(birth, "Tests")
    by_key(birth, "walk_start").click().run()
    assert not birth.exception
    by_key(birth, "walk_stop").click().run()
    walk = journal_of(birth).load().timed[0]
    assert walk.test == "walk_30_min"
    assert not walk.finished
    assert "stopped before the end" in texts(birth)


def test_no_plan_begins_while_a_noted_symptom_stands(birth):
    answer(birth)
    open_tab(birth, "How it felt")
    birth.checkbox(key="any_heaviness").check().run()
    by_key(birth, "any_note").click().run()
    open_tab(birth, "Plan")
    assert not birth.exception
    assert not [b for b in birth.button if b.key == "plan_begin"]
    assert "pelvic-health physiotherapist" in everything(birth).replace("\\", "")


def test_the_plan_begins_with_breathing_and_waits_for_the_week(birth):
    answer(birth)
    open_tab(birth, "Plan")
    by_key(birth, "plan_begin").click().run()
    assert not birth.exception
    said = everything(birth)
    assert "This week: Breathing and deep core" in said
    assert "one change a week" in said
    assert "Deering" in said
    assert not [b for b in birth.button if b.key == "plan_take"]
    assert "Change the plan" not in said  # a professional's


def test_a_professional_changes_the_plan_with_who_and_why(birth):
    from formcheck.plan import read_plan
    from formcheck.ui import state

    answer(birth)
    open_tab(birth, "Plan")
    by_key(birth, "plan_begin").click().run()
    state.shared().audience.update(dict.fromkeys(_tokens(), "physio"))
    birth.run()
    birth.text_input(key="plan_by").set_value("PT")
    birth.text_input(key="plan_why").set_value("does well")
    birth.number_input(key="plan_breathing_min").set_value(6.0)
    next(b for b in birth.button if b.label == "Change and log it").click().run()
    assert not birth.exception
    plan = read_plan(journal_of(birth).load().plan_json)
    assert plan.edits[0].after == {"breathing_min": 6.0}
    assert "changed by PT: does well" in texts(birth).replace("\\", "")


def _tokens():
    from formcheck.ui import journal

    return list(journal._memory())


def test_nothing_is_written_before_it_is_asked_for_and_nothing_stays_after(birth, data):
    answer(birth)
    assert not list(data.rglob("*.json"))
    birth.toggle(key="journal_keep").set_value(True).run()
    kept = list(data.rglob("*.json"))
    assert [p.parent.name for p in kept] == ["journal"]
    by_key(birth, "journal_forget").click().run()
    assert not list(data.rglob("*.json"))


def test_own_sessions_say_what_is_missing(birth):
    open_tab(birth, "My sessions")
    assert "No run has been analysed" in texts(birth)


def test_after_a_filmed_clip_it_is_asked_too_where_the_page_is_in_use(app, data):
    from formcheck.readiness import Answers
    from formcheck.readiness.journal import JournalData, MemoryJournal, ScreenEntry
    from formcheck.ui import journal
    from tests.app.test_pages import drop, finish

    drop(app)
    by_key(app, "analyse").click().run()
    finish(app)
    asked = [c for c in app.checkbox if c.key.startswith("clip_")]
    assert not asked
    sheet = ScreenEntry(
        at=datetime.now().astimezone(),
        answers=Answers(weeks_since_birth=30, no=tuple(q.id for q in QUESTIONS)),
    )
    mine = MemoryJournal()
    mine.save(JournalData(screens=(sheet,)))
    journal._memory()[app.session_state["formcheck_token"]] = mine
    app.run()
    asked = [c for c in app.checkbox if c.key.startswith("clip_")]
    assert len(asked) == 8
    by_key(app, asked[0].key.rsplit("_", 1)[0] + "_none").click().run()
    assert mine.load().symptoms[0].moment == "after"
