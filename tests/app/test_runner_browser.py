"""The runner's journey in a real browser: clicks, the player, two clips in step, axe everywhere.

``FORMCHECK_SCREENS=folder`` keeps a picture of every screen.
"""

import json
import os
import re
import shutil

import pytest

from tests.app.browser import SIZES
from tests.app.test_browser import ANALYSIS_MS, CHECK_MS, _settled, _shot

pytestmark = pytest.mark.slow

# pictures are kept of the clip that shows the app's own matter, the pelvis
CLIP = "treadmill_rear" if os.environ.get("FORMCHECK_SCREENS") else "treadmill_side_right"
ALLOWED = {
    # Streamlit's drop field: a section with role "presentation" that also carries a label and a
    # tabindex of -1. The button inside it is what keyboards and screen readers use.
    ("presentation-role-conflict", "stFileUploaderDropzone"),
}
"""Violations that come from Streamlit's own widgets: (rule, part of the element's HTML)."""


def _sample(name):
    from formcheck.resources import samples_dir

    path = samples_dir() / f"{name}.mp4"
    if not path.exists():
        pytest.skip("the bundled sample clips are not here")
    return path


@pytest.fixture(scope="module")
def journey(server, browser):
    """Drop a clip and follow it to its result; return what was seen on the way."""
    address, data = server
    context = browser.new_context(viewport={"width": 390, "height": 844})
    page = context.new_page()
    page.goto(f"{address}/check")
    page.locator("input[type=file]").wait_for(state="attached", timeout=30_000)
    page.locator("input[type=file]").set_input_files(str(_sample(CLIP)))
    start = page.get_by_role("button", name="Analyse this clip")
    start.wait_for(timeout=CHECK_MS)
    _settled(page)
    start.click()
    page.get_by_role("button", name="Cancel").wait_for(timeout=30_000)
    looked = page.get_by_role("img", name=re.compile("body's lines drawn over"))
    looked.wait_for(timeout=30_000)
    steps = page.locator("ol.fc-steps").inner_text()
    headline = page.locator("h1").inner_text()
    page.get_by_role("tab", name="Pictures").wait_for(timeout=ANALYSIS_MS)
    seen = {
        "url": page.url,
        "clicks": 1,  # nothing but "Analyse this clip": the result opens by itself
        "steps": steps,
        "while_working": headline,
        "headline": page.locator("h1").inner_text(),
    }
    context.close()
    token = re.search(r"[?&]s=([\w-]+)", seen["url"]).group(1)
    _second_check(data / "sessions" / token)
    return seen | {"address": address, "token": token}


def _second_check(session):
    """Keep the same result a second time, as of four weeks ago."""
    (entry,) = [p.parent for p in session.glob("*/clip.json")]
    told = json.loads((entry / "clip.json").read_text())
    copy = entry.with_name("0123456789abcdef")
    shutil.copytree(entry, copy)
    told |= {"id": copy.name, "added_s": told["added_s"] - 28 * 86_400, "video": ""}
    (copy / "clip.json").write_text(json.dumps(told))


def _open(page, journey, name):
    page.goto(f"{journey['address']}/{name}?s={journey['token']}")
    page.locator("h1").first.wait_for(timeout=30_000)
    _settled(page, 1200)


@pytest.mark.timeout(400)
def test_from_clip_dropped_to_result_open_in_at_most_three_clicks(journey):
    assert journey["clicks"] <= 3
    assert journey["while_working"] == "Working on your clip"
    assert "Finding you" in journey["steps"]
    told = journey["headline"]  # no number without its interval
    assert told
    assert "give or take" in told or not re.search(r"\d", told)


@pytest.mark.timeout(200)
def test_the_player_follows_the_keys_and_the_cursor_follows_the_picture(journey, open_page):
    page = open_page("1280")
    _open(page, journey, "results")
    page.get_by_role("tab", name="Video").click()
    where = page.locator(".where")
    where.wait_for(timeout=20_000)
    page.wait_for_timeout(1500)
    player = page.locator(".player")
    player.focus()

    def press(key, n=1):
        for _ in range(n):
            page.keyboard.press(key)
            page.wait_for_timeout(250)
        number, seconds = re.search(
            r"picture (\d+) of \d+ · ([\d.]+) s", where.inner_text()
        ).groups()
        cursor = float(page.locator(".curve path[data-time]").get_attribute("data-time"))
        assert cursor == pytest.approx(float(seconds), abs=0.006)
        return int(number), cursor

    assert where.inner_text().startswith("picture 1 of ")
    assert press(".", 3)[0] == 4
    assert press(",")[0] == 3
    assert press("ArrowRight")[0] == 4
    first, at_first = press("]")
    assert "foot down" in page.locator(".caption").inner_text()
    second, at_second = press("]")
    assert 0.25 < at_second - at_first < 0.5
    assert press("[")[0] == first
    assert player.locator(".speed").input_value() == "0.25"
    press("-")
    assert player.locator(".speed").input_value() == "0.1"
    press("+", 3)
    assert player.locator(".speed").input_value() == "1"
    press("-", 2)
    page.keyboard.press(" ")
    page.wait_for_timeout(1500)
    page.keyboard.press(" ")
    page.wait_for_timeout(400)
    played, at_played = press("-")
    assert played > first
    assert at_played - at_first < 1.5, "a quarter of the speed, not all of it"
    page.locator(".curve [data-step]").nth(1).click()
    page.wait_for_timeout(400)
    assert press("-")[0] == second
    _shot(page, "video", "1280")


@pytest.mark.timeout(200)
def test_two_clips_are_shown_in_step_at_each_landing(journey, open_page):
    page = open_page("1280")
    _open(page, journey, "compare")
    pair = page.locator(".pair")
    pair.wait_for(timeout=30_000)
    page.wait_for_timeout(1500)
    assert page.get_by_text("no clear change").count() > 3
    pair.focus()
    for _ in range(2):
        page.keyboard.press("]")
        page.wait_for_timeout(500)
    assert re.match(r"At (left|right) landing 3 of \d+", page.locator(".caption").inner_text())
    assert abs(float(pair.get_attribute("data-apart"))) < 0.02
    page.keyboard.press(" ")
    page.wait_for_timeout(2000)
    assert abs(float(pair.get_attribute("data-apart"))) < 0.1
    page.keyboard.press(" ")
    page.wait_for_timeout(700)
    assert abs(float(pair.get_attribute("data-apart"))) < 0.02


@pytest.mark.timeout(120)
def test_home_and_the_drop_field_are_reached_with_the_keyboard_alone(server, open_page):
    page = open_page("1280")
    page.goto(server[0])
    page.get_by_role("heading", name="Check your running form").wait_for(timeout=30_000)
    _settled(page)
    wanted = "() => document.activeElement.closest('.st-key-go_check') !== null"
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(wanted):
            break
    assert page.evaluate(wanted), "Tab never reached the button"
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Check a clip").wait_for(timeout=30_000)


def _violations(page, screen):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    return [
        f"{screen}: {v['impact']} {v['id']}: {node['html'][:160]}"
        for v in axe.run(page).response["violations"]
        for node in v["nodes"]
        if not any(v["id"] == rule and part in node["html"] for rule, part in ALLOWED)
    ]


@pytest.mark.timeout(300)
@pytest.mark.parametrize("size", list(SIZES))
def test_axe_finds_nothing_on_any_screen(journey, open_page, size):
    page = open_page(size)
    found = []

    def look(screen, *, settle_ms=500):
        _settled(page, settle_ms)
        # what Streamlit is about to draw again is faded out meanwhile
        page.wait_for_function("!document.querySelector('[data-stale=\"true\"]')")
        page.wait_for_timeout(500)
        found.extend(_violations(page, screen))
        _shot(page, screen, size)

    page.goto(journey["address"])
    page.get_by_text("Before you run").click()
    _settled(page)
    page.get_by_text("Leaking urine").first.click()
    page.locator(".fc-banner").wait_for(timeout=30_000)
    look("symptoms")
    for name in ("film", "kept", "compare"):
        _open(page, journey, name)
        look(name, settle_ms=1500)
    _open(page, journey, "results")
    look("result")
    for tab, screen in (
        ("Video", "video"),
        ("All numbers", "all"),
        ("How sure", "sure"),
        ("Save or delete", "save"),
    ):
        page.get_by_role("tab", name=tab).click()
        look(screen, settle_ms=1200)
    _open(page, journey, "check")
    page.get_by_role("button", name="Analyse this clip").wait_for(timeout=CHECK_MS)
    look("clip_check")
    page.get_by_text("Is something set wrong?").click()
    look("corrections")
    page.get_by_role("button", name="Choose another clip").click()
    page.locator("input[type=file]").wait_for(state="attached", timeout=30_000)
    look("choose")
    assert not found, "\n".join(found)
